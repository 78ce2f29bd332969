"""The reader of AsciiDoc: its lines are structure or prose, and prose is cut into sentences.

`asciidoc` loads it when there is a text to read.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import NamedTuple

from dragoman.formats import adoc_inline as inline
from dragoman.formats import adoc_lines as lines
from dragoman.formats.directives import Directives
from dragoman.formats.per_locale import filled
from dragoman.formats.read_options import ReadOptions
from dragoman.formats.runs import Marked, breaks
from dragoman.formats.units import clean, translatable
from dragoman.model import Block, Document, Kind, PerLocale, Speller, Unit, Verbatim

_LINE = re.compile(r"[^\n]*\n|[^\n]+")
_FRONT = re.compile(r"---[ \t]*\r?\n(?:.*\n)*?---[ \t]*(?:\r?\n|\Z)")
_CAPTIONS = re.compile(
    r"(?:[a-z-]+-caption|[a-z-]+-label|[a-z-]+-title|[a-z]+-signifier|untitled-label|title|description)\Z"
)
"""Names of attributes whose values are displayed."""
_SPEC = re.compile(r"(?:(\d*)(?:\.\d+)?[*+])?[<^>]?(?:\.[<^>])?([a-z])?\Z")
_NAMED = ("title", "caption", "alt", "reftext", "attribution", "citetitle")
"""Attributes of blocks that are displayed, but for those that the settings name."""
_QUOTES = frozenset(("quote", "verse"))
_DEEPEST = 12
"""How deep tables are looked into, at most."""


class _Lined(NamedTuple):
    """A line: its offsets, and its text without the line end."""

    start: int
    end: int
    after: int
    text: str


class _Cell(NamedTuple):
    """The cells of a table: offsets and style of each, and whether it begins a row."""

    start: int
    end: int
    style: str
    first: bool


def read(content: str, options: ReadOptions) -> Document:
    """Cut an AsciiDoc text into blocks and units."""
    reader = _AdocReader(content, options)
    blocks = tuple(reader.blocks())
    return Document(blocks, inline.inline, reader.metadata)


class _AdocReader:
    """Turns the lines of a text into blocks, in one pass."""

    def __init__(self, content: str, options: ReadOptions) -> None:
        self._content = content
        self._options = options
        self._directives = Directives(options.file)
        self._found: list[Block] = []
        self._done = 0
        self._line, self._line_at, self._line_start = 1, 0, 0
        self._in_cell = 0
        self._after_term = self._hard = False
        self._marks: list[str] = []
        """The delimiters of the blocks that are open."""
        self.metadata: dict[str, str] = {}

    def blocks(self) -> list[Block]:
        content = self._content
        start = 1 if content.startswith("\ufeff") else 0
        front = _FRONT.match(content, start)
        self._walk(front.end() if front else start, len(content))
        if self._done < len(content):
            self._found.append(Block(Kind.SKELETON, (content[self._done :],)))
        return self._found

    def _lines(self, start: int, end: int) -> list[_Lined]:
        found = []
        for match in _LINE.finditer(self._content, start, end):
            text = match[0].rstrip("\r\n")
            found.append(_Lined(match.start(), match.start() + len(text), match.end(), text))
        return found

    def _walk(self, start: int, end: int) -> None:
        """Read the blocks of a stretch: the whole text, or a cell of a table."""
        rows = self._lines(start, end)
        stack: list[tuple[str, bool]] = []
        pending = lines.Attributes((), {})
        self._in_list = self._attached = False
        at, header = 0, not self._in_cell
        while at < len(rows):
            row = rows[at]
            text = row.text
            if lines.BLANK.match(text):
                at += 1
                continue
            if lines.CONTINUATION.match(text):
                self._attached = True
                at += 1
                continue
            if lines.COMMENT.match(text):
                self._comment(row)
                at += 1
                continue
            if lines.PREPROCESSOR.match(text) or lines.ANCHOR.match(text):
                at += 1
                continue
            if lines.ATTRIBUTE.match(text):
                at = self._attribute(rows, at)
                continue
            if style := lines.STYLE.match(text):
                pending = self._styled(lines.attributes(style[1], row.start + 1), pending)
                at += 1
                continue
            if mark := lines.delimiter(text):
                at = self._delimited(rows, at, mark, stack, pending)
                pending = lines.Attributes((), {})
                header = self._attached = False
                continue
            if lines.BLOCK_TITLE.match(text):
                self._prose(row.start + 1, row.end, Kind.PARAGRAPH, inline.after_marker)
                at += 1
                continue
            outside = not stack or pending.style in ("discrete", "float")
            title = self._title(rows, at, outside)
            if title:
                of_document = self._found and self._found[-1].level == 1
                at = self._header(rows, title) if header and of_document else title
                header, self._in_list = False, False
            elif lines.BREAK.match(text):
                at += 1
            elif macro := lines.MACRO.match(text):
                self._macro(macro, row)
                at += 1
            else:
                at = self._text(rows, at, pending)
                header = False
            pending = lines.Attributes((), {})
            self._attached = False

    def _comment(self, row: _Lined) -> None:
        comment = lines.COMMENT.match(row.text)
        if comment and "dragoman:" in row.text:
            self._directives.take(comment[1].strip(), self._content.count("\n", 0, row.start) + 1)

    def _attribute(self, rows: Sequence[_Lined], at: int) -> int:
        """An attribute of the document; its value goes on after a backslash."""
        row = rows[at]
        match = lines.ATTRIBUTE.match(row.text)
        after = at + 1
        while rows[after - 1].text.rstrip().endswith("\\") and after < len(rows):
            after += 1
        if match and match[1].strip("!") in ("hardbreaks", "hardbreaks-option"):
            self._hard = "!" not in match[1]
        if match is None or not match[2] or after > at + 1 or self._in_cell:
            return after
        start, end = row.start + match.start(2), row.start + match.end(2)
        if match[1] == "lang":
            raw = self._content[start:end]
            before = self._content[self._done : start]
            lang = PerLocale(raw, partial(filled, "{lang}"))
            self._found.append(Block(Kind.SKELETON, (before, lang)))
            self._done = end
        elif _CAPTIONS.match(match[1]) or match[1] in self._options.front_matter:
            self._whole(start, end, Kind.METADATA, inline.following, match[1])
            if match[1] in ("title", "description"):
                self.metadata[match[1]] = match[2]
        return after

    def _styled(self, found: lines.Attributes, before: lines.Attributes) -> lines.Attributes:
        """The attributes of the next block, joined with those of the line above."""
        shown: list[tuple[str, int, int]] = []
        if found.style in _QUOTES:
            shown += found.positional[1:3]
        shown += [found.named[name] for name in _NAMED if name in found.named]
        self._values(shown)
        positional = found.positional if found.style or found.positional[:1] else before.positional
        if not found.style and before.style:
            positional = before.positional
        return lines.Attributes(positional, {**before.named, **found.named})

    def _values(self, shown: Sequence[tuple[str, int, int]]) -> None:
        for value, start, end in sorted(shown, key=lambda one: one[1]):
            quoted = self._content[end : end + 1] in ('"', "'")
            if value and start >= self._done:
                spell = partial(inline.in_attribute, quoted=quoted)
                self._whole(start, end, Kind.PARAGRAPH, spell)

    def _delimited(
        self,
        rows: Sequence[_Lined],
        at: int,
        mark: str,
        stack: list[tuple[str, bool]],
        pending: lines.Attributes,
    ) -> int:
        """A line that begins or ends a block; returns the number of the line after what is read."""
        open_ = [one for one, _ in stack]
        if mark in open_:
            self._in_list = stack[open_.index(mark)][1]
            del stack[open_.index(mark) :]
            self._marks = [one for one, _ in stack]
            return at + 1
        closing = "```" if mark.startswith("```") else mark
        opaque = mark != "--" and mark[0] in lines.VERBATIM
        table = mark.endswith("===") and mark[0] in "|,:!"
        verse = mark[0] == "_" and pending.style == "verse"
        if not (opaque or table or verse or pending.style in lines.OPAQUE_STYLES):
            stack.append((mark, self._in_list))
            self._marks = [one for one, _ in stack]
            self._in_list = self._after_term = False
            return at + 1
        last = at + 1
        while last < len(rows) and rows[last].text.rstrip() != closing:
            last += 1
        start = rows[at].after
        end = rows[last].start if last < len(rows) else rows[-1].after
        form = pending.named.get("format", ("psv", 0, 0))[0]
        if mark[0] == "/" or start >= end:
            pass
        elif verse:
            self._verse(rows[at + 1 : last])
        elif table and mark[0] in "|!" and form == "psv":
            self._table(start, end, mark[0], pending)
        else:
            self._code(start, end)
        self._after_term = False
        return last + 1

    def _title(self, rows: Sequence[_Lined], at: int, outside: bool) -> int:
        """A title of a section; returns the number of the line after it, or 0."""
        row = rows[at]
        title = lines.TITLE.match(row.text) if outside else None
        if title:
            start, end = row.start + title.start(2), row.start + title.end(2)
            self._prose(start, end, Kind.HEADING, inline.after_marker, len(title[1]))
            return at + 1
        if not outside or at + 1 >= len(rows) or self._in_cell:
            return 0
        sign = lines.underline(row.text, rows[at + 1].text)
        if not sign or _is_item(row.text):
            return 0
        below = rows[at + 1]
        newline = self._content[row.end : row.after]
        spell = partial(inline.underlined, sign=sign, newline=newline)
        width = len(below.text.rstrip())
        self._whole(
            row.start, below.start + width, Kind.HEADING, spell, "", lines.LEVELS[sign], row.end
        )
        return at + 2

    def _header(self, rows: Sequence[_Lined], at: int) -> int:
        """The lines of author and revision below the title of a document, which are not prose."""
        for _ in range(2):
            if at < len(rows) and re.match(r"[\w{]", rows[at].text):
                at += 1
            while at < len(rows) and lines.COMMENT.match(rows[at].text):
                at += 1
        return at

    def _macro(self, macro: re.Match[str], row: _Lined) -> None:
        found = lines.attributes(macro[3], row.start + macro.start(3))
        shown = [found.named[name] for name in _NAMED if name in found.named]
        if macro[1] == "image" and found.positional:
            shown.append(found.positional[0])
        self._values(shown)

    def _text(self, rows: Sequence[_Lined], at: int, pending: lines.Attributes) -> int:
        """A paragraph or the item of a list; returns the number of the line after it."""
        row = rows[at]
        if pending.style in lines.OPAQUE_STYLES:
            last = _paragraph_end(rows, at, in_list=False)
            self._code(row.start, rows[last - 1].after)
            return last
        after_term, self._after_term = self._after_term, False
        term = lines.TERM.match(row.text)
        item = next(
            (
                m
                for p in (lines.CALLOUT, lines.UNORDERED, lines.ORDERED)
                if (m := p.match(row.text))
            ),
            None,
        )
        if item:
            return self._item(rows, at, item)
        if term:
            return self._term(rows, at, term)
        if row.text[:1] in " \t" and not after_term and not self._in_cell:
            last = at + 1
            while last < len(rows) and not lines.BLANK.match(rows[last].text):
                if rows[last].text.rstrip() in self._marks:
                    break
                if self._in_list and lines.CONTINUATION.match(rows[last].text):
                    break
                last += 1
            self._code(row.start, rows[last - 1].after)
            return last
        self._in_list = self._in_list and (self._attached or after_term)
        last = _paragraph_end(rows, at, self._in_list or after_term)
        if pending.style == "verse":
            self._verse(rows[at:last])
            return last
        start = row.start + len(row.text) - len(row.text.lstrip())
        admonition = lines.ADMONITION.match(row.text)
        if admonition:
            start = row.start + admonition.end()
        kind = Kind.QUOTE if pending.style == "quote" else Kind.PARAGRAPH
        kind = Kind.CELL if self._in_cell else kind
        spell = inline.after_marker if admonition else inline.opening
        hard = self._hard or pending.option("hardbreaks")
        self._prose(start, rows[last - 1].end, kind, spell, rows=rows[at:last], hard=hard)
        return last

    def _item(self, rows: Sequence[_Lined], at: int, item: re.Match[str]) -> int:
        self._in_list = True
        last = _paragraph_end(rows, at, in_list=True)
        label = item[1] if item[1][:1].isdigit() else ""
        level = len(item[1]) if item[1][0] in "*." else 1
        self._prose(
            rows[at].start + item.end(), rows[last - 1].end, Kind.ITEM, inline.after_marker, level,
            label, rows=rows[at:last],
        )  # fmt: skip
        return last

    def _term(self, rows: Sequence[_Lined], at: int, term: re.Match[str]) -> int:
        row = rows[at]
        self._in_list = True
        spell = inline.opening
        self._prose(row.start + term.start(1), row.start + term.end(1), Kind.PARAGRAPH, spell)
        if not row.text[term.end() :].strip():
            self._after_term = True
            return at + 1
        start = row.start + term.end()
        last = _paragraph_end(rows, at, in_list=True)
        self._prose(
            start, rows[last - 1].end, Kind.ITEM, inline.after_marker, 1, rows=rows[at:last]
        )
        return last

    def _verse(self, rows: Sequence[_Lined]) -> None:
        shown = [row for row in rows if row.text.strip()]
        if shown:
            start = shown[0].start + len(shown[0].text) - len(shown[0].text.lstrip())
            self._prose(start, shown[-1].end, Kind.QUOTE, inline.opening, rows=rows, hard=True)

    def _code(self, start: int, end: int) -> None:
        """A stretch that is displayed as it is."""
        if start > self._done:
            self._found.append(Block(Kind.SKELETON, (self._content[self._done : start],)))
        raw = self._content[start:end]
        self._directives.close()
        self._found.append(Block(Kind.CODE, (raw,), literal=raw))
        self._done = end

    def _table(self, start: int, end: int, sign: str, pending: lines.Attributes) -> None:
        """The cells of a table; a cell of AsciiDoc is read like a text."""
        separator = pending.named.get("separator", (sign, 0, 0))[0] or sign
        columns = _columns(pending.named.get("cols", ("", 0, 0))[0])
        headed = pending.option("header")
        for cell in _cells(self._content[start:end], start, separator, columns, headed):
            if cell.style == "a" and self._in_cell < _DEEPEST:
                self._in_cell += 1
                listed = self._in_list
                self._walk(cell.start, cell.end)
                self._in_list = listed
                self._in_cell -= 1
            elif cell.style in ("l", "m"):
                continue
            else:
                first = cell.first
                for rows in _paragraphs(self._lines(cell.start, cell.end)):
                    a = rows[0].start + len(rows[0].text) - len(rows[0].text.lstrip())
                    b = rows[-1].start + len(rows[-1].text.rstrip())
                    self._prose(
                        a, b, Kind.CELL, inline.in_cell, first=first, cell=True, rows=rows
                    )  # fmt: skip
                    first = False

    def _whole(
        self,
        start: int,
        end: int,
        kind: Kind,
        spell: Speller,
        label: str = "",
        level: int = 0,
        shown_end: int = 0,
    ) -> None:
        """Offer a stretch as one unit."""
        skipped, notes, context = (
            self._directives.close() if kind is Kind.HEADING else (False, (), None)
        )
        said = self._content[start : shown_end or end]
        if skipped or self._directives.off or not translatable(inline.shown(said)):
            return
        before = self._content[self._done : start]
        unit = self._unit(start, end, notes, context, spell)._replace(
            source=clean(" ".join(said.split()))
        )
        self._found.append(Block(kind, (before, unit), level, label))
        self._done = end

    def _prose(
        self,
        start: int,
        end: int,
        kind: Kind,
        spell: Speller,
        level: int = 0,
        label: str = "",
        *,
        rows: Sequence[_Lined] = (),
        hard: bool = False,
        first: bool = False,
        cell: bool = False,
    ) -> None:
        """Offer the sentences of a stretch; lines that are no prose end one."""
        skipped, notes, context = self._directives.close()
        text = self._content[start:end]
        if skipped or not text.strip():
            return
        run = inline.run_of(text, start)
        for row in rows:
            if row.start > start and _is_no_prose(row.text):
                run.breaks.append((row.start, min(row.after, end)))
                self._comment(row)
            elif hard and row.after < end:
                run.breaks.append((row.end, row.after))
        run.breaks.sort()
        parts: list[str | Unit] = []
        for a, b in Marked(run, text, b"").sentences(self._options.split):
            at, stop = start + a, start + b
            new_line = bool(parts) and breaks(run, a, text, b"")
            parts.append(self._content[self._done : at])
            if translatable(inline.shown(text[a:b])):
                place = _place(text, a, spell, inline.in_cell if cell else None)
                if self._in_cell and not cell:
                    place = partial(_barred, spell=place)
                unit = self._unit(at, stop, notes, context, place)
                parts.append(unit._replace(new_line=new_line))
            else:
                parts.append(Verbatim(text[a:b], " ".join(text[a:b].split()), new_line))
            self._done = stop
        if parts:
            self._found.append(Block(kind, tuple(parts), level, label, first=first))

    def _unit(
        self, start: int, end: int, notes: tuple[str, ...], context: str | None, spell: Speller
    ) -> Unit:
        content = self._content
        raw = content[start:end]
        self._line += content.count("\n", self._line_at, start)
        self._line_start = max(self._line_start, content.rfind("\n", self._line_at, start) + 1)
        self._line_at = start
        column = start - self._line_start + 1
        if not self._line_start and content.startswith("\ufeff"):
            column -= 1
        return Unit(
            clean(" ".join(raw.split())), raw, context, notes, spell, False, self._line, column
        )


def _place(
    text: str, at: int, first: Speller, always: Callable[[str], str] | None
) -> Callable[[str], str]:
    """How a target is written at a place of a stretch: its beginning, that of a line, or inside one."""
    if always is not None:
        return always
    if not text[:at].strip():
        return first
    line = text[text.rfind("\n", 0, at) + 1 : at]
    return inline.following if line.strip() else inline.opening


def _barred(target: str, spell: Speller) -> str:
    """A target in a cell that is read like a text."""
    return re.sub(r"(?<!\\)\|", r"\\|", spell(target))


def _is_no_prose(text: str) -> bool:
    return bool(lines.COMMENT.match(text) or lines.PREPROCESSOR.match(text))


def _is_item(text: str) -> bool:
    patterns = (lines.UNORDERED, lines.ORDERED, lines.CALLOUT, lines.TERM)
    return any(pattern.match(text) for pattern in patterns)


def _paragraph_end(rows: Sequence[_Lined], at: int, in_list: bool) -> int:
    """The number of the line after a paragraph that begins at a line."""
    last = at + 1
    while last < len(rows):
        text = rows[last].text
        if lines.BLANK.match(text) or lines.delimiter(text) or lines.STYLE.match(text):
            break
        if in_list and (_is_item(text) or lines.CONTINUATION.match(text)):
            break
        if in_list and (lines.ATTRIBUTE.match(text) or lines.BLOCK_TITLE.match(text)):
            break
        last += 1
    while last > at + 1 and _is_no_prose(rows[last - 1].text):
        last -= 1
    return last


def _paragraphs(rows: Sequence[_Lined]) -> Iterator[list[_Lined]]:
    """The lines of each paragraph."""
    found: list[_Lined] = []
    for row in rows:
        if row.text.strip():
            found.append(row)
        elif found:
            yield found
            found = []
    if found:
        yield found


def _columns(spec: str) -> list[str]:
    """The styles of the columns of a table.

    >>> _columns("1,2a,2*m")
    ['', 'a', 'm', 'm']
    """
    styles: list[str] = []
    for field in re.split(r"[,;]", spec) if spec.strip() else ():
        match = re.fullmatch(r"\s*(?:(\d+)\*)?.*?([a-z])?\s*", field)
        if match:
            styles += [match[2] or ""] * min(int(match[1] or 1), 100)
    return styles


def _cells(
    text: str, at: int, separator: str, columns: Sequence[str], headed: bool
) -> Iterator[_Cell]:
    """The cells of a table, in order; those of a header have no style."""
    found: list[tuple[int, int, int, str]] = []
    done = 0
    for sign in re.finditer(rf"(?<!\\){re.escape(separator)}", text):
        begin = max(done, sign.start() - 16, text.rfind("\n", done, sign.start()) + 1)
        word = re.search(r"[^\s|]*\Z", text[begin : sign.start()])
        spec = _SPEC.match(word[0]) if word else None
        start = sign.start() - len(word[0]) if spec and word else sign.start()
        style = (spec[2] or "") if spec else ""
        times = int(spec[1] or 1) if spec else 1
        if found:
            found[-1] = (found[-1][0], start, *found[-1][2:])
        found.append((sign.end(), len(text), times, style))
        done = sign.end()
    line_end = text.find("\n", len(text) - len(text.lstrip()))
    width = len(columns) or sum(line_end < 0 or one[0] <= line_end for one in found) or 1
    top = text.split("\n", 2)
    headed = headed or (len(top) == 3 and bool(top[0].strip()) and not top[1].strip())
    column = 0
    for start, end, times, style in found:
        header = headed and column < width
        usual = columns[column % len(columns)] if columns and not header else ""
        yield _Cell(at + start, at + end, style or usual, column % width == 0)
        column += times
