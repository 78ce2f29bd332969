"""Fractions in words: two thirds, üçdə iki, שני שלישים, две трети."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import NamedTuple

from dragoman.quantities.numerals import Number, Numerals

_GAP = "[ \u00a0-]"
_MORE = re.compile(r"(\w+)(?: and (?:an? )?| с )$")  # two and a half, два с половиной
_OF_SCALE = re.compile(r"[ \u00a0](?:of )?(?:an? )?([^\W\d_]+)")


class Words(NamedTuple):
    """The words of a language for fractions."""

    few: dict[str, int]
    """Numbers above the line."""
    parts: dict[str, int]
    """Numbers below the line."""
    alone: dict[str, float]
    """Forms that stand for a whole fraction."""
    parts_first: bool
    only_halves_alone: bool
    pattern: re.Pattern[str]
    hints: re.Pattern[str]
    """Words of which every fraction has one."""
    lead: int
    """Characters that may stand before such a word in a fraction."""


@lru_cache
def _words(numerals: Numerals) -> Words | None:
    table = numerals.numbers.get("fractions")
    if table is None:
        return None
    few, parts, alone = table["few"], table["parts"], table.get("alone", {})
    parts_first = bool(table.get("parts_first", False))
    above, below = "|".join(few), _longest_first(parts)
    body = (
        rf"(?P<part>{below}){_GAP}(?P<few>{above})"
        if parts_first
        else (rf"(?:(?P<few>{above}){_GAP})?(?P<part>{below})")
    )
    if alone:
        body = rf"{body}|(?P<alone>{'|'.join(alone)})"
    prefix = table.get("prefix", "")
    return Words(
        few,
        parts,
        alone,
        parts_first,
        bool(table.get("only_halves_alone", False)),
        re.compile(rf"(?<!\w){prefix}(?:{body})(?!\w)"),
        re.compile(_longest_first([*parts, *alone])),
        3 + max(map(len, few)),
    )


def _longest_first(words: Iterable[str]) -> str:
    return "|".join(sorted(words, key=len, reverse=True))


class Fraction(NamedTuple):
    """A fraction in words; with its scale word a whole number: a quarter of a million."""

    value: Number
    start: int
    end: int
    scaled: bool = False


def fractions(text: str, numerals: Numerals) -> list[Fraction]:
    """The fractions of a text in small letters; `third` and `quarter` alone count only with `a`.

    >>> from dragoman.quantities.numerals import numerals as of
    >>> [round(f.value, 2) for f in fractions("two thirds, and a quarter of a million", of("en"))]
    [0.67, 250000]
    >>> [f.value for f in fractions("üçdə biri", of("az"))] == [1 / 3]
    True
    """
    found: list[Fraction] = []
    words = _words(numerals)
    for match in _matches(text, words) if words else ():
        value = _value(match, words) if words else None
        more = _before(text, match.start())
        if value is not None and not (more and numerals.word(more)):
            found.append(_scaled(value, match, text, numerals))
    return found


def _matches(text: str, words: Words) -> Iterator[re.Match[str]]:
    """The matches of a language's pattern for fractions, searched for only near a hint."""
    done = 0
    for hint in words.hints.finditer(text):
        start = hint.start()
        if start < done:
            continue
        if words.parts_first:  # the hint is the beginning then, and the end elsewhere
            match = words.pattern.match(text, start)
        else:
            match = words.pattern.search(text, max(done, start - words.lead), hint.end() + 1)
        if match:
            yield match
            done = match.end()


def _before(text: str, at: int) -> str:
    """The word before `and a` or `с`, if one of these is right before a place."""
    if text[at - 1 : at] not in (" ", "\n"):
        return ""
    more = _MORE.search(text, max(0, at - 24), at)
    return more[1] if more else ""


def _value(match: re.Match[str], words: Words) -> float | None:
    if match.groupdict().get("alone"):
        return words.alone[match["alone"]]
    parts, few = words.parts[match["part"]], match["few"]
    if few is None and words.only_halves_alone and parts != 2:
        return None
    return (words.few[few] if few else 1) / parts


def _scaled(value: float, match: re.Match[str], text: str, numerals: Numerals) -> Fraction:
    after = _OF_SCALE.match(text, match.end())
    factor = numerals.factors[after[1]] if after else 0
    if after and factor >= 1000:
        whole = round(value * factor)
        return Fraction(whole, match.start(), after.end(1), scaled=True)
    return Fraction(value, *match.span())
