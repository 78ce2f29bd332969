"""Negations that a translation has lost."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from dragoman.checks.pair import Fault, Pair, check
from dragoman.languages import language as languages


@lru_cache
def _negates(lang: str) -> re.Pattern[str]:
    """A word, or a part of one, that can carry a negation in a language."""
    return re.compile(languages.of(lang).section("negation")["words"])


@lru_cache
def _clausal(lang: str) -> re.Pattern[str] | None:
    """A word of a source that negates its clause: other languages need a negation for it too."""
    words = languages.of(lang).section("negation").get("clausal")
    return re.compile(words, re.IGNORECASE) if words else None


@lru_cache
def _hints(lang: str) -> frozenset[str]:
    """Words of a source one of which every negated one has."""
    return frozenset(languages.of(lang).section("negation").get("hints", "").split())


_END = re.compile(r"[.!?…]")
_WORD_BEFORE = re.compile(r"[\w,] \Z")


def _in_a_name(found: re.Match[str], pair: Pair) -> bool:
    """Whether what looks like an ending of a verb is in a name inside a sentence: Nakamura."""
    start = found.start()
    while start and pair.seen[start - 1].isalpha():
        start -= 1
    capital = pair.language.cased and pair.seen[start].isupper()
    return capital and _WORD_BEFORE.search(pair.seen, max(0, start - 2), start) is not None


@check("warning", needs="negation.words")
def negation(pair: Pair) -> Iterator[Fault]:
    """A sentence that is negated in the source is negated in the target.

    Why: a lost “not” says the opposite, and reads well. Any word that can carry a negation will do.

    PASS ru: The road was not safe. | Дорога была небезопасной.
    PASS he: He never came back. | הוא לא חזר מעולם.
    PASS az: They did not sell the mill. | Onlar dəyirmanı satmadılar.
    PASS ru: It was not only cold. | Было холодно, и даже очень.
    FAIL ru: The road was not safe. | Дорога была безопасной.
    FAIL he: The road wasn’t safe. | הדרך הייתה בטוחה.
    FAIL az: They did not sell the mill. | Onlar dəyirmanı satdılar.
    """
    hints = _hints(pair.source_lang)
    if hints and hints.isdisjoint(pair.source_tokens):
        return
    pattern = _clausal(pair.source_lang)
    match = pattern.search(pair.seen_source) if pattern is not None else None
    if match is None or not pair.target.strip() or pair.source == pair.target:
        return
    if match[0] in pair.target:
        return  # a name of code: None
    if (mark := _END.search(pair.seen_source, match.end())) and mark[0] == "?":
        return  # a question may be asked either way
    if not any(not _in_a_name(found, pair) for found in _negates(pair.lang).finditer(pair.small)):
        start, end = match.span()
        message = f"the source says “{match[0]}”, and nothing in the target negates"
        yield Fault(message, 0, 0, start, end)
