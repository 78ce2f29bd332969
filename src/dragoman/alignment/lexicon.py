"""Which words go together, learnt from sentences that do: Model 1 of Brown et al. (1993), both ways."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence

Pairs = Sequence[tuple[Sequence[str], Sequence[str]]]
_ROUNDS = 3
_KAPPA = 1.0
"""Beads in which a word was not seen but might have been: it keeps rare words from being too sure."""
_LEAST_COUNT = 0.3


class Direction:
    """How likely each word of one side makes each word of the other."""

    def __init__(self, pairs: Pairs) -> None:
        self.common: dict[str, float] = {}
        """The share of a word among all words of the other side."""
        self.rows: dict[str, dict[str, float]] = {}
        """For each word of the other side, the words that it may come from, with their probability."""
        self.known: dict[str, float] = {}
        """For each word, how much of what it becomes is known."""
        mine = Counter(word for words, _ in pairs for word in words)
        theirs = Counter(word for _, words in pairs for word in words)
        total = sum(theirs.values()) or 1
        self.common = {word: count / total for word, count in theirs.items()}
        self._learn(pairs, mine, theirs)
        for row in self.rows.values():
            for word, p in row.items():
                self.known[word] = min(1.0, self.known.get(word, 0.0) + p)

    def _learn(self, pairs: Pairs, mine: Counter[str], theirs: Counter[str]) -> None:
        """Words that come once teach nothing; the others share each word of the other side."""
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
    """Both directions, learnt from pairs of the words of sentences."""

    def __init__(self, pairs: Iterable[tuple[frozenset[str], frozenset[str]]]) -> None:
        corpus = [(sorted(mine), sorted(theirs)) for mine, theirs in pairs if mine and theirs]
        self.forward = Direction(corpus)
        self.backward = Direction([(theirs, mine) for mine, theirs in corpus])
