"""Readers: one module per format, each turns a file's text into a `Document`.

There is no writer: joining a document's parts gives the file.
"""

from __future__ import annotations

from collections.abc import Sequence
from importlib import import_module
from typing import Any, NamedTuple, cast

from dragoman.errors import DragomanError
from dragoman.formats.read_options import ReadOptions
from dragoman.model import Document


class Format(NamedTuple):
    """A format: the name of its module in this folder, and the suffixes of its files.

    The module is loaded when it is first needed, so listing texts loads no parser. It defines
    `read` and `SAMPLES`.
    """

    NAME: str
    SUFFIXES: tuple[str, ...]
    BINARY: bool = False
    """Whether `read` takes the bytes of a file instead of its text."""

    @property
    def SAMPLES(self) -> tuple[str, ...]:  # noqa: N802 - a constant of the module
        """Pieces that make a text of this format when joined in any order; tests draw texts from them."""
        return cast("tuple[str, ...]", self._module.SAMPLES)

    def sample(self, pieces: Sequence[str]) -> str | bytes:
        """A file made of pieces; a format that needs more than them has a function `sample`."""
        text = "".join(pieces)
        whole = getattr(self._module, "sample", None)
        return cast("str | bytes", whole(text)) if whole else text

    def read(self, content: str | bytes, options: ReadOptions) -> Document:
        """Parse a file's text, or its bytes if the format is binary.

        Raises:
            DragomanError: the front matter or a comment to the tool cannot be read, or an archive
                is damaged.
        """
        return cast("Document", self._module.read(content, options))

    @property
    def _module(self) -> Any:
        return import_module(f"{__name__}.{self.NAME}")


FORMATS = (
    Format("markdown", (".md", ".markdown", ".mdx")),
    Format("text", (".txt", ".text")),
    Format("html", (".html", ".htm")),
    Format("docx", (".docx",), BINARY=True),
    Format("odt", (".odt", ".ott"), BINARY=True),
    Format("pptx", (".pptx", ".potx"), BINARY=True),
    Format("xlsx", (".xlsx",), BINARY=True),
    Format("epub", (".epub",), BINARY=True),
    Format("structured_xml", (".xml", ".dbk", ".docbook", ".dita", ".ditamap")),
    Format("asciidoc", (".adoc", ".asciidoc")),
    Format("rst", (".rst",)),
    Format("latex", (".tex",)),
    Format("srt", (".srt",)),
    Format("vtt", (".vtt",)),
)
SUFFIXES = tuple(suffix for form in FORMATS for suffix in form.SUFFIXES)
"""Suffixes of all formats; a file with another suffix is not a text."""


def format_of(path: str) -> Format:
    """The format of a file, chosen by its suffix.

    Raises:
        DragomanError: no format has that suffix.

    >>> format_of("x.md").NAME
    'markdown'
    """
    for candidate in FORMATS:
        if path.lower().endswith(candidate.SUFFIXES):
            return candidate
    known = ", ".join(SUFFIXES)
    raise DragomanError("no format for this suffix", file=path, how_to_fix=f"known: {known}")


__all__ = ["FORMATS", "SUFFIXES", "Format", "ReadOptions", "format_of"]
