"""The members of a Word document: slots of their paragraphs, and what depends on the locale."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from typing import NamedTuple

from dragoman.formats.archives import word_layout, word_paragraphs
from dragoman.formats.archives.coded_text import escaped
from dragoman.formats.archives.slots import Slot, TextSlot, filled
from dragoman.formats.archives.word_items import ContentReader, Pieces
from dragoman.formats.archives.xml_values import Island, attribute, attribute_slot, content_slot
from dragoman.formats.units import translatable
from dragoman.gate import Node
from dragoman.model import Kind, PerLocale

IslandReader = Callable[[Node], Iterable[Island]]
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


class MemberReader:
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
        slots, islands = self._inside(root.children)
        islands = [*word_layout.declared(root, self._uri), *islands]
        return slots, tuple(filled(root.text, 0, len(root.text), islands))

    def _inside(self, nodes: Iterable[Node]) -> tuple[list[Slot], list[Island]]:
        slots: list[Slot] = []
        islands: list[Island] = []
        for node in nodes:
            more, places = self._of(node)
            slots += more
            islands += places
        return slots, islands

    def _of(self, node: Node) -> tuple[list[Slot], list[Island]]:
        name = node.name
        if name == "w:p":
            return self._paragraph(node)
        if name == "w:tbl":
            return self._table(node)
        if name == "w:tblPr":
            return [], [(node.start, node.end, word_layout.table_properties(node))]
        if name == "w:sectPr":
            return [], [(node.start, node.end, word_layout.section_properties(node))]
        if name in _UNREAD:
            return [], []
        if name == "mc:AlternateContent":
            return self._alternatives(node)
        slots, islands = self._inside(node.children)
        if name in _ALTERNATIVES:
            own = [found for key in _ALTERNATIVES[name] for found in attribute_slot(node, key)]
            own.sort(key=lambda island: island[0])
            slots = [piece for _, _, piece in own if isinstance(piece, Slot)] + slots
            islands = sorted([*own, *islands], key=lambda island: island[0])
        return slots, islands

    def _alternatives(self, node: Node) -> tuple[list[Slot], list[Island]]:
        """The first alternative; others are translated as it is, if they say the same."""
        first: list[Slot] | None = None
        all_slots: list[Slot] = []
        islands: list[Island] = []
        for child in node.children:
            slots, places = self._inside(child.children)
            islands += places
            all_slots += slots if first is None else _without_twins(slots, first)
            first = slots if first is None else first
        return all_slots, islands

    def _table(self, table: Node) -> tuple[list[Slot], list[Island]]:
        """A table; if it is a plain grid, its cells are those of a table in editions too."""
        grid = _grid(table)
        slots, islands = self._inside(table.children)
        if not grid:
            return slots, islands
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
            return slots, islands
        return out, islands

    def _paragraph(self, node: Node) -> tuple[list[Slot], list[Island]]:
        if node.end == node.inner:
            return [], []
        properties = node.child("w:pPr")
        slots, islands = self._inside(one for one in node.children if one is not properties)
        start, end = (properties.start, properties.end) if properties else (node.inner, node.inner)
        formatting = word_layout.paragraph_properties(properties)
        places = sorted([(start, end, formatting), *islands], key=lambda island: island[0])

        def inside(one: Node) -> Pieces:
            own = [island for island in islands if one.start <= island[0] < one.end]
            return tuple(filled(node.text, one.start, one.end, own)) if own else (one.raw,)

        items = ContentReader(inside, self._links).read(node)
        opening = (node.tag, formatting)
        pieces = tuple(filled(node.text, node.start, node.end, places))
        slot = word_paragraphs.slot(items, opening, node.end_tag, pieces)
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


def _grid(table: Node) -> list[list[Node]]:
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
    even = rows and rows[0] and len({len(row) for row in rows}) == 1
    return rows if even else []


def _without_twins(slots: Iterable[Slot], known: Sequence[Slot]) -> list[Slot]:
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


def languages(root: Node) -> Iterator[Island]:
    """The language of the core properties."""
    for node in root.walk():
        if node.name == "dc:language" and node.close > node.inner:
            raw = node.text[node.inner : node.close]
            yield node.inner, node.close, PerLocale(raw, _tag)
        elif node.name == "dc:title":
            yield from content_slot(node, Kind.METADATA, "title")


def _tag(locale: str) -> str:
    from dragoman.languages.locales import language_tag

    return language_tag(locale)


def theme_language(root: Node) -> Iterator[Island]:
    """The language of the theme's fonts in the settings."""
    for node in root.walk():
        if node.name == "w:themeFontLang":
            yield node.start, node.end, PerLocale(node.raw, partial(word_layout.language, node.raw))
