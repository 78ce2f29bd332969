"""Which heading of a page is its one `h1`, and which level each other heading has."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from dragoman.exports.parts.block_tree import depths
from dragoman.model import Kind, Parallel


class Outline(NamedTuple):
    """The levels of a page's headings, without gaps, below one first heading."""

    in_bar: bool
    """Whether the title in the bar is the first heading, since the text has no title of its own."""
    levels: Mapping[str, int]
    """Id of the first row of a heading to its level from 1 to 6."""

    def level(self, row_id: str) -> int:
        return self.levels.get(row_id, 6)


def outline(parallel: Parallel) -> Outline:
    """The outline of a text: its title is first, else its only top heading, else the page's title.

    >>> from dragoman.model import ParallelBlock, Row
    >>> two, three = (ParallelBlock(Kind.HEADING, (Row(x, "", ()),), n) for x, n in (("a", 2), ("b", 4)))
    >>> outline(Parallel("x", "X", ("en",), (two, three)))
    Outline(in_bar=False, levels={'a': 1, 'b': 2})
    >>> outline(Parallel("x", "X", ("en",), (two, two._replace(rows=three.rows)))).in_bar
    True
    """
    titles = [b for b in parallel.blocks if is_title(b.kind, b.label) and b.rows]
    deep = depths(parallel.blocks)
    tops = sum(depth == 1 for depth in deep.values())
    below = 1 if titles or tops != 1 else 0
    levels = {row: min(6, depth + below) for row, depth in deep.items()}
    levels |= {titles[0].rows[0].id: 1} if titles else {}
    return Outline(not titles and tops != 1, levels)


def is_title(kind: Kind, label: str) -> bool:
    """Whether a block is the title in the front matter.

    >>> is_title(Kind.METADATA, "title"), is_title(Kind.METADATA, "author")
    (True, False)
    """
    return kind is Kind.METADATA and label == "title"
