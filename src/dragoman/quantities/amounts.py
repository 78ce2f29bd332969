"""Numbers in running text, by value: digits, scale words, number words, numerals of letters."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from functools import lru_cache
from operator import itemgetter
from typing import NamedTuple

from dragoman.quantities.fractions import fractions
from dragoman.quantities.numerals import SPACES as _SPACES
from dragoman.quantities.numerals import Number, Numerals

# Each begins with a character that is rare in a text, so that a search skips most places fast.
_NUMBER = re.compile(rf"\d+(?:[.,٫٬’'{_SPACES}]\d+)*")
_BLANK = re.compile(f"[{_SPACES}]")
_UNSPACED = re.compile(rf"[^{_SPACES}]+")
_ANY_DIGIT = re.compile(r"[\d½¼¾⅓⅔]")
_GROUPED = re.compile(r"\d{1,3}(?:(\D)\d{3})(?:\1\d{3})*")
_INDIAN = re.compile(r"\d{1,2}(?:,\d\d)+,\d{3}")
_FRACTIONS = "½¼¾⅓⅔"
_FRACTION_SIGN = re.compile(f"[{_FRACTIONS}]")
_MOST_FIGURES = 40
"""Figures of a number that is compared by value; a longer one is compared as it is written."""
_FRACTION = re.compile(r"(\d(?<![\d./].)\d?)[/⁄](\d{1,2})(?![\d/])")
_HALF_DAY = re.compile(r"(?::[0-5]\d)?\s?p\.?\s?m\b", re.IGNORECASE)
_MIDNIGHT = re.compile(r"(?::[0-5]\d)?\s?a\.?\s?m\b", re.IGNORECASE)
_DECADE = re.compile(r"[’']?s\b")
_ROMAN = re.compile(r"[IVXLC](?<!\w.)[IVXLC]*\b")
_ROMAN_DIGITS = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100}
_GEMATRIA = re.compile(r"(?<![א-ת])(?:[ובלהמ]-?)?([א-ת]{1,4}[״\"][א-ת]|[א-ת]{1,2}[׳'])(?![א-ת])")
_GERESH = re.compile("[״\"׳']")
_MOST_LETTERS = 6
"""Characters before the sign of such a numeral, its prefix among them."""
_LETTER_VALUES = dict(
    zip(
        "אבגדהוזחטיכלמנסעפצקרשת",
        (*range(1, 10), *range(10, 100, 10), 100, 200, 300, 400),
        strict=True,
    )
) | {"ך": 20, "ם": 40, "ן": 50, "ף": 80, "ץ": 90}
_JOINS = re.compile(rf"[-־{_SPACES}]{{1,2}}(?:and\s(?:an?\s)?|və\s|и\s|с\s)?[ו]?")
_HALF = 0.5
_YEARS = re.compile(r"\d{4}[-–—/]\d\d")
_LIST_GAP = re.compile(r"[^.!?…;\n]{1,14}")


Readings = tuple[Number | str, ...]


class Amount(NamedTuple):
    """A number as it is written in a text."""

    readings: Readings
    """What it may mean, the likeliest first; a string where it is no number: `2.0.1`."""
    start: int
    end: int
    digits: bool = True
    """Whether it is written with digits."""
    weak: bool = False
    """Whether it may be no number at all; it satisfies, and is not asked for."""
    scale: int = 1
    """The scale word's value in `2.3 billion`, which the readings contain."""

    def same(self, other: Amount) -> bool:
        return not set(self.readings).isdisjoint(other.readings)


def amounts(text: str, numerals: Numerals) -> list[Amount]:
    """The numbers of a text, in order, with what each may mean.

    >>> from dragoman.quantities.numerals import numerals as of
    >>> [a.readings[0] for a in amounts("более 1,5 млн, 1 000 000 и двадцать один", of("ru"))]
    [1500000, 1000000, 21]
    >>> [a.readings[0] for a in amounts("1,234 people, 3.5 percent, $2.3bn", of("en"))]
    [1234, 3.5, 2300000000]
    """
    found: list[Amount] = []
    if _ANY_DIGIT.search(text):
        found = _short_ranges(_shared_scale(_written_with_digits(text, numerals), text), text)
    spelt = _spelt_out(text, numerals, found)
    found += spelt
    found.sort(key=itemgetter(1))  # their start
    if any(amount.scale != 1 for amount in spelt):
        found = _shared_scale(found, text)
    if found and (below := numerals.below_zero) is not None and below.search(text):
        found = [_or_below_zero(amount) for amount in found]
    return _past_the_hour(found, text) if numerals.numbers.get("past_the_hour") else found


def _or_below_zero(amount: Amount) -> Amount:
    readings, start, end, digits, weak, scale = amount
    below = (-reading for reading in readings if not isinstance(reading, str))
    return Amount((*readings, *below), start, end, digits, weak, scale)


_PAST = re.compile(r"\b(?:half|quarter|five|ten|twenty|twenty-five|minutes) past (?:the )?$")


def _past_the_hour(found: list[Amount], text: str) -> list[Amount]:
    """`half past six`: other languages name the hour that has begun, the seventh."""
    if " past " not in text:
        return found
    return [
        amount._replace(readings=(*amount.readings, amount.readings[0] % 12 + 1))
        if isinstance(amount.readings[0], int)
        and 0 < amount.readings[0] <= 12
        and _PAST.search(text, max(0, amount.start - 24), amount.start)
        else amount
        for amount in found
    ]


class _Inside:
    """Lookup of whether a place is inside one of some stretches that do not cover each other."""

    def __init__(self, stretches: Sequence[Amount]) -> None:
        self._spans = sorted((amount.start, amount.end) for amount in stretches)
        self._starts = [start for start, _ in self._spans]

    def holds(self, at: int) -> bool:
        last = bisect_right(self._starts, at) - 1
        return last >= 0 and at < self._spans[last][1]


def _written_with_digits(text: str, numerals: Numerals) -> list[Amount]:
    found = _with_a_line(text) if "/" in text or "⁄" in text else []
    inside = _Inside(found) if found else None
    known: dict[str, Readings] = {}
    taken = 0
    for number, first, end in _figures(text):
        start = first
        before = text[start - 1] if start else " "
        if before in _SIGNS and (start < 2 or _may_precede(text[start - 2])):
            start -= 1
        if start < taken or (inside is not None and inside.holds(start)):
            continue
        if number not in known:
            known[number] = readings_of(number, numerals)
        if before in _BEFORE and _stands_alone(text, end):
            found.append(Amount(known[number], start, end))
            continue
        amount = _amount(known[number], number, start, end, text, numerals)
        taken = amount.end
        found.append(amount)
    return found if text.isascii() else found + _fraction_signs(text)


def _figures(text: str) -> Iterator[tuple[str, int, int]]:
    """Figures with their separators, start and end; `par 3 16th` has two numbers."""
    for match in _NUMBER.finditer(text):
        if _BLANK.search(match[0]) is None or _GROUPED.match(match[0]):
            yield match[0], *match.span()
            continue
        for part in _UNSPACED.finditer(text, *match.span()):
            yield part[0], *part.span()


def _with_a_line(text: str) -> list[Amount]:
    """Fractions such as 1/2."""
    return [
        Amount((int(match[1]) / int(match[2]),), match.start(), match.end(), weak=True)
        for match in _FRACTION.finditer(text)
        if 0 < int(match[1]) < int(match[2]) <= 16
    ]


def _fraction_signs(text: str) -> list[Amount]:
    """Fractions such as ½ that are no part of a number."""
    return [
        Amount((unicodedata.numeric(match[0]),), match.start(), match.end(), weak=True)
        for match in _FRACTION_SIGN.finditer(text)
        if not (match.start() and text[match.start() - 1].isdigit())
    ]


def _stands_alone(text: str, end: int) -> bool:
    """Whether nothing that follows a number can change its value."""
    after = text[end : end + 1]
    return after in _BEHIND or (after == ":" and not _HALF_DAY.match(text, end))


_SIGNS = frozenset("-−–")
_SINCE = frozenset("'’s")
"""What follows the figures of a decade."""
# A number between characters of these two sets has the value of its figures alone.
_BEFORE = frozenset(" \u00a0(:,.;/[“„«")
_BEHIND = frozenset([*".,;)!?%»”", ""])


def _may_precede(char: str) -> bool:
    """Whether a sign after this character belongs to a number, and is not a hyphen or dash."""
    return char.isspace() or char in "([“”„«\"'"


def _amount(
    readings: Readings, number: str, start: int, end: int, text: str, numerals: Numerals
) -> Amount:
    """The number at a place, with its sign, its fraction and the scale word that follows."""
    attached = start > 0 and (text[start - 1].isalpha() or _is_code(text, start))
    if number.isdigit():
        readings, end = _plain(readings, number, start, end, text, numerals)
    if text[start] in "-−":
        readings = tuple(-r if not isinstance(r, str) else r for r in readings)
    scale = 1
    if (after := numerals.after.match(text, end)) is not None:
        readings, end, scale = _scaled(readings, after, numerals, end)
    return Amount(readings, start, end, True, attached, scale)


def _plain(
    readings: Readings, number: str, start: int, end: int, text: str, numerals: Numerals
) -> tuple[Readings, int]:
    """What figures without separators mean in their surroundings: 7½, 1980s, 5:30 p.m., ’86."""
    many, after = len(number), text[end : end + 1]
    decade = many == 4 and number[3] == "0" != number[2] and _is_decade(text, end)
    if after and after in _FRACTIONS:
        readings, end = (int(number) + unicodedata.numeric(after),), end + 1
        after = text[end : end + 1]
    if after in _SINCE and many in (2, 4) and numerals.decades and _DECADE.match(text, end):
        readings = (int(number), int(number) % 100)
    elif (
        many < _MOST_FIGURES
        and after not in _BEHIND
        and int(number) <= 12
        and _HALF_DAY.match(text, end)
    ):
        readings = (int(number), int(number) % 12 + 12)
    elif number == "12" and after not in _BEHIND and _MIDNIGHT.match(text, end):
        readings = (12, 0)
    if decade:
        readings = (*readings, int(number) % 100)
    if many == 2 and text[start - 1 : start] in ("'", "’"):
        readings = (*readings, 1900 + int(number), 2000 + int(number))
    return readings, end


def _is_code(text: str, at: int) -> bool:
    """Whether letters and a hyphen stand before it as in F-16; not so a Hebrew prefix."""
    return text[at - 1] in "-‑" and at > 1 and text[at - 2].isalpha() and text[at - 2].isascii()


def _is_decade(text: str, end: int) -> bool:
    return text.startswith(("-", "‑", "s", "’s"), end)


def _scaled(
    readings: Readings, after: re.Match[str], numerals: Numerals, end: int
) -> tuple[Readings, int, int]:
    """The readings times the scale word that follows: `1.5 million`, `$5bn`."""
    if after.start(1) == end and (factors := numerals.short_scales):
        short = after[1].lower()
        if short in factors:
            factor = factors[short]
            times = _times(readings, factor)
            # 5m may be metres
            return (times + readings if short != "m" else readings + times), after.end(), factor
    factor = numerals.factors[after[1]]
    if not factor:
        return readings, end, 1
    return _times(readings, factor) or readings, after.end(), factor


def _times(readings: Readings, factor: int) -> Readings:
    return tuple(_whole(r * factor) for r in readings if not isinstance(r, str))


def _whole(value: Number) -> Number:
    rounded = round(value, 6)
    return int(rounded) if rounded == int(rounded) else rounded


def readings_of(number: str, numerals: Numerals) -> Readings:
    """What a token of digits and separators may mean in a language.

    >>> from dragoman.quantities.numerals import numerals as of
    >>> readings_of("1.234", of("az")), readings_of("1.234", of("en")), readings_of("2.0.1", of("en"))
    ((1234, 1.234), (1.234,), ('2.0.1',))
    """
    if number.isdigit():
        return (int(number),) if len(number) < _MOST_FIGURES else (number,)
    if len(number) > _MOST_FIGURES:
        return (number,)
    return _separated(number, numerals.group, numerals.either_separator)


@lru_cache(maxsize=20_000)
def _separated(number: str, group: str, either: bool) -> Readings:
    """What figures with separators may mean."""
    if "٫" in number or "٬" in number:
        number = number.replace("٬", "")
        return (_whole(float(number.replace("٫", "."))),) if number.count("٫") < 2 else (number,)
    if _INDIAN.fullmatch(number):
        return (int(number.replace(",", "")),)
    grouped = _GROUPED.fullmatch(number)
    separators = [c for c in number if not c.isdigit()]
    kinds = set(separators)
    if grouped and grouped[1] in _SPACES + "’'":
        return (int(re.sub(r"\D", "", number)),)
    if kinds <= set(_SPACES):
        # no groups of three: figures that happen to stand side by side
        return (number,)
    if grouped and len(separators) > 1:
        return (int(re.sub(r"\D", "", number)),)
    if grouped and number[0] != "0":
        whole, fraction = int(re.sub(r"\D", "", number)), float(number.replace(",", "."))
        if separators[0] == group:
            return (whole, _whole(fraction)) if either else (whole,)
        return (_whole(fraction), whole) if either else (_whole(fraction),)
    if len(separators) == 1 and separators[0] in ".,":
        return (_whole(float(number.replace(",", "."))),)
    last = separators[-1]
    head, _, tail = number.rpartition(last)
    if last in ".," and last not in head and len(kinds) == 2 and _GROUPED.fullmatch(head):
        return (_whole(float(re.sub(r"\D", "", head) + "." + tail)),)
    return (number,)


def _shared_scale(found: list[Amount], text: str) -> list[Amount]:
    """`5 to 7 million`: the first number may have the scale of the second."""
    out = list(found)
    for at in [at for at, amount in enumerate(found) if amount.scale != 1 and at]:
        first, second = found[at - 1], found[at]
        if _LIST_GAP.fullmatch(text, first.end, second.start):
            more = _times(first.readings, second.scale)
            out[at - 1] = first._replace(readings=first.readings + more)
    return out


def _short_ranges(found: list[Amount], text: str) -> list[Amount]:
    """`1812–14`: the second year may have the century of the first."""
    if _YEARS.search(text) is None:
        return found
    out = list(found)
    for at, (first, second) in enumerate(zip(found, found[1:], strict=False)):
        if second.start != first.start + 5 or second.end != second.start + 2:
            continue
        years = (text[first.start : first.start + 4], text[second.start : second.start + 2])
        if text[first.start + 4] in "-–—/" and all(map(str.isdecimal, years)):
            out[at + 1] = second._replace(readings=(*second.readings, int(years[0][:2] + years[1])))
    return out


def _spelt_out(text: str, numerals: Numerals, taken: Sequence[Amount]) -> list[Amount]:
    """Numbers in words, and in Roman or Hebrew letters; those in letters need no match."""
    lowered = numerals.lower(text)
    divided = [
        Amount((f.value,), f.start, f.end, digits=False)
        for f in fractions(lowered, numerals)
        if f.scaled
    ]
    hits = numerals.hits(lowered)
    inside = _Inside([*taken, *divided] if hits else ())
    parts: list[tuple[Number, bool, bool, int, int]] = []
    for match, found_word in hits:
        word = found_word.word
        century = word is not None and word[0] == 100 and lowered.startswith(" ה", match.end())
        if word is not None and not century and not inside.holds(match.start()):
            parts.append((*word, match.start(), match.end()))
    found = divided + _sequences(parts, lowered, numerals)
    half, and_half = numerals.and_half
    if and_half is not None and half in lowered:
        found += [
            Amount((1.5,), m.start(), m.end(), digits=False, weak=True)
            for m in and_half.finditer(lowered)
        ]
    found += [
        Amount((_roman(m[0]),), m.start(), m.end(), digits=False, weak=True)
        for m in _ROMAN.finditer(text)
    ]
    if numerals.letter_numerals == "hebrew":
        found += [
            Amount(_year_too(gematria(m[1])), m.start(), m.end(), digits=False, weak=True)
            for m in _in_letters(text)
        ]
    return found


def _in_letters(text: str) -> Iterator[re.Match[str]]:
    """Numerals in Hebrew letters, looked for at their sign."""
    done = 0
    for sign in _GERESH.finditer(text):
        starts = range(max(done, sign.start() - _MOST_LETTERS), sign.start())
        match = next(filter(None, (_GEMATRIA.match(text, at) for at in starts)), None)
        if match:
            yield match
            done = match.end()


def _sequences(
    parts: Sequence[tuple[Number, bool, bool, int, int]], text: str, numerals: Numerals
) -> list[Amount]:
    """Number words side by side put together: `two hundred and fifty thousand`."""
    found: list[Amount] = []
    run: list[tuple[Number, bool, bool, int, int]] = []
    for part in parts:
        if run and not (
            _JOINS.fullmatch(text, run[-1][4], part[3])
            and _goes_on(run, part, numerals, part[3] - run[-1][4] > 1 or text[part[3]] == "ו")
        ):
            found.append(_put_together(run))
            run = []
        if part[1] and (last := _finished(run, part[0])):
            found.append(_put_together(run[:last]))
            run = run[last:]
        run.append(part)
    if run:
        found.append(_put_together(run))
    return found


def _finished(run: Sequence[tuple[Number, bool, bool, int, int]], scale: Number) -> int:
    """How many words of a run are a separate number before another scale word.

    In `three million and five million` the first two are, in `two hundred and fifty thousand` none.
    """
    for place in range(len(run) - 2, -1, -1):
        value, is_scale = run[place][:2]
        if is_scale and 1000 <= value <= scale:
            return place + 1
    return 0


def _goes_on(
    run: list[tuple[Number, bool, bool, int, int]],
    part: tuple[Number, bool, bool, int, int],
    numerals: Numerals,
    joined: bool,
) -> bool:
    """Whether a number word goes on from those before it.

    Args:
        run: value, whether it is a scale, whether it is ambiguous, start and end of each word.
        part: the same of the word after them.
        numerals: the tables of the language.
        joined: whether a conjunction is between them.
    """
    value, is_scale = part[0], part[1]
    before = run[-1]
    if is_scale or before[1]:
        return True
    if value == _HALF:
        # two and a half, два с половиной; not so the second half
        return before[0] >= 1 and (joined or not before[2])
    teen = numerals.ones_before_ten and value == 10 and 0 < before[0] < 10  # שלוש עשרה
    return teen or (
        before[0] >= numerals.least_tens
        and value < before[0]
        and before[0] % 10 == 0
        and value >= 1
    )


def _put_together(run: list[tuple[Number, bool, bool, int, int]]) -> Amount:
    total: Number = 0
    current: Number = 0
    scale: Number = 1
    for value, is_scale, _, _, _ in run:
        if value == _HALF and not current and scale > 1:
            total += scale * value  # מיליון וחצי
        elif is_scale and value == 100:
            current = (current or 1) * 100
        elif is_scale:
            total += (current or 1) * value
            current, scale = 0, value
        else:
            current += value
    weak = len(run) == 1 and run[0][2]
    value, scale = _whole(total + current), int(scale)
    shared = scale if run[-1][1] and value > scale else 1
    return Amount((value,), run[0][3], run[-1][4], digits=False, weak=weak, scale=shared)


def _year_too(value: int) -> tuple[int, ...]:
    """A Hebrew year is written without its thousands: תשפ״ד is 5784."""
    return (value, value + 5000) if value > 300 else (value,)


def _roman(token: str) -> int:
    values = [_ROMAN_DIGITS[c] for c in token]
    return (
        sum(-v if v < max(values[i:]) else v for i, v in enumerate(values))
        if len(values) < 12
        else 0
    )


def gematria(token: str) -> int:
    """The value of a numeral in Hebrew letters.

    >>> gematria("כ״ג"), gematria("ט״ו"), gematria("ד׳")
    (23, 15, 4)
    """
    return sum(_LETTER_VALUES.get(c, 0) for c in token)
