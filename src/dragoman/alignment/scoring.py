"""The score of a bead, from lengths, words in both directions, anchors, and block structure."""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import accumulate
from typing import NamedTuple

from dragoman.alignment.lexicon import Direction, Lexicon
from dragoman.alignment.search import Bead
from dragoman.alignment.texts import Texts

_SEED = 0.8
"""Probability that an anchor of one side is also on the other."""
_MOST_GAIN = 4.0
_SURE = {"word": 0.6, "cognate": 0.5, "known": 2.0}
"""Weights of anchors that are less or more reliable than numbers, dates and addresses (1.0)."""
_WORDS = 0.5
"""Weight of the word model in each direction."""
_MOST_COST = 18.0
"""Greatest cost of a difference in length."""
_FAR = 4.0
"""Deviations in length from which a bead of several sentences is rejected."""
_NEAR, _STRANGERS = 8.0, 0.3
"""Weight of embeddings, and the cosine of unrelated sentences."""
_KEPT_ROWS = 6


class _Cell(NamedTuple):
    """What a source sentence and a target sentence have in common."""

    forward: dict[str, float]
    """Target words that the source sentence may explain, with the sum of their probabilities."""
    backward: dict[str, float]
    anchors: dict[tuple[str, object], float]


class Scorer:
    """Scores beads; caches, for a few rows, what pairs of single sentences have in common."""

    def __init__(self, texts: Texts, words: Lexicon, beads: Sequence[Bead] = ()) -> None:
        """`beads` are those that `words` was learnt from; a bead is scored without its own share in that."""
        self._texts = texts
        self._learnt = {i: bead for bead in beads for i in range(*bead.source)}
        self._words = words
        self._rows: dict[int, dict[int, _Cell]] = {}
        self._mine = _Side(texts.stems, words.forward, words.backward)
        self._theirs = _Side(texts.target_stems, words.backward, words.forward)

    def score(self, i: int, a: int, j: int, b: int) -> float:
        """The score (in nats) of a bead: `source[i:i+a]` with `target[j:j+b]`."""
        z = self._texts.deviation(i, a, j, b)
        if a + b > 2 and abs(z) > _FAR:
            return -math.inf
        cost = min(z * z / 2, _MOST_COST)
        return self._structure(i, a, j, b) + self.gain(i, a, j, b) - cost

    def gain(self, i: int, a: int, j: int, b: int) -> float:
        """The log-likelihood ratio (in nats) of both sides as translations to both as unrelated text."""
        cells = [self._cell(row, column) for row in range(i, i + a) for column in range(j, j + b)]
        worth = self._anchored(cells, a, b) + self._texts.marks.gain(i, a, j, b)
        mine, theirs = self._mine, self._theirs
        if mine.common:  # otherwise no words have been learnt yet
            worth += _WORDS * mine.explained([c.forward for c in cells], i, a, theirs, j, b)
            worth += _WORDS * theirs.explained([c.backward for c in cells], j, b, mine, i, a)
        return worth + self._embedded(i, a, j, b) if self._texts.vectors else worth

    def _cell(self, i: int, j: int) -> _Cell:
        row = self._rows.get(i)
        if row is None:
            self._rows.pop(i - _KEPT_ROWS, None)
            row = self._rows[i] = {}
        cell = row.get(j)
        if cell is None:
            mine, theirs = self._mine.words[i], self._theirs.words[j]
            bead = self._learnt.get(i)
            if bead is not None and bead.target[0] <= j < bead.target[1]:
                ones, others = self._texts.words(bead)
                forward = _elsewhere(self._words.forward, self._theirs.rows[j], mine, ones)
                backward = _elsewhere(self._words.backward, self._mine.rows[i], theirs, others)
            else:
                forward = _likely(self._theirs.rows[j], mine)
                backward = _likely(self._mine.rows[i], theirs)
            cell = row[j] = _Cell(forward, backward, self._shared_anchors(i, j))
        return cell

    def _shared_anchors(self, i: int, j: int) -> dict[tuple[str, object], float]:
        """Shared anchors of two sentences with their weight: the rarer, the greater."""
        texts = self._texts
        return {
            key: math.log(_SEED / texts.shared[key])
            for key in texts.anchors[i] & texts.target_anchors[j]
        }

    def _anchored(self, cells: Sequence[_Cell], a: int, b: int) -> float:
        """The weight of shared anchors, reduced in beads of several sentences."""
        shared: dict[tuple[str, object], float] = {}
        for cell in cells:
            shared.update(cell.anchors)
        if not shared:
            return 0.0
        spread = math.log(a * b) / 2
        worth = 0.0
        names = [str(key[1]) for key in shared if key[0] == "name"]
        for (kind, value), gained in shared.items():
            sure = 1.0
            if kind == "name":
                name = str(value)
                # of BKR and BK, count only the longer
                if any(other != name and other.startswith(name) for other in names):
                    continue
                sure = min(1.0, 0.3 * len(name) - 0.1)
            else:
                sure = _SURE.get(kind, 1.0)
            worth += min(max(gained - spread, 0.0), _MOST_GAIN) * sure
        return worth

    def _embedded(self, i: int, a: int, j: int, b: int) -> float:
        """Score of the embeddings: the similarity of the bead's sentence that fits the other side least."""
        mine, theirs = self._texts.vectors[i : i + a], self._texts.target_vectors[j : j + b]
        near: list[list[float]] = [
            [sum(x * y for x, y in zip(v, w, strict=True)) for w in theirs] for v in mine
        ]
        likest = [max(row) for row in near] + [max(column) for column in zip(*near, strict=True)]
        nearest: float = min(likest)
        return _NEAR * (nearest - _STRANGERS)

    def _structure(self, i: int, a: int, j: int, b: int) -> float:
        """Score of the block structure: blocks begin together, headings match headings, beads stay in a block."""
        texts = self._texts
        first, other = texts.source[i], texts.target[j]
        worth = 0.0
        if (first.kind == "heading") != (other.kind == "heading"):
            worth -= 2.5
        elif first.kind and first.kind == other.kind:
            worth += 0.4
        opens = i == 0 or texts.source[i - 1].block != first.block
        other_opens = j == 0 or texts.target[j - 1].block != other.block
        worth += 1.2 if opens and other_opens else -1.2 if opens != other_opens else 0.0
        crosses = texts.source[i + a - 1].block != first.block
        other_crosses = texts.target[j + b - 1].block != other.block
        return worth - 5.5 * (crosses + other_crosses)

    def confidence(self, bead: Bead) -> float:
        """Confidence from 0 to 1: 40 % from the lengths, 60 % from what the sides have in common."""
        (i, end), (j, last) = bead.source, bead.target
        if i == end or j == last:
            return 0.0
        z = self._texts.deviation(i, end - i, j, last - j)
        words = self._mine.size_sums[end] - self._mine.size_sums[i]
        gained = self.gain(i, end - i, j, last - j)
        by_words = 1 / (1 + math.exp(-(gained - 0.12 * words - 0.5)))
        return round(0.4 * math.exp(-z * z / 6) + 0.6 * by_words, 3)


class _Side:
    """The words of one side with their translation probabilities, and cumulative sums of both."""

    def __init__(
        self, stems: Sequence[frozenset[str]], becomes: Direction, comes: Direction
    ) -> None:
        self.words = stems
        self.size_sums = [0, *accumulate(max(len(words), 3) for words in stems)]
        self.word_sums = [0, *accumulate(len(words) for words in stems)]
        known = becomes.known
        self.sure_sums = [
            0.0,
            *accumulate(sum(known.get(w, 0.0) for w in words) for words in stems),
        ]
        self.common = becomes.rows
        self.share = {word: 1 / share for word, share in comes.common.items()}
        """For each word of this side, the reciprocal of its share of all words."""
        self.rows = [
            [(word, row) for word in sorted(words) if (row := comes.rows.get(word))]
            for words in stems
        ]

    def explained(
        self,
        shared: Sequence[dict[str, float]],
        i: int,
        a: int,
        other: _Side,
        j: int,
        b: int,
    ) -> float:
        """Log-likelihood ratio of the other side's words given this side's, to their chance occurrence.

        Unknown words of this side count as chance, so that sentences of new words are neutral.
        """
        size = self.size_sums[i + a] - self.size_sums[i]
        unknown = max(1.0 - 0.5 * (self.sure_sums[i + a] - self.sure_sums[i]) / size, 0.37)
        totals = shared[0]
        if len(shared) > 1:
            totals = {}
            for cell in shared:
                for word, p in cell.items():
                    totals[word] = totals.get(word, 0.0) + p
        worth = 0.0
        share = other.share
        for word, p in totals.items():
            gained = math.log(p / size * share[word] + unknown)  # never less than log(unknown)
            worth += min(_MOST_GAIN, gained)
        words = other.word_sums[j + b] - other.word_sums[j]
        return worth + math.log(unknown) * (words - len(totals)) * 0.5


def _likely(
    rows: Sequence[tuple[str, dict[str, float]]], words: frozenset[str]
) -> dict[str, float]:
    result = {}
    for word, row in rows:
        p = sum([row[v] for v in words & row.keys()])
        if p:
            result[word] = p
    return result


def _elsewhere(
    direction: Direction,
    rows: Sequence[tuple[str, dict[str, float]]],
    words: frozenset[str],
    pair: frozenset[str],
) -> dict[str, float]:
    """Like `_likely`, without what was learnt from the pair itself."""
    result = {}
    for word, row in rows:
        p = direction.elsewhere(word, row, words, pair)
        if p:
            result[word] = p
    return result
