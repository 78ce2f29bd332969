"""The sitemap: every page with its versions in other languages."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from dragoman.languages import locales

_HEAD = (
    '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" '
    'xmlns:xhtml="http://www.w3.org/1999/xhtml">'
)


def sitemap(pages: Sequence[tuple[str, Sequence[tuple[str, str]]]]) -> str:
    """The sitemap, from absolute URLs, each with locale and URL of its alternates.

    >>> sitemap([("https://example.org/", ())]).split("\\n")[2]
    '<url><loc>https://example.org/</loc></url>'
    """
    out = ['<?xml version="1.0" encoding="UTF-8"?>', _HEAD]
    for address, fellows in pages:
        links = "".join(
            f'<xhtml:link rel="alternate" hreflang="{locales.language_tag(locale)}" '
            f'href="{escape(other)}"/>'
            for locale, other in fellows
        )
        out.append(f"<url><loc>{escape(address)}</loc>{links}</url>")
    return "\n".join([*out, "</urlset>", ""])
