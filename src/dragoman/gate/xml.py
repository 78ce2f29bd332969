"""XML from outside: no DOCTYPE and so no entities of its own, bounded depth, count and size."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from typing import Any

from dragoman.errors import DragomanError

DEEPEST = 256
MOST_ELEMENTS = 5_000_000
LARGEST = 1 << 28
"""Bytes of a document."""


class _Tree(ET.TreeBuilder):
    """Builds no tree of a document with a DOCTYPE, without bottom or without end."""

    _depth = 0
    _count = 0

    def doctype(self, name: str, pubid: str | None, system: str | None) -> None:  # noqa: ARG002
        raise ET.ParseError("a DOCTYPE is not allowed")

    def start(self, tag: Any, attrs: Any, /) -> Any:
        self._depth += 1
        self._count += 1
        if self._depth > DEEPEST:
            raise ET.ParseError("elements are nested too deep")
        if self._count > MOST_ELEMENTS:
            raise ET.ParseError("there are too many elements")
        return super().start(tag, attrs)

    def end(self, tag: Any, /) -> Any:
        self._depth -= 1
        return super().end(tag)


def parsed(data: bytes, file: str = "", kind: str = "XML") -> ET.Element:
    """The root element of an XML document; names are in Clark notation, `{namespace}name`.

    Args:
        data: the document.
        file: its name in messages.
        kind: what it should be, in messages: `an SRX file`.

    Raises:
        DragomanError: it is not well formed, has a DOCTYPE, or goes beyond the bounds.

    >>> parsed(b"<a><b/></a>")[0].tag
    'b'
    """
    problem, line, column = "", None, None
    if len(data) > LARGEST:
        problem = f"more than {LARGEST >> 20} MB"
    else:
        try:
            return ET.fromstring(data, ET.XMLParser(target=_Tree()))  # noqa: S314 - see _Tree
        except ET.ParseError as error:
            problem = str(error).split(":")[0]
            line, column = getattr(error, "position", (None, None))
        except (LookupError, ValueError) as error:
            problem = str(error)
    raise DragomanError(
        f"not {kind}: {problem}",
        file=file or None,
        line=line,
        column=None if column is None else column + 1,
        way_out="export it again, without a DOCTYPE",
    )
