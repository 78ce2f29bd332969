"""Pseudo-translation, made on this machine: real letters of the language, no real words.

It shows before any translation is there whether pages have room, letters and directions enough:
Azerbaijani with ə and both pairs of i, Russian in Cyrillic, Hebrew right to left with its final
letters, everything else in accented Latin. Latin and Cyrillic texts grow as translations do.
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
"""The language whose letters stand for those of others that are written from right to left."""


class Letters(NamedTuple):
    """The letters that stand for English ones in a language."""

    table: Mapping[int, Any]
    finals: Mapping[int, Any]
    """Forms of letters at the end of words."""
    cased: bool
    vowels: frozenset[str]
    """Letters that are doubled to make words longer."""
    grows: float
    """How much longer than English such texts are, about, in parts of one."""


@lru_cache
def _letters(locale: str) -> Letters:
    language = languages.of(locale)
    said = language.section("pseudo")
    if not said and locales.direction(locale) == "rtl":
        language = languages.of(_RIGHT_TO_LEFT)
        said = language.section("pseudo")
    said = said or _ACCENTED
    return Letters(
        str.maketrans(said["from"], said["to"]),
        str.maketrans(dict(language.letters.get("finals", {}))),
        any(char.isupper() for char in said["from"]),
        frozenset(said.get("vowels", "")),
        said["grows"],
    )


_WORD = re.compile(r"[^\W\d_]+")


def code(locale: str) -> str:
    return locale


def shapes(target: str) -> tuple[Shape, Shape]:
    return TAGS, BRACKETS


def translate(batch: Batch, send: Send) -> list[str]:
    """Each text in the letters of the language, what is protected as it was."""
    return [_pseudo(item.text, batch.target) for item in batch.items]


def _pseudo(text: str, locale: str) -> str:
    out, done = [], 0
    for match in TAGS.pattern.finditer(text):
        out += [_words(text[done : match.start()], locale), match[0]]
        done = match.end()
    return "".join([*out, _words(text[done:], locale)])


def _words(text: str, locale: str) -> str:
    plain = TAGS.read(text)
    return TAGS.written(_WORD.sub(lambda match: word(match[0], locale), plain))


def word(said: str, locale: str) -> str:
    """A word in the letters of a language.

    >>> word("Industry", "az"), word("Industry", "he"), word("Industry", "ru")
    ('İindüüştrı', 'ינדטסתרק', 'Ииндуустры')
    """
    letters = _letters(locale)
    made = (said if letters.cased else said.lower()).translate(letters.table)
    if len(made) > 1:
        made = made[:-1] + made[-1].translate(letters.finals)
    return _grown(made, round(len(said) * letters.grows), letters.vowels)


def _grown(said: str, more: int, vowels: frozenset[str]) -> str:
    """The word with so many of its vowels said twice, as far as there are."""
    out, capitals = [], len(said) > 1 and said.isupper()
    for char in said:
        out.append(char)
        small = {"I": "ı", "İ": "i"}.get(char, char.lower())
        if more > 0 and small in vowels:
            out.append(char if capitals else small)
            more -= 1
    return "".join(out)
