"""Confidence: whether two texts, or stretches of them, are translations of each other at all.

A word model learnt from the beads supports any beads, right or wrong, so it is not used here. The
evidence is lengths, punctuation, anchors, block structure, and words known from elsewhere. The evidence
for a bead and its neighbours is compared with that for unrelated texts.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import accumulate

from dragoman.alignment.lexicon import Lexicon
from dragoman.alignment.scoring import Scorer
from dragoman.alignment.search import Bead
from dragoman.alignment.texts import Texts

_AROUND = 4
"""Beads on each side that count as evidence for the one between them."""
_TEXT, _TEXT_SLOPE = 1.0, 0.25
"""Mean evidence for a bead (in nats) at which two texts are as likely unrelated as not, and the slope.

Measured on pages of manuals: 98 of 100 unrelated pairs have less than 0.95, 98 of 100 true pairs more than 1.6.
"""
_PLACE, _PLACE_SLOPE = 0.0, 0.6
"""The same for a bead and its neighbours, nine beads in all."""
_GIVEN, _GIVEN_BEADS = 2.5, 4
"""Prior: mean evidence, and the number of beads it weighs as much as."""
_GAP, _EDGE = -6.5, -3.0
"""Evidence of a stretch missing on one side, of any length: in the middle, and at either end."""
_WORST = -20.0


def judged(
    beads: Sequence[Bead], texts: Texts, scorer: Scorer, known: Lexicon
) -> tuple[tuple[Bead, ...], float]:
    """The beads with their confidence, and the confidence of the whole alignment.

    Args:
        beads: all beads, in order.
        texts: both sides.
        scorer: scores beads with the learnt word model.
        known: word model from known translations.

    Returns:
        A bead's confidence follows from its lengths and words, lowered by evidence against its
        neighbourhood; that of the whole is the mean of its pairs, weighted by length, lowered by
        evidence against the whole.
    """
    evidence = _evidence(beads, texts.unfitted(beads), known)
    sums = [0.0, *accumulate(evidence)]
    counts = [0, *accumulate(1 if all(bead.sizes) else 0 for bead in beads)]

    def mean(first: int, last: int) -> float:
        total = sums[last] - sums[first] + _GIVEN * _GIVEN_BEADS
        return total / (counts[last] - counts[first] + _GIVEN_BEADS)

    sure = []
    for at, bead in enumerate(beads):
        here = mean(max(0, at - _AROUND), min(len(beads), at + _AROUND + 1))
        trust = _logistic((here - _PLACE) / _PLACE_SLOPE)
        sure.append(bead._replace(confidence=round(trust * scorer.confidence(bead), 3)))
    weights = [(texts.characters(bead), bead.confidence) for bead in sure if all(bead.sizes)]
    if not weights:
        return tuple(sure), 0.0
    pairs: float = sum(w * c for w, c in weights) / max(sum(w for w, _ in weights), 1)
    trust = _logistic((mean(0, len(beads)) - _TEXT) / _TEXT_SLOPE)
    return tuple(sure), round(pairs * trust, 3)


def _evidence(beads: Sequence[Bead], texts: Texts, known: Lexicon) -> list[float]:
    """The log-likelihood ratio of translation to unrelated text for each bead; a gap counts once."""
    scorer = Scorer(texts, known)
    out = []
    before = (1, 1)
    pairs = [at for at, bead in enumerate(beads) if all(bead.sizes)]
    first, last = (pairs[0], pairs[-1]) if pairs else (0, 0)
    for at, bead in enumerate(beads):
        (i, _), (j, _), (a, b) = bead.source, bead.target, bead.sizes
        if a and b:
            out.append(max(_WORST, scorer.score(i, a, j, b) + texts.priors.get((a, b), _WORST)))
        else:
            opened = _GAP if first < at < last else _EDGE
            out.append(0.0 if bead.sizes == before else opened)
        before = bead.sizes
    return out


def _logistic(x: float) -> float:
    return 1 / (1 + math.exp(-max(-50.0, min(50.0, x))))
