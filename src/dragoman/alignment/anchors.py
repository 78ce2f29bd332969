"""Anchors: what a sentence and its translation have in common, such as numbers, dates, names, addresses."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from dragoman.languages import language as languages
from dragoman.languages.scripts import CONSONANTS
from dragoman.quantities import amounts, dates, numerals

_WORD = re.compile(r"[^\W\d_]+(?:[’'׳‘`״”“\"][^\W\d_]+)*")
_ADDRESS = re.compile(r"(?:https?://|www\.)[^\s<>()\[\]]+|[\w.+-]{1,64}@[\w.-]{3,64}")
_CODE = re.compile(r"`([^`]+)`")
_LEAST_CLASSES = 2
_SHORT = 2
_COGNATE = 5
"""Letters that cognates share at their beginning: `nation`, `Nation`."""
_LATIN = str.maketrans(
    {"ı": "i", "ə": "e", "ß": "ss", "ø": "o", "ł": "l", "đ": "d", "’": "", "'": ""}
)


class Sentence(NamedTuple):
    """A sentence and its place in the document."""

    text: str
    block: int = 0
    """Number of its block."""
    kind: str = ""
    """Kind of the block, such as `heading`; only compared between the two sides."""


Key = tuple[str, object]


def anchors(text: str, lang: str) -> frozenset[Key]:
    """The anchors of a sentence, as keys that do not depend on the language.

    >>> sorted(anchors("In 1992 Mehriban left Baku?", "en") & anchors("1992-ci ildə Mehriban Bakıdan getdimi?", "az"), key=str)
    [('cognate', 'mehri'), ('mark', '?'), ('name', 'BK'), ('name', 'MRBN'), ('number', 1992), ('word', 'mehriban')]
    """
    return frozenset(_anchors(text, lang))


def _anchors(text: str, lang: str) -> Iterator[Key]:
    tables = numerals(lang)
    for mark in "?!":
        if mark in text:
            yield "mark", mark
    for address in _ADDRESS.findall(text):
        yield "address", address.rstrip(".,;:!?")
    for code in _CODE.findall(text):
        yield "code", code
    for date in dates(text, tables):
        yield "date", (date.day, date.month)
        if date.year:
            yield "number", date.year
    for amount in amounts(text, tables):
        if not amount.weak:
            yield "number", amount.readings[0]
    yield from _names(text, lang)


def _names(text: str, lang: str) -> Iterator[Key]:
    """Anchors of names, by their consonants; of all words if the language has no capitals."""
    language = languages.of(lang)
    for match in _WORD.finditer(text):
        word = match[0]
        if not language.cased:
            for skeleton in _variants(word, lang):
                yield "name", skeleton
        elif word[0].isupper() and len(word) > 2:
            if language.invariable_names:
                skeleton = consonants(word, lang)
                if len(skeleton) >= _LEAST_CLASSES:
                    yield "name", skeleton
            else:
                for skeleton in _variants(word, lang):
                    yield "name", skeleton
        if len(word) > _SHORT and (latin := _folded(word)):
            if word[0].isupper():
                yield "word", latin
            if len(latin) > _COGNATE:
                yield "cognate", latin[:_COGNATE]


@lru_cache(maxsize=50_000)
def _folded(word: str) -> str:
    """A word in lower-case ASCII letters; empty if it is not in Latin script.

    >>> _folded("Zürich"), _folded("Bakı"), _folded("Баку")
    ('zurich', 'baki', '')
    """
    small = word.replace("İ", "i").lower().translate(_LATIN)
    bare = "".join(c for c in unicodedata.normalize("NFD", small) if not unicodedata.combining(c))
    return bare if bare.isascii() else ""


def _variants(word: str, lang: str) -> Iterator[str]:
    """The consonants of a word with and without its ending, and without a clitic."""
    full = consonants(word, lang)
    forms = {full, full[:-1], full[:-2]}
    if word[0] in languages.of(lang).clitics:
        rest = consonants(word[1:], lang)
        forms |= {rest, rest[:-1]}
    yield from sorted(form for form in forms if len(form) >= _LEAST_CLASSES)


@lru_cache(maxsize=50_000)
def consonants(word: str, lang: str) -> str:
    """The sound classes of a word's consonants, by which names are compared across scripts.

    >>> [consonants(word, lang) for word, lang in (("Karabakh", "en"), ("Карабах", "ru"), ("Qarabağ", "az"))]
    ['KRB', 'KRB', 'KRBG']
    """
    language = languages.of(lang)
    small = word[:64].replace("İ", "i").lower()
    if language.genitive is not None:
        small = language.genitive.sub("", small)
    for letters, sound in language.sounds:
        small = small.replace(letters, sound)
    out = ""
    for char in small:
        kind = CONSONANTS.get(char, "")
        if kind and not out.endswith(kind):
            out += kind
    return out


_COMMON = 2
_WITH_CLITIC = 4
"""A word longer than this may begin with a clitic."""


@lru_cache(maxsize=100_000)
def stem(word: str, lang: str) -> str:
    """The beginning of a word, which inflection leaves unchanged, without a clitic."""
    small = word.lower()
    language = languages.of(lang)
    if len(small) > _WITH_CLITIC and small[0] in language.clitics:
        small = small[1:]
    return small[: language.stem]


def stems(text: str, lang: str) -> frozenset[str]:
    """The stems of a sentence's words of more than two letters.

    >>> sorted(stems("О Ходжалинской резне", "ru"))
    ['резне', 'ходжа']
    """
    return frozenset(stem(word, lang) for word in _WORD.findall(text) if len(word) > _COMMON)
