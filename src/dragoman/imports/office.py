"""Packages of office files from outside: their parts, found by their relations and not by name."""

from __future__ import annotations

import posixpath
import xml.etree.ElementTree as ET
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from dragoman import gate
from dragoman.errors import DragomanError
from dragoman.interchange.review_rows import Reviewed, columns, reviewed


class Package:
    """An office file, its parts read only when asked for, and only through the gate."""

    def __init__(self, data: bytes, file: str, kind: str) -> None:
        self._members = gate.members(data, file, kind)
        self._held = len(data)
        self._file = file
        self._kind = kind
        self.main = next((r.part for r in self.relations("") if r.kind == "officeDocument"), "")
        if self.main not in self._members:
            raise self.error("it has no main part")

    def error(self, problem: str) -> DragomanError:
        return DragomanError(
            f"not {self._kind}: {problem}", file=self._file or None, way_out="save it again"
        )

    def part(self, name: str) -> ET.Element:
        if name not in self._members:
            raise self.error(f"it has no {name!r}")
        root = gate.parsed(self._members.pieces(name), self._file, self._kind, self._held)
        self._held += self._members.size(name)  # about what the tree weighs, while it is kept
        return root

    def relations(self, part: str) -> Iterator[Relation]:
        """What a part, or the package, is related to inside the package."""
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
        """The addresses outside that a part leads to, by the ids it uses."""
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
    """The name of an element without its namespace: there are two, for old files and strict ones.

    >>> name(ET.Element("{http://example.org/}p"))
    'p'
    """
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def value(element: ET.Element | None, attribute: str) -> str:
    """An attribute, whatever its namespace.

    >>> value(ET.Element("a", {"{x}val": "1"}), "val")
    '1'
    """
    found = {} if element is None else element.attrib
    return next((v for key, v in found.items() if key.rpartition("}")[2] == attribute), "")


class Line(NamedTuple):
    """A row of a table, as it stands in the file."""

    place: str
    cells: list[str]
    remarks: list[str]
    """The comments that somebody fastened to it."""


def rows_of(tables: Iterable[Iterable[Line]]) -> Iterator[Reviewed]:
    """The rows of those tables that are review tables: below a head, in whatever order.

    >>> list(rows_of([[Line("row 1", ["a", "b"], [])]]))
    []
    """
    for table in tables:
        head = None
        for line in table:
            found = columns(line.cells)
            if found is not None:
                head = found
            elif head is not None:
                said = reviewed(head, line.cells, line.place)
                if said is not None:
                    told = (remark for remark in (said.comment, *line.remarks) if remark.strip())
                    yield said._replace(comment="\n".join(told))
