"""Numbers by value, their style, and the endings of ordinals."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import Any

from dragoman.checks.families.measured import converted, other_half
from dragoman.checks.pair import Fault, Pair, check
from dragoman.quantities import Amount, fractions
from dragoman.quantities.amounts import gematria
from dragoman.quantities.numerals import Number


@check("error", when="counts")
def number(pair: Pair) -> Iterator[Fault]:
    """Every number of the source is in the target by value, and no other number is.

    Why: a wrong number is the costliest error in news. Numbers may be written in words, with a
    scale word, as a decade, in Roman or Hebrew letters, and a measure in other units; dates are
    compared as dates.

    PASS ru: more than 1,000,000 people | более 1 000 000 человек
    PASS az: 1.5 million | 1,5 milyon
    PASS he: Psalm 23:4 | תהילים כ״ג, ד׳
    PASS he: in the 1980s | בשנות ה-80
    PASS ru: It is 200 miles away. | Это в 322 км отсюда.
    PASS ru: It took two decades. | На это ушло 20 лет.
    FAIL ru: It is 200 miles away. | Это в ⟦230 км⟧ отсюда.
    FAIL ru: He came at 6:40 a.m. | Он пришёл в ⟦6:40 вечера⟧.
    FAIL ru: 1.5 million | ⟦15 миллионов⟧
    FAIL az: 613 people were killed | ⟦631⟧ nəfər öldürülüb
    FAIL he: 1,200 people | אנשים רבים
    FAIL az: two thirds of the land | torpağın ⟦üçdə biri⟧
    FAIL ru: chapter IX | глава ⟦VIII⟧
    """
    yield from other_half(pair)
    measured = converted(pair)
    yield from measured.faults
    if not _may_differ(pair):
        return
    asked, given = _without_times(pair)
    asked, given = _unmatched(
        _with_spans([amount for amount in asked if amount.start not in measured.source], pair),
        [amount for amount in given if amount.start not in measured.target],
    )
    parts = _parts_of_dates(pair) | _in_letters(pair)
    if parts:
        asked = [a for a in asked if parts.isdisjoint(a.readings)]
        given = [g for g in given if parts.isdisjoint(g.readings)]
    missing = [a for a in asked if a.digits and not a.weak and not _may_be_spelt(a, pair)]
    extra = [g for g in given if g.digits and not g.weak]
    spelt, other = _spelt(asked), _spelt(given)
    letters = [g for g in given if not g.digits and g.weak and _NUMERAL.fullmatch(_said(g, pair))]
    spare = [_Places(extra), _Places(other), _Places(letters)]
    for amount in missing:
        places = next((those for those in spare if those), None)
        instead = places.nearest(amount) if places else None
        if instead and places is spare[0]:
            places.drop(instead)
        said = pair.source[amount.start : amount.end]
        if instead:
            yield Fault(
                f"the source says {said}", instead.start, instead.end, amount.start, amount.end
            )
        else:
            yield Fault(f"{said} is missing", 0, 0, amount.start, amount.end)
    single = bool(spare[0]) and _says_one(pair)
    centuries = {
        r // 100 + 1
        for amount in pair.source_amounts
        for r in amount.readings
        if isinstance(r, int) and 1000 < r < 2100
    }
    for amount in spare[0].amounts:
        if not centuries.isdisjoint(amount.readings):
            continue  # the 1970s, שנות ה־70 של המאה ה־20
        if single and 1 in amount.readings:
            continue  # a week, 1 həftə
        instead = spelt.pop(0) if spelt else None
        said = pair.target[amount.start : amount.end]
        if instead:
            word = pair.source[instead.start : instead.end]
            yield Fault(
                f"the source says {word}", amount.start, amount.end, instead.start, instead.end
            )
        else:
            message = f"{said} is not in the source"
            yield Fault(message, amount.start, amount.end, severity="warning")
    if not missing:
        yield from _in_words(asked, given, spelt, other, pair)
    yield from _other_roman(asked, letters, pair)
    yield from _turned(pair)
    yield from _divided(pair)


def _says_one(pair: Pair) -> bool:
    """Whether the source has an article or another word that means one."""
    words = pair.source_numerals.single
    return words is not None and words.search(pair.seen_source) is not None


def _with_spans(amounts: list[Amount], pair: Pair) -> list[Amount]:
    """The numbers of the source, those of spans also in smaller units: two decades, 20 years."""
    numerals = pair.source_numerals
    if numerals.span is None:
        return amounts
    by_end = {amount.end: place for place, amount in enumerate(amounts)}
    result = list(amounts)
    for match in numerals.span.finditer(pair.seen_source):
        factor = numerals.spans[match[0].lower()]
        place = by_end.get(match.start() - 1)
        if place is None:
            result.append(Amount((factor,), *match.span(), digits=False, weak=True))
            continue
        more = [r * factor for r in result[place].readings if not isinstance(r, str)]
        result[place] = result[place]._replace(readings=(*result[place].readings, *more))
    return result


_SPELT = 20
"""The largest number that texts often write in words."""


def _may_be_spelt(amount: Amount, pair: Pair) -> bool:
    """Whether a number may be there without figures: one o'clock, and all where number words are unknown."""
    value = amount.readings[0]
    if value == 1 and (one := pair.language.section("dates").get("day_halves", {}).get("one")):
        return re.search(one, pair.small) is not None
    if pair.numerals.words or isinstance(value, str):
        return False
    return 0 <= value <= _SPELT or (value % 100 == 0 and amount.scale > 1)


_ROMAN = re.compile(r"[IVXLC]{2,12}")


def _other_roman(asked: list[Amount], given: list[Amount], pair: Pair) -> Iterator[Fault]:
    """Faults of Roman numerals that were replaced by others: chapter IX by VIII."""
    wanted = [a for a in asked if _ROMAN.fullmatch(pair.source[a.start : a.end])]
    for amount, instead in zip(wanted, given, strict=False):
        said = pair.source[amount.start : amount.end]
        spans = (instead.start, instead.end, amount.start, amount.end)
        yield Fault(f"the source says {said}", *spans, severity="warning")


_NUMERAL = re.compile(r"[IVXLC]+|[ובלהמ]?-?[א-ת]{1,4}[׳״'\"][א-ת]?")


def _said(amount: Amount, pair: Pair) -> str:
    return pair.target[amount.start : amount.end]


def _divided(pair: Pair) -> Iterator[Fault]:
    """Faults of fractions in words that were replaced by others: two thirds by one third."""
    asked = fractions(pair.source_numerals.lower(pair.seen_source), pair.source_numerals)
    given = fractions(pair.small, pair.numerals) if asked else []
    said = {round(f.value, 3) for f in given} | {
        round(r, 3) for a in pair.amounts for r in a.readings if not isinstance(r, str)
    }
    wanted = {round(a.value, 3) for a in asked}
    spare = [f for f in given if round(f.value, 3) not in wanted]
    for fraction in asked:
        if round(fraction.value, 3) not in said and spare:
            wrong = spare.pop(0)
            word = pair.source[fraction.start : fraction.end]
            spans = (wrong.start, wrong.end, fraction.start, fraction.end)
            yield Fault(f"the source says {word}", *spans, severity="warning")


def _spelt(amounts: list[Amount]) -> list[Amount]:
    """Numbers in words, without one and two, which have too many renderings."""
    return [a for a in amounts if not a.digits and not a.weak and a.readings[0] not in (1, 2)]


def _in_words(
    asked: list[Amount], given: list[Amount], spelt: list[Amount], other: list[Amount], pair: Pair
) -> Iterator[Fault]:
    """Faults of number words that were replaced by others; `two` counts on one side only."""
    two_asked = [a for a in asked if not a.digits and not a.weak and a.readings[0] == 2]
    two_given = [g for g in given if not g.digits and g.readings[0] == 2]
    pairs = [*zip(spelt, other or two_given, strict=False)]
    if not spelt:
        pairs += zip(two_asked, other, strict=False)
    for amount, instead in pairs:
        word = pair.source[amount.start : amount.end]
        spans = (instead.start, instead.end, amount.start, amount.end)
        yield Fault(f"the source says {word}", *spans, severity="warning")


_RATIO = re.compile(r"(\d(?<![\d:.,].)\d{0,2}):(\d{1,3})(?![\d:]|[.,]\d)")


def _turned(pair: Pair) -> Iterator[Fault]:
    """A score or a ratio with its two numbers exchanged: 3:1 and 1:3."""
    if ":" not in pair.seen_source or ":" not in pair.seen:
        return
    if pair.numbers.get("scores_turned"):
        return
    said = {match[0] for match in _RATIO.finditer(pair.seen_source)}
    shown: set[str] | None = None
    for match in _RATIO.finditer(pair.seen):
        turned = f"{match[2]}:{match[1]}"
        if match[0] in said or turned not in said:
            continue
        shown = _ratios_in(pair.seen) if shown is None else shown
        if turned not in shown:
            yield Fault(f"the source says {turned}", *match.span())


_COLON = re.compile(r"(\d{1,3}):(?=(\d{1,3}))")


def _ratios_in(text: str) -> set[str]:
    """Every ratio in a text, also those that are part of longer figures: 3:1 in 13:10."""
    return {
        f"{left[-many:]}:{right[:few]}"
        for left, right in set(_COLON.findall(text))
        for many in range(1, len(left) + 1)
        for few in range(1, len(right) + 1)
    }


_CLOCK = re.compile(
    r"(\d(?<![\d.,:].)(?:(?<=[01])\d|(?<=2)[0-4])?)[:.]([0-5]\d)(?![\d%]|[:.,]\d)(?:(\s?p\.?\s?m)|(\s?a\.?\s?m))?",
    re.IGNORECASE,
)


def _without_times(pair: Pair) -> tuple[list[Amount], list[Amount]]:
    """The numbers of both sides without times of day that agree: 7:45 and 7.45, 5:30 p.m. and 17.30."""
    asked, given = pair.source_amounts, pair.amounts
    if ":" not in pair.seen_source and "." not in pair.seen_source:
        return asked, given
    ours = list(_CLOCK.finditer(pair.seen_source))
    theirs: dict[tuple[int, str], list[re.Match[str]]] = defaultdict(list)
    for time in _CLOCK.finditer(pair.seen) if ours else ():
        theirs[int(time[1]), time[2]].append(time)
    said: set[int] = set()
    told: set[int] = set()
    for time in ours:
        hour, minute, afternoon, morning = int(time[1]), time[2], time[3], time[4]
        midnight = theirs.get((hour % 12, minute)) if morning else None
        same = midnight or theirs.get((hour, minute))
        if not same and afternoon:
            same = theirs.get((hour % 12 + 12, minute))
        # 7.45 on both sides is a number, not a time
        if same and not (_pointed(time) and _pointed(same[-1])):
            said.update((time.start(1), time.start(2)))
            told.update((same[-1].start(1), same.pop().start(2)))
    asked = [amount for amount in asked if amount.start not in said]
    return asked, [amount for amount in given if amount.start not in told]


def _pointed(time: re.Match[str]) -> bool:
    return time.string[time.end(1)] == "."


def _may_differ(pair: Pair) -> bool:
    """Whether the sides have different figures, or both have a number word."""
    figures = _FIGURES.findall(pair.seen_source)
    if figures != _FIGURES.findall(pair.seen) or _MINUS.search(pair.seen_source):
        return True
    if _ROMAN.findall(pair.seen_source) != _ROMAN.findall(pair.seen):
        return True
    if not all(map(str.isdecimal, figures)):
        return True  # 1.234 is one number here, another there
    if not pair.numerals.look.says(pair.words):
        return False
    return bool(pair.source_numerals.hits(pair.source_numerals.lower(pair.seen_source)))


def _unmatched(source: list[Amount], target: list[Amount]) -> tuple[list[Amount], list[Amount]]:
    """The numbers of either side that have no counterpart; repetitions need only one."""
    said_target = {r for readings in {a.readings for a in target} for r in readings}
    said_source = {r for readings in {a.readings for a in source} for r in readings}
    return _lacking(source, said_target), _lacking(target, said_source)


def _lacking(amounts: list[Amount], said: set[Number | str]) -> list[Amount]:
    """The amounts that the other side does not have, either whole or in parts."""
    odd = [amount for amount in amounts if said.isdisjoint(amount.readings)]
    halves = any(isinstance(r, float) and r % 1 == 0.5 for r in said) if odd else False
    return [amount for amount in odd if not _apart(amount, said, halves)]


def _apart(amount: Amount, said: set[Number | str], halves: bool) -> bool:
    """Whether the other side has a number in separate parts: `3,000` as 3 and 1000, 0 of 17:00."""
    value = amount.readings[0]
    if value == 0:
        return True
    if isinstance(value, int) and amount.scale > 1 and value % amount.scale == 0:
        return value // amount.scale in said and amount.scale in said
    if isinstance(value, float) and value % 1 == 0.5:  # iki saat yarım, שלוש שנים וחצי
        return halves and value - 0.5 in said
    if isinstance(value, str):
        return all(int(part) in said for part in re.findall(r"\d{1,30}", value))
    return False


def _parts_of_dates(pair: Pair) -> set[Number | str]:
    """Days and years of dates on both sides, which the date check compares."""
    found: set[Number | str] = set()
    for date in (*pair.source_dates, *pair.dates):
        found |= {date.day, date.year, date.year % 100}
    return found - {0}


_LETTERS = re.compile(
    r"[א-ת](?<![א-ת׳״\"'].)[א-ת]{0,2}(?:[׳']|(?<=[א-ת])[״\"][א-ת])?(?![א-ת׳״\"'])"
)


def _in_letters(pair: Pair) -> set[Number | str]:
    """Chapter and verse that a Hebrew target has in plain letters: `תהלים כג ד` for 23:4."""
    found: set[Number | str] = set()
    hebrew = pair.numbers.get("letter_numerals") == "hebrew"
    if not hebrew or ":" not in pair.seen_source:
        return found
    ratios = list(_RATIO.finditer(pair.seen_source))
    said = set(map(gematria, set(_LETTERS.findall(pair.seen)))) if ratios else set()
    for match in ratios:
        chapter, verse = int(match[1]), int(match[2])
        if {chapter, verse} <= said:
            found |= {chapter, verse}
    return found


class _Places:
    """Numbers in the order of their places, to look up the nearest to a place."""

    def __init__(self, amounts: list[Amount]) -> None:
        self.amounts = amounts
        self._starts = [amount.start for amount in amounts]

    def __bool__(self) -> bool:
        return bool(self.amounts)

    def _at(self, start: int) -> int:
        """The index of the number nearest to a place; of two as near, the one before it."""
        after = bisect_left(self._starts, start)
        if after == 0:
            return 0
        before = bisect_left(self._starts, self._starts[after - 1])
        if after == len(self._starts):
            return before
        nearer = start - self._starts[before] <= self._starts[after] - start
        return before if nearer else after

    def nearest(self, amount: Amount) -> Amount:
        return self.amounts[self._at(amount.start)]

    def drop(self, amount: Amount) -> None:
        at = self._at(amount.start)
        del self.amounts[at], self._starts[at]


_MINUS = re.compile(r"[-−–](?<![^\s(“„«\"].)\d")
_FIGURES = re.compile(r"[\d½¼¾⅓⅔](?:(?<=\d)\d*(?:[.,:/’'\u00a0\u202f\u2009 -]\d+)*)?")


@check("info", needs="numbers.style", target=r"\d")
def number_style(pair: Pair) -> Iterator[Fault]:
    """Numbers are written with the separators of the target's language.

    Why: 3.5 is read by a Russian as a date or a section. Values are compared elsewhere.

    PASS ru: 3.5 percent | 3,5 %
    FAIL ru: 3.5 percent | ⟦3.5⟧ %
    FAIL az: 1,000,000 | ⟦1,000,000⟧
    """
    rules = pair.numbers["style"]
    for match in re.finditer(rules["wrong"], pair.seen):
        yield Fault(rules["usual"], *match.span())


@check("warning", where="numbers.figure_endings", target=r"\d")
def ordinal(pair: Pair) -> Iterator[Fault]:
    """The ending of an ordinal in figures is the right one.

    Why: az -cı -ci -cu -cü follow the last numeral spoken; ru has one letter, or two after a
    consonant (34-я, 34-го).

    PASS az: 34th, 2000, 1990 | 34-cü, 2000-ci il, 1990-cı
    PASS ru: the 34th anniversary | 34-я годовщина
    FAIL az: 34th | ⟦34-cı⟧
    FAIL az: 2000 | ⟦2000-cu⟧ il
    FAIL ru: the 34th anniversary | ⟦34-ая⟧ годовщина
    """
    rules = pair.numbers["figure_endings"]
    for match in re.finditer(rules["pattern"], pair.seen) if "pattern" in rules else ():
        right = ordinal_ending("".join(filter(str.isdecimal, match[1])), rules)
        if match[2] != right:
            fix = f"{match[1]}-{right}"
            yield Fault(f"the ending is -{right}", match.start(), match.end(2), fix=fix)
    for match in re.finditer(rules["wrong"], pair.seen) if "wrong" in rules else ():
        start = match.start()
        while start > 0 and pair.seen[start - 1].isdigit():
            start -= 1
        yield Fault(rules["usual"], start, match.end())


def ordinal_ending(digits: str, rules: Mapping[str, Any]) -> str:
    """The ending of an ordinal in figures, by the last numeral spoken.

    >>> from dragoman.languages.language import of
    >>> rules = of("az").section("numbers")["figure_endings"]
    >>> [ordinal_ending(n, rules) for n in ("34", "1990", "2000", "1900", "6", "0")]
    ['cü', 'cı', 'ci', 'cü', 'cı', 'cı']
    """
    bare = digits.rstrip("0")
    zeros = len(digits) - len(bare)
    if not bare:
        return str(rules["zero"])
    if zeros == 0:
        return str(rules["ones"][bare[-1]])
    if zeros == 1:
        return str(rules["tens"][bare[-1]])
    return str(rules["zeros"].get(str(zeros), rules["round"]))
