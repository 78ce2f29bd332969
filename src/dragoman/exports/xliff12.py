"""XLIFF 1.2, for tools without XLIFF 2: a trans-unit per row, codes as bpt, ept and ph."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from dragoman import __version__
from dragoman.exports.parts.export_options import ExportOptions
from dragoman.interchange import review_rows
from dragoman.interchange.code_ids import CodeIds
from dragoman.interchange.inline_codes import Piece
from dragoman.interchange.review_rows import EXTRA
from dragoman.languages import locales
from dragoman.model import Parallel, ParallelBlock, Row, State
from dragoman.text.xml_escape import ILLEGAL, content, escaped, is_plain, quoted

NAME = "xliff12"
ABOUT = "XLIFF 1.2, a file for each language, for older CAT tools."
NEEDS = ""
SUFFIX = ".12.xlf"
COLUMNS = False
PAIRS = True
INLINE = False

_STATES = {
    State.DRAFT: "needs-review-translation",
    State.TRANSLATED: "translated",
    State.REVIEWED: "signed-off",
}


def export(parallel: Parallel, options: ExportOptions) -> str:
    """The document for the source and one target.

    >>> export(Parallel("x", "X", ("en", "he"), ()), ExportOptions()).count("<body>")
    1
    """
    source, target = (quoted(locales.language_tag(locale)) for locale in parallel.locales)
    out = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        '<xliff version="1.2" xmlns="urn:oasis:names:tc:xliff:document:1.2">',
        f'<file original={quoted(parallel.name)} source-language={source} target-language={target} datatype={quoted(_datatype(parallel))} tool-id="dragoman">',
        "<header>",
        f'<tool tool-id="dragoman" tool-name="dragoman" tool-version={quoted(__version__)}/>',
        "</header>",
        "<body>",
    ]
    for block in parallel.blocks:
        for row in block.units:
            out += _unit(block, row, options)
    return "\n".join([*out, "</body>", "</file>", "</xliff>", ""])


def _datatype(parallel: Parallel) -> str:
    """The `datatype` of a format; names XLIFF does not define begin with `x-`."""
    return "plaintext" if parallel.format in ("", "text") else f"x-{parallel.format}"


def _unit(block: ParallelBlock, row: Row, options: ExportOptions) -> Iterator[str]:
    source, target = row.cells
    there = not target.stand_in and bool(target.text)
    hash_ = review_rows.fingerprint_of(source, [target] if there else [])
    approved = ' approved="yes"' if there and target.state is State.REVIEWED else ""
    head = f'id="{row.id}" resname="{row.number}"{approved} extradata="{EXTRA}{hash_}"'
    ids = CodeIds()
    yield f'<trans-unit {head} xml:space="preserve">'
    yield f"<source>{_content(ids.of_source(source.text))}</source>"
    if there:
        said = _content(ids.of_target(target.text))
        yield f'<target state="{_STATES[target.state]}">{said}</target>'
    elif options.fill_targets:
        yield f'<target state="new">{_content(ids.of_target(source.text))}</target>'
    yield f'<note from="kind">{block.kind.value}</note>'
    yield from (f'<note from="text">{content(note)}</note>' for note in row.notes)
    if row.context is not None:
        yield f'<context-group purpose="information"><context context-type="x-context">{content(row.context)}</context></context-group>'
    yield "</trans-unit>"


def _content(found: Sequence[tuple[Piece, str]]) -> str:
    """Inline pieces as XML; both codes of a pair have their own `id` and a common `rid`."""
    out = []
    for place, (piece, name) in enumerate(found):
        if isinstance(piece, str):
            out.append(_characters(piece))
            continue
        data, first, last = _characters(piece.data, "sub"), 2 * int(name) - 1, 2 * int(name)
        if piece.partner == place:
            out.append(f'<ph id="{first}">{data}</ph>')
        elif piece.partner > place:
            out.append(f'<bpt id="{first}" rid="{name}">{data}</bpt>')
        else:
            out.append(f'<ept id="{last}" rid="{name}">{data}</ept>')
    return "".join(out)


def _characters(text: str, where: str = "") -> str:
    """Text as XML; a character XML forbids becomes a `ph` with its name, inside codes only the name."""
    if is_plain(text) and not where:
        return text
    if where:
        return escaped(review_rows.guarded(text))  # which names a carriage return, too
    return ILLEGAL.sub(
        lambda found: f'<ph id="x{ord(found[0]):04X}" ctype="x-char">{ord(found[0]):04X}</ph>',
        escaped(text),
    )
