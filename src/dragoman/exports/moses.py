"""Moses: two plain texts for each target locale, the nth line of one translating the nth of the other.

Ids, states and markup are lost. Units without a translation are left out, as are units without
words on one of the sides.
"""

from __future__ import annotations

from dragoman.exports.parts.export_options import ExportOptions
from dragoman.exports.parts.plain_cells import line
from dragoman.languages import locales
from dragoman.model import Parallel

NAME = "moses"
ABOUT = "Plain pairs, line by line, for training and evaluation."
NEEDS = ""
SUFFIX = ".moses"
COLUMNS = False
PAIRS = True
INLINE = True


def export(parallel: Parallel, options: ExportOptions) -> dict[str, str]:
    """Both texts, by file suffix ending in the language tag.

    >>> export(Parallel("x", "X", ("en", "az"), ()), ExportOptions())
    {'.moses.en': '', '.moses.az': ''}
    """
    rows = [row.cells for row in parallel.rows if not any(cell.stand_in for cell in row.cells)]
    pairs = [pair for cells in rows if all(pair := [line(cell) for cell in cells])]
    return {
        f"{SUFFIX}.{locales.language_tag(locale)}": "".join([f"{pair[at]}\n" for pair in pairs])
        for at, locale in enumerate(parallel.locales)
    }
