"""TSV and CSV: a row per unit, a column per locale, with ids and states; safe in spreadsheets."""

from __future__ import annotations

import re
from collections.abc import Iterator

from dragoman.exports.parts.export_options import ExportOptions
from dragoman.model import Parallel
from dragoman.text.csv_line import csv_line

_FORMULA = re.compile(r"[=+\-@\t\r\n＝＋－＠]")
_NUMBER = re.compile(r"[+\-−]?\d[\d.,\u00a0\u202f ]*%?")


def _rows(parallel: Parallel, options: ExportOptions) -> Iterator[list[str]]:
    source, *targets = parallel.locales
    yield ["id", "number", "kind", source, *(x for t in targets for x in (t, f"{t}.state"))]
    for block in parallel.blocks:
        for row in block.units:
            first, *rest = row.cells
            cells = [first.text, *(x for cell in rest for x in (cell.text, cell.state.value))]
            if options.formula_safe:
                cells = [formula_safe(cell) for cell in cells]
            yield [row.id, row.number, block.kind.value, *cells]


def formula_safe(cell: str) -> str:
    """Escape a cell that a spreadsheet would evaluate as a formula; numbers are unchanged.

    >>> formula_safe("=1+1"), formula_safe("-5")
    ("'=1+1", '-5')
    """
    if _FORMULA.match(cell) is None or _NUMBER.fullmatch(cell):
        return cell
    return "'" + cell


def _written(parallel: Parallel, options: ExportOptions, delimiter: str) -> str:
    lines = []
    for row in _rows(parallel, options):
        # TSV has no quoting: a tab or a line end would break the row
        cells = [re.sub(r"[\t\r\n]+", " ", cell) for cell in row] if delimiter == "\t" else row
        lines.append(csv_line(cells, delimiter))
    return ("\ufeff" if options.bom else "") + "".join(lines)


class Tsv:
    """Values separated by tabs."""

    NAME = "tsv"
    ABOUT = "A table separated by tabs: a row a unit."
    NEEDS = ""
    SUFFIX = ".tsv"
    COLUMNS = False
    PAIRS = False
    INLINE = False

    @staticmethod
    def export(parallel: Parallel, options: ExportOptions) -> str:
        return _written(parallel, options, "\t")


class Csv:
    """Values separated by commas (RFC 4180, except for LF line ends)."""

    NAME = "csv"
    ABOUT = "A table separated by commas, for spreadsheets: a row a unit."
    NEEDS = ""
    SUFFIX = ".csv"
    COLUMNS = False
    PAIRS = False
    INLINE = False

    @staticmethod
    def export(parallel: Parallel, options: ExportOptions) -> str:
        return _written(parallel, options, ",")
