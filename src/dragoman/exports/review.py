"""Review files: a table with a row for each unit, to be edited and imported again.

A cell holds the catalog's text with its markup, and is empty if the unit is not
translated. `dragoman.interchange.review_rows` defines how columns and rows are recognised.
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from copy import copy
from datetime import UTC
from typing import Any

from dragoman.errors import DragomanError
from dragoman.exports.ooxml import reproducible_zip, wordprocessing
from dragoman.exports.ooxml.package import Content, DocumentProperties, packed
from dragoman.exports.ooxml.wordprocessing import ParagraphPlace, RunStyle
from dragoman.exports.parts.export_options import ExportOptions
from dragoman.exports.parts.fixed_dates import moment
from dragoman.interchange import review_rows
from dragoman.languages import locales
from dragoman.model import Parallel

_WIDTH, _LINE = 50, 46
"""Width of a worksheet column, and about how many characters fit a line of it."""
_FORMULA = "=+-@\t\n＝＋－＠"
_LONGEST = 32767
"""Characters that a cell of a spreadsheet can hold."""


def _rows(parallel: Parallel) -> Iterator[list[str]]:
    """The cells of each row: id, hash, source, targets, and an empty comment."""
    for row in parallel.rows:
        source, *targets = row.cells
        said = ["" if cell.stand_in else cell.text for cell in targets]
        known = {cell.locale: text for cell, text in zip(targets, said, strict=True) if text}
        yield [row.id, review_rows.fingerprint(source.text, known), source.text, *said, ""]


def _said(parallel: Parallel) -> DocumentProperties:
    """The document properties; the subject is the text's name."""
    return DocumentProperties(
        parallel.title or parallel.name, "", parallel.name, languages=parallel.locales
    )


class Docx:
    """A Word document with one wide table."""

    NAME = "review-docx"
    ABOUT = "A Word table that goes out for review and comes back."
    NEEDS = "office:docx"
    SUFFIX = ".review.docx"
    COLUMNS = False
    PAIRS = False
    INLINE = False

    @staticmethod
    def export(parallel: Parallel, options: ExportOptions) -> bytes:
        """The document.

        >>> Docx.export(Parallel("x", "X", ("en", "he"), ()), ExportOptions())[:2]
        b'PK'
        """
        source, *targets = parallel.locales
        heads = review_rows.heads(source, tuple(targets))
        wide = (5000 - 2 * 330 - 600) // len(parallel.locales)
        widths = [330, 330, *[wide] * len(parallel.locales), 600]
        # ids, hashes and comments have the source's direction
        columns = [source, source, *parallel.locales, source]
        named = (wordprocessing.paragraph(_head(name), "en") for name in heads)
        rows = [_row(named, widths, head=True)]
        for cells in _rows(parallel):
            said = (
                wordprocessing.paragraph(_cell(text, locale, small=at < 2), locale)
                for at, (text, locale) in enumerate(zip(cells, columns, strict=True))
            )
            rows.append(_row(said, widths))
        title = wordprocessing.runs(parallel.title or parallel.name, _rtl(source), source)
        body = [
            wordprocessing.paragraph(title, source, ParagraphPlace("Title")),
            wordprocessing.table("".join(rows), widths, rtl=False),
        ]
        return packed(_said(parallel), Content(body, landscape=True))


def _rtl(locale: str) -> bool:
    return locales.direction(locale) == "rtl"


def _head(name: str) -> str:
    return wordprocessing.run(name, False, "en", RunStyle(bold=True))


def _cell(text: str, locale: str, small: bool) -> str:
    look = RunStyle(faint=small, small=small)
    return wordprocessing.runs(review_rows.guarded(text), _rtl(locale), locale, look)


def _row(paragraphs: Iterator[str], widths: list[int], head: bool = False) -> str:
    cells = (wordprocessing.cell(p, width) for p, width in zip(paragraphs, widths, strict=True))
    return wordprocessing.row("".join(cells), head)


class Xlsx:
    """A workbook with one sheet."""

    NAME = "review-xlsx"
    ABOUT = "A spreadsheet that goes out for review and comes back."
    NEEDS = "office:openpyxl"
    SUFFIX = ".review.xlsx"
    COLUMNS = False
    PAIRS = False
    INLINE = False

    @staticmethod
    def export(parallel: Parallel, options: ExportOptions) -> bytes:
        """The workbook.

        Raises:
            DragomanError: openpyxl is not installed, or a text is too long for a cell.

        >>> Xlsx.export(Parallel("x", "X", ("en", "he"), ()), ExportOptions())[:2]
        b'PK'
        """
        openpyxl = _library()
        book = openpyxl.Workbook()
        sheet = book.active
        source, *targets = parallel.locales
        columns = [source, source, *parallel.locales, source]
        _lay_out(sheet, len(columns))
        writer = _Writer(sheet)
        for at, name in enumerate(review_rows.heads(source, tuple(targets)), 1):
            writer.write(1, at, name, "en", bold=True)
        for line, cells in enumerate(_rows(parallel), 2):
            for at, (text, locale) in enumerate(zip(cells, columns, strict=True), 1):
                writer.write(line, at, _held(text, parallel, line), locale)
            sheet.row_dimensions[line].height = _height(cells[2:])
        return _packed_book(book, _said(parallel))


def _library() -> Any:
    try:
        import openpyxl  # type: ignore[import-untyped]  # large, and an optional dependency
    except ImportError:
        raise DragomanError(
            "XLSX needs openpyxl", how_to_fix="pip install 'dragoman[office]'"
        ) from None
    return openpyxl


def _lay_out(sheet: Any, columns: int) -> None:
    """Freeze and repeat the header and the id columns; hide the hashes."""
    from openpyxl.utils import get_column_letter  # type: ignore[import-untyped]
    from openpyxl.worksheet.properties import (  # type: ignore[import-untyped]
        PageSetupProperties,
    )

    sheet.title = "review"
    sheet.freeze_panes = "C2"
    sheet.print_title_rows = "1:1"
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", sheet.PAPERSIZE_A4
    sheet.page_setup.fitToHeight = 0  # any number of pages
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    for place in range(1, columns + 1):
        sheet.column_dimensions[get_column_letter(place)].width = 14 if place == 1 else _WIDTH
    sheet.column_dimensions["B"].hidden = True


def _height(cells: Sequence[str]) -> int:
    """Height of a row in points, since LibreOffice does not fit rows when it opens a file."""
    lines = max(sum(1 + len(line) // _LINE for line in cell.split("\n")) for cell in cells)
    return min(15 * lines + 2, 409)  # the maximum row height


def _held(text: str, parallel: Parallel, line: int) -> str:
    """Convert a text to the value of a cell."""
    guarded = review_rows.guarded(text)
    if len(guarded.encode("utf-16-le")) // 2 > _LONGEST:
        raise DragomanError(
            f"{parallel.name}: the text of row {line} is longer than a cell can hold",
            how_to_fix="use review-docx",
        )
    return guarded


class _Writer:
    """Writes cells; cells that look alike share the style of the first of them.

    Comparing a new style with all others took most of the time of the export.
    """

    def __init__(self, sheet: Any) -> None:
        self._sheet = sheet
        self._styles: dict[tuple[bool, bool, bool], Any] = {}

    def write(self, line: int, at: int, text: str, locale: str, bold: bool = False) -> None:
        """A cell of type text, so that it is never a formula, even after editing."""
        cell = self._sheet.cell(line, at)
        look = (_rtl(locale), bold, text[:1] in _FORMULA and bool(text))
        if look in self._styles:
            cell._style = copy(self._styles[look])  # noqa: SLF001 - the library's way to copy a style
        else:
            self._styles[look] = _style(cell, *look)
        if text:
            cell.value = text
            cell.data_type = "s"


def _style(cell: Any, rtl: bool, bold: bool, quoted: bool) -> Any:
    """Style a cell, and return what others copy."""
    from openpyxl.styles import Alignment, Border, Font, Side  # type: ignore[import-untyped]

    cell.number_format = "@"
    cell.border = Border(bottom=Side("hair"))
    cell.font = Font(name="Calibri", size=11, bold=bold)
    cell.alignment = Alignment(
        wrap_text=True, vertical="top", readingOrder=2 if rtl else 1, horizontal="general"
    )
    cell.quotePrefix = quoted
    return copy(cell._style)  # noqa: SLF001 - as above


def _packed_book(book: Any, said: DocumentProperties) -> bytes:
    """The bytes of a workbook, without the time of creation."""
    from openpyxl.xml.functions import tostring  # type: ignore[import-untyped]

    whole = io.BytesIO()
    book.save(whole)
    properties = book.properties
    properties.creator = "dragoman"
    properties.title, properties.subject = (
        wordprocessing.plain(said.title)[:255],
        wordprocessing.plain(said.subject)[:255],
    )
    properties.created = properties.modified = moment().astimezone(UTC).replace(tzinfo=None)
    members = reproducible_zip.unpacked(whole.getvalue())
    members["docProps/core.xml"] = tostring(properties.to_tree())
    return reproducible_zip.archive(members)
