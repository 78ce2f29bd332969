"""Consistency over a project: one source one translation, one style, names written one way."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace

from dragoman.checks.quotes import quotes
from dragoman.checks.subject import Subject
from dragoman.model import Problem

_KEY = re.compile(r"[\W_]+")
_LEAST_WORDS = 3


def consistency(subjects: Sequence[Subject]) -> Iterator[Problem]:
    """What does not go together in the texts of one locale.

    Why: a reader of several texts, or of one long one, sees what no single unit shows.
    """
    yield from _two_translations(subjects)
    yield from _one_translation(subjects)
    for subject in subjects:
        yield from _styles(subject)


def _two_translations(subjects: Sequence[Subject]) -> Iterator[Problem]:
    """The same source in the same context is translated in two ways."""
    said: dict[tuple[str | None, str], dict[str, Problem]] = defaultdict(dict)
    for subject in subjects:
        for unit, entry, pair in subject.pairs():
            if len(pair.source.split()) >= _LEAST_WORDS and pair.source == unit.source:
                problem = subject.problem("two-translations", "warning", "", unit, entry)
                said[unit.key].setdefault(_folded(pair.target), problem)
    for ways in said.values():
        first, *others = ways.values()
        for other in others:
            message = f"translated otherwise in {first.po_file}:{first.po_line}"
            yield replace(other, message=message, span=(0, len(other.target)))


def _one_translation(subjects: Sequence[Subject]) -> Iterator[Problem]:
    """Two sources that say different things have one translation."""
    for subject in subjects:
        said: dict[str, Problem] = {}
        for unit, entry, pair in subject.pairs():
            if len(pair.target.split()) < _LEAST_WORDS:
                continue
            problem = subject.problem("one-translation", "warning", "", unit, entry)
            first = said.setdefault(_folded(pair.target), problem)
            if _folded(first.source) != _folded(pair.source):
                message = f"the same translation stands for another source in line {first.po_line}"
                yield replace(problem, message=message, span=(0, len(problem.target)))


def _folded(text: str) -> str:
    return _KEY.sub(" ", text.lower()).strip()


def _styles(subject: Subject) -> Iterator[Problem]:
    """Straight and curved quotation marks stand in one text; the rarer of them is shown."""
    straight: list[Problem] = []
    curved: list[Problem] = []
    for unit, entry, pair in subject.pairs():
        marks = {quote.mark for quote in quotes(pair.seen, pair.lang)}
        if marks:
            problem = subject.problem("two-styles", "info", "", unit, entry)
            (straight if '"' in marks else curved).append(problem)
    if straight and curved:
        rarer, other = sorted((straight, curved), key=len)
        for problem in rarer:
            message = f"quotation marks of another style than in line {other[0].po_line}"
            yield replace(problem, message=message, span=(0, len(problem.target)))
