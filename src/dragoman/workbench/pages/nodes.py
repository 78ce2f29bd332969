"""Elements of the workbench's pages: values that become HTML on the server, or nodes in the browser.

A page is sent as HTML. What is put into a page later is sent as JSON, and the browser makes nodes
of it one by one; no text is ever parsed as HTML there, so the page's policy forbids it altogether.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape
from typing import Any, NamedTuple

from dragoman.exports.parts.elements import is_safe
from dragoman.languages import locales
from dragoman.model import ELEMENTS, Span
from dragoman.text.isolates import isolated

Attribute = str | int | bool | None
Node = "Tag | str"
_VOID = frozenset(("br", "hr", "input", "link", "meta"))
_INLINE = {"strong": "strong", "emphasis": "em", "strike": "s", **{name: name for name in ELEMENTS}}


class Tag(NamedTuple):
    """An element."""

    name: str
    attributes: dict[str, str]
    children: tuple[Any, ...]


class Ready(NamedTuple):
    """An element already serialized to HTML, so that a long page is never held as a tree."""

    html: str


def ready(node: Tag) -> Ready:
    """An element serialized to HTML."""
    return Ready(html(node))


def tag(name: str, /, *children: Tag | Ready | str | None, **attributes: Attribute) -> Tag:
    """An element; attributes that are None or False are left out.

    A trailing underscore is dropped from an attribute's name, and others become hyphens.

    >>> html(tag("p", "a < b", class_="x", data_unit="4", hidden=False))
    '<p class="x" data-unit="4">a &lt; b</p>'
    """
    kept = {
        key.rstrip("_").replace("_", "-"): "" if value is True else str(value)
        for key, value in attributes.items()
        if value is not None and value is not False
    }
    return Tag(name, kept, tuple([child for child in children if child is not None]))


def html(node: Tag | Ready | str) -> str:
    """A node as HTML."""
    out: list[str] = []
    _write(node, out)
    return "".join(out)


def _write(node: Tag | Ready | str, out: list[str]) -> None:
    if isinstance(node, str):
        out.append(escape(node, quote=False))
        return
    if isinstance(node, Ready):
        out.append(node.html)
        return
    name, attributes, children = node
    out.append(f"<{name}")
    out += [
        f' {key}="{escape(value)}"' if value else f" {key}" for key, value in attributes.items()
    ]
    out.append(">")
    if name in _VOID:
        return
    for child in children:
        _write(child, out)
    out.append(f"</{name}>")


def json(node: Tag | str) -> Any:
    """A node as JSON: a string, or name, attributes and children.

    >>> json(tag("p", "a", tag("br"), lang="ru"))
    ['p', {'lang': 'ru'}, 'a', ['br', {}]]
    """
    if isinstance(node, str):
        return node
    return [node.name, node.attributes, *map(json, node.children)]


def spoken(locale: str) -> dict[str, Attribute]:
    """The attributes of an element whose text is in a language.

    >>> spoken("pt_BR")
    {'lang': 'pt-BR', 'dir': 'ltr'}
    """
    return {"lang": locales.language_tag(locale), "dir": locales.direction(locale)}


def prose(text: str, locale: str) -> list[Tag | str]:
    """A text as it is spelled in a catalog, its runs of the other direction isolated."""
    return inline((Span("text", text),), locale)


def inline(spans: Sequence[Span], locale: str) -> list[Tag | str]:
    """Inline content as an edition shows it; see `exports.parts.elements.Markup`.

    >>> [html(node) for node in inline((Span("strong", children=(Span("text", "a"),)),), "en")]
    ['<strong>a</strong>']
    """
    rtl = locales.direction(locale) == "rtl"
    return _nodes(isolated(spans, rtl), "ltr" if rtl else "rtl")


def _nodes(spans: Iterable[Span], other: str) -> list[Tag | str]:
    return [node for span in spans for node in _of(span, other)]


def _of(span: Span, other: str) -> list[Tag | str]:
    match span.name:
        case "text":
            return [span.text]
        case "code" | "math":
            return [tag("code", span.text, dir="ltr")]
        case "image":
            return [tag("span", span.text, class_="image", **_title(span))]
        case "note":
            return [tag("sup", span.text, dir="ltr")]
        case "break":
            return [tag("br")]
    inner = _nodes(span.children, other)
    if span.name == "isolate":
        return [tag("bdi", *inner, dir=other)]
    if span.name == "link":
        if not is_safe(span.url):
            return inner
        return [tag("a", *inner, href=span.url, rel="noopener noreferrer")]
    name = _INLINE.get(span.name)
    return [tag(name, *inner, **_title(span))] if name else inner


def _title(span: Span) -> dict[str, str]:
    return {"title": span.title} if span.title else {}
