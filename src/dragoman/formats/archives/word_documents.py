"""The reader of Word documents; loaded by `docx` when there is one."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from urllib.parse import unquote

from dragoman import gate
from dragoman.errors import DragomanError
from dragoman.formats import pages
from dragoman.formats.archives import slots, word_layout, word_members
from dragoman.formats.archives.coded_spans import inline
from dragoman.formats.archives.sample_archives import zipped
from dragoman.formats.archives.slots import Archive, Piece, Slot, filled
from dragoman.formats.read_options import ReadOptions
from dragoman.model import Document, Kind

_KIND = "a DOCX file"
_WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_STRICT = "http://purl.oclc.org/ooxml/wordprocessingml/main"
MOST_PARAGRAPHS = 25_000
"""Paragraphs of a document, its cells included; a thousand pages have fewer."""
_PREFIXES = {
    _WORD: "w",
    _STRICT: "w",
    "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing": "wp",
    "http://purl.oclc.org/ooxml/drawingml/wordprocessingDrawing": "wp",
    "http://schemas.openxmlformats.org/markup-compatibility/2006": "mc",
    "http://schemas.openxmlformats.org/officeDocument/2006/math": "m",
    "http://purl.oclc.org/ooxml/officeDocument/math": "m",
    "http://schemas.openxmlformats.org/drawingml/2006/main": "a",
    "urn:schemas-microsoft-com:vml": "v",
    "http://purl.org/dc/elements/1.1/": "dc",
}
_KINDS = {
    "header": Kind.PARAGRAPH,
    "footer": Kind.PARAGRAPH,
    "footnotes": Kind.FOOTNOTE,
    "endnotes": Kind.FOOTNOTE,
}
"""Parts with paragraphs beside the main one, in the order in which they are read."""


def read(content: bytes, options: ReadOptions) -> Document:
    """Read a document as lines with inline codes."""
    archive = _Package(content, options.file).archive()
    lines = pages.read(archive.texts[0], options)
    title = next((one.line for one in archive.slots if one.label == "title"), "")
    return slots.document(archive, lines, (), inline, {"title": title} if title else {})


class _Package:
    """The parts of a document, found by their relationships."""

    def __init__(self, data: bytes, file: str) -> None:
        self._data = data
        self._file = file
        self._members = gate.members(data, file, _KIND)
        self._slots: list[Slot] = []
        self._paragraphs = 0
        self._pieces: dict[str, tuple[Piece, ...]] = {}

    def archive(self) -> Archive:
        package = list(self._relations(""))
        main = next((part for _, kind, part in package if kind == "officeDocument"), "")
        if main not in self._members:
            raise self._error("it has no main part")
        root = self._root(main)
        if root.name != "w:document":
            raise self._error("its main part is no text")
        self._core(part for _, kind, part in package if kind == "core-properties")
        others = [(kind, part) for _, kind, part in self._relations(main) if part in self._members]
        known = word_members.styles(self._first(others, "styles"))
        self._part(main, root, known, Kind.PARAGRAPH)
        for wanted, kind in _KINDS.items():
            for part in sorted({part for other, part in others if other == wanted}, key=_by_number):
                self._part(part, self._root(part), known, kind)
        for other, part in others:
            self._small(other, part)
        return Archive(self._data, self._pieces, tuple(self._slots))

    def _error(self, problem: str) -> DragomanError:
        return DragomanError(
            f"not {_KIND}: {problem}", file=self._file or None, how_to_fix="save it again"
        )

    def _root(self, part: str) -> gate.Node:
        return gate.located(self._members[part], self._file, _KIND, _PREFIXES)

    def _first(self, others: list[tuple[str, str]], kind: str) -> gate.Node | None:
        return next((self._root(part) for other, part in others if other == kind), None)

    def _part(self, part: str, root: gate.Node, known: word_members.Styles, kind: Kind) -> None:
        if part in self._pieces:
            return
        self._paragraphs += sum(node.name == "w:p" for node in root.walk())
        if self._paragraphs > MOST_PARAGRAPHS:
            raise DragomanError(
                f"more than {MOST_PARAGRAPHS} paragraphs in one document",
                file=self._file or None,
                how_to_fix="split it into smaller files",
            )
        strict = "purl.oclc.org" in root.tag
        uri = _STRICT if strict else _WORD
        reader = word_members.MemberReader(dict(self._links(part)), known, kind, uri)
        found, pieces = reader.read(root)
        self._keep(part, found, pieces)

    def _core(self, parts: Iterator[str]) -> None:
        for part in parts:
            if part in self._members:
                self._islands(part, word_members.languages)

    def _small(self, kind: str, part: str) -> None:
        """Styles, numberings and settings, which have no paragraphs."""
        reader = {
            "styles": word_layout.styles,
            "numbering": word_members.levels,
            "settings": word_members.theme_language,
        }.get(kind)
        if reader is not None:
            self._islands(part, reader)

    def _islands(self, part: str, reader: word_members.IslandReader) -> None:
        root = self._root(part)
        islands = list(reader(root))
        found = [piece for _, _, piece in islands if isinstance(piece, Slot)]
        self._keep(part, found, tuple(filled(root.text, 0, len(root.text), islands)))

    def _keep(self, part: str, found: list[Slot], pieces: tuple[Piece, ...]) -> None:
        self._pieces[part] = pieces
        self._slots += found

    def _relations(self, part: str) -> Iterator[tuple[str, str, str]]:
        """Id, kind and part of each relationship inside the package."""
        folder = posixpath.dirname(part)
        for node in self._related(part):
            if node.get("TargetMode") != "External":
                target = unquote(node.get("Target"))
                place = posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")
                yield node.get("Id"), node.get("Type").rpartition("/")[2], place

    def _links(self, part: str) -> Iterator[tuple[str, str]]:
        for node in self._related(part):
            if node.get("TargetMode") == "External":
                yield node.get("Id"), node.get("Target")

    def _related(self, part: str) -> list[gate.Node]:
        folder, name = posixpath.split(part)
        named = posixpath.join(folder, "_rels", f"{name}.rels")
        return self._root(named).children if named in self._members else []


def _by_number(part: str) -> tuple[int, str]:
    return len(part), part


_TYPES = (
    '<?xml version="1.0" encoding="UTF-8"?>'
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" '
    'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-'
    'officedocument.wordprocessingml.document.main+xml"/></Types>'
)
_RELATIONS = (
    '<?xml version="1.0" encoding="UTF-8"?>'
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    '<Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/'
    'relationships/officeDocument" Target="word/document.xml"/></Relationships>'
)


def sample(text: str) -> bytes:
    """A document with a body, for tests."""
    body = (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
        f'<w:document xmlns:w="{_WORD}"><w:body>{text}<w:sectPr/></w:body></w:document>'
    )
    return zipped(
        {"[Content_Types].xml": _TYPES, "_rels/.rels": _RELATIONS, "word/document.xml": body}
    )
