"""What a reader may be told."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType
from typing import NamedTuple

PARAMETERS = (
    "alt",
    "aria-label",
    "caption",
    "description",
    "header",
    "label",
    "placeholder",
    "summary",
    "text",
    "title",
)
"""Parameters of shortcodes, directives and components that a reader sees."""
Spans = list[tuple[int, int]]
Split = Callable[[str, Sequence[tuple[int, int]]], Spans]
"""Text and protected stretches to the stretches of its sentences."""


def whole(text: str, _protected: Sequence[tuple[int, int]] = ()) -> Spans:
    """One unit a block: the stretch without outer white space.

    >>> whole(" One. Two. ")
    [(1, 10)]
    """
    start = len(text) - len(text.lstrip())
    return [(start, len(text.rstrip()))] if start < len(text) else []


class Options(NamedTuple):
    """How a text is to be read."""

    split: Split = whole
    paragraphs: str = "auto"
    """Plain text: `line` (one a line), `blank` (parted by blank lines), or `auto`."""
    front_matter: frozenset[str] = frozenset({"title", "description"})
    """Keys of the front matter that are translated; `a.b` is b inside a, `a[]` each item of a."""
    front_matter_set: Mapping[str, str] = MappingProxyType({})
    """Keys of the front matter that are written for each locale, and their values."""
    dialect: str = "auto"
    """Which constructs Markdown has, by a name among `dialects.DIALECTS`."""
    parameters: frozenset[str] = frozenset(PARAMETERS)
    """Parameters of shortcodes, directives and components that are translated."""
    keep: tuple[str, ...] = ()
    """Expressions of what is code in Markdown, beside what the dialect knows."""
    html: bool = True
    """Whether the prose in HTML blocks of Markdown is translated."""
    file: str = ""
    """Name of the file, for error messages."""
