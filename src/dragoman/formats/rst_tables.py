"""Tables of reStructuredText that are drawn with characters: their cells, and drawing them again.

A cell is a rectangle, so its text is no stretch of the file. The units of a table therefore have no
raw text; the table is one piece of skeleton, and the layout of its blocks draws it anew from what
the units are spelled as.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple, Protocol

from dragoman.formats import rst_lines as lines

_BEGIN, _TEXT, _END, _HANG = "\ufdd0", "\ufdd1", "\ufdd2", "\ufdd3"
"""Noncharacters around what a unit is spelled as, which no text has."""
_PLACED = re.compile(rf"{_BEGIN}(\d+),(\d+),(\d+),(-?\d+){_TEXT}(.*?){_END}", re.DOTALL)
_PAD = ""
"""What follows a wide letter in a row of columns."""
_NARROWEST = 10
_MOST_STEPS = 2_000_000
"""Steps after which a drawing is left as it is."""
_BORDER = re.compile(r"=[ =]*\Z")
_SPAN = re.compile(r"[-=]+(?: +[-=]+)*\Z")


class Drawing(NamedTuple):
    """A cell of a table: its lines, and the lines and columns of the table that it covers."""

    top: int
    left: int
    bottom: int
    right: int
    """Of a grid, the borders; of a simple table, the first and last row of text and the columns."""
    text: str
    inset: int
    """Spaces before its text."""


class DrawnCell(NamedTuple):
    """A cell as readers need it."""

    text: str
    line: int
    """Lines above its text in the table."""
    column_at: int
    """Characters before its text."""
    column: int
    """Its column; 0 begins a row."""


@dataclass(frozen=True)
class TableLayout:
    """The layout of a table, which draws it again."""

    indent: int
    """Spaces before its lines."""

    def __call__(self, raw: str, text: str, locale: str) -> str:
        """The table with what its units are spelled as; the text is the table and that."""
        del locale
        changed: dict[int, list[tuple[int, int, int, str]]] = {}
        for match in _PLACED.finditer(text):
            place = (int(match[2]), int(match[3]), int(match[4]), match[5])
            changed.setdefault(int(match[1]), []).append(place)
        newline = "\r\n" if "\r\n" in raw else "\n"
        rows = _plain_rows(raw, self.indent)
        form = _form(rows)
        assert form is not None
        return (newline + " " * self.indent).join(form.again(changed)) if changed else raw


class Drawn(NamedTuple):
    """The cells of a table, in order, and its layout."""

    cells: tuple[DrawnCell, ...]
    layout: TableLayout


def placed(target: str, spell: Callable[[str], str], place: tuple[int, int, int, int]) -> str:
    """What a unit in a table is spelled as, with its place: cell, start, end, and column of more lines."""
    spelled = spell(target) if target else ""
    return f"{_BEGIN}{','.join(map(str, place))}{_TEXT}{spelled}{_END}"


def drawn(raw: str, indent: int) -> Drawn | None:
    """The cells of a table, or nothing if it is not drawn well.

    >>> table = drawn("+---+---+\\n| a | b |\\n|   | c |\\n+---+---+", 0)
    >>> [cell.text for cell in table.cells]
    ['a\\n', 'b\\nc']
    """
    form = _form(_plain_rows(raw, indent))
    if form is None:
        return None
    return Drawn(tuple(form.shown()), TableLayout(indent))


def _plain_rows(raw: str, indent: int) -> list[str]:
    """The lines of a table, without the spaces before them."""
    rows = [row.rstrip() for row in raw.split("\n")]
    return [rows[0], *(row[indent:] for row in rows[1:])]


class _Form(Protocol):
    def shown(self) -> Iterable[DrawnCell]: ...
    def again(self, changed: dict[int, list[tuple[int, int, int, str]]]) -> list[str]: ...


def _form(rows: Sequence[str]) -> _Form | None:
    if rows[0].startswith("+"):
        return _Grid.of(rows)
    return _Simple.of(rows)


def _columns(row: str) -> list[str]:
    """The characters of a row, a wide one with what pads it, and points with their letter."""
    if row.isascii():
        return list(row)
    out: list[str] = []
    for char in row:
        if out and unicodedata.combining(char):
            out[-1 if out[-1] else -2] += char
        else:
            out += (char, _PAD) if unicodedata.east_asian_width(char) in "WF" else (char,)
    return out


def _width(text: str) -> int:
    return len(_columns(text))


def _cut(block: Sequence[Sequence[str]]) -> tuple[str, int]:
    """The text of a rectangle without the spaces that all its lines begin with, and their number."""
    rows = ["".join(row).rstrip() for row in block]
    inset = min((lines.indentation(row) for row in rows if row), default=1)
    return "\n".join(row[inset:] for row in rows), inset


def _rewritten(text: str, changes: Sequence[tuple[int, int, int, str]], width: int) -> list[str]:
    """The lines of a cell with other units; those that change are broken where they are too long."""
    for start, end, hang, said in sorted(changes, reverse=True):
        before = text[:start]
        mark = f"{_HANG}{chr(0x200 + hang)}"
        text = f"{before}{mark}{said}{text[end:]}" if said else before.rstrip() + text[end:]
    out: list[str] = []
    for line in text.split("\n"):
        at = line.find(_HANG)
        if at < 0:
            out.append(line)
            continue
        hang = ord(line[at + 1]) - 0x200
        plain = re.sub(rf"{_HANG}(?s:.)", "", line)
        out += [plain.rstrip()] if hang < 0 or width <= 0 else _broken(plain, width, hang)
    return out


def _broken(line: str, width: int, hang: int) -> list[str]:
    """A line broken between words, with spaces before the further ones.

    >>> _broken("one two three", 8, 0)
    ['one two', 'three']
    """
    out: list[str] = []
    now = ""
    for word in re.findall(r"(?:\\.|\S)+\s*|\s+", line):
        fits = _width((now + word).rstrip()) <= width
        glued = not now.strip() or now.endswith("\\ ") or lines.LINE.match(word.strip())
        if fits or glued:
            now += word
        else:
            out.append(now.rstrip())
            now = " " * hang + word
    return [*out, now.rstrip()]


class _Grid:
    """A table with lines around its cells."""

    def __init__(
        self, rows: Sequence[Sequence[str]], header: int, cells: Sequence[Drawing]
    ) -> None:
        self._rows = rows
        self._header = header
        self._cells = cells

    @classmethod
    def of(cls, rows: Sequence[str]) -> _Grid | None:
        block = [_columns(row) for row in rows]
        width = len(block[0])
        if any(len(row) != width or row[-1] not in ("+", "|") for row in block):
            return None
        if not re.match(r"\+[-=+]*\+\Z", rows[-1]):
            return None
        header = 0
        for number, row in enumerate(rows):
            if re.match(r"\+=[=+]*\+\Z", row):
                if header or number in (0, len(rows) - 1):
                    return None
                header = number
                block[number] = list(row.replace("=", "-"))
        cells = _Corners(block).cells()
        return cls(block, header, cells) if cells else None

    def shown(self) -> Iterable[DrawnCell]:
        for cell in self._cells:
            column_at = len("".join(self._rows[cell.top + 1][: cell.left + 1])) + cell.inset
            yield DrawnCell(cell.text, cell.top + 1, column_at, cell.left)

    def again(self, changed: dict[int, list[tuple[int, int, int, str]]]) -> list[str]:
        xs = sorted({cell.left for cell in self._cells} | {cell.right for cell in self._cells})
        ys = sorted({cell.top for cell in self._cells} | {cell.bottom for cell in self._cells})
        texts = []
        for number, cell in enumerate(self._cells):
            room = max(cell.right - cell.left - 1 - cell.inset - 1, _NARROWEST)
            texts.append(_rewritten(cell.text, changed.get(number, ()), room))
        wide = [b - a - 1 for a, b in zip(xs, xs[1:], strict=False)]
        high = [1] * (len(ys) - 1)
        spans = [
            (xs.index(cell.left), xs.index(cell.right), ys.index(cell.top), ys.index(cell.bottom))
            for cell in self._cells
        ]
        several = sorted(range(len(spans)), key=lambda n: spans[n][1] - spans[n][0])
        for number in several:
            a, b, _, _ = spans[number]
            longest = max(map(_width, texts[number]))
            needed = self._cells[number].inset + longest + (1 if longest else 0)
            full = needed <= sum(wide[a:b]) + b - a - 1 or number not in changed
            wide[b - 1] += 0 if full else needed - (sum(wide[a:b]) + b - a - 1)
        for number in sorted(range(len(spans)), key=lambda n: spans[n][3] - spans[n][2]):
            _, _, c, d = spans[number]
            high[d - 1] += max(0, len(_filled(texts[number])) - (sum(high[c:d]) + d - c - 1))
        header = ys.index(self._header) if self._header else 0
        return _Canvas(wide, high, header).drawn(
            [
                (*span, cell.inset, _filled(text))
                for span, cell, text in zip(spans, self._cells, texts, strict=True)
            ]
        )


def _filled(rows: Sequence[str]) -> list[str]:
    """Lines without the blank ones at their end."""
    last = len(rows)
    while last > 1 and not rows[last - 1]:
        last -= 1
    return list(rows[:last])


class _Canvas:
    """A grid that is drawn with new widths and heights."""

    def __init__(self, wide: Sequence[int], high: Sequence[int], header: int) -> None:
        self._xs, self._ys = [0], [0]
        for size in wide:
            self._xs.append(self._xs[-1] + size + 1)
        for size in high:
            self._ys.append(self._ys[-1] + size + 1)
        self._header = self._ys[header] if header else 0
        self._rows = [[" "] * (self._xs[-1] + 1) for _ in range(self._ys[-1] + 1)]

    def drawn(self, cells: Sequence[tuple[int, int, int, int, int, list[str]]]) -> list[str]:
        for a, b, c, d, _, _ in cells:
            for y in (self._ys[c], self._ys[d]):
                sign = "=" if self._header and y == self._header else "-"
                self._rows[y][self._xs[a] : self._xs[b]] = [sign] * (self._xs[b] - self._xs[a])
            for x in (self._xs[a], self._xs[b]):
                for y in range(self._ys[c], self._ys[d]):
                    self._rows[y][x] = "|"
        for a, b, c, d, inset, text in cells:
            for x in (self._xs[a], self._xs[b]):
                for y in (self._ys[c], self._ys[d]):
                    self._rows[y][x] = "+"
            for number, line in enumerate(text):
                at = self._xs[a] + 1 + inset
                chars = _columns(line)
                self._rows[self._ys[c] + 1 + number][at : at + len(chars)] = chars
        return ["".join(row) for row in self._rows]


class _Corners:
    """Finds the cells of a grid from its corners."""

    def __init__(self, block: Sequence[Sequence[str]]) -> None:
        self._block = block
        self._bottom, self._right = len(block) - 1, len(block[0]) - 1
        self._steps = 0

    def cells(self) -> list[Drawing]:
        """All cells, row by row; empty if they do not cover the grid."""
        done = [-1] * len(self._block[0])
        waiting = [(0, 0)]
        found: list[Drawing] = []
        while waiting:
            top, left = waiting.pop(0)
            if top == self._bottom or left == self._right or top <= done[left]:
                continue
            corner = self._cell(top, left)
            if self._steps > _MOST_STEPS:
                return []
            if corner is None:
                continue
            bottom, right = corner
            done[left:right] = [bottom - 1] * (right - left)
            rows = [row[left + 1 : right] for row in self._block[top + 1 : bottom]]
            found.append(Drawing(top, left, bottom, right, *_cut(rows)))
            for one in ((top, right), (bottom, left)):
                waiting.insert(bisect_left(waiting, one), one)
        if any(at != self._bottom - 1 for at in done[: self._right]):
            return []
        return sorted(found)

    def _cell(self, top: int, left: int) -> tuple[int, int] | None:
        """The bottom and the right of the smallest cell with this corner."""
        block = self._block
        for right in range(left + 1, self._right + 1):
            self._steps += 1
            sign = block[top][right]
            if sign == "+":
                bottom = self._down(top, left, right)
                if bottom:
                    return bottom, right
            elif sign != "-":
                return None
        return None

    def _down(self, top: int, left: int, right: int) -> int:
        for bottom in range(top + 1, self._bottom + 1):
            self._steps += 1
            if self._steps > _MOST_STEPS:
                return 0
            sign = self._block[bottom][right]
            if sign == "+" and self._closed(top, left, bottom, right):
                return bottom
            if sign not in ("+", "|"):
                return 0
        return 0

    def _closed(self, top: int, left: int, bottom: int, right: int) -> bool:
        """Whether the lower and the left line of a cell are there."""
        self._steps += right - left + bottom - top
        if self._block[bottom][left] != "+" or self._steps > _MOST_STEPS:
            return False
        below = self._block[bottom][left:right]
        return set(below) <= {"+", "-"} and all(
            self._block[y][left] in ("+", "|") for y in range(top + 1, bottom)
        )


class _Segment(NamedTuple):
    """A row of a simple table, or a line of it that is no text."""

    rows: tuple[int, ...]
    """Numbers of its lines of text; none if it is a line."""
    columns: tuple[tuple[int, int], ...]
    """The first and the last column of each cell."""
    line: str = ""


class _Simple:
    """A table with lines above and below its columns."""

    def __init__(self, rows: Sequence[Sequence[str]], columns: Sequence[tuple[int, int]]) -> None:
        self._rows = rows
        self._columns = columns
        self._segments: list[_Segment] = []

    @classmethod
    def of(cls, rows: Sequence[str]) -> _Simple | None:
        columns = [match.span() for match in re.finditer("=+", rows[0])]
        table = cls([_columns(row) for row in rows], columns)
        return table if table._read(rows) else None

    def _read(self, rows: Sequence[str]) -> bool:
        first = self._columns[0][1]
        whole = tuple((n, n) for n in range(len(self._columns)))
        self._segments.append(_Segment((), whole, rows[0]))
        start, text = 1, False
        for at in range(1, len(rows)):
            row = rows[at]
            if _SPAN.match(row) and (
                row[0] == "=" or "".join(self._rows[at][:first]).strip("- ") == ""
            ):
                spans = self._spans(row)
                if spans is None:
                    return False
                if text:
                    self._segments.append(_Segment(tuple(range(start, at)), spans))
                self._segments.append(_Segment((), spans, row))
                start, text = at + 1, False
            elif "".join(self._rows[at][:first]).strip():
                if text:
                    self._segments.append(_Segment(tuple(range(start, at)), whole))
                start, text = at, True
            elif not text:
                self._segments.append(_Segment((), (), row))
                start = at + 1
                if row.strip():
                    return False
        return self._margins()

    def _spans(self, row: str) -> tuple[tuple[int, int], ...] | None:
        """The columns that each stretch of a line covers."""
        starts = [a for a, _ in self._columns]
        ends = [b for _, b in self._columns]
        out = []
        for match in re.finditer("[-=]+", row):
            a, b = match.span()
            if a not in starts or (b not in ends and b < ends[-1]):
                return None
            out.append((starts.index(a), ends.index(b) if b in ends else len(ends) - 1))
        covered = [n for a, b in out for n in range(a, b + 1)]
        return tuple(out) if covered == list(range(len(self._columns))) else None

    def _margins(self) -> bool:
        """Whether no text is between columns."""
        for segment in self._segments:
            for _, last in segment.columns[:-1] if segment.rows else ():
                a, b = self._columns[last][1], self._columns[last + 1][0]
                if any("".join(self._rows[at][a:b]).strip() for at in segment.rows):
                    return False
        return True

    def _cells(self) -> Iterable[tuple[_Segment, int, int, str, int]]:
        """Row, first and last column, text and inset of each cell, in order."""
        for segment in self._segments:
            for first, last in segment.columns if segment.rows else ():
                a = self._columns[first][0]
                b = self._columns[last][1] if last < len(self._columns) - 1 else None
                yield segment, first, last, *_cut([self._rows[at][a:b] for at in segment.rows])

    def shown(self) -> Iterable[DrawnCell]:
        for segment, first, _, text, inset in self._cells():
            at = segment.rows[0]
            before = len("".join(self._rows[at][: self._columns[first][0]]))
            yield DrawnCell(text, at, before + inset, first)

    def again(self, changed: dict[int, list[tuple[int, int, int, str]]]) -> list[str]:
        wide = [b - a for a, b in self._columns]
        gaps = [b[0] - a[1] for a, b in zip(self._columns, self._columns[1:], strict=False)]
        final = len(wide) - 1
        texts: dict[tuple[int, int], list[str]] = {}
        for number, (segment, first, last, text, inset) in enumerate(self._cells()):
            room = self._columns[last][1] - self._columns[first][0] - inset
            room = max(room, _NARROWEST) if first and last < final else 0
            rows = _rewritten(text, changed.get(number, ()), room)
            if not first and not rows[0] and number in changed:
                rows[0] = "\\"
            rows = [" " * inset + row if row else "" for row in rows]
            texts[segment.rows[0], first] = rows
            needed = max(map(_width, rows)) - sum(wide[first : last + 1]) - sum(gaps[first:last])
            if needed > 0 and last < final:
                wide[last] += needed
        starts = [0]
        for size, gap in zip(wide, gaps, strict=False):
            starts.append(starts[-1] + size + gap)
        out: list[str] = []
        for segment in self._segments:
            if segment.rows:
                cells = [(starts[a], texts[segment.rows[0], a]) for a, _ in segment.columns]
                out += _beside(cells)
            elif segment.columns:
                out.append(
                    _ruled(segment, [(starts[n], starts[n] + wide[n]) for n in range(len(wide))])
                )
            else:
                out.append(segment.line)
        return out


def _ruled(segment: _Segment, places: Sequence[tuple[int, int]]) -> str:
    """A line of a simple table over new columns."""
    line = ""
    for a, b in segment.columns:
        line = line.ljust(places[a][0]) + segment.line[0] * (places[b][1] - places[a][0])
    return line


def _beside(cells: Sequence[tuple[int, Sequence[str]]]) -> list[str]:
    """The lines of cells, each from a column on."""
    out = []
    for at in range(max(len(_filled(rows)) for _, rows in cells)):
        line: list[str] = []
        for start, rows in cells:
            text = rows[at] if at < len(rows) else ""
            if text:
                line += [" "] * (start - len(line)) + _columns(text)
        out.append("".join(line))
    return out


def end_of_simple(rows: Sequence[str], at: int) -> int:
    """The number of the line after a simple table that begins at a line; 0 if it has no end.

    >>> end_of_simple(["== ==", "a  b", "== ==", ""], 0)
    3
    """
    found = 0
    for number in range(at + 1, len(rows)):
        if _BORDER.match(rows[number]):
            if len(rows[number]) != len(rows[at]):
                return 0
            found += 1
            if found == 2 or number + 1 == len(rows) or not rows[number + 1]:
                return number + 1
    return 0


class _Placed(Protocol):
    """A line of CSV, as the reader has it."""

    @property
    def start(self) -> int: ...
    @property
    def text(self) -> str: ...


_VALUE = re.compile(r'[ \t]*(?:"((?:[^"]|"")*+)"|([^,]*+))[ \t]*(,|\Z)')


def read_csv(rows: Sequence[_Placed], take: Callable[[int, int, bool, bool], None]) -> None:
    """The values of lines of CSV: takes start and end of each, whether it is quoted and begins a row."""
    for row in rows:
        at, first = 0, True
        while at <= len(row.text) and row.text:
            value = _VALUE.match(row.text, at)
            if value is None:
                break
            group = 1 if value[1] is not None else 2
            start, end = value.span(group)
            end = start + len(row.text[start:end].rstrip())
            take(row.start + start, row.start + end, group == 1, first)
            if not value[3]:
                break
            at, first = value.end(), False
