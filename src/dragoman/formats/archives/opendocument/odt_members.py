"""The members of an OpenDocument text: slots of their paragraphs, and alternative texts of images."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from dragoman.formats.archives import coded_paragraphs
from dragoman.formats.archives.member_walk import (
    Found,
    MemberWalk,
    even,
    piece_by_piece,
    tabulated,
    with_own,
)
from dragoman.formats.archives.opendocument.odt_items import OdtContentReader
from dragoman.formats.archives.opendocument.odt_runs import OdtRuns
from dragoman.formats.archives.slots import Slot
from dragoman.formats.archives.xml_values import Island, attribute_slot, content_slot
from dragoman.formats.units import translatable
from dragoman.gate import Node
from dragoman.model import Kind

_UNREAD = frozenset(
    (
        "text:tracked-changes", "office:automatic-styles", "office:styles", "office:scripts",
        "office:font-face-decls", "text:sequence-decls", "text:note-citation", "dc:creator",
        "dc:date", "meta:date-string", "text:sender-initials",
    )
)  # fmt: skip
_SAID = frozenset(("svg:title", "svg:desc", "text:index-title-template"))
_PARTS = frozenset(f"table:table-{name}" for name in ("header-rows", "rows", "row-group"))


class OdtMemberReader(MemberWalk):
    """Reads a member with paragraphs."""

    def __init__(
        self, runs: OdtRuns, headings: Mapping[str, int], comments: bool, kind: Kind
    ) -> None:
        self._runs = runs
        self._headings = headings
        self._comments = comments
        self._kind = kind
        self._depth = 0
        """Of the list around."""

    def of(self, node: Node) -> Found:
        """The slots of paragraphs, notes, images and fields."""
        name = node.name
        if name in _UNREAD or (name == "office:annotation" and not self._comments):
            return [], []
        if name in ("text:p", "text:h"):
            return self._paragraph(node)
        if name == "table:table":
            return tabulated(_grid(node), self._within(node, 0))
        if name == "text:list":
            return self._within(node, self._depth + 1)
        if name in ("text:note", "office:annotation"):
            return self._aside(node)
        if name in _SAID:
            places = list(content_slot(node))
            return [piece for _, _, piece in places if isinstance(piece, Slot)], places
        return with_own(_own(node), self.inside(node.children))

    def _within(self, node: Node, depth: int) -> Found:
        before, self._depth = self._depth, depth
        found = self.inside(node.children)
        self._depth = before
        return found

    def _aside(self, node: Node) -> Found:
        before, self._kind = self._kind, Kind.FOOTNOTE
        found = self._within(node, 0)
        self._kind = before
        return found

    def _paragraph(self, node: Node) -> Found:
        if node.close == node.inner:
            return [], []
        slots, islands = self.inside(node.children)
        items = OdtContentReader(piece_by_piece(islands), self._runs).read(node)
        pieces = piece_by_piece(islands)(node)
        slot = coded_paragraphs.slot(items, (node.tag,), node.end_tag, pieces, self._runs)
        if slot is None or not translatable(slot.line):
            return slots, islands
        slot.kind, slot.level = self._kind_of(node)
        return [slot, *slots], [(node.start, node.end, slot)]

    def _kind_of(self, node: Node) -> tuple[Kind, int]:
        if self._kind is not Kind.PARAGRAPH:
            return self._kind, 0
        if node.name == "text:h":
            said = node.get("outline-level")
            return Kind.HEADING, min(int(said), 6) if said.isdecimal() and int(said) else 1
        if level := self._headings.get(node.get("style-name"), 0):
            return Kind.HEADING, level
        return (Kind.ITEM, self._depth) if self._depth else (Kind.PARAGRAPH, 0)


def _own(node: Node) -> Iterator[Island]:
    """The values of attributes that readers see."""
    if node.name.startswith("form:"):
        yield from attribute_slot(node, "label")
    elif node.name == "text:user-field-decl":
        yield from attribute_slot(node, "string-value")
    elif node.name == "text:list-level-style-number":
        yield from attribute_slot(node, "num-prefix")
        yield from attribute_slot(node, "num-suffix")


def _grid(table: Node) -> Sequence[Sequence[Node]]:
    """The paragraphs of a table by rows, if each cell has one and all rows have as many cells."""
    rows: list[list[Node]] = []
    for row in _rows(table):
        cells: list[Node] = []
        for cell in row.children:
            kept = [one for one in cell.children if one.name != "text:soft-page-break"]
            if len(kept) != 1 or kept[0].name not in ("text:p", "text:h"):
                return []
            if cell.get("number-columns-repeated") or row.get("number-rows-repeated"):
                return []
            cells += kept
        rows.append(cells)
    return even(rows)


def _rows(table: Node) -> Iterator[Node]:
    for node in table.children:
        if node.name == "table:table-row":
            yield node
        elif node.name in _PARTS:
            yield from _rows(node)
