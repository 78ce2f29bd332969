"""Inline HTML in a unit: pairs of tags become elements, and other tags are left out."""

from __future__ import annotations

import re
from collections.abc import Sequence
from html import unescape

from dragoman.model import ELEMENTS, Span

DEEPEST = 20
"""How deep elements are nested in one another, at most; tags deeper inside are left out."""

TAG = "tag"
"""Name of a span whose text is a raw tag, until `paired` has found its partner."""

_NAMES = {
    "strong": "strong",
    "em": "emphasis",
    "s": "strike",
    "del": "strike",
    "strike": "strike",
    "ins": "u",
    **{name: name for name in ELEMENTS},
}
_OPENS = re.compile(r"<([A-Za-z][A-Za-z0-9]*)(?=[\s/>])")
_CLOSES = re.compile(r"</([A-Za-z][A-Za-z0-9]*)\s*>")
_TITLE = re.compile(r"""\stitle\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))""", re.IGNORECASE)


def paired(spans: Sequence[Span]) -> tuple[Span, ...]:
    """The spans with what is between two tags as children of an element.

    A tag without a partner among these spans is left out, and so is an element that means
    nothing for a reader, as `span`; what is inside it stays.

    >>> paired((Span("text", "10"), Span(TAG, "<sup>"), Span("text", "6"), Span(TAG, "</sup>")))[1]
    Span(name='sup', text='', url='', children=(Span(name='text', text='6', ...
    >>> [span.name for span in paired((Span(TAG, "<sup>"), Span("text", "6")))]
    ['text']
    """
    if not any(span.name == TAG for span in spans):  # as nearly everywhere
        return tuple(spans)
    levels: list[list[Span]] = [[]]
    tags: list[str] = []
    for span in spans:
        if span.name != TAG:
            levels[-1].append(span)
        elif opened := _OPENS.match(span.text):
            if opened[1].lower() == "img":
                levels[-1] += _image(span.text)
            elif opened[1].lower() in _NAMES and not span.text.endswith("/>"):
                if len(tags) == DEEPEST:
                    _unwrap(levels, tags)
                levels.append([])
                tags.append(span.text)
        elif closed := _CLOSES.match(span.text):
            _close(levels, tags, closed[1].lower())
    while tags:
        _unwrap(levels, tags)
    return tuple(levels[0])


def _image(tag: str) -> list[Span]:
    """The image of an `img` tag; none without an address."""
    from dragoman.formats.tags import attribute_of, source_of  # few units have any

    url = source_of(tag)
    texts = {key: " ".join(attribute_of(tag, key).split()) for key in ("alt", "title")}
    return [Span("image", texts["alt"], url, title=texts["title"])] if url else []


def _close(levels: list[list[Span]], tags: list[str], name: str) -> None:
    """Close the innermost open element of this name, if one is open."""
    if name not in map(_named, tags):
        return
    while _named(tags[-1]) != name:
        _unwrap(levels, tags)
    tag, inner = tags.pop(), tuple(levels.pop())
    title = _title(tag) if name == "abbr" else ""
    levels[-1].append(Span(_NAMES[name], children=inner, title=title))


def _unwrap(levels: list[list[Span]], tags: list[str]) -> None:
    """Leave out the innermost open tag, which nothing closes."""
    tags.pop()
    inner = levels.pop()
    levels[-1] += inner


def _named(tag: str) -> str:
    opened = _OPENS.match(tag)
    return opened[1].lower() if opened else ""


def _title(tag: str) -> str:
    found = _TITLE.search(tag)
    return unescape(next(filter(None, found.groups()), "")) if found else ""
