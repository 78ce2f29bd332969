"""Stable numbers: `4.2` stays the number of a sentence whatever is inserted before or after it.

Numbers are stored by sentence id. A new sentence gets the previous number with a letter, `4.2a`, a
new block that of the previous block, `4a.1`; at the end, counting continues. A reworded sentence
keeps its number; numbers of removed sentences are not used again.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterator, Mapping, Sequence
from itertools import count, groupby
from string import ascii_lowercase
from typing import NamedTuple

from dragoman.model import Document, Parallel, Row
from dragoman.parallel.rows import Ids, spanning

_LINE = re.compile(r"(\d{1,6}[a-z]{0,3}\.\d{1,6}[a-z]{0,3}) ([0-9a-f]+(?:-\d+)?)( gone)?")
_HEAD = "# The number of each sentence, by its id; dragoman writes this file, and reads it again.\n"


class Numbers(NamedTuple):
    """The sentence numbers of a text."""

    numbers: Mapping[str, str]
    """Id to number."""
    gone: frozenset[str] = frozenset()
    """Ids of removed sentences."""


def read(content: str) -> Numbers:
    """Parse a file of numbers; lines without a number and an id are ignored.

    If a number or id is repeated, as after a merge, the first line counts.

    >>> read("1.1 5836d5d41b\\n<<<<<<<\\n1.1 0123456789\\n").numbers
    {'5836d5d41b': '1.1'}
    """
    numbers: dict[str, str] = {}
    gone, taken = set(), set()
    for line in content.split("\n"):
        match = _LINE.fullmatch(line.strip())
        if match and match[1] not in taken and match[2] not in numbers:
            numbers[match[2]] = match[1]
            taken.add(match[1])
            if match[3]:
                gone.add(match[2])
    return Numbers(numbers, frozenset(gone))


def part(kept: Numbers, names: Container[str]) -> Numbers:
    """The numbers of some sentences only, as for one half of a split text."""
    return Numbers(
        {name: number for name, number in kept.numbers.items() if name in names},
        frozenset(name for name in kept.gone if name in names),
    )


def together(kept: Numbers, other: Numbers) -> Numbers:
    """The numbers of two texts combined; if both use a number, the first text keeps it.

    >>> together(Numbers({"aa": "1.1"}), Numbers({"bb": "1.1", "cc": "1.2"})).numbers
    {'aa': '1.1', 'cc': '1.2'}
    """
    numbers = dict(kept.numbers)
    taken = set(numbers.values())
    for name, number in other.numbers.items():
        if name not in numbers and number not in taken:
            numbers[name] = number
    return Numbers(numbers, kept.gone | (other.gone & numbers.keys() - kept.numbers.keys()))


def written(kept: Numbers) -> str:
    """The content of a file of numbers: one line each, sorted.

    >>> written(Numbers({"5836d5d41b": "1.1"})).split("\\n")[1:]
    ['1.1 5836d5d41b', '']
    """
    lines = [
        f"{kept.numbers[name]} {name}{' gone' if name in kept.gone else ''}\n"
        for name in _in_order(kept.numbers)
    ]
    return _HEAD + "".join(lines)


def _in_order(numbers: Mapping[str, str]) -> list[str]:
    """The ids sorted by number: 2, 2a, 2b … 2z, 2aa, 3."""

    def order(name: str) -> list[tuple[int, int, str]]:
        parts = [_cut(part) for part in numbers[name].split(".")]
        return [(number, len(letters), letters) for number, letters in parts]

    return sorted(numbers, key=order)


def _cut(part: str) -> tuple[int, str]:
    """The digits and the letters of one half of a number.

    >>> _cut("12a")
    (12, 'a')
    """
    digits = part.rstrip(ascii_lowercase)
    return int(digits), part[len(digits) :]


def renewed(document: Document, kept: Numbers) -> Numbers:
    """The numbers of the present text.

    >>> from dragoman.model import Block, Kind, Unit
    >>> def numbers(kept, *sources):
    ...     units = tuple([Unit(x, x) for x in sources])
    ...     return renewed(Document((Block(Kind.PARAGRAPH, units),)), kept)
    >>> first = numbers(Numbers({}), "One.", "Two.")
    >>> sorted(numbers(first, "Zero.", "One.", "And.", "Two.", "Three.").numbers.values())
    ['1.0a', '1.1', '1.1a', '1.2', '1.3']
    >>> sorted(numbers(first, "One.", "Two, reworded.").numbers.values())
    ['1.1', '1.2']
    """
    ids = Ids()
    blocks = [[ids.of(unit.key) for unit in block.units] for block in document.blocks]
    return _Giver(kept).given([block for block in blocks if block])


class _Giver:
    """Assigns numbers to units."""

    def __init__(self, kept: Numbers) -> None:
        self._numbers = dict(kept.numbers)
        self._gone = kept.gone

    def given(self, blocks: Sequence[Sequence[str]]) -> Numbers:
        names = [name for block in blocks for name in block]
        for name, former in list(self._reworded(names)):
            self._numbers[name] = self._numbers.pop(former)
        self._taken = set(self._numbers.values())
        before = "0"
        for at, block in enumerate(blocks):
            known = [self._numbers[name] for name in block if name in self._numbers]
            own = known[0].partition(".")[0] if known else self._block(before, blocks[at:])
            self._units(block, own)
            before = own
        return Numbers(self._numbers, frozenset(self._numbers.keys() - set(names)))

    def _reworded(self, names: Sequence[str]) -> Iterator[tuple[str, str]]:
        """Yield new ids with former ones: equally many were removed between the same neighbours."""
        former = [name for name in _in_order(self._numbers) if name not in self._gone]
        place = {name: at for at, name in enumerate(former)}
        present = set(names)
        runs = [list(run) for _, run in groupby(names, self._numbers.__contains__)]
        for at, run in enumerate(runs):
            if run[0] in self._numbers:
                continue
            start = place.get(runs[at - 1][-1], len(former)) + 1 if at else 0
            end = place.get(runs[at + 1][0], 0) if at + 1 < len(runs) else len(former)
            vanished = former[start:end]
            if len(vanished) == len(run) and present.isdisjoint(vanished):
                yield from zip(run, vanished, strict=True)

    def _block(self, before: str, rest: Sequence[Sequence[str]]) -> str:
        """The number of a new block: the next one if no numbered sentence follows."""
        taken = {number.partition(".")[0] for number in self._taken}
        if any(name in self._numbers for block in rest for name in block):
            return _lettered(before, taken)
        return str(max((_cut(block)[0] for block in taken), default=0) + 1)

    def _units(self, block: Sequence[str], own: str) -> None:
        before = "0"
        for at, name in enumerate(block):
            if name not in self._numbers:
                last = not any(other in self._numbers for other in block[at:])
                place = self._next(own) if last else self._between(own, before)
                self._numbers[name] = f"{own}.{place}"
                self._taken.add(self._numbers[name])
            number, _, place = self._numbers[name].partition(".")
            before = place if number == own else before

    def _next(self, own: str) -> str:
        places = [n.partition(".")[2] for n in self._taken if n.partition(".")[0] == own]
        return str(max((_cut(place)[0] for place in places), default=0) + 1)

    def _between(self, own: str, before: str) -> str:
        prefix = f"{own}."
        taken = {n.removeprefix(prefix) for n in self._taken if n.startswith(prefix)}
        return _lettered(before, taken)


def _lettered(number: str, taken: Container[str]) -> str:
    """The next free number after `number`.

    >>> _lettered("4", {"4a"}), _lettered("4a", {"4a"})
    ('4b', '4b')
    """
    base, _ = _cut(number)
    free = (f"{base}{_letters(index)}" for index in count(1))
    return next(one for one in free if one not in taken)


def _letters(number: int) -> str:
    """1 as a, 26 as z, 27 as aa."""
    out = ""
    while number:
        number, place = divmod(number - 1, 26)
        out = ascii_lowercase[place] + out
    return out


def applied(parallel: Parallel, kept: Numbers) -> Parallel:
    """The parallel text with stable numbers."""

    def numbered(row: Row) -> Row:
        found = [kept.numbers.get(name) for name in (row.id, *row.also)]
        known = tuple([number for number in found if number is not None])
        return row if row.verbatim or not known else spanning(row, known)

    blocks = tuple(
        block._replace(rows=tuple([numbered(row) for row in block.rows]))
        for block in parallel.blocks
    )
    return parallel._replace(blocks=blocks, numbers_stay=True)
