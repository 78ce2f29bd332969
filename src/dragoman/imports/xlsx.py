"""Reads review workbooks that return from a spreadsheet.

Cells are read as text. A formula is read as the text of the formula, not as its result.
"""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from collections.abc import Iterator, Sequence
from string import ascii_uppercase

from dragoman.errors import DragomanError
from dragoman.imports.office import Package, ReviewLine, name, rows_of, value
from dragoman.interchange.review_rows import Reviewed

_KIND = "an XLSX file"
_PLACE = re.compile("([A-Z]{1,3})[0-9]{1,7}")
_MOST_COLUMNS = 1000


def read(data: bytes, file: str = "") -> list[Reviewed]:
    """The rows of all review sheets in a workbook.

    Raises:
        DragomanError: the data is not an XLSX file, or it has no review sheet.

    >>> read(b"x", "a.xlsx")
    Traceback (most recent call last):
    dragoman.errors.DragomanError: a.xlsx: not an XLSX file: File is not a zip file; save it again
    """
    package = Package(data, file, _KIND)
    relations = list(package.relations(package.main))
    strings = [
        _text(item)
        for relation in relations
        if relation.kind == "sharedStrings"
        for item in package.part(relation.part)
    ]
    sheets = [relation.part for relation in relations if relation.kind == "worksheet"]
    try:
        rows = list(
            rows_of(
                _rows(package.part(sheet), strings, _remarks(package, sheet)) for sheet in sheets
            )
        )
    except (IndexError, ValueError):
        raise package.error("a cell refers to a missing text") from None
    if not rows:
        raise DragomanError(
            "has no rows of a review table",
            file=file or None,
            how_to_fix="make one with dragoman export -f review-xlsx, and keep its header row",
        )
    return rows


def _text(item: ET.Element) -> str:
    """A text, its runs joined, without phonetic hints (`rPh`)."""
    return "".join(
        (part.text or "") if name(part) == "t" else _text(part)
        for part in item
        if name(part) in ("t", "r", "is")
    )


def _remarks(package: Package, sheet: str) -> list[tuple[str, str]]:
    """Row number and text of each comment on a sheet."""
    return [
        (value(note, "ref").lstrip(ascii_uppercase), "".join(map(_text, note)))
        for relation in package.relations(sheet)
        if relation.kind == "comments"
        for note in package.part(relation.part).iter()
        if name(note) == "comment"
    ]


def _rows(
    sheet: ET.Element, strings: Sequence[str], remarks: Sequence[tuple[str, str]]
) -> Iterator[ReviewLine]:
    for row in (element for element in sheet.iter() if name(element) == "row"):
        cells: list[str] = []
        for cell in row:
            place = _column(value(cell, "r"), len(cells))
            if place < _MOST_COLUMNS:
                cells += [""] * (place + 1 - len(cells))
                cells[place] = _cell_text(cell, strings)
        number = value(row, "r")
        yield ReviewLine(f"row {number}", cells, [text for at, text in remarks if at == number])


def _column(place: str, after: int) -> int:
    """The column of a cell, from 0; the next one if the cell has no reference.

    >>> _column("AA7", 0), _column("", 3)
    (26, 3)
    """
    match = _PLACE.fullmatch(place)
    if match is None:
        return after
    number = 0
    for letter in match[1]:
        number = 26 * number + ord(letter) - ord("A") + 1
    return number - 1


def _cell_text(cell: ET.Element, strings: Sequence[str]) -> str:
    """The text of a cell."""
    parts = {name(part): part for part in cell}
    if "f" in parts:
        return f"={parts['f'].text or ''}"
    text = (parts["v"].text or "") if "v" in parts else ""
    match value(cell, "t"):
        case "s":
            return strings[int(text)]
        case "inlineStr":
            return _text(cell)
        case "b":
            return "TRUE" if text == "1" else "FALSE"
    return text
