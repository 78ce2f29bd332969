"""What search engines and previews of links read: Open Graph, and JSON-LD in the terms of schema.org."""

from __future__ import annotations

import json
from html import escape

from dragoman.exports.parts import about
from dragoman.languages import locales
from dragoman.model import Parallel


def described(parallel: Parallel, address: str) -> list[str]:
    """The elements for a page with an address; none for a page without, which nobody finds by searching.

    >>> lines = described(Parallel("x", "X", ("he",), (), {"licence": "CC0"}, "en"), "https://a.org/x")
    >>> lines[0]
    '<meta property="og:title" content="X">'
    >>> '"translationOfWork":{"@type":"CreativeWork","inLanguage":"en","name":"X"}' in lines[-1]
    True
    """
    if not address:
        return []
    first = parallel.locales[0]
    title = parallel.title_in(first) or parallel.title
    description = parallel.metadata.get("description", "")
    tags = {
        "og:title": title,
        "og:type": "article",
        "og:url": address,
        "og:locale": locales.language_tag(first).replace("-", "_"),
        "og:description": description,
    }
    out = [f'<meta property="{k}" content="{escape(v)}">' for k, v in tags.items() if v]
    source = parallel.source or first
    languages = [locales.language_tag(x) for x in parallel.locales]
    author = about.author(parallel)
    said = {
        "@context": "https://schema.org",
        "@type": "Article",
        "name": title,
        "url": address,
        "inLanguage": languages if len(languages) > 1 else languages[0],
        "author": {"@type": "Person", "name": author} if author else None,
        "datePublished": about.date(parallel),
        "license": about.licence(parallel),
        "translationOfWork": {
            "@type": "CreativeWork",
            "inLanguage": locales.language_tag(source),
            "name": parallel.title,
        }
        if first != source
        else None,
    }
    content = json.dumps(
        {key: value for key, value in said.items() if value},
        ensure_ascii=False,
        separators=(",", ":"),
    ).replace("<", "\\u003c")
    return [*out, f'<script type="application/ld+json">{content}</script>']
