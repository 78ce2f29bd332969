"""Office Open XML: the parts of a package, found by their relationships, and their slots."""

from __future__ import annotations

import posixpath
from collections.abc import Callable, Iterable, Iterator, Mapping
from urllib.parse import unquote

from dragoman import gate
from dragoman.errors import DragomanError
from dragoman.formats.archives.slots import Archive, Piece, Slot, filled
from dragoman.formats.archives.xml_values import Island, content_slot
from dragoman.languages.locales import language_tag
from dragoman.model import Kind, PerLocale

IslandReader = Callable[[gate.Node], Iterable[Island]]
SHARED_PREFIXES = {
    "http://schemas.openxmlformats.org/markup-compatibility/2006": "mc",
    "http://schemas.openxmlformats.org/officeDocument/2006/math": "m",
    "http://purl.oclc.org/ooxml/officeDocument/math": "m",
    "http://schemas.openxmlformats.org/drawingml/2006/main": "a",
    "http://purl.oclc.org/ooxml/drawingml/main": "a",
    "http://purl.org/dc/elements/1.1/": "dc",
}


class OfficePackage:
    """The parts of a package; what is read of each is kept."""

    def __init__(self, data: bytes, file: str, kind: str, prefixes: Mapping[str, str]) -> None:
        self._data = data
        self._file = file
        self._kind = kind
        self._prefixes = {**SHARED_PREFIXES, **prefixes}
        self.members = gate.members(data, file, kind)
        self.slots: list[Slot] = []
        self.pieces: dict[str, tuple[Piece, ...]] = {}

    def archive(self) -> Archive:
        """The archive with what was kept."""
        return Archive(self._data, self.pieces, tuple(self.slots))

    def main(self, *names: str) -> tuple[str, gate.Node]:
        """The path and the root of the main part, whose root has one of these names.

        Raises:
            DragomanError: there is none, or it is another kind of document.
        """
        found = (part for _, kind, part in self.relations("") if kind == "officeDocument")
        part = next(found, "")
        if part not in self.members:
            raise self.error("it has no main part")
        root = self.root(part)
        if root.name not in names:
            raise self.error("its main part is of another kind")
        return part, root

    def properties(self) -> None:
        """Keep the title and the language among the properties."""
        for _, kind, part in self.relations(""):
            if kind == "core-properties" and part in self.members:
                self.read(part, core_islands)

    def read(self, part: str, reader: IslandReader) -> None:
        """Keep the places that a reader finds in a part, once."""
        if part in self.pieces:
            return
        root = self.root(part)
        islands = list(reader(root))
        found = [one for _, _, one in islands if isinstance(one, Slot) and one.twin is one]
        self.keep(part, found, tuple(filled(root.text, 0, len(root.text), islands)))

    def keep(self, part: str, found: Iterable[Slot], pieces: tuple[Piece, ...]) -> None:
        self.pieces[part] = pieces
        self.slots += found

    def error(self, problem: str, how_to_fix: str = "save it again") -> DragomanError:
        return DragomanError(
            f"not {self._kind}: {problem}", file=self._file or None, how_to_fix=how_to_fix
        )

    def root(self, part: str) -> gate.Node:
        return gate.located(self.members[part], self._file, self._kind, self._prefixes)

    def relations(self, part: str) -> Iterator[tuple[str, str, str]]:
        """Id, kind and part of each relationship inside the package."""
        folder = posixpath.dirname(part)
        for node in self._related(part):
            if node.get("TargetMode") != "External":
                target = unquote(node.get("Target"))
                place = posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")
                yield node.get("Id"), node.get("Type").rpartition("/")[2], place

    def related(self, part: str, *kinds: str) -> list[str]:
        """The parts of these kinds that are in the package and belong to another."""
        found = (place for _, kind, place in self.relations(part) if not kinds or kind in kinds)
        return [place for place in dict.fromkeys(found) if place in self.members]

    def links(self, part: str) -> Iterator[tuple[str, str]]:
        """Id and address of each relationship that leads out of the package."""
        for node in self._related(part):
            if node.get("TargetMode") == "External":
                yield node.get("Id"), node.get("Target")

    def _related(self, part: str) -> list[gate.Node]:
        folder, name = posixpath.split(part)
        named = posixpath.join(folder, "_rels", f"{name}.rels")
        return self.root(named).children if named in self.members else []


def core_islands(root: gate.Node) -> Iterator[Island]:
    """The title and the language of the core properties."""
    for node in root.walk():
        if node.name == "dc:language" and node.close > node.inner:
            raw = node.text[node.inner : node.close]
            yield node.inner, node.close, PerLocale(raw, language_tag)
        elif node.name == "dc:title":
            yield from content_slot(node, Kind.METADATA, "title")


__all__ = ["IslandReader", "OfficePackage", "core_islands"]
