"""An element around a translated Markdown text, for sites and forges that set no direction."""

from __future__ import annotations

import re

from dragoman.languages import locales

_HEAD = re.compile(
    r"\ufeff?(?:(---|\+\+\+)[ \t]*\r?\n(?:.*?\r?\n)??\1[ \t]*(?:\r?\n|\Z))?", re.DOTALL
)
"""A byte order mark and the front matter, which stay outside."""


_NEEDS_MARK = ("jekyll", "mkdocs")
"""Dialects whose parsers (kramdown, Python-Markdown) read Markdown in an element only if it says so."""


def wrapped(rendering: str, locale: str, which: str, dialect: str = "auto") -> str:
    """A Markdown text with its body inside a `div` that names its language and direction.

    Blank lines beside the tags let the body be read as Markdown (CommonMark 0.31, section 4.6).

    Args:
        rendering: the translated file.
        locale: the language it is in.
        which: `rtl` wraps right-to-left languages, `all` every one, `none` none.
        dialect: the text's dialect; that of Jekyll and MkDocs needs `markdown="1"`.

    >>> wrapped("---\\ntitle: x\\n---\\nשלום.\\n", "he", "rtl")
    '---\\ntitle: x\\n---\\n<div lang="he" dir="rtl">\\n\\nשלום.\\n\\n</div>\\n'
    >>> wrapped("Salam.\\n", "az", "rtl")
    'Salam.\\n'
    """
    direction = locales.direction(locale)
    if which == "none" or (which == "rtl" and direction != "rtl"):
        return rendering
    head = _HEAD.match(rendering)
    start = head.end() if head else 0
    body = rendering[start:]
    if not body.strip():
        return rendering
    end = "\r\n" if "\r\n" in rendering else "\n"
    mark = ' markdown="1"' if dialect in _NEEDS_MARK else ""
    opened = f'<div lang="{locales.language_tag(locale)}" dir="{direction}"{mark}>'
    before = "" if not start or rendering[:start].endswith(("\n", "\ufeff")) else end
    return (
        f"{rendering[:start]}{before}{opened}{end}{end}"
        f"{body.lstrip(chr(13) + chr(10)).rstrip()}{end}{end}</div>{end}"
    )
