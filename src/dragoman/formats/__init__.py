"""Readers: one module per format, each turning a file's text into a `Document`.

There is no writer: a document renders itself by joining its parts.
"""

from __future__ import annotations

from typing import Protocol, cast

from dragoman.errors import DragomanError
from dragoman.formats import html, markdown, text
from dragoman.formats.read_options import Options
from dragoman.model import Document


class Format(Protocol):
    """What a module of this folder offers."""

    NAME: str
    SUFFIXES: tuple[str, ...]

    @staticmethod
    def read(content: str, options: Options) -> Document: ...


FORMATS = tuple(
    cast("Format", module)
    for module in (
        markdown,
        text,
        html,
    )
)


def format_of(path: str) -> Format:
    """The format of a file, by its suffix.

    >>> format_of("x.md").NAME
    'markdown'
    """
    for candidate in FORMATS:
        if path.lower().endswith(candidate.SUFFIXES):
            return candidate
    known = ", ".join(suffix for f in FORMATS for suffix in f.SUFFIXES)
    raise DragomanError("no format for this suffix", file=path, way_out=f"known are {known}")


__all__ = ["FORMATS", "Format", "Options", "format_of"]
