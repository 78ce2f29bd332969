"""How many, said roughly: hundreds, tens of thousands, millions."""

from __future__ import annotations

import re
from collections.abc import Iterator

from dragoman.checks.pair import Fault, Pair, check

# Each word with its power of ten; two side by side multiply: tens of thousands.
_WORDS = {
    "en": {1: "tens|dozens", 2: "hundreds", 3: "thousands", 6: "millions", 9: "billions"},
    "az": {1: "on(?= min)|onlarla|onlarca", 2: "yüz(?= min)|yüzlərlə|yüzlərcə", 3: "minlərlə|minlərcə",
           6: "milyonlarla|milyonlarca", 9: "milyardlarla"},
    "he": {1: "עשרות", 2: "מאות", 3: "אלפי|אלפים", 6: "מיליוני|מיליונים", 9: "מיליארדי|מיליארדים"},
    "ru": {1: "десятк(?:и|ов|ам|ами|ах)|дюжин(?:ы|ам|ами)?", 2: "сотн(?:и|ям|ями|ях)|сотен",
           3: "тысяч(?:и|ам|ами|ах)?", 6: "миллион(?:ы|ов|ам|ами|ах)", 9: "миллиард(?:ы|ов|ам|ами|ах)"},
}  # fmt: skip
_PREFIX = {"he": "[ובכלמהש]{0,3}"}
_JOINT = re.compile(r"[ \u00a0](?:of )?")
_PATTERNS = {
    lang: re.compile(
        rf"(?<!\w)(?<!\d )(?:{_PREFIX.get(lang, '')})(?:"
        + "|".join(f"(?P<p{power}>{form})" for power, form in words.items())
        + r")(?!\w)"
    )
    for lang, words in _WORDS.items()
}
Rough = tuple[int, int, int]
"""Power of ten, start and end."""


def roughly(text: str, lang: str) -> list[Rough]:
    """The rough numbers of a text in small letters.

    >>> roughly("tens of thousands, and hundreds", "en")
    [(4, 0, 17), (2, 23, 31)]
    """
    found: list[Rough] = []
    for match in _PATTERNS[lang].finditer(text):
        power = int((match.lastgroup or "p0")[1:])
        start, end = match.span()
        if found and _JOINT.fullmatch(text, found[-1][2], start):
            before = found.pop()
            power, start = power + before[0], before[1]
        found.append((power, start, end))
    return found


@check("warning", only="az he ru", when="rough")
def magnitude(pair: Pair) -> Iterator[Fault]:
    """Hundreds stay hundreds, and thousands thousands.

    Why: rough numbers are numbers too, and nobody counts them again.

    PASS ru: tens of thousands of people | десятки тысяч людей
    PASS az: hundreds of houses | yüzlərlə ev
    FAIL ru: hundreds of people | ⟦тысячи⟧ людей
    FAIL he: thousands of people | ⟦מאות⟧ אנשים
    """
    asked, given = roughly(pair.seen_source.lower(), "en"), roughly(pair.small, pair.lang)
    powers = {power for power, _, _ in given}
    wanted = {power for power, _, _ in asked}
    spare = [rough for rough in given if rough[0] not in wanted]
    for power, start, end in asked:
        if power not in powers and spare:
            _, wrong_start, wrong_end = spare.pop(0)
            said = pair.source[start:end]
            yield Fault(f"the source says {said}", wrong_start, wrong_end, start, end)
