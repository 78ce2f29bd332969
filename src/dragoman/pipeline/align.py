"""Aligning any two files, outside of projects too."""

from __future__ import annotations

import os

from dragoman import gate
from dragoman.alignment import Alignment, align
from dragoman.errors import DragomanError
from dragoman.glossary import exchange
from dragoman.pipeline.adopt import numbers, read, side
from dragoman.pipeline.encoders import encoder
from dragoman.pipeline.hints import terms
from dragoman.project import Files
from dragoman.reports.alignment import Pair


def aligned(
    source: str,
    target: str,
    source_locale: str,
    target_locale: str,
    *,
    glossary: str = "",
    embeddings: str = "",
) -> tuple[list[Pair], Alignment]:
    """The beads of two files, in order, ready to be shown, and as they were found.

    Args:
        source: path of the one (.md, .txt, .html or .docx).
        target: path of the other.
        source_locale: language of the source.
        target_locale: language of the target.
        glossary: path of a bilingual glossary (.csv or .tbx).
        embeddings: name of an installed encoder of sentences.
    """
    one, other = source_locale.partition("_")[0], target_locale.partition("_")[0]
    mine, theirs = side(read(source, one)), side(read(target, other))
    known = _terms(glossary, source_locale, target_locale) if glossary else []
    found = align(mine.sentences, theirs.sentences, one, other, known, encoder(embeddings))
    pairs = [
        Pair(
            bead.confidence,
            numbers(bead.source),
            numbers(bead.target),
            " ".join(unit.source for unit in mine.units[slice(*bead.source)]),
            " ".join(unit.source for unit in theirs.units[slice(*bead.target)]),
        )
        for bead in found.beads
    ]
    return pairs, found


def _terms(path: str, source: str, locale: str) -> list[tuple[str, str]]:
    place = os.path.abspath(path)
    files = Files(os.path.dirname(place))
    if path.lower().endswith(".csv"):
        return list(terms(exchange.from_csv(files.text_of(place), path), locale))
    data = files.bytes_of(place, gate.LARGEST)
    if data is None:
        raise DragomanError("there is no such file", file=path, way_out="check the path")
    return list(terms(exchange.from_tbx(data, path, source), locale))
