"""What blocks are together: items are lists inside lists, cells are the rows of a table."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby

from dragoman.model import Cell, Kind, ParallelBlock


@dataclass
class Item:
    """An item of a list: what it says, and the lists inside it."""

    blocks: list[ParallelBlock] = field(default_factory=list)
    lists: list[ItemList] = field(default_factory=list)


@dataclass
class ItemList:
    """A list, numbered from `start` or, where that is None, with bullets."""

    start: int | None = None
    items: list[Item] = field(default_factory=list)


@dataclass
class Table:
    """The rows of a table, each made of its cells; `level` of a cell says that it is a head."""

    rows: list[list[ParallelBlock]]

    @property
    def head(self) -> list[list[ParallelBlock]]:
        """The first row in a list of its own, if it is a head; else nothing."""
        return self.rows[:1] if self.rows[0][0].level else []

    @property
    def body(self) -> list[list[ParallelBlock]]:
        return self.rows[len(self.head) :]

    @property
    def blocks(self) -> list[ParallelBlock]:
        """The cells, row by row."""
        return [block for row in self.rows for block in row]

    @property
    def width(self) -> int:
        """How many columns the longest row has."""
        return max(map(len, self.rows))


@dataclass
class Note:
    """A footnote: the block with its label, and those that go on."""

    blocks: list[ParallelBlock]


Piece = ParallelBlock | ItemList | Table | Note


def pieces(blocks: Sequence[ParallelBlock]) -> Iterator[Piece]:
    """The blocks of a text, those of a list, a table or a footnote as one.

    >>> item = ParallelBlock(Kind.ITEM, (), 1, "2.")
    >>> [found] = pieces([item, item._replace(level=2, label="•")])
    >>> found.start, found.items[0].lists[0].start
    (2, None)
    """
    for kind, group in groupby(blocks, key=lambda block: block.kind):
        found = list(group)
        if kind is Kind.ITEM:
            yield from _lists(found, min(block.level for block in found))
        elif kind is Kind.CELL:
            yield from map(Table, _tables(_split(found, lambda block: block.first)))
        elif kind is Kind.FOOTNOTE:
            yield from map(Note, _split(found, lambda block: bool(block.label)))
        else:
            yield from found


def text_pieces(blocks: Sequence[ParallelBlock]) -> Iterator[ParallelBlock | Table]:
    """The blocks of a text, the cells of each table as one."""
    for kind, group in groupby(blocks, key=lambda block: block.kind):
        if kind is Kind.CELL:
            yield from map(Table, _tables(_split(list(group), lambda block: block.first)))
        else:
            yield from group


def column(blocks: Iterable[ParallelBlock], place: int) -> list[Cell]:
    """The cells of several blocks in one column of the edition."""
    return [row.cells[place] for block in blocks for row in block.rows]


def depths(blocks: Sequence[ParallelBlock]) -> dict[str, int]:
    """How deep each heading is, by the id of its first row: from 1, and no depth is skipped.

    >>> from dragoman.model import Row
    >>> two, four = (ParallelBlock(Kind.HEADING, (Row(x, "", ()),), n) for x, n in (("a", 2), ("b", 4)))
    >>> depths([two, four])
    {'a': 1, 'b': 2}
    """
    found: dict[str, int] = {}
    above: list[int] = []
    for block in blocks:
        if block.kind is Kind.HEADING and block.rows:
            while above and above[-1] >= block.level:
                above.pop()
            above.append(block.level)
            found[block.rows[0].id] = len(above)
    return found


def _tables(rows: Iterable[list[ParallelBlock]]) -> list[list[list[ParallelBlock]]]:
    """The rows of each table: a head below other rows begins another table."""
    tables: list[list[list[ParallelBlock]]] = []
    for row in rows:
        if not tables or row[0].level:
            tables.append([])
        tables[-1].append(row)
    return tables


def _lists(blocks: Sequence[ParallelBlock], level: int) -> list[ItemList]:
    """The lists of one level; deeper items go into the item before them.

    A list ends where bullets become numbers, numbers bullets, or a number is not the next.
    """
    lists: list[ItemList] = []
    for deep, group in groupby(blocks, key=lambda block: block.level > level):
        found = list(group)
        if deep:
            if not lists:
                lists.append(ItemList(None, [Item()]))
            lists[-1].items[-1].lists += _lists(found, level + 1)
            continue
        for block in found:
            number = _number(block.label)
            if not block.label and lists:
                lists[-1].items[-1].blocks.append(block)
            elif lists and number == _next(lists[-1]):
                lists[-1].items.append(Item([block]))
            else:
                lists.append(ItemList(number, [Item([block])]))
    return lists


def _next(last: ItemList) -> int | None:
    return None if last.start is None else last.start + len(last.items)


def _number(label: str) -> int | None:
    """The number of an item; none where it has a bullet.

    >>> _number("12."), _number("•")
    (12, None)
    """
    found = re.match("[0-9]{1,9}", label)
    return int(found[0]) if found else None


def _split(
    blocks: Sequence[ParallelBlock], begins: Callable[[ParallelBlock], bool]
) -> list[list[ParallelBlock]]:
    """Blocks in groups, each beginning with a block that `begins` one."""
    groups: list[list[ParallelBlock]] = []
    for block in blocks:
        if begins(block) or not groups:
            groups.append([])
        groups[-1].append(block)
    return groups


__all__ = [
    "Item",
    "ItemList",
    "Note",
    "Piece",
    "Table",
    "column",
    "depths",
    "pieces",
    "text_pieces",
]
