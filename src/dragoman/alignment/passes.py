"""The method: lengths first, then anchors, then a word model learnt from what was aligned, again.

Lengths after Gale and Church (1993), with the ratio fitted to each pair of texts; words by the
strength of their co-occurrence in the beads of the pass before, and in known translations.
"""

from __future__ import annotations

import math
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from typing import NamedTuple, Protocol

from dragoman.alignment.anchors import Key, Sentence, anchors, stems
from dragoman.alignment.search import FEW, SHAPES, Bead, best_path

PASSES = 3
_NARROW = 14
_WIDE = 60
_SEED = 0.8
"""Probability that an anchor of one side stands on the other."""
_LEAST_GAIN, _MOST_GAIN = -1.0, 4.0
_ROUNDS = 3
_FEW_ANCHORS = 5


class Encoder(Protocol):
    """Sentence embeddings from elsewhere: vectors of unit length, in order, made on this machine."""

    def encode(self, texts: Sequence[str], lang: str) -> Sequence[Sequence[float]]: ...


class Alignment(NamedTuple):
    """The beads of two texts, in order."""

    beads: tuple[Bead, ...]
    confidence: float
    """From 0 to 1: whether the texts are translations of each other at all."""


def align(
    source: Sequence[Sentence],
    target: Sequence[Sentence],
    source_lang: str,
    target_lang: str,
    known: Iterable[tuple[str, str]] = (),
    encoder: Encoder | None = None,
) -> Alignment:
    """Align the sentences of two texts.

    Args:
        source: sentences of the one.
        target: sentences of the other.
        source_lang: language of the source, as `en`.
        target_lang: language of the target.
        known: sentences and their translations from elsewhere, to learn words from.
        encoder: gives sentence embeddings; without one the result has the same form.

    Returns:
        Beads that hold every sentence of both sides once, in order.

    >>> two = [Sentence("Nobody came on that day."), Sentence("In 1992 he left.")]
    >>> a = align(two, [Sentence("O gün heç kim gəlmədi."), Sentence("1992-ci ildə getdi.")], "en", "az")
    >>> [(bead.source, bead.target) for bead in a.beads]
    [((0, 1), (0, 1)), ((1, 2), (1, 2))]
    """
    if not source or not target:
        alone = [Bead((i, i + 1), (0, 0)) for i in range(len(source))]
        alone += [Bead((0, 0), (j, j + 1)) for j in range(len(target))]
        return Alignment(tuple(alone), 0.0)
    texts = _Texts(source, target, source_lang, target_lang)
    if encoder is not None:
        texts.embed(encoder)
    pairs = [(stems(s, source_lang), stems(t, target_lang)) for s, t in known]
    words = Lexicon(pairs)
    band = first_band(texts)
    beads: list[Bead] = []
    for number in range(PASSES):
        scorer = _Scorer(texts, words)
        beads = best_path(band, len(target), scorer.score, SHAPES if number else FEW)
        if number + 1 < PASSES:
            texts.fit(beads)
            band = _around(beads, len(source), len(target))
            words = Lexicon([*pairs, *_stems_of(texts, beads)])
    scorer = _Scorer(texts, words)
    sure = tuple(bead._replace(confidence=scorer.confidence(bead)) for bead in beads)
    return Alignment(sure, _overall(sure, texts))


def _overall(beads: Sequence[Bead], texts: _Texts) -> float:
    """The mean confidence, less the fewer numbers and names of the source found their counterpart."""
    weights = [(max(texts.characters(bead), 1), bead.confidence) for bead in beads]
    mean = sum(w * c for w, c in weights) / sum(w for w, _ in weights)
    asked = met = 0
    for bead in beads:
        mine = _telling(texts.anchors[slice(*bead.source)])
        asked += len(mine)
        met += len(mine & _telling(texts.target_anchors[slice(*bead.target)]))
    if asked < _FEW_ANCHORS:
        return round(mean, 3)
    return round(mean * (0.3 + 0.7 * min(1.0, met / asked / 0.6)), 3)


def _telling(found: Sequence[frozenset[Key]]) -> set[Key]:
    return {
        key for keys in found for key in keys if key[0] in ("number", "date", "name", "address")
    }


class _Texts:
    """Both sides, and what was worked out of them."""

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
        self.variance = 5.0
        self.shared = _shares(self.anchors, self.target_anchors)
        self.vectors: list[Sequence[float]] = []
        self.target_vectors: list[Sequence[float]] = []

    def embed(self, encoder: Encoder) -> None:
        self.vectors = list(encoder.encode([s.text for s in self.source], ""))
        self.target_vectors = list(encoder.encode([t.text for t in self.target], ""))

    def characters(self, bead: Bead) -> int:
        (a, b), (c, d) = bead.source, bead.target
        return self.lengths[b] - self.lengths[a] + self.target_lengths[d] - self.target_lengths[c]

    def deviation(self, i: int, a: int, j: int, b: int) -> float:
        """By how many standard deviations the lengths differ from what is usual."""
        one = self.lengths[i + a] - self.lengths[i]
        other = self.target_lengths[j + b] - self.target_lengths[j]
        mean = (one + other / self.ratio) / 2 + 4
        return (other - one * self.ratio) / (
            math.sqrt(self.variance * mean) * max(self.ratio, 0.3) ** 0.5
        )

    def fit(self, beads: Sequence[Bead]) -> None:
        """Fit ratio and variance to the pairs of the pass before."""
        ones = [bead for bead in beads if bead.sizes == (1, 1)]
        if len(ones) < 5:
            return
        mine = sum(self.lengths[b.source[1]] - self.lengths[b.source[0]] for b in ones)
        theirs = sum(
            self.target_lengths[b.target[1]] - self.target_lengths[b.target[0]] for b in ones
        )
        if mine and theirs:
            self.ratio = theirs / mine
        squares = sorted(self.deviation(b.source[0], 1, b.target[0], 1) ** 2 for b in ones)
        typical = squares[: max(len(squares) * 9 // 10, 1)]
        fitted = self.variance * sum(typical) / len(typical) * 1.3
        self.variance = min(max(fitted, 1.0), 12.0)


def _sums(lengths: Iterable[int]) -> list[int]:
    out = [0]
    for length in lengths:
        out.append(out[-1] + length)
    return out


class Lexicon:
    """Which words go together, learnt from sentences that do: Model 1 of Brown et al. (1993)."""

    def __init__(self, pairs: Iterable[tuple[frozenset[str], frozenset[str]]]) -> None:
        corpus = [(sorted(mine), sorted(theirs)) for mine, theirs in pairs if mine and theirs]
        self.probability: dict[str, dict[str, float]] = {}
        """For each target word, the source words that it may come from, with its probability."""
        self.known: dict[str, float] = {}
        """For each source word, how much of what it becomes is known."""
        theirs = Counter(word for _, words in corpus for word in words)
        total = sum(theirs.values()) or 1
        self.common = {word: count / total for word, count in theirs.items()}
        self._learn(corpus, Counter(word for words, _ in corpus for word in words), theirs)

    def _learn(
        self,
        corpus: Sequence[tuple[list[str], list[str]]],
        mine: Counter[str],
        theirs: Counter[str],
    ) -> None:
        """Words that come once teach nothing; the others share each target word among themselves."""
        table: dict[str, dict[str, float]] = {}
        for _ in range(_ROUNDS):
            counts: dict[str, dict[str, float]] = defaultdict(lambda: defaultdict(float))
            for sources, targets in corpus:
                often = [word for word in sources if mine[word] > 1]
                for word in targets:
                    if theirs[word] < 2:
                        continue
                    row = table.get(word, {})
                    weights = [row.get(v, 1e-4) if row else 1 / mine[v] for v in often]
                    whole = sum(weights) + 1e-9
                    for v, weight in zip(often, weights, strict=True):
                        counts[word][v] += weight / whole
            table = {
                word: {v: c / (mine[v] + 1.0) for v, c in row.items() if c > 0.35}
                for word, row in counts.items()
            }
        self.probability = table
        for row in table.values():
            for v, p in row.items():
                self.known[v] = min(1.0, self.known.get(v, 0.0) + p)


def _stems_of(
    texts: _Texts, beads: Sequence[Bead]
) -> Iterable[tuple[frozenset[str], frozenset[str]]]:
    for bead in beads:
        a, b = bead.sizes
        if a and b:
            mine = frozenset().union(*texts.stems[slice(*bead.source)])
            theirs = frozenset().union(*texts.target_stems[slice(*bead.target)])
            yield mine, theirs


def _shares(mine: Sequence[frozenset[Key]], theirs: Sequence[frozenset[Key]]) -> dict[Key, float]:
    """How common an anchor is that both sides have, as a share of all sentences."""
    counts = Counter(key for found in mine for key in found)
    others = Counter(key for found in theirs for key in found)
    size = max(len(mine), len(theirs))
    return {k: max(n, others[k]) / size for k, n in counts.items() if k in others}


class _Scorer:
    """What beads are worth; what two single sentences share is worked out once."""

    def __init__(self, texts: _Texts, words: Lexicon) -> None:
        self._texts = texts
        self._words = words
        self._shared: dict[tuple[int, int], dict[str, float]] = {}
        self._sizes = [max(len(s), 3) for s in texts.stems]
        self._sure = [sum(words.known.get(v, 0.0) for v in s) for s in texts.stems]

    def score(self, i: int, a: int, j: int, b: int) -> float:
        z = self._texts.deviation(i, a, j, b)
        worth = -min(z * z / 2, 18.0) + self._structure(i, a, j, b)
        return worth + self.gain(i, a, j, b)

    def gain(self, i: int, a: int, j: int, b: int) -> float:
        """How much likelier the target is beside this source than alone, in natural units."""
        size = sum(self._sizes[i : i + a])
        unknown = 1.0 - 0.5 * sum(self._sure[i : i + a]) / size
        rest = math.log(max(unknown, 0.37))
        worth = 0.0
        for column in range(j, j + b):
            shared: dict[str, float] = {}
            for row in range(i, i + a):
                for word, p in self._pair(row, column).items():
                    shared[word] = shared.get(word, 0.0) + p
            for word, p in shared.items():
                common = self._words.common.get(word, 1e-3)
                gained = math.log((p / size + unknown * common) / common)
                worth += min(max(gained, _LEAST_GAIN), _MOST_GAIN)
            worth += rest * (len(self._texts.target_stems[column]) - len(shared)) * 0.5
        return worth + self._anchored(i, a, j, b)

    def _anchored(self, i: int, a: int, j: int, b: int) -> float:
        """What shared anchors say: much where they are rare, less the more sentences are in the bead."""
        texts = self._texts
        if a == b == 1:
            found = texts.anchors[i] & texts.target_anchors[j]
        else:
            mine = frozenset().union(*texts.anchors[i : i + a])
            found = mine & frozenset().union(*texts.target_anchors[j : j + b])
        spread = math.log(max(a, 1) * max(b, 1))
        worth = 0.0
        names = []
        for key in found:
            gained = math.log(_SEED / texts.shared[key]) - spread if key in texts.shared else 0.0
            if key[0] == "name":
                names.append((str(key[1]), gained))
            else:
                worth += min(max(gained, 0.0), _MOST_GAIN) * (0.6 if key[0] == "word" else 1.0)
        longest = [n for n, _ in names]
        for name, gained in names:  # of BKR and BK only the longer says anything
            if not any(other != name and other.startswith(name) for other in longest):
                sure = min(1.0, 0.3 * len(name) - 0.1)
                worth += min(max(gained, 0.0), _MOST_GAIN) * sure
        return worth + self._embedded(i, a, j, b)

    def _embedded(self, i: int, a: int, j: int, b: int) -> float:
        texts = self._texts
        if not texts.vectors:
            return 0.0
        pairs = [
            (texts.vectors[r], texts.target_vectors[c])
            for r in range(i, i + a)
            for c in range(j, j + b)
        ]
        likest = [sum(x * y for x, y in zip(v, w, strict=True)) for v, w in pairs]
        return 8.0 * (sum(likest) / len(likest) - 0.3)

    def _structure(self, i: int, a: int, j: int, b: int) -> float:
        """Blocks begin together, headings stand for headings, and no bead crosses blocks on one side."""
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
        return worth - 3.5 * (crosses + other_crosses)

    def _pair(self, i: int, j: int) -> dict[str, float]:
        """The words of a target sentence that a source sentence explains, and how likely it makes them."""
        found = self._shared.get((i, j))
        if found is None:
            mine, rows = self._texts.stems[i], self._words.probability
            found = {}
            for word in self._texts.target_stems[j]:
                row = rows.get(word)
                if row:
                    p = sum([row[v] for v in mine & row.keys()])
                    if p:
                        found[word] = p
            self._shared[i, j] = found
        return found

    def confidence(self, bead: Bead) -> float:
        """Half by length, half by what the two sides share."""
        (i, end), (j, last) = bead.source, bead.target
        if i == end or j == last:
            return 0.0
        z = self._texts.deviation(i, end - i, j, last - j)
        words = sum(self._sizes[i:end])
        gained = self.gain(i, end - i, j, last - j)
        by_words = 1 / (1 + math.exp(-(gained - 0.12 * words - 0.5)))
        return round(0.4 * math.exp(-z * z / 6) + 0.6 * by_words, 3)


def first_band(texts: _Texts) -> list[tuple[int, int]]:
    """A band around a chain of rare anchors that both texts have in the same order.

    Where there are few, it is wide, and goes where the texts would be equally far.
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


def _chain(texts: _Texts) -> list[tuple[int, int]]:
    """The longest chain of pairs that share an anchor which stands at most twice on each side."""
    mine: dict[Key, list[int]] = defaultdict(list)
    theirs: dict[Key, list[int]] = defaultdict(list)
    for places, side in ((mine, texts.anchors), (theirs, texts.target_anchors)):
        for at, found in enumerate(side):
            for key in found:
                if key in texts.shared and len(places[key]) < 3:
                    places[key].append(at)
    votes: Counter[tuple[int, int]] = Counter()
    slack = max(_WIDE, len(texts.target) // 6)
    slope = len(texts.target) / max(len(texts.source), 1)
    for key, rows in mine.items():
        columns = theirs.get(key, [])
        if len(rows) <= 2 and len(columns) == len(rows):
            pairs = zip(rows, columns, strict=True)
            votes.update((i, j) for i, j in pairs if abs(j - i * slope) < slack)
    return _increasing(sorted(votes))


def _increasing(points: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """The longest chain of points that goes forward on both sides.

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
    """The band without jumps: each row begins before the one above ends."""
    out = [band[0]]
    for low, high in band[1:]:
        before = out[-1]
        out.append((max(before[0], min(low, before[1])), max(high, before[1])))
    return out


def _diagonal(texts: _Texts) -> list[tuple[int, int]]:
    """A wide band around where the texts would be equally far."""
    columns = len(texts.target)
    width = max(_WIDE, columns // 8, abs(len(texts.source) - columns) + 10)
    band = []
    column = 0
    for row in range(len(texts.source) + 1):
        wanted = texts.lengths[row] / max(texts.lengths[-1], 1) * texts.target_lengths[-1]
        while column < columns and texts.target_lengths[column] < wanted:
            column += 1
        band.append((max(0, column - width), min(columns, column + width)))
    return _closed(band, columns)


def _around(beads: Sequence[Bead], rows: int, columns: int) -> list[tuple[int, int]]:
    """A narrow band around a path."""
    low, high = [columns] * (rows + 1), [0] * (rows + 1)
    for bead in beads:
        for row in range(bead.source[0], bead.source[1] + 1):
            low[row] = min(low[row], bead.target[0])
            high[row] = max(high[row], bead.target[1])
    band = [
        (max(0, lo - _NARROW), min(columns, hi + _NARROW)) for lo, hi in zip(low, high, strict=True)
    ]
    return _closed(band, columns)


def _closed(band: list[tuple[int, int]], columns: int) -> list[tuple[int, int]]:
    """The band with both ends in it."""
    band[0] = (0, band[0][1])
    band[-1] = (band[-1][0], columns)
    return band
