"""Counts that translation mostly preserves: sentences, questions, exclamations, brackets, quotations, colons, numbers.

For each kind, the difference of the counts is modelled by a Laplace distribution fitted to the beads of
the previous pass, and compared with that of unrelated sentence pairs.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence

from dragoman.alignment.anchors import Sentence
from dragoman.alignment.search import Bead
from dragoman.segment import segmenter

_KINDS = (
    re.compile(r"[?؟]"),
    re.compile(r"!"),
    re.compile(r"[(\[]"),
    re.compile(r"[«„]|(?<![\w.,!?;:…])[\"“”](?=\w)|(?:\A|(?<=\s))[—–](?=\s)"),
    re.compile(r"(?<!\d):(?!\d)"),
    re.compile(r"\d+(?:[.,:]\d+)*"),
)
_ALIKE = (0.12, 0.08, 0.08, 0.1, 0.25, 0.15, 0.2)
"""Assumed mean difference of counts in a bead, in the first pass: of sentences, then of `_KINDS`."""
_BELIEF = 20.0
_MOST = 9.0
_WEIGHT = 0.8
_POWER = 3.0
"""How fast a kind of count loses weight as its differences in beads approach those by chance."""
_SHARE = 0.5


class Marks:
    """Cumulative counts of both sides, and what differences between them cost."""

    def __init__(
        self,
        source: Sequence[Sentence],
        target: Sequence[Sentence],
        source_lang: str,
        target_lang: str,
    ) -> None:
        self._mine = _summed(source, source_lang)
        self._theirs = _summed(target, target_lang)
        by_chance = _chance(self._mine, self._theirs)
        self._chance = [max(s, a * 1.1) for s, a in zip(by_chance, _ALIKE, strict=True)]
        self._usual = [
            max(usual, _SHARE * chance) for usual, chance in zip(_ALIKE, self._chance, strict=True)
        ]
        self._price(self._usual)

    def fit(self, beads: Sequence[Bead]) -> None:
        """Fit the expected differences to the beads of the previous pass."""
        pairs = [bead for bead in beads if all(bead.sizes)]
        sums = [_BELIEF * usual for usual in self._usual]
        for bead in pairs:
            (i, end), (j, last) = bead.source, bead.target
            mine, theirs = self._mine, self._theirs
            for kind in range(len(sums)):
                ours = mine[end][kind] - mine[i][kind]
                sums[kind] += abs(ours - theirs[last][kind] + theirs[j][kind])
        self._price([total / (len(pairs) + _BELIEF) for total in sums])

    def reset(self) -> None:
        """Return to the assumed differences of the first pass."""
        self._price(self._usual)

    def _price(self, alike: Sequence[float]) -> None:
        """Set the cost of a difference for each kind, from its mean in beads and by chance."""
        self._costs = [
            _WEIGHT * math.pow(max(0.0, 1 - mean / chance), _POWER) / mean
            for mean, chance in zip(alike, self._chance, strict=True)
        ]
        self._expected = sum(cost * mean for cost, mean in zip(self._costs, alike, strict=True))

    def gain(self, i: int, a: int, j: int, b: int) -> float:
        """The log-likelihood ratio (in nats) of the counts in a bead to those of unrelated text.

        The bead is `source[i:i+a]` with `target[j:j+b]`.
        """
        mine, theirs = self._mine, self._theirs
        cost = 0.0
        for a0, a1, b0, b1, each in zip(
            mine[i], mine[i + a], theirs[j], theirs[j + b], self._costs, strict=True
        ):
            cost += each * abs(a1 - a0 - b1 + b0)
        return self._expected - min(cost, _MOST)


def _summed(sentences: Sequence[Sentence], lang: str) -> list[tuple[int, ...]]:
    sums = [(0,) * len(_ALIKE)]
    spans = segmenter(lang).spans
    for sentence in sentences:
        counts = (len(spans(sentence.text)), *(len(kind.findall(sentence.text)) for kind in _KINDS))
        sums.append(tuple(x + y for x, y in zip(sums[-1], counts, strict=True)))
    return sums


def _chance(mine: Sequence[tuple[int, ...]], theirs: Sequence[tuple[int, ...]]) -> list[float]:
    """Mean differences between the counts of unrelated sentences: half a text apart."""
    rows, columns = len(mine) - 1, len(theirs) - 1
    sums = [0.0] * len(_ALIKE)
    for row in range(rows):
        column = (row * columns // rows + columns // 2) % columns
        for kind in range(len(sums)):
            ours = mine[row + 1][kind] - mine[row][kind]
            sums[kind] += abs(ours - theirs[column + 1][kind] + theirs[column][kind])
    return [total / rows for total in sums]
