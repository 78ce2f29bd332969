"""`align`: align any two files, also outside of a project."""

from __future__ import annotations

from dragoman.alignment import Alignment, align
from dragoman.pipeline.align.encoders import encoder
from dragoman.pipeline.align.pair_hints import terms
from dragoman.pipeline.align.report_numbers import numbers
from dragoman.pipeline.align.sides import read, side
from dragoman.pipeline.glossary import read as read_terms
from dragoman.reports.alignment_report import ReportLine


def aligned(
    source: str,
    target: str,
    source_locale: str,
    target_locale: str,
    *,
    glossary: str = "",
    embeddings: str = "",
) -> tuple[list[ReportLine], Alignment]:
    """Align two files; returns the beads with their texts, for reports, and the alignment.

    Args:
        source: path of the source, in any format of texts.
        target: path of the target.
        source_locale: language of the source.
        target_locale: language of the target.
        glossary: path of a bilingual glossary (.csv or .tbx).
        embeddings: name of an installed sentence encoder; empty for none.

    Raises:
        DragomanError: a file is missing or of an unknown format, or there is no such encoder.
    """
    one, other = source_locale.partition("_")[0], target_locale.partition("_")[0]
    mine, theirs = side(read(source, one, like=target)), side(read(target, other, like=source))
    known = list(terms(read_terms(glossary, source_locale), target_locale)) if glossary else []
    alignment = align(mine.sentences, theirs.sentences, one, other, known, encoder(embeddings))
    pairs = [
        ReportLine(
            bead.confidence,
            numbers(bead.source),
            numbers(bead.target),
            " ".join(unit.source for unit in mine.units[slice(*bead.source)]),
            " ".join(unit.source for unit in theirs.units[slice(*bead.target)]),
        )
        for bead in alignment.beads
    ]
    return pairs, alignment
