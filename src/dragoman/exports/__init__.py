"""Parallel editions: one module per format, each turning a `Parallel` into the file's text."""

from __future__ import annotations

from difflib import get_close_matches
from importlib import import_module
from typing import Protocol, cast

from dragoman.errors import DragomanError
from dragoman.exports.options import ExportOptions
from dragoman.model import Parallel

EXPORTS = {
    "html": "html",
    "text": "text",
    "markdown": "markdown",
    "tsv": "table:Tsv",
    "csv": "table:Csv",
    "jsonl": "jsonl",
    "tmx": "tmx",
}
"""Name of each export, and the module of this folder (and the class in it) that makes it."""


class Export(Protocol):
    """What a module of this folder offers."""

    NAME: str
    SUFFIX: str

    @staticmethod
    def export(parallel: Parallel, options: ExportOptions) -> str: ...


def check(name: str) -> None:
    """Raise DragomanError, with the nearest name, where there is no such export; loads none.

    >>> check("tmx")
    """
    if name not in EXPORTS:
        near = get_close_matches(name, EXPORTS, 1)
        way_out = f"did you mean {near[0]!r}?" if near else f"known are {', '.join(EXPORTS)}"
        raise DragomanError(f"there is no export {name!r}", way_out=way_out)


def export_named(name: str) -> Export:
    """The export with a name; raises DragomanError where there is none.

    >>> export_named("tmx").SUFFIX
    '.tmx'
    """
    check(name)
    module, _, inside = EXPORTS[name].partition(":")
    found = import_module(f"{__name__}.{module}")
    return cast("Export", getattr(found, inside) if inside else found)


__all__ = ["EXPORTS", "Export", "ExportOptions", "check", "export_named"]
