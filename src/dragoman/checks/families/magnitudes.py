"""Rough numbers: hundreds, tens of thousands, millions."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from dragoman.checks.pair import Fault, Pair, check
from dragoman.languages import language as languages

_JOINT = re.compile(r"[ \u00a0](?:of )?")
Rough = tuple[int, int, int]
"""Power of ten, start and end."""


@lru_cache
def _pattern(lang: str) -> re.Pattern[str]:
    """A pattern for words for rough numbers, with a group for each power of ten."""
    words = dict(languages.of(lang).section("numbers")["rough"])
    prefix, _ = words.pop("prefix", ""), words.pop("hints", ())
    forms = "|".join(f"(?P<p{power}>{form})" for power, form in words.items())
    return re.compile(rf"(?<!\w)(?<!\d )(?:{prefix})(?:{forms})(?!\w)")


def roughly(text: str, lang: str) -> list[Rough]:
    """The rough numbers of a text in small letters.

    >>> roughly("tens of thousands, and hundreds", "en")
    [(4, 0, 17), (2, 23, 31)]
    """
    found: list[Rough] = []
    for match in _pattern(lang).finditer(text):
        power = int((match.lastgroup or "p0")[1:])
        start, end = match.span()
        if found and _JOINT.fullmatch(text, found[-1][2], start):
            before = found.pop()
            power, start = power + before[0], before[1]
        found.append((power, start, end))
    return found


@check("warning", needs="numbers.rough", when="rough")
def magnitude(pair: Pair) -> Iterator[Fault]:
    """A rough number keeps its power of ten: hundreds stay hundreds, and thousands thousands.

    Why: rough numbers are numbers too, and nobody counts them again.

    PASS ru: tens of thousands of people | десятки тысяч людей
    PASS az: hundreds of houses | yüzlərlə ev
    FAIL ru: hundreds of people | ⟦тысячи⟧ людей
    FAIL he: thousands of people | ⟦מאות⟧ אנשים
    """
    asked, given = (
        roughly(pair.seen_source.lower(), pair.source_lang),
        roughly(pair.small, pair.lang),
    )
    powers = {power for power, _, _ in given}
    wanted = {power for power, _, _ in asked}
    spare = [rough for rough in given if rough[0] not in wanted]
    for power, start, end in asked:
        if power not in powers and spare:
            _, wrong_start, wrong_end = spare.pop(0)
            said = pair.source[start:end]
            yield Fault(f"the source says {said}", wrong_start, wrong_end, start, end)
