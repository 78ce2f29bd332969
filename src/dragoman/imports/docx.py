"""Reads review documents that return from Word or LibreOffice.

Runs may have been split, and rows moved, added or deleted. Tracked changes are read as if they had
all been accepted.
"""

from __future__ import annotations

import xml.etree.ElementTree as ET
from collections.abc import Iterator, Mapping

from dragoman.errors import DragomanError
from dragoman.imports.office import Package, ReviewLine, name, rows_of, value
from dragoman.interchange.review_rows import Reviewed

_KIND = "a DOCX file"
_AROUND = frozenset(("sdt", "sdtContent", "customXml", "ins", "moveTo", "smartTag"))
"""Elements around rows, cells and paragraphs that are transparent here."""
_UNSAID = frozenset(
    ("pPr", "rPr", "del", "moveFrom", "delText", "instrText", "Fallback", "txbxContent", "rt")
)
"""Elements whose text is not part of the line that they are in."""
_CHARACTERS = {"tab": "\t", "ptab": "\t", "cr": "\n", "noBreakHyphen": "\u2011", "softHyphen": "\u00ad"}  # fmt: skip


def read(data: bytes, file: str = "") -> list[Reviewed]:
    """The rows of all review tables in a document.

    Raises:
        DragomanError: the data is not a DOCX file, or it has no review table.

    >>> read(b"x", "a.docx")
    Traceback (most recent call last):
    dragoman.errors.DragomanError: a.docx: not a DOCX file: File is not a zip file; save it again
    """
    package = Package(data, file, _KIND)
    root = package.part(package.main)
    tables = (element for element in root.iter() if name(element) == "tbl")
    remarks = _remarks(package)
    rows = list(rows_of(_rows(table, remarks) for table in tables))
    if not rows:
        raise DragomanError(
            "has no rows of a review table",
            file=file or None,
            how_to_fix="make one with dragoman export -f review-docx, and keep its header row",
        )
    return rows


def _remarks(package: Package) -> dict[str, str]:
    """Id of a comment to its text."""
    return {
        value(comment, "id"): _paragraphs(comment)
        for relation in package.relations(package.main)
        if relation.kind == "comments"
        for comment in package.part(relation.part)
    }


def _rows(table: ET.Element, remarks: Mapping[str, str]) -> Iterator[ReviewLine]:
    """Yield the rows of a table, without those that a tracked change deletes."""
    for number, row in enumerate(_inside(table, "tr"), 1):
        if any(name(e) == "del" for p in row if name(p) == "trPr" for e in p):
            continue
        cells = [text for cell in _inside(row, "tc") for text in _cell(cell)]
        marks = (value(e, "id") for e in row.iter() if name(e) == "commentReference")
        comments = [remarks[mark] for mark in marks if mark in remarks]
        yield ReviewLine(f"row {number}", cells, comments)


def _inside(element: ET.Element, child_name: str) -> Iterator[ET.Element]:
    """Yield the children with a name, also those inside transparent elements."""
    for child in element:
        if name(child) == child_name:
            yield child
        elif name(child) in _AROUND:
            yield from _inside(child, child_name)


def _cell(cell: ET.Element) -> list[str]:
    """The text of a cell, followed by an empty string for each further column that it spans."""
    span = next((value(e, "val") for e in cell.iter() if name(e) == "gridSpan"), "1")
    width = min(int(span), 63) if span.isascii() and span.isdigit() else 1
    return [_paragraphs(cell), *[""] * (width - 1)]


def _paragraphs(element: ET.Element) -> str:
    """The text of paragraphs, one a line, without empty ones at the end."""
    lines, joined = [""], True
    for paragraph in _inside(element, "p"):
        text = "".join(_line(paragraph))
        if joined:
            lines[-1] += text
        else:
            lines.append(text)
        joined = _is_mark_deleted(paragraph)
    while len(lines) > 1 and not lines[-1]:
        lines.pop()
    return "\n".join(lines)


def _is_mark_deleted(paragraph: ET.Element) -> bool:
    """Whether a tracked change joins a paragraph with the next one."""
    marks = (m for p in paragraph if name(p) == "pPr" for m in p if name(m) == "rPr")
    return any(name(change) == "del" for mark in marks for change in mark)


def _line(element: ET.Element) -> Iterator[str]:
    for child in element:
        kind = name(child)
        if kind == "t":
            yield child.text or ""
        elif kind == "br":
            yield "" if value(child, "type") in ("page", "column") else "\n"
        elif kind in _CHARACTERS:
            yield _CHARACTERS[kind]
        elif kind not in _UNSAID:
            yield from _line(child)
