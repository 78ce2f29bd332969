"""The parts of a page around the text: controls, contents, progress and metadata."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from dragoman.chrome import Chrome
from dragoman.exports.parts import about
from dragoman.exports.parts.block_tree import depths
from dragoman.exports.parts.elements import Markup, absolute, lang, language
from dragoman.exports.parts.export_options import LAYOUTS, ExportOptions
from dragoman.exports.parts.web_page import Links
from dragoman.languages import locales
from dragoman.model import Kind, Parallel, ParallelBlock, Span, State

_DONE = (State.TRANSLATED, State.REVIEWED)


def bar(parallel: Parallel, options: ExportOptions, chrome: Chrome, links: Links) -> list[str]:
    """The header of a page: title, navigation and view options."""
    first = parallel.locales[0]
    title = escape(parallel.title_in(first) or parallel.title)
    out = [
        f'<a class="skip" href="#text" {lang(chrome.locale)}>{chrome.say("Skip to the text")}</a>',
        f'<header class="bar" {lang(chrome.locale)}>',
        f'<p class="title" {lang(first)}>{title}</p>',
        *_fellows(parallel, chrome, links),
    ]
    if len(parallel.locales) > 1:
        out += [*_languages(parallel, chrome), *_layouts(options, chrome), *_rows(options, chrome)]
    return [*out, *_switches(chrome), *_find(chrome), "</header>"]


def _fellows(parallel: Parallel, chrome: Chrome, links: Links) -> list[str]:
    """Links to the other pages of the text in a site."""
    if not links.home:
        return []
    alone = len(parallel.locales) == 1
    out = [f'<nav class="fellows" aria-label="{chrome.say("Languages")}"><ul>']
    out.append(f'<li><a href="{escape(links.home)}">{chrome.say("Texts")}</a></li>')
    for locale, address in links.languages:
        here = ' aria-current="page"' if alone and locale == parallel.locales[0] else ""
        name = escape(locales.name(locale))
        tag = locales.language_tag(locale)
        out.append(
            f'<li><a href="{escape(address)}" hreflang="{tag}" {lang(locale)}{here}>{name}</a></li>'
        )
    if links.parallel:
        here = "" if alone else ' aria-current="page"'
        label = chrome.say("Parallel text")
        out.append(f'<li><a href="{escape(links.parallel)}"{here}>{label}</a></li>')
    return [*out, "</ul></nav>"]


def _languages(parallel: Parallel, chrome: Chrome) -> list[str]:
    out = [f"<fieldset><legend>{chrome.say('Languages')}</legend>"]
    for index, locale in enumerate(parallel.locales):
        out.append(
            f'<label><input type="checkbox" id="show-{index}" checked>'
            f"<span {lang(locale)}>{escape(locales.name(locale))}</span></label>"
        )
    return [*out, "</fieldset>"]


def _layouts(options: ExportOptions, chrome: Chrome) -> list[str]:
    labels = (
        chrome.say("Side by side"),
        chrome.say("Facing pages"),
        chrome.say("One below the other"),
        chrome.say("Line by line"),
    )
    choices = list(zip(LAYOUTS, labels, strict=True))
    return _radios("layout", chrome.say("Layout"), choices, options.layout)


def _rows(options: ExportOptions, chrome: Chrome) -> list[str]:
    choices = [("paragraph", chrome.say("Paragraphs")), ("sentence", chrome.say("Sentences"))]
    return _radios("rows", chrome.say("Rows"), choices, options.rows)


def _radios(name: str, legend: str, choices: list[tuple[str, str]], chosen: str) -> list[str]:
    out = [f"<fieldset><legend>{legend}</legend>"]
    for value, label in choices:
        checked = " checked" if value == chosen else ""
        out.append(
            f'<label><input type="radio" name="{name}" id="{name}-{value}"{checked}>{label}</label>'
        )
    return [*out, "</fieldset>"]


def _switches(chrome: Chrome) -> list[str]:
    return [
        "<fieldset>",
        f'<label><input type="checkbox" id="states" checked>{chrome.say("States of translation")}</label>',
        f'<label><input type="checkbox" id="numbers">{chrome.say("Sentence numbers")}</label>',
        "</fieldset>",
    ]


def _find(chrome: Chrome) -> list[str]:
    """A search box, hidden until the script is running."""
    label = chrome.say("Find in all languages")
    found = escape(chrome.say("Found: {count}", count="{count}"))
    none = escape(chrome.say("Nothing found"))
    return [
        '<search class="find" hidden>',
        f'<input type="search" id="find" aria-label="{label}" placeholder="{label}">',
        f'<output for="find" id="found" data-found="{found}" data-none="{none}"></output>',
        "</search>",
    ]


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
        f"<details><summary {lang(chrome.locale)}>{label}</summary>",
        *_nested([(deep[block.rows[0].id], _entry(block)) for block in found]),
        "</details></nav>",
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
