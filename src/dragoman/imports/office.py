"""Reads packages of office files: parts are found by their relationships, not by name."""

from __future__ import annotations

import posixpath
import xml.etree.ElementTree as ET
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from dragoman import gate
from dragoman.errors import DragomanError
from dragoman.interchange.review_rows import Reviewed, columns, reviewed


class Package:
    """An office file; its parts are read on demand, through `gate`."""

    def __init__(self, data: bytes, file: str, kind: str) -> None:
        self._members = gate.members(data, file, kind)
        self._held = len(data)
        self._file = file
        self._kind = kind
        self.main = next((r.part for r in self.relations("") if r.kind == "officeDocument"), "")
        if self.main not in self._members:
            raise self.error("it has no main part")

    def error(self, problem: str) -> DragomanError:
        """An error that the file is not of its kind."""
        return DragomanError(
            f"not {self._kind}: {problem}", file=self._file or None, how_to_fix="save it again"
        )

    def part(self, name: str) -> ET.Element:
        """The root element of a part.

        Raises:
            DragomanError: the part is missing or not valid.
        """
        if name not in self._members:
            raise self.error(f"it has no {name!r}")
        root = gate.parsed(self._members.pieces(name), self._file, self._kind, self._held)
        self._held += self._members.size(name)  # about the memory that the tree takes
        return root

    def relations(self, part: str) -> Iterator[Relation]:
        """Yield the relationships of a part, or of the package, to its other parts."""
        folder, name = posixpath.split(part)
        named = posixpath.join(folder, "_rels", f"{name}.rels")
        if named not in self._members:
            return
        for found in self.part(named):
            if found.get("TargetMode") != "External":
                target = posixpath.normpath(posixpath.join("/", folder, found.get("Target", "")))
                kind = found.get("Type", "").rpartition("/")[2]
                yield Relation(found.get("Id", ""), kind, target.lstrip("/"))

    def links(self, part: str) -> Iterator[tuple[str, str]]:
        """Yield id and URL of the external relationships of a part."""
        folder, name = posixpath.split(part)
        named = posixpath.join(folder, "_rels", f"{name}.rels")
        for found in self.part(named) if named in self._members else ():
            if found.get("TargetMode") == "External":
                yield found.get("Id", ""), found.get("Target", "")


class Relation(NamedTuple):
    id: str
    kind: str
    part: str


def name(element: ET.Element) -> str:
    """The name of an element without its namespace, which differs in strict and transitional files.

    >>> name(ET.Element("{http://example.org/}p"))
    'p'
    """
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def value(element: ET.Element | None, attribute: str) -> str:
    """The value of an attribute in any namespace; empty if it is missing.

    >>> value(ET.Element("a", {"{x}val": "1"}), "val")
    '1'
    """
    attributes = {} if element is None else element.attrib
    return next((v for key, v in attributes.items() if key.rpartition("}")[2] == attribute), "")


class ReviewLine(NamedTuple):
    """A row of a table in a file."""

    place: str
    cells: list[str]
    remarks: list[str]
    """Reviewers' comments on the row."""


def rows_of(tables: Iterable[Iterable[ReviewLine]]) -> Iterator[Reviewed]:
    """Yield the rows below a header in those tables that are review tables.

    >>> list(rows_of([[ReviewLine("row 1", ["a", "b"], [])]]))
    []
    """
    for table in tables:
        head = None
        for line in table:
            header_columns = columns(line.cells)
            if header_columns is not None:
                head = header_columns
            elif head is not None:
                row = reviewed(head, line.cells, line.place)
                if row is not None:
                    comments = (remark for remark in (row.comment, *line.remarks) if remark.strip())
                    yield row._replace(comment="\n".join(comments))
