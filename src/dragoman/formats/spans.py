"""The Markdown parser, and the inline content of a unit as a reader sees it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pyromark

from dragoman.formats.inline_tags import TAG, paired
from dragoman.formats.units import one_line
from dragoman.model import Span

_O = pyromark.Options
PARSER = pyromark.Markdown(
    options=_O.ENABLE_TABLES
    | _O.ENABLE_FOOTNOTES
    | _O.ENABLE_TASKLISTS
    | _O.ENABLE_STRIKETHROUGH
    | _O.ENABLE_HEADING_ATTRIBUTES
    | _O.ENABLE_GFM
)

_SPAN_NAMES = {"Emphasis": "emphasis", "Strong": "strong", "Strikethrough": "strike"}
_DEFINED_NOTE = re.compile(r"^[ \t>]*\[\^([^\]\s]+)\]:", re.MULTILINE)


def definitions_of(body: str) -> str:
    """Reference and footnote definitions of a text, so that a unit alone finds its own."""
    data = body.encode()
    found = [
        data[d["span"]["start"] : d["span"]["end"]].decode()
        for d in PARSER.reference_definitions(body).values()
    ]
    notes = dict.fromkeys(_DEFINED_NOTE.findall(body))
    return "\n\n".join(["", *found, *(f"[^{label}]: x" for label in notes)])


def inline(text: str, definitions: str = "") -> tuple[Span, ...]:
    """A unit's text as a reader sees it; HTML tags in pairs are elements, `<br>` breaks the line.

    >>> inline("a *b*")
    (Span(name='text', text='a ', ...
    """
    # Behind a heading's mark nothing is read as the beginning of another block.
    events = PARSER.events("# " + one_line(text) + definitions)
    next(events, None)
    return paired(list(_children(events)))


def _children(events: Iterator[Any]) -> Iterator[Span]:
    for event in events:
        if isinstance(event, str):
            yield Span("break") if event == "HardBreak" else Span("text", " ")
            continue
        ((name, value),) = event.items()
        if name == "End":
            return
        if name == "Start":
            yield _element(value, events)
        elif name == "Text":
            yield Span("text", value)
        elif name == "Code":
            yield Span("code", value)
        elif name == "FootnoteReference":
            yield Span("note", value)
        elif name == "InlineHtml":
            is_break = re.match(r"<br\b", value, re.IGNORECASE)
            yield Span("break") if is_break else Span(TAG, value)


def _element(tag: Any, events: Iterator[Any]) -> Span:
    children = paired(list(_children(events)))
    if isinstance(tag, str):
        return Span(_SPAN_NAMES.get(tag, "group"), children=children)
    ((name, data),) = tag.items()
    if name == "Link":
        return Span("link", url=data["dest_url"], children=children, title=data["title"])
    if name == "Image":
        return Span("image", text_of(children), data["dest_url"], title=data["title"])
    return Span("group", children=children)


def text_of(spans: tuple[Span, ...]) -> str:
    return "".join(span.text or text_of(span.children) for span in spans)
