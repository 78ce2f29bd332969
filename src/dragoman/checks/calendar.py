"""Dates and days of the week."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from dragoman.checks.pair import Fault, Pair, check
from dragoman.quantities import Date, weekdays
from dragoman.quantities.language import Number

_SHORT = 5
"""Letters of a month's name from where on it is no abbreviation, which languages form differently."""
_ENGLISH_DAY = re.compile(r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)days?\b")


@check("error")
def date(pair: Pair) -> Iterator[Fault]:
    """Every date of the source stands in the target: the same day, month and year.

    Why: 2/26/92 is 26.02.1992, and a wrong day is a wrong story. Any written form will do.

    PASS az: On February 26, 1992 | 1992-ci il fevralın 26-da
    PASS he: October 7 | שבעה באוקטובר
    PASS ru: 9/11 | 11 сентября
    FAIL ru: On February 26, 1992 | ⟦25 февраля 1992⟧ года
    FAIL he: October 7 | ⟦7 בנובמבר⟧
    """
    if pair.language is None or not pair.source_dates:
        return
    given = list(pair.dates)
    for asked in pair.source_dates:
        match = next((d for d in given if d.same(asked)), None) or _partly(asked, given)
        if match is not None:
            yield from _year(asked, match, pair)
            continue
        said = pair.source[asked.start : asked.end]
        wrong = _wrong(asked, [d for d in given if not any(d.same(s) for s in pair.source_dates)])
        if wrong is not None:
            yield Fault(f"the source says {said}", wrong.start, wrong.end, asked.start, asked.end)
        elif not _in_other_form(asked, pair):
            severity = "error" if asked.day else "warning"
            yield Fault(f"{said} is missing", 0, 0, asked.start, asked.end, severity)


def _partly(asked: Date, given: Sequence[Date]) -> Date | None:
    """A month without a day is in any date of the month."""
    if asked.day:
        return None
    years = (d for d in given if not asked.year or not d.year or d.year == asked.year)
    return next((d for d in years if d.month == asked.month), None)


def _year(asked: Date, match: Date, pair: Pair) -> Iterator[Fault]:
    """A date without its year has it elsewhere in the sentence, or it is lost."""
    if not asked.year or match.year:
        return
    if asked.year in {r for amount in pair.amounts for r in amount.readings}:
        return
    if any(d.year == asked.year for d in pair.dates):
        return
    spans = (match.start, match.end, asked.start, asked.end)
    yield Fault(f"the year {asked.year} is missing", *spans)


def _wrong(asked: Date, given: Sequence[Date]) -> Date | None:
    """The date that most likely stands for another."""
    alike = [d for d in given if d.month == asked.month or (d.day and d.day == asked.day)]
    return (alike or list(given) or [None])[0]  # type: ignore[list-item]


def _in_other_form(asked: Date, pair: Pair) -> bool:
    """Whether the day and the year stand apart, as in `26-го числа того же месяца`."""
    said: set[Number | str] = {r for amount in pair.amounts for r in amount.readings}
    if not asked.day:
        return asked.year in said if asked.year else _ambiguous_month(asked, pair)
    return asked.day in said and any(d.month == asked.month for d in pair.dates)


def _ambiguous_month(asked: Date, pair: Pair) -> bool:
    said = pair.source[asked.start : asked.end]
    return len(said) < _SHORT or said.lower() in ("may", "march", "august")


@check("error", on="y", only="az he ru")
def weekday(pair: Pair) -> Iterator[Fault]:
    """The days of the week are those of the source.

    Why: readers plan by them. Hebrew counts from Sunday: יום ראשון is not Monday.

    PASS he: On Sunday | ביום ראשון
    PASS ru: on Wednesday | в среду
    FAIL he: On Monday | ב⟦יום ראשון⟧
    FAIL az: on Thursday | ⟦çərşənbə⟧ günü
    """
    if pair.language is None or pair.source_language is None:
        return
    if _ENGLISH_DAY.search(pair.seen_source) is None:
        return
    asked = weekdays(pair.seen_source, pair.source_language)
    given = weekdays(pair.seen, pair.language)
    said = {day for day, _, _ in given}
    spare = [hit for hit in given if hit[0] not in {day for day, _, _ in asked}]
    # az bazar is a market too
    spare.sort(key=lambda hit: pair.seen[hit[1] : hit[2]].lower() in pair.language.weak)  # type: ignore[union-attr]
    for day, start, end in asked:
        if day in said:
            continue
        name = pair.source[start:end]
        if spare:
            wrong = spare.pop(0)
            yield Fault(f"the source says {name}", wrong[1], wrong[2], start, end)
        else:
            yield Fault(f"{name} is missing", 0, 0, start, end, "info")
