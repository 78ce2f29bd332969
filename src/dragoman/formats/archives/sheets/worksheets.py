"""Sheets of workbooks: their cells with strings, and their direction."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import partial
from typing import NamedTuple

from dragoman import gate
from dragoman.formats.archives.sheets.cell_choice import column
from dragoman.formats.archives.sheets.cell_texts import CellSlot
from dragoman.formats.archives.slots import Piece, Slot
from dragoman.formats.archives.xml_values import Island
from dragoman.formats.xhtml import with_attribute
from dragoman.languages.locales import direction
from dragoman.model import PerLocale

LARGEST = 1 << 25
"""Maximum number of bytes of a sheet."""
_CELL = re.compile(
    r"<(?P<row>(?:\w+:)?row)(?=[\s>/])(?P<rowed>[^>]*)>"
    r"|<(?P<p>(?:\w+:)?)c(?=[\s>/])(?P<tag>[^>]*?)(?:/>|>(?P<inner>.*?)</(?P=p)c>)",
    re.DOTALL,
)
_PLACE = re.compile(r"""\sr\s*=\s*["']([A-Z]{1,3})?(\d+)["']""")
_KIND = re.compile(r"""\st\s*=\s*["'](\w+)["']""")
_INDEX = re.compile(r"<(?:\w+:)?v>\s*(\d+)\s*</(?:\w+:)?v>")
_STRING = re.compile(r"<((?:\w+:)?is)(?=[\s>]).*?</\1>", re.DOTALL)
_FORMULA = re.compile(r"<(?:\w+:)?(?:f|definedName|calculatedColumnFormula)(?:\s[^>]*)?>([^<]+)<")
_VIEW = re.compile(r"<(?:\w+:)?sheetView(?=[\s/>])[^>]*>")
_NO_VIEW = re.compile(r"<(\w+:)?(?:sheetFormatPr|cols|sheetData)(?=[\s/>])")
_ALIGNED = re.compile(r"""(?<=\shorizontal=["'])(?:left|right)(?=["'])""")


class StringCell(NamedTuple):
    """A cell with a string; `start` and `end` enclose it in the text of its sheet."""

    start: int
    end: int
    across: int
    down: int
    shared: int = -1
    """The number of its shared string."""
    string: tuple[int, int] = (0, 0)
    """Where its own string is, if it has one."""


def sheet_text(data: bytes, file: str, kind: str) -> str:
    """The text of a sheet, which is checked."""
    gate.checked(data, file, kind)
    return gate.decoded(data, file, kind)


def cells(text: str) -> Iterator[StringCell]:
    """The cells of a sheet that have strings."""
    down = across = 0
    for found in _CELL.finditer(text):
        if found["row"]:
            place = _PLACE.search(found["rowed"])
            down, across = int(place[2]) if place else down + 1, 0
            continue
        place = _PLACE.search(found["tag"])
        across = column(place[1]) if place and place[1] else across + 1
        kind = _KIND.search(found["tag"])
        if kind is None or not found["inner"]:
            continue
        if kind[1] == "s" and (number := _INDEX.search(found["inner"])):
            yield StringCell(*found.span(), across, down, int(number[1]))
        elif kind[1] == "inlineStr" and (own := _STRING.search(found["inner"])):
            start = found.start("inner")
            place_of = (start + own.start(), start + own.end())
            yield StringCell(*found.span(), across, down, -1, place_of)


def formulas(text: str) -> str:
    """All formulas of a part, as one text."""
    return "\n".join(_FORMULA.findall(text))


class KeptCell(Slot):
    """A cell that is not translated, while others with its shared string are: it gets a string of its own."""

    def __init__(self, raw: str, slot: CellSlot, content: str) -> None:
        super().__init__(slot.line, (raw,))
        self.twin = slot
        self._content = content

    def written(self, _line: str, _locale: str) -> Iterable[Piece]:
        raw = self.pieces[0]
        assert isinstance(raw, str)
        prefix = re.match(r"<((?:\w+:)?)c", raw)
        assert prefix is not None
        made = _KIND.sub(' t="inlineStr"', raw, count=1)
        string = f"<{prefix[1]}is>{self._content}</{prefix[1]}is>"
        return (_INDEX.sub(lambda _: string, made, count=1),)


class HeaderSlot(Slot):
    """The name of a table's column, which has to be the text of the cell above it."""

    def __init__(self, raw: str, slot: CellSlot) -> None:
        super().__init__(slot.line, (raw,))
        self.twin: Slot = slot
        self._cell = slot

    def written(self, line: str, locale: str) -> Iterable[Piece]:
        text = self._cell.text(line, locale).replace("\n", "_x000a_")
        return (text.replace('"', "&quot;").replace("'", "&#39;"),)


def views(text: str) -> Iterator[Island]:
    """The direction of a sheet."""
    known = list(_VIEW.finditer(text))
    for found in known:
        write = partial(_view, found[0])
        yield found.start(), found.end(), PerLocale(found[0], write)
    if not known and (place := _NO_VIEW.search(text)):
        write = partial(_new_view, place[1] or "")
        yield place.start(), place.start(), PerLocale("", write)


def _view(tag: str, locale: str) -> str:
    rtl = direction(locale) == "rtl"
    return with_attribute(tag, "rightToLeft", "1" if rtl else "0", add=rtl)


def _new_view(prefix: str, locale: str) -> str:
    if direction(locale) != "rtl":
        return ""
    view = f'<{prefix}sheetView rightToLeft="1" workbookViewId="0"/>'
    return f"<{prefix}sheetViews>{view}</{prefix}sheetViews>"


def is_rtl(text: str) -> bool:
    """Whether a sheet runs from right to left."""
    view = _VIEW.search(text)
    return (
        view is not None and re.search(r"""rightToLeft\s*=\s*["'](?:1|true)""", view[0]) is not None
    )


def alignments(was_rtl: bool, root: gate.Node) -> Iterator[Island]:
    """Cells of a style that are aligned to a side."""
    for node in root.walk():
        if node.name == "alignment" and node.get("horizontal") in ("left", "right"):
            write = partial(_aligned, was_rtl, node.tag)
            yield node.start, node.inner, PerLocale(node.tag, write)


def _aligned(was_rtl: bool, tag: str, locale: str) -> str:
    if (direction(locale) == "rtl") == was_rtl:
        return tag
    return _ALIGNED.sub(lambda side: "right" if side[0] == "left" else "left", tag)
