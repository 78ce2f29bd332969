"""Findings as JSON, for the file of former checks."""

from __future__ import annotations

import json
from typing import Any

from dragoman.checks.families.consistency import TextName, Translation
from dragoman.model import Problem
from dragoman.pipeline.check.counts import Count
from dragoman.pipeline.check.text_findings import TextFindings


def written(found: TextFindings) -> tuple[str, str]:
    """The findings of a text, and its translations, as JSON."""
    said = found.said or []
    name = said[0].of if said else None
    return (
        json.dumps([found.counted, found.problems], ensure_ascii=False),
        json.dumps([name, [one[1:] for one in said]], ensure_ascii=False),
    )


def found_before(head: str) -> TextFindings:
    """The findings of a text, without its translations."""
    counted, problems = json.loads(head)
    return TextFindings(Count(*counted), [*map(_problem, problems)], None)


def problems_before(head: str) -> list[Problem]:
    """Findings that a comparison of texts showed."""
    return [*map(_problem, json.loads(head))]


def said_before(body: str) -> list[Translation]:
    """The translations of a text."""
    name, rows = json.loads(body)
    of = TextName(*name) if name else None
    return [Translation(of, (key[0], key[1]), *others) for key, *others in rows if of]


def _problem(fields: list[Any]) -> Problem:
    made = Problem(*fields)
    span, source_span = made.span, made.source_span  # lists in JSON
    return made._replace(span=(span[0], span[1]), source_span=(source_span[0], source_span[1]))
