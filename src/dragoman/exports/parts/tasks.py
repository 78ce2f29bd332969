"""Checkboxes of task list items."""

from __future__ import annotations

from dragoman.model import Cell, Kind, Parallel, ParallelBlock, Span

BOXES = ("☐", "☑")
"""Boxes of open and completed tasks; both are bidi-neutral (UAX #9)."""


def boxed(parallel: Parallel, bullets: bool) -> Parallel:
    """Put the checkbox of each task before its text.

    Args:
        parallel: the text.
        bullets: keep the box as label of bulleted items, for formats that show labels.

    >>> from dragoman.model import Row, State
    >>> cell = Cell("en", "Go.", State.TRANSLATED, "en", (Span("text", "Go."),))
    >>> item = ParallelBlock(Kind.ITEM, (Row("x", "1.1", (cell,)),), 1, "2. ☑")
    >>> [block] = boxed(Parallel("x", "X", ("en",), (item,)), bullets=True).blocks
    >>> block.label, block.rows[0].cells[0].spans[0].text
    ('2.', '☑ ')
    """
    if not any(_box(block) for block in parallel.blocks):  # as in most texts
        return parallel
    return parallel._replace(blocks=tuple([_boxed(block, bullets) for block in parallel.blocks]))


def _box(block: ParallelBlock) -> str:
    last = block.label[-1:]
    return last if block.kind is Kind.ITEM and last in BOXES else ""


def _boxed(block: ParallelBlock, bullets: bool) -> ParallelBlock:
    box, number = _box(block), block.label[:-1].rstrip()
    if not box or not block.rows or (bullets and not number):
        return block
    first, *others = block.rows
    cells = tuple([_before(cell, f"{box} ") for cell in first.cells])
    return block._replace(label=number or "•", rows=(first._replace(cells=cells), *others))


def _before(cell: Cell, text: str) -> Cell:
    return cell._replace(spans=(Span("text", text), *cell.spans)) if cell.spans else cell
