"""Dates and days of the week."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence

from dragoman.checks.pair import Fault, Pair, check
from dragoman.quantities import Date, weekdays

_FEW = 200
_SHORT = 5
"""Letters of a month's name from where on it is no abbreviation, which languages form differently."""
_ENGLISH_DAY = re.compile(r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)days?\b")


@check("error", when="counts")
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
    by_day: dict[tuple[int, int], list[Date]] = defaultdict(list)
    for given in pair.dates:
        by_day[given.day, given.month].append(given)
    spare: list[Date] | None = None
    for asked in pair.source_dates:
        match = _same(asked, by_day) or _partly(asked, by_day)
        if match is not None:
            yield from _year(asked, match, pair)
            continue
        said = pair.source[asked.start : asked.end]
        if spare is None:
            known = {(d.day, d.month) for d in pair.source_dates}
            spare = [d for d in pair.dates if not _known(d, known, pair)]
        wrong = _wrong(asked, spare)
        if wrong is not None:
            yield Fault(f"the source says {said}", wrong.start, wrong.end, asked.start, asked.end)
        elif not _in_other_form(asked, pair, by_day):
            severity = "error" if asked.day else "warning"
            yield Fault(f"{said} is missing", 0, 0, asked.start, asked.end, severity)


def _same(asked: Date, by_day: dict[tuple[int, int], list[Date]]) -> Date | None:
    return next((d for d in by_day.get((asked.day, asked.month), ()) if d.same(asked)), None)


def _known(given: Date, known: set[tuple[int, int]], pair: Pair) -> bool:
    """Whether a date of the target is one of the source."""
    if (given.day, given.month) not in known:
        return False
    return any(given.same(asked) for asked in pair.source_dates[:_FEW])


def _partly(asked: Date, by_day: dict[tuple[int, int], list[Date]]) -> Date | None:
    """A month without a day is in any date of the month."""
    if asked.day:
        return None
    of_month = (d for day in range(32) for d in by_day.get((day, asked.month), ())[:_FEW])
    return next((d for d in of_month if not asked.year or not d.year or d.year == asked.year), None)


def _year(asked: Date, match: Date, pair: Pair) -> Iterator[Fault]:
    """A date without its year has it elsewhere in the sentence, or it is lost."""
    if not asked.year or match.year:
        return
    if asked.year in pair.values or asked.year in pair.years:
        return
    spans = (match.start, match.end, asked.start, asked.end)
    yield Fault(f"the year {asked.year} is missing", *spans)


def _wrong(asked: Date, given: Sequence[Date]) -> Date | None:
    """The date that most likely stands for another."""
    alike = (d for d in given if d.month == asked.month or (d.day and d.day == asked.day))
    return next(alike, given[0] if given else None)


def _in_other_form(asked: Date, pair: Pair, by_day: dict[tuple[int, int], list[Date]]) -> bool:
    """Whether the day and the year stand apart, as in `26-го числа того же месяца`."""
    if not asked.day:
        return asked.year in pair.values if asked.year else _ambiguous_month(asked, pair)
    of_month = any((day, asked.month) in by_day for day in range(32))
    return asked.day in pair.values and of_month


def _ambiguous_month(asked: Date, pair: Pair) -> bool:
    said = pair.source[asked.start : asked.end]
    return len(said) < _SHORT or said.lower() in ("may", "march", "august")


@check("error", on="[MTWFS]", only="az he ru")
def weekday(pair: Pair) -> Iterator[Fault]:
    """The days of the week are those of the source.

    Why: readers plan by them. Hebrew counts from Sunday: יום ראשון is not Monday.

    PASS he: On Sunday | ביום ראשון
    PASS ru: on Wednesday | в среду
    FAIL he: On Monday | ב⟦יום ראשון⟧
    FAIL az: on Thursday | ⟦çərşənbə⟧ günü
    """
    if "day" not in pair.source or pair.language is None or pair.source_language is None:
        return
    if _ENGLISH_DAY.search(pair.seen_source) is None:
        return
    asked = weekdays(pair.seen_source, pair.source_language)
    given = weekdays(pair.seen, pair.language)
    said = {day for day, _, _ in given}
    wanted = {day for day, _, _ in asked}
    spare = [hit for hit in given if hit[0] not in wanted]
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
