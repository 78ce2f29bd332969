"""Status and check: how far the translations are, and whether they are sound."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from dragoman.catalog import Catalog
from dragoman.checks import CHECKS
from dragoman.checks.subject import Subject
from dragoman.model import Document, Problem, State
from dragoman.parallel import states as parallel_states
from dragoman.pipeline.reading import Reader, chosen_locales, chosen_texts
from dragoman.project import Project, Text


class Count(NamedTuple):
    """How far a text is in one locale."""

    text: str
    locale: str
    units: int
    words: int
    """Words of the source."""
    translated: int
    """Reviewed ones too."""
    reviewed: int
    fuzzy: int
    missing: int
    translated_words: int

    @property
    def percent(self) -> float:
        """Translated units of a hundred, rounded down to a tenth."""
        return int(1000 * self.translated / self.units) / 10 if self.units else 100.0

    def as_dict(self) -> dict[str, Any]:
        return {**self._asdict(), "percent": self.percent}


def status(
    project: Project, names: Sequence[str] = (), wanted: Sequence[str] = ()
) -> Iterator[Count]:
    """Units and words of each text in each locale, by state."""
    reader = Reader(project)
    for text in chosen_texts(project, names):
        document = reader.document(text)
        for locale in chosen_locales(project, wanted):
            yield _count(text, document, reader.catalog(text, locale))


_DONE = ("translated", "reviewed")


def _count(text: Text, document: Document, catalog: Catalog) -> Count:

    units = {unit.key: unit for unit in document.units}
    states = parallel_states(document, catalog)
    words = {key: len(unit.source.split()) for key, unit in units.items()}
    tally = list(states.values())
    return Count(
        text=text.domain,
        locale=catalog.locale,
        units=len(units),
        words=sum(words.values()),
        translated=tally.count(State.TRANSLATED) + tally.count(State.REVIEWED),
        reviewed=tally.count(State.REVIEWED),
        fuzzy=tally.count(State.DRAFT),
        missing=tally.count(State.INITIAL),
        translated_words=sum(words[k] for k, s in states.items() if s in _DONE),
    )


class Checked(NamedTuple):
    """What a check found."""

    counts: tuple[Count, ...]
    problems: tuple[Problem, ...]
    below: tuple[Count, ...]
    """Texts and locales below the completeness that was asked for."""

    @property
    def passed(self) -> bool:
        blocking = [p for p in self.problems if p.code not in ("missing", "fuzzy")]
        return not self.below and not blocking


def check(
    project: Project,
    names: Sequence[str] = (),
    wanted: Sequence[str] = (),
    least: float = 100.0,
) -> Checked:
    """Whether texts are complete and sound; `least` is the percentage of units asked for."""
    reader = Reader(project)
    counts, problems = [], []
    for text in chosen_texts(project, names):
        document = reader.document(text)
        for locale in chosen_locales(project, wanted):
            catalog = reader.catalog(text, locale)
            po_file = project.files.shown(project.catalog(text, locale))
            subject = Subject(text.domain, document, catalog, po_file, project.reference(text))
            problems += [problem for find in CHECKS for problem in find(subject)]
            counts.append(_count(text, document, catalog))
    below = tuple(count for count in counts if count.percent < least)
    return Checked(tuple(counts), tuple(problems), below)
