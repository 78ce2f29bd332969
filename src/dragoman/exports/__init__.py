"""Parallel editions: one module per format, each turning a `Parallel` into the file's text."""

from __future__ import annotations

from difflib import get_close_matches
from typing import Protocol, cast

from dragoman.errors import DragomanError
from dragoman.exports import html, jsonl, markdown, table, text, tmx
from dragoman.exports.options import ExportOptions
from dragoman.model import Parallel


class Export(Protocol):
    """What each entry of the table offers."""

    NAME: str
    SUFFIX: str

    @staticmethod
    def export(parallel: Parallel, options: ExportOptions) -> str: ...


EXPORTS = tuple(
    cast("Export", module)
    for module in (
        html,
        text,
        markdown,
        table.Tsv,
        table.Csv,
        jsonl,
        tmx,
    )
)


def export_named(name: str) -> Export:
    """The export with a name; raises DragomanError with the nearest one where there is none.

    >>> export_named("tmx").SUFFIX
    '.tmx'
    """
    names = [export.NAME for export in EXPORTS]
    if name not in names:
        near = get_close_matches(name, names, 1)
        way_out = f"did you mean {near[0]!r}?" if near else f"known are {', '.join(names)}"
        raise DragomanError(f"there is no export {name!r}", way_out=way_out)
    return EXPORTS[names.index(name)]


__all__ = ["EXPORTS", "Export", "ExportOptions", "export_named"]
