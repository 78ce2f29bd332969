"""DOCX: a text in one language, or a table with a column for each of several.

Structure uses Word's own features: heading styles, numbered lists, links, and
automatic footnotes. In a parallel table footnotes are rows, so languages stay side by side,
and the first column is on the side where its language starts.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from dragoman.exports.formulas.omml import omml
from dragoman.exports.ooxml import drawings, vector_images, wordprocessing
from dragoman.exports.ooxml.package import Content, DocumentProperties, packed
from dragoman.exports.ooxml.wordprocessing import BODY, Bit, ParagraphPlace, RunStyle
from dragoman.exports.parts import about
from dragoman.exports.parts.block_tree import (
    Glosses,
    ItemList,
    Note,
    Table,
    column,
    depths,
    pieces,
    text_pieces,
)
from dragoman.exports.parts.elements import absolute, is_note, language, notes, numbered
from dragoman.exports.parts.export_options import ExportOptions
from dragoman.exports.parts.quotations import quoted
from dragoman.exports.parts.tasks import boxed
from dragoman.languages import locales
from dragoman.model import MATH, Cell, Kind, Parallel, ParallelBlock, Row, Span, State
from dragoman.text.isolates import isolated
from dragoman.text.run_direction import Turns, directed, marks

NAME = "docx"
ABOUT = "A document for Word or LibreOffice."
NEEDS = "office:docx"
SUFFIX = ".docx"
COLUMNS = True
PAIRS = False
INLINE = True

_UNTRANSLATED = (State.INITIAL, State.DRAFT)
_MOST_HEADINGS = 6
_STYLES = {
    Kind.QUOTE: "Quote",
    Kind.ITEM: "ListParagraph",
    Kind.TERM: "DefinitionTerm",
    Kind.DEFINITION: "Definition",
    Kind.FOOTNOTE: "FootnoteText",
}
_WIDE = 5000  # fiftieths of a percent


def export(parallel: Parallel, options: ExportOptions) -> bytes:
    """The file.

    Raises:
        DragomanError: python-docx is not installed.

    >>> export(Parallel("x", "X", ("he",), ()), ExportOptions())[:2]
    b'PK'
    """
    parallel = boxed(numbered(parallel), bullets=False)
    first = parallel.locales[0]
    properties = DocumentProperties(
        parallel.title_in(first) or parallel.title or parallel.name,
        about.author(parallel),
        remark="; ".join([about.origin(parallel), about.licence(parallel)]).strip("; "),
        languages=parallel.locales,
    )
    return packed(properties, content(parallel, options))


def content(parallel: Parallel, options: ExportOptions) -> Content:
    """Build the content of the document."""
    several = len(parallel.locales) > 1
    writer = (_SideBySide if several else _Alone)(parallel, options)
    writer.write()
    return writer.content


@dataclass
class _Writer(ABC):
    """Writes blocks as paragraphs of WordprocessingML."""

    parallel: Parallel
    options: ExportOptions
    content: Content = field(default_factory=Content)

    def __post_init__(self) -> None:
        blocks = self.parallel.blocks
        self._first = self.parallel.locales[0]
        self._depths = depths(blocks)
        self._known = {block.label for block in blocks if is_note(block)}
        front = [block for block in blocks if block.kind is Kind.METADATA]
        self._front = sorted(front, key=lambda block: block.label != "title")
        self._body = [block for block in blocks if block.kind is not Kind.METADATA]

    @property
    def width(self) -> int:
        """Width of a column in English metric units (EMU)."""
        columns = len(self.parallel.locales)
        return (drawings.PAGE if columns <= 2 else drawings.WIDE_PAGE) // columns - drawings.MARGIN

    @abstractmethod
    def write(self) -> None:
        """Fill the content."""

    @abstractmethod
    def note(self, number: str, rtl: bool, look: RunStyle) -> str:
        """A reference to a footnote."""

    def about(self) -> str:
        """A paragraph with author, date, origin and licence from the front matter."""
        rtl = locales.direction(self._first) == "rtl"
        bits: list[Bit] = []
        for cell in about.cells(self.parallel):
            bits += [Bit(" · ", rtl, locale=self._first)] if bits else []
            bits += _Line(self, cell).bits()
        if not bits:
            return ""
        return wordprocessing.paragraph(
            wordprocessing.line(_marked(bits, rtl)), self._first, ParagraphPlace("Subtitle")
        )

    def style(self, block: ParallelBlock) -> str:
        """The style of a block's paragraphs."""
        if block.kind is Kind.METADATA:
            return "Title" if block.label == "title" else "Subtitle"
        if block.kind is Kind.HEADING:
            return f"Heading{min(self._depths[block.rows[0].id], _MOST_HEADINGS)}"
        if block.kind is Kind.CELL:
            return "TableHeading" if block.level else ""
        return _STYLES.get(block.kind, "")

    def paragraph(
        self, rows: Sequence[Row], cells: Sequence[Cell], place: ParagraphPlace, begin: str = ""
    ) -> str:
        """Units of a block in one language, as one paragraph."""
        locale = language(cells)
        rtl = locales.direction(locale) == "rtl"
        bits: list[Bit] = []
        for at, (row, cell) in enumerate(zip(rows, cells, strict=True)):
            if at:  # a space between two units of one language has that language
                spoken = cell.lang if cells[at - 1].lang == cell.lang else locale
                way = locales.direction(spoken) == "rtl"
                bits.append(Bit("\n" if row.new_line else " ", way, locale=spoken))
            bits += _Line(self, cell).bits()
        return wordprocessing.paragraph(
            begin + wordprocessing.line(_marked(bits, rtl)), locale, place
        )

    def table(self, table: Table, index: int) -> str:
        """A table in one language."""
        width = _WIDE // table.width
        rtl = locales.direction(language(column(table.blocks, index))) == "rtl"
        rows = []
        for cells in table.rows:
            inner = "".join(
                wordprocessing.cell(self._cell_of(cell, index, rtl), width) for cell in cells
            )
            inner += wordprocessing.cell("", width) * (table.width - len(cells))
            rows.append(wordprocessing.row(inner, head=bool(cells[0].level)))
        return wordprocessing.table("".join(rows), [width] * table.width, rtl)

    def _cell_of(self, block: ParallelBlock, index: int, rtl: bool) -> str:
        """The paragraph in a cell of a table, aligned as its column is, whatever its language."""
        cells = column([block], index)
        align = block.align
        if (locales.direction(language(cells)) == "rtl") != rtl and align != "center":
            align = "" if align else "end"
        return self.paragraph(block.rows, cells, ParagraphPlace(self.style(block), align=align))

    def literal(self, block: ParallelBlock) -> str:
        """A block without units: code, or a thematic break."""
        if block.kind is Kind.BREAK:
            return wordprocessing.paragraph(
                wordprocessing.runs(block.literal, False, "en"), "en", ParagraphPlace("Break")
            )
        if block.label == MATH and (formula := omml(block.literal, block=True)):
            return wordprocessing.paragraph(formula, "en")
        inner = wordprocessing.runs(block.literal.rstrip("\n"), False, "en", RunStyle(style="Code"))
        return wordprocessing.paragraph(inner, "en", ParagraphPlace("CodeBlock"))


class _Alone(_Writer):
    """A text in one language."""

    def write(self) -> None:
        self._ids: dict[str, int] = {}
        self._in_notes = False
        all_notes = [piece for piece in pieces(self._body) if isinstance(piece, Note)]
        # if two notes have one label, the first counts
        self._notes = {note.blocks[0].label: note for note in reversed(all_notes)}
        out = self.content.body
        out += [self._block(block) for block in self._front]
        out.append(self.about())
        for piece in pieces(self._body):
            if isinstance(piece, ItemList):
                out += self._list(piece, 1)
            elif isinstance(piece, Table):
                out.append(self._table(piece))
            elif isinstance(piece, Glosses):
                out += map(self._block, piece.blocks)
            elif isinstance(piece, ParallelBlock):
                out.append(self._block(piece) if piece.rows else self.literal(piece))
        self._in_notes = True
        shown = [self._notes[label] for label in self._ids]
        self.content.notes += map(self._footnote, shown)
        lost = [note for note in all_notes if not any(note is known for known in shown)]
        out += [paragraph for note in lost for paragraph in self._lost(note)]

    def _block(self, block: ParallelBlock, place: ParagraphPlace = BODY, begin: str = "") -> str:
        place = place._replace(
            style=place.style or self.style(block), depth=place.depth or _deep(block)
        )
        return self.paragraph(block.rows, [row.cells[0] for row in block.rows], place, begin)

    def _list(self, found: ItemList, depth: int) -> list[str]:
        self.content.starts.append(found.start)
        number = len(self.content.starts)
        out = []
        for item in found.items:
            for at, block in enumerate(item.blocks):
                out.append(self._block(block, ParagraphPlace("", 0 if at else number, depth)))
            for inner in item.lists:
                out += self._list(inner, depth + 1)
        return out

    def _table(self, table: Table) -> str:
        return self.table(table, 0)

    def _footnote(self, note: Note) -> str:
        """The paragraphs of a footnote, starting with its number."""
        first, *others = note.blocks
        locale = language([row.cells[0] for row in first.rows])
        rtl = locales.direction(locale) == "rtl"
        mark = f"<w:r>{_reference(rtl)}<w:footnoteRef/></w:r>" + wordprocessing.run(
            " ", rtl, locale
        )
        return self._block(first, begin=mark) + "".join(map(self._block, others))

    def _lost(self, note: Note) -> list[str]:
        """An unreferenced footnote, as a list item at the end."""
        self.content.starts.append(int(note.blocks[0].label or 1))
        number = len(self.content.starts)
        return [
            self._block(block, ParagraphPlace("FootnoteText", 0 if at else number, 1))
            for at, block in enumerate(note.blocks)
        ]

    def note(self, number: str, rtl: bool, look: RunStyle) -> str:
        """A footnote reference; repeated ones are cross-references, since Word allows one per footnote."""
        if number not in self._known or self._in_notes:
            return wordprocessing.run(number, False, self._first, look._replace(raised=True))
        if number in self._ids:
            mark = wordprocessing.run(number, False, self._first, look._replace(raised=True))
            return f'<w:fldSimple w:instr=" NOTEREF note_{self._ids[number]} \\f \\h ">{mark}</w:fldSimple>'
        place = self._ids[number] = len(self._ids) + 1
        return (
            f'<w:bookmarkStart w:id="{place}" w:name="note_{place}"/>'
            f'<w:r>{_reference(rtl)}<w:footnoteReference w:id="{place}"/></w:r>'
            f'<w:bookmarkEnd w:id="{place}"/>'
        )


def _bookmarked(inner: str, number: int, name: str) -> str:
    """Put content inside a bookmark; `number` must be unique in the document."""
    return (
        f'<w:bookmarkStart w:id="{number}" w:name="{name}"/>{inner}<w:bookmarkEnd w:id="{number}"/>'
    )


def _reference(rtl: bool) -> str:
    """Run properties of a footnote number; `w:rtl` keeps it at its place in a right-to-left line."""
    return f'<w:rPr><w:rStyle w:val="FootnoteReference"/>{"<w:rtl/>" if rtl else ""}</w:rPr>'


class _SideBySide(_Writer):
    """A text in several languages."""

    def write(self) -> None:
        self._marked: set[str] = set()
        cells = [cell for row in self.parallel.rows for cell in row.cells]
        self._referred = {number for cell in cells for number in notes(cell.spans)}
        self._left: set[str] = set()
        columns = len(self.parallel.locales)
        self.content.landscape = columns > 2
        self._lists = self._placed()
        rows = [self._head()]
        rows += [row for block in self._front for row in self._rows(block)]
        for piece in text_pieces(self._body):
            rows += [self._tables(piece)] if isinstance(piece, Table) else self._rows(piece)
        rtl = locales.direction(self._first) == "rtl"
        self.content.body += [
            self.about(),
            wordprocessing.table("".join(rows), [_WIDE // columns] * columns, rtl),
        ]

    def _head(self) -> str:
        """The header row: the name of each language in that language."""
        cells = ""
        for locale in self.parallel.locales:
            rtl = locales.direction(locale) == "rtl"
            inner = wordprocessing.runs(locales.name(locale), rtl, locale, RunStyle(bold=True))
            cells += self._cell(wordprocessing.paragraph(inner, locale))
        return wordprocessing.row(cells, head=True)

    def _cell(self, paragraphs: str) -> str:
        return wordprocessing.cell(paragraphs, _WIDE // len(self.parallel.locales))

    def _tables(self, table: Table) -> str:
        """A row with a nested table in each language's column."""
        columns = range(len(self.parallel.locales))
        return wordprocessing.row("".join(self._cell(self.table(table, c)) for c in columns))

    def _rows(self, block: ParallelBlock) -> list[str]:
        """Table rows of a block: one, or one per unit if `rows` is `sentence`."""
        columns = len(self.parallel.locales)
        if not block.rows:
            return [wordprocessing.row(wordprocessing.cell(self.literal(block), _WIDE, columns))]
        by_row = self.options.rows == "sentence" and block.kind is not Kind.HEADING
        groups = [(row,) for row in block.rows] if by_row else [block.rows]
        return [
            wordprocessing.row(
                "".join(self._column(block, rows, c, at == 0) for c in range(columns))
            )
            for at, rows in enumerate(groups)
        ]

    def _column(self, block: ParallelBlock, rows: Sequence[Row], column: int, begins: bool) -> str:
        cells = [row.cells[column] for row in rows]
        number, depth = self._lists.get((block.rows[0].id, column), (0, 0))
        depth = depth or _deep(block)
        place = ParagraphPlace(
            self.style(block), number if begins else 0, depth, outline=column == 0
        )
        begin = ""
        if is_note(block) and begins:
            begin = self._label(block.label, column, language(cells))
        return self._cell(self.paragraph(rows, cells, place, begin))

    def _label(self, number: str, column: int, locale: str) -> str:
        """The number before a footnote; in the first column it is the target of the references."""
        rtl = locales.direction(locale) == "rtl"
        inner = wordprocessing.run(
            number, False, locale, RunStyle(raised=True)
        ) + wordprocessing.run(" ", rtl, locale)
        if column or number in self._marked:
            return inner
        self._marked.add(number)
        if number in self._referred:  # link back to the reference
            inner = f'<w:hyperlink w:anchor="mark_{number}">{inner}</w:hyperlink>'
        return _bookmarked(inner, int(number) * 2, f"note_{number}")

    def note(self, number: str, rtl: bool, look: RunStyle) -> str:
        inner = wordprocessing.run(number, False, self._first, look._replace(raised=True))
        if number not in self._known:
            return inner
        link = f'<w:hyperlink w:anchor="note_{number}">{inner}</w:hyperlink>'
        if number in self._left:
            return link
        self._left.add(number)
        return _bookmarked(link, int(number) * 2 + 1, f"mark_{number}")

    def _placed(self) -> dict[tuple[str, int], tuple[int, int]]:
        """List number and depth of each item, by the id of its first row and its column.

        Each column has its own lists, or Word would continue numbering across columns.
        """
        found: dict[tuple[str, int], tuple[int, int]] = {}
        for piece in pieces(self._body):
            if isinstance(piece, ItemList):
                for column in range(len(self.parallel.locales)):
                    found |= self._places(piece, column, 1)
        return found

    def _places(
        self, items: ItemList, column: int, depth: int
    ) -> dict[tuple[str, int], tuple[int, int]]:
        self.content.starts.append(items.start)
        number = len(self.content.starts)
        found = {}
        for item in items.items:
            for at, block in enumerate(item.blocks):
                found[block.rows[0].id, column] = (0 if at else number, depth)
            for inner in item.lists:
                found |= self._places(inner, column, depth + 1)
        return found


class _Line:
    """Converts the inline content of one unit to bits."""

    def __init__(self, writer: _Writer, cell: Cell) -> None:
        self._writer = writer
        self._cell = cell
        self._rtl = locales.direction(cell.lang) == "rtl"
        self._turns = Turns(self._rtl)
        self._links = [""]

    def bits(self) -> Iterator[Bit]:
        look = RunStyle(faint=self._cell.state in _UNTRANSLATED)
        return self._all(
            isolated(quoted(self._cell.spans, self._cell.lang), self._rtl), look, False
        )

    def _all(self, spans: Iterable[Span], look: RunStyle, against: bool) -> Iterator[Bit]:
        for span in spans:
            yield from self._span(span, look, against)

    def _span(self, span: Span, look: RunStyle, against: bool) -> Iterator[Bit]:
        match span.name:
            case "image" if picture := self._picture(span):
                yield Bit("", self._rtl, element=picture)
            case "text" | "image":
                yield from self._said(self._turns.pieces(span.text, against), look)
            case "math" if formula := omml(span.text):
                yield Bit("", False, element=formula)
            case "code" | "math":
                yield from self._said(directed(span.text, False), look._replace(style="Code"))
            case "note":
                mark = self._writer.note(span.text, self._rtl != against, look)
                yield Bit("", self._rtl != against, element=mark)
            case "break":
                yield Bit("\n", self._rtl, locale=self._cell.lang)
            case "link":
                yield from self._link(span, look, against)
            case "rt":
                yield from self._said([(" (", self._rtl)], look)
                yield from self._all(span.children, look, against)
                yield from self._said([(")", self._rtl)], look)
            case name:
                inner = _looking(name, look, self._rtl)
                yield from self._all(span.children, inner, against or name == "isolate")

    def _picture(self, span: Span) -> str:
        """The drawing of an image; empty if it is missing or of a type Word cannot show."""
        picture = self._writer.parallel.pictures.get((self._cell.lang, span.url))
        if picture is None:
            return ""
        content = self._writer.content
        pixels = vector_images.in_pixels(picture)
        size = drawings.size(
            pixels or picture, self._writer.width, vector_images.DENSITY if pixels else 1
        )
        if size is None:
            return ""
        content.drawn += 1
        name, vector = (
            content.picture(pixels or picture),
            content.picture(picture) if pixels else "",
        )
        return drawings.drawing(name, content.drawn, size, span.text, span.title, vector)

    def _said(self, pieces: Iterable[tuple[str, bool]], look: RunStyle) -> Iterator[Bit]:
        for text, rtl in pieces:
            if text:
                yield Bit(text, rtl, look, self._cell.lang, self._links[-1])

    def _link(self, span: Span, look: RunStyle, against: bool) -> Iterator[Bit]:
        """A hyperlink; nested ones are dropped, since Word does not allow them."""
        url = absolute(span.url)
        if not url or self._links[-1]:
            yield from self._all(span.children, look, against)
            return
        self._links.append(self._writer.content.link(url))
        yield from self._all(span.children, look._replace(style="Hyperlink"), against)
        self._links.pop()


def _marked(bits: Iterable[Bit], rtl: bool) -> list[Bit]:
    """The bits of a line, with the direction marks (LRM, RLM) that LibreOffice needs."""
    line = list(bits)
    found = marks([(bit.text, bit.rtl) for bit in line], rtl)
    return [
        bit if bit.element else bit._replace(text=before + bit.text + after)
        for bit, (before, after) in zip(line, found, strict=True)
    ]


def _deep(block: ParallelBlock) -> int:
    """Indentation depth of a definition or nested quotation; 0 if the style is enough."""
    if block.kind is Kind.DEFINITION:
        return max(block.level, 1)
    if block.kind is Kind.TERM:
        return max(block.level - 1, 0)
    return block.level if block.kind is Kind.QUOTE and block.level > 1 else 0


_LOOKS: dict[str, dict[str, Any]] = {
    "strong": {"bold": True},
    "b": {"bold": True},
    "emphasis": {"italic": True},
    "strike": {"strike": True},
    "u": {"underlined": True},
    "mark": {"marked": True},
    "sup": {"raised": True},
    "sub": {"lowered": True},
    "small": {"smaller": True},
    "kbd": {"style": "Code"},
}


def _looking(name: str, look: RunStyle, rtl: bool) -> RunStyle:
    """The look of runs inside an inline element; bold replaces italics in right-to-left scripts."""
    if name in ("emphasis", "i", "cite"):
        name = "strong" if rtl else "emphasis"
    return look._replace(**_LOOKS.get(name, {}))
