"""A text opened in one locale: its units in reading order, each with its number and its entry."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cached_property
from typing import NamedTuple

from dragoman.catalogs import joins
from dragoman.model import Block, Document, Key, Kind, State, Unit, unit_id
from dragoman.parallel.rows import Ids
from dragoman.pipeline.catalogs.put import base_of
from dragoman.pipeline.loader import Loaded
from dragoman.po import Entry
from dragoman.project import Text


class Line(NamedTuple):
    """A unit as a translator sees it."""

    id: str
    """The unit's id; two units of one message have two."""
    message: str
    """The id of its message."""
    number: str
    unit: Unit
    entry: Entry | None
    """Its entry; None if the catalog is not in step with the text."""
    state: State
    base: str
    """What a change of it is compared with (see `put.base_of`); empty without an entry."""

    @property
    def target(self) -> str:
        return self.entry.msgstr if self.entry else ""

    @property
    def joined(self) -> bool:
        """Whether a neighbour's translation covers it."""
        return self.target in joins.MARKS


class OpenBlock(NamedTuple):
    """A block that has units, or that a reader sees without any."""

    block: Block
    lines: tuple[Line, ...]


class Opened:
    """A text in one locale, as it was read."""

    def __init__(self, loaded: Loaded, locale: str, source: str) -> None:
        """Put the units of a text and its entries in a locale side by side."""
        self.loaded = loaded
        self.catalog = loaded.catalogs[locale]
        self.source = source

    @property
    def text(self) -> Text:
        return self.loaded.text

    @property
    def document(self) -> Document:
        return self.loaded.document

    @property
    def locale(self) -> str:
        return self.catalog.locale

    @cached_property
    def blocks(self) -> tuple[OpenBlock, ...]:
        kept = self.loaded.numbers
        stay = kept.numbers if kept is not None else {}
        ids = Ids()
        found: list[OpenBlock] = []
        count = 0
        for block in self.document.blocks:
            units = block.units
            count += bool(units)
            if units or block.kind in (Kind.CODE, Kind.BREAK):
                lines = [
                    self._line((name := ids.of(unit.key)), stay.get(name, f"{count}.{at}"), unit)
                    for at, unit in enumerate(units, 1)
                ]
                found.append(OpenBlock(block, tuple(lines)))
        return tuple(found)

    def _line(self, name: str, number: str, unit: Unit) -> Line:
        entry = self.catalog.entry(unit.key)
        state = self.catalog.state(unit.key)
        base = "" if entry is None else base_of(entry)
        message = unit_id(unit.key, 0)
        return Line(name, message, number, unit, entry, state, base)

    @property
    def lines(self) -> Iterator[Line]:
        return (line for block in self.blocks for line in block.lines)

    @cached_property
    def by_id(self) -> dict[str, Line]:
        """The lines by unit id; the first line of a message has the message's id."""
        return {line.id: line for line in self.lines}

    @cached_property
    def _place(self) -> dict[str, tuple[OpenBlock, int]]:
        return {
            line.id: (block, at) for block in self.blocks for at, line in enumerate(block.lines)
        }

    def block_of(self, name: str) -> tuple[OpenBlock, int]:
        """The block of a unit, and the unit's place among its lines."""
        return self._place[name]

    def covered(self, name: str, target: str) -> str:
        """The source that a target covers if it stands for a unit: joined sentences too.

        A mark that joins the unit to a neighbour covers the unit's own source alone.
        """
        block, at = self.block_of(name)
        targets: list[str | None] = [line.target or None for line in block.lines]
        targets[at] = target or None
        if target in joins.MARKS:
            return block.lines[at].unit.source
        leads = zip(block.lines, joins.leads(targets), strict=True)
        return " ".join([line.unit.source for line, lead in leads if lead == at])

    @cached_property
    def versions(self) -> dict[str, tuple[str, str, State]]:
        """Base, target and state of every message, by its id."""
        return {line.message: (line.base, line.target, line.state) for line in self.lines}

    def successor(self, key: Key) -> Line | None:
        """The unit whose translation was made for a message that the text had before."""
        for line in self.lines:
            if line.entry is not None and line.entry.previous == key:
                return line
        return None

    def counts(self) -> dict[State, int]:
        """How many messages are in each state."""
        found = dict.fromkeys(State, 0)
        for _, _, state in self.versions.values():
            found[state] += 1
        return found


def neighbours(lines: Sequence[Line], at: int) -> tuple[str, str]:
    """The sources before and after a line; empty at the ends.

    >>> neighbours([], 0)
    ('', '')
    """
    before = lines[at - 1].unit.source if 0 < at <= len(lines) else ""
    after = lines[at + 1].unit.source if at + 1 < len(lines) else ""
    return before, after
