"""Parquet: the records of JSON Lines as columns, for query engines."""

from __future__ import annotations

from typing import Any

from dragoman.errors import DragomanError
from dragoman.exports.parts import about
from dragoman.exports.parts.export_options import ExportOptions
from dragoman.exports.parts.records import records
from dragoman.model import Parallel

NAME = "parquet"
ABOUT = "A Parquet table for corpora: a row a unit and language."
NEEDS = "corpus:pyarrow"
SUFFIX = ".parquet"
COLUMNS = False
PAIRS = False
INLINE = False


def export(parallel: Parallel, options: ExportOptions) -> bytes:
    """The file: a row per unit, whose cells are a list of structs with a locale.

    Raises:
        DragomanError: pyarrow is not installed.

    >>> export(Parallel("x", "X", ("en", "az"), ()), ExportOptions())[:4]
    b'PAR1'
    """
    try:
        import pyarrow as pa  # type: ignore[import-untyped] # large, and an optional dependency
        from pyarrow import parquet  # the same
    except ImportError:
        raise DragomanError(
            "the Parquet export needs pyarrow", how_to_fix="pip install 'dragoman[corpus]'"
        ) from None
    rows = [_row(record) for record in records(parallel)]
    out = pa.BufferOutputStream()
    schema = _schema(pa).with_metadata(about.fields(parallel))
    parquet.write_table(pa.Table.from_pylist(rows, schema), out)
    return bytes(out.getvalue())


def _row(record: dict[str, Any]) -> dict[str, Any]:
    cells = [{"locale": locale, **cell} for locale, cell in record["cells"].items()]
    return record | {"cells": cells, "notes": record.get("notes", [])}


def _schema(pa: Any) -> Any:
    text = pa.string()
    cell = pa.struct([(name, text) for name in ("locale", "text", "lang", "dir", "state")])
    plain = [(name, text) for name in ("id", "text", "number", "kind")]
    lists = [("cells", pa.list_(cell)), ("context", text), ("notes", pa.list_(text))]
    return pa.schema([*plain, *lists])
