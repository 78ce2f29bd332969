"""Both sides of an alignment, with what is computed from them once: lengths, words, anchors."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from copy import copy
from typing import Protocol

from dragoman.alignment.anchors import Key, Sentence, anchors, stems
from dragoman.alignment.marks import Marks
from dragoman.alignment.search import SHARES, Bead

_FEW_PAIRS = 5
_BELIEF = 30.0
"""Number of beads that the prior shares of shapes weigh as much as."""
_TYPICAL = 0.9
"""Share of pairs, those with the smallest deviations, used to fit the variance; the rest may be wrong pairs."""
_APART = 1.5
"""Ratio of sentence counts from which one side may contain more text than the other."""
_SPREAD = 5.0
_LEAST_SPREAD, _MOST_SPREAD = 1.0, 12.0


class Encoder(Protocol):
    """What an encoder of sentences must offer: `encode` gives a vector of unit length for each text."""

    def encode(self, texts: Sequence[str], lang: str) -> Sequence[Sequence[float]]: ...


class Texts:
    """The sentences of both sides, their features, and the fitted model of lengths."""

    def __init__(
        self,
        source: Sequence[Sentence],
        target: Sequence[Sentence],
        source_lang: str,
        target_lang: str,
    ) -> None:
        self.source, self.target = source, target
        self.anchors = [anchors(s.text, source_lang) for s in source]
        self.target_anchors = [anchors(t.text, target_lang) for t in target]
        self.stems = [stems(s.text, source_lang) for s in source]
        self.target_stems = [stems(t.text, target_lang) for t in target]
        self.lengths = _sums(len(s.text) for s in source)
        self.target_lengths = _sums(len(t.text) for t in target)
        self.ratio = self.target_lengths[-1] / max(self.lengths[-1], 1)
        self.variance = _SPREAD
        self.priors = {shape: math.log(share) for shape, share in SHARES.items()}
        self.marks = Marks(source, target, source_lang, target_lang)
        self.shared: dict[Key, float] = {}
        self.vectors: list[Sequence[float]] = []
        self.target_vectors: list[Sequence[float]] = []

    def embed(self, encoder: Encoder, source_lang: str, target_lang: str) -> None:
        """Compute the embeddings of all sentences."""
        self.vectors = list(encoder.encode([s.text for s in self.source], source_lang))
        self.target_vectors = list(encoder.encode([t.text for t in self.target], target_lang))

    def recognise(self, known: Iterable[tuple[str, str]]) -> None:
        """Add an anchor for each sentence whose known translation occurs on the other side."""
        theirs = defaultdict(list)
        for j, sentence in enumerate(self.target):
            theirs[sentence.text].append(j)
        pairs = {s: t for s, t in known if t in theirs}
        for i, sentence in enumerate(self.source):
            if (target := pairs.get(sentence.text)) is not None:
                key = ("known", target)
                self.anchors[i] |= {key}
                for j in theirs[target]:
                    self.target_anchors[j] |= {key}
        self.shared = _shares(self.anchors, self.target_anchors)

    @property
    def ratios(self) -> tuple[float, ...]:
        """Candidates for the ratio of lengths: of the whole texts, and of their mean sentences.

        A side with many more sentences may have shorter ones, or contain more text.
        """
        rows, columns = len(self.source), len(self.target)
        if max(rows, columns) < _APART * min(rows, columns):
            return (self.ratio,)
        return self.ratio, self.ratio * rows / columns

    def characters(self, bead: Bead) -> int:
        """The number of characters on both sides of a bead."""
        (a, b), (c, d) = bead.source, bead.target
        return self.lengths[b] - self.lengths[a] + self.target_lengths[d] - self.target_lengths[c]

    def deviation(self, i: int, a: int, j: int, b: int) -> float:
        """Standard deviations by which a bead's lengths differ from the expected ratio (Gale and Church, 1993)."""
        one = self.lengths[i + a] - self.lengths[i]
        other = self.target_lengths[j + b] - self.target_lengths[j]
        mean = (one + other / self.ratio) / 2 + 4
        spread = math.sqrt(self.variance * mean * max(self.ratio, 0.3))
        return (other - one * self.ratio) / spread

    def fit(self, beads: Sequence[Bead]) -> None:
        """Fit ratio, variance and shares of shapes to the beads of the previous pass."""
        shapes = Counter(bead.sizes for bead in beads)
        whole = sum(shapes[shape] for shape in SHARES) + _BELIEF
        for shape, share in SHARES.items():
            self.priors[shape] = math.log((shapes[shape] + _BELIEF * share) / whole)
        self.marks.fit(beads)
        ones = [bead for bead in beads if bead.sizes == (1, 1)]
        if len(ones) < _FEW_PAIRS:
            return
        mine = sum(self.lengths[b.source[1]] - self.lengths[b.source[0]] for b in ones)
        theirs = sum(
            self.target_lengths[b.target[1]] - self.target_lengths[b.target[0]] for b in ones
        )
        if mine and theirs:
            self.ratio = theirs / mine
        squares = sorted(self.deviation(b.source[0], 1, b.target[0], 1) ** 2 for b in ones)
        typical = squares[: max(int(len(squares) * _TYPICAL), 1)]
        fitted = self.variance * sum(typical) / len(typical) * 1.3
        self.variance = min(max(fitted, _LEAST_SPREAD), _MOST_SPREAD)

    def unfitted(self, beads: Sequence[Bead]) -> Texts:
        """A copy with the parameters of the first pass, except for the fitted ratio of lengths."""
        other = copy(self)
        other.variance = _SPREAD
        other.priors = {shape: math.log(share) for shape, share in SHARES.items()}
        other.marks = copy(self.marks)
        other.marks.reset()
        pairs = [bead for bead in beads if all(bead.sizes)]
        mine = sum(self.lengths[b.source[1]] - self.lengths[b.source[0]] for b in pairs)
        theirs = sum(
            self.target_lengths[b.target[1]] - self.target_lengths[b.target[0]] for b in pairs
        )
        other.ratio = theirs / mine if mine and theirs else self.ratio
        return other

    def words(self, bead: Bead) -> tuple[frozenset[str], frozenset[str]]:
        """The stems of both sides of a bead."""
        mine = frozenset().union(*self.stems[slice(*bead.source)])
        return mine, frozenset().union(*self.target_stems[slice(*bead.target)])


def _sums(lengths: Iterable[int]) -> list[int]:
    out = [0]
    for length in lengths:
        out.append(out[-1] + length)
    return out


def _shares(mine: Sequence[frozenset[Key]], theirs: Sequence[frozenset[Key]]) -> dict[Key, float]:
    """For each anchor on both sides, the share of sentences that have it."""
    counts = Counter(key for keys in mine for key in keys)
    others = Counter(key for keys in theirs for key in keys)
    size = max(len(mine), len(theirs))
    return {k: max(n, others[k]) / size for k, n in counts.items() if k in others}
