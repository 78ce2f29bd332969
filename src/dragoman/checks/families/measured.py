"""Measures that a translation gives in other units, and times in another half of the day."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from dragoman.checks.pair import Fault, Pair
from dragoman.languages import language as languages
from dragoman.quantities.amounts import Amount
from dragoman.quantities.measures import Measure, measures

_USUAL = {"length": ("m", "km"), "mass": ("kg",), "area": ("hectare",), "volume": ("litre",)}


class Converted(NamedTuple):
    """Measures of the source and the target that are equivalent in different units."""

    source: frozenset[int]
    """Starts of the numbers in the source that are compared as measures."""
    target: frozenset[int]
    """The same in the target."""
    faults: tuple[Fault, ...]
    """Conversions that are wrong."""


_NONE = Converted(frozenset(), frozenset(), ())


def converted(pair: Pair) -> Converted:
    """The measures that the target gives in other units than the source.

    >>> found = converted(Pair("It is 200 miles away.", "До него 230 км.", "ru"))
    >>> [fault.message for fault in found.faults]
    ['200 miles are about 322 km, not 230 км']
    """
    asked = measures(pair.seen_source, pair.source_amounts, pair.source_lang)
    given = measures(pair.seen, pair.amounts, pair.lang) if asked else []
    source: set[int] = set()
    target: set[int] = set()
    faults: list[Fault] = []
    spare = list(given)
    for one in asked:
        alike = next((m for m in spare if m.unit == one.unit and m.same(one)), None)
        if alike:
            spare.remove(alike)  # nothing was converted: the numbers are compared as they are
    known = [m for m in given if m not in spare]
    for one in asked:
        if any(m.unit == one.unit and m.same(one) for m in known):
            continue
        others = [m for m in spare if m.quantity == one.quantity and m.unit != one.unit]
        match = next((m for m in others if m.same(one)), None)
        if match is None and others and one.unit not in {m.unit for m in given}:
            match = min(others, key=lambda m: abs(m.into(one.unit) - one.value))
            faults.append(_wrong(one, match, pair))
        if match is not None:
            spare.remove(match)
            source |= _starts(one, pair.source_amounts)
            target |= _starts(match, pair.amounts)
    for extra in spare:
        if any(extra.quantity == one.quantity and extra.same(one) for one in asked):
            target |= _starts(extra, pair.amounts)  # given in both: 10 miles (16 km)
    return Converted(frozenset(source), frozenset(target), tuple(faults)) if target else _NONE


def _starts(measure: Measure, amounts: Sequence[Amount]) -> set[int]:
    return {a.start for a in amounts if a.start < measure.end and measure.start < a.end}


def _wrong(asked: Measure, given: Measure, pair: Pair) -> Fault:
    value = asked.into(given.unit)
    shown = f"{value:.0f}" if abs(value) >= 20 else f"{value:.2f}".rstrip("0").rstrip(".")
    unit = {"celsius": "°C", "fahrenheit": "°F"}.get(given.unit, given.unit.replace("_", " "))
    source = pair.source[asked.start : asked.end]
    target = pair.target[given.start : given.end]
    message = f"{source} are about {shown} {unit}, not {target}"
    return Fault(message, given.start, given.end, asked.start, asked.end)


class _Time(NamedTuple):
    """A time of the day."""

    hour: int
    minute: int
    half: str
    """`am`, `pm` or `night`; empty if the text does not say."""
    start: int
    end: int


@lru_cache
def _clock(lang: str) -> re.Pattern[str] | None:
    """A time with the words for its half of the day, which each language has before or after it."""
    words = languages.of(lang).section("dates").get("day_halves")
    if not words:
        return None
    halves = _halves(lang)
    figures = r"(?<![\d.,:])(?P<hour>\d{1,2})(?:[:.](?P<minute>[0-5]\d))?(?![\d:%]|[.,]\d)"
    if words.get("before"):
        return re.compile(rf"(?<!\w)(?:{halves})\w*(?: \w+)? {figures}")
    return re.compile(rf"{figures}[ \u00a0]?(?:\w+[ \u00a0])?(?:{halves})(?!\w)")


def _times(text: str, lang: str, amounts: Sequence[Amount]) -> Iterator[_Time]:
    """The times of a text with their halves of the day; hours may be in words."""
    pattern = _clock(lang)
    for match in pattern.finditer(text) if pattern else ():
        hour, minute = int(match["hour"]), int(match["minute"] or 0)
        if hour <= 24:
            yield _Time(hour, minute, _half(match), *match.span())
    for amount in amounts:
        value = amount.readings[0]
        beside = None if amount.digits or value not in _HOURS else _beside(amount, text, lang)
        if beside is not None:
            start, end = min(amount.start, beside.start()), max(amount.end, beside.end())
            yield _Time(int(value), 0, _half(beside), start, end)


_HOURS = frozenset(range(1, 13))


def _half(match: re.Match[str]) -> str:
    return next(name for name in ("am", "pm", "night") if match.groupdict().get(name))


def _beside(hour: Amount, text: str, lang: str) -> re.Match[str] | None:
    """The words for the half of the day beside an hour in words: nine in the evening."""
    words = languages.of(lang).section("dates").get("day_halves", {})
    if words.get("before"):
        return _before_word(lang).search(text, max(0, hour.start - _NEAR), hour.start)
    return _behind_word(lang).match(text, hour.end) if words else None


@lru_cache
def _mentioned(lang: str) -> re.Pattern[str] | None:
    """The words for halves of the day."""
    known = languages.of(lang).section("dates").get("day_halves")
    return re.compile(rf"(?<![^\W\d_])(?:{_halves(lang)})") if known else None


_NEAR = 24
"""Characters before an hour in which its half of the day is looked for."""


@lru_cache
def _before_word(lang: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{_halves(lang)})\w*(?: \w+)? \Z")


@lru_cache
def _behind_word(lang: str) -> re.Pattern[str]:
    return re.compile(rf"[ \u00a0](?:\w+[ \u00a0])?(?:{_halves(lang)})(?!\w)")


def _halves(lang: str) -> str:
    words = languages.of(lang).section("dates")["day_halves"]
    return "|".join(f"(?P<{half}>{words[half]})" for half in ("am", "pm", "night") if half in words)


def other_half(pair: Pair) -> Iterator[Fault]:
    """Times that are in the morning on one side and in the evening on the other."""
    source = pair.seen_source.lower()
    mentioned = _mentioned(pair.source_lang)
    if mentioned is None or mentioned.search(source) is None:
        return
    asked = list(_times(source, pair.source_lang, pair.source_amounts))
    given = list(_times(pair.small, pair.lang, pair.amounts)) if asked else []
    for time in asked:
        same = [t for t in given if (t.hour % 12, t.minute) == (time.hour % 12, time.minute)]
        if same and not any(_may_be(time, other) for other in same):
            wrong, said = same[0], pair.source[time.start : time.end]
            spans = (wrong.start, wrong.end, time.start, time.end)
            yield Fault(f"the source says {said}", *spans)


def _may_be(one: _Time, other: _Time) -> bool:
    """Whether two times of one hour and minute can be the same."""
    if one.hour % 12 == 0:
        return True  # 12 a.m. is called night, 12 p.m. day
    if "night" in (one.half, other.half):
        half = other.half if one.half == "night" else one.half
        early = one.hour % 12 <= 5
        return half == "night" or (half == "am" and early) or (half == "pm" and not early)
    return one.half == other.half or other.hour > 12
