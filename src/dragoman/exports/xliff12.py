"""XLIFF 1.2, for tools that read no other: a trans-unit for each row, codes as bpt, ept and ph."""

from __future__ import annotations

from collections.abc import Iterator

from dragoman.exports.parts.export_options import ExportOptions
from dragoman.interchange import review_rows
from dragoman.interchange.inline_codes import pieces
from dragoman.languages import locales
from dragoman.model import Parallel, ParallelBlock, Row, State
from dragoman.text.xml_escape import ILLEGAL, content, escaped, is_plain, quoted

NAME = "xliff12"
ABOUT = "XLIFF 1.2, a file for each language, for older CAT tools."
NEEDS = ""
SUFFIX = ".12.xlf"
COLUMNS = False
PAIRS = True

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
        f'<file original={quoted(parallel.name)} source-language={source} target-language={target} datatype="plaintext">',
        "<body>",
    ]
    for block in parallel.blocks:
        for row in block.units:
            out += _unit(block, row)
    return "\n".join([*out, "</body>", "</file>", "</xliff>", ""])


def _unit(block: ParallelBlock, row: Row) -> Iterator[str]:
    source, target = row.cells
    done = not target.stand_in and bool(target.text)
    said = {target.locale: target.text} if done else {}
    hash_ = review_rows.fingerprint(source.text, said)
    approved = "yes" if target.state in (State.TRANSLATED, State.REVIEWED) and done else "no"
    yield f'<trans-unit id="{row.id}" resname="{row.number}" approved="{approved}" xml:space="preserve">'
    yield f"<source>{_content(source.text)}</source>"
    if done:
        yield f'<target state="{_STATES[target.state]}">{_content(target.text)}</target>'
    yield f'<note from="dragoman-hash">{hash_}</note>'
    yield f'<note from="kind">{block.kind.value}</note>'
    yield from (f"<note>{content(note)}</note>" for note in row.notes)
    if row.context is not None:
        yield f'<context-group purpose="information"><context context-type="x-context">{content(row.context)}</context></context-group>'
    yield "</trans-unit>"


def _content(text: str) -> str:
    out = []
    found = pieces(text)
    for place, piece in enumerate(found):
        if isinstance(piece, str):
            out.append(_characters(piece))
        elif piece.partner == place:
            out.append(f'<ph id="{place}">{_characters(piece.data, "sub")}</ph>')
        else:
            name = "bpt" if piece.partner > place else "ept"
            first = min(place, piece.partner)
            out.append(
                f'<{name} id="{place}" rid="{first}">{_characters(piece.data, "sub")}</{name}>'
            )
    return "".join(out)


def _characters(text: str, where: str = "") -> str:
    """Text; what XML cannot hold is a `ph` that names it, inside codes its name alone."""
    if is_plain(text) and not where:
        return text
    if where:
        return escaped(review_rows.guarded(text))  # which names a carriage return, too
    return ILLEGAL.sub(
        lambda found: f'<ph id="x{ord(found[0]):04X}" ctype="x-char">{ord(found[0]):04X}</ph>',
        escaped(text),
    )
