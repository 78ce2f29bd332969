"""What of a sentence survives translation: numbers, dates, names by their consonants, marks, addresses."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from dragoman.quantities import amounts, dates, language

_WORD = re.compile(r"[^\W\d_]+(?:[’'׳‘`״”“\"][^\W\d_]+)*")
_ADDRESS = re.compile(r"(?:https?://|www\.)[^\s<>()\[\]]+|[\w.+-]{1,64}@[\w.-]{3,64}")
_CODE = re.compile(r"`([^`]+)`")
_CLASSES = {
    **dict.fromkeys("bvбвב", "B"),
    **dict.fromkeys("pfпфפף", "P"),
    **dict.fromkeys("kqкקכך", "K"),
    **dict.fromkeys("gjcгжגğ", "G"),
    **dict.fromkeys("szşçсзшщцчסזשצץ", "S"),
    **dict.fromkeys("tтטת", "T"),
    **dict.fromkeys("dдד", "D"),
    **dict.fromkeys("lлל", "L"),
    **dict.fromkeys("mмמם", "M"),
    **dict.fromkeys("nнנן", "N"),
    **dict.fromkeys("rрר", "R"),
}
# Sounds that languages write with several letters, brought to one.
_DIGRAPHS = {
    "en": (("sch", "s"), ("sh", "s"), ("ch", "s"), ("zh", "g"), ("kh", ""), ("gh", "g"), ("ph", "p"), ("th", "t"),
           ("dzh", "g"), ("ck", "k"), ("ce", "se"), ("ci", "si"), ("c", "k"), ("x", "ks"), ("w", "")),
    "ru": (("дж", "г"), ("х", "")),
    "he": (("צ׳", "ש"), ("צ‘", "ש"), ("צ'", "ש"), ("ז׳", "ג"), ("ז‘", "ג"), ("ז'", "ג"), ("ח", "")),
    "az": (("x", ""), ("q", "k")),
}  # fmt: skip
_POSSESSIVE = re.compile(r"[’'‘]s?\Z")
_CLITICS = "בלמהושכ"
_LEAST_CLASSES = 2
_SHORT = 2
_COGNATE = 5
"""Letters at the beginning that words of two languages share when they have one origin: `nation`, `Nation`."""
_LATIN = str.maketrans(
    {"ı": "i", "ə": "e", "ß": "ss", "ø": "o", "ł": "l", "đ": "d", "’": "", "'": ""}
)


class Sentence(NamedTuple):
    """A sentence, and where it stands."""

    text: str
    block: int = 0
    """Number of its block."""
    kind: str = ""
    """What the block is, `heading` or another word; compared between the two sides."""


Key = tuple[str, object]


def anchors(text: str, lang: str) -> frozenset[Key]:
    """What may stand in the sentence's translation too, each as a key that both sides share.

    >>> sorted(anchors("In 1992 Mehriban left Baku?", "en") & anchors("1992-ci ildə Mehriban Bakıdan getdimi?", "az"), key=str)
    [('cognate', 'mehri'), ('mark', '?'), ('name', 'BK'), ('name', 'MRBN'), ('number', 1992), ('word', 'mehriban')]
    """
    return frozenset(_found(text, lang))


def _found(text: str, lang: str) -> Iterator[Key]:
    tables = language(lang)
    for mark in "?!":
        if mark in text:
            yield "mark", mark
    for address in _ADDRESS.findall(text):
        yield "address", address.rstrip(".,;:!?")
    for code in _CODE.findall(text):
        yield "code", code
    if tables is not None:
        for date in dates(text, tables):
            yield "date", (date.day, date.month)
            if date.year:
                yield "number", date.year
        for amount in amounts(text, tables):
            if not amount.weak:
                yield "number", amount.readings[0]
    yield from _names(text, lang)


def _names(text: str, lang: str) -> Iterator[Key]:
    """Consonants of names; of every word where a language has no capitals, or may inflect them."""
    for match in _WORD.finditer(text):
        word = match[0]
        if lang == "he":
            for skeleton in _variants(word, lang):
                yield "name", skeleton
        elif word[0].isupper() and len(word) > 2:
            if lang == "en":
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
    """A word in Latin letters without their marks, small; nothing for a word in another script.

    >>> _folded("Zürich"), _folded("Bakı"), _folded("Баку")
    ('zurich', 'baki', '')
    """
    small = word.replace("İ", "i").lower().translate(_LATIN)
    bare = "".join(c for c in unicodedata.normalize("NFD", small) if not unicodedata.combining(c))
    return bare if bare.isascii() else ""


def _variants(word: str, lang: str) -> Iterator[str]:
    """The consonants of a word, without the ends that inflection adds, and Hebrew prefixes."""
    full = consonants(word, lang)
    forms = {full, full[:-1], full[:-2]}
    if lang == "he" and word[0] in _CLITICS:
        rest = consonants(word[1:], lang)
        forms |= {rest, rest[:-1]}
    yield from sorted(form for form in forms if len(form) >= _LEAST_CLASSES)


@lru_cache(maxsize=50_000)
def consonants(word: str, lang: str) -> str:
    """The classes of a word's consonants: names sound alike in every script.

    >>> [consonants(word, lang) for word, lang in (("Karabakh", "en"), ("Карабах", "ru"), ("Qarabağ", "az"))]
    ['KRB', 'KRB', 'KRBG']
    """
    small = word[:64].replace("İ", "i").lower()
    if lang == "en":
        small = _POSSESSIVE.sub("", small)
    for letters, sound in _DIGRAPHS.get(lang, ()):
        small = small.replace(letters, sound)
    out = ""
    for char in small:
        kind = _CLASSES.get(char, "")
        if kind and not out.endswith(kind):
            out += kind
    return out


_STEM = {"en": 6, "ru": 5, "az": 5, "tr": 5, "he": 4}
_COMMON = 2


@lru_cache(maxsize=100_000)
def stem(word: str, lang: str) -> str:
    """The beginning of a word, which inflection leaves alone; Hebrew without one prefix letter."""
    small = word.lower()
    if lang == "he" and len(small) > 4 and small[0] in _CLITICS:
        small = small[1:]
    return small[: _STEM.get(lang, 6)]


def stems(text: str, lang: str) -> frozenset[str]:
    """The stems of a sentence's words of more than two letters.

    >>> sorted(stems("О Ходжалинской резне", "ru"))
    ['резне', 'ходжа']
    """
    return frozenset(stem(word, lang) for word in _WORD.findall(text) if len(word) > _COMMON)
