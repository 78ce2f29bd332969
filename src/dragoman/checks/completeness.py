"""Is everything translated, and is the catalog in step with its text?"""

from __future__ import annotations

from collections.abc import Iterator

from dragoman.checks.subject import Subject
from dragoman.model import Problem, State


def untranslated(subject: Subject) -> Iterator[Problem]:
    """A unit has no translation, or only a draft that nobody has looked at."""
    seen = set()
    for unit in subject.document.units:
        if unit.key in seen:
            continue
        seen.add(unit.key)
        entry = subject.catalog.entry(unit.key)
        state = subject.catalog.state(unit.key)
        if state is State.INITIAL:
            yield subject.problem("missing", "error", "not translated", unit, entry)
        elif entry is not None and entry.fuzzy:
            yield subject.problem("fuzzy", "error", "only a draft (fuzzy)", unit, entry)


def stale(subject: Subject) -> Iterator[Problem]:
    """A message of the catalog is not in the text any more."""
    wanted = {unit.key for unit in subject.document.units}
    for entry in subject.catalog.po.messages():
        if entry.key not in wanted:
            yield subject.problem(
                "stale", "error", "not in the text any more; run 'dragoman update'", entry=entry
            )
