"""Files beside a text that it shows or links to: pictures in editions, copies beside translations."""

from __future__ import annotations

import os
import posixpath
import re
from collections.abc import Iterable, Iterator, Mapping
from html import unescape
from urllib.parse import unquote, urlsplit

from dragoman.errors import DragomanError
from dragoman.formats import FORMATS
from dragoman.languages import locales
from dragoman.model import Kind, Parallel, ParallelBlock, Picture, Span, digest, said
from dragoman.project import Project, Text

MOST = 16 << 20
"""Bytes of a file that is read; a larger one stays where it is."""
_MEDIA = {
    ".png": "image/png",
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".gif": "image/gif",
    ".svg": "image/svg+xml",
    ".webp": "image/webp",
}
_CHOICES = re.compile(r"""\bsrcset\s*=\s*(?:"([^"]+)"|'([^']+)'|([^\s"'<>=]+))""")
"""The images among which a browser chooses, each with its width behind a space."""
_ADDRESS = re.compile(
    r"""\]\(\s*(?:<([^<>\n]+)>|([^\s()<>]+))     # of a link or an image
    | ^[ ]{0,3}\[[^\]\n]+\]:\s*<?([^\s<>]+)      # of a reference
    | \b(?:src|href|poster)\s*=\s*(?:"([^"\n]+)"|'([^'\n]+)'|([^\s"'<>=]+))  # of an element
    """,
    re.VERBOSE | re.MULTILINE,
)


def media_of(path: str) -> str:
    """The media type of an image by its name; empty if it is none that editions show.

    >>> media_of("a/logo.SVG"), media_of("a.txt")
    ('image/svg+xml', '')
    """
    return _MEDIA.get(posixpath.splitext(path)[1].lower(), "")


class LocalFiles:
    """Finds the local files of one text; keeps which paths it looked at, whether a file is there or not."""

    def __init__(self, project: Project, text: Text) -> None:
        self._project = project
        self._folder = posixpath.dirname(text.path)
        self.seen: dict[str, None] = {}

    def illustrated(self, parallel: Parallel) -> Parallel:
        """The text with the pictures that its cells show, each in the version of the cell's language."""
        wanted = {
            (cell.lang, url)
            for block in parallel.blocks
            for row in block.rows
            for cell in row.cells
            for url in _shown(cell.spans)
        }
        found = {key: picture for key in sorted(wanted) if (picture := self._picture(*key))}
        if not wanted:
            return parallel
        blocks = tuple([block for block in parallel.blocks if _shows(block, found)])
        return parallel._replace(pictures=found, blocks=blocks)

    def _picture(self, locale: str, url: str) -> Picture | None:
        place = self._place(url)
        media = media_of(place)
        data = self._read(place, locale) if media else None
        return Picture(digest(data, 8), media, data) if media and data else None

    def copies(self, rendering: str, locale: str) -> dict[str, bytes]:
        """The files that a translated text leads to, by the paths where its links expect them.

        Links to texts are left out. Out of the folder of texts only images are followed, as far as
        the project's folder reaches, and all locales share one version.
        """
        out: dict[str, bytes] = {}
        for place in dict.fromkeys(map(self._place, _addresses(rendering))):
            path = self._copied(place, locale) if place and not self._is_text(place) else ""
            data = self._read(place, "" if _is_outside(place) else locale) if path else None
            if data is not None:
                out[path] = data
        return out

    def _copied(self, place: str, locale: str) -> str:
        """Where a translated text expects a file; empty if it may not be copied there.

        An image beside the folder of texts belongs beside the folders of locales.
        """
        settings = self._project.settings
        to = f"{settings.output}/{locale}/{place}"
        if _is_outside(place):
            to = posixpath.normpath(to)
            made = f"{posixpath.normpath(settings.output)}/"
            mine = (*settings.locales, settings.source, "parallel", "site")
            if not to.startswith(made) or to.removeprefix(made).split("/")[0] in mine:
                return ""
            if posixpath.splitext(place)[1].lower() not in _MEDIA:
                return ""
        return self._project.path(to)

    def _place(self, url: str) -> str:
        """The path of a local file below the folder of texts; empty if the address leads elsewhere."""
        try:
            parts = urlsplit(url.strip())
        except ValueError:
            return ""
        path = unquote(parts.path)
        if parts.scheme or parts.netloc or not path or path.startswith("/") or "\0" in path:
            return ""
        return posixpath.normpath(posixpath.join(self._folder, path))

    def _is_text(self, place: str) -> bool:
        """Whether it is a text, which has a translation of its own."""
        return any(place.lower().endswith(one.SUFFIXES) for one in FORMATS)

    def _read(self, place: str, locale: str) -> bytes | None:
        """A file, in the version of a locale if there is one: `map.he.png` beside `map.png`."""
        stem, suffix = posixpath.splitext(place)
        names = dict.fromkeys((locale, locales.language_tag(locale))) if locale else ()
        for name in (*(f"{stem}.{name}{suffix}" for name in names), place):
            inside = posixpath.normpath(f"{self._project.settings.texts}/{name}")
            if _is_outside(inside):
                return None
            path = self._project.path(inside)
            self.seen[path] = None
            if os.path.isfile(path):
                try:
                    return self._project.files.bytes_of(path, MOST)
                except DragomanError:
                    return None  # too large, or out of the project: the link is nobody's to follow
        return None


def _is_outside(place: str) -> bool:
    """Whether a path leads out of the folder it is relative to."""
    return place == ".." or place.startswith(("../", "/"))


def _addresses(rendering: str) -> Iterator[str]:
    """The addresses of links and images in a text, in Markdown and in HTML."""
    for found in _ADDRESS.finditer(rendering):
        yield unescape(next(filter(None, found.groups())))
    for found in _CHOICES.finditer(rendering):
        for choice in next(filter(None, found.groups())).split(","):
            yield unescape(choice.strip().partition(" ")[0])


def _shows(block: ParallelBlock, found: Mapping[tuple[str, str], Picture]) -> bool:
    """Whether a block has anything to show; an image without file and alternative text has not."""
    if block.units or block.kind is Kind.CELL or not block.rows:
        return True
    cells = [cell for row in block.rows for cell in row.cells]
    return any(
        said(cell.spans).strip() or any((cell.lang, url) in found for url in _shown(cell.spans))
        for cell in cells
    )


def _shown(spans: Iterable[Span]) -> Iterator[str]:
    """The addresses of images."""
    for span in spans:
        if span.name == "image":
            yield span.url
        yield from _shown(span.children)
