"""Word translation probabilities learnt from sentence pairs: IBM Model 1 (Brown et al., 1993), both ways."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence

Pairs = Sequence[tuple[Sequence[str], Sequence[str]]]
_ROUNDS = 3
_KAPPA = 1.0
"""Smoothing: added to a word's count, so that rare words do not get high probabilities."""
_LEAST_COUNT = 0.3


class Direction:
    """Probabilities that a word of one side is translated by a word of the other."""

    def __init__(self, pairs: Pairs) -> None:
        self.common: dict[str, float] = {}
        """For each word of the other side, its share of all words there."""
        self.rows: dict[str, dict[str, float]] = {}
        """For each word of the other side, the words it may translate, with the probability."""
        self.known: dict[str, float] = {}
        """For each word of this side, the sum of its known probabilities, at most 1."""
        mine = self.times = Counter(word for words, _ in pairs for word in words)
        theirs = Counter(word for _, words in pairs for word in words)
        total = sum(theirs.values()) or 1
        self.common = {word: count / total for word, count in theirs.items()}
        self._learn(pairs, mine, theirs)
        for row in self.rows.values():
            for word, p in row.items():
                self.known[word] = min(1.0, self.known.get(word, 0.0) + p)

    def elsewhere(
        self, word: str, row: dict[str, float], mine: frozenset[str], pair: frozenset[str]
    ) -> float:
        """The sum of `word`'s probabilities given `mine`, learnt from other pairs than its own."""
        found = mine & row.keys()
        if not found:
            return 0.0
        whole = sum(row[v] for v in pair & row.keys()) + self.common[word] * 0.1 + 1e-9
        total = 0.0
        for v in found:
            p = row[v]
            n = self.times[v] - 1
            total += max(0.0, p * (n + 1 + _KAPPA) - p / whole) / (n + _KAPPA)
        return total

    def _learn(self, pairs: Pairs, mine: Counter[str], theirs: Counter[str]) -> None:
        """Estimate the probabilities by EM; words that occur once are left out."""
        often = [
            ([w for w in ours if mine[w] > 1], [w for w in others if theirs[w] > 1])
            for ours, others in pairs
        ]
        for _ in range(_ROUNDS):
            counts: dict[str, dict[str, float]] = defaultdict(lambda: defaultdict(float))
            for ours, others in often:
                for word in others:
                    row = self.rows.get(word)
                    weights = (
                        [row.get(v, 1e-4) for v in ours] if row else [1 / mine[v] for v in ours]
                    )
                    whole = sum(weights) + self.common[word] * 0.1 + 1e-9
                    count = counts[word]
                    for v, weight in zip(ours, weights, strict=True):
                        count[v] += weight / whole
            self.rows = {
                word: {v: c / (mine[v] + _KAPPA) for v, c in row.items() if c > _LEAST_COUNT}
                for word, row in counts.items()
            }


class Lexicon:
    """Both directions of a word model, learnt from the words of sentence pairs."""

    def __init__(self, pairs: Iterable[tuple[frozenset[str], frozenset[str]]]) -> None:
        corpus = [(sorted(mine), sorted(theirs)) for mine, theirs in pairs if mine and theirs]
        self.forward = Direction(corpus)
        self.backward = Direction([(theirs, mine) for mine, theirs in corpus])
