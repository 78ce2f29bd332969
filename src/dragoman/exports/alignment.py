"""Alignment: a plain text for each language, and the offsets of each unit in them.

The sidecar counts in characters (code points) from 0. Cutting a text from `start` to `end` gives
the words of the unit in that language, so that other annotations can stand beside ours.
"""

from __future__ import annotations

import json
from typing import Any

from dragoman.exports.parts.export_options import ExportOptions
from dragoman.exports.parts.plain_cells import line
from dragoman.languages import locales
from dragoman.model import Cell, Parallel, ParallelBlock

NAME = "alignment"
ABOUT = "Where each unit stands in the rendered texts, as JSON."
NEEDS = ""
SUFFIX = ".alignment"
COLUMNS = False
PAIRS = False
INLINE = True

Offsets = dict[str, dict[str, int]]


def export(parallel: Parallel, options: ExportOptions) -> dict[str, str]:
    """The JSON file with the offsets, and the plain text of each language.

    >>> made = export(Parallel("x", "X", ("en", "az"), ()), ExportOptions())
    >>> list(made)
    ['.alignment.en.txt', '.alignment.az.txt', '.alignment.json']
    """
    texts = [_Text(locale) for locale in parallel.locales]
    units = [unit for block in parallel.blocks for unit in _units(block, texts)]
    said = {
        "text": parallel.name,
        "languages": {
            one.locale: {
                "file": f"{parallel.name.rpartition('/')[2]}{one.suffix}",
                "lang": locales.language_tag(one.locale),
                "dir": locales.direction(one.locale),
            }
            for one in texts
        },
        "units": units,
    }
    out = {one.suffix: one.whole() for one in texts}
    return out | {f"{SUFFIX}.json": json.dumps(said, ensure_ascii=False, indent=1) + "\n"}


def _units(block: ParallelBlock, texts: list[_Text]) -> list[dict[str, Any]]:
    for one in texts:
        one.begin_block(block)
    units = []
    for row in block.rows:
        if row.verbatim:
            for one, cell in zip(texts, row.cells, strict=True):
                one.add(line(cell), row.new_line)
            continue
        offsets: Offsets = {}
        for one, cell in zip(texts, row.cells, strict=True):
            start, end = one.add(line(cell), row.new_line)
            offsets[one.locale] = {"start": start, "end": end}
        units.append({"id": row.id, "number": row.number, "offsets": offsets} | _states(row.cells))
    return units


def _states(cells: tuple[Cell, ...]) -> dict[str, dict[str, str]]:
    return {"states": {cell.locale: cell.state.value for cell in cells}}


class _Text:
    """The plain text of one language, built unit by unit."""

    def __init__(self, locale: str) -> None:
        self.locale = locale
        self.suffix = f"{SUFFIX}.{locales.language_tag(locale)}.txt"
        self._pieces: list[str] = []
        self._length = 0
        self._opens = True

    def begin_block(self, block: ParallelBlock) -> None:
        """Append a blank line before a block; code and thematic breaks are copied."""
        if self._pieces:
            self._put("\n\n")
        if block.literal:
            self._put(block.literal.rstrip("\n"))
        self._opens = True

    def add(self, words: str, new_line: bool) -> tuple[int, int]:
        if not self._opens:
            self._put("\n" if new_line else " ")
        self._opens = False
        start = self._length
        self._put(words)
        return start, self._length

    def _put(self, piece: str) -> None:
        self._pieces.append(piece)
        self._length += len(piece)

    def whole(self) -> str:
        return "".join([*self._pieces, "\n"])
