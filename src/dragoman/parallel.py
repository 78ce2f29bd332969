"""Aligning: a text and its catalogs become rows, one a unit, with a cell for every locale."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from dragoman.catalog import Catalog
from dragoman.model import (
    Block,
    Cell,
    Document,
    Key,
    Kind,
    Missing,
    Parallel,
    ParallelBlock,
    Row,
    Span,
    State,
    Unit,
    unit_id,
)

MARK = "⟦…⟧"
"""What stands in the place of a missing translation under the policy `mark`."""


def align(
    document: Document,
    name: str,
    source: str,
    catalogs: Sequence[Catalog],
    missing: Missing = Missing.SOURCE,
    drafts: bool = False,
) -> Parallel:
    """The parallel edition of a text: the same rows in the same order for every locale.

    Args:
        document: the source text.
        name: the text's name.
        source: the source locale.
        catalogs: one for each target locale, in the order of the columns.
        missing: what stands where a translation is missing or only a draft.
        drafts: whether drafts count as translations.
    """
    seen: Counter[Key] = Counter()
    blocks = []
    number = 0
    for block in document.blocks:
        if block.kind is Kind.CODE:
            blocks.append(ParallelBlock(block.kind, (), literal=block.literal))
        units = block.units
        if not units:
            continue
        number += 1
        rows = []
        for position, unit in enumerate(units, 1):
            cells = [
                Cell(source, unit.source, State.TRANSLATED, source, document.inline(unit.source))
            ]
            cells += [_cell(document, unit, c, source, missing, drafts) for c in catalogs]
            row_id = unit_id(unit.key, seen[unit.key])
            seen[unit.key] += 1
            place = f"{number}.{position}"
            rows.append(Row(row_id, place, tuple(cells), unit.context, unit.notes, unit.new_line))
        blocks.append(_block(block, tuple(rows)))
    title = _title(document) or name
    locales = (source, *(catalog.locale for catalog in catalogs))
    return Parallel(name, title, locales, tuple(blocks))


def _title(document: Document) -> str:
    """The title as a reader sees it: without markup where it is a heading's."""
    if "title" in document.metadata:
        return document.title
    return "".join(map(_said, document.inline(document.title))) if document.title else ""


def _said(span: Span) -> str:
    return span.text or "".join(map(_said, span.children))


def _block(block: Block, rows: tuple[Row, ...]) -> ParallelBlock:
    return ParallelBlock(block.kind, rows, block.level, block.label, first=block.first)


def _cell(
    document: Document, unit: Unit, catalog: Catalog, source: str, missing: Missing, drafts: bool
) -> Cell:
    state = catalog.state(unit.key)
    target = catalog.target(unit.key, drafts)
    if target is not None:
        return Cell(catalog.locale, target, state, catalog.locale, document.inline(target))
    if missing is Missing.SOURCE:
        spans = document.inline(unit.source)
        return Cell(catalog.locale, unit.source, state, source, spans, stand_in=True)
    text = MARK if missing is Missing.MARK else ""
    spans = document.inline(text) if text else ()
    return Cell(catalog.locale, text, state, catalog.locale, spans, stand_in=True)
