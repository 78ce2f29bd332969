"""Inline codes of office files as spans, for editions."""

from __future__ import annotations

import re
from html import unescape

from dragoman.formats.archives.coded_text import tokens
from dragoman.model import Span

_NAMES = {
    "b": "strong",
    "strong": "strong",
    "i": "emphasis",
    "em": "emphasis",
    "s": "strike",
    "a": "link",
    "u": "u",
    "sup": "sup",
    "sub": "sub",
}
_HREF = re.compile(r'href="([^"]*)"')
_DEEPEST = 60


def inline(line: str) -> tuple[Span, ...]:
    """The inline content of a line: text, emphasis, links, code; other codes are left out.

    >>> [span.name for span in inline("a <b>b</b> <g1>c</g1><note1/>")]
    ['text', 'strong', 'text', 'text']
    """
    open_: list[tuple[str, str, list[Span]]] = [("", "", [])]
    for token in tokens(line):
        if not token.kind:
            open_[-1][2].append(Span("text", token.text))
        elif token.kind == "open" and len(open_) < _DEEPEST:
            url = _HREF.search(token.text)
            open_.append((token.name, unescape(url[1]) if url else "", []))
        elif token.kind == "close" and any(name == token.name for name, _, _ in open_):
            while _shut(open_) != token.name:
                pass
        elif token.name == "br":
            open_[-1][2].append(Span("break"))
    while len(open_) > 1:
        _shut(open_)
    return tuple(open_[0][2])


def _shut(open_: list[tuple[str, str, list[Span]]]) -> str:
    name, url, children = open_.pop()
    if name == "code":
        open_[-1][2].append(Span("code", "".join(span.text for span in children)))
    elif name in _NAMES:
        open_[-1][2].append(Span(_NAMES[name], "", url, tuple(children)))
    else:
        open_[-1][2].extend(children)
    return name
