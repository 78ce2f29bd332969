"""The members of a Word document: slots of their paragraphs, and what depends on the locale."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import partial
from typing import NamedTuple

from dragoman.formats.archives import coded_paragraphs
from dragoman.formats.archives.coded_text import escaped
from dragoman.formats.archives.items import Pieces
from dragoman.formats.archives.member_walk import (
    Found,
    MemberWalk,
    even,
    piece_by_piece,
    tabulated,
    with_own,
)
from dragoman.formats.archives.slots import Slot, TextSlot, filled
from dragoman.formats.archives.word import word_layout
from dragoman.formats.archives.word.word_items import ContentReader
from dragoman.formats.archives.word.word_runs import WordRuns
from dragoman.formats.archives.xml_values import Island, attribute, attribute_slot
from dragoman.formats.units import translatable
from dragoman.gate import Node
from dragoman.model import Kind, PerLocale

_RUNS = WordRuns()
_UNREAD = frozenset(
    ("w:del", "w:moveFrom", "w:pPr", "w:rPr", "w:tblPr", "w:sectPr", "w:trPr", "w:tcPr")
)
_HEADING = re.compile(r"(?:heading|überschrift|заголовок|titre)\s?([1-9])", re.IGNORECASE)
_ALTERNATIVES = {"wp:docPr": ("title", "descr"), "v:shape": ("alt",), "v:rect": ("alt",)}


class Styles(NamedTuple):
    """What the styles say of paragraphs, by their ids."""

    headings: dict[str, int]
    lists: frozenset[str]


def styles(root: Node | None) -> Styles:
    """Heading levels and list styles, also those that are based on one."""
    own: dict[str, int] = {}
    lists: set[str] = set()
    based: dict[str, str] = {}
    for node in root.children if root else ():
        if node.name != "w:style":
            continue
        key = node.get("styleId")
        named, parent = node.child("w:name"), node.child("w:basedOn")
        name = named.get("val") if named else ""
        formatting = node.child("w:pPr")
        outline = formatting.child("w:outlineLvl") if formatting else None
        if found := _HEADING.fullmatch(name):
            own[key] = int(found[1])
        elif name.lower() == "title":
            own[key] = 1
        elif outline is not None and outline.get("val").isdigit() and int(outline.get("val")) < 9:
            own[key] = int(outline.get("val")) + 1
        if formatting is not None and formatting.child("w:numPr"):
            lists.add(key)
        if parent is not None:
            based[key] = parent.get("val")
    for key in based:
        above, steps = key, 0
        while above in based and above not in own and steps < len(based):
            above, steps = based[above], steps + 1
        if above in own:
            own[key] = own[above]
    return Styles(own, frozenset(lists))


class MemberReader(MemberWalk):
    """Reads a member with paragraphs."""

    def __init__(
        self, links: dict[str, str], known: Styles, kind: Kind = Kind.PARAGRAPH, uri: str = ""
    ) -> None:
        self._uri = uri
        self._links = links
        self._known = known
        self._kind = kind

    def read(self, root: Node) -> tuple[list[Slot], Pieces]:
        """The slots in the order of reading, and the member as pieces."""
        slots, islands = self.inside(root.children)
        islands = [*word_layout.declared(root, self._uri), *islands]
        return slots, tuple(filled(root.text, 0, len(root.text), islands))

    def of(self, node: Node) -> Found:
        """The slots of paragraphs, and what depends on the locale."""
        name = node.name
        if name == "w:p":
            return self._paragraph(node)
        if name == "w:tbl":
            return tabulated(_grid(node), self.inside(node.children))
        if name == "w:tblPr":
            return [], [(node.start, node.end, word_layout.table_properties(node))]
        if name == "w:sectPr":
            return [], [(node.start, node.end, word_layout.section_properties(node))]
        if name in _UNREAD:
            return [], []
        if name == "mc:AlternateContent":
            return self.alternatives(node)
        found = self.inside(node.children)
        own = [one for key in _ALTERNATIVES.get(name, ()) for one in attribute_slot(node, key)]
        return with_own(own, found) if own else found

    def _paragraph(self, node: Node) -> Found:
        if node.end == node.inner:
            return [], []
        properties = node.child("w:pPr")
        slots, islands = self.inside(one for one in node.children if one is not properties)
        start, end = (properties.start, properties.end) if properties else (node.inner, node.inner)
        formatting = word_layout.paragraph_properties(properties)
        places = sorted([(start, end, formatting), *islands], key=lambda island: island[0])

        items = ContentReader(piece_by_piece(islands), self._links).read(node)
        opening = (node.tag, formatting)
        pieces = tuple(filled(node.text, node.start, node.end, places))
        slot = coded_paragraphs.slot(items, opening, node.end_tag, pieces, _RUNS)
        if slot is None or not translatable(slot.line):
            return slots, places
        slot.kind, slot.level, slot.label = self._kind_of(properties)
        return [slot, *slots], [(node.start, node.end, slot)]

    def _kind_of(self, properties: Node | None) -> tuple[Kind, int, str]:
        if self._kind is not Kind.PARAGRAPH or properties is None:
            return self._kind, 0, ""
        named, numbered = properties.child("w:pStyle"), properties.child("w:numPr")
        outline = properties.child("w:outlineLvl")
        style = named.get("val") if named else ""
        if level := self._known.headings.get(style, 0):
            return Kind.HEADING, min(level, 6), ""
        if outline is not None and outline.get("val") in "012345":
            return Kind.HEADING, int(outline.get("val")) + 1, ""
        if numbered is not None or style in self._known.lists:
            depth = numbered.child("w:ilvl") if numbered else None
            said = depth.get("val") if depth else ""
            return Kind.ITEM, (int(said) if said.isdigit() else 0) + 1, ""
        return self._kind, 0, ""


def _grid(table: Node) -> Sequence[Sequence[Node]]:
    """The paragraphs of a table by rows, if each cell has one and all rows have as many cells."""
    rows: list[list[Node]] = []
    for row in (one for one in table.children if one.name not in ("w:tblPr", "w:tblGrid")):
        if row.name != "w:tr":
            return []
        cells: list[Node] = []
        for cell in (one for one in row.children if one.name == "w:tc"):
            paragraphs = [one for one in cell.children if one.name != "w:tcPr"]
            if len(paragraphs) != 1 or paragraphs[0].name != "w:p":
                return []
            cells += paragraphs
        rows.append(cells)
    return even(rows)


def levels(root: Node) -> Iterator[Island]:
    """Words before the numbers of lists, as in `Article %1.`, and what depends on the locale."""
    for node in root.walk():
        if node.name == "w:lvlText":
            place, said = node.place("val"), " ".join(node.get("val").split())
            if (
                place
                and len(re.sub(r"%\d|[^\W\d_](?![^\W\d_])", "", said)) > 1
                and translatable(said)
            ):
                yield *place, TextSlot(escaped(said), node.text[slice(*place)], attribute)
        elif node.name == "w:rPr":
            yield from word_layout.run_properties(node)


def theme_language(root: Node) -> Iterator[Island]:
    """The language of the theme's fonts in the settings."""
    for node in root.walk():
        if node.name == "w:themeFontLang":
            yield node.start, node.end, PerLocale(node.raw, partial(word_layout.language, node.raw))
