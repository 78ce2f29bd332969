"""Inline content made ready for a page: runs of the other direction stand in isolates."""

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
    """What a span says, as the bidi rules see it: elements that are isolated anyway are objects.

    >>> reading(Span("strong", children=(Span("text", "a"), Span("code", "b"))))
    'a\\ufffc'
    """
    if span.name == "text":
        return span.text
    if span.name == "break":
        return "\n"
    if span.name in ("code", "image", "note", "isolate"):
        return _OBJECT
    return "".join(map(reading, span.children))


def isolated(spans: Sequence[Span], rtl: bool) -> tuple[Span, ...]:
    """The spans with an `isolate` around every opposite run.

    A run may begin in one element and end in another, as bold that begins inside a name. The
    element is then cut in two there, so that the run is isolated as one.

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
    """The spans, beginning at `start`, with elements cut in two where a run crosses their edge."""
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
    """Where the run that goes across a place begins (0) or ends (1)."""
    at = bisect_right(runs, (place, -1)) - 1
    return runs[at][side] if at >= 0 and runs[at][0] < place < runs[at][1] else None


def _parts(span: Span, children: Sequence[Span], cuts: Sequence[int]) -> list[Span]:
    """An element as several of its kind, with the children before, between and behind the cuts."""
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
    """The spans with what a translator isolated by controls in `isolate` elements.

    An isolate ends where its element ends at the latest (as UAX #9 lets it end with its
    paragraph). Controls that no translation may hold are left out; U+200E and U+200F stay.
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
    """Close the innermost isolate, if one is open; inside another it is no element of its own."""
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
    """The spans of one parent, their text beginning at `start`, with isolates put in."""
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
    """A text cut where runs begin and end."""
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
    """The runs to isolate among these spans, and those inside one of them."""
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
