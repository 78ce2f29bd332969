"""What a line of AsciiDoc is: a title, a delimiter, an item of a list, an attribute, or text."""

from __future__ import annotations

import re
from typing import NamedTuple

BLANK = re.compile(r"[ \t]*\Z")
COMMENT = re.compile(r"//(?!/)(.*)")
PREPROCESSOR = re.compile(r"(?:ifdef|ifndef|ifeval|endif|include)::[^\[\n]*\[.*\][ \t]*\Z")
ATTRIBUTE = re.compile(r":(!?[\w][\w-]*!?):(?:[ \t]+(.*?))?[ \t]*\Z")
TITLE = re.compile(r"(={1,6}|#{1,6})[ \t]+(\S.*?)(?:[ \t]+\1)?[ \t]*\Z")
BLOCK_TITLE = re.compile(r"\.(\.?[^ \t.].*)")
ANCHOR = re.compile(r"\[\[[^\]]*\]\][ \t]*\Z")
STYLE = re.compile(r"\[(|[\w.#\"'%{},:][^\n]*|\[[^\]]*\])\][ \t]*\Z")
BREAK = re.compile(r"(?:'{3,}|-{3}|\*{3}|(?:- ){2}-|(?:\* ){2}\*|<{3,})[ \t]*\Z")
CONTINUATION = re.compile(r"\+[ \t]*\Z")
MACRO = re.compile(r"([a-z]\w*)::(\S*?)\[(.*)\][ \t]*\Z")
ADMONITION = re.compile(r"(?:NOTE|TIP|IMPORTANT|WARNING|CAUTION):[ \t]+(?=\S)")
UNORDERED = re.compile(r"[ \t]*(-|\*{1,5}|•)[ \t]+(?:\[[ xX*]\][ \t]+)?(?=\S)")
ORDERED = re.compile(r"[ \t]*(\.{1,5}|\d+\.|[a-zA-Z]\.|[ivxIVX]+\))[ \t]+(?=\S)")
CALLOUT = re.compile(r"(<(?:\d+|\.)>)[ \t]+(?=\S)")
TERM = re.compile(r"(?!//)[ \t]*(\S.*?)(:{2,4}|;;)(?:[ \t]+(?=\S)|[ \t]*\Z)")
_DELIMITER = re.compile(
    r"(?:-{4,}|\.{4,}|\+{4,}|/{4,}|={4,}|\*{4,}|_{4,}|--|```[^`\n]*|[|,:!]={3,})[ \t]*\Z"
)
_UNDERLINE = re.compile(r"(={2,}|-{2,}|~{2,}|\^{2,}|\+{2,})[ \t]*\Z")
LEVELS = {"=": 1, "-": 2, "~": 3, "^": 4, "+": 5}
"""The level of a title by the character of the line below it."""

VERBATIM = frozenset("-.+/`")
"""First characters of delimiters of blocks that are not prose."""
OPAQUE_STYLES = frozenset(
    (
        "source", "listing", "literal", "pass", "stem", "latexmath", "asciimath", "comment",
        "plantuml", "ditaa", "graphviz", "mermaid", "a2s", "tikz", "vega", "blockdiag",
    )
)  # fmt: skip
"""Styles of blocks and paragraphs that are not prose."""


def delimiter(line: str) -> str:
    """The delimiter of a block that a line is, or an empty string.

    >>> delimiter("----"), delimiter("|==="), delimiter("---")
    ('----', '|===', '')
    """
    return line.rstrip() if _DELIMITER.match(line) else ""


def underline(title: str, line: str) -> str:
    """The character that underlines a title, or an empty string.

    >>> underline("Title", "-----"), underline("Title", "---")
    ('-', '')
    """
    match = _UNDERLINE.match(line)
    title = title.rstrip()
    if match is None or abs(len(title) - len(match[1])) > 1:
        return ""
    return match[1][0] if re.search(r"\w", title) and title[0] not in ". \t" else ""


class Attributes(NamedTuple):
    """An attribute list (`[style, 2, name=value]`): positional values and named ones, with their places."""

    positional: tuple[tuple[str, int, int], ...]
    named: dict[str, tuple[str, int, int]]

    @property
    def style(self) -> str:
        first = self.positional[0][0] if self.positional else ""
        return re.split(r"[.#%]", first, maxsplit=1)[0].strip()

    def option(self, name: str) -> bool:
        """Whether `%name` or `options="name"` is set."""
        first = self.positional[0][0] if self.positional else ""
        listed = [self.named[key][0] for key in ("options", "opts") if key in self.named]
        return f"%{name}" in first or any(name in re.split(r"[,\s]+", one) for one in listed)


_FIELD = re.compile(
    r"[ \t]*(?:([\w-]+)[ \t]*=[ \t]*)?(\"(?:\\.|[^\"\\])*\"|'(?:\\.|[^'\\])*'|[^,]*)"
)


def attributes(text: str, at: int = 0) -> Attributes:
    """The attributes of a list without its brackets; places are offsets from `at`.

    >>> attributes('quote, "A. B", title=x').style
    'quote'
    """
    positional: list[tuple[str, int, int]] = []
    named: dict[str, tuple[str, int, int]] = {}
    done = 0
    while done <= len(text):
        field = _FIELD.match(text, done)
        if field is None:
            break
        start, end = field.span(2)
        end = start + len(text[start:end].rstrip())
        value = text[start:end]
        if value[:1] in ("'", '"') and len(value) > 1 and value[-1] == value[0]:
            start, end, value = start + 1, end - 1, value[1:-1]
        if field[1]:
            named[field[1]] = (value, at + start, at + end)
        else:
            positional.append((value, at + start, at + end))
        comma = text.find(",", field.end())
        if comma < 0:
            break
        done = comma + 1
    return Attributes(tuple(positional), named)
