"""Segmentation rules of a language, read from the section `sentences` of its file."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from dragoman.languages import language as languages


class Rules(NamedTuple):
    """The segmentation rules of one language; every list holds words as they are written."""

    cased: bool = True
    """Whether sentences begin with a capital in this language's script."""
    ordinals: bool = False
    """Whether a point after a number of one or two digits makes it an ordinal: `18. yüzyıl`, `II. Murat`."""
    small: bool = False
    """Whether a sentence may begin with a small letter, as in chats; a text's setting, not a language's."""
    never_ends: frozenset[str] = frozenset()
    """Abbreviations always followed by more: `Dr.`, `e.g.`, `ул.`"""
    before_number: frozenset[str] = frozenset()
    """Abbreviations that continue a sentence only before a number: `Oct. 7`, `p. 12`, `рис. 3`."""
    may_end: frozenset[str] = frozenset()
    """Abbreviations that end a sentence only before a starter or an opening quotation."""
    words: frozenset[str] = frozenset()
    """Abbreviations that are words too: they go on only at the head or after a preposition, `в сел. Ивановка`."""
    prepositions: frozenset[str] = frozenset()
    """What is before an abbreviation of `words`, and hardly before the word at the end of a sentence."""
    after_comma: frozenset[str] = frozenset()
    """Places that end a sentence before any capital where a comma stands before: `Chester, Pa.`"""
    after_number: frozenset[str] = frozenset()
    """Units: they end a sentence unless capitals of up to four letters or a lesser unit follow."""
    clock: frozenset[str] = frozenset()
    """Halves of the day: they end a sentence unless a word of `zones` or `… time` follows."""
    zones: frozenset[str] = frozenset()
    """Capitalised words that continue a time of the day: `7 p.m. GMT`, `9 a.m. Monday`."""
    year: frozenset[str] = frozenset()
    """Words for year and century that end a sentence only after a number: `1992 г.`"""
    phrases_end: frozenset[str] = frozenset()
    """Abbreviations of several words that end a sentence where a capital follows: `и т. д.`"""
    phrases_never: frozenset[str] = frozenset()
    """Abbreviations of several words that never do: `т. е.`"""
    initials: frozenset[str] = frozenset()
    """Initials of more than one letter: `Дж.`, `Yu.`"""
    clitics: frozenset[str] = frozenset()
    """Words of one letter that are written together with the next word, as in Hebrew."""
    short_words: frozenset[str] = frozenset()
    """Words that may be taken for initials and end sentences all the same: `я.`"""
    speakers: frozenset[str] = frozenset()
    """Capitalised words that go on after a quotation before a verb of `reporting`: `“Why?” I asked.`"""
    weekdays: frozenset[str] = frozenset()
    """Words after which a single letter is a name of its own and may end a sentence."""
    adverbials: frozenset[str] = frozenset()
    """Words that begin a phrase of time or place; at the head it is no sentence: `В 1992 г. Россия`."""
    verb_ends: frozenset[str] = frozenset()
    """Ends of words that make such a phrase a sentence after all: `В 1992 г. ушёл`."""
    starters: frozenset[str] = frozenset()
    """Words that begin sentences and are capitalised for no other reason."""
    reporting: frozenset[str] = frozenset()
    """Verbs after a quotation ending in `?` or `!` that go on with the sentence."""

    def extended(self, additions: Mapping[str, Sequence[str]]) -> Rules:
        """These rules with more words; keys are the names of the lists."""
        more = {
            name: getattr(self, name) | _words(name, words) for name, words in additions.items()
        }
        return self._replace(**more)


_FLAGS = ("cased", "ordinals", "small", "clitics")
_AS_WRITTEN = (
    "phrases_end", "phrases_never", "initials", "short_words", "speakers", "weekdays", "reporting", "zones", "adverbials",
    "prepositions",
)  # fmt: skip


def _words(name: str, words: Sequence[str]) -> frozenset[str]:
    """Words without their last point; abbreviations in small letters also match capitalised.

    A language's file has them in one string, separated by spaces, if no word has a space inside.
    """
    words = words.split() if isinstance(words, str) else words
    if name in ("starters", "verb_ends"):
        return frozenset(words)
    bare = {" ".join(w.removesuffix(".").split()) for w in words}
    if name not in _AS_WRITTEN:
        bare |= {w[0].upper() + w[1:] for w in bare if w[:1].islower()}
    return frozenset(bare)


def load(language: str) -> Rules:
    """The rules of a language (BCP 47 tag; its first subtag counts).

    A language without rules of its own gets the general ones: initials, case and quotes.
    """
    known = languages.of(language)
    data = known.section("sentences")
    lists: dict[str, Any] = {
        key: _words(key, words) for key, words in data.items() if key not in _FLAGS
    }
    cased, ordinals = bool(data.get("cased", known.cased)), bool(data.get("ordinals", False))
    return Rules(cased, ordinals, clitics=known.clitics, **lists)
