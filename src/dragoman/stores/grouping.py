"""Groups rows of a database, one for each variant, to units; both stores have the same columns."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from dragoman.memory.memory_units import MemoryUnit, Variant

UNITS = """
    SELECT unit.id, origin.name, source, place, context, unit.extra,
        lang, text, markup, date, state, variant.extra, bare
    FROM unit JOIN origin ON origin.id = unit.origin JOIN variant ON variant.unit = unit.id
"""
"""Selects every unit; to be followed by a condition and `ORDER BY unit.id, variant.id`."""


def grouped(rows: Iterable[tuple[Any, ...]]) -> Iterator[tuple[int, MemoryUnit]]:
    """Yield the units of rows with their numbers; the rows of a unit must be consecutive."""
    number, about, variants = 0, (), []  # type: ignore[var-annotated]
    for row in rows:
        if row[0] != number:
            if variants:
                yield number, _unit(about, variants)
            number, about, variants = row[0], row[1:6], []
        variants.append(Variant(row[6], row[7], row[8], row[9], row[10], row[11], bool(row[12])))
    if variants:
        yield number, _unit(about, variants)


def _unit(about: tuple[Any, ...], variants: list[Variant]) -> MemoryUnit:
    origin, source, place, context, extra = about
    return MemoryUnit(tuple(variants), origin, source, place, context, extra)
