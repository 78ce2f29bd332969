"""Isolates in inline content around phrases of the other direction."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from unicodedata import bidirectional

from dragoman.model import Span
from dragoman.text.bidi import (
    ALLOWED,
    CONTROLS,
    FSI,
    LRI,
    PDI,
    RLI,
)
from dragoman.text.controls import holds_bidi
from dragoman.text.phrases import opposite_runs

_OBJECT = "\ufffc"
_REFUSED = CONTROLS - ALLOWED
_TURNS = re.compile("([\u061c\u202a-\u202e\u2066-\u2069])")
Run = tuple[int, int]


def reading(span: Span) -> str:
    """The text of a span for the bidi algorithm; isolated elements are U+FFFC.

    >>> reading(Span("strong", children=(Span("text", "a"), Span("code", "b"))))
    'a\\ufffc'
    """
    if span.name == "text":
        return span.text
    if span.name == "break":
        return "\n"
    if span.name in ("code", "math", "image", "note", "isolate"):
        return _OBJECT
    return "".join(map(reading, span.children))


def isolated(spans: Sequence[Span], rtl: bool) -> tuple[Span, ...]:
    """Put an `isolate` around every phrase of the other direction.

    A phrase may begin in one element and end in another, such as bold inside a name. The
    element is then split, so that the phrase gets a single isolate.

    >>> isolated([Span("text", "שלום abc")], rtl=True)[1]
    Span(name='isolate', text='', url='', children=(Span(name='text', text='abc', ...
    """
    text = "".join([span.text if span.name == "text" else reading(span) for span in spans])
    if holds_bidi(text):
        spans = _turned(spans, rtl)
        text = "".join(map(reading, spans))
    runs = opposite_runs(text, rtl)
    if not runs:  # as in nearly every line
        return tuple(spans)
    if runs == [(0, len(text))]:
        return (Span("isolate", children=tuple(spans)),)
    return tuple(_level(_cut(spans, 0, runs), 0, runs))


def _cut(spans: Sequence[Span], start: int, runs: Sequence[Run]) -> list[Span]:
    """Split elements whose edge is inside a run; the text of `spans` starts at offset `start`."""
    out: list[Span] = []
    for span in spans:
        end = start + len(reading(span))
        if not span.children or not runs:
            out.append(span)
        else:
            children = _cut(span.children, start, runs)
            edges = [_edge(runs, start, 1), _edge(runs, end, 0)]
            cuts = sorted({edge for edge in edges if edge is not None and start < edge < end})
            out += _parts(span, children, [edge - start for edge in cuts])
        start = end
    return out


def _edge(runs: Sequence[Run], place: int, side: int) -> int | None:
    """The start (side 0) or end (side 1) of the run that contains an offset inside it."""
    at = bisect_right(runs, (place, -1)) - 1
    return runs[at][side] if at >= 0 and runs[at][0] < place < runs[at][1] else None


def _parts(span: Span, children: Sequence[Span], cuts: Sequence[int]) -> list[Span]:
    """Split an element at offsets relative to its start."""
    parts: list[list[Span]] = [[] for _ in range(len(cuts) + 1)]
    at = 0
    for child in children:
        length = len(reading(child))
        inner = [cut - at for cut in cuts if at < cut < at + length]
        pieces = _text_parts(child, inner) if child.name == "text" else [child]
        for piece in pieces:
            parts[bisect_right(cuts, at)].append(piece)
            at += len(reading(piece))
    return [span._replace(children=tuple(part)) for part in parts if part]


def _text_parts(span: Span, cuts: Sequence[int]) -> list[Span]:
    edges = [0, *cuts, len(span.text)]
    return [Span("text", span.text[a:b]) for a, b in zip(edges, edges[1:], strict=False)]


def _turned(spans: Sequence[Span], rtl: bool) -> list[Span]:
    """Convert isolates written as control characters to `isolate` elements.

    An open isolate ends with its element (UAX #9 closes it with the
    paragraph). Controls not allowed in translations are dropped; U+200E and U+200F stay.
    """
    levels: list[list[Span]] = [[]]
    opened: list[str] = []
    for span in spans:
        if span.name != "text":
            inner = tuple(_turned(span.children, rtl)) if span.children else ()
            levels[-1].append(span._replace(children=inner))
            continue
        for piece in _TURNS.split(span.text):
            if piece in (LRI, RLI, FSI):
                levels.append([])
                opened.append(piece)
            elif piece == PDI:
                _end(levels, opened, rtl)
            elif piece and piece not in _REFUSED:
                levels[-1].append(Span("text", piece))
    while opened:
        _end(levels, opened, rtl)
    return levels[0]


def _end(levels: list[list[Span]], opened: list[str], rtl: bool) -> None:
    """Close the innermost isolate, if one is open; nested ones are merged into the outer."""
    if not opened:
        return
    inner, control = levels.pop(), opened.pop()
    if control == FSI:
        control = RLI if _first_strong("".join(map(reading, inner))) in ("R", "AL") else LRI
    against = (control == LRI) == rtl and not opened
    levels[-1] += [Span("isolate", children=tuple(inner))] if against else inner


def _first_strong(text: str) -> str:
    kinds = map(bidirectional, text)
    return next((kind for kind in kinds if kind in ("L", "R", "AL")), "L")


def _level(spans: list[Span], start: int, runs: Sequence[Run]) -> list[Span]:
    """Insert isolates among the spans of one parent, whose text starts at offset `start`."""
    places = []
    for span in spans:
        end = start + len(reading(span))
        places.append((start, end))
        start = end
    here, inside = _divided(spans, places, runs)
    here.sort()
    starts = [start for start, _ in here]
    out: list[Span] = []
    open_run: list[Span] = []
    for span, (a, b) in zip(spans, places, strict=True):
        pieces = _pieces(span, a, b, here) if span.name == "text" else [(span, a)]
        for piece, at in pieces:
            last = bisect_right(starts, at) - 1
            within = last >= 0 and at < here[last][1]
            if piece.children and inside:
                children = _level(list(piece.children), at, inside)
                piece = piece._replace(children=tuple(children))  # noqa: PLW2901
            if not within or starts[last] == at:
                _close(out, open_run)
            (open_run if within else out).append(piece)
    _close(out, open_run)
    return out


def _close(out: list[Span], open_run: list[Span]) -> None:
    if open_run:
        out.append(Span("isolate", children=tuple(open_run)))
        open_run.clear()


def _pieces(span: Span, start: int, end: int, runs: Sequence[Run]) -> list[tuple[Span, int]]:
    """Split a text span at the edges of runs."""
    edges = {x for run in runs for x in run if start < x < end}
    cuts = [start, *sorted(edges), end]
    return [
        (Span("text", span.text[a - start : b - start]), a)
        for a, b in zip(cuts, cuts[1:], strict=False)
        if a < b
    ]


def _divided(
    spans: list[Span], places: list[Run], runs: Sequence[Run]
) -> tuple[list[Run], list[Run]]:
    """Runs to isolate at this level, and runs inside one of the elements."""
    inside: list[Run] = []
    for span, (a, b) in zip(spans, places, strict=True):
        if span.children:
            within = runs[bisect_left(runs, (a, -1)) : bisect_left(runs, (b, -1))]
            inside += [run for run in within if run[1] <= b]
    low = places[0][0] if places else 0
    high = places[-1][1] if places else 0
    there = set(inside)
    here = [run for run in runs if low <= run[0] and run[1] <= high and run not in there]
    return here, inside
