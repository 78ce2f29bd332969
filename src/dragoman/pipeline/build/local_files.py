"""Files beside a text that it shows or links to: pictures in editions, copies beside translations."""

from __future__ import annotations

import os
import posixpath
import re
from collections.abc import Iterable, Iterator
from urllib.parse import unquote, urlsplit

from dragoman.errors import DragomanError
from dragoman.formats import FORMATS
from dragoman.languages import locales
from dragoman.model import Parallel, Picture, Span, digest
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
_ADDRESS = re.compile(
    r"""\]\(\s*(?:<([^<>\n]+)>|([^\s()<>]+))     # of a link or an image
    | ^[ ]{0,3}\[[^\]\n]+\]:\s*<?([^\s<>]+)      # of a reference
    | \b(?:src|href|poster)\s*=\s*["']([^"'\n]+)  # of an element of HTML
    """,
    re.VERBOSE | re.MULTILINE,
)


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
        return parallel._replace(pictures=found) if found else parallel

    def _picture(self, locale: str, url: str) -> Picture | None:
        place = self._place(url)
        media = _MEDIA.get(posixpath.splitext(place)[1].lower())
        data = self._read(place, locale) if media else None
        return Picture(digest(data, 8), media, data) if media and data else None

    def copies(self, rendering: str, locale: str) -> dict[str, bytes]:
        """The files that a translated text leads to, by the paths where its links expect them.

        Links that lead out of the folder of texts, and those to texts, are left out.
        """
        out: dict[str, bytes] = {}
        for found in _ADDRESS.finditer(rendering):
            place = self._place(next(filter(None, found.groups())))
            if not place or place.startswith("../") or place in out or self._is_text(place):
                continue
            data = self._read(place, locale)
            if data is not None:
                settings = self._project.settings
                out[self._project.path(f"{settings.output}/{locale}/{place}")] = data
        return out

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
        names = dict.fromkeys((locale, locales.language_tag(locale)))
        for name in (*(f"{stem}.{name}{suffix}" for name in names), place):
            path = self._project.path(f"{self._project.settings.texts}/{name}")
            self.seen[path] = None
            if os.path.isfile(path):
                try:
                    return self._project.files.bytes_of(path, MOST)
                except DragomanError:
                    return None  # too large, or out of the project: the link is nobody's to follow
        return None


def _shown(spans: Iterable[Span]) -> Iterator[str]:
    """The addresses of images."""
    for span in spans:
        if span.name == "image":
            yield span.url
        yield from _shown(span.children)
