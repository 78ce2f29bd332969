"""The words by which a memory is searched."""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Mapping

# Combining marks are part of words; in scripts without spaces each character is a word.
_MARKS = "\u0300-\u036f\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u064b-\u0652\u0670"
_UNPARTED = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\U00020000-\U0003ffff"
_WORD = re.compile(rf"[{_UNPARTED}]|[^\W_{_UNPARTED}](?:[^\W_{_UNPARTED}]|[{_MARKS}])*")
_POINTS = re.compile("[\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u064b-\u0652\u0670]")
MOST_WORDS = 8
"""Maximum number of words to search for."""
_LONGEST = 60
"""Maximum length of an indexed word; index entries are limited in size."""
_FEW = 400
"""Desired maximum of expected variants in a search."""
_MANY = 2000
"""Hard maximum of expected variants; the most frequent words are dropped to stay below it."""
_LEAST_GROUP = 2
"""Minimum number of words in a group; a variant needs only one of them."""


def words(text: str) -> list[str]:
    """The words of a text in lower case, without vowel points of Hebrew and Arabic.

    >>> words("Bakı'da, 12 km — שָׁלוֹם")
    ['bakı', 'da', '12', 'km', 'שלום']
    """
    if not text.isascii():
        text = _POINTS.sub("", unicodedata.normalize("NFC", text))
    return [word.lower() for word in _WORD.findall(text)]


def terms(language: str, text: str) -> list[str]:
    """The words of a text without duplicates, prefixed with the language, as in the index.

    >>> terms("en", "No, no!")
    ['en_no']
    """
    return [f"{language}_{word}" for word in dict.fromkeys(w[:_LONGEST] for w in words(text))]


def everything(language: str) -> str:
    """The term that all variants of a language have."""
    return f"{language}_"


def groups(frequencies: Mapping[str, int], size: int) -> list[list[str]]:
    """Split a text's rarest terms into groups; a similar text should have a term of every group.

    Sentences that share seven of ten letters share most of their words, and the rare ones select
    them best. Terms are distributed in turn, so that each group has rare ones; the more frequent
    the words, the more groups, until few variants are expected.

    Args:
        frequencies: term of the text to its number of variants.
        size: the number of variants of the language.

    >>> groups({"a": 1, "b": 2}, 100)
    [['a', 'b']]
    >>> groups(dict.fromkeys("abcdef", 800), 10_000)
    [['a', 'd'], ['b', 'e'], ['c', 'f']]
    """
    chosen = sorted(frequencies, key=lambda term: (frequencies[term], term))[:MOST_WORDS]
    count = 1
    while (
        _expected(chosen, count, frequencies, size) > _FEW
        and len(chosen) // (count + 1) >= _LEAST_GROUP
    ):
        count += 1
    while _expected(chosen, count, frequencies, size) > _MANY and len(chosen) > max(count, 2):
        chosen.pop()
    return [found for found in _dealt(chosen, count) if found]


def _dealt(chosen: list[str], count: int) -> list[list[str]]:
    return [chosen[first::count] for first in range(count)]


def _expected(chosen: list[str], count: int, frequencies: Mapping[str, int], size: int) -> float:
    """The expected number of variants with a term of every group, if words were independent."""
    share = 1.0
    for group in _dealt(chosen, count):
        share *= 1 - math.prod(1 - min(1.0, frequencies[term] / max(size, 1)) for term in group)
    return share * size
