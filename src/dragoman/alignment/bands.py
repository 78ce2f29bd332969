"""Bands that limit the search: around a chain of rare anchors, or around the previous pass's path."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Sequence

from dragoman.alignment.anchors import Key
from dragoman.alignment.search import Bead
from dragoman.alignment.texts import Texts

Band = list[tuple[int, int]]
"""First and last column boundary for each row boundary; rows are source sentences, columns target sentences."""
_NARROW = 10
_WIDE = 60


def first_band(texts: Texts) -> Band:
    """A band around a chain of rare anchors that both texts have in the same order.

    With few anchors, or in short texts, it is a wide band along the diagonal.
    """
    points = _chain(texts)
    rows, columns = len(texts.source), len(texts.target)
    if len(points) * 12 < rows or rows < _WIDE:
        return _diagonal(texts)
    points = [(0, 0), *points, (rows, columns)]
    band = []
    at = 0
    for row in range(rows + 1):
        while at + 2 < len(points) and points[at + 1][0] < row:
            at += 1
        (r, c), (s, d) = points[at], points[at + 1]
        low = min(c, d) - _NARROW - 8
        high = max(c, d) + _NARROW + 8
        if d - c > _WIDE:  # a long stretch without anchors: along its diagonal
            middle = c + (row - r) * (d - c) // max(s - r, 1)
            low, high = middle - _WIDE, middle + _WIDE
        band.append((max(0, low), min(columns, high)))
    return _closed(_connected(band), columns)


def _chain(texts: Texts) -> list[tuple[int, int]]:
    """The longest chain of sentence pairs that share an anchor occurring at most twice on each side."""
    in_source: dict[Key, list[int]] = defaultdict(list)
    in_target: dict[Key, list[int]] = defaultdict(list)
    for places_of, side in ((in_source, texts.anchors), (in_target, texts.target_anchors)):
        for at, keys in enumerate(side):
            for key in keys:
                if key in texts.shared and len(places_of[key]) < 3:
                    places_of[key].append(at)
    votes: Counter[tuple[int, int]] = Counter()
    rows, columns = len(texts.source), len(texts.target)
    slack = max(_WIDE, columns // 6, abs(rows - columns))
    slope = columns / max(rows, 1)
    for key, places in in_source.items():
        others = in_target.get(key, [])
        if len(places) <= 2 and len(others) == len(places):
            pairs = zip(places, others, strict=True)
            votes.update((i, j) for i, j in pairs if abs(j - i * slope) < slack)
    return _increasing(sorted(votes))


def _increasing(points: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """The longest chain of points that increases in both coordinates.

    >>> _increasing([(0, 0), (1, 9), (2, 1), (3, 2)])
    [(0, 0), (2, 1), (3, 2)]
    """
    ends: list[int] = []
    last: list[int] = []
    before: dict[int, int] = {}
    for at, (_, column) in enumerate(points):
        place = bisect_left(ends, column)
        if place == len(ends):
            ends.append(column)
            last.append(at)
        else:
            ends[place], last[place] = column, at
        before[at] = last[place - 1] if place else -1
    out = []
    at = last[-1] if last else -1
    while at >= 0:
        out.append(points[at])
        at = before[at]
    chain = out[::-1]
    return [p for n, p in enumerate(chain) if n == 0 or p[0] > chain[n - 1][0]]


def _connected(band: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """The band without gaps: each row begins before the previous one ends."""
    out = [band[0]]
    for low, high in band[1:]:
        before = out[-1]
        out.append((max(before[0], min(low, before[1])), max(high, before[1])))
    return out


def _diagonal(texts: Texts) -> list[tuple[int, int]]:
    """A wide band along the diagonal, where equal shares of both texts' characters come before."""
    columns = len(texts.target)
    width = max(_WIDE, columns // 8, abs(len(texts.source) - columns) + 10)
    band = []
    column = 0
    for row in range(len(texts.source) + 1):
        length = texts.lengths[row] / max(texts.lengths[-1], 1) * texts.target_lengths[-1]
        while column < columns and texts.target_lengths[column] < length:
            column += 1
        band.append((max(0, column - width), min(columns, column + width)))
    return _closed(band, columns)


def around(beads: Sequence[Bead], rows: int, columns: int, width: int) -> Band:
    """A band around a path, `width` columns to each side."""
    low, high = [columns] * (rows + 1), [0] * (rows + 1)
    for bead in beads:
        for row in range(bead.source[0], bead.source[1] + 1):
            low[row] = min(low[row], bead.target[0])
            high[row] = max(high[row], bead.target[1])
    band = [
        (max(0, lo - width), min(columns, hi + width)) for lo, hi in zip(low, high, strict=True)
    ]
    return _closed(band, columns)


def _closed(band: list[tuple[int, int]], columns: int) -> list[tuple[int, int]]:
    """The band, made to include the first and the last column."""
    band[0] = (0, band[0][1])
    band[-1] = (band[-1][0], columns)
    return band
