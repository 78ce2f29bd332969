"""What the headings of other texts are called, for links such as `[it](other.md#the-end)`."""

from __future__ import annotations

import posixpath
from collections.abc import Callable, Mapping
from functools import cache, partial
from urllib.parse import unquote

from dragoman import po
from dragoman.catalogs.catalog import Catalog
from dragoman.formats import format_of
from dragoman.parallel.heading_ids import heading_ids
from dragoman.pipeline.loader import Loader
from dragoman.project import Project, Text

Elsewhere = Callable[[str], Mapping[str, str]]
"""Takes the address of another text in a link, and gives source ids of its headings to translated ones."""


class OtherHeadings:
    """Finds the texts that links lead to, and the ids of their translated headings."""

    def __init__(self, project: Project, loader: Loader, drafts: bool) -> None:
        self._project = project
        self._loader = loader
        self._drafts = drafts
        self._made: Mapping[str, bytes] | None = None
        self._texts: dict[str, Text] = {}
        self.waiting: set[Text] = set()
        """Texts with a link to another, whose catalogs this build has not made yet."""
        self._ids = cache(self._read)

    def know(self, made: Mapping[str, bytes]) -> None:
        """Take the catalogs that this build made, by path; from here on links can be followed."""
        self._made = made

    def seen_from(self, text: Text, locale: str, seen: dict[str, None]) -> Elsewhere:
        """What links of a text follow; `seen` gets the paths of the files that this depends on."""
        return partial(self._follow, text, locale, seen)

    def _follow(
        self, text: Text, locale: str, seen: dict[str, None], address: str
    ) -> Mapping[str, str]:
        if ":" in address or address.startswith("/"):
            return {}
        folder = posixpath.dirname(text.path)
        path = posixpath.normpath(posixpath.join(folder, unquote(address)))
        other = self._text(path)
        if other is None or other == text:
            return {}
        if self._made is None:
            self.waiting.add(text)
            return {}
        seen[self._project.source(other)] = None
        seen[self._project.catalog(other, locale)] = None
        return self._ids(other, locale)

    def _text(self, path: str) -> Text | None:
        """The text at a path, also if a link names its page: `other/`, `other.html`.

        A site shows `a.md` as `a/`, so a link from it may begin with `../` for its own folder.
        """
        self._texts = self._texts or {one.path: one for one in self._project.texts()}
        stem = path.removesuffix(".html")
        names: tuple[str, ...] = (
            path,
            f"{stem}.md",
            f"{stem}/index.md",
            f"{stem}/_index.md",
            f"{stem}/README.md",
        )
        names += (f"{stem[3:]}.md",) if stem.startswith("../") else ()
        return next((self._texts[name] for name in names if name in self._texts), None)

    def _read(self, other: Text, locale: str) -> Mapping[str, str]:
        settings = self._project.settings.for_text(other.path)
        if settings.heading_ids != "follow" or format_of(other.path).NAME != "markdown":
            return {}
        data = (self._made or {}).get(self._project.catalog(other, locale))
        catalog = (
            self._loader.catalog(other, locale) if data is None else Catalog(locale, po.parse(data))
        )
        found = heading_ids(self._loader.document(other), catalog.targets(self._drafts))
        return {one.source: one.target for one in found if one.source != one.target}
