"""Files that come back: one module per format, each turning a file into what it says of units."""

from __future__ import annotations

from importlib import import_module
from typing import Protocol, cast

from dragoman.errors import DragomanError
from dragoman.interchange.review_rows import Reviewed

IMPORTS = {
    ".docx": "docx",
    ".xlsx": "xlsx",
    ".xlf": "xliff",
    ".xliff": "xliff",
}
"""Suffix of each format, and the module of this folder that reads it."""


class Import(Protocol):
    """What a module of this folder offers."""

    @staticmethod
    def read(data: bytes, file: str = "") -> list[Reviewed]: ...


def import_for(file: str) -> Import:
    """The reader of a file, by its suffix; raises DragomanError where there is none.

    >>> import_for("a.xlf").__name__
    'dragoman.imports.xliff'
    """
    suffix = "." + file.lower().rpartition(".")[2]
    if suffix not in IMPORTS:
        known = ", ".join(IMPORTS)
        raise DragomanError("no format to bring back", file=file, way_out=f"known are {known}")
    return cast("Import", import_module(f"{__name__}.{IMPORTS[suffix]}"))


__all__ = ["IMPORTS", "Import", "import_for"]
