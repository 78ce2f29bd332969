"""Whether a target is in its own language, by the common words of languages in its script."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from dragoman.checks.pair import Fault, Pair, check
from dragoman.languages import language as languages

_LEAST_LETTERS = 40
"""Letters from which the language of a text can be told."""
_WORDS = re.compile(r"[^\W\d_]+")
_LEAST_WITH_LETTER = 24
"""The same where a text lacks the commonest letter of its language."""
_NOT_ONE = 60
_LEAST_COMMON = 2
"""Words of a text from which anything is said, if it has words that its language lacks."""


_LEAST_WORDS = 15
_CLEAR = 0.12
"""Least share of common words in a running text of a language."""


def nearest(text: str, lang: str) -> str:
    """The language that a long text reads like; its own if no other is more likely.

    >>> nearest("The road to the sea is long, and it was not for them that they had built it. " * 3, "he")
    'en'
    """
    words = _WORDS.findall(text.lower())
    if len(words) < _LEAST_WORDS:
        return lang
    shares = {
        code: sum(word in common for word in words) / len(words)
        for code in languages.codes()
        if (common := _common(code))
    }
    likest = max(shares, key=shares.__getitem__)
    clear = shares[likest] > max(_CLEAR, 1.5 * shares.get(lang, 0.0))
    return likest if clear else lang


class Reading(NamedTuple):
    """The features by which a text in a language is recognised."""

    common: frozenset[str]
    """Words of every long sentence."""
    marks: re.Pattern[str] | None
    """Endings and letters that its neighbours never have."""
    marks_count: int
    neighbours: dict[str, frozenset[str]]
    """The common words of each language beside it that are not its own."""
    signs: tuple[str, ...]
    """Any of these shows that a text is in the language."""
    alien: frozenset[str]
    """Any of these letters shows that it is not."""
    own_letters: frozenset[str]
    """A text of forty letters has one."""
    own_signs: frozenset[str]
    """Any of these letters shows that a text is in none of the neighbours."""
    own_letter: str
    """A text of sixty letters has it."""


@cache
def _reading(code: str) -> Reading:
    told = languages.of(code).section("reads")
    common = _common(code)
    marks = told.get("marks")
    return Reading(
        common,
        re.compile(marks) if marks else None,
        told.get("marks_count", 1),
        {other: _common(other) - common for other in told.get("neighbours", ())},
        tuple(told.get("signs", ())),
        frozenset(told.get("alien", "")),
        frozenset(told.get("own_letters", "")),
        frozenset(told.get("own_signs", "")),
        told.get("own_letter", ""),
    )


@cache
def _common(code: str) -> frozenset[str]:
    return frozenset(languages.of(code).section("reads").get("common", "").split())


def _own(pair: Pair, reading: Reading) -> bool:
    """Whether it shows at a glance that the target is in its own language."""
    target = pair.target
    return any(sign in target for sign in reading.signs) and reading.alien.isdisjoint(pair.chars)


_NAME = re.compile(r"(?<=[\w,] )[^\W\d_a-zəıöüçşğ][^\W\d_]+")
"""A word with a capital inside a sentence."""


def _short(pair: Pair, reading: Reading) -> str:
    """The neighbour whose words a text has, which may be short; empty if it may be in its own language.

    >>> pair = Pair("He went home early.", "Eve erken gitti.", "az")
    >>> _short(pair, _reading("az")), _short(pair.beside("It is new.", "Yeni ev budur."), _reading("az"))
    ('tr', '')
    """
    if (
        pair.source == pair.target
        or not reading.own_signs
        or not reading.own_signs.isdisjoint(pair.target)
    ):
        return ""
    text = pair.numerals.lower(_NAME.sub("", pair.seen))
    words = frozenset(_WORDS.findall(text)) - pair.source_small
    if len(words) < _LEAST_COMMON:
        return ""
    for other, only in reading.neighbours.items():
        there = _reading(other)
        known = words & only or (there.marks and any(map(there.marks.search, words)))
        if known and not words & (reading.common - there.common):
            return other
    return ""


@check("error", needs="reads.neighbours")
def wrong_language(pair: Pair) -> Iterator[Fault]:
    """A long target is in its own language, and not in a similar one.

    Why: a sentence of a Turkish, Ukrainian or Yiddish catalog has the right letters. Below forty
    letters nothing is said, or below 24 where the commonest letter is missing.

    PASS az: We will not forget them and we will be here until the end. | Biz onları unutmayacağıq və sona qədər burada olacağıq.
    FAIL az: We will not forget them and we will be here until the end. | ⟦Onları hiç unutmayacağız ve sonuna kadar burada olacağız, ama değil.⟧
    PASS az: This is our house. | Bu bizim evimizdir.
    FAIL az: The shop is closed today. | ⟦Dükkan bugün kapalı.⟧
    FAIL az: We did not see our friends yesterday. | ⟦Dün arkadaşlarımızı görmedik, değil mi.⟧
    FAIL az: The old men talked about the weather for hours in front of the tea house. | ⟦Yaşlı adamlar çay evinin önünde saatlerce hava durumundan konuştular.⟧
    FAIL ru: The old men sat in front of the tea house for hours. | ⟦Старите мъже седяха пред чайната с часове и говореха.⟧
    FAIL ru: We will not forget them and will be here to the end. | ⟦Ми їх не забудемо і будемо тут до кінця, якщо це потрібно.⟧
    """
    reading = _reading(pair.lang)
    other = _short(pair, reading)
    if other:
        yield Fault(f"it reads like another language ({other})", 0, len(pair.target))
        return
    if len(pair.target) < _LEAST_WITH_LETTER:
        return
    signs = reading.own_signs or frozenset(reading.own_letter)
    lacks_letter = bool(reading.own_letter) and signs.isdisjoint(pair.target)
    least = _LEAST_WITH_LETTER if lacks_letter else _LEAST_LETTERS
    if _own(pair, reading) or pair.letters < least:
        return
    seen = frozenset(pair.words)
    own = len(seen & reading.common)
    for other, only in reading.neighbours.items():
        there = _reading(other)
        marks = len(there.marks.findall(pair.small)) if there.marks else 0
        hits = len(seen & only) + marks * there.marks_count
        if hits >= (1 if lacks_letter else 2) and len(seen & there.common) + marks > own + own // 4:
            message = f"it reads like another language ({other})"
            yield Fault(message, 0, len(pair.target))
            return
    end, letter = len(pair.target), reading.own_letter
    if pair.letters < _LEAST_LETTERS:
        return
    if reading.own_letters and reading.own_letters.isdisjoint(pair.seen):
        letters = pair.language.section("reads")["own_letters"]
        message = f"not one letter of {' '.join(c for c in letters if c.islower())}"
        yield Fault(message, 0, end, severity="warning")
    elif letter and lacks_letter and pair.letters > _NOT_ONE:
        yield Fault(f"not one {letter} in so long a text", 0, end, severity="warning")
