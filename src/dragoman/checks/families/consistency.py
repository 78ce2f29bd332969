"""Consistency over a project: one source one translation, one style, names written one way."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from dragoman.checks.families.names import Use, capitals, is_name, others
from dragoman.checks.families.quotes import quotes
from dragoman.checks.text_context import TextContext
from dragoman.languages import language as languages
from dragoman.model import Problem, Unit
from dragoman.po import Entry

_KEY = re.compile(r"[\W_]+")
_LEAST_WORDS = 2
_ENDS = '.!?…»”"“ '


class Translation(NamedTuple):
    """A pair, its place, and the text that it belongs to."""

    subject: TextContext
    unit: Unit
    entry: Entry
    source: str
    target: str

    def problem(self, code: str, severity: str, message: str, start: int, end: int) -> Problem:
        made = self.subject.problem(code, severity, message, self.unit, self.entry)
        return made._replace(source=self.source, span=(start, end))

    @property
    def place(self) -> str:
        return f"{self.subject.po_file}:{self.entry.line}"


def consistency(subjects: Sequence[TextContext]) -> Iterator[Problem]:
    """Inconsistencies between the texts of one locale.

    Why: a reader of several texts, or of one long one, sees what no single unit shows.
    """
    said = [Translation(subject, *one) for subject in subjects for one in subject.said]
    yield from _two_translations(said)
    yield from _one_translation(said)
    yield from _two_names(said)
    for subject in subjects:
        yield from _styles([one for one in said if one.subject is subject])


def _two_translations(said: Sequence[Translation]) -> Iterator[Problem]:
    """The same source in the same context is translated in two ways."""
    times = Counter(one.unit.key for one in said)
    ways: dict[tuple[str | None, str], dict[str, Translation]] = defaultdict(dict)
    for one in said:
        if times[one.unit.key] > 1 and one.source == one.unit.source and " " in one.source:
            ways[one.unit.key].setdefault(_folded(one.target), one)
    for found in ways.values():
        first, *later = found.values()
        for one in later:
            message = f"translated otherwise in {first.place}"
            yield one.problem("two-translations", "warning", message, 0, len(one.target))


def _one_translation(said: Sequence[Translation]) -> Iterator[Problem]:
    """Two sources of a text with different meanings have the same translation."""
    known: dict[tuple[int, str], Translation] = {}
    for one in said:
        if one.target.count(" ") < _LEAST_WORDS:
            continue
        first = known.setdefault((id(one.subject), one.target.rstrip(_ENDS)), one)
        lang = one.subject.catalog.locale
        if first is not one and _meaning(first.source, lang) != _meaning(one.source, lang):
            message = f"the same translation stands for another source in line {first.entry.line}"
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
        texts: dict[int, list[int]] = defaultdict(list)
        for number in numbers:
            texts[id(said[number].subject)].append(number)
        told: set[int] = set()
        for within in (*texts.values(), numbers):
            for other, usual in _written_otherwise(name, said, within):
                text = id(said[other.place].subject)
                if (within is numbers and text in told) or (other.place, other.start) in done:
                    continue
                done.add((other.place, other.start))
                told.add(text)
                yield _two_ways(name, said, other, usual)


def _written_otherwise(
    name: str, said: Sequence[Translation], numbers: Sequence[int]
) -> Iterator[tuple[Use, Use]]:
    lang = said[numbers[0]].subject.catalog.locale.partition("_")[0]
    return others(name, [(n, said[n].target) for n in numbers], lang)


def _two_ways(name: str, said: Sequence[Translation], other: Use, usual: Use) -> Problem:
    one, there = said[other.place], said[usual.place]
    message = f"“{name}” is “{usual.word}” in {there.place}"
    end = other.start + len(other.word)
    return one.problem("two-names", "warning", message, other.start, end)


_CURVED = re.compile("[“”„«»״]")


def _styles(said: Sequence[Translation]) -> Iterator[Problem]:
    """A text has both straight and curved quotation marks; the rarer kind is reported."""
    straight: list[Translation] = []
    curved: list[Translation] = []
    for one in said:
        if '"' not in one.target and not _CURVED.search(one.target):
            continue
        pair = one.subject.pair(one.source, one.target)
        marks = {quote.mark for quote in quotes(pair.seen, pair.lang)}
        if marks:
            (straight if '"' in marks else curved).append(one)
    if straight and curved:
        rarer, other = sorted((straight, curved), key=len)
        for one in rarer:
            message = f"quotation marks of another style than in line {other[0].entry.line}"
            yield one.problem("two-styles", "info", message, 0, len(one.target))
