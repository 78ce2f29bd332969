"""Parts with texts in DrawingML: slots of paragraphs, and what depends on the direction of a locale."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import partial

from dragoman.formats.archives import coded_paragraphs
from dragoman.formats.archives.drawing.drawing_runs import DrawingRuns, properties
from dragoman.formats.archives.items import Inside, Item, Pieces, Sort, Wrapper
from dragoman.formats.archives.member_walk import (
    Found,
    MemberWalk,
    even,
    piece_by_piece,
    tabulated,
    with_own,
)
from dragoman.formats.archives.slots import Piece, Slot, filled
from dragoman.formats.archives.xml_values import Island, attribute_slot, content_slot
from dragoman.formats.units import translatable
from dragoman.formats.xhtml import with_attribute
from dragoman.gate import Node
from dragoman.languages.locales import direction
from dragoman.model import Kind, PerLocale

_RUNS = DrawingRuns()
_LINK = "a:hlinkClick"
_LEVEL = re.compile(r"a:(?:lvl[1-9]pPr|defPPr)")
_ROOTS = frozenset(
    ("p:titleStyle", "p:bodyStyle", "p:otherStyle", "p:defaultTextStyle", "p:notesStyle")
)
"""Lists of styles that have no others to inherit from."""
_TITLES = {"ctrTitle": 1, "title": 2}
_BODIES = frozenset(("", "body", "obj", "subTitle"))
_URI = "http://schemas.openxmlformats.org/drawingml/2006/main"


class DrawingReader(MemberWalk):
    """Reads a part with shapes."""

    def __init__(self, prompts: bool = False, comments: bool = False) -> None:
        self._prompts = prompts
        """Whether texts in placeholders are prompts that no reader sees, as in layouts."""
        self._comments = comments
        self.links: dict[str, str] = {}
        """Addresses of links, by the ids of relationships."""
        self._holder: str | None = None
        """The kind of placeholder around; None outside of any."""
        self._root = False
        """Whether the styles around have no others to inherit from."""

    def read(self, root: Node) -> tuple[list[Slot], Pieces]:
        slots, islands = self.inside([root])
        if "xmlns:a=" not in root.tag:
            declared = PerLocale("", partial(_made, f' xmlns:a="{_URI}"'))
            place = root.inner - (2 if root.tag.endswith("/>") else 1)
            islands = [island for island in islands if island[0] != root.start]
            islands = [(place, place, declared), *islands]
        return slots, tuple(filled(root.text, 0, len(root.text), islands))

    def of(self, node: Node) -> Found:
        """The slots of paragraphs and alternative texts."""
        name = node.name
        if name == "a:p":
            return self._paragraph(node)
        if name == "a:tbl":
            return tabulated(_grid(node), self.inside(node.children))
        if name == "mc:AlternateContent":
            return self.alternatives(node)
        if name == "p:sp":
            return self._shape(node)
        if name in ("c:strCache", "p:cm") and (name != "p:cm" or self._comments):
            return _values(node)
        before, self._root = self._root, self._root or name in _ROOTS
        found = with_own(_own(node, self._root), self.inside(node.children))
        self._root = before
        return found

    def _shape(self, node: Node) -> Found:
        before = self._holder
        holder = next((one for one in node.walk() if one.name == "p:ph"), None)
        self._holder = None if holder is None else holder.get("type")
        found = self.inside(node.children)
        self._holder = before
        return found

    def _paragraph(self, node: Node) -> Found:
        formatting = node.child("a:pPr")
        slots, islands = self.inside(one for one in node.children if one is not formatting)
        if node.close == node.inner:
            return [], []
        start, end = (
            (formatting.start, formatting.inner) if formatting else (node.inner, node.inner)
        )
        raw = node.text[start:end]
        turned = PerLocale(raw, partial(_turned, raw or "<a:pPr/>", False))
        places: list[Island] = [(start, end, turned), *islands]
        rest = node.text[formatting.inner : formatting.end] if formatting else ""
        if self._prompts and self._holder is not None:
            return [], places
        items = _items(node, piece_by_piece(islands), self.links)
        pieces = piece_by_piece(places)(node)
        slot = coded_paragraphs.slot(items, (node.tag, turned, rest), node.end_tag, pieces, _RUNS)
        if slot is None or not translatable(slot.line):
            return slots, places
        slot.kind, slot.level = self._kind_of(formatting)
        return [slot, *slots], [(node.start, node.end, slot)]

    def _kind_of(self, formatting: Node | None) -> tuple[Kind, int]:
        if self._holder in _TITLES:
            return Kind.HEADING, _TITLES[self._holder]
        said = formatting.get("lvl") if formatting else ""
        if self._holder in _BODIES:
            return Kind.ITEM, min(int(said), 8) + 1 if said.isdecimal() else 1
        return Kind.PARAGRAPH, 0


def _items(paragraph: Node, inside: Inside, links: Mapping[str, str]) -> list[Item]:
    """The content of a paragraph."""
    items: list[Item] = []
    link = ""
    wraps: tuple[Wrapper, ...] = ()
    for node in paragraph.children:
        if node.name == "a:r":
            formatting, said = node.child("a:rPr"), node.child("a:t")
            look = properties(formatting)
            if look.get(_LINK, "") != link:
                link, wraps = look.get(_LINK, ""), _linked(formatting, links)
            for part in re.split("(\t)", said.said() if said else ""):
                if part == "\t":
                    items.append(Item(Sort.TAB, wraps, look=look, pieces=("\t",)))
                elif part:
                    text = re.sub("[\r\n]+", " ", part).replace("\u00ad", "")
                    items.append(Item(Sort.TEXT, wraps, text, look))
        elif node.name == "a:br":
            items.append(Item(Sort.BREAK, (), pieces=(node.raw,)))
        elif node.name == "a:endParaRPr":
            items.append(Item(Sort.MARK, (), pieces=(node.raw,), name="end"))
        elif node.name != "a:pPr":
            name = "f" if node.name == "a:fld" else "math"
            items.append(Item(Sort.ALONE, (), pieces=inside(node), name=name))
    return items


def _linked(formatting: Node | None, links: Mapping[str, str]) -> tuple[Wrapper, ...]:
    """A link as something around runs; it is a property of each, so nothing is written around them."""
    link = formatting.child(_LINK) if formatting else None
    return () if link is None else (Wrapper("a", (), (), links.get(link.get("id"), "")),)


def _values(node: Node) -> Found:
    """Words of the cache of a chart, and a comment."""
    places = [
        place for one in node.walk() if one.name in ("c:v", "p:text") for place in content_slot(one)
    ]
    return [piece for _, _, piece in places if isinstance(piece, Slot)], places


def _own(node: Node, root: bool) -> Iterator[Island]:
    """Alternative texts, and what depends on the locale."""
    name = node.name
    if name.endswith(":cNvPr"):
        yield from attribute_slot(node, "title")
        yield from attribute_slot(node, "descr")
    elif _LEVEL.fullmatch(name):
        yield _tag(node, partial(_turned, node.tag, root))
    elif name in ("a:tblPr", "p:presentation"):
        yield _tag(node, partial(_flagged, node.tag))
    elif name == "a:bodyPr" and node.get("rtlCol"):
        yield _tag(node, partial(_columns, node.tag))


def _tag(node: Node, write: object) -> Island:
    piece: Piece = PerLocale(node.tag, write)  # type: ignore[arg-type]
    return node.start, node.inner, piece


def _made(made: str, _locale: str) -> str:
    return made


def _turned(tag: str, root: bool, locale: str) -> str:
    """The properties of a paragraph in the direction of a locale; alignments are sides.

    >>> _turned('<a:pPr algn="l"/>', False, "he"), _turned('<a:pPr algn="r" rtl="1"/>', False, "en")
    ('<a:pPr algn="r" rtl="1"/>', '<a:pPr algn="l" rtl="0"/>')
    """
    rtl = direction(locale) == "rtl"
    was = re.search(r"""\srtl\s*=\s*["'](?:1|true|on)["']""", tag) is not None
    if was == rtl:
        return "" if tag == "<a:pPr/>" else tag
    side = re.search(r"""\salgn\s*=\s*["']([lr])["']""", tag)
    if side:
        tag = with_attribute(tag, "algn", "r" if side[1] == "l" else "l", add=False)
    elif root and " algn=" not in tag:
        tag = with_attribute(tag, "algn", "r" if rtl else "l", add=True)
    return with_attribute(tag, "rtl", "1" if rtl else "0", add=True)


def _flagged(tag: str, locale: str) -> str:
    rtl = direction(locale) == "rtl"
    return with_attribute(tag, "rtl", "1" if rtl else "0", add=rtl)


def _columns(tag: str, locale: str) -> str:
    return with_attribute(tag, "rtlCol", "1" if direction(locale) == "rtl" else "0", add=False)


def _grid(table: Node) -> Sequence[Sequence[Node]]:
    """The paragraphs of a table by rows, if each cell has one and all rows have as many cells."""
    rows: list[list[Node]] = []
    for row in (one for one in table.children if one.name == "a:tr"):
        cells: list[Node] = []
        for cell in (one for one in row.children if one.name == "a:tc"):
            body = cell.child("a:txBody")
            found = [one for one in body.children if one.name == "a:p"] if body else []
            if len(found) != 1 or found[0].close == found[0].inner:
                return []
            cells += found
        rows.append(cells)
    return even(rows)
