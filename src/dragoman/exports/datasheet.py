"""Datasheet: a Markdown page that describes a parallel text as a data set, with counts."""

from __future__ import annotations

import re
from collections import Counter

from dragoman.exports.parts import about
from dragoman.exports.parts.export_options import ExportOptions
from dragoman.exports.parts.plain_cells import line
from dragoman.languages import locales
from dragoman.model import Cell, Parallel, State

NAME = "datasheet"
ABOUT = "What an edition holds: languages, counts, states, licence."
NEEDS = ""
SUFFIX = ".datasheet.md"
COLUMNS = False
PAIRS = False
INLINE = True

_HEAD = "| Tag | Language | Direction | Units | Words | Characters | {} |"
_RULE = "|---|---|---|--:|--:|--:|{}"


def export(parallel: Parallel, options: ExportOptions) -> str:
    """The page.

    >>> page = export(Parallel("x", "X", ("en", "az"), (), {"licence": "MIT"}), ExportOptions())
    >>> "- Licence: MIT" in page
    True
    """
    kinds = Counter(block.kind.value for block in parallel.blocks for _ in block.units)
    metadata = {
        "Text": parallel.name,
        "Author": about.author(parallel),
        "Date": about.date(parallel),
        "Origin": about.origin(parallel),
        "Licence": about.licence(parallel) or "not stated in the front matter",
        "Units": ", ".join(f"{number} {kind}" for kind, number in kinds.items()),
    }
    said = [f"- {key}: {_escaped(value)}" for key, value in metadata.items() if value]
    columns = list(zip(*(row.cells for row in parallel.rows), strict=True))
    columns = columns or [()] * len(parallel.locales)
    rows = [_row(x, cells) for x, cells in zip(parallel.locales, columns, strict=True)]
    states = " | ".join(state.value.capitalize() for state in State)
    table = [_HEAD.format(states), _RULE.format("--:|" * len(State)), *rows]
    note = "Words and characters are those of the texts that are not stand-ins, without markup."
    title = _escaped(parallel.title or parallel.name)
    return "\n".join([f"# {title}", "", *said, "", *table, "", note, ""])


def _row(locale: str, cells: tuple[Cell, ...]) -> str:
    own = [line(cell) for cell in cells if not cell.stand_in]
    states = Counter(cell.state for cell in cells)
    values = (
        locales.language_tag(locale),
        locales.name(locale),
        locales.direction(locale),
        len(own),
        sum(len(words.split()) for words in own),
        sum(map(len, own)),
        *(states[state] for state in State),
    )
    return f"| {' | '.join(map(str, values))} |"


def _escaped(text: str) -> str:
    return re.sub(r"([\\`*_{}\[\]<>#|~&])", r"\\\1", " ".join(text.split()))
