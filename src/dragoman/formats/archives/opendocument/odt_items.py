"""The content of a paragraph of an OpenDocument text as a sequence of items."""

from __future__ import annotations

import re

from dragoman.formats.archives.items import Inside, Item, Pieces, Properties, Sort, Wrapper
from dragoman.formats.archives.opendocument.odt_runs import OdtRuns
from dragoman.gate import Node

_SKIPPED = frozenset(("text:soft-page-break",))
_TRANSPARENT = frozenset(("text:meta", "text:meta-field"))
_BEGINS = re.compile(r"text:(?:change|[\w-]*mark)-start$|text:[\w-]*mark$|text:change$")
_ENDS = re.compile(r"(?:text:(?:change|[\w-]*mark)|office:annotation)-end$")
_ALONE = frozenset(("text:note", "text:ruby", "text:script", "text:execute-macro"))
"""Elements of the namespace of texts that are no fields."""
_NAMES = {"text:note": "note", "text:ruby": "ruby", "math:math": "math"}
_BLANKS = re.compile(r"[ \t\r\n]+")


class OdtContentReader:
    """Reads the content of one paragraph."""

    def __init__(self, inside: Inside, runs: OdtRuns) -> None:
        self._inside = inside
        self._runs = runs
        self._wraps: list[Wrapper] = []
        self._chain: tuple[str, ...] = ()
        self._look: Properties = {}
        self._blank = True
        """Whether white space is dropped here: at the beginning, and behind other white space."""
        self.items: list[Item] = []

    def read(self, paragraph: Node) -> list[Item]:
        self._content(paragraph)
        return self.items

    def _add(self, sort: Sort, text: str = "", pieces: Pieces = (), name: str = "") -> None:
        self.items.append(Item(sort, tuple(self._wraps), text, self._look, pieces, name))

    def _content(self, parent: Node) -> None:
        for part in parent.content():
            if isinstance(part, str):
                self._text(part)
            else:
                self._element(part)

    def _text(self, text: str) -> None:
        text = _BLANKS.sub(" ", text).replace("\u00ad", "")
        if self._blank:
            text = text.removeprefix(" ")
        if text:
            self._blank = text.endswith(" ")
            self._add(Sort.TEXT, text)

    def _element(self, node: Node) -> None:
        name = node.name
        if name == "text:span":
            self._span(node)
        elif name == "text:s":
            count = node.get("c")
            self._add(Sort.TEXT, " " * min(int(count), 100) if count.isdecimal() else " ")
            self._blank = False
        elif name == "text:tab":
            self._add(Sort.TAB, pieces=(node.raw,))
            self._blank = False
        elif name == "text:line-break":
            self._add(Sort.BREAK, pieces=(node.raw,))
            self._blank = True
        elif name in _SKIPPED:
            return
        elif name == "text:a" and node.inner < node.close:
            self._wrapped(node, "a", node.get("href"))
        elif name in _TRANSPARENT and node.inner < node.close:
            self._wrapped(node, "x")
        elif _ENDS.match(name):
            self._add(Sort.MARK, pieces=(node.raw,), name="end")
        elif _BEGINS.match(name) and not node.said().strip():
            self._add(Sort.MARK, pieces=(node.raw,), name="start")
        elif name == "office:annotation":
            self._add(Sort.MARK, pieces=self._inside(node), name="start")
        elif self._is_field(node):
            self._wrapped(node, "f")
        else:
            self._add(Sort.ALONE, pieces=self._inside(node), name=_shown(node))
            self._blank = False

    def _is_field(self, node: Node) -> bool:
        """Whether an element is a field with a result."""
        is_text = node.name.startswith("text:") and node.name not in _ALONE
        return is_text and not node.children and bool(node.said().strip())

    def _span(self, node: Node) -> None:
        before = self._chain, self._look
        self._chain, self._look = self._runs.within(self._chain, node.get("style-name"))
        self._content(node)
        self._chain, self._look = before

    def _wrapped(self, node: Node, kind: str, url: str = "") -> None:
        before = self._chain, self._look
        outer = "".join(f'<text:span text:style-name="{name}">' for name in self._chain)
        opening = (outer + node.tag,) if kind == "f" else (node.tag,)
        closing = (
            (node.end_tag + "</text:span>" * len(self._chain),) if kind == "f" else (node.end_tag,)
        )
        if kind == "f":  # a field has no spans inside
            self._chain, self._look = (), {}
        self._wraps.append(Wrapper(kind, opening, closing, url))
        self._content(node)
        self._wraps.pop()
        self._chain, self._look = before


def _shown(node: Node) -> str:
    """The name of what an element shows."""
    if node.name in _NAMES:
        return _NAMES[node.name]
    if node.name.startswith("draw:"):
        held = {one.name for one in node.walk()}
        return "object" if held & {"draw:object", "draw:object-ole"} else "image"
    return "x"
