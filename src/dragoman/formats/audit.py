"""Audit: words that readers of a Markdown text or an HTML page see, but that are in no unit.

An independent parser, markdown-it-py, renders the text. The words of the rendered page are compared,
by count, with the words of the units and of the stretches that are left out on purpose.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from functools import cache
from html.parser import HTMLParser
from typing import Any, NamedTuple

from dragoman.errors import DragomanError
from dragoman.formats.archives import visible
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
    """Visible words of one line that are in no unit."""

    line: int
    words: tuple[str, ...]
    reason: str
    """`structure` if the line is syntax of a dialect; empty if the reason is unknown."""


class _Page(HTMLParser):
    """Counts the words of an HTML page, without code and what is marked as not to be translated."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.words: Counter[str] = Counter()
        self._code: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes = dict(attrs)
        kept = (
            attributes.get("translate") == "no"
            or "notranslate" in (attributes.get("class") or "").split()
        )
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
    """The words of a text, in lower case.

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
            how_to_fix="install them: pip install 'dragoman[audit]'",
        ) from None
    made = MarkdownIt("commonmark").enable(["table", "strikethrough"])
    return made.use(front_matter_plugin).use(footnote_plugin).use(deflist_plugin)


def audit(
    content: str, document: Document, is_html: bool = False, dialect: str = "auto", file: str = ""
) -> list[Missed]:
    """The visible words that are in no unit, line by line.

    Args:
        content: the text.
        document: the same text, as read by its format.
        is_html: whether the text is HTML; otherwise it is Markdown.
        dialect: the dialect of Markdown, one of `DIALECTS`.
        file: name of the file.

    Raises:
        DragomanError: markdown-it-py is not installed.
    """
    page = _Page()
    page.feed(content if is_html else _markdown().render(_without_toml(content)))
    page.close()
    left = page.words - _offered(document)
    structure = frozenset() if is_html else _structure(content, constructs(dialect, file))
    return list(_places(document, left, structure))


def audit_archive(data: bytes, document: Document, file: str = "") -> list[Missed]:
    """The visible words of an archive that are in no unit; the line is the number of the paragraph or page.

    Raises:
        DragomanError: the archive is damaged.
    """
    offered = _offered(document)
    missed = []
    texts = [words(text) for text in visible.paragraphs(data, file)]
    texts += [_of_page(page) for page in visible.pages(data, file)]
    for number, seen in enumerate(texts, 1):
        left = []
        for word in seen:
            offered[word] -= 1
            if offered[word] < 0:
                left.append(word)
        if left:
            missed.append(Missed(number, tuple(left), ""))
    return missed


def _of_page(text: str) -> list[str]:
    page = _Page()
    page.feed(text)
    page.close()
    return list(page.words.elements())


def _structure(content: str, dialect: frozenset[str]) -> frozenset[int]:
    """Numbers of the lines that are front matter or syntax of a dialect."""
    lines: set[int] = set()
    head = re.match(
        r"\A\ufeff?(---|\+\+\+)[ \t]*\r?\n(?s:.*?)\n(?:\1|\.\.\.)[ \t]*(?:\r?\n|\Z)", content
    )
    if head:
        lines.update(range(1, head[0].count("\n") + 2))
    structures = Lines(content, dialect, frozenset(PARAMETERS)).structures()
    stretches = [(one.start, one.end) for one in structures]
    stretches += [(one.start, one.end) for one in phrases(content, dialect)]
    for start, end in stretches:
        first = content.count("\n", 0, start) + 1
        lines.update(range(first, first + content.count("\n", start, end) + 1))
    return frozenset(lines)


def _without_toml(content: str) -> str:
    return re.sub(r"\A\ufeff?\+\+\+\r?\n(?s:.*?)\n\+\+\+[ \t]*\r?\n", "", content)


def _offered(document: Document) -> Counter[str]:
    """The words of the units, of code and of verbatim stretches, with their counts."""
    counts: Counter[str] = Counter()
    for block in document.blocks:
        for part in block.parts:
            if type(part) is Verbatim:
                counts.update(words(part))
            elif not isinstance(part, str):
                counts.update(words(part.source))
                counts.update(words(_text(document.inline(part.source))))
        if block.kind is Kind.CODE:
            counts.update(words("".join(map(str, (p for p in block.parts if isinstance(p, str))))))
    return counts


def _text(spans: tuple[Span, ...]) -> str:
    return "".join([span.text or _text(span.children) for span in spans])


def _places(document: Document, left: Counter[str], structure: frozenset[int]) -> Iterator[Missed]:
    """The remaining words by their lines, looked for outside of units."""
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
    for number, line_text in enumerate(text.split("\n"), line):
        missed = []
        for word in words(line_text):
            if left[word] > 0:
                left[word] -= 1
                missed.append(word)
        if missed:
            is_syntax = number in structure or _NAMES.search(line_text)
            reason = "structure" if is_syntax else ""
            yield Missed(number, tuple(missed), reason)


_NAMES = re.compile(r"<!--|-->|^[ \t>]*>[ \t]*\[!\w+\]|^[ \t>]*\[[^\]]+\]:")
"""Lines of comments, alerts (`[!NOTE]`) and link definitions: their words are not text."""
