"""Lengths, weights, areas, volumes and temperatures, comparable across systems of units."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from dragoman.languages import language as languages
from dragoman.quantities.amounts import Amount
from dragoman.quantities.numerals import Number

UNITS: dict[str, tuple[str, float]] = {
    "mile": ("length", 1609.344),
    "yard": ("length", 0.9144),
    "foot": ("length", 0.3048),
    "inch": ("length", 0.0254),
    "km": ("length", 1000.0),
    "m": ("length", 1.0),
    "cm": ("length", 0.01),
    "mm": ("length", 0.001),
    "pound": ("mass", 0.45359237),
    "ounce": ("mass", 0.028349523),
    "tonne": ("mass", 1000.0),
    "kg": ("mass", 1.0),
    "g": ("mass", 0.001),
    "acre": ("area", 4046.8564),
    "sq_mile": ("area", 2589988.1),
    "sq_foot": ("area", 0.09290304),
    "hectare": ("area", 10000.0),
    "dunam": ("area", 1000.0),
    "sq_km": ("area", 1e6),
    "sq_m": ("area", 1.0),
    "gallon": ("volume", 3.785412),
    "litre": ("volume", 1.0),
    "ml": ("volume", 0.001),
    "fahrenheit": ("temperature", 1.0),
    "celsius": ("temperature", 1.0),
}
"""Unit to its quantity and its factor to that quantity's SI unit; a speed counts as the length in an hour."""
_LESSER = {"foot": "inch", "m": "cm", "km": "m", "kg": "g", "pound": "ounce"}
_PRIMES = re.compile(r"(\d{1,2})['′’](\d{1,2})(?:[\"″”]|'')")
"""Feet and inches: `6'2"`."""
_GAP = r"[ \u00a0\u202f-]{0,2}"
_BETWEEN = re.compile(r"[ \u00a0,-]{0,2}(?:and )?")
_ROUND_SHARE = 0.05
"""Share of a round figure within which it may be rounded: 100 for 97."""
_DEGREES = 1.0


class Measure(NamedTuple):
    """A number with its unit in a text."""

    value: float
    unit: str
    rounding: float
    """By how much the value may be off, in the unit."""
    start: int
    end: int

    @property
    def quantity(self) -> str:
        return UNITS[self.unit][0]

    def same(self, other: Measure) -> bool:
        """Whether two measures are equal within the rounding of either.

        >>> miles = Measure(200, "mile", 1, 0, 9)
        >>> miles.same(Measure(322, "km", 1, 0, 6)), miles.same(Measure(230, "km", 5, 0, 6))
        (True, False)
        """
        here, there = self._in_si(self.value), other._in_si(other.value)
        if self.quantity == "temperature":
            return abs(here - there) <= _DEGREES
        least = max(self.rounding * self._factor, other.rounding * other._factor)
        return abs(here - there) <= least * 1.001

    def into(self, unit: str) -> float:
        """The value in another unit of the quantity."""
        si = self._in_si(self.value)
        if unit == "fahrenheit":
            return si * 9 / 5 + 32
        return si / UNITS[unit][1]

    @property
    def _factor(self) -> float:
        return UNITS[self.unit][1]

    def _in_si(self, value: float) -> float:
        return (value - 32) * 5 / 9 if self.unit == "fahrenheit" else value * self._factor


@lru_cache
def _units(lang: str) -> tuple[re.Pattern[str], re.Pattern[str] | None] | None:
    """Patterns for a unit after a number, and for a single unit with an article."""
    words = dict(languages.of(lang).section("measures"))
    if not words:
        return None
    single = words.pop("single", "")
    names = "|".join(f"(?P<{unit}>{forms})" for unit, forms in words.items())
    after = re.compile(rf"{_GAP}(?:{names})(?!\w)")
    alone = re.compile(rf"\b(?:{single})[ \u00a0](?:{names})(?!\w)") if single else None
    return after, alone


def measures(text: str, amounts: Sequence[Amount], lang: str) -> list[Measure]:
    """The measures of a text.

    Args:
        text: the text.
        amounts: its numbers.
        lang: its language.

    >>> from dragoman.quantities.amounts import amounts as of
    >>> from dragoman.quantities.numerals import numerals
    >>> text = "He is 6ft 2in tall and weighs 190 pounds."
    >>> [(round(m.value, 2), m.unit) for m in measures(text, of(text, numerals("en")), "en")]
    [(6.17, 'foot'), (190, 'pound')]
    """
    patterns = _units(lang)
    if patterns is None:
        return []
    after, alone = patterns
    found = list(_primes(text))
    taken = {at for measure in found for at in range(measure.start, measure.end)}
    for amount in amounts:
        match = after.match(text, amount.end) if amount.start not in taken else None
        value = next((r for r in amount.readings if not isinstance(r, str)), None)
        if value is None:
            continue
        if match is None:
            if found and _is_rest(text, found[-1], amount):
                found[-1] = _with(found[-1], value, _LESSER[found[-1].unit], amount.end)
            continue
        unit = match.lastgroup or ""
        written = text[amount.start : amount.end] if amount.digits else ""
        one = Measure(value, unit, _rounding(value, written), amount.start, match.end())
        if found and _joined(text, found[-1], one):
            found[-1] = _with(found[-1], value, unit, one.end)
        else:
            found.append(one)
    if alone is not None:
        found += [_single(match) for match in alone.finditer(text)]
    return sorted(found, key=lambda measure: measure.start)


_PART = re.compile(r"\b(?:(half)|(?:a )?quarter of) \Z")


def _single(match: re.Match[str]) -> Measure:
    """A unit with an article, or a part of it: half a mile."""
    before = _PART.search(match.string, max(0, match.start() - 16), match.start())
    if before is None:
        return Measure(1, match.lastgroup or "", 0.5, *match.span())
    value = 0.5 if before[1] else 0.25
    return Measure(value, match.lastgroup or "", value / 4, before.start(), match.end())


def _primes(text: str) -> Iterator[Measure]:
    for match in _PRIMES.finditer(text):
        yield Measure(int(match[1]) + int(match[2]) / 12, "foot", 1 / 24, *match.span())


def _joined(text: str, first: Measure, second: Measure) -> bool:
    """Whether a measure in a smaller unit continues another: 1 m 82 cm."""
    smaller = _LESSER.get(first.unit) == second.unit
    return smaller and _BETWEEN.fullmatch(text, first.end, second.start) is not None


def _is_rest(text: str, first: Measure, amount: Amount) -> bool:
    """Whether a number without a unit is of the smaller unit: 6-foot-2."""
    return first.unit == "foot" and text[first.end : amount.start] == "-"


def _with(first: Measure, value: Number, unit: str, end: int) -> Measure:
    """A measure with another in a smaller unit added."""
    small = UNITS[unit][1] / UNITS[first.unit][1]
    return Measure(first.value + value * small, first.unit, small, first.start, end)


def _rounding(value: Number, written: str) -> float:
    """By how much a figure may be off: one of its last place, and a share of it where it is round.

    >>> _rounding(3.7, "3,7"), _rounding(322, "322"), _rounding(100, "100"), _rounding(5, "5")
    (0.1, 1.0, 5.0, 0.5)
    """
    fraction = re.search(r"[.,](\d{1,2})\Z", written)
    if fraction and value != int(value):
        return float(10 ** -len(fraction[1]))
    size = abs(value)
    if size >= 20 and size % 10 == 0:
        return max(1.0, _ROUND_SHARE * size)
    return 1.0 if size >= 10 else 0.5
