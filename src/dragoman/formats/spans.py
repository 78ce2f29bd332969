"""The Markdown parser, and the inline content of a unit as spans."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import pyromark

from dragoman.formats.inline_tags import TAG, paired
from dragoman.formats.runs import OPAQUE
from dragoman.formats.units import one_line
from dragoman.model import Span

_O = pyromark.Options
_OPTIONS = (
    _O.ENABLE_TABLES
    | _O.ENABLE_FOOTNOTES
    | _O.ENABLE_TASKLISTS
    | _O.ENABLE_STRIKETHROUGH
    | _O.ENABLE_HEADING_ATTRIBUTES
    | _O.ENABLE_GFM
)
PARSER = pyromark.Markdown(options=_OPTIONS)
DEFINING = pyromark.Markdown(options=_OPTIONS | _O.ENABLE_DEFINITION_LIST)
"""The parser for dialects with definition lists."""
DEEPEST = 60
"""Greatest depth of nested elements in a unit; deeper ones are flattened."""

_MARKUP = re.compile(r"[*_`\[\]<>&\\~|#:@{}\x00-\x1f]|www\.|\A\s|\s\Z|\A\Z", re.IGNORECASE)
"""What may be more than text after the mark of a heading, or is not kept as it is."""
_SPAN_NAMES = {"Emphasis": "emphasis", "Strong": "strong", "Strikethrough": "strike"}
_DEFINED_NOTE = re.compile(r"^[ \t>]*\[\^([^\]\s]+)\]:", re.MULTILINE)


def definitions_of(body: str) -> str:
    """The link and footnote definitions of a text, to append to a unit that is parsed alone."""
    data = body.encode()
    links = [
        data[d["span"]["start"] : d["span"]["end"]].decode()
        for d in PARSER.reference_definitions(body).values()
    ]
    notes = dict.fromkeys(_DEFINED_NOTE.findall(body))
    return "\n\n".join(["", *links, *(f"[^{label}]: x" for label in notes)])


def inline(
    text: str, definitions: str = "", phrases: Sequence[tuple[int, int, str, str]] = ()
) -> tuple[Span, ...]:
    """The inline content of a unit: text, emphasis, links, code, and elements of HTML in pairs of tags.

    Args:
        text: the unit's text.
        definitions: the definitions of its references.
        phrases: inline constructs of the dialect: start, end, mask and stand-in (see `Phrase`).

    >>> inline("a *b*")
    (Span(name='text', text='a ', ...
    """
    line = one_line(text)
    # After the mark of a heading nothing can begin another block.
    if not phrases:
        if _MARKUP.search(line) is None:  # as nearly everywhere, and the parser is slow
            return (Span("text", line),)
        return _read(PARSER.events("# " + line + definitions))
    read, places = _disguised(line, phrases)
    events = PARSER.events_with_range("# " + read + definitions)
    return _read(_revealed(events, ("# " + read).encode(), places))


def _disguised(
    line: str, phrases: Sequence[tuple[int, int, str, str]]
) -> tuple[str, list[tuple[int, int, str, str]]]:
    """The line with its phrases replaced, and for each: start and end in bytes after `# `, mask, text."""
    out, places, done, byte = [], [], 0, 2
    for start, end, mask, stand_in in phrases:
        if end > len(line) or start < done:
            continue
        before, phrase = line[done:start], line[start:end]
        size = len(phrase.encode())
        byte += len(before.encode())
        out += [before, stand_in * size]
        if mask or stand_in == ",":
            places.append((byte, byte + size, mask, phrase))
        byte += size
        done = end
    return "".join([*out, line[done:]]), places


def _revealed(
    events: Iterable[tuple[Any, Any]], data: bytes, places: list[tuple[int, int, str, str]]
) -> Iterator[Any]:
    """The parser's events, with code, text or nothing in place of the stand-ins."""
    for event, place in events:
        if type(event) is str or "Text" not in event:
            yield event
            continue
        start, end = place["start"], place["end"]
        inside = [one for one in places if start <= one[0] and one[1] <= end]
        if not inside:
            yield event
            continue
        for first, last, mask, phrase in inside:
            yield {"Text": data[start:first].decode()}
            if mask == OPAQUE:
                yield {"InlineMath" if phrase[0] in "$\\" else "Code": phrase}
            elif not mask:
                yield {"Text": phrase}
            start = last
        yield {"Text": data[start:end].decode()}


def _read(events: Iterable[Any]) -> tuple[Span, ...]:
    """The spans of the first block of a stream of events."""
    open_: list[tuple[Any, list[Span]]] = []
    for event in events:
        if type(event) is str:
            if open_:
                open_[-1][1].append(Span("break") if event == "HardBreak" else Span("text", " "))
            continue
        ((name, value),) = event.items()
        if name == "Start":
            # below the greatest depth, content is added to the deepest element
            open_.append((value, [] if len(open_) <= DEEPEST else open_[-1][1]))
        elif name == "End":
            tag, children = open_.pop()
            if not open_:
                return paired(children)
            if children is not open_[-1][1]:
                open_[-1][1].append(_element(tag, paired(children)))
        elif open_ and (span := _leaf(name, value)) is not None:
            open_[-1][1].append(span)
    return ()


def _leaf(name: str, value: Any) -> Span | None:
    if name == "Text":
        return Span("text", value) if value else None
    if name in ("Code", "InlineMath"):
        return Span("code" if name == "Code" else "math", value)
    if name == "FootnoteReference":
        return Span("note", value)
    if name == "InlineHtml":
        return Span("break") if re.match(r"<br\b", value, re.IGNORECASE) else Span(TAG, value)
    return None


def _element(tag: Any, children: tuple[Span, ...]) -> Span:
    if isinstance(tag, str):
        return Span(_SPAN_NAMES.get(tag, "group"), children=children)
    ((name, data),) = tag.items()
    if name == "Link":
        return Span("link", url=data["dest_url"], children=children, title=data["title"])
    if name == "Image":
        return Span("image", text_of(children), url=data["dest_url"], title=data["title"])
    return Span("group", children=children)


def text_of(spans: tuple[Span, ...]) -> str:
    return "".join(span.text or text_of(span.children) for span in spans)
