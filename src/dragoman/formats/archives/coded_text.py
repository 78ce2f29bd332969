"""The line of a paragraph as translators read it: text with inline codes written as tags.

A code is a pair, `<b>…</b>`, or stands alone, `<note1/>`. `<` and `&` of the text are escaped only
where they would be read as a code or as an entity.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from typing import NamedTuple

_AMBIGUOUS = re.compile(r"<(?=[A-Za-z/!?])|&(?=[A-Za-z][A-Za-z0-9]*;|#)")
_CODE = re.compile(
    r"<(?P<close>/)?(?P<name>[A-Za-z][A-Za-z0-9]*)(?P<rest>(?:\s(?:[^<>\"]|\"[^\"]*\")*)?)>"
    r"|<(?P<alone>[A-Za-z][A-Za-z0-9]*)(?:\s[^<>]*)?/>"
)
_ENTITY = re.compile(r"&(?:[A-Za-z][A-Za-z0-9]*|#[0-9]{1,7}|#[xX][0-9A-Fa-f]{1,6});")


def escaped(text: str) -> str:
    """Escape what would be read as a code or an entity.

    >>> escaped("R&D, 1 < 2, <b> &amp;")
    'R&D, 1 < 2, &lt;b> &amp;amp;'
    """
    if "<" not in text and "&" not in text:
        return text
    return _AMBIGUOUS.sub(lambda found: "&lt;" if found[0] == "<" else "&amp;", text)


def decoded(text: str) -> str:
    """The text that a stretch without codes stands for.

    >>> decoded("R&D, &lt;b> &amp;amp; &copy")
    'R&D, <b> &amp; &copy'
    """
    return _ENTITY.sub(lambda found: unescape(found[0]), text) if "&" in text else text


class CodeToken(NamedTuple):
    """A text, or a code."""

    text: str
    """The text, decoded; or the code as written."""
    name: str = ""
    kind: str = ""
    """`open`, `close` or `alone`; empty for a text."""


def tokens(line: str) -> Iterator[CodeToken]:
    """The texts and codes of a line.

    >>> [token.text for token in tokens("1 < 2 <b>R&amp;D</b><note1/>")]
    ['1 < 2 ', '<b>', 'R&D', '</b>', '<note1/>']
    """
    done = 0
    for found in _CODE.finditer(line):
        if found.start() > done:
            yield CodeToken(decoded(line[done : found.start()]))
        kind = "alone" if found["alone"] else "close" if found["close"] else "open"
        name = (found["alone"] or found["name"]).lower()
        if kind == "open" and found["rest"].endswith("/"):
            kind = "alone"
        yield CodeToken(found[0], name, kind)
        done = found.end()
    if done < len(line):
        yield CodeToken(decoded(line[done:]))
