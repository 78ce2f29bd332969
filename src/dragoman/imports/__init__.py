"""Readers of returned files: one module for each format, which returns rows of units."""

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
"""Suffix of a file to the module of this folder that reads it."""


class Import(Protocol):
    """The interface of the modules in this folder."""

    @staticmethod
    def read(data: bytes, file: str = "") -> list[Reviewed]: ...


def import_for(file: str) -> Import:
    """The reader of a file, by its suffix.

    Raises:
        DragomanError: there is no reader for the suffix.

    >>> import_for("a.xlf").__name__
    'dragoman.imports.xliff'
    """
    suffix = "." + file.lower().rpartition(".")[2]
    if suffix not in IMPORTS:
        known = ", ".join(IMPORTS)
        raise DragomanError("not a format to import", file=file, how_to_fix=f"use one of {known}")
    return cast("Import", import_module(f"{__name__}.{IMPORTS[suffix]}"))


__all__ = ["IMPORTS", "Import", "import_for"]
