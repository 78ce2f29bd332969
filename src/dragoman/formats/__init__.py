"""Readers: one module per format, each turning a file's text into a `Document`.

There is no writer: a document renders itself by joining its parts.
"""

from __future__ import annotations

from importlib import import_module
from typing import NamedTuple, cast

from dragoman.errors import DragomanError
from dragoman.formats.read_options import Options
from dragoman.model import Document


class Format(NamedTuple):
    """A format: the name of its module in this folder, and the suffixes of its files.

    The module is loaded by the first `read`, so listing texts loads no parser.
    """

    NAME: str
    SUFFIXES: tuple[str, ...]

    def read(self, content: str, options: Options) -> Document:
        """Parse a file's text."""
        module = import_module(f"{__name__}.{self.NAME}")
        return cast("Document", module.read(content, options))


FORMATS = (
    Format("markdown", (".md", ".markdown", ".mdx")),
    Format("text", (".txt", ".text")),
    Format("html", (".html", ".htm")),
)
SUFFIXES = tuple(suffix for form in FORMATS for suffix in form.SUFFIXES)
"""Suffixes of all formats; a file with another suffix is not a text."""


def format_of(path: str) -> Format:
    """The format of a file, by its suffix.

    >>> format_of("x.md").NAME
    'markdown'
    """
    for candidate in FORMATS:
        if path.lower().endswith(candidate.SUFFIXES):
            return candidate
    known = ", ".join(SUFFIXES)
    raise DragomanError("no format for this suffix", file=path, way_out=f"known are {known}")


__all__ = ["FORMATS", "SUFFIXES", "Format", "Options", "format_of"]
