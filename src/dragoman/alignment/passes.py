"""The alignment method: several passes, each with a word model learnt from the previous one.

The first pass uses lengths (Gale and Church, 1993), anchors and known translations. Each later pass
fits lengths and counts to the beads so far, and learns words from them and from known translations.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import accumulate
from typing import NamedTuple

from dragoman.alignment.anchors import Sentence, stems
from dragoman.alignment.bands import around, first_band
from dragoman.alignment.belief import judged
from dragoman.alignment.lexicon import Lexicon
from dragoman.alignment.scoring import Scorer
from dragoman.alignment.search import Bead, best_path
from dragoman.alignment.texts import Encoder, Texts

_WIDTHS = (30, 10, 10)
"""Width of the band in each pass after the first. It is wide once: the first path, made without words,
may be off by the length of a stretch that one side lacks."""
_FIRST_GAP = (-4.0, -1.2)
"""Scores of a gap in the first pass, which has less evidence than later ones to weigh against them."""
_NEAR, _LEAST_SCORE = 2, 0.5
"""Beads on each side, and the mean score with them from which words are learnt from a bead."""


class Alignment(NamedTuple):
    """The beads of two texts, in order."""

    beads: tuple[Bead, ...]
    confidence: float
    """Confidence that the texts are translations of each other at all, from 0 to 1."""


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
        source: sentences of the source.
        target: sentences of the target.
        source_lang: language of the source, such as `en`.
        target_lang: language of the target.
        known: sentences or terms with their translations, to learn words from; a pair that
            occurs in these texts is also an anchor.
        encoder: gives sentence embeddings, as additional evidence.

    Returns:
        Beads that contain every sentence of both sides once, in order.

    >>> two = [Sentence("Nobody came on that day."), Sentence("In 1992 he left.")]
    >>> a = align(two, [Sentence("O gün heç kim gəlmədi."), Sentence("1992-ci ildə getdi.")], "en", "az")
    >>> [(bead.source, bead.target) for bead in a.beads]
    [((0, 1), (0, 1)), ((1, 2), (1, 2))]
    """
    if not source or not target:
        alone = [Bead((i, i + 1), (0, 0)) for i in range(len(source))]
        alone += [Bead((0, 0), (j, j + 1)) for j in range(len(target))]
        return Alignment(tuple(alone), 0.0)
    texts = Texts(source, target, source_lang, target_lang)
    if encoder is not None:
        texts.embed(encoder, source_lang, target_lang)
    known = list(known)
    texts.recognise(known)
    pairs = [(stems(s, source_lang), stems(t, target_lang)) for s, t in known]
    words = Lexicon(pairs)
    beads = _first_path(texts, words)
    for width in _WIDTHS:
        texts.fit(beads)
        band = around(beads, len(source), len(target), width)
        likely = _likely(beads)
        words = Lexicon([*pairs, *map(texts.words, likely)])
        beads = best_path(band, len(target), Scorer(texts, words, likely).score, texts.priors)
    return Alignment(*judged(beads, texts, Scorer(texts, words), Lexicon(pairs)))


def _first_path(texts: Texts, words: Lexicon) -> list[Bead]:
    """The best path of the first pass; also sets the ratio of lengths that gives it."""
    band = first_band(texts)
    paths: list[tuple[float, int, float, list[Bead]]] = []
    for ratio in texts.ratios:
        texts.ratio = ratio
        score = Scorer(texts, words).score
        path = best_path(band, len(texts.target), score, texts.priors, _FIRST_GAP)
        paths.append((sum(bead.score for bead in path), -len(paths), ratio, path))
    _, _, texts.ratio, beads = max(paths)
    return beads


def _likely(beads: Sequence[Bead]) -> list[Bead]:
    """The beads to learn words from: those whose neighbourhood scores well.

    A stretch that is aligned wrongly would teach words that support it in the next pass.
    """
    sums = [0.0, *accumulate(bead.score for bead in beads)]
    spans = [(max(0, at - _NEAR), min(len(beads), at + _NEAR + 1)) for at in range(len(beads))]
    return [
        bead
        for bead, (a, b) in zip(beads, spans, strict=True)
        if sums[b] - sums[a] >= _LEAST_SCORE * (b - a)
    ]
