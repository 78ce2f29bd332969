"""The reader of OpenDocument texts; loaded by `odt` when there is one."""

from __future__ import annotations

import re
from collections.abc import Iterator

from dragoman import gate
from dragoman.errors import DragomanError
from dragoman.formats.archives.line_documents import document_of
from dragoman.formats.archives.opendocument import odt_layout
from dragoman.formats.archives.opendocument.odt_layout import Turn
from dragoman.formats.archives.opendocument.odt_members import OdtMemberReader
from dragoman.formats.archives.opendocument.odt_runs import OdtRuns, looks
from dragoman.formats.archives.packages import core_islands
from dragoman.formats.archives.sample_archives import zipped
from dragoman.formats.archives.slots import Archive, Piece, Slot, filled
from dragoman.formats.archives.xml_values import Island
from dragoman.formats.read_options import ReadOptions
from dragoman.model import Document, Kind

_KIND = "an ODT file"
_OASIS = "urn:oasis:names:tc:opendocument:xmlns:"
_PREFIXES = {
    f"{_OASIS}office:1.0": "office",
    f"{_OASIS}text:1.0": "text",
    f"{_OASIS}style:1.0": "style",
    f"{_OASIS}table:1.0": "table",
    f"{_OASIS}drawing:1.0": "draw",
    f"{_OASIS}chart:1.0": "chart",
    f"{_OASIS}form:1.0": "form",
    f"{_OASIS}meta:1.0": "meta",
    f"{_OASIS}manifest:1.0": "manifest",
    f"{_OASIS}svg-compatible:1.0": "svg",
    f"{_OASIS}xsl-fo-compatible:1.0": "fo",
    "http://purl.org/dc/elements/1.1/": "dc",
    "http://www.w3.org/1998/Math/MathML": "math",
}
_TYPE = re.compile(rb"application/vnd\.oasis\.opendocument\.text(?:-template|-master)?\s*")
_CHART = re.compile(r"(?:\./)?[^/]+/content\.xml")
_MANIFEST = "META-INF/manifest.xml"


def read(content: bytes, options: ReadOptions) -> Document:
    """Read a document as lines with inline codes."""
    return document_of(_Text(content, options).archive(), options)


class _Text:
    """The members of a text."""

    def __init__(self, data: bytes, options: ReadOptions) -> None:
        self._data = data
        self._file = options.file
        self._comments = options.comments
        self._members = gate.members(data, options.file, _KIND)
        self._slots: list[Slot] = []
        self._pieces: dict[str, tuple[Piece, ...]] = {}

    def archive(self) -> Archive:
        self._refuse_others()
        content, styles = self._root("content.xml"), None
        if "styles.xml" in self._members:
            styles = self._root("styles.xml")
        turn = Turn(odt_layout.source_is_rtl(styles), root=not _has_styles(styles))
        known = odt_layout.headings(styles, content)
        if "meta.xml" in self._members:
            meta = self._root("meta.xml")
            self._keep("meta.xml", meta, [], list(core_islands(meta)))
        self._member("content.xml", content, turn, known)
        for name in self._members:
            if _CHART.fullmatch(name):
                root = self._root(name)
                if any(node.name == "chart:chart" for node in root.walk()):
                    self._member(name, root, turn, {})
        if styles is not None:
            self._member("styles.xml", styles, turn, {})
        return Archive(self._data, self._pieces, tuple(self._slots))

    def _refuse_others(self) -> None:
        kind = self._members.get("mimetype", b"")
        if "content.xml" not in self._members:
            raise self._error("it has no content")
        if kind and not _TYPE.fullmatch(kind):
            raise self._error("it is another kind of document")
        if _MANIFEST in self._members:
            for node in self._root(_MANIFEST).walk():
                if node.name == "manifest:encryption-data":
                    raise DragomanError(
                        "the document is encrypted",
                        file=self._file or None,
                        how_to_fix="save it without a password",
                    )

    def _error(self, problem: str) -> DragomanError:
        return DragomanError(
            f"not {_KIND}: {problem}", file=self._file or None, how_to_fix="save it again"
        )

    def _root(self, name: str) -> gate.Node:
        doctype = name == _MANIFEST
        return gate.located(self._members[name], self._file, _KIND, _PREFIXES, doctype)

    def _member(self, name: str, root: gate.Node, turn: Turn, known: dict[str, int]) -> None:
        runs = OdtRuns(looks(root))
        kind = Kind.PARAGRAPH
        reader = OdtMemberReader(runs, known, self._comments, kind)
        slots, islands = reader.inside(root.children)
        places = [*islands, *odt_layout.islands(root, turn)]
        if slots:
            places += odt_layout.with_styles(root, "".join(runs.added()))
        self._keep(name, root, slots, places)

    def _keep(self, name: str, root: gate.Node, slots: list[Slot], islands: list[Island]) -> None:
        islands.sort(key=lambda island: island[:2])
        if not slots:
            slots = [piece for _, _, piece in islands if isinstance(piece, Slot)]
        self._slots += slots
        self._pieces[name] = tuple(filled(root.text, 0, len(root.text), islands))


def _has_styles(root: gate.Node | None) -> bool:
    return root is not None and root.child("office:styles") is not None


def _declared() -> Iterator[str]:
    for uri, prefix in _PREFIXES.items():
        if prefix in ("office", "text", "style", "table", "draw", "fo", "svg"):
            yield f'xmlns:{prefix}="{uri}"'
    yield 'xmlns:xlink="http://www.w3.org/1999/xlink"'


def sample(text: str) -> bytes:
    """A text with a body, for tests."""
    bold = (
        '<style:style style:name="T1" style:family="text"><style:text-properties '
        'fo:font-weight="bold"/></style:style><style:style style:name="T2" style:family="text">'
        '<style:text-properties fo:language="en"/></style:style>'
    )
    body = (
        f'<?xml version="1.0" encoding="UTF-8"?>\n<office:document-content {" ".join(_declared())} '
        f'office:version="1.2"><office:automatic-styles>{bold}</office:automatic-styles>'
        f"<office:body><office:text>{text}</office:text></office:body></office:document-content>"
    )
    return zipped({"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": body})


__all__ = ["read", "sample"]
