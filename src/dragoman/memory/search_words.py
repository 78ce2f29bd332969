"""The words of a text as a memory finds them, and which of them to look for."""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Mapping

# Marks stand inside words; languages without blanks give a word a character.
_MARKS = "\u0300-\u036f\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u064b-\u0652\u0670"
_UNPARTED = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\U00020000-\U0003ffff"
_WORD = re.compile(rf"[{_UNPARTED}]|[^\W_{_UNPARTED}](?:[^\W_{_UNPARTED}]|[{_MARKS}])*")
_POINTS = re.compile("[\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u064b-\u0652\u0670]")
MOST_WORDS = 8
"""Words that are looked for."""
_LONGEST = 60
"""Characters of a word that count; an index cannot hold what is no word any more."""
_FEW = 400
"""Variants that a search should bring, as far as frequencies tell."""
_MANY = 2000
"""More than these it must not bring; then the commonest words are left out."""
_LEAST_GROUP = 2
"""Words of a group: one of them has to be there, so a sentence may lack the other."""


def words(text: str) -> list[str]:
    """The words of a text in small letters; points of Hebrew and Arabic vowels are left out.

    >>> words("Bakı'da, 12 km — שָׁלוֹם")
    ['bakı', 'da', '12', 'km', 'שלום']
    """
    if not text.isascii():
        text = _POINTS.sub("", unicodedata.normalize("NFC", text))
    return [word.lower() for word in _WORD.findall(text)]


def terms(language: str, text: str) -> list[str]:
    """The words of a text, each once, with the language before it, as stores index them.

    >>> terms("en", "No, no!")
    ['en_no']
    """
    return [f"{language}_{word}" for word in dict.fromkeys(w[:_LONGEST] for w in words(text))]


def everything(language: str) -> str:
    """The term that counts all variants of a language."""
    return f"{language}_"


def groups(frequencies: Mapping[str, int], size: int) -> list[list[str]]:
    """Groups of a text's rarest terms: what is like the text has a term of every group.

    A sentence that shares seven of ten letters with another shares most of its words, and the
    rare ones among them tell it apart. Terms are dealt out to the groups in turn, so that each has
    rare ones; the commoner the words, the more groups, until few variants are left.

    Args:
        frequencies: in how many variants each term of the text is.
        size: how many variants there are.

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
    """How many variants have a term of every group, if words came independently."""
    share = 1.0
    for group in _dealt(chosen, count):
        share *= 1 - math.prod(1 - min(1.0, frequencies[term] / max(size, 1)) for term in group)
    return share * size
