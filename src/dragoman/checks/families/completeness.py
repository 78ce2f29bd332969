"""Whether everything is translated, and whether the catalog matches its text."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from dragoman.catalogs import joins, merge
from dragoman.checks.families.heading_anchors import anchor
from dragoman.checks.families.reading_speed import reading_speed
from dragoman.checks.text_context import TextContext
from dragoman.model import Problem, State
from dragoman.parallel.rows import states


def untranslated(subject: TextContext) -> Iterator[Problem]:
    """A unit has no translation, or only a draft that nobody has looked at."""
    units = {unit.key: unit for unit in reversed(subject.document.units)}
    found = states(subject.document, subject.catalog)
    for key, state in found.items():
        unit, entry = units[key], subject.catalog.entry(key)
        if state is State.INITIAL and entry is not None and entry.msgstr in joins.MARKS:
            yield subject.problem(
                "join", "error", f"the mark {entry.msgstr} leads to no translation", unit, entry
            )
        elif state is State.INITIAL:
            yield subject.problem("missing", "error", "not translated", unit, entry)
        elif entry is not None and entry.fuzzy:
            yield subject.problem("fuzzy", "error", "only a draft (fuzzy)", unit, entry)


def joined_often(subject: TextContext) -> Iterator[Problem]:
    """A repeated sentence is joined to another at every place, which may be wrong at some of them."""
    units = {unit.key: unit for unit in reversed(subject.document.units)}
    places = Counter(unit.key for unit in subject.document.units)
    for key, count in places.items():
        entry = subject.catalog.entry(key) if count > 1 else None
        if entry is not None and entry.msgstr in joins.MARKS and not entry.fuzzy:
            message = f"the mark {entry.msgstr} joins it at {count} places; see that each says it"
            yield subject.problem("join", "warning", message, units[key], entry)


def stale(subject: TextContext) -> Iterator[Problem]:
    """A message of the catalog is not in the text any more."""
    wanted = {unit.key for unit in subject.document.units}
    for entry in subject.catalog.po.messages():
        if entry.key not in wanted:
            yield subject.problem(
                "stale", "error", "not in the text any more; run 'dragoman update'", entry=entry
            )


def conflict(subject: TextContext) -> Iterator[Problem]:
    """A translation was changed on two sides, and nobody has chosen between the versions yet."""
    units = {unit.key: unit for unit in subject.document.units}
    for entry in merge.conflicts(subject.catalog.po.messages()):
        yield subject.problem(
            "conflict",
            "error",
            "both texts of a merge stand in its comments; choose, and remove the comments",
            units.get(entry.key),
            entry,
        )


TEXT_CHECKS = (untranslated, joined_often, stale, conflict, anchor, reading_speed)
"""Of a text and its catalog as a whole."""
