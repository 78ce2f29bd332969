"""Dates and days of the week."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from dragoman.checks.pair import Fault, Pair, check
from dragoman.quantities import Date, weekdays

_SHORT = 5
"""Letters of a month's name from where on it is no abbreviation, which languages form differently."""
_ENGLISH_DAY = re.compile(r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)days?\b")


@check("error", when="counts")
def date(pair: Pair) -> Iterator[Fault]:
    """Every date of the source is in the target, with the same day, month and year.

    Why: 2/26/92 is 26.02.1992, and a wrong day is a wrong story. Any written form will do.

    PASS az: On February 26, 1992 | 1992-ci il fevralın 26-da
    PASS he: October 7 | שבעה באוקטובר
    PASS ru: 9/11 | 11 сентября
    FAIL ru: On February 26, 1992 | ⟦25 февраля 1992⟧ года
    FAIL he: October 7 | ⟦7 בנובמבר⟧
    """
    if not pair.source_dates:
        return
    given = _Days(pair.dates)
    spare: _Days | None = None
    for asked in pair.source_dates:
        match = given.same(*asked[:3])
        if match is None and not asked.day:
            match = given.of_month(asked.month, asked.year)
        if match is not None:
            yield from _year(asked, match, pair)
            continue
        said = pair.source[asked.start : asked.end]
        if spare is None:
            known = _Days(pair.source_dates)
            spare = _Days([d for d in pair.dates if not known.same(*d[:3])])
        wrong = spare.like(asked)
        if wrong is not None:
            yield Fault(f"the source says {said}", wrong.start, wrong.end, asked.start, asked.end)
        elif not _in_other_form(asked, pair, given):
            severity = "error" if asked.day else "warning"
            yield Fault(f"{said} is missing", 0, 0, asked.start, asked.end, severity)


_ANY = -1
_Key = tuple[int, int, int]


class _Days:
    """The dates of a text, with lookups that each return the first date that fits."""

    def __init__(self, dates: Sequence[Date]) -> None:
        self._dates = dates
        self._places: dict[_Key, int] = {}
        for place, (day, month, year, _, _) in enumerate(dates):
            for key in (
                (day, month, year),
                (day, month, _ANY),
                (_ANY, month, _ANY),
                (day, _ANY, _ANY),
            ):
                self._places.setdefault(key, place)
        self._of_month: dict[tuple[int, int], Date | None] = {}

    def _first(self, *keys: _Key) -> Date | None:
        places = [place for key in keys if (place := self._places.get(key)) is not None]
        return self._dates[min(places)] if places else None

    def same(self, day: int, month: int, year: int) -> Date | None:
        """The first date with this day and month, and this year or none."""
        if not year:
            return self._first((day, month, _ANY))
        return self._first((day, month, year), (day, month, 0))

    def of_month(self, month: int, year: int) -> Date | None:
        """The first date of this month, on any day or on none."""
        if (month, year) not in self._of_month:
            days = (self.same(day, month, year) for day in range(32))
            self._of_month[month, year] = next(filter(None, days), None)
        return self._of_month[month, year]

    def like(self, asked: Date) -> Date | None:
        """The date that most likely translates another: of its month or day, or else the first."""
        month, day = (_ANY, asked.month, _ANY), (asked.day, _ANY, _ANY)
        alike = self._first(month, day) if asked.day else self._first(month)
        return alike or next(iter(self._dates), None)

    def has_month(self, month: int) -> bool:
        return (_ANY, month, _ANY) in self._places


def _year(asked: Date, match: Date, pair: Pair) -> Iterator[Fault]:
    """The fault of a date whose year is neither in its translation nor elsewhere in the target."""
    if not asked.year or match.year:
        return
    if asked.year in pair.values or asked.year in pair.years:
        return
    spans = (match.start, match.end, asked.start, asked.end)
    yield Fault(f"the year {asked.year} is missing", *spans)


def _in_other_form(asked: Date, pair: Pair, given: _Days) -> bool:
    """Whether the target gives the parts of a date separately, as in `26-го числа того же месяца`."""
    if pair.numerals.loose and not pair.dates:
        # a month in a form that we do not know
        return {asked.day, asked.year} - {0} <= pair.values
    if not asked.day:
        return asked.year in pair.values if asked.year else _ambiguous_month(asked, pair)
    return asked.day in pair.values and given.has_month(asked.month)


def _ambiguous_month(asked: Date, pair: Pair) -> bool:
    said = pair.source[asked.start : asked.end]
    return len(said) < _SHORT or said.lower() in ("may", "march", "august")


@check("error", on="[MTWFS]", needs="names_days")
def weekday(pair: Pair) -> Iterator[Fault]:
    """The days of the week are those of the source.

    Why: readers plan by them. Hebrew counts from Sunday: יום ראשון is not Monday.

    PASS he: On Sunday | ביום ראשון
    PASS ru: on Wednesday | в среду
    FAIL he: On Monday | ב⟦יום ראשון⟧
    FAIL az: on Thursday | ⟦çərşənbə⟧ günü
    """
    if "day" not in pair.source:
        return
    if _ENGLISH_DAY.search(pair.seen_source) is None:
        return
    asked = weekdays(pair.seen_source, pair.source_numerals)
    given = weekdays(pair.seen, pair.numerals)
    said = {day for day, _, _ in given}
    wanted = {day for day, _, _ in asked}
    spare = [hit for hit in given if hit[0] not in wanted]
    # az bazar is a market too
    spare.sort(key=lambda hit: pair.seen[hit[1] : hit[2]].lower() in pair.numerals.weak)
    for day, start, end in asked:
        if day in said:
            continue
        name = pair.source[start:end]
        if spare:
            wrong = spare.pop(0)
            yield Fault(f"the source says {name}", wrong[1], wrong[2], start, end)
        else:
            yield Fault(f"{name} is missing", 0, 0, start, end, "info")
