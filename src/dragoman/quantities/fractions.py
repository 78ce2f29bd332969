"""Fractions in words: two thirds, üçdə iki, שני שלישים, две трети."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from dragoman.quantities.language import Language, Number

# Numbers above the line that the fraction words of a language stand with.
_FEW = {
    "en": {"a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5},
    "az": {"bir": 1, "biri": 1, "iki": 2, "ikisi": 2, "üç": 3, "üçü": 3, "dörd": 4, "dördü": 4},
    "he": {"שני": 2, "שלושה": 3, "ארבעה": 4},
    "ru": {"одна": 1, "одну": 1, "две": 2, "двух": 2, "три": 3, "трех": 3, "четыре": 4},
}
_PARTS = {
    "en": {"half": 2, "halves": 2, "third": 3, "thirds": 3, "quarter": 4, "quarters": 4, "fifth": 5,
           "fifths": 5, "tenth": 10, "tenths": 10},
    "az": {"ikidə": 2, "üçdə": 3, "dörddə": 4, "beşdə": 5, "onda": 10},
    "he": {"חצי": 2, "מחצית": 2, "שליש": 3, "שלישים": 3, "רבע": 4, "רבעים": 4, "חמישית": 5, "עשירית": 10},
    "ru": {"половина": 2, "половину": 2, "половины": 2, "половине": 2, "половиной": 2, "треть": 3,
           "трети": 3, "третью": 3, "третей": 3, "четверть": 4, "четверти": 4, "четвертью": 4, "четвертей": 4,
           "пятая": 5, "пятую": 5, "пятых": 5, "десятая": 10, "десятую": 10, "десятых": 10},
}  # fmt: skip
_ALONE = {"az": {"yarısı": 0.5, "yarı": 0.5, "yarısını": 0.5, "yarısının": 0.5, "rübü": 0.25}}
_GAP = "[ \u00a0-]"


def _pattern(code: str) -> re.Pattern[str]:
    few, parts = "|".join(_FEW[code]), "|".join(sorted(_PARTS[code], key=len, reverse=True))
    body = (
        rf"(?P<part>{parts}){_GAP}(?P<few>{few})"
        if code == "az"
        else (rf"(?:(?P<few>{few}){_GAP})?(?P<part>{parts})")
    )
    if code in _ALONE:
        body = rf"{body}|(?P<alone>{'|'.join(_ALONE[code])})"
    prefix = "[ובכלמהש]{0,2}" if code == "he" else ""
    return re.compile(rf"(?<!\w){prefix}(?:{body})(?!\w)")


_PATTERNS = {code: _pattern(code) for code in _PARTS}
# Words of which every fraction has one, and characters that may stand before it in a fraction.
_HINTS = {
    code: re.compile("|".join(sorted([*parts, *_ALONE.get(code, ())], key=len, reverse=True)))
    for code, parts in _PARTS.items()
}
_LEAD = {code: 3 + max(map(len, few)) for code, few in _FEW.items()}
_MORE = re.compile(r"(\w+)(?: and (?:an? )?| с )$")  # two and a half, два с половиной
_OF_SCALE = re.compile(r"[ \u00a0](?:of )?(?:an? )?([^\W\d_]+)")


class Fraction(NamedTuple):
    """A fraction in words; with its scale word a whole number: a quarter of a million."""

    value: Number
    start: int
    end: int
    scaled: bool = False


def fractions(text: str, language: Language) -> list[Fraction]:
    """The fractions of a text in small letters; `third` and `quarter` alone count only with `a`.

    >>> from dragoman.quantities.language import language as of
    >>> [round(f.value, 2) for f in fractions("two thirds, and a quarter of a million", of("en"))]
    [0.67, 250000]
    >>> [f.value for f in fractions("üçdə biri", of("az"))] == [1 / 3]
    True
    """
    found = []
    for match in _matches(text, language.code):
        value = _value(match, language.code)
        more = _before(text, match.start())
        if value is not None and not (more and language.word(more)):
            found.append(_scaled(value, match, text, language))
    return found


def _matches(text: str, code: str) -> Iterator[re.Match[str]]:
    """What the expression of a language finds, looked for where a hint is."""
    pattern, done = _PATTERNS[code], 0
    for hint in _HINTS[code].finditer(text):
        start = hint.start()
        if start < done:
            continue
        if code == "az":  # what the hint says comes first there, and last elsewhere
            match = pattern.match(text, start)
        else:
            match = pattern.search(text, max(done, start - _LEAD[code]), hint.end() + 1)
        if match:
            yield match
            done = match.end()


def _before(text: str, at: int) -> str:
    """The word before `and a` or `с`, where these are before a place."""
    if text[at - 1 : at] not in (" ", "\n"):
        return ""
    more = _MORE.search(text, max(0, at - 24), at)
    return more[1] if more else ""


def _value(match: re.Match[str], code: str) -> float | None:
    if match.groupdict().get("alone"):
        return _ALONE[code][match["alone"]]
    parts, few = _PARTS[code][match["part"]], match["few"]
    if few is None and code == "en" and parts != 2:
        return None
    return (_FEW[code][few] if few else 1) / parts


def _scaled(value: float, match: re.Match[str], text: str, language: Language) -> Fraction:
    after = _OF_SCALE.match(text, match.end())
    factor = language.factors[after[1]] if after else 0
    if after and factor >= 1000:
        whole = round(value * factor)
        return Fraction(whole, match.start(), after.end(1), scaled=True)
    return Fraction(value, *match.span())
