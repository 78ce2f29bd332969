"""A site: an index in every language, every text in every language, and parallel pages.

Links are relative, so that the site works in a folder and on any host; links for search engines are
absolute if the site's address is given.
"""

from __future__ import annotations

import posixpath
from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType
from typing import NamedTuple
from urllib.parse import quote, unquote, urlsplit

from dragoman.chrome import chrome
from dragoman.errors import DragomanError
from dragoman.exports import Export, contents, export_named, html
from dragoman.exports.parts import about, fonts
from dragoman.exports.parts.export_options import ExportOptions
from dragoman.exports.parts.web_page import Links
from dragoman.exports.site import site_index
from dragoman.exports.site.site_look import SiteLook
from dragoman.exports.site.site_search import Searched, search_page
from dragoman.exports.site.sitemap import sitemap
from dragoman.model import Parallel, State
from dragoman.pipeline.build.export import ExportQuery, aligned
from dragoman.pipeline.build.heading_links import fragment_of, linked, rows_of_headings
from dragoman.pipeline.build.site_settings import look
from dragoman.project import Project

_SEARCH = "search.html"
_DONE = (State.TRANSLATED, State.REVIEWED)


class _Text(NamedTuple):
    """A text, and the paths of its pages in the site."""

    parallel: Parallel
    pages: dict[str, str]
    """Locale to the path of its page; the source is first."""
    beside: str
    """Path of its parallel page; empty if it has only one language."""
    path: str
    """Path of the text below the folder of texts, which links use."""
    headings: Mapping[str, str] = MappingProxyType({})
    """The id that a heading has on other sites to the id that it has here."""


def site(
    project: Project,
    wanted: ExportQuery,
    options: ExportOptions,
    base: str = "",
    downloads: Sequence[str] = (),
) -> dict[str, bytes]:
    """Path and content of every file of the site; nothing is written yet.

    Args:
        project: the project.
        wanted: the texts, locales and states.
        options: the initial view of parallel pages.
        base: the site's URL; may be empty.
        downloads: names of the formats in which readers can take a text with them.

    Raises:
        DragomanError: the URL is not valid; or see `export.aligned`.
    """
    base = _checked(base)
    formats = [_whole(name) for name in downloads]
    texts = [_text(text.path, parallel) for text, parallel in aligned(project, wanted)]
    style = fonts.style([text.parallel for text in texts]) if options.embed_fonts else ""
    maker = _Site(project, options, base, style, look(project), formats)
    files: dict[str, str] = {}
    known = {text.path: text for text in texts}
    for text in texts:
        files |= maker.pages(text, known)
    files |= maker.indexes(texts)
    files[_SEARCH] = maker.search(texts)
    if base:
        files["sitemap.xml"] = sitemap(maker.addresses)
    return maker.downloads(texts) | {path: content.encode() for path, content in files.items()}


def _whole(name: str) -> Export:
    """The export with a name, if it puts all languages into one file.

    >>> _whole("tmx").SUFFIX
    '.tmx'

    Raises:
        DragomanError: there is none, or it makes a file for each pair of languages.
    """
    found = export_named(name)
    if found.PAIRS:
        raise DragomanError(
            f"{name} has a file for each pair of languages, and readers take one file",
            how_to_fix="choose another format, such as epub or tmx",
        )
    return found


def _checked(base: str) -> str:
    """The URL with a slash at its end.

    >>> _checked("https://example.org/texts")
    'https://example.org/texts/'
    """
    try:
        parts = urlsplit(base)
        valid = parts.scheme in ("http", "https") and parts.hostname
    except ValueError:
        valid = False
    if base and not (valid and not parts.query and not parts.fragment and base.isprintable()):
        raise DragomanError(
            f"{base!r} is not the address of a site",
            how_to_fix="give one like https://example.org/",
        )
    return base.rstrip("/") + "/" if base else ""


def _text(path: str, parallel: Parallel) -> _Text:
    """A text with a page for each language into which any of its units is translated."""
    rows = list(parallel.rows)
    translated = [
        locale
        for index, locale in enumerate(parallel.locales)
        if index == 0 or any(not row.cells[index].stand_in for row in rows)
    ]
    pages = {locale: f"{locale}/{parallel.name}.html" for locale in translated}
    beside = f"parallel/{parallel.name}.html" if len(translated) > 1 else ""
    return _Text(parallel.chosen(translated), pages, beside, path, rows_of_headings(parallel))


class _Site:
    """Makes the pages of a site."""

    def __init__(
        self,
        project: Project,
        options: ExportOptions,
        base: str,
        style: str,
        own: SiteLook,
        formats: Sequence[Export],
    ) -> None:
        self._formats = formats
        self._look = own
        self._settings = project.settings
        self._fonts = style
        self._options = options
        self._base = base
        self.addresses: list[tuple[str, tuple[tuple[str, str], ...]]] = []
        """URL of each page, and locale and URL of its versions in other languages."""

    def downloads(self, texts: Sequence[_Text]) -> dict[str, bytes]:
        """Path and content of the files that readers can take with them."""
        return {
            f"files/{text.parallel.name}{suffix}": content
            for text in texts
            for form in self._formats
            for suffix, content in contents(form, text.parallel, self._options).items()
        }

    def _files(self, path: str, text: _Text) -> tuple[tuple[str, str], ...]:
        """Name and URL of each download of a text."""
        return tuple(
            (
                form.SUFFIX.lstrip(".").upper(),
                _relative(path, f"files/{text.parallel.name}{form.SUFFIX}"),
            )
            for form in self._formats
        )

    def pages(self, text: _Text, texts: Mapping[str, _Text]) -> dict[str, str]:
        """Path and content of a text's pages: one a language, and the parallel one.

        Args:
            text: the text.
            texts: all texts of the site by their paths; links to them lead to their pages.
        """
        files = {}
        for locale, path in text.pages.items():
            files[path] = html.page(
                linked(text.parallel.chosen([locale]), _pages_from(path, text, texts, locale)),
                self._options,
                self._links(path, text, _neighbours(path, text, texts, locale)),
                self._fonts,
            )
        if text.beside:
            links = self._links(text.beside, text, _neighbours(text.beside, text, texts, ""))
            beside = linked(text.parallel, _pages_from(text.beside, text, texts, ""))
            files[text.beside] = html.page(beside, self._options, links, self._fonts)
        return files

    def _links(
        self, path: str, text: _Text, neighbours: tuple[tuple[str, str], tuple[str, str]]
    ) -> Links:
        source = next(iter(text.pages))
        locale = next((x for x, page in text.pages.items() if page == path), source)
        alternates = () if path == text.beside else self._alternates(path, text.pages)
        return self._noted(
            path,
            Links(
                _relative(path, self._index(locale)),
                tuple((x, _relative(path, page)) for x, page in text.pages.items()),
                _relative(path, text.beside) if text.beside else "",
                alternates,
                before=neighbours[0],
                after=neighbours[1],
                home_link=self._home_link(path, locale),
                footer=tuple(self._look.footer(locale)),
                style=self._look.style(),
                downloads=self._files(path, text),
            ),
        )

    def _home_link(self, path: str, locale: str) -> str:
        """The link to the index with the site's own title and logo; empty if it has neither."""
        if not self._look.titles and not self._look.logo:
            return ""
        label = chrome(locale).say("Texts")
        return self._look.home(_relative(path, self._index(locale)), locale, label)

    def _noted(self, path: str, links: Links) -> Links:
        """The links with the page's URL, which is added to `addresses`; unchanged without a base URL."""
        if not self._base:
            return links
        url = self._base + quote(path)
        self.addresses.append((url, links.alternates))
        return links._replace(canonical=url)

    def _alternates(self, path: str, pages: dict[str, str]) -> tuple[tuple[str, str], ...]:
        """Locale and address of each version of a page, with the source as the default."""
        source = next(iter(pages))
        return tuple(
            (locale, self._base + quote(page) if self._base else _relative(path, page))
            for locale, page in [*pages.items(), ("x-default", pages[source])]
        )

    def _index(self, locale: str) -> str:
        return "index.html" if locale == self._settings.source else f"index.{locale}.html"

    def _shown(self, texts: Sequence[_Text]) -> list[str]:
        """The languages of the index: those of any text, in the order of the settings."""
        available = {locale for text in texts for locale in text.pages}
        shown = [x for x in (self._settings.source, *self._settings.locales) if x in available]
        return shown or [self._settings.source]

    def search(self, texts: Sequence[_Text]) -> str:
        """The page that searches all texts."""
        searched = [
            Searched(text.parallel, {x: quote(page) for x, page in text.pages.items()})
            for text in texts
        ]
        homes = {locale: quote(self._index(locale)) for locale in self._shown(texts)}
        name = self._look.title(self._settings.source, self._settings.name)
        return search_page(name, searched, homes, self._fonts, self._look.style())

    def indexes(self, texts: Sequence[_Text]) -> dict[str, str]:
        """Path and content of the index in each language of any text."""
        shown = self._shown(texts)
        listed = [_listed(text) for text in texts]
        pages = {locale: self._index(locale) for locale in shown}
        files = {}
        for locale, path in pages.items():
            links = Links(
                languages=tuple((x, quote(page)) for x, page in pages.items()),
                alternates=self._alternates(path, pages),
            )
            links = self._noted(path, links)
            files[path] = site_index.index(
                self._look.title(locale, self._settings.name),
                listed,
                locale,
                shown,
                links._replace(
                    style=self._look.style(),
                    footer=tuple(self._look.footer(locale)),
                    home_link=self._look.mark(),
                ),
                self._fonts,
                _SEARCH,
            )
        return files


def _neighbours(
    page: str, text: _Text, texts: Mapping[str, _Text], locale: str
) -> tuple[tuple[str, str], tuple[str, str]]:
    """URL and title of the texts before and after a text, in a language or, if empty, side by side."""

    def address(other: _Text) -> str:
        return other.pages.get(locale, "") if locale else other.beside

    among = [other for other in texts.values() if address(other)]
    at = next(place for place, other in enumerate(among) if other.path == text.path)

    def link(place: int) -> tuple[str, str]:
        if not 0 <= place < len(among):
            return "", ""
        parallel = among[place].parallel
        title = parallel.title_in(locale or parallel.locales[0]) or parallel.title
        return _relative(page, address(among[place])), title

    return link(at - 1), link(at + 1)


def _pages_from(
    page: str, text: _Text, texts: Mapping[str, _Text], locale: str
) -> Callable[[str], str]:
    """Makes links between texts lead to pages; takes an address in a text, and returns another.

    A link to a text leads to its page in the same language, or in the source language if there is
    none; on a parallel page, to the parallel page. Other links stay as they are.

    Args:
        page: the path of the page that has the link.
        text: the text that the page shows.
        texts: all texts of the site by their paths.
        locale: the language of the page; empty for a parallel page.
    """

    def address(url: str) -> str:
        place, _, fragment = url.partition("#")
        if not place or ":" in place or place.startswith("/"):
            return url
        path = posixpath.normpath(posixpath.join(posixpath.dirname(text.path), unquote(place)))
        if path not in texts:
            return url
        pages, source = texts[path].pages, next(iter(texts[path].pages.values()))
        found = pages.get(locale, source) if locale else texts[path].beside or source
        if not fragment:
            return _relative(page, found)
        return (
            f"{_relative(page, found)}#{texts[path].headings.get(fragment_of(fragment), fragment)}"
        )

    return address


def _relative(path: str, to: str) -> str:
    """The relative URL from one page to another.

    >>> _relative("he/a/x.html", "parallel/a/x.html")
    '../../parallel/a/x.html'
    """
    return quote(posixpath.relpath(to, posixpath.dirname(path) or "."))


def _listed(text: _Text) -> site_index.Listed:
    """A text as the index shows it, with its progress in each language."""
    parallel = text.parallel
    rows = list(parallel.rows)
    progress = {
        locale: (sum(row.cells[index].state in _DONE for row in rows), len(rows))
        for index, locale in enumerate(parallel.locales)
    }
    titles = {x: parallel.title_in(x) or parallel.title for x in parallel.locales}
    pages = {locale: quote(page) for locale, page in text.pages.items()}
    words = {
        locale: sum(len(row.cells[index].text.split()) for row in rows)
        for index, locale in enumerate(parallel.locales)
    }
    date = about.date(parallel)
    return site_index.Listed(titles, pages, quote(text.beside), progress, words, date)
