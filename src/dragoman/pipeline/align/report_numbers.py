"""Sentence numbers in alignment reports: written, and read from a corrected report."""

from __future__ import annotations

import os

from dragoman.alignment import Alignment, Bead
from dragoman.errors import DragomanError
from dragoman.project import Files


def corrected(file: str, rows: int, columns: int) -> Alignment:
    """Beads from a hand-corrected report, all with confidence 1.

    Args:
        file: path of the report.
        rows: number of source sentences.
        columns: number of target sentences.

    Raises:
        DragomanError: a number is malformed, out of order, or higher than the number of sentences.
    """
    place = os.path.abspath(file)
    text = Files(os.path.dirname(place)).text_of(place)
    beads = []
    i = j = 0
    for number, line in enumerate(text.split("\n"), 1):
        cells = line.split("\t")
        if len(cells) < 3 or cells[1] == "source":
            continue
        try:
            source, target = _span(cells[1], i), _span(cells[2], j)
        except ValueError:
            raise DragomanError(
                f"{cells[1]!r} or {cells[2]!r} is not a sentence number",
                file=file,
                line=number,
                how_to_fix="write 4 or 4-5",
            ) from None
        if source[0] < i or target[0] < j or source[1] > rows or target[1] > columns:
            raise DragomanError(
                "sentences out of order, or more than there are",
                file=file,
                line=number,
                how_to_fix="keep the numbers ascending",
            )
        beads += [Bead((k, k + 1), (j, j)) for k in range(i, source[0])]
        beads.append(
            Bead(
                source, target, 0.0, 1.0 if source[0] < source[1] and target[0] < target[1] else 0.0
            )
        )
        i, j = source[1], target[1]
    beads += [Bead((k, k + 1), (j, j)) for k in range(i, rows)]
    return Alignment(tuple(beads), 1.0)


def _span(cell: str, at: int) -> tuple[int, int]:
    """Parse `4`, `4-5` or an empty cell; numbers count from 1, the result from 0."""
    if not cell.strip():
        return at, at
    first, _, last = cell.strip().partition("-")
    return int(first) - 1, int(last or first)


def numbers(span: tuple[int, int]) -> str:
    """A span of sentences in a report, counted from 1.

    >>> numbers((3, 4)), numbers((3, 5)), numbers((3, 3))
    ('4', '4-5', '')
    """
    first, last = span[0] + 1, span[1]
    return "" if last < first else str(first) if first == last else f"{first}-{last}"
