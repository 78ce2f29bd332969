"""Dynamic programming: the best sequence of beads for two texts, within a band."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

Score = Callable[[int, int, int, int], float]
"""Score of `source[i:i+a]` with `target[j:j+b]`; called with i, a, j, b."""

SHARES = {
    (1, 1): 0.86, (1, 2): 0.045, (2, 1): 0.045, (2, 2): 0.006, (1, 3): 0.006, (3, 1): 0.006,
    (1, 4): 0.001, (4, 1): 0.001, (2, 3): 0.001, (3, 2): 0.001,
}  # fmt: skip
"""Prior share of beads of each shape (source sentences, target sentences)."""
_BEAM = 40.0
"""A cell is pruned if it scores lower than the best of its row by more than this."""
OPEN, EXTEND = -6.0, -1.4
"""Score of the first sentence of a gap, and of each further one."""
_NEVER = -math.inf


class Bead(NamedTuple):
    """Sentences that are translations of each other, as two ranges `[start, end)`; one may be empty."""

    source: tuple[int, int]
    target: tuple[int, int]
    score: float = 0.0
    confidence: float = 0.0
    """Confidence that the bead is right, from 0 to 1."""

    @property
    def sizes(self) -> tuple[int, int]:
        """The number of source and of target sentences."""
        return self.source[1] - self.source[0], self.target[1] - self.target[0]


def best_path(
    band: Sequence[tuple[int, int]],
    columns: int,
    score: Score,
    priors: Mapping[tuple[int, int], float],
    gap: tuple[float, float] = (OPEN, EXTEND),
) -> list[Bead]:
    """The beads of the best path from (0, 0) to (rows, columns).

    Args:
        band: for each row boundary from 0 to the number of source sentences, the first and last
            column boundary that the path may pass; the first has column 0, the last `columns`.
        columns: number of target sentences.
        score: scores a bead.
        priors: log-probability of each shape of a bead.
        gap: scores of the first sentence of a gap, and of each further one.
    """
    moves = ((1, 0), *priors)
    rows = len(band) - 1
    best: list[list[float]] = []
    back: list[list[tuple[int, int]]] = []
    for i in range(rows + 1):
        low, high = band[i]
        values = [_NEVER] * (high - low + 1)
        steps = [(0, 0)] * (high - low + 1)
        for j in range(low, high + 1):
            if i == j == 0:
                values[0] = 0.0
                continue
            value, step = _cell(i, j, values, steps, best, back, band, score, moves, priors, gap)
            values[j - low], steps[j - low] = value, step
        if i < rows:
            least = max(values) - _BEAM
            values = [value if value >= least else _NEVER for value in values]
        best.append(values)
        back.append(steps)
    return _walk_back(rows, columns, back, band, best)


def _cell(
    i: int,
    j: int,
    values: list[float],
    steps: list[tuple[int, int]],
    best: list[list[float]],
    back: list[list[tuple[int, int]]],
    band: Sequence[tuple[int, int]],
    score: Score,
    moves: Sequence[tuple[int, int]],
    priors: Mapping[tuple[int, int], float],
    gap: tuple[float, float],
) -> tuple[float, tuple[int, int]]:
    """The best score of a path to cell (i, j), and its last step (source, target sentences)."""
    top, step = _NEVER, (0, 0)
    opened, extended = gap
    low = band[i][0]
    if j > low and values[j - 1 - low] > _NEVER:
        cost = extended if steps[j - 1 - low] == (0, 1) else opened
        top, step = values[j - 1 - low] + cost, (0, 1)
    for a, b in moves:
        if a > i or b > j:
            continue
        first, last = band[i - a]
        if not first <= j - b <= last:
            continue
        before = best[i - a][j - b - first]
        if before == _NEVER:
            continue
        if b == 0:
            before += extended if back[i - a][j - first] == (1, 0) else opened
        else:
            before += priors[a, b] + score(i - a, a, j - b, b)
        if before > top:
            top, step = before, (a, b)
    return top, step


def _walk_back(
    rows: int,
    columns: int,
    back: list[list[tuple[int, int]]],
    band: Sequence[tuple[int, int]],
    best: list[list[float]],
) -> list[Bead]:
    beads = []
    i, j = rows, columns
    while i or j:
        a, b = back[i][j - band[i][0]]
        if not a and not b:  # no path goes on: the remaining sentences stay unpaired
            beads += [Bead((i - 1 - k, i - k), (j, j)) for k in range(i)]
            beads += [Bead((0, 0), (j - 1 - k, j - k)) for k in range(j)]
            break
        value = best[i][j - band[i][0]]
        i, j = i - a, j - b
        beads.append(Bead((i, i + a), (j, j + b), value - best[i][j - band[i][0]]))
    return beads[::-1]
