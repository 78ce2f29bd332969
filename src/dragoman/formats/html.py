"""HTML: text between tags, and the attributes and named metas that a reader sees.

Tags and entities stay as they are written, whatever they are worth; inline ones are part of
their sentence. Not translated: `pre`, `code`, `script`, `style`, `svg`, `math`, `template`, and
what `translate="no"` keeps. The language and the direction of the root follow the locale.
"""

from __future__ import annotations

from dragoman.formats.read_options import Options
from dragoman.model import Document

NAME = "html"
SUFFIXES = (".html", ".htm")


def read(content: str, options: Options) -> Document:
    """Cut an HTML page into blocks and units.

    >>> [unit.source for unit in read("<p>One <b>two</b>.<p>Three", Options()).units]
    ['One <b>two</b>.', 'Three']
    """
    from dragoman.formats import pages

    return pages.read(content, options)


__all__ = ["NAME", "SUFFIXES", "read"]
