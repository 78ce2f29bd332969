"""Aligning any two files, outside of projects too."""

from __future__ import annotations

from dragoman.alignment import align
from dragoman.pipeline.adopt import numbers, read, side
from dragoman.reports.alignment import Pair


def aligned(source: str, target: str, source_locale: str, target_locale: str) -> list[Pair]:
    """The beads of two files, in order.

    Args:
        source: path of the one (.md, .txt, .html or .docx).
        target: path of the other.
        source_locale: language of the source.
        target_locale: language of the target.
    """
    one, other = source_locale.partition("_")[0], target_locale.partition("_")[0]
    mine, theirs = side(read(source, one)), side(read(target, other))
    found = align(mine.sentences, theirs.sentences, one, other)
    return [
        Pair(
            bead.confidence,
            numbers(bead.source),
            numbers(bead.target),
            " ".join(unit.source for unit in mine.units[slice(*bead.source)]),
            " ".join(unit.source for unit in theirs.units[slice(*bead.target)]),
        )
        for bead in found.beads
    ]
