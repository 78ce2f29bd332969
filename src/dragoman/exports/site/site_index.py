"""The index of a site: its texts, the languages each is in, and how far each is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape
from types import MappingProxyType
from typing import NamedTuple

from dragoman.chrome import Chrome, chrome
from dragoman.exports.parts.elements import Markup, lang
from dragoman.exports.parts.web_page import Links, Page, alternates, resource, written
from dragoman.languages import locales
from dragoman.model import Span


class Listed(NamedTuple):
    """A text in the index."""

    titles: Mapping[str, str]
    """Its title in each available language, the source first."""
    pages: Mapping[str, str]
    """URL of its page in each of these languages."""
    parallel: str
    """URL of its parallel page; empty if it is in one language only."""
    done: Mapping[str, tuple[int, int]]
    """Number of translated units and of all units, by locale."""
    words: Mapping[str, int] = MappingProxyType({})
    """Number of words, by locale."""
    date: str = ""
    """The date of the text, as its metadata say it."""


def index(
    name: str,
    texts: Sequence[Listed],
    locale: str,
    shown: Sequence[str],
    links: Links,
    fonts: str = "",
    search: str = "",
) -> str:
    """The index in one language.

    Args:
        name: the site's name.
        texts: the texts.
        locale: the language of the index.
        shown: a column for each of these locales.
        links: the index in the other languages.
        fonts: CSS with embedded fonts.
        search: URL of the page that searches all texts.

    >>> "<title>letters</title>" in index("letters", [], "he", ["he"], Links())
    True
    """
    said = chrome(locale)
    rows = [line for text in texts for line in _row(text, locale, shown, said)]
    body = [
        f'<header class="bar" {lang(said.locale)}>',
        *_switcher(locale, said, links),
        "</header>",
        f'<main class="index" {lang(said.locale)}>',
        f"<h1>{links.home_link}{_line(name, said.locale)}</h1>",
        *_search(search, locale, said),
        *_table(rows, shown, said),
        "</main>",
        *links.footer,
    ]
    style = resource("page.css") + resource("site.css") + links.style
    return written(Page(said.locale, name, style, alternates(links), body, fonts=fonts))


def _switcher(locale: str, said: Chrome, links: Links) -> list[str]:
    out = [f'<nav class="fellows" aria-label="{said.say("Languages")}"><ul>']
    for other, address in links.languages:
        here = ' aria-current="page"' if other == locale else ""
        tag, label = locales.language_tag(other), escape(locales.name(other))
        out.append(
            f'<li><a href="{escape(address)}" hreflang="{tag}" {lang(other)}{here}>{label}</a></li>'
        )
    return [*out, "</ul></nav>"]


def _search(address: str, locale: str, said: Chrome) -> list[str]:
    if not address:
        return []
    query = f"?ui={locales.language_tag(locale)}"
    return [f'<p><a href="{escape(address)}{query}">{said.say("Search the texts")}</a></p>']


def _table(rows: list[str], shown: Sequence[str], said: Chrome) -> list[str]:
    heads = [
        f'<th scope="col"><span {lang(x)}>{escape(locales.name(x))}</span></th>' for x in shown
    ]
    return [
        f"<table><caption>{said.say('Texts')}</caption>",
        f'<thead><tr><th scope="col">{said.say("Text")}</th>',
        *heads,
        f'<th scope="col">{said.say("Parallel text")}</th></tr></thead>',
        "<tbody>",
        *rows,
        "</tbody></table>",
    ]


def _row(text: Listed, locale: str, shown: Sequence[str], said: Chrome) -> list[str]:
    own = locale if locale in text.titles else next(iter(text.titles))
    title = _line(text.titles[own], own)
    about = "".join(f'<span class="facts">{fact}</span>' for fact in _facts(text, own, said))
    out = [
        f'<tr><th scope="row"><a href="{escape(text.pages[own])}" {lang(own)}>{title}</a>{about}</th>'
    ]
    out += [f"<td>{_page(text, other, said)}</td>" for other in shown]
    label = said.say("Parallel text")
    link = f'<a href="{escape(text.parallel)}">{label}</a>' if text.parallel else ""
    return [*out, f"<td>{link}</td></tr>"]


_A_MINUTE = 200
"""Words that a reader reads in a minute."""


def _facts(text: Listed, locale: str, said: Chrome) -> list[str]:
    """The date of a text, and how long it takes to read."""
    words = text.words.get(locale, 0)
    minutes = locales.number(max(1, round(words / _A_MINUTE)), said.locale)
    facts = [escape(locales.date(text.date, said.locale))]
    if words:
        count = locales.number(words, said.locale)
        facts.append(said.say("Words: {words}, minutes: {minutes}", words=count, minutes=minutes))
    return [fact for fact in facts if fact]


def _page(text: Listed, locale: str, said: Chrome) -> str:
    """A link to a text in one language, with its completeness if below 100%."""
    if locale not in text.pages:
        return ""
    tag, name = locales.language_tag(locale), escape(locales.name(locale))
    link = f'<a href="{escape(text.pages[locale])}" hreflang="{tag}" {lang(locale)}>{name}</a>'
    done, whole = text.done[locale]
    share = locales.percent(done, whole, said.locale)
    return link if done == whole else f'{link}<span class="share">{share}</span>'


def _line(text: str, locale: str) -> str:
    return Markup().line((Span("text", text),), locale)
