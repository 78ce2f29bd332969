"""The content of a paragraph of an office file as a sequence of items: texts, breaks, codes and marks."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from enum import Enum
from itertools import takewhile
from typing import NamedTuple

from dragoman.formats.archives.slots import Piece
from dragoman.gate import Node

Properties = dict[str, str]
"""Formatting by name, as written."""
UNFORMATTED: Properties = {}
Pieces = tuple[Piece, ...]
Inside = Callable[[Node], Pieces]
"""The XML of an element, with the slots inside it."""


class Sort(Enum):
    """What an item is."""

    TEXT = "text"
    BREAK = "br"
    TAB = "tab"
    ALONE = "code"
    MARK = "mark"


class Wrapper:
    """An element around items, or a field."""

    def __init__(self, kind: str, opening: Pieces, closing: Pieces, url: str = "") -> None:
        self.kind = kind
        """`a` for a link, `f` for a field, `x` for anything else."""
        self.opening = opening
        self.closing = closing
        self.url = url


class Item(NamedTuple):
    """A part of a paragraph."""

    sort: Sort
    wraps: tuple[Wrapper, ...]
    text: str = ""
    look: Properties = UNFORMATTED
    pieces: Pieces = ()
    name: str = ""
    """What a code shows: `note`, `image`, `math` …; of a mark whether it is a `start` or an `end`."""


class RunForm:
    """How a format compares the formatting of runs, and how it writes them."""

    standard: Mapping[str, Properties] = {}
    """Formatting that a translator may add, by its code."""
    new_breaks: Mapping[str, Pieces] = {}
    """A line break and a tab that a translator adds, by their codes."""
    directed = False
    """Whether a run has a direction; otherwise neighbours with one formatting are one run."""

    replaced: frozenset[str] = frozenset()
    """Properties that a simple code may say anew, where others would need one that undoes them."""
    fitting: frozenset[str] = frozenset()
    """Properties that only fit letters into a line, which no reader sees as formatting."""

    def look(self, some: Properties) -> Properties:
        """The properties in which two runs must differ for a reader to see it."""
        return {name: value for name, value in some.items() if name not in self.fitting}

    def seen_on_blanks(self, some: Properties) -> bool:
        """Whether a formatting is seen where there are only blanks, as underlines are."""
        raise NotImplementedError

    def codes(self, some: Properties, base: Properties) -> dict[str, Properties] | None:
        """Simple codes that turn one formatting into another; None if that needs a code of its own."""
        if any(name not in some for name in base):
            return None
        found: dict[str, Properties] = {}
        for name, value in some.items():
            if base.get(name) == value:
                continue
            code = self.code_of(name, value)
            if not code or (name in base and name not in self.replaced):
                return None
            found[code] = {name: value}
        return dict(sorted(found.items()))

    def code_of(self, name: str, value: str) -> str:
        """The simple code of a property, such as `b`; empty if it has none."""
        raise NotImplementedError

    def text(self, text: str, look: Properties, rtl: bool, locale: str) -> Pieces:
        """A run with a text; without a locale it names no language."""
        raise NotImplementedError

    def holding(self, inner: Pieces, look: Properties, rtl: bool, locale: str, /) -> Pieces:
        """A run with a break or a tab."""
        raise NotImplementedError


def shared(wraps: tuple[Wrapper, ...], others: tuple[Wrapper, ...]) -> int:
    """How many wrappers two items share."""
    pairs = zip(wraps, others, strict=False)
    return sum(1 for _ in takewhile(lambda pair: pair[0] is pair[1], pairs))
