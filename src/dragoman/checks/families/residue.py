"""Residue: English words that were overlooked in a translation."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from dragoman.checks.pair import Fault, Pair, check
from dragoman.languages import language as languages

_FAR = 80
_NOT_LATIN = re.compile(r"[^A-Za-z '&-]+")
_LATIN_RUN = re.compile(r"[A-Za-z][A-Za-z’']*(?:[ \u00a0&-]+[A-Za-z][A-Za-z’']*)*")
_LATIN_WORD = re.compile(
    r"\b(?<![@./-])(?:[א-ת]{1,2}[-־])?([A-Za-z]{3,}(?:[’'][a-z]+)?)(?![\w@]|\.\w)"
)
_THREE_LATIN = re.compile(r"[A-Za-z]{3}")


class English(NamedTuple):
    """How English words are recognised."""

    words: frozenset[str]
    """The common ones, in their plain form."""
    endings: tuple[str, ...]
    looks: re.Pattern[str]
    """Letters beside each other that hardly another language has."""
    titles: frozenset[str]
    """Words with a capital that are no names."""


@lru_cache(maxsize=1)
def _english() -> English:
    said = languages.of("en").section("source")
    words, titles = (frozenset(said[key].split()) for key in ("words", "titles"))
    return English(words, tuple(said["endings"]), re.compile(said["looks"]), titles)


@lru_cache(maxsize=20_000)
def is_english(word: str) -> bool:
    """Whether a word in small letters is a common English one, in any of its forms.

    >>> is_english("harvests"), is_english("council"), is_english("gettext")
    (True, True, False)
    """
    english = _english()
    return _is_form(word, english.words, english.endings)


@lru_cache(maxsize=20_000)
def is_word(word: str) -> bool:
    """Whether a word in small letters is an English one and no name; it need not be a common one.

    >>> is_word("harvests"), is_word("keyboards"), is_word("whitaker")
    (True, True, False)
    """
    return is_english(word) or _is_form(word, _more_words(), _english().endings)


@lru_cache(maxsize=1)
def _more_words() -> frozenset[str]:
    return frozenset(languages.of("en").section("source")["more_words"].split())


def _is_form(word: str, known: frozenset[str], endings: tuple[str, ...]) -> bool:
    """Whether a word, or what it is without an ending, is among the known ones."""
    if word in known:
        return True
    plain = (word[: -len(e)] for e in endings if word.endswith(e) and len(word) > len(e) + 2)
    return any(
        p in known or p + "e" in known or (p[-1:] == "i" and p[:-1] + "y" in known) for p in plain
    )


def titles() -> frozenset[str]:
    """Words that have a capital before a name without being one: president, king."""
    return _english().titles


@check(
    "warning", needs="tells_english", target=lambda language: "" if language.latin else "[A-Za-z]"
)
def residue(pair: Pair) -> Iterator[Fault]:
    """No English word of the source is left in the target.

    Why: a word that was overlooked. Names stay as they are, and so do words the glossary keeps.

    PASS ru: the BBC and YouTube | Би-би-си (BBC) и YouTube
    PASS az: a film festival | film festivalı
    PASS ru: Open issues first. | Сначала открытые вопросы (issues).
    PASS ru: Use the label “good first issue”. | Поставьте метку «good first issue».
    FAIL ru: the council met | ⟦council⟧ собрался
    FAIL az: the council with us | bizimlə ⟦with⟧ şura
    FAIL az: The harvest was poor. | ⟦Harvest⟧ zəif oldu.
    FAIL he: every night | בכל ⟦night⟧
    """
    if pair.source == pair.target or _THREE_LATIN.search(pair.seen) is None:
        return
    for match in _LATIN_WORD.finditer(pair.seen):
        if is_cited(match.start(1), pair):
            continue
        severity = _severity(match[1], match.start(1), pair)
        if severity is not None:
            yield Fault(f"“{match[1]}” is still English", *match.span(1), severity=severity)


def _severity(word: str, at: int, pair: Pair) -> str | None:
    """The severity of a leftover word; None if the word may stay."""
    small = word.lower()
    if word.isupper() or small in pair.keep or small[1:] != word[1:]:
        return None  # BBC, YouTube, and what the glossary keeps
    said = small in pair.source_words or (word in pair.source_words and small in _english().titles)
    if pair.language.latin:
        # written in the same letters: there a word must look English to be English
        if not said or small in pair.language.like_english:
            return None
        if not is_english(small) and _english().looks.search(small) is None:
            return None
        return "info" if is_code(word, at, pair) else ""
    if is_code(word, at, pair):
        return "info"
    if is_english(small) and (said or word.islower()) and not _in_a_title(at, pair.seen):
        return ""
    # gettext, Baku: names may be kept on purpose
    return "info" if word in pair.source_words else None


_CITED = re.compile(
    r"\(([A-Za-z][^()]{0,60})\)|[«“„”\"'‘]([A-Za-z][^«»“”„\"()]{0,60}?)[»”“\"'’](?!\w)"
)
"""A term in brackets, or a label in quotation marks."""
_WORDS_CITED = 5
_SENTENCE = re.compile(r"[.,;:!?…]\s*\Z")


def is_cited(at: int, pair: Pair) -> bool:
    """Whether a Latin word is part of a term of the source in brackets or quotation marks.

    A whole sentence in quotation marks is no label: it was left untranslated.
    """
    spans = pair.memo.get("cited")
    if spans is None:
        spans = pair.memo["cited"] = list(_cited(pair))
    place = bisect_right(spans, (at, len(pair.target))) - 1
    return place >= 0 and at < spans[place][1]


def _cited(pair: Pair) -> Iterator[tuple[int, int]]:
    """The spans of cited terms, in order."""
    source = pair.source.lower()
    for match in _CITED.finditer(pair.target) if _MAY_CITE.search(pair.seen) else ():
        term = match[1] or match[2]
        few = len(term.split()) <= _WORDS_CITED and _SENTENCE.search(term) is None
        whole = term.lower() == source and not (match[1] and match.start())
        if few and term.isascii() and term.lower() in source and not whole:
            yield match.span()


_MAY_CITE = re.compile(r"[(«“„”\"'‘][A-Za-z]")
_SIGNS = frozenset("'\"=_/<>{}[]@#$%“”«»‘’")


def is_code(word: str, at: int, pair: Pair) -> bool:
    """Whether a Latin word is code or a label: `'any'`, `language = None`, the key Enter."""
    target, end = pair.target, at + len(word)
    before, after = target[at - 1 : at], target[end : end + 2]
    sign = after.strip()[:1]
    if "-" in (before, after[:1]) and _part(word, at, pair):
        return True
    dotted = (before == "." and target[at - 2 : at - 1].isalnum()) or (
        sign == "." and after[1:2].isalnum()
    )
    if (before in _SIGNS or dotted) and before and before + word in pair.signed:
        return True
    if (sign in _SIGNS or dotted) and sign and word + sign in pair.signed:
        return True
    named = (
        word[0].isupper() and word.lower() not in _english().titles and word in pair.source_words
    )
    return named and at > 0 and not pair.source.startswith(word)


def _part(word: str, at: int, pair: Pair) -> bool:
    """Whether a word is part of a compound that the source has too: `same-origin`."""
    joined = at > 0 and pair.target[at - 1] == "-"
    left = _COMPOUND.search(pair.target, max(0, at - _FAR), at) if joined else None
    right = _COMPOUND_END.match(pair.target, at + len(word))
    whole = (left[0] if left else "") + word + (right[0] if right else "")
    return whole != word and whole in pair.source[:_SOURCE]


_COMPOUND = re.compile(r"(?:[A-Za-z]+-)+\Z")
_COMPOUND_END = re.compile(r"(?:-[A-Za-z]+)+")
_SOURCE = 10_000


def _in_a_title(at: int, text: str) -> bool:
    """Whether a word is part of a Latin name of several words: `Lord of the Rings`."""
    start = max(0, at - _FAR)
    while foreign := _NOT_LATIN.search(text, start, at):
        start = foreign.end()
    run = _LATIN_RUN.search(text, start, at + _FAR)
    if run is None:
        return False
    words = [word for word in run[0].split() if len(word) > 3]
    return len(run[0].split()) > 1 and bool(words) and all(word[0].isupper() for word in words)
