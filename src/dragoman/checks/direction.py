"""Bidirectional controls in targets."""

from __future__ import annotations

from collections.abc import Iterator

from dragoman import bidi, locales
from dragoman.checks.subject import Subject
from dragoman.model import Problem


def controls(subject: Subject) -> Iterator[Problem]:
    """A target holds a bidi control that is refused, or an isolate that is not closed."""
    rtl = locales.direction(subject.catalog.locale) == "rtl"
    units = {unit.key: unit for unit in subject.document.units}
    for entry in subject.catalog.po.messages():
        if entry.key in units:
            for sentence in bidi.refused_controls(entry.msgstr, rtl):
                yield subject.problem("controls", "error", sentence, units[entry.key], entry)
