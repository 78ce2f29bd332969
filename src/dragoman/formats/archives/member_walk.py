"""Members with paragraphs: the way through their elements, and tables as grids of cells."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence

from dragoman.formats.archives.items import Inside, Pieces
from dragoman.formats.archives.slots import Slot, filled
from dragoman.formats.archives.xml_values import Island
from dragoman.gate import Node
from dragoman.model import Kind

Found = tuple[list[Slot], list[Island]]
"""Slots in the order of reading, and the places of pieces in the order of the text."""


class MemberWalk:
    """Goes through the elements of a member; what stands for each is for subclasses to say."""

    def read(self, root: Node) -> tuple[list[Slot], Pieces]:
        """The slots in the order of reading, and the member as pieces."""
        slots, islands = self.inside(root.children)
        return slots, tuple(filled(root.text, 0, len(root.text), islands))

    def inside(self, nodes: Iterable[Node]) -> Found:
        """What is in some elements."""
        slots: list[Slot] = []
        islands: list[Island] = []
        for node in nodes:
            more, places = self.of(node)
            slots += more
            islands += places
        return slots, islands

    def of(self, node: Node) -> Found:
        """What is in an element."""
        raise NotImplementedError

    def alternatives(self, node: Node) -> Found:
        """The first alternative; others are translated as it is, if they say the same."""
        first: list[Slot] | None = None
        all_slots: list[Slot] = []
        islands: list[Island] = []
        for child in node.children:
            slots, places = self.inside(child.children)
            islands += places
            all_slots += slots if first is None else without_twins(slots, first)
            first = slots if first is None else first
        return all_slots, islands


def with_own(own: Iterable[Island], found: Found) -> Found:
    """What is in an element, with places of its own, which are read first."""
    slots, islands = found
    places = sorted(own, key=_start)
    mine = [piece for _, _, piece in places if isinstance(piece, Slot)]
    return mine + slots, sorted([*places, *islands], key=_start)


def _start(island: Island) -> int:
    return island[0]


def piece_by_piece(islands: Sequence[Island]) -> Inside:
    """A function that gives the XML of an element with the pieces inside it; they are in order."""
    starts = [island[0] for island in islands]

    def inside(node: Node) -> Pieces:
        own = islands[bisect_left(starts, node.start) : bisect_left(starts, node.end)]
        return tuple(filled(node.text, node.start, node.end, own)) if own else (node.raw,)

    return inside


def without_twins(slots: Iterable[Slot], known: Sequence[Slot]) -> list[Slot]:
    """The slots of an alternative that the first one does not have; others become their twins."""
    left = list(known)
    own = []
    for slot in slots:
        twin = next((one for one in left if one.line == slot.line), None)
        if twin is None:
            own.append(slot)
        else:
            slot.twin = twin
            left.remove(twin)
    return own


def tabulated(grid: Sequence[Sequence[Node]], found: Found) -> Found:
    """A table whose cells have one paragraph each; its cells are those of a table in editions too.

    Args:
        grid: the paragraphs of the table by rows; empty if it is no plain grid.
        found: what is in the table.
    """
    slots, islands = found
    if not grid:
        return found
    by_start = {start: piece for start, _, piece in islands if isinstance(piece, Slot)}
    out: list[Slot] = []
    for number, row in enumerate(grid):
        for place, paragraph in enumerate(row):
            slot = by_start.get(paragraph.start) or Slot("", ())
            slot.kind, slot.level, slot.first = Kind.CELL, int(number == 0), place == 0
            slot.label = ""
            out.append(slot)
    if any(slot not in out for slot in slots):  # text boxes in cells
        for slot in out:
            slot.kind, slot.level, slot.first = Kind.PARAGRAPH, 0, False
        return found
    return out, islands


def even(rows: Sequence[Sequence[Node]]) -> Sequence[Sequence[Node]]:
    """The rows of a grid if all have as many cells, else none."""
    return rows if rows and rows[0] and len({len(row) for row in rows}) == 1 else []


__all__ = ["Found", "MemberWalk", "even", "piece_by_piece", "tabulated", "with_own"]
