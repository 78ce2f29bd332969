"""The parts of a page around the text: contents, progress and metadata."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from dragoman.chrome import Chrome
from dragoman.exports.parts import about
from dragoman.exports.parts.block_tree import depths
from dragoman.exports.parts.elements import Markup, absolute, lang, language
from dragoman.languages import locales
from dragoman.model import Kind, Parallel, ParallelBlock, Span, State

_DONE = (State.TRANSLATED, State.REVIEWED)


def banner(parallel: Parallel, chrome: Chrome) -> list[str]:
    """The completeness of each translation as a percentage of units."""
    rows = list(parallel.rows)
    source = parallel.source or parallel.locales[0]
    items = []
    for index, locale in enumerate(parallel.locales):
        if locale == source or not rows:
            continue
        done = sum(row.cells[index].state in _DONE for row in rows)
        share = locales.percent(done, len(rows), chrome.locale)
        said = chrome.say("Translated: {percent}", percent=share)
        name = f"<bdi {lang(locale)}>{escape(locales.name(locale))}</bdi>"
        whole = " whole" if done == len(rows) else ""
        items.append(f'<li class="far{whole}">{name}<span>{said}</span></li>')
    if not items:
        return []
    head = f'<ul class="banner" aria-label="{chrome.say("Completeness")}" {lang(chrome.locale)}>'
    return [head, *items, "</ul>"]


class _Plain(Markup):
    """Inline content of a heading in the contents, without links and footnotes."""

    def note(self, number: str) -> str:
        return ""

    def link(self, url: str, inner: str) -> str:
        return inner


def contents(parallel: Parallel, chrome: Chrome) -> list[str]:
    """The table of contents: nested headings in the first column's language."""
    deep = depths(parallel.blocks)
    found = [b for b in parallel.blocks if b.kind is Kind.HEADING and b.rows]
    if len(found) < 2:
        return []
    label = chrome.say("Contents")
    return [
        f'<nav class="toc" aria-label="{label}" {lang(parallel.locales[0])}>',
        *_nested([(deep[block.rows[0].id], _entry(block)) for block in found]),
        "</nav>",
    ]


def _nested(entries: list[tuple[int, str]]) -> Iterator[str]:
    before = 0
    for depth, entry in entries:
        if depth > before:
            yield "<ol>"
        else:
            yield "</li>"
            yield from ["</ol>", "</li>"] * (before - depth)
        yield f"<li>{entry}"
        before = depth
    yield from ["</li>", "</ol>"] * before


def _entry(block: ParallelBlock) -> str:
    cells = [row.cells[0] for row in block.rows]
    text = " ".join(_Plain().cell(cell) for cell in cells)
    return f'<a href="#{block.rows[0].id}" {lang(language(cells))}>{text}</a>'


def metadata_list(parallel: Parallel, chrome: Chrome) -> list[str]:
    """Author, date, origin and licence as a definition list; empty ones are left out."""
    source = parallel.source or parallel.locales[0]
    date = locales.date(about.date(parallel), chrome.locale)
    lines = [
        (chrome.say("Author"), _line(about.author(parallel), source)),
        (chrome.say("Date"), escape(date)),
        (chrome.say("Origin"), _line(about.origin(parallel), source)),
        (chrome.say("Licence"), _line(about.licence(parallel), source)),
    ]
    said = [f"<dt>{label}</dt><dd>{value}</dd>" for label, value in lines if value]
    if not said:
        return []
    label = chrome.say("About the text")
    return [
        f'<footer class="about" {lang(chrome.locale)}><dl aria-label="{label}">',
        *said,
        "</dl></footer>",
    ]


def _line(value: str, locale: str) -> str:
    """A metadata value in the source language, linked if it is a URL."""
    if not value:
        return ""
    inner = Markup().line((Span("text", value),), locale)
    inner = Markup().link(absolute(value), inner) if absolute(value) else inner
    return f"<span {lang(locale)}>{inner}</span>"


def dublin_core(parallel: Parallel) -> list[str]:
    """Dublin Core metadata for the head of a page.

    >>> dublin_core(Parallel("x", "X", ("en",), (), {"author": "A. B."}))[1:3]
    ['<meta name="author" content="A. B.">', '<meta name="dcterms.creator" content="A. B.">']
    """
    values = [
        ("dcterms.identifier", parallel.name),
        ("author", about.author(parallel)),
        ("dcterms.creator", about.author(parallel)),
        ("dcterms.date", about.date(parallel)),
        ("dcterms.source", about.origin(parallel)),
        ("dcterms.license", about.licence(parallel)),
        *(("dcterms.language", locales.language_tag(locale)) for locale in parallel.locales),
    ]
    return [f'<meta name="{name}" content="{escape(value)}">' for name, value in values if value]
