"""XLIFF 2.1: a unit for each block and a segment for each row, inline markup as codes with data.

Source: OASIS XLIFF Version 2.1 (2018). Characters that XML cannot hold are `cp` elements.
"""

from __future__ import annotations

from collections.abc import Sequence

from dragoman import __version__
from dragoman.exports.parts import about
from dragoman.exports.parts.export_options import ExportOptions
from dragoman.interchange import review_rows
from dragoman.interchange.code_ids import CodeIds
from dragoman.interchange.inline_codes import Code, Piece, has_codes
from dragoman.languages import locales
from dragoman.model import Cell, Parallel, ParallelBlock, Row, State
from dragoman.text.xml_escape import ILLEGAL, content, escaped, is_plain, quoted

NAME = "xliff"
ABOUT = "XLIFF 2.1, a file for each language: out to CAT tools and back."
NEEDS = ""
SUFFIX = ".xlf"
COLUMNS = False
PAIRS = True
INLINE = False

_STATES = {
    State.INITIAL: "initial",
    State.DRAFT: "initial",
    State.TRANSLATED: "translated",
    State.REVIEWED: "reviewed",
}
_HEAD = 'xmlns="urn:oasis:names:tc:xliff:document:2.0" xmlns:mda="urn:oasis:names:tc:xliff:metadata:2.0"'


def export(parallel: Parallel, options: ExportOptions) -> str:
    """The document for the source and one target.

    >>> "trgDir" in export(Parallel("x", "X", ("en", "he"), ()), ExportOptions())
    True
    """
    source, target = parallel.locales
    direction = f'srcDir="{locales.direction(source)}" trgDir="{locales.direction(target)}"'
    languages = f"srcLang={_tag(source)} trgLang={_tag(target)}"
    out = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        f'<xliff version="2.1" {_HEAD} {languages}>',
        f'<file id="f1" original={quoted(parallel.name)} canResegment="no" {direction}>',
        "<mda:metadata>",
        '<mda:metaGroup category="text">',
        *(
            f'<mda:meta type="{name}">{content(value)}</mda:meta>'
            for name, value in {"name": parallel.name, **about.fields(parallel)}.items()
        ),
        "</mda:metaGroup>",
        "</mda:metadata>",
        f'<notes><note category="tool">dragoman {__version__}</note></notes>',
    ]
    empty = True
    for number, block in enumerate(parallel.blocks):
        if block.units:
            out += _unit(block, number, options)
            empty = False
    if empty:  # a file has at least one unit
        out.append('<unit id="u0"><segment><source/></segment></unit>')
    return "\n".join([*out, "</file>", "</xliff>", ""])


def _tag(locale: str) -> str:
    return quoted(locales.language_tag(locale))


def _unit(block: ParallelBlock, number: int, options: ExportOptions) -> list[str]:
    """A block: its notes, the data of its codes, and a segment for each row."""
    codes, rows = _Codes(), block.units
    segments: list[str] = []
    hashes: list[str] = []
    notes: list[str] = []
    for row in rows:
        if segments and not row.new_line:
            segments.append('<ignorable><source xml:space="preserve"> </source></ignorable>')
        segments.append(_segment(row, codes, options))
        hashes.append(_GROUP.format(row.id, _fingerprint(row)))
        if row.context is not None:
            notes.append(f'<note category="context">{content(row.context)}</note>')
        notes += [f'<note category="note">{content(note)}</note>' for note in row.notes]
    name = quoted(rows[0].number.partition(".")[0])
    head = f'<unit id="u{number}" name={name}>\n<mda:metadata>'
    kind = f'</mda:metadata>\n<notes>\n<note category="kind">{block.kind!s}</note>'
    return [head, *hashes, kind, *notes, "</notes>", *codes.original(), *segments, "</unit>"]


_GROUP = '<mda:metaGroup category="dragoman"><mda:meta type="{}">{}</mda:meta></mda:metaGroup>'


def _fingerprint(row: Row) -> str:
    source, target = row.cells
    return review_rows.fingerprint_of(source, [target] if _has_target(target) else [])


def _has_target(cell: Cell) -> bool:
    return not cell.stand_in and bool(cell.text)


def _segment(row: Row, codes: _Codes, options: ExportOptions) -> str:
    source, target = row.cells
    there = _has_target(target)
    state = _STATES[target.state] if there else "initial"
    draft = ' subState="dragoman:draft"' if there and target.state is State.DRAFT else ""
    filled = source.text if options.fill_targets else ""
    said, translated = codes.marked(source.text, target.text if there else filled)
    said = f'<source xml:space="preserve">{said}</source>'
    if there or filled:
        said += f'\n<target xml:space="preserve">{translated}</target>'
    return f'<segment id="s{row.id}" state="{state}"{draft}>\n{said}\n</segment>'


class _Codes:
    """The original data of a unit's codes, without duplicates, and the ids of the data."""

    def __init__(self) -> None:
        self._data: dict[str, str] = {}
        self._segments = 0

    def original(self) -> list[str]:
        """The `originalData` element; empty if there are no codes."""
        if not self._data:
            return []
        said = [
            f'<data id="{name}" xml:space="preserve">{_content(data)}</data>'
            for data, name in self._data.items()
        ]
        return ["<originalData>", *said, "</originalData>"]

    def marked(self, source: str, target: str) -> tuple[str, str]:
        """The texts of a segment as content of `source` and `target`."""
        self._segments += 1
        if not (has_codes(source) or has_codes(target)):
            return _content(source), _content(target)
        prefix = f"c{self._segments}."
        ids = CodeIds(lambda number: f"{prefix}{number}")
        return self._marked(ids.of_source(source)), self._marked(ids.of_target(target))

    def _name(self, data: str) -> str:
        return self._data.setdefault(data, f"d{len(self._data) + 1}")

    def _marked(self, found: Sequence[tuple[Piece, str]]) -> str:
        out = []
        for place, (piece, name) in enumerate(found):
            if isinstance(piece, str):
                out.append(_content(piece))
            elif piece.partner == place:
                out.append(f'<ph id="{name}" dataRef="{self._name(piece.data)}"/>')
            elif piece.partner > place:
                end = found[piece.partner][0]
                assert isinstance(end, Code)
                refs = (
                    f'dataRefStart="{self._name(piece.data)}" dataRefEnd="{self._name(end.data)}"'
                )
                out.append(f'<pc id="{name}" {refs}>')
            else:
                out.append("</pc>")
        return "".join(out)


def _content(text: str) -> str:
    """Text with every character that XML cannot hold as a `cp` element."""
    if is_plain(text):
        return text
    return ILLEGAL.sub(lambda found: f'<cp hex="{ord(found[0]):04X}"/>', escaped(text))
