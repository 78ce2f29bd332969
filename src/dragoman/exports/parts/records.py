"""Units as records of plain values, for data formats."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from dragoman.languages import locales
from dragoman.model import Parallel, ParallelBlock, Row


def records(parallel: Parallel) -> Iterator[dict[str, Any]]:
    """A record per unit; cells are keyed by locale.

    >>> list(records(Parallel("x", "X", ("en", "az"), ())))
    []
    """
    return (_record(parallel, block, row) for block in parallel.blocks for row in block.units)


def _record(parallel: Parallel, block: ParallelBlock, row: Row) -> dict[str, Any]:
    found: dict[str, Any] = {
        "id": row.id,
        "text": parallel.name,
        "number": row.number,
        "kind": str(block.kind),
        "cells": {
            locale: {
                "text": text,
                "lang": locales.language_tag(lang),
                "dir": locales.direction(lang),
                "state": str(state),
            }
            for locale, text, state, lang, _, _ in row.cells
        },
    }
    if row.context is not None:
        found["context"] = row.context
    if row.notes:
        found["notes"] = list(row.notes)
    return found
