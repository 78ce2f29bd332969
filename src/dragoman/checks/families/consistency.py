"""Consistency over a project: one source one translation, one style, names written one way."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from dragoman.checks.families.names import Use, capitals, is_name, others
from dragoman.checks.families.quotes import quotes
from dragoman.checks.text_context import TextContext
from dragoman.languages import language as languages
from dragoman.model import Key, Problem

_KEY = re.compile(r"[\W_]+")
_LEAST_WORDS = 2
_ENDS = '.!?…»”"“ '


class TextName(NamedTuple):
    """A text in one locale, as findings name it."""

    text: str
    locale: str
    po_file: str
    origin_file: str
    severities: Mapping[str, str]


class Translation(NamedTuple):
    """A finished translation, and all that a comparison with those of other texts needs of it."""

    of: TextName
    key: Key
    source: str
    """The source that the target covers: more than one unit's where sentences are joined."""
    target: str
    po_line: int
    origin_line: int

    def problem(self, code: str, severity: str, message: str, start: int, end: int) -> Problem:
        of = self.of
        return Problem(
            code,
            of.severities.get(code, severity),
            of.text,
            of.locale,
            message,
            self.source,
            of.po_file,
            self.po_line,
            of.origin_file,
            self.origin_line,
            self.target,
            (start, end),
        )

    @property
    def place(self) -> str:
        return f"{self.of.po_file}:{self.po_line}"


def name_of(subject: TextContext) -> TextName:
    """A text as findings name it."""
    locale = subject.catalog.locale
    return TextName(subject.text, locale, subject.po_file, subject.origin_file, subject.severities)


def translations(subject: TextContext) -> list[Translation]:
    """The finished translations of a text, each once."""
    of = name_of(subject)
    return [
        Translation(of, unit.key, source, target, entry.line, unit.line)
        for unit, entry, source, target in subject.said
    ]


def inside(subject: TextContext) -> Iterator[Problem]:
    """Inconsistencies inside one text."""
    said = translations(subject)
    yield from _one_translation(said)
    yield from _styles(subject, said)


def consistency(said: Sequence[Translation]) -> Iterator[Problem]:
    """Inconsistencies between the texts of one locale.

    Why: a reader of several texts, or of one long one, sees what no single unit shows.
    """
    yield from _two_translations(said)
    yield from _two_names(said)


def _two_translations(said: Sequence[Translation]) -> Iterator[Problem]:
    """The same source in the same context is translated in two ways."""
    times = Counter(one.key for one in said)
    ways: dict[tuple[str | None, str], dict[str, Translation]] = defaultdict(dict)
    for one in said:
        if times[one.key] > 1 and one.source == one.key[1] and " " in one.source:
            ways[one.key].setdefault(_folded(one.target), one)
    for found in ways.values():
        first, *later = found.values()
        for one in later:
            message = f"translated otherwise in {first.place}"
            yield one.problem("two-translations", "warning", message, 0, len(one.target))


def _one_translation(said: Sequence[Translation]) -> Iterator[Problem]:
    """Two sources of a text with different meanings have the same translation."""
    known: dict[str, Translation] = {}
    for one in said:
        if one.target.count(" ") < _LEAST_WORDS:
            continue
        first = known.setdefault(one.target.rstrip(_ENDS), one)
        lang = one.of.locale
        if first is not one and _meaning(first.source, lang) != _meaning(one.source, lang):
            message = f"the same translation stands for another source in line {first.po_line}"
            yield one.problem("one-translation", "warning", message, 0, len(one.target))


def _folded(text: str) -> str:
    return _KEY.sub(" ", text.lower()).strip()


_ARTICLES = re.compile(r"\b(?:a|an|the) ")
_GENDERS = re.compile(r"\b(?:he|she|it)\b")
_GENDER = re.compile(r"\b(?:him|her|his|hers|its)\b")


def _meaning(source: str, locale: str) -> str:
    """A source without what its target language leaves out: articles, and often a person's gender."""
    folded = _ARTICLES.sub("", _folded(source))
    if languages.of(locale).words.get("genderless"):
        folded = _GENDER.sub("her", _GENDERS.sub("it", folded))
    return folded


def _two_names(said: Sequence[Translation]) -> Iterator[Problem]:
    """A name is written in two ways: in one text, or in one text otherwise than in another.

    The rarer way is reported; between texts once for each text, for they may name two people.
    """
    units: dict[str, list[int]] = defaultdict(list)
    for number, one in enumerate(said):
        for name in capitals(one.source) if one.source != one.target else ():
            units[name].append(number)
    done: set[tuple[int, int]] = set()
    for name, numbers in units.items():
        if len(numbers) < 2 or not is_name(name):
            continue
        texts: dict[str, list[int]] = defaultdict(list)
        for number in numbers:
            texts[said[number].of.text].append(number)
        told: set[str] = set()
        for within in (*texts.values(), numbers):
            for other, usual in _written_otherwise(name, said, within):
                text = said[other.place].of.text
                if (within is numbers and text in told) or (other.place, other.start) in done:
                    continue
                done.add((other.place, other.start))
                told.add(text)
                yield _two_ways(name, said, other, usual)


def _written_otherwise(
    name: str, said: Sequence[Translation], numbers: Sequence[int]
) -> Iterator[tuple[Use, Use]]:
    lang = said[numbers[0]].of.locale.partition("_")[0]
    return others(name, [(n, said[n].target) for n in numbers], lang)


def _two_ways(name: str, said: Sequence[Translation], other: Use, usual: Use) -> Problem:
    one, there = said[other.place], said[usual.place]
    message = f"“{name}” is “{usual.word}” in {there.place}"
    end = other.start + len(other.word)
    return one.problem("two-names", "warning", message, other.start, end)


_CURVED = re.compile("[“”„«»״]")


def _styles(subject: TextContext, said: Sequence[Translation]) -> Iterator[Problem]:
    """A text has both straight and curved quotation marks; the rarer kind is reported."""
    straight: list[Translation] = []
    curved: list[Translation] = []
    for one in said:
        if '"' not in one.target and not _CURVED.search(one.target):
            continue
        pair = subject.pair(one.source, one.target)
        marks = {quote.mark for quote in quotes(pair.seen, pair.lang)}
        if marks:
            (straight if '"' in marks else curved).append(one)
    if straight and curved:
        rarer, other = sorted((straight, curved), key=len)
        for one in rarer:
            message = f"quotation marks of another style than in line {other[0].po_line}"
            yield one.problem("two-styles", "info", message, 0, len(one.target))
