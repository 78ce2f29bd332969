"""Texts without codes in XML: the content of an element, and the value of an attribute."""

from __future__ import annotations

import re
from collections.abc import Iterator

from dragoman.formats.archives.coded_text import decoded, escaped
from dragoman.formats.archives.slots import Piece, TextSlot
from dragoman.formats.units import translatable
from dragoman.gate import Node
from dragoman.model import Kind
from dragoman.text import xml_escape

Island = tuple[int, int, Piece]
"""A stretch of a member, and the piece in its place."""
_FILE_NAME = re.compile(r"\S+\.(?:png|jpe?g|gif|emf|wmf|svg|bmp|tiff?)", re.IGNORECASE)


def content_slot(node: Node, kind: Kind = Kind.PARAGRAPH, label: str = "") -> Iterator[Island]:
    """The text of an element without children, if it is no name of a file."""
    said = " ".join(node.said().split())
    if translatable(said) and not node.children and not _FILE_NAME.fullmatch(said):
        slot = TextSlot(escaped(said), node.text[node.inner : node.close], element)
        slot.kind, slot.label = kind, label
        yield node.inner, node.close, slot


def attribute_slot(node: Node, name: str) -> Iterator[Island]:
    """The value of an attribute, if it is no name of a file."""
    place = node.place(name)
    said = " ".join(node.get(name).split())
    if place and translatable(said) and not _FILE_NAME.fullmatch(said):
        yield *place, TextSlot(escaped(said), node.text[slice(*place)], attribute)


def attribute(line: str) -> str:
    """A line as the value of an attribute in either quotation marks.

    >>> attribute('say "hi" &amp;')
    'say &quot;hi&quot; &amp;'
    """
    return xml_escape.quoted(decoded(line))[1:-1].replace("'", "&#39;")


def element(line: str) -> str:
    """A line as the content of an element."""
    return xml_escape.content(decoded(line))
