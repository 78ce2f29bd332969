"""Documents of archives that have nothing but lines with inline codes."""

from __future__ import annotations

from dragoman.formats import pages
from dragoman.formats.archives import slots
from dragoman.formats.archives.coded_spans import inline
from dragoman.formats.archives.slots import Archive
from dragoman.formats.read_options import ReadOptions
from dragoman.model import Document


def document_of(archive: Archive, options: ReadOptions) -> Document:
    """The document of an archive without pages; the line labelled `title` is its title."""
    lines = pages.read(archive.texts[0], options)
    title = next((one.line for one in archive.slots if one.label == "title"), "")
    return slots.document(archive, lines, (), inline, {"title": title} if title else {})
