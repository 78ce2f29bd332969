"""Which cells of a workbook are translated."""

from __future__ import annotations

import re
from collections.abc import Iterable
from fnmatch import fnmatchcase
from typing import NamedTuple

_RANGE = re.compile(r"\$?([A-Z]{1,3})\$?(\d*)(?::\$?([A-Z]{1,3})\$?(\d*))?")
_LAST = 1 << 21


class CellRange(NamedTuple):
    """Some cells of the sheets whose names match a pattern."""

    sheet: str
    left: int = 1
    top: int = 1
    right: int = _LAST
    bottom: int = _LAST


def column(letters: str) -> int:
    """The number of a column, from 1.

    >>> column("A"), column("AB")
    (1, 28)
    """
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number


def cell_range(text: str) -> CellRange:
    """A sheet (`Prices`, with wildcards), columns (`A:C`), cells (`B2:D9`), or both (`Prices!A:C`).

    >>> cell_range("Prices!B")
    CellRange(sheet='Prices', left=2, top=1, right=2, bottom=2097152)
    """
    sheet, mark, cells = text.rpartition("!")
    found = _RANGE.fullmatch(cells)
    if found is None or (not mark and not found[3] and len(found[1]) > 1 and not found[2]):
        return CellRange(text if not mark else sheet.strip("'"))
    left, right = column(found[1]), column(found[3] or found[1])
    top = int(found[2]) if found[2] else 1
    last = found[4] if found[3] else found[2]
    bottom = int(last) if last else _LAST
    return CellRange(sheet.strip("'") if mark else "*", left, top, right, bottom)


class CellChoice:
    """The cells that a setting names; all if it names none."""

    def __init__(self, texts: Iterable[str]) -> None:
        self._ranges = [cell_range(text) for text in texts]

    def of_sheet(self, name: str) -> list[CellRange] | None:
        """The ranges in a sheet; None if all of its cells are chosen.

        >>> CellChoice(["Pri*", "B:C"]).of_sheet("Other")
        [CellRange(sheet='*', left=2, top=1, right=3, bottom=2097152)]
        """
        if not self._ranges:
            return None
        return [one for one in self._ranges if fnmatchcase(name, one.sheet)]

    def names(self, name: str) -> bool:
        """Whether a range names a sheet, as hidden ones have to be."""
        return any(one.sheet != "*" and fnmatchcase(name, one.sheet) for one in self._ranges)


def is_chosen(ranges: list[CellRange] | None, across: int, down: int) -> bool:
    """Whether a cell is in one of the ranges."""
    return ranges is None or any(
        one.left <= across <= one.right and one.top <= down <= one.bottom for one in ranges
    )
