"""Rows of a database, one a variant, as units; both stores have the same columns."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from dragoman.memory.memory_units import Unit, Variant

UNITS = """
    SELECT unit.id, origin.name, source, place, context, unit.extra,
        lang, text, markup, date, state, variant.extra, bare
    FROM unit JOIN origin ON origin.id = unit.origin JOIN variant ON variant.unit = unit.id
"""
"""Every unit; a condition and `ORDER BY unit.id, variant.id` come after it."""


def grouped(rows: Iterable[tuple[Any, ...]]) -> Iterator[tuple[int, Unit]]:
    """The units that rows are of, with their numbers; rows of one unit follow each other."""
    number, about, variants = 0, (), []  # type: ignore[var-annotated]
    for row in rows:
        if row[0] != number:
            if variants:
                yield number, _unit(about, variants)
            number, about, variants = row[0], row[1:6], []
        variants.append(Variant(row[6], row[7], row[8], row[9], row[10], row[11], bool(row[12])))
    if variants:
        yield number, _unit(about, variants)


def _unit(about: tuple[Any, ...], variants: list[Variant]) -> Unit:
    origin, source, place, context, extra = about
    return Unit(tuple(variants), origin, source, place, context, extra)
