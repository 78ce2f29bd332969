"""What a reader of a Markdown text or a page sees and no unit offers.

markdown-it-py, which shares no code with our reader, renders the text; the words of that page
are counted against those of the units and of what is left out on purpose.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator
from functools import cache
from html.parser import HTMLParser
from typing import Any, NamedTuple

from dragoman.errors import DragomanError
from dragoman.model import Document, Kind, Span, Verbatim

_WORD = re.compile(r"[^\W\d_]{2,}")
_CODE = frozenset(("code", "pre", "script", "style", "svg", "math", "template", "eq", "eqn"))
_SEEN = frozenset(("alt", "title", "placeholder", "aria-label", "aria-description"))
_VOID = frozenset(("area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta"))


class Missed(NamedTuple):
    """Words that a reader sees on a line and no unit has."""

    line: int
    words: tuple[str, ...]
    reason: str
    """Why they are left out: `structure` of a dialect, or nothing where that is not known."""


class _Page(HTMLParser):
    """The words of a page outside of code."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.words: Counter[str] = Counter()
        self._code: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _CODE or dict(attrs).get("translate") == "no":
            self._code.append(tag)
        for key, value in attrs:
            if key in _SEEN and value:
                self.words.update(words(value))

    def handle_endtag(self, tag: str) -> None:
        if self._code and self._code[-1] == tag:
            self._code.pop()

    def handle_data(self, data: str) -> None:
        if not self._code:
            self.words.update(words(data))


def words(text: str) -> list[str]:
    """The words of a text, in small letters.

    >>> words("It's 7 AM, Anna.")
    ['it', 'am', 'anna']
    """
    return _WORD.findall(text.lower())


@cache
def _markdown() -> Any:
    try:
        from markdown_it import MarkdownIt  # noqa: PLC0415 - nothing else needs it
        from mdit_py_plugins.deflist import deflist_plugin  # noqa: PLC0415
        from mdit_py_plugins.footnote import footnote_plugin  # noqa: PLC0415
        from mdit_py_plugins.front_matter import front_matter_plugin  # noqa: PLC0415
    except ImportError:
        raise DragomanError(
            "the audit needs markdown-it-py and mdit-py-plugins",
            way_out="install them: pip install 'dragoman[audit]'",
        ) from None
    made = MarkdownIt("commonmark").enable(["table", "strikethrough"])
    return made.use(front_matter_plugin).use(footnote_plugin).use(deflist_plugin)


def audit(content: str, document: Document, is_html: bool = False) -> list[Missed]:
    """The words that a reader sees and no unit has, by line; nothing where all are offered.

    Args:
        content: the text.
        document: the text as our reader read it.
        is_html: whether the text is a page.
    """
    page = _Page()
    page.feed(content if is_html else _markdown().render(_without_toml(content)))
    page.close()
    left = page.words - _offered(document)
    return list(_places(document, left))


def _without_toml(content: str) -> str:
    return re.sub(r"\A\ufeff?\+\+\+\r?\n(?s:.*?)\n\+\+\+[ \t]*\r?\n", "", content)


def _offered(document: Document) -> Counter[str]:
    """The words of the units, and of what a reader sees in every language alike."""
    found: Counter[str] = Counter()
    for block in document.blocks:
        for part in block.parts:
            if type(part) is Verbatim:
                found.update(words(part))
            elif not isinstance(part, str):
                found.update(words(part.source))
                found.update(words(_said(document.inline(part.source))))
        if block.kind is Kind.CODE:
            found.update(words("".join(map(str, (p for p in block.parts if isinstance(p, str))))))
    return found


def _said(spans: tuple[Span, ...]) -> str:
    return "".join([span.text or _said(span.children) for span in spans])


def _places(document: Document, left: Counter[str]) -> Iterator[Missed]:
    """Where in the file, outside of units, the words stand that are left."""
    line = 1
    for block in document.blocks:
        for part in block.parts:
            raw = part if isinstance(part, str) else part.raw
            if isinstance(part, str) and type(part) is not Verbatim:
                yield from _in_skeleton(part, line, left)
            line += raw.count("\n")


def _in_skeleton(text: str, line: int, left: Counter[str]) -> Iterator[Missed]:
    for number, said in enumerate(text.split("\n"), line):
        found = []
        for word in words(said):
            if left[word] > 0:
                left[word] -= 1
                found.append(word)
        if found:
            reason = "structure" if _STRUCTURE.search(said) else ""
            yield Missed(number, tuple(found), reason)


_STRUCTURE = re.compile(
    r"\{[{%:#.<*]|^[ \t>]*(?::::|!!!|\?\?\?|===|\(.*\)=|\*\[|`{3}|%|\+\+\+|\[TOC|\[\[|-{1,2}8<|:[\w-]+:|import |export |</?[A-Z])"
    r"|\[!\w+\]|\$|\\[\[(]|<!--|-->"
)
"""Lines whose words are names of a dialect's constructs, or comments."""

Audit = Callable[[str, Document], list[Missed]]
