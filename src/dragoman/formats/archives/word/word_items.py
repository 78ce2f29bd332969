"""The content of a Word paragraph as a sequence of items: texts, breaks, codes and marks.

Runs are cut open. Containers around them (links, fields, content controls) are `Wrapper`s. Left out:
deleted text, marks of the spelling checker, and the tags of smart tags and of insertions.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from dragoman.formats.archives.items import Inside, Item, Pieces, Properties, Sort, Wrapper
from dragoman.formats.archives.slots import Piece
from dragoman.formats.archives.word import word_runs
from dragoman.gate import Node

_SKIPPED = frozenset(
    f"w:{name}"
    for name in (
        "pPr", "rPr", "del", "moveFrom", "proofErr", "delText", "delInstrText", "softHyphen",
        "lastRenderedPageBreak", "sdtPr", "sdtEndPr", "smartTagPr", "customXmlPr",
    )
)  # fmt: skip
_TRANSPARENT = frozenset(
    f"w:{name}" for name in ("ins", "moveTo", "smartTag", "customXml", "sdtContent", "dir", "bdo")
)
_TEXTS = {"w:noBreakHyphen": "\u2011"}
_RUN_MARKS = {"w:commentReference": "end", "w:annotationRef": "start"}
_NAMES = {
    "w:footnoteReference": "note",
    "w:endnoteReference": "note",
    "w:drawing": "image",
    "w:pict": "image",
    "w:object": "object",
    "w:sym": "sign",
    "w:ruby": "ruby",
    "m:oMath": "math",
    "m:oMathPara": "math",
}


class _Field:
    """A field that has begun: what is before its result, and where its result begins."""

    def __init__(self, start: int, depth: int) -> None:
        self.start = start
        self.depth = depth
        self.before: list[Piece] = []
        self.code = ""
        self.wrapper: Wrapper | None = None


class ContentReader:
    """Reads the content of one paragraph."""

    def __init__(self, inside: Inside, links: dict[str, str]) -> None:
        self._inside = inside
        self._links = links
        self._wraps: list[Wrapper] = []
        self._fields: list[_Field] = []
        self.items: list[Item] = []

    def read(self, paragraph: Node) -> list[Item]:
        self._content(paragraph)
        self._unclosed(self._fields)  # they end in another paragraph
        return self.items

    def _add(self, sort: Sort, **fields: object) -> None:
        self.items.append(Item(sort, tuple(self._wraps), **fields))  # type: ignore[arg-type]

    def _content(self, parent: Node) -> None:
        for node in parent.children:
            name = node.name
            if name == "w:r":
                self._run(node)
            elif name in _SKIPPED:
                continue
            elif name in _TRANSPARENT:
                self._content(node)
            elif name == "w:hyperlink":
                self._wrapped(node, Wrapper("a", (node.tag,), (node.end_tag,), self._url(node)))
            elif name == "w:fldSimple":
                self._wrapped(node, Wrapper("f", (node.tag,), (node.end_tag,)))
            elif name == "w:sdt":
                self._control(node)
            elif name.startswith("w:") and node.close == node.inner and not node.children:
                kind = "end" if name.endswith("End") else "start"
                self._add(Sort.MARK, pieces=(node.raw,), name=kind)
            else:
                self._alone(node.name, self._inside(node))

    def _url(self, node: Node) -> str:
        anchor = node.get("anchor")
        return self._links.get(node.get("id"), "") + (f"#{anchor}" if anchor else "")

    def _wrapped(self, node: Node, wrapper: Wrapper) -> None:
        if node.end == node.inner:  # an empty element
            self._add(Sort.MARK, pieces=(node.raw,), name="start")
            return
        self._wraps.append(wrapper)
        count = len(self._fields)
        self._content(node)
        self._unclosed(self._fields[count:])
        del self._fields[count:]
        self._leave(wrapper)

    def _leave(self, wrapper: Wrapper) -> None:
        if wrapper in self._wraps:
            self._wraps.remove(wrapper)

    def _control(self, node: Node) -> None:
        """A content control; what is before and behind its content is copied."""
        content = node.child("w:sdtContent")
        if content is None or content.end == content.inner:
            self._alone("w:sdt", self._inside(node))
            return
        opening = node.text[node.start : content.inner]
        closing = node.text[content.close : node.end]
        self._wrapped(content, Wrapper("x", (opening,), (closing,)))

    def _alone(self, name: str, pieces: Pieces) -> None:
        self._add(Sort.ALONE, pieces=pieces, name=_NAMES.get(name, "x"))

    # --- runs ---

    def _run(self, run: Node) -> None:
        formatting = run.child("w:rPr")
        look = word_runs.properties(formatting)
        before = run.tag + (formatting.raw if formatting else "")
        for node in run.children:
            name = node.name
            if name == "w:t":
                self._text(node, look)
            elif name in _SKIPPED:
                continue
            elif name == "w:fldChar":
                self._field_mark(node, (before, *self._inside(node), run.end_tag))
            elif self._fields and self._fields[-1].wrapper is None:
                self._instruction(node, before, run.end_tag)
            elif name in ("w:br", "w:cr"):
                self._add(Sort.BREAK, look=look, pieces=(node.raw,))
            elif name in ("w:tab", "w:ptab"):
                self._add(Sort.TAB, look=look, pieces=(node.raw,))
            elif name in _TEXTS:
                self._add(Sort.TEXT, text=_TEXTS[name], look=look)
            elif name in _RUN_MARKS:
                pieces = (before, *self._inside(node), run.end_tag)
                self._add(Sort.MARK, pieces=pieces, name=_RUN_MARKS[name])
            else:
                self._alone(_shown(node), (before, *self._inside(node), run.end_tag))

    def _text(self, node: Node, look: Properties) -> None:
        text = " ".join(_lines(node.said()))
        if node.get("space") != "preserve":
            text = text.strip()
        text = text.replace("\u00ad", "")
        if text:
            self._add(Sort.TEXT, text=text, look=look)

    # --- fields ---

    def _field_mark(self, node: Node, pieces: Pieces) -> None:
        kind = node.get("fldCharType")
        if kind == "begin":
            self._fields.append(_Field(len(self.items), len(self._wraps)))
            self._fields[-1].before += pieces
        elif not self._fields:  # it began in another paragraph
            self._add(Sort.MARK, pieces=pieces, name="end" if kind == "end" else "start")
        elif kind == "separate":
            field = self._fields[-1]
            field.before += pieces
            link = _address(field.code)
            field.wrapper = Wrapper("a" if link else "f", tuple(field.before), (), link)
            self._wraps.append(field.wrapper)
        elif kind == "end":
            self._end(self._fields.pop(), pieces)

    def _instruction(self, node: Node, before: str, after: str) -> None:
        field = self._fields[-1]
        field.before += (before, *self._inside(node), after)
        if node.name == "w:instrText":
            field.code += node.said()

    def _end(self, field: _Field, pieces: Pieces) -> None:
        wrapper = field.wrapper
        if wrapper is None:
            whole = (*field.before, *pieces)
            if self._fields and self._fields[-1].wrapper is None:  # inside an instruction
                self._fields[-1].before += whole
            else:
                self._alone("w:fldChar", whole)
            return
        self._leave(wrapper)
        wrapper.closing = pieces
        if self._fields and self._fields[-1].wrapper is None:
            inner = self.items[field.start :]
            del self.items[field.start :]
            outer = self._fields[-1]
            outer.before += wrapper.opening
            outer.before += (piece for item in inner for piece in _as_run(item))
            outer.before += pieces
        elif not any(item.sort is Sort.TEXT for item in self.items[field.start :]):
            inner = self.items[field.start :]
            del self.items[field.start :]
            whole = tuple(piece for item in inner for piece in _as_run(item))
            self._alone("w:fldChar", (*wrapper.opening, *whole, *pieces))

    def _unclosed(self, fields: Sequence[_Field]) -> None:
        """Make what begins a field a mark, if it does not end where it began."""
        if not fields:
            return
        left = {id(field.wrapper) for field in fields if field.wrapper is not None}
        self._wraps = [one for one in self._wraps if id(one) not in left]
        first = fields[0].start
        items = [
            item._replace(wraps=tuple(one for one in item.wraps if id(one) not in left))
            for item in self.items[first:]
        ]
        marks: dict[int, list[Item]] = {}
        for field in fields:
            wraps = tuple(self._wraps[: field.depth])
            mark = Item(Sort.MARK, wraps, pieces=tuple(field.before), name="start")
            marks.setdefault(field.start - first, []).append(mark)
        del self.items[first:]
        for place, item in enumerate(items):
            self.items += [*marks.pop(place, ()), item]
        self.items += [mark for some in marks.values() for mark in some]


def _as_run(item: Item) -> Pieces:
    """An item as it stands inside what is copied."""
    if item.sort in (Sort.ALONE, Sort.MARK):
        return item.pieces
    formatting = "".join(item.look.values())
    text = item.pieces or (f'<w:t xml:space="preserve">{_escaped(item.text)}</w:t>',)
    return (f"<w:r><w:rPr>{formatting}</w:rPr>", *text, "</w:r>")


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _lines(text: str) -> Iterator[str]:
    return iter(text.replace("\r\n", "\n").replace("\r", "\n").replace("\t", " ").split("\n"))


def _shown(node: Node) -> str:
    """The name of what an element shows, looking into alternatives."""
    if node.name == "mc:AlternateContent":
        found = (one.name for one in node.walk() if one.name in _NAMES)
        return next(found, node.name)
    return node.name


def _address(code: str) -> str:
    """The address of a `HYPERLINK` field; empty for another field.

    >>> _address(' HYPERLINK "https://example.org/" ')
    'https://example.org/'
    >>> _address(' HYPERLINK \\\\l "top" '), _address(" PAGE ")
    ('#top', '')
    """
    words = code.split(None, 1)
    if not words or words[0].upper() != "HYPERLINK" or len(words) < 2:
        return ""
    before, quote, rest = words[1].partition('"')
    named = rest.partition('"')[0] if quote else before.strip()
    return f"#{named}" if "\\l" in before else named
