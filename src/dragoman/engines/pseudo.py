"""Pseudo-translation, made locally: letters of the language, but no real words.

It shows before translation whether pages have room, fonts and the right direction: Azerbaijani with
ə and both pairs of i, Russian in Cyrillic, Hebrew right to left with final letters, others in
accented Latin. Latin and Cyrillic texts become longer, as translations do.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Any, NamedTuple

from dragoman.engines.exchange import BRACKETS, TAGS, Batch, Send, Shape, Traits
from dragoman.languages import language as languages
from dragoman.languages import locales

TRAITS = Traits(
    name="pseudo",
    about="Pseudo-translation to test pages with, made on this machine",
    items=1000,
)
_ACCENTED: Mapping[str, Any] = {
    "from": "aceinosuyzACEINOSUYZ",
    "to": "àçéïñöšûýžÀÇÉÏÑÖŠÛÝŽ",
    "vowels": "aeiouàéïöû",
    "grows": 0.3,
}
_RIGHT_TO_LEFT = "he"
"""The language whose letters are used for other right-to-left languages."""


class Letters(NamedTuple):
    """The letters that replace English ones in a language."""

    table: Mapping[int, Any]
    finals: Mapping[int, Any]
    """Letters to their forms at the end of words."""
    cased: bool
    vowels: frozenset[str]
    """Letters that are doubled to make words longer."""
    grows: float
    """How much longer than English texts are, as a fraction."""


@lru_cache
def _letters(locale: str) -> Letters:
    language = languages.of(locale)
    section = language.section("pseudo")
    if not section and locales.direction(locale) == "rtl":
        language = languages.of(_RIGHT_TO_LEFT)
        section = language.section("pseudo")
    section = section or _ACCENTED
    return Letters(
        str.maketrans(section["from"], section["to"]),
        str.maketrans(dict(language.letters.get("finals", {}))),
        any(char.isupper() for char in section["from"]),
        frozenset(section.get("vowels", "")),
        section["grows"],
    )


_WORD = re.compile(r"[^\W\d_]+")


def code(locale: str) -> str:
    return locale


def shapes(target: str) -> tuple[Shape, Shape]:
    return TAGS, BRACKETS


def translate(batch: Batch, send: Send) -> list[str]:
    """Each text in letters of the language; placeholders are not changed."""
    return [_pseudo(item.text, batch.target) for item in batch.items]


def _pseudo(text: str, locale: str) -> str:
    parts, end = [], 0
    for match in TAGS.pattern.finditer(text):
        parts += [_words(text[end : match.start()], locale), match[0]]
        end = match.end()
    return "".join([*parts, _words(text[end:], locale)])


def _words(text: str, locale: str) -> str:
    plain = TAGS.read(text)
    return TAGS.written(_WORD.sub(lambda match: word(match[0], locale), plain))


def word(english: str, locale: str) -> str:
    """A word in the letters of a language.

    >>> word("Industry", "az"), word("Industry", "he"), word("Industry", "ru")
    ('İindüüştrı', 'ינדטסתרק', 'Ииндуустры')
    """
    letters = _letters(locale)
    result = (english if letters.cased else english.lower()).translate(letters.table)
    if len(result) > 1:
        result = result[:-1] + result[-1].translate(letters.finals)
    return _grown(result, round(len(english) * letters.grows), letters.vowels)


def _grown(text: str, more: int, vowels: frozenset[str]) -> str:
    """The word with up to `more` of its vowels doubled."""
    characters, capitals = [], len(text) > 1 and text.isupper()
    for char in text:
        characters.append(char)
        small = {"I": "ı", "İ": "i"}.get(char, char.lower())
        if more > 0 and small in vowels:
            characters.append(char if capitals else small)
            more -= 1
    return "".join(characters)
