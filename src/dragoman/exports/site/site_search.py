"""A page that searches all texts of a site, from disk too: the sentences are inside it, packed."""

from __future__ import annotations

import base64
import gzip
import json
from collections.abc import Mapping, Sequence
from html import escape
from typing import NamedTuple

from dragoman.chrome import chrome
from dragoman.exports.parts.elements import lang
from dragoman.exports.parts.web_page import Page, resource, written
from dragoman.exports.reading import page_scripts
from dragoman.languages import locales
from dragoman.model import Parallel


class Searched(NamedTuple):
    """A text as the search page has it."""

    parallel: Parallel
    pages: Mapping[str, str]
    """Locale to the URL of its page."""


def search_page(
    name: str, texts: Sequence[Searched], homes: Mapping[str, str], fonts: str = "", own: str = ""
) -> str:
    """The page; its labels change to the language of the reader.

    Args:
        name: the site's name.
        texts: the texts.
        homes: locale to the URL of the index, for each language of the site; the first is used
            where no language of the reader is among them.
        fonts: CSS with embedded fonts.
        own: a style sheet of the site's own.

    >>> "DecompressionStream" in search_page("letters", [], {"en": "index.html"})
    True
    """
    first = next(iter(homes))
    labels = {locales.language_tag(x): _labels(x, home, name) for x, home in homes.items()}
    shown = dict.fromkeys(x for text in texts for x in text.parallel.locales)
    choices = [
        f'<option value="{locales.language_tag(x)}" {lang(x)}>{escape(locales.title(x))}</option>'
        for x in shown
    ]
    say = chrome(first).say
    body = [
        f'<header class="bar"><a id="home" class="home" href="{escape(homes[first])}" data-say="home_label">{say("Texts")}</a></header>',
        '<main class="index">',
        f'<h1 data-say="find">{say("Search the texts")}</h1>',
        '<search id="form" class="seek" hidden>',
        '<input type="search" id="q" autocomplete="off">',
        f'<label><span data-say="within">{say("Find in")}</span> <select id="in"><option value="" data-say="all">{say("All languages")}</option>',
        *choices,
        "</select></label>",
        f'<label><span data-say="read">{say("Read in")}</span> <select id="read">',
        *choices,
        "</select></label>",
        '<output id="found" for="q"></output>',
        "</search>",
        '<ol id="hits"></ol>',
        "</main>",
        f'<script type="application/json" id="labels">{_inert(labels)}</script>',
        f'<script type="text/plain" id="data">{_packed(texts)}</script>',
    ]
    style = resource("page.css") + resource("site.css") + own
    return written(
        Page(first, say("Search the texts"), style, (), body, page_scripts.search(), fonts=fonts)
    )


def _labels(locale: str, home: str, name: str) -> dict[str, str]:
    labels = chrome(locale)
    say = labels.say
    return {
        "lang": locales.language_tag(labels.locale),
        "dir": locales.direction(labels.locale),
        "home": home,
        "home_label": say("Texts"),
        "find": say("Search the texts"),
        "title": f"{say('Search the texts')} · {name}",
        "within": say("Find in"),
        "read": say("Read in"),
        "all": say("All languages"),
        "found": say("Found: {count}", count="{count}"),
        "none": say("Nothing found"),
    }


def _inert(data: object) -> str:
    """JSON that cannot end its element.

    >>> _inert({"a": "</script>"})
    '{"a":"\\\\u003c/script>"}'
    """
    return json.dumps(data, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c")


def _packed(texts: Sequence[Searched]) -> str:
    """The sentences, compressed: number and text of each in every language it is translated into."""
    data = [
        {
            "tags": [locales.language_tag(x) for x in parallel.locales],
            "dirs": [locales.direction(x) for x in parallel.locales],
            "titles": {
                locales.language_tag(x): parallel.title_in(x) or parallel.title
                for x in parallel.locales
            },
            "pages": {locales.language_tag(x): page for x, page in pages.items()},
            "rows": [
                [row.id, row.number, ["" if cell.stand_in else cell.text for cell in row.cells]]
                for row in parallel.rows
            ],
        }
        for parallel, pages in texts
    ]
    content = json.dumps(data, ensure_ascii=False, separators=(",", ":")).encode()
    packed = gzip.compress(content, 9, mtime=0)
    packed = packed[:9] + b"\xff" + packed[10:]  # no system is named, for the same bytes on each
    return base64.b64encode(packed).decode()
