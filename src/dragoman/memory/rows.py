"""Rows of a parallel text as units of a memory."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from dragoman import locales
from dragoman.escapes import content as plain
from dragoman.escapes import quoted
from dragoman.memory.model import DRAFT, REVIEWED, Unit, Variant, place
from dragoman.memory.segments import marked
from dragoman.memory.tmx import kept
from dragoman.model import Cell, Parallel, ParallelBlock, Row, State

_STATES = {State.DRAFT: DRAFT, State.REVIEWED: REVIEWED}


def units(parallel: Parallel, dates: Mapping[str, str] | None = None) -> Iterator[Unit]:
    """The rows that have a translation, each with the source sentences around it.

    Args:
        parallel: the text; its first column is the source.
        dates: when each locale's translations were last worked on.
    """
    tag = locales.language_tag(parallel.locales[0])
    rows = [(block, row) for block in parallel.blocks for row in block.units]
    said = [row.cells[0].text for _, row in rows]
    for at, (block, row) in enumerate(rows):
        variants = list(_variants(row.cells, dates or {}))
        if len(variants) < 2:
            continue
        before = said[at - 1] if at else ""
        after = said[at + 1] if at + 1 < len(said) else ""
        extra = kept({"tuid": row.id}, _children(block, row, before, after))
        yield Unit(tuple(variants), parallel.name, tag, place(before, after), row.context, extra)


def elements(parallel: Parallel) -> Iterator[str]:
    """The same as `tu` elements of TMX, at a fraction of the time that `tmx.written` takes."""
    tags = [quoted(locales.language_tag(locale)) for locale in parallel.locales]
    rows = [(block, row) for block in parallel.blocks for row in block.units]
    said = [plain(row.cells[0].text) for _, row in rows]
    for at, (block, row) in enumerate(rows):
        variants = [
            _element(tag, cell, place)
            for place, (tag, cell) in enumerate(zip(tags, row.cells, strict=True))
            if cell.text and not cell.stand_in
        ]
        if len(variants) < 2:
            continue
        children = [f"<note>{plain(note)}</note>" for note in row.notes]
        children.append(f'<prop type="x-number">{plain(row.number)}</prop>')
        children.append(f'<prop type="x-kind">{block.kind!s}</prop>')
        if row.context is not None:
            children.append(_property("x-context", row.context))
        if at and said[at - 1]:
            children.append(f'<prop type="prev">{said[at - 1]}</prop>')
        if at + 1 < len(said) and said[at + 1]:
            children.append(f'<prop type="next">{said[at + 1]}</prop>')
        inside = "\n      ".join([*children, *variants])
        yield f"    <tu tuid={quoted(row.id)}>\n      {inside}\n    </tu>\n"


def _element(tag: str, cell: Cell, place: int) -> str:
    state = _STATES.get(cell.state, "") if place else ""
    said = _property("x-state", state) if state else ""
    return f"<tuv xml:lang={tag}>{said}<seg>{marked(cell.text)}</seg></tuv>"


def _variants(cells: Sequence[Cell], dates: Mapping[str, str]) -> Iterator[Variant]:
    for at, cell in enumerate(cells):
        if cell.stand_in or not cell.text:
            continue
        state = _STATES.get(cell.state, "") if at else ""
        said = kept({}, [_property("x-state", state)]) if state else ""
        date = dates.get(cell.locale, "")
        yield Variant(locales.language_tag(cell.locale), cell.text, "", date, state, said)


def _children(block: ParallelBlock, row: Row, before: str, after: str) -> list[str]:
    """Notes and properties of a row; the names of its neighbours' properties are OmegaT's."""
    said = {"x-number": row.number, "x-kind": str(block.kind)}
    if row.context is not None:
        said["x-context"] = row.context
    said |= {"prev": before} if before else {}
    said |= {"next": after} if after else {}
    notes = [f"<note>{plain(note)}</note>" for note in row.notes]
    return notes + [_property(name, value) for name, value in said.items()]


def _property(name: str, value: str) -> str:
    return f'<prop type="{name}">{plain(value)}</prop>'
