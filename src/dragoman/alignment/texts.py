"""Both sides of an alignment, and what is worked out of them once: lengths, words, anchors."""

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
"""How many beads the shares of shapes given beforehand weigh as much as."""
_TYPICAL = 0.9
"""Share of the pairs that the spread of lengths is fitted to: the rest may be wrong pairs."""
_APART = 1.5
"""Times as many sentences one side has where it may hold more than the other."""
_SPREAD = 5.0
_LEAST_SPREAD, _MOST_SPREAD = 1.0, 12.0


class Encoder(Protocol):
    """Sentence embeddings from elsewhere: vectors of unit length, in order, made on this machine."""

    def encode(self, texts: Sequence[str], lang: str) -> Sequence[Sequence[float]]: ...


class Texts:
    """The sentences of both sides."""

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
        self.vectors = list(encoder.encode([s.text for s in self.source], source_lang))
        self.target_vectors = list(encoder.encode([t.text for t in self.target], target_lang))

    def recognise(self, known: Iterable[tuple[str, str]]) -> None:
        """Make anchors of sentences whose translation is known and stands on the other side."""
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
        """The ratios of lengths that come into question: of the texts, and of their sentences.

        Where one side has many sentences more, it may cut them shorter, or hold more than the other.
        """
        rows, columns = len(self.source), len(self.target)
        if max(rows, columns) < _APART * min(rows, columns):
            return (self.ratio,)
        return self.ratio, self.ratio * rows / columns

    def characters(self, bead: Bead) -> int:
        (a, b), (c, d) = bead.source, bead.target
        return self.lengths[b] - self.lengths[a] + self.target_lengths[d] - self.target_lengths[c]

    def deviation(self, i: int, a: int, j: int, b: int) -> float:
        """By how many standard deviations the lengths differ from what is usual (Gale and Church, 1993)."""
        one = self.lengths[i + a] - self.lengths[i]
        other = self.target_lengths[j + b] - self.target_lengths[j]
        mean = (one + other / self.ratio) / 2 + 4
        spread = math.sqrt(self.variance * mean * max(self.ratio, 0.3))
        return (other - one * self.ratio) / spread

    def fit(self, beads: Sequence[Bead]) -> None:
        """Fit ratio, variance and shares of shapes to the beads of the pass before."""
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
        """The same texts, judged as before any beads were known, but for their ratio of lengths."""
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
    """How common an anchor is that both sides have, as a share of all sentences."""
    counts = Counter(key for found in mine for key in found)
    others = Counter(key for found in theirs for key in found)
    size = max(len(mine), len(theirs))
    return {k: max(n, others[k]) / size for k, n in counts.items() if k in others}
