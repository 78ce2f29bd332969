"""A text opened in one locale: its units in reading order, each with its number and its entry."""

from __future__ import annotations

from collections.abc import Iterator
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

    def __init__(
        self, loaded: Loaded, locale: str, source: str, former: Opened | None = None
    ) -> None:
        """Put the units of a text and its entries in a locale side by side.

        Args:
            loaded: the text.
            locale: the locale.
            source: the source locale.
            former: the same text in the same locale, as it was read before; names and hashes
                of what did not change are taken from it.
        """
        self.loaded: Loaded = loaded
        self._former: Opened | None = None
        if former is not None and former.document is loaded.document:
            self._former = former if former.loaded.kept == loaded.kept else None
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
        former, self._former = self._former, None
        if former is not None:
            return tuple(
                [
                    OpenBlock(block.block, tuple([self._renewed(line) for line in block.lines]))
                    for block in former.blocks
                ]
            )
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

    def _renewed(self, line: Line) -> Line:
        """A line with its entry as it is now."""
        key = line.unit.key
        entry, state = self.catalog.entry(key), self.catalog.state(key)
        was, base = line.entry, line.base
        if entry is None or was is None:
            base = "" if entry is None else base_of(entry)
        elif (entry.msgstr, entry.fuzzy) != (was.msgstr, was.fuzzy):
            base = base_of(entry)
        return line._replace(entry=entry, state=state, base=base)

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

    def around(self, name: str) -> tuple[str, str]:
        """The sources before and after a unit in the text; empty at the ends."""
        at = self._at[name]
        lines = self._in_order
        before = lines[at - 1].unit.source if at else ""
        return before, lines[at + 1].unit.source if at + 1 < len(lines) else ""

    @cached_property
    def _in_order(self) -> tuple[Line, ...]:
        return tuple(self.lines)

    @cached_property
    def _at(self) -> dict[str, int]:
        return {line.id: at for at, line in enumerate(self._in_order)}

    def after(self, name: str) -> Iterator[Line]:
        """The lines behind a unit, and then those from the beginning up to it."""
        at = self._at[name] + 1
        yield from self._in_order[at:]
        yield from self._in_order[:at]

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
