"""What a reader of a Markdown text or a page sees and no unit offers.

markdown-it-py, which shares no code with our reader, renders the text; the words of that page
are counted against those of the units and of what is left out on purpose.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from functools import cache
from html.parser import HTMLParser
from typing import Any, NamedTuple

from dragoman.errors import DragomanError
from dragoman.formats.dialects import constructs
from dragoman.formats.inline_code import phrases
from dragoman.formats.read_options import PARAMETERS
from dragoman.formats.structure import Lines
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
        said = dict(attrs)
        kept = said.get("translate") == "no" or "notranslate" in (said.get("class") or "").split()
        if tag in _CODE or kept:
            self._code.append(tag)
        for key, value in attrs:
            if key in _SEEN and value and not self._code:
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
        from markdown_it import MarkdownIt
        from mdit_py_plugins.deflist import deflist_plugin
        from mdit_py_plugins.footnote import footnote_plugin
        from mdit_py_plugins.front_matter import front_matter_plugin
    except ImportError:
        raise DragomanError(
            "the audit needs markdown-it-py and mdit-py-plugins",
            way_out="install them: pip install 'dragoman[audit]'",
        ) from None
    made = MarkdownIt("commonmark").enable(["table", "strikethrough"])
    return made.use(front_matter_plugin).use(footnote_plugin).use(deflist_plugin)


def audit(
    content: str, document: Document, is_html: bool = False, dialect: str = "auto", file: str = ""
) -> list[Missed]:
    """The words that a reader sees and no unit has, by line; nothing where all are offered.

    Args:
        content: the text.
        document: the text as our reader read it.
        is_html: whether the text is a page.
        dialect: the dialect of its Markdown.
        file: its name.
    """
    page = _Page()
    page.feed(content if is_html else _markdown().render(_without_toml(content)))
    page.close()
    left = page.words - _offered(document)
    structure = frozenset() if is_html else _structure(content, constructs(dialect, file))
    return list(_places(document, left, structure))


def _structure(content: str, wanted: frozenset[str]) -> frozenset[int]:
    """The lines on which a dialect has structure, and those of the front matter."""
    lines: set[int] = set()
    head = re.match(
        r"\A\ufeff?(---|\+\+\+)[ \t]*\r?\n(?s:.*?)\n(?:\1|\.\.\.)[ \t]*(?:\r?\n|\Z)", content
    )
    if head:
        lines.update(range(1, head[0].count("\n") + 2))
    found = Lines(content, wanted, frozenset(PARAMETERS)).structures()
    stretches = [(one.start, one.end) for one in found]
    stretches += [(one.start, one.end) for one in phrases(content, wanted)]
    for start, end in stretches:
        first = content.count("\n", 0, start) + 1
        lines.update(range(first, first + content.count("\n", start, end) + 1))
    return frozenset(lines)


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


def _places(document: Document, left: Counter[str], structure: frozenset[int]) -> Iterator[Missed]:
    """Where in the file, outside of units, the words stand that are left."""
    line = 1
    for block in document.blocks:
        for part in block.parts:
            raw = part if isinstance(part, str) else part.raw
            if isinstance(part, str) and type(part) is not Verbatim:
                yield from _in_skeleton(part, line, left, structure)
            line += raw.count("\n")


def _in_skeleton(
    text: str, line: int, left: Counter[str], structure: frozenset[int]
) -> Iterator[Missed]:
    for number, said in enumerate(text.split("\n"), line):
        found = []
        for word in words(said):
            if left[word] > 0:
                left[word] -= 1
                found.append(word)
        if found:
            named = number in structure or _NAMES.search(said)
            reason = "structure" if named else ""
            yield Missed(number, tuple(found), reason)


_NAMES = re.compile(r"<!--|-->|^[ \t>]*>[ \t]*\[!\w+\]|^[ \t>]*\[[^\]]+\]:")
"""Lines of comments, of alerts, which are named and not worded, and of link definitions."""
