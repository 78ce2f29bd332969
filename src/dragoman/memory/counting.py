"""Word counts as in CAT tools: what is new, repeated, or similar to a memory."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from dragoman.memory.memory_units import CONTEXT

BANDS = {"95–99": 95, "85–94": 85, "75–84": 75}
"""Name of each band of matches to its minimum score."""
LEAST = 75
CATEGORIES = ("translated", "repetitions", "context", "100", *BANDS, "no match")


class TextVolume(NamedTuple):
    """An amount of text."""

    units: int = 0
    words: int = 0
    """Number of words separated by white space, as in `status`."""
    characters: int = 0
    """Number of characters, white space included."""

    def __add__(self, other: object) -> TextVolume:
        assert isinstance(other, TextVolume)
        return TextVolume(*(a + b for a, b in zip(self, other, strict=True)))


def amount(source: str) -> TextVolume:
    """The amount of text in one unit.

    >>> amount("He came home.")
    TextVolume(units=1, words=3, characters=13)
    """
    return TextVolume(1, len(source.split()), len(source))


class Counted(NamedTuple):
    """The word count of one text in one locale."""

    text: str
    locale: str
    by: dict[str, TextVolume]
    """Every category of `CATEGORIES` to its amount."""

    @property
    def total(self) -> TextVolume:
        return sum(self.by.values(), TextVolume())

    @property
    def new(self) -> TextVolume:
        """The amount that is not translated yet."""
        return sum((a for name, a in self.by.items() if name != "translated"), TextVolume())


class Occurrence(NamedTuple):
    """One occurrence of a unit in a text."""

    source: str
    translated: bool
    score: int
    """Score of its best match; 0 without a match."""


def counted(text: str, locale: str, occurrences: Iterable[Occurrence], seen: set[str]) -> Counted:
    """Count a text's units by category.

    A unit with the same source as an earlier one, in this text or one counted before, is a
    repetition, unless it is translated or a memory has an exact match.

    Args:
        text: the text's name.
        locale: the locale.
        occurrences: every unit of the text, in order.
        seen: the untranslated sources of texts counted before; it is updated.

    >>> units = [Occurrence("A day.", False, 80), Occurrence("A day.", False, 80)]
    >>> {name: a.units for name, a in counted("x", "az", units, set()).by.items() if a.units}
    {'repetitions': 1, '75–84': 1}
    """
    by = dict.fromkeys(CATEGORIES, TextVolume())
    for one in occurrences:
        category = "translated" if one.translated else _category(one, seen)
        by[category] += amount(one.source)
        if not one.translated:
            seen.add(one.source)
    return Counted(text, locale, by)


def _category(one: Occurrence, seen: set[str]) -> str:
    if one.score >= CONTEXT:
        return "context"
    if one.score == 100:
        return "100"
    if one.source in seen:
        return "repetitions"
    return next((name for name, least in BANDS.items() if one.score >= least), "no match")
