"""The tree of blocks: items form nested lists, and cells form tables."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby

from dragoman.model import Cell, Kind, ParallelBlock


@dataclass
class ListItem:
    """A list item: its blocks, and the lists inside it."""

    blocks: list[ParallelBlock] = field(default_factory=list)
    lists: list[ItemList] = field(default_factory=list)


@dataclass
class ItemList:
    """A list numbered from `start`, or bulleted if `start` is None."""

    start: int | None = None
    items: list[ListItem] = field(default_factory=list)


@dataclass
class Table:
    """A table as rows of cells; header cells have a `level` above 0."""

    rows: list[list[ParallelBlock]]

    @property
    def head(self) -> list[list[ParallelBlock]]:
        """A list with the header row; empty if the first row is no header."""
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
    """A footnote: the labelled block and its continuation blocks."""

    blocks: list[ParallelBlock]


@dataclass
class Glosses:
    """A definition list: terms, each group of them with its definitions."""

    groups: list[tuple[list[ParallelBlock], list[ParallelBlock]]]

    @property
    def blocks(self) -> list[ParallelBlock]:
        """The terms and definitions in order."""
        return [block for terms, definitions in self.groups for block in (*terms, *definitions)]


Piece = ParallelBlock | ItemList | Table | Note | Glosses
_GLOSSED = {Kind.TERM: "gloss", Kind.DEFINITION: "gloss"}


def pieces(blocks: Sequence[ParallelBlock]) -> Iterator[Piece]:
    """The blocks of a text, with lists, tables and footnotes grouped.

    >>> item = ParallelBlock(Kind.ITEM, (), 1, "2.")
    >>> [found] = pieces([item, item._replace(level=2, label="•")])
    >>> found.start, found.items[0].lists[0].start
    (2, None)
    """
    for kind, group in groupby(blocks, key=lambda block: _GLOSSED.get(block.kind, block.kind)):
        found = list(group)
        if kind == "gloss":
            yield from _glossed(found)
        elif kind is Kind.ITEM:
            yield from _lists(found, min(block.level for block in found))
        elif kind is Kind.CELL:
            yield from map(Table, _tables(_split(found, lambda block: block.first)))
        elif kind is Kind.FOOTNOTE:
            yield from map(Note, _split(found, lambda block: bool(block.label)))
        else:
            yield from found


def text_pieces(blocks: Sequence[ParallelBlock]) -> Iterator[ParallelBlock | Table]:
    """The blocks of a text, with only tables grouped."""
    for kind, group in groupby(blocks, key=lambda block: block.kind):
        if kind is Kind.CELL:
            yield from map(Table, _tables(_split(list(group), lambda block: block.first)))
        else:
            yield from group


def page_pieces(blocks: Sequence[ParallelBlock]) -> Iterator[ParallelBlock | Table | Glosses]:
    """The blocks of a text, with tables grouped, and each term with its definitions."""
    if not any(block.kind in _GLOSSED for block in blocks):  # as in most texts
        yield from text_pieces(blocks)
        return
    for kind, group in groupby(blocks, key=lambda block: _GLOSSED.get(block.kind, block.kind)):
        if kind != "gloss":
            yield from text_pieces(list(group))
            continue
        for piece in _glossed(list(group)):
            if isinstance(piece, Glosses):
                yield from (Glosses([one]) for one in piece.groups)
            else:
                yield piece


def column(blocks: Iterable[ParallelBlock], place: int) -> list[Cell]:
    """The cells of several blocks in one column of the edition."""
    return [row.cells[place] for block in blocks for row in block.rows]


def depths(blocks: Sequence[ParallelBlock]) -> dict[str, int]:
    """Outline depth of each heading by the id of its first row; starts at 1 without gaps.

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
    """Split rows into tables: a header row starts a new one."""
    tables: list[list[list[ParallelBlock]]] = []
    for row in rows:
        if not tables or row[0].level:
            tables.append([])
        tables[-1].append(row)
    return tables


def _glossed(blocks: Sequence[ParallelBlock]) -> Iterator[ParallelBlock | Glosses]:
    """Terms and definitions as one list; alone what has no term, or no definition."""
    found = Glosses([])
    for block in blocks:
        if block.kind is Kind.TERM:
            if not found.groups or found.groups[-1][1]:
                found.groups.append(([], []))
            found.groups[-1][0].append(block)
        elif found.groups:
            found.groups[-1][1].append(block)
        else:
            yield block
    undefined = found.groups.pop()[0] if found.groups and not found.groups[-1][1] else []
    if found.groups:
        yield found
    yield from undefined


def _lists(blocks: Sequence[ParallelBlock], level: int) -> list[ItemList]:
    """The lists of one level; deeper items are nested in the preceding item.

    A new list starts where the marker type changes or a number does not follow its predecessor.
    """
    lists: list[ItemList] = []
    for deep, group in groupby(blocks, key=lambda block: block.level > level):
        found = list(group)
        if deep:
            if not lists:
                lists.append(ItemList(None, [ListItem()]))
            lists[-1].items[-1].lists += _lists(found, level + 1)
            continue
        for block in found:
            number = _number(block.label)
            if not block.label and lists:
                lists[-1].items[-1].blocks.append(block)
            elif lists and number == _next(lists[-1]):
                lists[-1].items.append(ListItem([block]))
            else:
                lists.append(ItemList(number, [ListItem([block])]))
    return lists


def _next(last: ItemList) -> int | None:
    return None if last.start is None else last.start + len(last.items)


def _number(label: str) -> int | None:
    """The number in an item's label; None for a bullet.

    >>> _number("12."), _number("•")
    (12, None)
    """
    found = re.match("[0-9]{1,9}", label)
    return int(found[0]) if found else None


def _split(
    blocks: Sequence[ParallelBlock], begins: Callable[[ParallelBlock], bool]
) -> list[list[ParallelBlock]]:
    """Split blocks into groups, each starting with a block for which `begins` is true."""
    groups: list[list[ParallelBlock]] = []
    for block in blocks:
        if begins(block) or not groups:
            groups.append([])
        groups[-1].append(block)
    return groups


__all__ = [
    "Glosses",
    "ItemList",
    "ListItem",
    "Note",
    "Piece",
    "Table",
    "column",
    "depths",
    "page_pieces",
    "pieces",
    "text_pieces",
]
