"""Aligning: a text and its catalogs become rows, one a unit, with a cell for every locale."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from dragoman import joins
from dragoman.catalog import Catalog
from dragoman.model import (
    Block,
    Cell,
    Document,
    Key,
    Kind,
    Missing,
    Parallel,
    ParallelBlock,
    Row,
    State,
    Unit,
    Verbatim,
    said,
    unit_id,
)

MARK = "⟦…⟧"
"""What stands in the place of a missing translation under the policy `mark`."""


def align(
    document: Document,
    name: str,
    source: str,
    catalogs: Sequence[Catalog],
    missing: Missing = Missing.SOURCE,
    drafts: bool = False,
) -> Parallel:
    """The parallel edition of a text: the same rows in the same order for every locale.

    Args:
        document: the source text.
        name: the text's name.
        source: the source locale.
        catalogs: one for each target locale, in the order of the columns.
        missing: what stands where a translation is missing or only a draft.
        drafts: whether drafts count as translations.
    """
    locales = (source, *(catalog.locale for catalog in catalogs))
    ids = Ids()
    blocks = []
    number = 0
    for block in document.blocks:
        if block.kind is Kind.CODE:
            blocks.append(ParallelBlock(block.kind, (), literal=block.literal))
        seen = [part for part in block.parts if type(part) is not str]
        if not seen:
            continue
        units = [part for part in seen if type(part) is Unit]
        number += bool(units)
        named = [ids.of(unit.key) for unit in units]
        stand_in = _StandIn(document, source, missing)
        columns = [_Column(catalog, units, drafts) for catalog in catalogs]
        rows = {
            span.start: Row(
                named[span.start],
                f"{number}.{span.start + 1}",
                (stand_in.source_cell(units, span), *(c.cell(span, stand_in) for c in columns)),
                units[span.start].context,
                tuple(note for index in span for note in units[index].notes),
                units[span.start].new_line,
                tuple(named[span.start + 1 : span.stop]),
            )
            for span in joins.rows([column.leads for column in columns], len(units))
        }
        if len(rows) < len(units):
            for at, row in rows.items():
                places = range(at + 1, at + 2 + len(row.also))
                rows[at] = spanning(row, [f"{number}.{place}" for place in places])
        whole = len(units) == len(seen)
        shown = tuple(rows.values()) if whole else _shown(document, block, rows, locales, ids)
        if shown:
            blocks.append(_block(block, shown))
    title = _title(document) or name
    return Parallel(name, title, locales, tuple(blocks), document.metadata, source)


def _shown(
    document: Document, block: Block, rows: dict[int, Row], locales: Sequence[str], ids: Ids
) -> tuple[Row, ...]:
    """What a reader sees of a block: its rows, by first unit, and what stands between verbatim."""
    out: list[Row] = []
    at = 0
    for part in block.parts:
        if type(part) is Unit:
            out += [rows[at]] if at in rows else []
            at += 1
        elif type(part) is Verbatim:
            spans = document.inline(part.source) if part.source else ()
            if said(spans).strip() or block.kind is Kind.CELL:
                cells = [Cell(x, part.source, State.TRANSLATED, x, spans) for x in locales]
                name = ids.of((None, part.source))
                out.append(Row(name, "", tuple(cells), new_line=part.new_line, verbatim=True))
    return tuple(out)


class Ids:
    """Names of the units of a text, the second of two that say the same among them."""

    def __init__(self) -> None:
        self._seen: Counter[Key] = Counter()

    def of(self, key: Key) -> str:
        """The name of the next unit with a key."""
        self._seen[key] += 1
        return unit_id(key, self._seen[key] - 1)


def _title(document: Document) -> str:
    """The title as a reader sees it: without markup where it is a heading's."""
    if "title" in document.metadata:
        return document.title
    return said(document.inline(document.title)) if document.title else ""


def _block(block: Block, rows: tuple[Row, ...]) -> ParallelBlock:
    return ParallelBlock(block.kind, rows, block.level, block.label, first=block.first)


def spanning(row: Row, places: Sequence[str]) -> Row:
    """A row with the numbers of the units that it spans: `4.2`, or `4.2–3`.

    >>> spanning(Row("x", "", ()), ("4.2", "4.3")).number
    '4.2–3'
    """
    first, last = places[0], places[-1]
    if len(places) == 1:
        return row._replace(number=first)
    block, _, place = last.partition(".")
    end = place if first.startswith(f"{block}.") else last
    return row._replace(number=f"{first}–{end}", places=tuple(places))


class _StandIn:
    """What stands where a translation is missing."""

    def __init__(self, document: Document, source: str, missing: Missing) -> None:
        self.inline = document.inline
        self.source = source
        self._missing = missing

    def source_cell(self, units: Sequence[Unit], span: range) -> Cell:
        text = " ".join([units[index].source for index in span])
        return Cell(self.source, text, State.TRANSLATED, self.source, self.inline(text))

    def text(self, unit: Unit) -> str:
        if self._missing is Missing.SOURCE:
            return unit.source
        return MARK if self._missing is Missing.MARK else ""

    def language(self, locale: str) -> str:
        return self.source if self._missing is Missing.SOURCE else locale


class _Column:
    """The units of a block in one locale."""

    def __init__(self, catalog: Catalog, units: Sequence[Unit], drafts: bool) -> None:
        self._locale = catalog.locale
        self._units = units
        self._targets = [catalog.target(unit.key, drafts) for unit in units]
        self._states = [catalog.state(unit.key) for unit in units]
        self.leads = joins.leads(self._targets)

    def cell(self, span: range, stand_in: _StandIn) -> Cell:
        """The cell of a row: the targets of its units, or what stands in for them."""
        states, said, missing = [], [], False
        for index in span:
            lead, target = self.leads[index], self._targets[index]
            states.append(self._states[index] if lead != joins.NOWHERE else State.INITIAL)
            if lead == index and target is not None:
                said.append(target)
            elif lead in (index, joins.NOWHERE):
                said.append(stand_in.text(self._units[index]))
                missing = True
        text = " ".join([text for text in said if text])
        language = stand_in.language(self._locale) if missing else self._locale
        state = min(states, key=_ORDER.index)
        spans = stand_in.inline(text) if text else ()
        return Cell(self._locale, text, state, language, spans, missing)


_ORDER = (State.INITIAL, State.DRAFT, State.TRANSLATED, State.REVIEWED)


def states(document: Document, catalog: Catalog) -> dict[Key, State]:
    """How far each message of a text is; a mark that leads nowhere in any place is untranslated."""
    found: dict[Key, State] = {}
    for block in document.blocks:
        units = block.units
        targets = [catalog.target(unit.key, drafts=True) for unit in units]
        for unit, lead in zip(units, joins.leads(targets), strict=True):
            lost = lead == joins.NOWHERE
            known = State.INITIAL if lost else catalog.state(unit.key)
            if unit.key not in found or lost:
                found[unit.key] = known
    return found


def named_units(document: Document) -> dict[str, Key]:
    """The message of every unit, by the unit's id and by its number in the text.

    >>> from dragoman.model import Kind
    >>> text = Document((Block(Kind.PARAGRAPH, (Unit("Hello.", "Hello."),)),))
    >>> named_units(text)["1.1"]
    (None, 'Hello.')
    """
    named: dict[str, Key] = {}
    ids = Ids()
    for number, block in enumerate((b for b in document.blocks if b.units), 1):
        for place, unit in enumerate(block.units, 1):
            named[ids.of(unit.key)] = unit.key
            named[f"{number}.{place}"] = unit.key
    return named
