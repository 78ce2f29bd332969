"""Pseudo-translation, made on this machine: real letters of the language, no real words.

It shows before any translation is there whether pages have room, letters and directions enough:
Azerbaijani with ə and both pairs of i, Russian in Cyrillic, Hebrew right to left with its final
letters, everything else in accented Latin. Latin and Cyrillic texts grow as translations do.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from dragoman.engines.exchange import BRACKETS, TAGS, Batch, Send, Shape, Traits
from dragoman.languages import locales

TRAITS = Traits(
    name="pseudo",
    about="Pseudo-translation to test pages with, made on this machine",
    items=1000,
)
_AZ = {
    **dict(zip("acegosuwyACEGOSUWY", "əçeğöşüvıƏÇEĞÖŞÜVI", strict=True)),
    "I": "İ",
}
_RU = dict(
    zip(
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ",
        "абкдефгхийклмнопярстувшжызАБКДЕФГХИЙКЛМНОПЯРСТУВШЖЫЗ",
        strict=True,
    )
)
_HE = dict(zip("abcdefghijklmnopqrstuvwxyz", "אבגדהופחיזכלמנעצקרסתטששעקז", strict=True))
_ACCENTED = dict(zip("aceinosuyzACEINOSUYZ", "àçéïñöšûýžÀÇÉÏÑÖŠÛÝŽ", strict=True))
_FINAL = str.maketrans("כמנפצ", "ךםןףץ")
_GROWS = {"az": 0.3, "ru": 0.2}
"""How much longer than English such texts are, about, in parts of one."""
_VOWELS = frozenset("əaeiıoöuüаеиоуыàéïöû")
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
    language = locale.replace("_", "-").partition("-")[0]
    if locales.direction(locale) == "rtl":
        return _hebrew(said)
    letters: Mapping[str, str] = {"az": _AZ, "ru": _RU}.get(language, _ACCENTED)
    made = "".join([letters.get(char, char) for char in said])
    return _grown(made, round(len(said) * _GROWS.get(language, 0.3)))


def _hebrew(said: str) -> str:
    made = "".join([_HE.get(char, char) for char in said.lower()])
    return made[:-1] + made[-1:].translate(_FINAL) if len(made) > 1 else made


def _grown(said: str, more: int) -> str:
    """The word with so many of its vowels said twice, as far as there are."""
    out, capitals = [], len(said) > 1 and said.isupper()
    for char in said:
        out.append(char)
        small = {"I": "ı", "İ": "i"}.get(char, char.lower())
        if more > 0 and small in _VOWELS:
            out.append(char if capitals else small)
            more -= 1
    return "".join(out)
