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


_END = re.compile(r"[.!?…]")
_NAME = re.compile(r"(?<=[\w,] )[^\W\d_a-zа-яёəıöüçşğ][^\W\d_]+")
"""A word with a capital inside a sentence."""


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
    pattern = _clausal(pair.source_lang)
    match = pattern.search(pair.seen_source) if pattern is not None else None
    if match is None or not pair.target.strip() or pair.source == pair.target:
        return
    if (mark := _END.search(pair.seen_source, match.end())) and mark[0] == "?":
        return  # a question may be asked either way
    text = pair.small
    if pair.language.cased:
        # names have no endings of verbs: Nakamura
        text = _NAME.sub(lambda name: " " * len(name[0]), pair.seen).lower()
    if _negates(pair.lang).search(text) is None:
        start, end = match.span()
        message = f"the source says “{match[0]}”, and nothing in the target negates"
        yield Fault(message, 0, 0, start, end)
