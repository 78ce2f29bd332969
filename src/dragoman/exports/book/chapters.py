"""The files of a book: a new one at headings, and where one would be too large."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

WHOLE = 60_000
"""Bytes of a text that is left in one file."""
LARGEST = 250_000
"""Bytes after which a file ends, since readers on paper-like screens are slow with large ones."""
_ID = re.compile(r'\bid="([^"]+)"')
_HREF = re.compile(r'\bhref="#([^"]+)"')


class BookPart(NamedTuple):
    """A piece of a text as XHTML."""

    lines: Sequence[str]
    depth: int = 0
    """Its depth in the outline if it is a heading, else 0."""

    @property
    def size(self) -> int:
        return sum(len(line.encode()) for line in self.lines)


def chapters(parts: Sequence[BookPart]) -> list[list[BookPart]]:
    """The parts of each file, split at the headings of the highest depth that has several.

    >>> long = BookPart(["x" * 40_000])
    >>> head = BookPart(["<h2>"], 2)
    >>> [len(one) for one in chapters([BookPart(["<h1>"], 1), head, long, head, long])]
    [3, 2]
    >>> len(chapters([long, long, long, long, long, long, long]))
    2
    >>> len(chapters([head, BookPart(["x"]), head]))
    1
    """
    if sum(part.size for part in parts) <= WHOLE:
        return [list(parts)]
    several = [
        depth for depth, times in Counter(p.depth for p in parts).items() if depth and times > 1
    ]
    top = min(several, default=0)
    found: list[list[BookPart]] = [[]]
    room, has_text = LARGEST, False
    for part in parts:
        begins = bool(part.depth) and part.depth <= top and has_text
        if (begins or room < part.size) and found[-1]:
            found.append([])
            room, has_text = LARGEST, False
        found[-1].append(part)
        room -= part.size
        has_text = has_text or not part.depth
    return found


def file_name(place: int) -> str:
    """The name of a chapter's file, counted from 0.

    >>> file_name(0), file_name(1)
    ('text.xhtml', 'text-2.xhtml')
    """
    return f"text-{place + 1}.xhtml" if place else "text.xhtml"


def places(files: Mapping[str, Iterable[str]]) -> dict[str, str]:
    """The file that has each id."""
    return {
        name: file for file, lines in files.items() for line in lines for name in _ID.findall(line)
    }


def linked(lines: Iterable[str], file: str, known: Mapping[str, str]) -> list[str]:
    """Lines whose links lead to the file that has their target.

    >>> linked(['<a href="#b">'], "text.xhtml", {"b": "text-2.xhtml"})
    ['<a href="text-2.xhtml#b">']
    """

    def href(found: re.Match[str]) -> str:
        there = known.get(found[1], file)
        return found[0] if there == file else f'href="{there}#{found[1]}"'

    return [_HREF.sub(href, line) if 'href="#' in line else line for line in lines]
