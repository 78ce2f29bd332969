"""Dates in running text as day, month and year, in all the forms that the languages write."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from dragoman.quantities.numerals import Numerals

_DIGIT = re.compile(r"\d")
_TOKEN = re.compile(r"[^\W\d_]+׳?")
_SPACE = r"[\s\u00a0\u202f]"
_NUMERIC = re.compile(r"(\d(?<![\d./].)(?<!\d-.)\d?)([./])(\d{1,2})\2(\d{4}|\d{2})(?![\d/]|\.\d)")
_ISO = re.compile(r"(\d(?<![\d-].)\d{3})-(\d{2})-(\d{2})(?![\d-])")
_SHORT = re.compile(r"(\d(?<![\d./].)\d?)/(\d{1,2})(?![\d/])")


_FIGURES = re.compile(r"(?:(\d{4})\s*[年년]\s*)?(\d{1,2})[月월](?:\s*(\d{1,2})[日일])?")
"""Dates in which months and days are figures with a sign after them."""
_SIGNS = re.compile("[月월]")


class Around(NamedTuple):
    """Where the day and the year of a date are, beside the name of its month."""

    left: re.Pattern[str]
    """A day, or two, before it."""
    right_day: re.Pattern[str]
    right_year: re.Pattern[str]
    left_year: re.Pattern[str] | None


@lru_cache
def _beside(numerals: Numerals) -> Around:
    """The patterns of a language for the parts of a date before and after the name of its month.

    Patterns for what precedes begin with a figure, and only then check what is before it.
    In a language without data any short word may be between the parts.
    """
    told, any_ = numerals.dates, r"[^\W\d_]{1,8}" if numerals.loose else ""

    def one_of(key: str, more: str = "") -> str:
        words = [*told.get(key, ()), *([more] if more else ())]
        return f"(?:{'|'.join(words)})" if words else "(?!)"

    ending = f"(?:{one_of('day_endings', any_ and f'-?{any_}')})?"
    dot = r"\.?" if told.get("day_dot", numerals.loose) else ""
    article = rf"(?:{told['article']}{_SPACE}+)?" if "article" in told else ""
    to = rf"{_SPACE}*{one_of('ranges', '[-–—]')}{_SPACE}*"
    year_word = one_of("year_words", any_)
    left = (
        rf"(\d(?<![\d.,/].)\d?){dot}(?:{to}(\d{{1,2}}){dot})?{ending}"
        rf"(?:{_SPACE}+{one_of('before_month', any_)})?{_SPACE}+{article}[-]?$"
    )
    right_day = (
        rf"\.?{_SPACE}+{article}(\d{{1,2}}){ending}"
        rf"(?![\d:/]|[.,]\d|{_SPACE}+(?:percent|million|people)\b)"
        rf"(?:{to}(\d{{1,2}}){ending}(?!\d|[.,]\d))?(?:[-–][^\W\d_]{{1,4}})?"
    )
    right_year = (
        rf"\.?,?{_SPACE}*(?:{one_of('before_year', any_)}{_SPACE}+)?"
        rf"(\d{{4}})(?![\d.,]\d|\d)(?!{_SPACE}?%)"
    )
    left_year = (
        rf"(\d(?<!\d.)\d{{3}})\.?(?:[-–][^\W\d_]{{1,3}})?{_SPACE}*(?:{year_word}\.?)?,?{_SPACE}+"
        rf"(?:\d{{1,2}}{_SPACE}+)?$"
    )
    has_left_year = numerals.loose or "year_words" in told
    return Around(
        re.compile(left),
        re.compile(right_day),
        re.compile(right_year),
        re.compile(left_year) if has_left_year else None,
    )


class Date(NamedTuple):
    """A day of a month; 0 if the text does not give the day or the year."""

    day: int
    month: int
    year: int
    start: int
    end: int

    def same(self, other: Date) -> bool:
        """Whether the two can be the same date.

        >>> Date(26, 2, 1992, 0, 9).same(Date(26, 2, 0, 0, 5))
        True
        """
        years = not self.year or not other.year or self.year == other.year
        return self.month == other.month and self.day == other.day and years


def dates(text: str, numerals: Numerals) -> list[Date]:
    """The dates of a text, in order.

    >>> from dragoman.quantities.numerals import numerals as of
    >>> dates("On February 26, 1992, and Oct. 7", of("en"))
    [Date(day=26, month=2, year=1992, start=3, end=20), Date(day=7, month=10, year=0, start=26, end=32)]
    >>> [d[:3] for d in dates("1992-ci il fevralın 26-da, 7 oktyabr", of("az"))]
    [(26, 2, 1992), (7, 10, 0)]
    >>> [d[:3] for d in dates("ב-26 בפברואר 1992, שבעה באוקטובר", of("he"))]
    [(26, 2, 1992), (7, 10, 0)]
    """
    numeric = _numeric(text, numerals) if _DIGIT.search(text) else ()
    found = [*numeric, *_named(text, numerals)]
    found.sort(key=lambda date: date.start)
    return found


def _numeric(text: str, numerals: Numerals) -> Iterator[Date]:
    for match in _NUMERIC.finditer(text):
        first, second, year = int(match[1]), int(match[3]), int(match[4])
        us = numerals.month_first and match[2] == "/" and first <= 12
        day, month = (second, first) if us else (first, second)
        if 1 <= month <= 12 and 1 <= day <= 31:
            yield Date(day, month, _full(year, match[4]), *match.span())
    for match in _ISO.finditer(text) if "-" in text else ():
        if 1 <= int(match[2]) <= 12 and 1 <= int(match[3]) <= 31:
            yield Date(int(match[3]), int(match[2]), int(match[1]), *match.span())
    for match in _FIGURES.finditer(text) if _SIGNS.search(text) else ():
        if 1 <= int(match[2]) <= 12:
            yield Date(int(match[3] or 0), int(match[2]), int(match[1] or 0), *match.span())
    for match in _SHORT.finditer(text) if numerals.month_first and "/" in text else ():
        month, day = int(match[1]), int(match[2])
        # 9/11 is a name; other pairs are dates only where they can be nothing else
        if (month, day) == (9, 11) or (1 <= month <= 12 and 13 <= day <= 31):
            yield Date(day, month, 0, *match.span())


def _full(year: int, written: str) -> int:
    if len(written) == 4:
        return year
    return year + (2000 if year < 50 else 1900)


def _named(text: str, numerals: Numerals) -> Iterator[Date]:
    lowered = numerals.lower(text)
    for match, found in numerals.hits(lowered):
        if not found.month or (numerals.capitalised and not text[match.start()].isupper()):
            continue
        if numerals.possessive(match[0]):
            # February's 4-1 triumph: no day and no year follows, and May's may be a person's
            if match[0][:-2] not in numerals.weak:
                yield Date(0, found.month, 0, *match.span())
            continue
        yield from _around(text, lowered, match, found.month, numerals)


def _around(
    text: str, lowered: str, match: re.Match[str], month: int, numerals: Numerals
) -> Iterator[Date]:
    """The dates that a month's name is part of: its day before or after it, its year."""
    start, end = match.span()
    beside = _beside(numerals)
    left = beside.left.search(text, max(0, start - 24), start)
    right = None if left else beside.right_day.match(text, end)
    days: list[int] = []
    year = 0
    if left:
        days, start = [int(d) for d in left.groups() if d], left.start()
    elif right:
        days, end = [int(d) for d in right.groups() if d], right.end()
    elif (word := _day_in_words(lowered, start, numerals)) is not None:
        days, start = [word[0]], word[1]
    if later := beside.right_year.match(text, end):
        year, end = int(later[1]), later.end()
    elif beside.left_year and (earlier := beside.left_year.search(text, max(0, start - 24), start)):
        year, start = int(earlier[1]), earlier.start()
    days = [day for day in days if 1 <= day <= 31]
    if right and days != sorted(set(days)):
        days, end = [], match.end()  # a score: in February 4-1
    if days:
        yield from (Date(day, month, year, start, end) for day in days)
    elif year or match[0] not in numerals.weak or _surely(text, match.start(), numerals):
        yield Date(0, month, year, start, end)


def _surely(text: str, start: int, numerals: Numerals) -> bool:
    """Whether the text before an ambiguous word shows that it is a month: the end of March."""
    before = numerals.before_ambiguous
    return before is not None and before.search(text, max(0, start - 16), start) is not None


def _day_in_words(lowered: str, start: int, numerals: Numerals) -> tuple[int, int] | None:
    """A number word right before a month: `седьмого октября`, `שבעה באוקטובר`."""
    before = list(_TOKEN.finditer(lowered, max(0, start - 32), start))[-2:]
    joints = numerals.dates.get("before_month", ())
    if not before or lowered[before[-1].end() : start].strip() not in ("", *joints):
        if len(before) < 2 or before[-1][0] not in joints:
            return None
        before.pop()
    day = _ordinal(before[-1][0], numerals)
    if not 1 <= day <= 31:
        return None
    tens = _ordinal(before[0][0], numerals) if len(before) > 1 else 0
    if tens in (20, 30) and day < 10 and before[-1].start() - before[0].end() <= 1:
        return tens + day, before[0].start()  # twenty-third, двадцать третье
    return day, before[-1].start()


def _ordinal(token: str, numerals: Numerals) -> int:
    """The value of a number word that can be a day; 0 if the word is not one."""
    found = numerals.look[token]
    word = found.word if found else None
    if word is None or word[1] or not isinstance(word[0], int):
        return 0
    return 0 if word[2] and word[0] < numerals.least_ambiguous_day else word[0]


def weekdays(text: str, numerals: Numerals) -> list[tuple[int, int, int]]:
    """The days of the week that a text names: number from Monday 1, start and end.

    >>> from dragoman.quantities.numerals import numerals as of
    >>> weekdays("On Monday", of("en")), weekdays("ביום ראשון", of("he"))
    ([(1, 3, 9)], [(7, 1, 10)])
    >>> [day for day, _, _ in weekdays("בימים שני עד חמישי", of("he"))]
    [1, 4]
    """
    lowered = numerals.lower(text)
    found: list[tuple[int, int, int]] = []
    taken = -1
    for before, match in _may_name_days(lowered, numerals):
        kind = numerals.day_names[match[0]]
        if kind is None or match.start() < taken:
            continue
        following = _TOKEN.search(lowered, match.end()) if kind.first else None
        hit = _weekday(match[0], following[0], numerals) if following else None
        hit = hit or kind.alone
        if hit is None and kind.listed:
            hit = _listed(lowered, before, match, found, numerals)
        if hit:
            day, stem = hit
            last = following if following and "_" in stem else match
            start = match.start() + max(0, match[0].find(stem.partition("_")[0]))
            found.append((day, start, last.end()))
            taken = last.end()
    if numerals.capitalised:
        found = [hit for hit in found if text[hit[1]].isupper()]
    return found


_Tokens = list[re.Match[str]]


def _may_name_days(text: str, numerals: Numerals) -> Iterator[tuple[_Tokens, re.Match[str]]]:
    """The tokens that may name a day, each with the two before it if the language numbers days."""
    if not numerals.day_word:
        yield from (([], token) for token in _around_names(text, numerals))
        return
    tokens = list(_TOKEN.finditer(text))
    for at, token in enumerate(tokens):
        if numerals.day_names[token[0]] is not None:
            yield tokens[max(0, at - 2) : at], token


def _around_names(text: str, numerals: Numerals) -> Iterator[re.Match[str]]:
    """The tokens that contain the name of a day; the other tokens are not examined, for speed."""
    done = 0
    for name in numerals.day_names.pattern.finditer(text):
        if name.start() < done:
            continue  # in the token before
        start = name.start()
        while start > done and _is_letter(text[start - 1]):
            start -= 1
        if token := numerals.day_token.match(text, start):
            yield token
            done = token.end()


def _is_letter(char: str) -> bool:
    return char.isalnum() and not char.isdecimal()


_DAYS = re.compile(r"[ובלמהש]{0,3}ימי(?:ם)?|[ובלמהש]{0,3}יום")
_GOES_ON = re.compile(r"[\s,־–-]*(?:(?:ו?עד|או|וגם)\s+)?")


def _listed(
    text: str,
    before: list[re.Match[str]],
    match: re.Match[str],
    found: list[tuple[int, int, int]],
    numerals: Numerals,
) -> tuple[int, str] | None:
    """A Hebrew day without its own `יום`: `בימים שני עד חמישי`, `ביום שני או שלישי`."""
    skipped = [m for m in before if not _GOES_ON.fullmatch(text, m.start(), match.start())]
    head = skipped[-1] if skipped else None
    opened = head is not None and _DAYS.fullmatch(head[0])
    if not opened and not (found and _GOES_ON.fullmatch(text, found[-1][2], match.start())):
        return None
    if opened and head is not None and not _GOES_ON.fullmatch(text, head.end(), match.start()):
        return None
    for stem in numerals.stems(match[0]):
        if (name := f"{numerals.day_word}_{stem}") in numerals.days:
            return numerals.days[name], stem
    return None


def _weekday(first: str, second: str, numerals: Numerals) -> tuple[int, str] | None:
    """The day that two words name: its number, and the name without prefixes and endings."""
    heads = numerals.stems(first) if numerals.prefixes else (first,)
    tails = list(numerals.stems(second)) if numerals.suffixes else [second]
    names = (f"{head}_{tail}" for head in heads for tail in tails)
    return next(((numerals.days[name], name) for name in names if name in numerals.days), None)
