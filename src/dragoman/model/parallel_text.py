"""Parallel texts: rows of cells, one cell a language, and the states of translations."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from enum import StrEnum
from types import MappingProxyType
from typing import NamedTuple

from dragoman.model.digests import digest
from dragoman.model.documents import Key, Kind, Span, said


class State(StrEnum):
    """The translation state of a message, in XLIFF's terms; DRAFT is gettext's fuzzy."""

    INITIAL = "initial"
    DRAFT = "draft"
    TRANSLATED = "translated"
    REVIEWED = "reviewed"


class Missing(StrEnum):
    """What to output for a unit whose translation is missing or only a draft."""

    SOURCE = "source"
    MARK = "mark"
    BLANK = "blank"
    REFUSE = "refuse"

    @classmethod
    def _missing_(cls, value: object) -> Missing | None:
        """Accept `fail` as another name of `refuse`.

        >>> Missing("fail")
        <Missing.REFUSE: 'refuse'>
        """
        return cls.REFUSE if value == "fail" else None


class Cell(NamedTuple):
    """One unit in one language."""

    locale: str
    text: str
    """The cell's text: the target, or what `Missing` puts in place of a missing one."""
    state: State
    lang: str
    """The language of `text`: the source's if the source replaces a missing translation."""
    spans: tuple[Span, ...] = ()
    stand_in: bool = False
    """Whether `text` only fills the place of a missing translation."""


class Row(NamedTuple):
    """One unit in every language, the source first unless columns were chosen."""

    id: str
    """Hash of the unit's context and source, so it does not change when neighbours do."""
    number: str
    """Position in the text as block and sentence, such as `4.2`."""
    cells: tuple[Cell, ...]
    context: str | None = None
    notes: tuple[str, ...] = ()
    new_line: bool = False
    also: tuple[str, ...] = ()
    """Ids of the other units of the row, if a translator joined several sentences."""
    verbatim: bool = False
    """Whether the text is the same in every language and not in the catalogs."""
    places: tuple[str, ...] = ()
    """The number of each unit of the row, if it has several."""

    def chosen(self, indices: Sequence[int]) -> Row:
        """A copy of the row with only the cells at these indices, in this order."""
        return self._replace(cells=tuple([self.cells[index] for index in indices]))


class ParallelBlock(NamedTuple):
    """A block of a parallel text, such as a heading or a table cell, as rows."""

    kind: Kind
    rows: tuple[Row, ...]
    """The units, and the verbatim text between them."""
    level: int = 0
    label: str = ""
    literal: str = ""
    first: bool = False
    align: str = ""

    @property
    def units(self) -> tuple[Row, ...]:
        """The rows that catalogs translate, without verbatim ones."""
        return tuple([row for row in self.rows if not row.verbatim])


class Picture(NamedTuple):
    """The content of an image file."""

    name: str
    """Hash of the content."""
    media: str
    """Media type, such as `image/png`."""
    data: bytes


class Origin(NamedTuple):
    """Where a translation comes from, and who approved it."""

    how: str
    """`human`, `memory`, `machine` or `imported`."""
    by: str = ""
    """The score of a memory, the name of an engine, or of a file."""
    approved_by: str = ""
    """Who approved it; empty if nobody did, or if it changed afterwards."""
    approved_on: str = ""
    """The date of the approval."""
    former: bool = False
    """Whether it was made for an earlier wording of the source."""


class Parallel(NamedTuple):
    """A text in several languages, aligned unit by unit."""

    name: str
    title: str
    """The title in the source language."""
    locales: tuple[str, ...]
    """The locales of the columns: the source first, unless `chosen` changed the columns."""
    blocks: tuple[ParallelBlock, ...]
    metadata: Mapping[str, str] = MappingProxyType({})
    """Author, date, origin and licence from the text's front matter."""
    source: str = ""
    """The source locale, which need not have a column; empty means the first column's."""
    numbers_stay: bool = False
    """Whether rows keep their numbers when the text changes."""
    format: str = ""
    """The name of the source text's format."""
    known: tuple[str, ...] = ()
    """All locales of the text, which need not have columns; empty means the columns."""
    pictures: Mapping[tuple[str, str], Picture] = MappingProxyType({})
    """Local images, by the language of a cell and the address in its `image` span."""
    origins: Mapping[tuple[str, str], Origin] = MappingProxyType({})
    """Where a translation comes from, by the id of its row and its locale; empty if unknown."""

    @property
    def rows(self) -> Iterator[Row]:
        """The rows that catalogs translate, in order."""
        return (row for block in self.blocks for row in block.rows if not row.verbatim)

    def chosen(self, locales: Sequence[str]) -> Parallel:
        """A copy with only these columns, in this order; a single column is a translated text.

        Raises:
            ValueError: a locale has no column.

        >>> Parallel("x", "X", ("en", "az", "he"), ()).chosen(["he", "en"]).locales
        ('he', 'en')
        """
        source = self.source or self.locales[0]
        known = self.known or self.locales
        if tuple(locales) == self.locales:
            return self._replace(source=source, known=known)
        indices = [self.locales.index(locale) for locale in locales]
        blocks = tuple(
            [
                block._replace(rows=tuple([row.chosen(indices) for row in block.rows]))
                for block in self.blocks
            ]
        )
        return self._replace(locales=tuple(locales), blocks=blocks, source=source, known=known)

    def title_in(self, locale: str) -> str:
        """The title in the language of a column: the front matter's, else the first heading's."""
        index = self.locales.index(locale)
        titled = [b for b in self.blocks if b.kind is Kind.METADATA and b.label == "title"]
        titled += [block for block in self.blocks if block.kind is Kind.HEADING][:1]
        if not titled:
            return self.title
        cells = [row.cells[index] for row in titled[0].rows]
        return " ".join(said(cell.spans) or cell.text for cell in cells)


def unit_id(key: Key, nth: int) -> str:
    """A short hash that identifies the nth unit (from 0) with this context and source in a text.

    >>> unit_id((None, "Hello."), 0) == unit_id((None, "Hello."), 0)
    True
    >>> unit_id((None, "Hello."), 1).endswith("-2")
    True
    """
    context, source = key
    plain_key = source if context is None else f"{context}\x04{source}"
    name = digest(plain_key.encode(), 5)
    return name if nth == 0 else f"{name}-{nth + 1}"
