"""Options of the readers."""

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
"""Parameters of shortcodes, directives and components whose values are visible."""
Spans = list[tuple[int, int]]
Split = Callable[[str, Sequence[tuple[int, int]]], Spans]
"""Splits a text into sentences: takes the text and protected stretches, gives the sentences' stretches."""


def whole(text: str, _protected: Sequence[tuple[int, int]] = ()) -> Spans:
    """A `Split` that makes the whole block one unit, without outer white space.

    >>> whole(" One. Two. ")
    [(1, 10)]
    """
    start = len(text) - len(text.lstrip())
    return [(start, len(text.rstrip()))] if start < len(text) else []


class ReadOptions(NamedTuple):
    """Options of `read`; each format uses those that concern it."""

    split: Split = whole
    paragraphs: str = "auto"
    """Paragraphs of plain text: one a `line`, separated by a `blank` line, or `auto`."""
    front_matter: frozenset[str] = frozenset({"title", "description"})
    """Keys of the front matter to translate; `a.b` is b inside a, `a[]` each item of a."""
    front_matter_set: Mapping[str, str] = MappingProxyType({})
    """Keys of the front matter to set for each locale, and templates of their values."""
    dialect: str = "auto"
    """Dialect of Markdown, a key of `dialects.DIALECTS`."""
    parameters: frozenset[str] = frozenset(PARAMETERS)
    """Parameters of shortcodes, directives and components to translate."""
    keep: tuple[str, ...] = ()
    """Regular expressions of further stretches of Markdown to keep as code."""
    html: bool = True
    """Whether to translate the prose in HTML blocks of Markdown."""
    comments: bool = False
    """Whether to translate the comments of office files."""
    cells: tuple[str, ...] = ()
    """Sheets, columns and cells of workbooks to translate; none means all."""
    sheet_names: bool = False
    """Whether to translate the names of sheets."""
    its: tuple[tuple[str, str], ...] = ()
    """Files of ITS rules for XML: their names and their texts."""
    file: str = ""
    """Name of the file, for error messages."""
