"""The reader of EPUB books; loaded by `epub` when there is one."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from functools import partial
from urllib.parse import unquote

from dragoman import gate
from dragoman.errors import DragomanError
from dragoman.formats import pages, xhtml
from dragoman.formats.archives import slots
from dragoman.formats.archives.sample_archives import zipped
from dragoman.formats.archives.slots import (
    Archive,
    MemberPage,
    Piece,
    Slot,
    filled,
)
from dragoman.formats.archives.xml_values import Island, attribute_slot, content_slot
from dragoman.formats.read_options import ReadOptions
from dragoman.languages.locales import direction, language_tag
from dragoman.model import Document, Kind, PerLocale

LARGEST = 1 << 24
"""Maximum number of bytes of all pages of a book."""
_LONGEST_TAG = 1 << 20
_KIND = "an EPUB file"
_CONTAINER = "META-INF/container.xml"
_ENCRYPTED = "META-INF/encryption.xml"
_PREFIXES = {
    "http://www.idpf.org/2007/opf": "",
    "http://openebook.org/namespaces/oeb-package/1.0/": "",
    "http://purl.org/dc/elements/1.1/": "dc",
    "http://purl.org/dc/elements/1.0/": "dc",
    "http://www.daisy.org/z3986/2005/ncx/": "",
    "urn:oasis:names:tc:opendocument:xmlns:container": "",
    "http://www.w3.org/2001/04/xmlenc#": "",
}
_PAGES = ("application/xhtml+xml", "text/x-oeb1-document", "text/html")
_SAID = ("dc:title", "dc:description")


def read(content: bytes, options: ReadOptions) -> Document:
    """Read the pages of a book in the order of its spine, after its metadata."""
    book = _Book(content, options.file)
    archive = book.archive()
    lines = pages.read(archive.texts[0], options)
    texts = [pages.read(text, options, xml=True) for text in archive.texts[1:]]
    title = next((one.line for one in archive.slots if one.label == "title"), "")
    metadata = {"title": title} if title else {}
    return slots.document(archive, lines, texts, pages.inline, metadata)


class _Book:
    """A book: its package, its table of contents and its pages."""

    def __init__(self, data: bytes, file: str) -> None:
        self._data = data
        self._file = file
        self._members = gate.members(data, file, _KIND)
        self._slots: list[Slot] = []
        self._pieces: dict[str, tuple[Piece, ...]] = {}

    def archive(self) -> Archive:
        place = self._package()
        package = self._root(place)
        folder = posixpath.dirname(place)
        version = 3 if package.get("version").startswith("3") else 2
        self._keep(place, package, _package_islands(package, version))
        items = {
            node.get("id"): (_path(folder, node.get("href")), node)
            for node in package.walk()
            if node.name == "item"
        }
        for path, node in items.values():
            if node.get("media-type") == "application/x-dtbncx+xml" and path in self._members:
                root = self._root(path)
                self._keep(path, root, _contents_islands(root))
        named = list(dict.fromkeys(self._spine(package, items)))
        self._refuse_encrypted(named)
        if sum(self._members.size(path) for path in named) > LARGEST:
            raise DragomanError(
                f"the pages have more than {LARGEST >> 20} MB of text",
                file=self._file or None,
                how_to_fix="split it into volumes",
            )
        localized = partial(xhtml.localized, version)
        made = tuple(MemberPage(path, self._text(path), localized) for path in named)
        return Archive(self._data, self._pieces, tuple(self._slots), made)

    def _package(self) -> str:
        if _CONTAINER not in self._members:
            raise self._error("it has no container")
        for node in self._root(_CONTAINER).walk():
            if node.name == "rootfile" and node.get("full-path") in self._members:
                return node.get("full-path")
        raise self._error("it has no package")

    def _spine(self, package: gate.Node, items: dict[str, tuple[str, gate.Node]]) -> Iterator[str]:
        """The paths of the pages in the order of reading; the contents, if it is not one, come last."""
        for node in package.walk():
            if node.name == "itemref" and node.get("idref") in items:
                path, item = items[node.get("idref")]
                if path in self._members and item.get("media-type") in _PAGES:
                    yield path
        for path, item in items.values():
            if "nav" in item.get("properties").split() and path in self._members:
                yield path

    def _refuse_encrypted(self, named: list[str]) -> None:
        if _ENCRYPTED in self._members:
            locked = {
                unquote(node.get("URI")).lstrip("/")
                for node in self._root(_ENCRYPTED).walk()
                if node.name.rpartition(":")[2] == "CipherReference"
            }
            if locked.intersection(named):
                raise DragomanError(
                    "the pages of the book are encrypted",
                    file=self._file or None,
                    how_to_fix="use a copy without copy protection",
                )

    def _error(self, problem: str) -> DragomanError:
        return DragomanError(
            f"not {_KIND}: {problem}", file=self._file or None, how_to_fix="make it again"
        )

    def _root(self, path: str) -> gate.Node:
        data = self._members[path]
        return gate.located(data, self._file, _KIND, _PREFIXES, doctype=True)

    def _text(self, path: str) -> str:
        text = gate.decoded(self._members[path], self._file, _KIND)
        if "\0" in text:
            raise self._error(f"there is a NUL character in {path!r}")
        if len(text) > _LONGEST_TAG and any(
            len(piece.partition(">")[0]) > _LONGEST_TAG for piece in text.split("<")[1:]
        ):
            raise self._error(f"a tag in {path!r} has no end")
        return text

    def _keep(self, path: str, root: gate.Node, islands: Iterator[Island]) -> None:
        places = list(islands)
        self._slots += [piece for _, _, piece in places if isinstance(piece, Slot)]
        self._pieces[path] = tuple(filled(root.text, 0, len(root.text), places))


def _path(folder: str, address: str) -> str:
    return posixpath.normpath(posixpath.join(folder, unquote(address.partition("#")[0])))


def _package_islands(package: gate.Node, version: int) -> Iterator[Island]:
    """Titles and descriptions, and what depends on the locale."""
    languages = 0
    for node in package.walk():
        if node.name == "package":
            tag = node.tag
            yield node.start, node.inner, PerLocale(tag, partial(_package_tag, version, tag))
        elif node.name == "spine":
            tag = node.tag
            yield node.start, node.inner, PerLocale(tag, partial(_spine_tag, version, tag))
        elif node.name == "dc:language":
            languages += 1
            if languages == 1 and node.close > node.inner:
                raw = node.text[node.inner : node.close]
                yield node.inner, node.close, PerLocale(raw, language_tag)
        elif node.name in _SAID:
            yield from content_slot(node, Kind.METADATA, node.name.partition(":")[2])
        elif node.name == "reference":
            yield from attribute_slot(node, "title")


def _package_tag(version: int, tag: str, locale: str) -> str:
    rtl = direction(locale) == "rtl"
    tag = xhtml.with_attribute(tag, "xml:lang", language_tag(locale), add=False)
    return xhtml.with_attribute(tag, "dir", direction(locale), add=rtl and version >= 3)


def _spine_tag(version: int, tag: str, locale: str) -> str:
    """The spine; EPUB 2 has no direction of pages."""
    way = direction(locale)
    add = way == "rtl" and version >= 3
    return xhtml.with_attribute(tag, "page-progression-direction", way, add)


def _contents_islands(root: gate.Node) -> Iterator[Island]:
    """The labels of a table of contents of EPUB 2."""
    for node in root.walk():
        if node.name == "ncx":
            yield node.start, node.inner, PerLocale(node.tag, partial(_ncx_tag, node.tag))
        elif node.name == "text":
            yield from content_slot(node)


def _ncx_tag(tag: str, locale: str) -> str:
    tag = xhtml.with_attribute(tag, "xml:lang", language_tag(locale), add=False)
    return xhtml.with_attribute(tag, "dir", direction(locale), add=False)


_CONTAINED = (
    '<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container" version="1.0"><rootfiles>'
    '<rootfile full-path="a.opf" media-type="application/oebps-package+xml"/></rootfiles>'
    "</container>"
)
_PACKAGE = (
    '<package xmlns="http://www.idpf.org/2007/opf" version="3.0"><metadata '
    'xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>A book</dc:title>'
    "<dc:language>en</dc:language></metadata><manifest>"
    '<item id="p" href="p.xhtml" media-type="application/xhtml+xml"/></manifest>'
    '<spine><itemref idref="p"/></spine></package>'
)


def sample(text: str) -> bytes:
    """A book with one page, for tests."""
    page = (
        '<?xml version="1.0" encoding="utf-8"?>\n'
        f'<html xmlns="http://www.w3.org/1999/xhtml"><body>{text}</body></html>'
    )
    return zipped(
        {
            "mimetype": "application/epub+zip",
            _CONTAINER: _CONTAINED,
            "a.opf": _PACKAGE,
            "p.xhtml": page,
        }
    )


__all__ = ["read", "sample"]
