"""PDF: a text in one language, or a table with a column for each of two to four languages.

Typst sets it. Texts are passed as JSON data and never parsed as Typst markup; each block has
its language and direction, and phrases of the other direction are in isolates, U+2066 or
U+2067 to U+2069, since Typst treats `dir` on inline text as an embedding.
Files are tagged (PDF/UA-1); a character without a glyph is an error, not a box.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.resources import files
from tempfile import NamedTemporaryFile, TemporaryDirectory
from typing import Any, TypeGuard

from dragoman.errors import DragomanError
from dragoman.exports.formulas.typst_formula import typst_formula
from dragoman.exports.parts import about, long_words
from dragoman.exports.parts.block_tree import (
    Glosses,
    ItemList,
    Note,
    Piece,
    Table,
    column,
    depths,
    pieces,
    text_pieces,
)
from dragoman.exports.parts.elements import absolute, is_note, language, numbered, together
from dragoman.exports.parts.export_options import ExportOptions
from dragoman.exports.parts.fixed_dates import moment
from dragoman.exports.parts.quotations import quoted
from dragoman.exports.parts.tasks import boxed
from dragoman.languages import locales
from dragoman.model import MATH, Cell, Kind, Parallel, ParallelBlock, Row, Span, State
from dragoman.text import bidi
from dragoman.text.isolates import isolated

NAME = "pdf"
ABOUT = "Printed pages; Chromium can set them as well."
NEEDS = "pdf:typst"
SUFFIX = ".pdf"
COLUMNS = True
PAIRS = False
INLINE = True

MOST_COLUMNS = 4
_ROOM = 1200
"""Letters of a row on facing pages; a longer paragraph is several rows."""
_UNTRANSLATED = (State.INITIAL, State.DRAFT)
_NO_GLYPH = re.compile('the text `"(.+?)"` could not be displayed')
Node = str | list[Any]
Data = dict[str, Any]
_UNSEEN = bidi.CONTROLS | {"\u200b", "\u2060", "\ufeff"}
_LRI: Node = ["control", bidi.LRI]
_RLI: Node = ["control", bidi.RLI]
_PDI: Node = ["control", bidi.PDI]
_BREAK: Node = ["control", "\u200b"]
"""A place where a line may break."""


def export(parallel: Parallel, options: ExportOptions) -> bytes:
    """The file.

    Raises:
        DragomanError: typst or Chromium is not installed, there are more than four columns, or
            no font has one of the characters.

    >>> export(Parallel("x", "X", ("he",), ()), ExportOptions(pdf_engine="x"))
    Traceback (most recent call last):
    dragoman.errors.DragomanError: there is no PDF engine 'x'; choose typst or chromium
    """
    if options.pdf_engine == "chromium":
        return _printed(parallel, options)
    if options.pdf_engine != "typst":
        raise DragomanError(
            f"there is no PDF engine {options.pdf_engine!r}", how_to_fix="choose typst or chromium"
        )
    if options.layout == "columns" and len(parallel.locales) > MOST_COLUMNS:
        raise DragomanError(
            f"a PDF has room for {MOST_COLUMNS} languages, and here are {len(parallel.locales)}",
            how_to_fix="choose some with --columns, or --layout stacked",
        )
    return _compiled(parallel, data(parallel, options))


def _printed(parallel: Parallel, options: ExportOptions) -> bytes:
    """The HTML edition, printed to PDF by Chromium; without its scripts, which show what a window has room for."""
    from dragoman.exports import export_named
    from dragoman.exports.parts import chromium

    page = export_named("html").export(parallel, options)
    assert isinstance(page, str)
    return chromium.printed(re.sub("<script>.*?</script>\n", "", page, flags=re.DOTALL))


def _compiled(parallel: Parallel, values: Data) -> bytes:
    try:
        import typst  # large, and an optional dependency
    except ImportError:
        raise DragomanError(
            "the PDF export needs typst",
            how_to_fix="pip install 'dragoman[pdf]', or choose --pdf-engine chromium",
        ) from None
    template = files("dragoman.exports.assets").joinpath("document.typ").read_bytes()
    with _unpacked(parallel) as (folder, paths):
        compiler = typst.Compiler(
            ignore_system_fonts=True,  # for the same output on every machine
            sys_inputs={"data": json.dumps(values | {"pictures": paths}, ensure_ascii=False)},
            root=folder,
        )
        try:
            made = compiler.compile(
                input=template, format="pdf", pdf_standards=["ua-1"], timestamp=moment()
            )
        except typst.TypstError as error:
            raise _mendable(parallel, error.message, error.diagnostic) from None
    assert isinstance(made, bytes)
    return made


_DRAWN = {
    "image/png": ".png",
    "image/jpeg": ".jpg",
    "image/gif": ".gif",
    "image/svg+xml": ".svg",
    "image/webp": ".webp",
}
"""Media types of the images that Typst draws."""


@contextmanager
def _unpacked(parallel: Parallel) -> Iterator[tuple[str, dict[str, str]]]:
    """A temporary folder with the text's images and the path of each, since Typst only reads files."""
    with TemporaryDirectory(prefix="dragoman-") as folder:
        paths = {}
        for picture in parallel.pictures.values():
            if picture.media in _DRAWN:
                suffix = _DRAWN[picture.media]
                with NamedTemporaryFile(dir=folder, suffix=suffix, delete=False) as file:
                    file.write(picture.data)
                paths[picture.name] = "/" + os.path.basename(file.name)
        yield folder, paths


def _mendable(parallel: Parallel, message: str, diagnostic: str) -> DragomanError:
    """Convert an error of Typst; missing glyphs are listed with the units that contain them."""
    missing = list(dict.fromkeys(map(_unescaped, _NO_GLYPH.findall(diagnostic))))
    if not missing:
        return DragomanError(
            f"{parallel.name}: typst refused it: {message}", how_to_fix="try --pdf-engine chromium"
        )
    named = "; ".join(f"{_named(text)} {_place(parallel, text)}" for text in missing[:8])
    return DragomanError(
        f"no font of the PDF export has {named}",
        how_to_fix="write it otherwise, or use --pdf-engine chromium and the fonts of your system",
    )


def _unescaped(text: str) -> str:
    r"""Undo the escapes of Rust's debug format.

    >>> _unescaped("\\u{301}")
    '\u0301'
    """
    return re.sub(r"\\u\{([0-9a-f]+)\}", lambda found: chr(int(found[1], 16)), text)


def _named(text: str) -> str:
    codes = " ".join(f"U+{ord(char):04X}" for char in text)
    return f"“{text}” ({codes})" if text.isprintable() else codes


def _place(parallel: Parallel, text: str) -> str:
    """The first unit that contains a text, for messages."""
    for row in parallel.rows:
        for cell in row.cells:
            if text in cell.text:
                start = cell.text if len(cell.text) < 60 else f"{cell.text[:57]}…"
                return f"in {parallel.name} {row.number} [{cell.locale}] “{start}”"
    return f"in {parallel.name}"


# --- data for Typst -------------------------------------------------------------------------


def data(parallel: Parallel, options: ExportOptions) -> Data:
    """The JSON data that `document.typ` reads.

    >>> data(Parallel("x", "X", ("he",), ()), ExportOptions())["dir"]
    'rtl'
    """
    first = parallel.locales[0]
    several = len(parallel.locales) > 1
    parallel = boxed(numbered(parallel), bullets=several)
    writer = _Writer(parallel, options)
    return {
        **_lang(first),
        "title": parallel.title_in(first) or parallel.title or parallel.name,
        "authors": [author] if (author := about.author(parallel)) else [],
        "description": parallel.metadata.get("description"),
        "columns": len(parallel.locales),
        "groups": _groups(len(parallel.locales), options.layout),
        "facing": several and options.layout == "facing",
        "languages": [_lang(x) | {"name": locales.name(x)} for x in parallel.locales],
        "rows": writer.rows() if several else [],
        "pieces": [] if several else writer.pieces(),
        "notes": {} if several else writer.notes(),
    }


def _groups(languages: int, layout: str) -> list[list[int]]:
    """The languages of each page column, as indices.

    >>> _groups(3, "columns"), _groups(3, "facing"), _groups(3, "stacked")
    ([[0], [1], [2]], [[0], [1, 2]], [[0, 1, 2]])
    """
    places = list(range(languages))
    if layout == "columns" or languages == 1:
        return [[place] for place in places]
    return [places[:1], places[1:]] if layout == "facing" else [places]


def _lang(locale: str) -> Data:
    """Language, region and direction in Typst's terms.

    >>> _lang("az_Latn_AZ")
    {'lang': 'az', 'region': 'AZ', 'dir': 'ltr'}
    """
    code, *rest = locales.language_tag(locale).split("-")
    region = next((part for part in rest if len(part) == 2 and part.isalpha()), None)
    return {"lang": code, "region": region, "dir": locales.direction(locale)}


@dataclass
class _Writer:
    """Converts blocks to data."""

    parallel: Parallel
    options: ExportOptions

    def __post_init__(self) -> None:
        blocks = self.parallel.blocks
        self._known = {block.label for block in blocks if is_note(block)}
        self._seen: set[str] = set()
        self._in_notes = False
        self._levels = depths(blocks)
        self._several = len(self.parallel.locales) > 1

    def about(self) -> Data | None:
        """Author, date, origin and licence from the front matter, as one block."""
        first = self.parallel.locales[0]
        nodes: list[Node] = []
        for cell in about.cells(self.parallel):
            nodes += [" · "] if nodes else []
            unit = self._unit(cell)
            nodes += unit if cell.lang == first else self._spoken(unit, cell.lang, first)
        return {"kind": "about", **_lang(first), "nodes": nodes} if nodes else None

    # one language

    def pieces(self) -> list[Data]:
        """The blocks in order, unreferenced footnotes last."""
        found = list(pieces(self.parallel.blocks))
        front = [piece for piece in found if _is_metadata(piece)]
        front.sort(key=lambda piece: piece.label != "title")
        own = self.about()
        body = [piece for piece in found if not isinstance(piece, Note) and piece not in front]
        out = [*map(self._piece, front), *([own] if own else []), *map(self._piece, body)]
        self._in_notes = True
        lost = [n for n in found if isinstance(n, Note) and n.blocks[0].label not in self._seen]
        return out + [self._note(note) for note in lost]

    def notes(self) -> dict[str, list[Data]]:
        found = [piece for piece in pieces(self.parallel.blocks) if isinstance(piece, Note)]
        return {n.blocks[0].label: [self._block(block) for block in n.blocks] for n in found}

    def _note(self, note: Note) -> Data:
        number = note.blocks[0].label
        item = {"blocks": [self._block(block) for block in note.blocks], "lists": []}
        start = int(number) if number else None
        return {"kind": "list", **_lang(self.parallel.locales[0]), "start": start, "items": [item]}

    def _piece(self, piece: Piece) -> Data:
        if isinstance(piece, ItemList):
            return self._list(piece)
        if isinstance(piece, Table):
            return self._table(piece)
        if isinstance(piece, Note):
            return self._note(piece)
        if isinstance(piece, Glosses):
            return self._glosses(piece)
        if not piece.rows:
            return _literal(piece)
        kind, depth = self._kind(piece), max(piece.level, 1)
        return self._block(piece) | {"kind": kind, "level": self._level(piece), "depth": depth}

    def _block(self, block: ParallelBlock) -> Data:
        cells = [row.cells[0] for row in block.rows]
        return self._cell(block.rows, cells)

    def _list(self, found: ItemList) -> Data:
        items = [
            {
                "blocks": [self._block(block) for block in item.blocks],
                "lists": [self._list(inner) for inner in item.lists],
            }
            for item in found.items
        ]
        return {"kind": "list", **_lang(self.parallel.locales[0]), "start": found.start} | {
            "items": items
        }

    def _glosses(self, found: Glosses) -> Data:
        groups = [
            {"terms": list(map(self._block, terms)), "definitions": list(map(self._block, said))}
            for terms, said in found.groups
        ]
        return {"kind": "terms", **_lang(self.parallel.locales[0]), "groups": groups}

    def _table(self, table: Table) -> Data:
        return {"kind": "table", **self._grid(table, 0)}

    def _grid(self, table: Table, index: int) -> Data:
        """A table in one language: header and rows of cells."""
        lang = _lang(language(column(table.blocks, index)))
        empty = lang | {"nodes": [], "align": ""}
        rows = [
            [
                *(
                    self._cell(cell.rows, column([cell], index)) | {"align": cell.align}
                    for cell in row
                ),
                *([empty] * (table.width - len(row))),
            ]
            for row in table.rows
        ]
        head = rows.pop(0) if table.head else []
        return {**lang, "columns": table.width, "head": head, "rows": rows}

    # several languages

    def rows(self) -> list[Data]:
        blocks = self.parallel.blocks
        front = [row for b in blocks if b.kind is Kind.METADATA for row in self._rows(b)]
        front.sort(key=lambda row: bool(row["kind"] != "title"))
        own = self.about()
        rest = [block for block in blocks if block.kind is not Kind.METADATA]
        body = [
            row
            for piece in text_pieces(rest)
            for row in ([self._tables(piece)] if isinstance(piece, Table) else self._rows(piece))
        ]
        return [*front, *([own | {"kind": "whole"}] if own else []), *body]

    def _tables(self, table: Table) -> Data:
        """A row with a table for each language."""
        cells = [self._grid(table, index) for index, _ in enumerate(self.parallel.locales)]
        return {
            "kind": "table",
            "level": 0,
            "indent": 0,
            "label": "",
            "note": None,
            "opens": True,
        } | {"cells": cells}

    def _rows(self, block: ParallelBlock) -> list[Data]:
        if not block.rows:
            return [_literal(block)]
        sentences = self.options.rows == "sentence" or self.options.layout == "interlinear"
        by_row = sentences and block.kind is not Kind.HEADING
        groups: list[tuple[Row, ...]] = [(row,) for row in block.rows] if by_row else [block.rows]
        if self.options.layout == "facing" and not by_row:
            groups = _short(block.rows)
        return [
            {
                "kind": self._kind(block),
                "level": self._level(block),
                "depth": max(block.level, 1),
                "indent": _indent(block),
                "label": block.label if place == 0 else "",
                "note": block.label if is_note(block) and place == 0 else None,
                "opens": place == 0,
                "cells": [
                    self._cell(rows, cells)
                    for cells in zip(*(row.cells for row in rows), strict=True)
                ],
            }
            for place, rows in enumerate(groups)
        ]

    # both

    def _kind(self, block: ParallelBlock) -> str:
        if block.kind is Kind.METADATA:
            return "title" if block.label == "title" else "about"
        return block.kind.value

    def _level(self, block: ParallelBlock) -> int:
        return self._levels.get(block.rows[0].id, 1)

    def _cell(self, rows: Sequence[Row], cells: Sequence[Cell]) -> Data:
        locale = language(cells)
        nodes: list[Node] = []
        for spoken, places in together(cells, locale):
            run: list[Node] = []
            for at in places:
                if at:
                    joint: Node = ["break"] if rows[at].new_line else " "
                    (run if at > places.start else nodes).append(joint)
                run += self._unit(cells[at])
            nodes += self._spoken(run, spoken, locale) if spoken else run
        return _lang(locale) | {"nodes": nodes}

    def _unit(self, cell: Cell) -> list[Node]:
        nodes = _Line(self, cell.lang).nodes(quoted(cell.spans, cell.lang))
        return [["untranslated", nodes]] if cell.state in _UNTRANSLATED else nodes

    def _spoken(self, nodes: list[Node], locale: str, block_locale: str) -> list[Node]:
        """Units in another language than their block, isolated if the direction differs."""
        nodes = [["language", _lang(locale), nodes]]
        direction = locales.direction(locale)
        if direction == locales.direction(block_locale):
            return nodes
        return [_RLI if direction == "rtl" else _LRI, *nodes, _PDI]

    def note(self, number: str) -> Node:
        """A footnote reference: a link to its row, or the footnote itself at its first reference."""
        if number not in self._known or self._in_notes:
            return ["noted", number]
        if self._several:
            return ["place", number]
        again = number in self._seen
        self._seen.add(number)
        return ["again" if again else "note", number]


class _Line:
    """Converts the inline content of one unit."""

    def __init__(self, writer: _Writer, locale: str) -> None:
        self._writer = writer
        self._locale = locale
        self._rtl = locales.direction(locale) == "rtl"

    def nodes(self, spans: Iterable[Span]) -> list[Node]:
        return self._all(isolated(tuple(spans), self._rtl))

    def _all(self, spans: Iterable[Span]) -> list[Node]:
        return [node for span in spans for node in self._span(span)]

    def _span(self, span: Span) -> list[Node]:
        match span.name:
            case "text":
                return _text(span.text)
            case "image":
                picture = self._writer.parallel.pictures.get((self._locale, span.url))
                if picture and picture.media in _DRAWN:
                    return [["image", picture.name, span.text or " "]]
                return _text(span.text)
            case "math" if formula := typst_formula(span.text):
                return [_LRI, ["math", *formula], _PDI]
            case "code" | "math":
                return [_LRI, *_broken([["code", part] for part in _pieces(span.text)]), _PDI]
            case "note":
                return [_LRI, self._writer.note(span.text), _PDI]
            case "break":
                return [["break"]]
        inner = self._all(span.children)
        match span.name:
            case "isolate":
                return [_LRI if self._rtl else _RLI, *inner, _PDI]
            case "link":
                whole = absolute(span.url)
                return [["link", whole, inner]] if whole else inner
            case "emphasis" | "i" | "cite":  # Hebrew fonts have no italics
                return [["strong" if self._rtl else "emphasis", inner]]
            case "strong" | "b":
                return [["strong", inner]]
            case "rt":
                return [" (", *inner, ")"]
            case "strike" | "sup" | "sub" | "u" | "mark" | "small" | "kbd":
                return [[span.name, inner]]
        return inner


def _text(text: str) -> list[Node]:
    """Split a text into visible text, invisible controls and line break opportunities.

    >>> _text("a\u200e.")
    ['a', ['control', '\\u200e'], '.']
    """
    found = re.split(f"([{''.join(sorted(_UNSEEN))}])", text)
    nodes: list[Node] = []
    for piece in found:
        if piece in _UNSEEN:
            nodes.append(["control", piece])
        else:
            nodes += _broken(list(long_words.pieces(piece)))
    return nodes


def _pieces(code: str) -> list[str]:
    """Code split at line break opportunities, at least one part."""
    return list(long_words.pieces(code)) or [code]


def _broken(nodes: Sequence[Node]) -> list[Node]:
    """The nodes with a line break opportunity between each two."""
    return [node for one in nodes for node in (_BREAK, one)][1:]


def _short(rows: Sequence[Row]) -> list[tuple[Row, ...]]:
    """Rows in groups of which each fits on a page with all its languages below one another.

    >>> from dragoman.model import State
    >>> row = Row("x", "1.1", (Cell("en", "a" * 600, State.TRANSLATED, "en"),))
    >>> [len(group) for group in _short([row, row, row])]
    [2, 1]
    """
    groups: list[tuple[Row, ...]] = []
    room = 0
    for row in rows:
        length = max(len(cell.text) for cell in row.cells)
        if not groups or room < length:
            groups.append(())
            room = _ROOM
        groups[-1] += (row,)
        room -= length
    return groups


def _literal(block: ParallelBlock) -> Data:
    """A block without units: code, a formula, or a thematic break."""
    if block.label == MATH and (formula := typst_formula(block.literal)):
        return {"kind": "formula", "text": block.literal, "formula": formula}
    return {"kind": block.kind.value, "text": block.literal.rstrip("\n")}


def _is_metadata(piece: Piece) -> TypeGuard[ParallelBlock]:
    return isinstance(piece, ParallelBlock) and piece.kind is Kind.METADATA


def _indent(block: ParallelBlock) -> int:
    if block.kind in (Kind.ITEM, Kind.DEFINITION):
        return max(block.level, 1)
    return 1 if block.kind is Kind.FOOTNOTE else 0
