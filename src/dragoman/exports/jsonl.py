"""JSON Lines: one object per unit, with its text, language, direction and state in every locale."""

from __future__ import annotations

import json

from dragoman.exports.parts.export_options import ExportOptions
from dragoman.exports.parts.records import records
from dragoman.model import Parallel

NAME = "jsonl"
ABOUT = "JSON Lines: an object a unit, for programs."
NEEDS = ""
SUFFIX = ".jsonl"
COLUMNS = False
PAIRS = False
INLINE = False


def export(parallel: Parallel, options: ExportOptions) -> str:
    """One line per unit; cells are keyed by locale.

    >>> export(Parallel("x", "X", ("en", "az"), ()), ExportOptions())
    ''
    """
    encode = json.JSONEncoder(ensure_ascii=False).encode
    return "".join([encode(one) + "\n" for one in records(parallel)])
