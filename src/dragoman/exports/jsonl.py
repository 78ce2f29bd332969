"""JSON Lines: one object a unit, with everything a program may want to know of it."""

from __future__ import annotations

import json
from typing import Any

from dragoman import locales
from dragoman.exports.options import ExportOptions
from dragoman.model import Parallel, ParallelBlock, Row

NAME = "jsonl"
ABOUT = "JSON Lines: an object a unit, for programs."
NEEDS = ""
SUFFIX = ".jsonl"
COLUMNS = False
PAIRS = False


def export(parallel: Parallel, options: ExportOptions) -> str:  # noqa: ARG001 - every export has the same form
    """One line a unit; cells are keyed by locale.

    >>> export(Parallel("x", "X", ("en", "az"), ()), ExportOptions())
    ''
    """
    lines = [_object(parallel, block, row) for block in parallel.blocks for row in block.rows]
    return "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines)


def _object(parallel: Parallel, block: ParallelBlock, row: Row) -> dict[str, Any]:
    found: dict[str, Any] = {
        "id": row.id,
        "text": parallel.name,
        "number": row.number,
        "kind": block.kind.value,
        "cells": {
            cell.locale: {
                "text": cell.text,
                "lang": locales.language_tag(cell.lang),
                "dir": locales.direction(cell.lang),
                "state": cell.state.value,
            }
            for cell in row.cells
        },
    }
    if row.context is not None:
        found["context"] = row.context
    if row.notes:
        found["notes"] = list(row.notes)
    return found
