"""Numbers in running text, by value: digits, scale words, number words, numerals of letters."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Sequence
from typing import NamedTuple

from dragoman.quantities.fractions import fractions
from dragoman.quantities.language import Language, Number

_SPACES = " \u00a0\u202f\u2009\u2007"
_DIGITS = re.compile(
    rf"(?P<sign>(?<![^\s(\[“”„«\"'])[-−–](?=\d))?(?P<number>\d+(?:[.,’'{_SPACES}]\d+)*)"
)
_ANY_DIGIT = re.compile(r"[\d½¼¾⅓⅔]")
_GROUPED = re.compile(r"\d{1,3}(?:(\D)\d{3})(?:\1\d{3})*")
_FRACTIONS = "½¼¾⅓⅔"
_AFTER = re.compile(rf"[-{_SPACES}]{{0,2}}([^\W\d_]+)")
_FRACTION = re.compile(r"(?<![\d./])(\d{1,2})[/⁄](\d{1,2})(?![\d/])")
_HALF_DAY = re.compile(r"(?::[0-5]\d)?\s?p\.?\s?m\b", re.IGNORECASE)
_DECADE = re.compile(r"[’']?s\b")
_ROMAN = re.compile(r"\b[IVXLC]+\b")
_ROMAN_DIGITS = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100}
_GEMATRIA = re.compile(r"(?<![א-ת])(?:[ובלהמ]-?)?([א-ת]{1,4}[״\"][א-ת]|[א-ת]{1,2}[׳'])(?![א-ת])")
_LETTER_VALUES = dict(
    zip(
        "אבגדהוזחטיכלמנסעפצקרשת",
        (*range(1, 10), *range(10, 100, 10), 100, 200, 300, 400),
        strict=True,
    )
) | {"ך": 20, "ם": 40, "ן": 50, "ף": 80, "ץ": 90}
_SHORT_SCALES = {"k": 1000, "bn": 10**9, "m": 10**6, "b": 10**9, "mn": 10**6, "tn": 10**12}
_JOINS = re.compile(rf"[-־{_SPACES}]{{1,2}}(?:and\s(?:an?\s)?|və\s|и\s|с\s)?[ו]?")
_HALF = 0.5
# One and a half of something: כוס וחצי, saat yarım.
_AND_HALF = {
    "he": re.compile(r"(?<!\w)[א-ת]{2,}[ \u00a0]וחצי(?!\w)"),
    "az": re.compile(r"(?<!\w)[a-zçəğıöşü]{2,}[ \u00a0]yarım(?!\w)"),
}
_LIST_GAP = re.compile(r"[^.!?…;\n]{1,14}")


class Amount(NamedTuple):
    """A number as it stands in a text."""

    readings: tuple[Number | str, ...]
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


def amounts(text: str, language: Language) -> list[Amount]:
    """The numbers of a text, in order, with what each may mean.

    >>> from dragoman.quantities.language import language as of
    >>> [a.readings[0] for a in amounts("более 1,5 млн, 1 000 000 и двадцать один", of("ru"))]
    [1500000, 1000000, 21]
    >>> [a.readings[0] for a in amounts("1,234 people, 3.5 percent, $2.3bn", of("en"))]
    [1234, 3.5, 2300000000]
    """
    found: list[Amount] = []
    if _ANY_DIGIT.search(text):
        found = _short_ranges(_shared_scale(_written_with_digits(text, language), text), text)
    found += _spelt_out(text, language, found)
    found.sort(key=lambda amount: amount.start)
    if _BELOW_ZERO.search(text):
        found = [a._replace(readings=(*a.readings, *_negative(a.readings))) for a in found]
    return _past_the_hour(found, text) if language.code == "en" else found


_BELOW_ZERO = re.compile(
    r"\b[Mm]inus\b|below (?:zero|freezing)|\b[Мм]инус|ниже нул|мороз|[Mm]ənfi|[Mm]inus|sıfırdan aşağı|şaxta"
    r"|מינוס|מתחת לאפס"
)


def _negative(readings: tuple[Number | str, ...]) -> list[Number]:
    return [-reading for reading in readings if not isinstance(reading, str)]


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
    """Whether a place is inside of one of some stretches, none of which covers another."""

    def __init__(self, stretches: Sequence[Amount]) -> None:
        self._spans = sorted((amount.start, amount.end) for amount in stretches)
        self._starts = [start for start, _ in self._spans]

    def holds(self, at: int) -> bool:
        last = bisect_right(self._starts, at) - 1
        return last >= 0 and at < self._spans[last][1]


def _written_with_digits(text: str, language: Language) -> list[Amount]:
    found: list[Amount] = []
    taken = 0
    for match in _FRACTION.finditer(text):
        over, under = int(match[1]), int(match[2])
        if 0 < over < under <= 16:
            found.append(Amount((over / under,), match.start(), match.end(), weak=True))
    inside = _Inside(found)
    for match in _DIGITS.finditer(text):
        if match.start() < taken or inside.holds(match.start()):
            continue
        amount = _amount(match, text, language)
        taken = amount.end
        found.append(amount)
    if not text.isascii():
        found += [
            Amount((unicodedata.numeric(c),), at, at + 1, weak=True)
            for at, c in enumerate(text)
            if c in _FRACTIONS and not (at and text[at - 1].isdigit())
        ]
    return found


def _amount(match: re.Match[str], text: str, language: Language) -> Amount:
    number, end = match["number"], match.end()
    readings = readings_of(number, language)
    if end < len(text) and text[end] in _FRACTIONS and number.isdigit():
        readings, end = (int(number) + unicodedata.numeric(text[end]),), end + 1
    attached = match.start() > 0 and (text[match.start() - 1].isalpha() or _is_code(text, match))
    if end < len(text) and number.isdigit():
        if len(number) in (2, 4) and _DECADE.match(text, end) and language.code == "en":
            readings = (int(number), int(number) % 100)
        elif number.isdigit() and int(number) <= 12 and _HALF_DAY.match(text, end):
            readings = (int(number), int(number) % 12 + 12)
    if len(number) == 4 and number.isdigit() and number[2:] != "00":
        readings = (*readings, *([int(number) % 100] if _is_decade(text, match) else []))
    if (
        len(number) == 2
        and number.isdigit()
        and text[match.start() - 1 : match.start()] in ("'", "’")
    ):
        readings = (*readings, 1900 + int(number), 2000 + int(number))  # ’86
    if match["sign"] and match["sign"] != "–":
        readings = tuple(-r if not isinstance(r, str) else r for r in readings)
    scale = 1
    if (after := _AFTER.match(text, end)) is not None:
        readings, end, scale = _scaled(readings, after, language, end)
    return Amount(readings, match.start(), end, weak=attached, scale=scale)


def _is_code(text: str, match: re.Match[str]) -> bool:
    """Whether letters and a hyphen stand before it as in F-16; not so a Hebrew prefix."""
    at = match.start()
    return at > 1 and text[at - 1] in "-‑" and text[at - 2].isalpha() and text[at - 2].isascii()


def _is_decade(text: str, match: re.Match[str]) -> bool:
    number = match["number"]
    return number[3] == "0" and text[match.end() : match.end() + 2].startswith(
        ("-", "‑", "s", "’s")
    )


def _scaled(
    readings: tuple[Number | str, ...], after: re.Match[str], language: Language, end: int
) -> tuple[tuple[Number | str, ...], int, int]:
    """The readings times the scale word that follows: `1.5 million`, `$5bn`."""
    word_after = language.lower(after[1])
    if after.start(1) == end and language.code == "en" and word_after in _SHORT_SCALES:
        factor = _SHORT_SCALES[word_after]
        times = tuple(_whole(r * factor) for r in readings if not isinstance(r, str))
        # 5m may be metres
        return (times + readings if word_after != "m" else readings + times), after.end(), factor
    word = language.word(word_after)
    if word is None or not word[1]:
        return readings, end, 1
    factor = int(word[0])
    times = tuple(_whole(r * factor) for r in readings if not isinstance(r, str))
    return times, after.end(), factor


def _whole(value: Number) -> Number:
    rounded = round(value, 6)
    return int(rounded) if rounded == int(rounded) else rounded


def readings_of(number: str, language: Language) -> tuple[Number | str, ...]:
    """What a token of digits and separators may mean in a language.

    >>> from dragoman.quantities.language import language as of
    >>> readings_of("1.234", of("az")), readings_of("1.234", of("en")), readings_of("2.0.1", of("en"))
    ((1234, 1.234), (1.234,), ('2.0.1',))
    """
    if number.isdigit():
        return (int(number),) if len(number) < 40 else (number,)
    if len(number) > 40:
        return (number,)
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
        if separators[0] == language.group:
            return (whole,) if language.code in ("en", "he") else (whole, _whole(fraction))
        return (_whole(fraction), whole) if language.code == "az" else (_whole(fraction),)
    if len(separators) == 1:
        return (_whole(float(number.replace(",", "."))),)
    last = separators[-1]
    head, _, tail = number.rpartition(last)
    if last in ".," and last not in head and len(kinds) == 2 and _GROUPED.fullmatch(head):
        return (_whole(float(re.sub(r"\D", "", head) + "." + tail)),)
    return (number,)


def _shared_scale(found: list[Amount], text: str) -> list[Amount]:
    """`5 to 7 million`: the first number may have the scale of the second."""
    out = list(found)
    for at, (first, second) in enumerate(zip(found, found[1:], strict=False)):
        if second.scale == 1 or not _LIST_GAP.fullmatch(text, first.end, second.start):
            continue
        more = tuple(_whole(r * second.scale) for r in first.readings if not isinstance(r, str))
        out[at] = first._replace(readings=first.readings + more)
    return out


def _short_ranges(found: list[Amount], text: str) -> list[Amount]:
    """`1812–14`: the second year may have the century of the first."""
    out = list(found)
    for at, (first, second) in enumerate(zip(found, found[1:], strict=False)):
        years = (text[first.start : first.start + 4], text[second.start : second.start + 2])
        close = second.start == first.start + 5 and text[first.start + 4] in "-–—/"
        if close and second.end - second.start == 2 and all(map(str.isdecimal, years)):
            out[at + 1] = second._replace(readings=(*second.readings, int(years[0][:2] + years[1])))
    return out


def _spelt_out(text: str, language: Language, taken: Sequence[Amount]) -> list[Amount]:
    """Numbers in words, and in Roman or Hebrew letters; the letters only satisfy."""
    lowered = language.lower(text)
    divided = [
        Amount((f.value,), f.start, f.end, digits=False)
        for f in fractions(lowered, language)
        if f.scaled
    ]
    inside = _Inside([*taken, *divided])
    parts: list[tuple[Number, bool, bool, int, int]] = []
    for match, found_word in language.hits(lowered):
        word = found_word.word
        century = word is not None and word[0] == 100 and lowered.startswith(" ה", match.end())
        if word is not None and not century and not inside.holds(match.start()):
            parts.append((*word, match.start(), match.end()))
    found = divided + _sequences(parts, lowered, language.code)
    if (and_half := _AND_HALF.get(language.code)) is not None:
        found += [
            Amount((1.5,), m.start(), m.end(), digits=False, weak=True)
            for m in and_half.finditer(lowered)
        ]
    found += [
        Amount((_roman(m[0]),), m.start(), m.end(), digits=False, weak=True)
        for m in _ROMAN.finditer(text)
    ]
    if language.code == "he":
        found += [
            Amount(_year_too(gematria(m[1])), m.start(), m.end(), digits=False, weak=True)
            for m in _GEMATRIA.finditer(text)
        ]
    return found


def _sequences(
    parts: Sequence[tuple[Number, bool, bool, int, int]], text: str, code: str
) -> list[Amount]:
    """Number words side by side put together: `two hundred and fifty thousand`."""
    found: list[Amount] = []
    run: list[tuple[Number, bool, bool, int, int]] = []
    for part in parts:
        if run and not (_JOINS.fullmatch(text, run[-1][4], part[3]) and _goes_on(run, part, code)):
            found.append(_put_together(run))
            run = []
        run.append(part)
    if run:
        found.append(_put_together(run))
    return found


def _goes_on(
    run: list[tuple[Number, bool, bool, int, int]],
    part: tuple[Number, bool, bool, int, int],
    code: str,
) -> bool:
    value, is_scale = part[0], part[1]
    before = run[-1]
    if is_scale or before[1]:
        return True
    if value == _HALF:
        return before[0] >= 1  # two and a half, два с половиной
    teen = code == "he" and value == 10 and 0 < before[0] < 10  # שלוש עשרה
    least = 10 if code == "az" else 20  # on beş
    return teen or (before[0] >= least and value < before[0] and before[0] % 10 == 0 and value >= 1)


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
    return Amount((_whole(total + current),), run[0][3], run[-1][4], digits=False, weak=weak)


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
