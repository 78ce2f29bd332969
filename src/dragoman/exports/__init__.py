"""Parallel editions: one module per format, each turning a `Parallel` into a file's content."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Protocol, cast

from dragoman.errors import DragomanError

if TYPE_CHECKING:
    from dragoman.exports.parts.export_options import ExportOptions
    from dragoman.model import Parallel

EXPORTS = {
    "html": "html",
    "text": "text",
    "markdown": "markdown",
    "tsv": "table:Tsv",
    "csv": "table:Csv",
    "jsonl": "jsonl",
    "tmx": "tmx",
    "xliff": "xliff",
    "xliff12": "xliff12",
    "epub": "epub",
    "pdf": "pdf",
    "parquet": "parquet",
    "moses": "moses",
    "alignment": "alignment",
    "datasheet": "datasheet",
    "docx": "docx",
    "latex": "latex",
    "review-docx": "review:Docx",
    "review-xlsx": "review:Xlsx",
}
"""Name of each export, and its module here, with a class if the module has several."""


class Export(Protocol):
    """The interface of every export module."""

    NAME: str
    ABOUT: str
    """One sentence on its purpose, for lists."""
    NEEDS: str
    """The optional dependency and the module it installs, such as `pdf:typst`; empty if none."""
    SUFFIX: str
    COLUMNS: bool
    """Whether users may choose the columns and their order; otherwise the source comes first."""
    PAIRS: bool
    """Whether each target locale gets its own file, paired with the source."""
    INLINE: bool
    """Whether it reads the inline content of cells; otherwise their text alone."""

    @staticmethod
    def export(parallel: Parallel, options: ExportOptions) -> str | bytes | Mapping[str, str]:
        """The file's content, or that of several files, each by its own suffix."""


def contents(export: Export, parallel: Parallel, options: ExportOptions) -> dict[str, bytes]:
    """The bytes of each file of an edition, by the file's suffix."""
    result = export.export(parallel, options)
    if isinstance(result, Mapping):
        return {suffix: content.encode() for suffix, content in result.items()}
    return {export.SUFFIX: result.encode() if isinstance(result, str) else result}


def is_installed(export: Export) -> bool:
    """Whether the optional dependency of an export is installed; imports nothing.

    >>> is_installed(export_named("tmx"))
    True
    """
    from importlib.util import find_spec  # seldom needed

    module = export.NEEDS.partition(":")[2]
    return not module or find_spec(module) is not None


def check(name: str) -> None:
    """Check that there is an export with this name; imports no export.

    >>> check("tmx")

    Raises:
        DragomanError: there is none; the error suggests the nearest name.
    """
    if name not in EXPORTS:
        from difflib import get_close_matches  # seldom needed

        near = get_close_matches(name, EXPORTS, 1)
        how_to_fix = f"did you mean {near[0]!r}?" if near else f"known: {', '.join(EXPORTS)}"
        raise DragomanError(f"there is no export {name!r}", how_to_fix=how_to_fix)


def export_named(name: str) -> Export:
    """Import the export with a name; raises DragomanError if there is none.

    >>> export_named("tmx").SUFFIX
    '.tmx'
    """
    from importlib import import_module  # a list of names is all that settings need

    check(name)
    module, _, inside = EXPORTS[name].partition(":")
    imported = import_module(f"{__name__}.{module}")
    return cast("Export", getattr(imported, inside) if inside else imported)


__all__ = ["EXPORTS", "Export", "check", "contents", "export_named", "is_installed"]
