"""Inline content made ready for a page: runs of the other direction stand in isolates."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence

from dragoman.bidi import opposite_runs
from dragoman.model import Span

_OBJECT = "\ufffc"
Run = tuple[int, int]


def reading(span: Span) -> str:
    """What a span says, as the bidi rules see it: elements that are isolated anyway are objects.

    >>> reading(Span("strong", children=(Span("text", "a"), Span("code", "b"))))
    'a\\ufffc'
    """
    if span.name == "text":
        return span.text
    if span.name in ("code", "image", "note", "break", "isolate"):
        return _OBJECT
    return "".join(map(reading, span.children))


def isolated(spans: Sequence[Span], rtl: bool) -> tuple[Span, ...]:
    """The spans with an `isolate` around every opposite run.

    A run may begin in one element and end in another. It is isolated as one where it covers
    whole elements, else piece by piece: an element cannot begin in one and end in another.

    >>> isolated([Span("text", "שלום abc")], rtl=True)[1]
    Span(name='isolate', text='', url='', children=(Span(name='text', text='abc', ...
    """
    text = "".join(map(reading, spans))
    return tuple(_level(list(spans), 0, opposite_runs(text, rtl)))


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
                piece = Span(piece.name, piece.text, piece.url, tuple(children))  # noqa: PLW2901
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
    """The runs to isolate among these spans, and those (or their ends) inside one of them."""
    here: list[Run] = []
    inside: list[Run] = []
    for first, last in runs:
        start, end = first, last
        for span, (a, b) in zip(spans, places, strict=True):
            if not span.children or a == b:
                continue
            if a <= start and end <= b:
                inside.append((start, end))
                start = end
            elif a < start < b:
                inside.append((start, b))
                start = b
            elif a < end < b:
                inside.append((a, end))
                end = a
        low = places[0][0] if places else 0
        high = places[-1][1] if places else 0
        start, end = max(start, low), min(end, high)
        if start < end:
            here.append((start, end))
    return here, inside
