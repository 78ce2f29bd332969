"""Aligns a text with its catalogs: one row for each unit, with one cell for each locale."""

from __future__ import annotations

from collections.abc import Sequence

from dragoman.catalogs import joins
from dragoman.catalogs.catalog import Catalog
from dragoman.model import (
    Block,
    Cell,
    Document,
    Inline,
    Key,
    Kind,
    Missing,
    Parallel,
    ParallelBlock,
    Row,
    Span,
    State,
    Unit,
    Verbatim,
    maker,
    said,
    unit_id,
)

MARK = "⟦…⟧"
"""Text in place of a missing translation with the policy `mark`."""


def align(
    document: Document,
    name: str,
    source: str,
    catalogs: Sequence[Catalog],
    missing: Missing = Missing.SOURCE,
    drafts: bool = False,
    spans: bool = True,
) -> Parallel:
    """The parallel edition of a text: the same rows in the same order for every locale.

    Args:
        document: the source text.
        name: the text's name.
        source: the source locale.
        catalogs: one for each target locale, in the order of the columns.
        missing: what to show if a translation is missing or only a draft.
        drafts: whether drafts count as translations.
        spans: whether to parse the inline content of cells, which is slow.
    """
    aligner = _Aligner(document, source, catalogs, missing, drafts, spans)
    blocks = tuple([made for block in document.blocks if (made := aligner.block(block))])
    title = _title(document) or name
    return Parallel(name, title, aligner.locales, blocks, document.metadata, source)


class _Aligner:
    """Aligns the blocks of a document with their translations."""

    def __init__(
        self,
        document: Document,
        source: str,
        catalogs: Sequence[Catalog],
        missing: Missing,
        drafts: bool,
        spans: bool,
    ) -> None:
        self.locales = (source, *(catalog.locale for catalog in catalogs))
        self._inline: Inline = document.inline if spans else _nothing
        self._parses = spans
        self._visible = document.inline
        self._columns = [_Column(one, drafts, source, missing, self._inline) for one in catalogs]
        self._joined = any(catalog.joined for catalog in catalogs)
        self._ids = Ids()
        self._number = 0

    def block(self, block: Block) -> ParallelBlock | None:
        """A block with its translations; None if nothing of it is displayed."""
        seen = [part for part in block.parts if type(part) is not str]
        if not seen:
            literal = block.kind is Kind.CODE or block.kind is Kind.BREAK
            if not literal:
                return None
            return ParallelBlock(block.kind, (), label=block.label, literal=block.literal)
        units = [part for part in seen if type(part) is Unit]
        self._number += bool(units)
        rows = self._spanning(units) if self._joined else self._apart(units)
        whole = len(units) == len(seen) and not block.images
        shown = tuple(rows.values()) if whole else self._shown(block, rows)
        if not shown:
            return None
        kind, level, label, first, align = (
            block.kind, block.level, block.label, block.first, block.align,
        )  # fmt: skip
        return ParallelBlock(kind, shown, level, label, "", first, align)

    def _apart(self, units: Sequence[Unit]) -> dict[int, Row]:
        """Index of each unit to its row, if no translator joined units."""
        source, inline, columns = self.locales[0], self._inline, self._columns
        done, name_of, number = State.TRANSLATED, self._ids.of, self._number
        rows = {}
        for index, (text, _, context, notes, _, new_line, _, _, _) in enumerate(units):
            key = (context, text)
            cells = [_cell((source, text, done, source, inline(text), False))]
            cells += [column.alone(key) for column in columns]
            place = f"{number}.{index + 1}"
            rows[index] = _row(
                (name_of(key), place, tuple(cells), context, notes, new_line, (), False, ())
            )
        return rows

    def _spanning(self, units: Sequence[Unit]) -> dict[int, Row]:
        """Index of the first unit to its row; units that any locale joins share a row."""
        names = [self._ids.of(unit.key) for unit in units]
        columns = [column.of(units) for column in self._columns]
        return {
            span.start: self._row(units, span, names, columns)
            for span in joins.rows([column.leads for column in columns], len(units))
        }

    def _row(
        self, units: Sequence[Unit], span: range, names: Sequence[str], columns: Sequence[_Joined]
    ) -> Row:
        source = self.locales[0]
        text = " ".join([units[at].source for at in span])
        cells = [Cell(source, text, State.TRANSLATED, source, self._inline(text))]
        row = Row(
            names[span.start],
            "",
            tuple(cells + [column.cell(span) for column in columns]),
            units[span.start].context,
            tuple([note for at in span for note in units[at].notes]),
            units[span.start].new_line,
            tuple(names[span.start + 1 : span.stop]),
        )
        return spanning(row, [f"{self._number}.{at + 1}" for at in span])

    def _shown(self, block: Block, rows: dict[int, Row]) -> tuple[Row, ...]:
        """The rows of a block, with verbatim rows between them, and its images in their rows."""
        shown_rows: list[Row] = []
        index = 0
        images = {image.alt: image for image in block.images} if self._parses else {}
        places: dict[int, int] = {}
        for at, part in enumerate(block.parts):
            if type(part) is Unit:
                if index in rows:
                    places[at] = len(shown_rows)
                    shown_rows.append(rows[index])
                index += 1
            elif type(part) is Verbatim:
                spans = self._visible(part.source) if part.source else ()
                if at in images or _is_visible(spans) or block.kind is Kind.CELL:
                    cells = [
                        Cell(x, part.source, State.TRANSLATED, spoken, spans)
                        for x, spoken in zip(self.locales, self._spoken(rows), strict=True)
                    ]
                    name = self._ids.of((None, part.source))
                    places[at] = len(shown_rows)
                    shown_rows.append(
                        Row(name, "", tuple(cells), new_line=part.new_line, verbatim=True)
                    )
        for at, image in images.items():
            if at in places:  # else a translator joined its text to another
                title = shown_rows[places[image.title]] if image.title in places else None
                shown_rows[places[at]] = _illustrated(shown_rows[places[at]], image.url, title)
        return tuple(shown_rows)

    def _spoken(self, rows: dict[int, Row]) -> list[str]:
        """The language of verbatim text in each column: the source's if nothing is translated."""
        source = self.locales[0]
        return [
            locale if any(row.cells[column].lang != source for row in rows.values()) else source
            for column, locale in enumerate(self.locales)
        ]


def _is_visible(spans: Sequence[Span]) -> bool:
    """Whether inline content shows anything: words, signs or an image."""
    return bool(said(spans).strip()) or any(
        span.name == "image" or _is_visible(span.children) for span in spans
    )


def _illustrated(row: Row, url: str, title: Row | None) -> Row:
    """The row of an image's alternative text, with the image in each cell."""
    titles = title.cells if title else row.cells
    cells = []
    for cell, named in zip(row.cells, titles, strict=True):
        tooltip = said(named.spans) if title else ""
        cells.append(cell._replace(spans=(Span("image", said(cell.spans), url, title=tooltip),)))
    return row._replace(cells=tuple(cells))


_cell, _row = maker(Cell), maker(Row)  # faster than the classes, since there are many


def _nothing(_text: str) -> tuple[Span, ...]:
    return ()


class Ids:
    """Assigns ids to the units of a text, different ones to repeated units."""

    def __init__(self) -> None:
        self._seen: dict[Key, int] = {}

    def of(self, key: Key) -> str:
        """The id of the next unit with this key."""
        nth = self._seen[key] = self._seen.get(key, -1) + 1
        return unit_id(key, nth)


def _title(document: Document) -> str:
    """The title without markup."""
    if "title" in document.metadata:
        return document.title
    return said(document.inline(document.title)) if document.title else ""


def spanning(row: Row, places: Sequence[str]) -> Row:
    """A row with the number of its units: `4.2`, or `4.2–3` for several.

    >>> spanning(Row("x", "", ()), ("4.2", "4.3")).number
    '4.2–3'
    """
    first, last = places[0], places[-1]
    if len(places) == 1:
        return row._replace(number=first)
    block, _, place = last.partition(".")
    end = place if first.startswith(f"{block}.") else last
    return row._replace(number=f"{first}–{end}", places=tuple(places))


class _Column:
    """One locale of a parallel text."""

    def __init__(
        self, catalog: Catalog, drafts: bool, source: str, missing: Missing, inline: Inline
    ) -> None:
        self._locale = catalog.locale
        self._targets = catalog.targets(drafts)
        self._state = catalog.state
        self._missing = missing
        self._otherwise = source if missing is Missing.SOURCE else catalog.locale
        self._inline = inline

    def alone(self, key: Key) -> Cell:
        """The cell of one unit: its target, or the replacement for a missing one."""
        target, locale = self._targets.get(key), self._locale
        if target is not None:
            return _cell((locale, target, self._state(key), locale, self._inline(target), False))
        text = self._stand_in(key[1])
        spans = self._inline(text) if text else ()
        return Cell(locale, text, self._state(key), self._otherwise, spans, True)

    def _stand_in(self, source: str) -> str:
        """The text in place of a missing translation."""
        if self._missing is Missing.SOURCE:
            return source
        return MARK if self._missing is Missing.MARK else ""

    def of(self, units: Sequence[Unit]) -> _Joined:
        """The units of a block of which a translator may have joined some."""
        return _Joined(self, units, [self._targets.get(unit.key) for unit in units])

    def joined(self, units: Sequence[Unit], span: range, leads: Sequence[int]) -> Cell:
        """The cell of a row with several units: their targets, or the replacements for missing ones."""
        states, texts, missing = [], [], False
        for index in span:
            lead, target = leads[index], self._targets.get(units[index].key)
            states.append(self._state(units[index].key) if lead != joins.NOWHERE else State.INITIAL)
            if lead == index and target is not None:
                texts.append(target)
            elif lead in (index, joins.NOWHERE):
                texts.append(self._stand_in(units[index].source))
                missing = True
        text = " ".join([text for text in texts if text])
        language = self._otherwise if missing else self._locale
        state = min(states, key=_ORDER.index)
        spans = self._inline(text) if text else ()
        return Cell(self._locale, text, state, language, spans, missing)


class _Joined:
    """The units of a block in one locale, and which of them cover others."""

    def __init__(self, column: _Column, units: Sequence[Unit], targets: list[str | None]) -> None:
        self._column, self._units = column, units
        self.leads = joins.leads(targets)

    def cell(self, span: range) -> Cell:
        return self._column.joined(self._units, span, self.leads)


_ORDER = (State.INITIAL, State.DRAFT, State.TRANSLATED, State.REVIEWED)


def states(document: Document, catalog: Catalog) -> dict[Key, State]:
    """Key to state; a join mark that points nowhere in any occurrence is untranslated."""
    result: dict[Key, State] = {}
    for block in document.blocks:
        units = block.units
        targets = [catalog.target(unit.key, drafts=True) for unit in units]
        for unit, lead in zip(units, joins.leads(targets), strict=True):
            lost = lead == joins.NOWHERE
            known = State.INITIAL if lost else catalog.state(unit.key)
            if unit.key not in result or lost:
                result[unit.key] = known
    return result


def named_units(document: Document) -> dict[str, Key]:
    """The key of every unit, by the unit's id and by its number in the text.

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
