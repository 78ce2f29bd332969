"""The reader of workbooks; loaded by `xlsx` when there is one."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import partial
from html import unescape

from dragoman import gate
from dragoman.errors import DragomanError
from dragoman.formats.archives.coded_text import decoded, escaped
from dragoman.formats.archives.drawing.drawing_members import DrawingReader
from dragoman.formats.archives.drawing.presentations import PREFIXES, part_of
from dragoman.formats.archives.line_documents import document_of
from dragoman.formats.archives.packages import OfficePackage
from dragoman.formats.archives.sample_archives import zipped
from dragoman.formats.archives.sheets import worksheets
from dragoman.formats.archives.sheets.cell_choice import CellChoice, column, is_chosen
from dragoman.formats.archives.sheets.cell_texts import CellSlot, cell_slot
from dragoman.formats.archives.sheets.worksheets import HeaderSlot, KeptCell, StringCell
from dragoman.formats.archives.slots import Archive, TextSlot, filled
from dragoman.formats.archives.xml_values import Island, attribute
from dragoman.formats.read_options import ReadOptions
from dragoman.formats.units import translatable
from dragoman.model import Document

_KIND = "an XLSX file"
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_PREFIXES = {**PREFIXES, _MAIN: "", "http://purl.oclc.org/ooxml/spreadsheetml/main": ""}
_REFUSED = re.compile(r"[\[\]:*?/\\]")
_LONGEST_NAME = 31
_TABLE = re.compile(r"\$?([A-Z]+)\$?(\d+)(?::.*)?")


def read(content: bytes, options: ReadOptions) -> Document:
    """Read the chosen cells of a workbook as lines with inline codes."""
    return document_of(_Workbook(content, options).archive(), options)


class _Workbook:
    """The sheets of a workbook, in their order."""

    def __init__(self, data: bytes, options: ReadOptions) -> None:
        self._options = options
        self._package = OfficePackage(data, options.file, _KIND, _PREFIXES)
        self._choice = CellChoice(options.cells)
        self._main, self._root = self._package.main("workbook")
        shared = self._package.related(self._main, "sharedStrings")
        self._shared = shared[0] if shared else ""
        self._items = self._package.root(self._shared).children if shared else []
        self._strings: dict[int, CellSlot | None] = {}
        """The slots of shared strings, by their numbers."""
        self._headed: dict[str, list[CellSlot | None]] = {}
        """The slots of the cells above the columns of each table."""
        self._formulas = ""

    def archive(self) -> Archive:
        package = self._package
        package.properties()
        by_id = {key: part for key, _, part in package.relations(self._main)}
        nodes = [node for node in self._root.walk() if node.name == "sheet"]
        named = [(node, by_id.get(_relation(node.tag), "")) for node in nodes]
        sheets = {part: node for node, part in named if part in package.members}
        texts = {part: self._text(part) for part in sheets}
        self._formulas = "\n".join(map(worksheets.formulas, [self._root.text, *texts.values()]))
        if self._options.sheet_names:
            package.read(self._main, self._names)
        chosen = {part: self._chosen(sheets[part], part, text) for part, text in texts.items()}
        for part, text in texts.items():
            self._sheet(part, text, chosen[part])
            self._beside(part)
        self._keep_strings()
        rtl = any(worksheets.is_rtl(text) for text in texts.values())
        for part in package.related(self._main, "styles"):
            package.read(part, partial(worksheets.alignments, rtl))
        return package.archive()

    def _text(self, part: str) -> str:
        if self._package.members.size(part) > worksheets.LARGEST:
            raise DragomanError(
                f"a sheet has more than {worksheets.LARGEST >> 20} MB",
                file=self._options.file or None,
                how_to_fix="split it into smaller files",
            )
        return worksheets.sheet_text(self._package.members[part], self._options.file, _KIND)

    def _chosen(self, node: gate.Node, part: str, text: str) -> dict[StringCell, CellSlot]:
        """The slots of the chosen cells of a sheet."""
        name = node.get("name")
        if node.get("state").lower().endswith("hidden") and not self._choice.names(name):
            return {}
        ranges = self._choice.of_sheet(name)
        fixed = set(self._fixed_headers(part))
        found = {}
        for cell in worksheets.cells(text):
            if is_chosen(ranges, cell.across, cell.down) and cell[2:4] not in fixed:
                slot = self._slot(cell, text)
                if slot is not None:
                    found[cell] = slot
        return found

    def _slot(self, cell: StringCell, text: str) -> CellSlot | None:
        if cell.shared < 0:
            raw = text[slice(*cell.string)]
            own = cell_slot(gate.located(raw.encode(), self._options.file, _KIND))
            self._package.slots += [own] if own else []
            return own
        if cell.shared >= len(self._items):
            return None
        if cell.shared not in self._strings:
            slot = self._strings[cell.shared] = cell_slot(self._items[cell.shared])
            if slot is not None:
                self._package.slots.append(slot)
        return self._strings[cell.shared]

    def _sheet(self, part: str, text: str, chosen: dict[StringCell, CellSlot]) -> None:
        islands: list[Island] = list(worksheets.views(text))
        for cell in worksheets.cells(text):
            slot = chosen.get(cell)
            if slot is not None and cell.shared < 0:
                islands.append((*cell.string, slot))
            elif slot is None and (shared := self._strings.get(cell.shared)) is not None:
                item = self._items[cell.shared]
                content = item.text[item.inner : item.close]
                kept = KeptCell(text[cell.start : cell.end], shared, content)
                islands.append((cell.start, cell.end, kept))
        islands.sort(key=lambda island: island[:2])
        self._package.keep(part, (), tuple(filled(text, 0, len(text), islands)))
        by_place = {cell[2:4]: slot for cell, slot in chosen.items()}
        for table, _, place in self._headers(part):
            self._headed.setdefault(table, []).append(by_place.get(place))
        for table in self._package.related(part, "table"):
            self._package.read(table, partial(self._columns, table))

    def _columns(self, table: str, root: gate.Node) -> Iterator[Island]:
        slots = self._headed.get(table, ())
        nodes = [node for node in root.walk() if node.name == "tableColumn"]
        for node, slot in zip(nodes, slots, strict=False):
            place = node.place("name")
            if slot is not None and place:
                yield *place, HeaderSlot(node.text[slice(*place)], slot)

    def _headers(self, part: str) -> Iterator[tuple[str, gate.Node, tuple[int, int]]]:
        """The columns of the tables of a sheet, and the places of the cells above them."""
        for table in self._package.related(part, "table"):
            root = self._package.root(table)
            place = _TABLE.fullmatch(root.get("ref"))
            if place and root.get("headerRowCount") != "0":
                nodes = [node for node in root.walk() if node.name == "tableColumn"]
                for number, node in enumerate(nodes):
                    yield table, node, (column(place[1]) + number, int(place[2]))

    def _fixed_headers(self, part: str) -> Iterator[tuple[int, int]]:
        """Headers of tables that formulas name, so that they must stay."""
        for _, node, place in self._headers(part):
            name = node.get("name")
            if any(f"{sign}{name}" in self._formulas for sign in "[@"):
                yield place

    def _beside(self, part: str) -> None:
        """Shapes, images and charts of a sheet, and its comments."""
        for drawing in self._package.related(part, "drawing"):
            part_of(self._package, drawing, DrawingReader())
        kinds = ("comments", "threadedComment")
        for comments in self._package.related(part, *kinds) if self._options.comments else ():
            self._package.read(comments, _comments)

    def _keep_strings(self) -> None:
        if self._items:
            text = self._items[0].text
            places = [
                (self._items[index].start, self._items[index].end, slot)
                for index, slot in sorted(self._strings.items())
                if slot is not None
            ]
            self._package.keep(self._shared, (), tuple(filled(text, 0, len(text), places)))

    def _names(self, root: gate.Node) -> Iterator[Island]:
        """Names of sheets that no formula, link or chart names."""
        said = [unescape(self._formulas)]
        for part in self._package.members:
            if re.search(r"(?:charts|pivot|worksheets|drawings)[^/]*/[^/]*\.xml$", part):
                text = gate.decoded(self._package.members[part], self._options.file, _KIND)
                said.append(unescape(text))
        for node in root.walk():
            name, place = node.get("name"), node.place("name")
            if node.name == "sheet" and place and translatable(name):
                quoted = name.replace("'", "''")
                if not any(f"{name}!" in one or f"{quoted}'!" in one for one in said):
                    yield *place, TextSlot(escaped(name), node.text[slice(*place)], sheet_name)


def sheet_name(line: str) -> str:
    """A line as the name of a sheet: no brackets and slashes, and not too long.

    >>> sheet_name("Q1/Q2 [all]")
    'Q1-Q2 -all-'
    """
    said = _REFUSED.sub("-", decoded(line)).strip("'")[:_LONGEST_NAME].strip()
    return attribute(escaped(said or "-"))


def _comments(root: gate.Node) -> Iterator[Island]:
    for node in root.walk():
        if node.name.rpartition(":")[2] == "text" and (slot := cell_slot(node)):
            yield node.start, node.end, slot


def _relation(tag: str) -> str:
    """The value of `r:id`."""
    found = re.search(r"""\s\w+:id\s*=\s*["']([^"']*)""", tag)
    return found[1] if found else ""


_TYPE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def _relations(*pairs: tuple[str, str]) -> str:
    inner = "".join(
        f'<Relationship Id="rId{number}" Type="{_TYPE}/{kind}" Target="{target}"/>'
        for number, (kind, target) in enumerate(pairs, 1)
    )
    uri = "http://schemas.openxmlformats.org/package/2006/relationships"
    return f'<Relationships xmlns="{uri}">{inner}</Relationships>'


def sample(text: str) -> bytes:
    """A workbook with one sheet of inline strings, for tests."""
    return zipped(
        {
            "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>',
            "_rels/.rels": _relations(("officeDocument", "xl/workbook.xml")),
            "xl/workbook.xml": f'<workbook xmlns="{_MAIN}" xmlns:r="{_TYPE}"><sheets><sheet name="One" r:id="rId1"/></sheets></workbook>',
            "xl/_rels/workbook.xml.rels": _relations(("worksheet", "worksheets/sheet1.xml")),
            "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{_MAIN}"><sheetViews><sheetView workbookViewId="0"/></sheetViews><sheetData>{text}</sheetData></worksheet>',
        }
    )


__all__ = ["read", "sample"]
