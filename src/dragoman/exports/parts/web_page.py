"""Parts shared by all web pages: head, content security policy, and links between pages."""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Sequence
from html import escape
from importlib.resources import files
from typing import NamedTuple

from dragoman.exports.parts.elements import lang
from dragoman.languages import locales


class Links(NamedTuple):
    """Links to related pages, relative to the page; empty for a single page."""

    home: str = ""
    languages: tuple[tuple[str, str], ...] = ()
    """Locale and URL of the text in each language, including this page."""
    parallel: str = ""
    alternates: tuple[tuple[str, str], ...] = ()
    """Locale (or `x-default`) and URL for `link rel="alternate"`."""
    canonical: str = ""
    """The page's absolute URL, if known."""
    before: tuple[str, str] = ("", "")
    """URL and title of the text before this one; empty for the first."""
    downloads: tuple[tuple[str, str], ...] = ()
    """Name and URL of each file in which a reader can take the text away."""
    home_link: str = ""
    """The link to the index, as markup; empty for the usual one."""
    footer: tuple[str, ...] = ()
    """Lines of markup at the foot of the page."""
    style: str = ""
    """A style sheet of the site's own."""
    after: tuple[str, str] = ("", "")
    """URL and title of the text after this one; empty for the last."""


class Page(NamedTuple):
    """The parts of a web page."""

    locale: str
    title: str
    style: str
    head: Sequence[str]
    body: Sequence[str | None]
    """Lines; `None` is where the early script runs."""
    script: str = ""
    classes: str = ""
    fonts: str = ""
    """CSS with embedded fonts."""
    early: str = ""
    """A script that runs where the body has a `None`."""


def resource(name: str) -> str:
    """Read a style sheet from `assets`, without indentation and comments.

    >>> "prefers-color-scheme: dark" in resource("page.css")
    True
    """
    text = files("dragoman.exports.assets").joinpath(name).read_text("utf-8")
    return re.sub(r"(?m)^\s*(?:/\*.*\*/\n)?\s*", "", text)


def written(page: Page) -> str:
    """Write a page whose content security policy only allows its own style and script.

    >>> "script-src 'none'" in written(Page("en", "X", "", (), ()))
    True
    """
    scripts = [script for script in (page.early, page.script) if script]
    script = " ".join(map(_hash, scripts)) or "'none'"
    body = [f"<script>{page.early}</script>" if line is None else line for line in page.body]
    styles = [style for style in (page.style, page.fonts) if style]
    policy = (
        f"default-src 'none'; style-src {' '.join(map(_hash, styles))}; script-src {script}; "
        f"{'font-src data:; ' if page.fonts else ''}"
        f"{'img-src data:; ' if any('<img ' in line for line in body) else ''}base-uri 'none'; form-action 'none'"
    )
    classes = f' class="{page.classes}"' if page.classes else ""
    return "\n".join(
        [
            "<!doctype html>",
            f"<html {lang(page.locale)}>",
            "<head>",
            '<meta charset="utf-8">',
            f'<meta http-equiv="Content-Security-Policy" content="{policy}">',
            '<meta name="viewport" content="width=device-width, initial-scale=1">',
            '<meta name="referrer" content="no-referrer">',
            '<meta name="generator" content="dragoman">',
            f"<title>{escape(page.title)}</title>",
            *page.head,
            *(f"<style>{style}</style>" for style in styles),
            "</head>",
            f"<body{classes}>",
            *body,
            *([f"<script>{page.script}</script>"] if page.script else []),
            "</body>",
            "</html>",
            "",
        ]
    )


def _hash(content: str) -> str:
    digest = hashlib.sha256(content.encode()).digest()
    return f"'sha256-{base64.b64encode(digest).decode()}'"


def alternates(links: Links) -> list[str]:
    """The `link` elements for the canonical URL and other languages.

    >>> alternates(Links(alternates=(("he", "../he/x.html"),)))
    ['<link rel="alternate" hreflang="he" href="../he/x.html">']
    """
    here = [f'<link rel="canonical" href="{escape(links.canonical)}">'] if links.canonical else []
    return here + [
        f'<link rel="alternate" hreflang="{locales.language_tag(locale)}" href="{escape(address)}">'
        for locale, address in links.alternates
    ]
