"""The reader of reStructuredText: its lines are structure or prose, and prose is cut into sentences.

`rst` loads it when there is a text to read.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import partial
from typing import NamedTuple

from dragoman.formats import rst_inline as inline
from dragoman.formats import rst_lines as lines
from dragoman.formats import rst_spelling as spelling
from dragoman.formats import rst_tables as tables
from dragoman.formats.directives import Directives
from dragoman.formats.read_options import ReadOptions
from dragoman.formats.runs import Marked, breaks
from dragoman.formats.units import check_lines, clean, translatable
from dragoman.model import MATH, Block, Document, Kind, Unit, Verbatim

_LINE = re.compile(r"[^\n]*\n|[^\n]+")
_CODE = frozenset(
    (
        "code", "code-block", "sourcecode", "parsed-literal", "doctest", "testcode", "testoutput",
        "productionlist", "prompt", "console", "ipython",
    )
)  # fmt: skip
_NOT_SHOWN = frozenset(("label", "name", "text"))
"""Options of directives that are names here, whatever they are elsewhere."""
_DEEPEST = 40
"""How deep blocks are looked into, at most."""
Written = Callable[..., str]
"""Writes a target: takes it, its source, and the names of the text."""


class TextRow(NamedTuple):
    """A line, or the rest of one: its offsets, its text without outer white space, and its column."""

    start: int
    end: int
    after: int
    text: str
    indent: int

    def from_(self, width: int, indent: int) -> TextRow:
        """The rest of the line behind a marker, as if in another column."""
        text = self.text[width:]
        return TextRow(self.end - len(text), self.end, self.after, text, indent)


class Lead(NamedTuple):
    """What the first paragraph of an element is."""

    kind: Kind
    level: int = 0
    label: str = ""


def read(content: str, options: ReadOptions) -> Document:
    """Cut a text in reStructuredText into blocks and units."""
    check_lines(content, options.file)
    reader = RstReader(content, options, spelling.names_of(content))
    return Document(tuple(reader.blocks()), inline.inline, reader.metadata)


class RstReader:
    """Turns the lines of a text, or of a cell, into blocks, in one pass."""

    def __init__(
        self,
        content: str,
        options: ReadOptions,
        names: spelling.TextNames,
        directives: Directives | None = None,
        depth: int = 0,
    ) -> None:
        self._content = content
        self._options = options
        self._names = names
        self._directives = directives or Directives(options.file)
        self._found: list[Block] = []
        self._done = 0
        self._line, self._line_at, self._line_start = 1, 0, 0
        self._depth = depth
        self._quoted = self._level = 0
        self._lead: Lead | None = None
        self._styles: list[str] = []
        """The lines of titles that were met, by level."""
        self.metadata: dict[str, str] = {}

    def blocks(self) -> list[Block]:
        content = self._content
        start = 1 if content.startswith("\ufeff") else 0
        self._body(_rows(content, start), 0)
        if self._done < len(content):
            self._found.append(Block(Kind.SKELETON, (content[self._done :],)))
        return self._found

    # --- bodies ---------------------------------------------------------------------------------

    def _body(
        self, rows: Sequence[TextRow], left: int, lead: Lead | None = None, glossary: bool = False
    ) -> None:
        """Read the elements of a stretch of lines whose text begins in a column."""
        if self._depth > _DEEPEST:
            return
        self._depth += 1
        at = 0
        self._lead = lead
        while at < len(rows):
            row = rows[at]
            if not row.text:
                at += 1
                continue
            if row.indent > left:
                last = _indented(rows, at, left)
                self._lead = None
                self._quote(rows[at:last])
                at = last
                continue
            at = self._element(rows, at, left, glossary)
            self._lead = None
        self._lead = None
        self._depth -= 1

    def _quote(self, rows: Sequence[TextRow]) -> None:
        self._quoted += 1
        self._body(rows, _left(rows))
        self._quoted -= 1

    def _element(self, rows: Sequence[TextRow], at: int, left: int, glossary: bool) -> int:
        """The element that begins at a line; returns the number of the line after it."""
        row = rows[at]
        text = row.text
        if not text[0].isalnum():
            if bullet := lines.BULLET.match(text):
                return self._item(rows, at, left, bullet.end(), Lead(Kind.ITEM, self._level + 1))
            if field := lines.FIELD.match(text):
                return self._field(rows, at, left, field)
            if option := lines.OPTION.match(text):
                last = self._option(rows, at, left, option.end())
                if last:
                    return last
            if lines.DOCTEST.match(text):
                last = _paragraph_end(rows, at, -1)
                self._code(row.start, rows[last - 1].after)
                return last
            if lines.LINE_BLOCK.match(text):
                return self._verse(rows, at, left)
            if lines.GRID.match(text) or lines.SIMPLE.match(text):
                return self._table(rows, at)
            if explicit := lines.EXPLICIT.match(text):
                return self._explicit(rows, at, left, explicit.end())
            if lines.ANONYMOUS.match(text):
                return _indented(rows, at + 1, left)
            if lines.LINE.match(text):
                last = self._overlined(rows, at)
                if last:
                    return last
        enumerator = lines.ENUMERATOR.match(text)
        if enumerator and _is_enumerated(enumerator, rows, at, left):
            label = enumerator[0].strip() if enumerator[2].isdigit() else ""
            lead = Lead(Kind.ITEM, self._level + 1, label)
            return self._item(rows, at, left, enumerator.end(), lead)
        return self._text(rows, at, left, glossary)

    def _item(self, rows: Sequence[TextRow], at: int, left: int, width: int, lead: Lead) -> int:
        """An item of a list: what is indented as far as the text behind its mark."""
        row = rows[at]
        column = row.indent + width
        if width >= len(row.text):
            last = _indented(rows, at + 1, left)
            self._nested(rows[at + 1 : last], lead)
            return last
        last = _indented(rows, at + 1, column - 1)
        self._nested([row.from_(width, column), *rows[at + 1 : last]], lead, column)
        return last

    def _nested(self, rows: Sequence[TextRow], lead: Lead | None, left: int = -1) -> None:
        self._level += 1
        self._body(rows, _left(rows) if left < 0 else left, lead)
        self._level -= 1

    def _behind(
        self, rows: Sequence[TextRow], at: int, left: int, width: int
    ) -> tuple[list[TextRow], int]:
        """The rest of a line and what is indented below it, whatever its column."""
        last = _indented(rows, at + 1, left)
        below = rows[at + 1 : last]
        row = rows[at]
        column = _left(below) if any(one.text for one in below) else row.indent + width
        if width >= len(row.text):
            return list(below), last
        return [row.from_(width, column), *below], last

    def _field(self, rows: Sequence[TextRow], at: int, left: int, field: re.Match[str]) -> int:
        row = rows[at]
        body, last = self._behind(rows, at, left, field.end())
        name = field[1]
        if not lines.named_by_programs(name):
            start = row.start + field.start(1)
            self._whole(start, start + len(name), Kind.TERM, _in_field)
        if not lines.is_data(name):
            self._nested(body, Lead(Kind.DEFINITION))
        return last

    def _option(self, rows: Sequence[TextRow], at: int, left: int, width: int) -> int:
        body, last = self._behind(rows, at, left, width)
        alone = width >= len(rows[at].text)
        if not any(one.text for one in body) or (alone and not rows[at + 1].text):
            return 0
        self._nested(body, Lead(Kind.DEFINITION))
        return last

    def _verse(self, rows: Sequence[TextRow], at: int, left: int) -> int:
        """The lines of verse from a line on, each a unit."""
        last = at
        start = end = rows[at].start
        while last < len(rows) and rows[last].text:
            row = rows[last]
            mark = lines.LINE_BLOCK.match(row.text) if row.indent == left else None
            if mark is None and row.indent <= left:
                break
            if mark:
                self._prose(start, end, Lead(Kind.QUOTE), spelling.inside)
                start = row.start + mark.end()
            end = max(row.end, start)
            last += 1
        self._prose(start, end, Lead(Kind.QUOTE), spelling.inside)
        return max(last, at + 1)

    # --- text -----------------------------------------------------------------------------------

    def _text(self, rows: Sequence[TextRow], at: int, left: int, glossary: bool) -> int:
        row = rows[at]
        below = rows[at + 1] if at + 1 < len(rows) else None
        if below is not None and below.text:
            if below.indent > left:
                return self._term(rows, at, left)
            if below.indent == left and lines.LINE.match(below.text):
                long = len(below.text) >= lines.columns(row.text) or len(below.text) > 3
                if long:
                    self._title(row.start, row, None, below)
                    return at + 2
            if glossary:
                self._prose(row.start, row.end, Lead(Kind.TERM), spelling.term)
                return at + 1
        last = _paragraph_end(rows, at, left)
        end = rows[last - 1].end
        start = row.start
        said_by = lines.ATTRIBUTION.match(row.text) if self._quoted else None
        if said_by:
            self._prose(start + said_by.end(), end, self._taken(), spelling.inside)
            return last
        if not self._content[start:end].endswith("::"):
            indented = last < len(rows) and bool(rows[last].text) and rows[last].indent > left
            indent = " " * left if indented and "\n" in self._content[start:end] else None
            self._prose(start, end, self._taken(), spelling.opening, indent=indent)
            return last
        self._announcing(start, end)
        return self._literal(rows, last, left)

    def _announcing(self, start: int, end: int) -> None:
        """A paragraph that announces a literal block."""
        text = self._content[start : end - 2]
        if not text.strip():
            return
        if text[-1:].isspace():
            self._prose(start, start + len(text.rstrip()), self._taken(), spelling.opening)
        else:
            self._prose(start, end - 1, self._taken(), spelling.opening, announces=True)

    def _literal(self, rows: Sequence[TextRow], at: int, left: int) -> int:
        """The literal block below a paragraph: indented, or each line after the same mark."""
        while at < len(rows) and not rows[at].text:
            at += 1
        if at == len(rows):
            return at
        if rows[at].indent > left:
            last = _indented(rows, at, left)
            while not rows[last - 1].text:
                last -= 1
        else:
            mark, last = rows[at].text[0], at
            while last < len(rows) and rows[last].text.startswith(mark) and not mark.isalnum():
                last += 1
        if last > at:
            self._code(rows[at].start, rows[last - 1].after)
        return last

    def _term(self, rows: Sequence[TextRow], at: int, left: int) -> int:
        row = rows[at]
        start = row.start
        for classifier in re.finditer(r" +: +", row.text):
            if not _in_markup(row.text, classifier.start()):
                self._prose(start, row.start + classifier.start(), Lead(Kind.TERM), spelling.term)
                start = row.start + classifier.end()
        self._prose(start, row.end, Lead(Kind.TERM), spelling.term)
        last = _indented(rows, at + 1, left)
        self._nested(rows[at + 1 : last], Lead(Kind.DEFINITION))
        return last

    def _overlined(self, rows: Sequence[TextRow], at: int) -> int:
        """A title between two lines, or a transition; 0 if the line is text."""
        row = rows[at]
        following = [one for one in rows[at + 1 : at + 3] if one.text]
        if not following or not rows[at + 1].text:
            return at + 1 if len(row.text) > 3 else 0
        if (
            len(following) == 2
            and following[1].text == row.text
            and not lines.LINE.match(rows[at + 1].text)
        ):
            self._title(row.start, following[0], row, following[1])
            return at + 3
        return 0

    def _title(self, start: int, row: TextRow, above: TextRow | None, below: TextRow) -> None:
        style = (above.text[0] if above else "") + below.text[0]
        if style not in self._styles:
            self._styles.append(style)
        line_start = self._content.rfind("\n", 0, start) + 1
        shape = (
            above.text[0] if above else "", below.text[0],
            self._content[row.end : row.after].lstrip(" \t") or "\n",
            self._content[line_start:start] if not self._content[line_start:start].strip() else " " * row.indent,
        )  # fmt: skip
        raw = self._content[start : below.end]
        self._whole(
            start, below.end, Kind.HEADING, partial(spelling.titled, title=raw, shape=shape),
            level=min(self._styles.index(style) + 1, 6), shown=(row.start, row.end),
        )  # fmt: skip

    # --- explicit markup ------------------------------------------------------------------------

    def _explicit(self, rows: Sequence[TextRow], at: int, left: int, width: int) -> int:
        """What begins with two dots: a directive, a footnote, a target or a comment."""
        row = rows[at]
        rest = row.text[width:]
        below = rows[at + 1] if at + 1 < len(rows) else None
        if not rest and (below is None or not below.text):
            return at + 1
        if lines.TARGET.match(rest) or lines.ANONYMOUS.match(rest):
            return _indented(rows, at + 1, left)
        if note := lines.FOOTNOTE.match(rest):
            body, last = self._behind(rows, at, left, width + note.end())
            self._nested(body, Lead(Kind.FOOTNOTE, label=note[1]))
            return last
        substitution = lines.SUBSTITUTION.match(rest)
        before = width + (substitution.end() if substitution else 0)
        if directive := lines.DIRECTIVE.match(row.text, before):
            if directive[1] != "dragoman":
                return self._directive(rows, at, left, directive)
        body, last = self._behind(rows, at, left, width)
        if "dragoman:" in rest:
            comment = " ".join(one.text for one in body)
            self._directives.take(comment, self._content.count("\n", 0, row.start) + 1)
        return last

    def _directive(
        self, rows: Sequence[TextRow], at: int, left: int, directive: re.Match[str]
    ) -> int:
        name = directive[1].lower()
        body, last = self._behind(rows, at, left, directive.end())
        given = directive.end() < len(rows[at].text)
        head = 0
        takes = name not in lines.WITHOUT_ARGUMENT and lines.has_prose(name)
        if given or takes or any(lines.FIELD.match(one.text) for one in body[:1]):
            while head < len(body) and body[head].text:
                head += 1
        first = next((n for n, one in enumerate(body[:head]) if lines.FIELD.match(one.text)), head)
        argument, options, content = body[:first], body[first:head], body[head:]
        if name in lines.WITHOUT_ARGUMENT and not options:
            argument, content = [], body
        elif name in lines.WITHOUT_ARGUMENT:
            self._body(argument, _left(argument), Lead(Kind.PARAGRAPH))
            argument = []
        if name == "replace":
            self._text_of(body, 0)
        elif name in _CODE or name == MATH:
            self._options_of(options)
            self._code_of(content if given or options else body, MATH if name == MATH else "")
        elif name == "meta":
            self._meta(body)
        elif lines.has_prose(name):
            if name in lines.TITLED:
                self._text_of(argument, 0, Lead(Kind.PARAGRAPH))
            elif name in lines.VERSIONS:
                self._text_of(argument, lines.VERSIONS[name])
            self._options_of(options, name)
            if name == "csv-table":
                tables.read_csv(content, self._cells_of_csv)
            elif any(one.text for one in content):
                self._level += 1
                self._body(content, _left(content), Lead(Kind.PARAGRAPH), name == "glossary")
                self._level -= 1
        else:
            self._options_of(options)
        return last

    def _text_of(self, rows: Sequence[TextRow], words: int, lead: Lead | None = None) -> None:
        """The text of an argument, behind so many words that are not prose."""
        shown = [one for one in rows if one.text]
        if not shown:
            return
        start, end = shown[0].start, shown[-1].end
        for _ in range(words):
            word = re.compile(r"\{[^{}]*\}\s*|\S+\s*").match(self._content, start, end)
            start = word.end() if word else end
        if start < end:
            self._prose(start, end, lead or Lead(Kind.PARAGRAPH), spelling.inside)

    def _options_of(self, rows: Sequence[TextRow], directive: str = "") -> None:
        """The options of a directive whose values are displayed."""
        for at, row in enumerate(rows):
            field = lines.FIELD.match(row.text)
            if field is None or field[1].lower() in _NOT_SHOWN:
                continue
            last = at + 1
            while last < len(rows) and not lines.FIELD.match(rows[last].text):
                last += 1
            start, end = row.start + field.end(), rows[last - 1].end
            if field[1].lower() == "header":
                if directive == "csv-table":
                    value = [row.from_(field.end(), row.indent), *rows[at + 1 : last]]
                    tables.read_csv(value, self._cells_of_csv)
            elif field[1].lower() in self._options.parameters or field[1] == "subtitle":
                if start < end:
                    self._prose(start, end, Lead(Kind.PARAGRAPH), spelling.inside)

    def _meta(self, rows: Sequence[TextRow]) -> None:
        for at, row in enumerate(rows):
            field = lines.FIELD.match(row.text)
            if field and lines.first_word(field[1]) in lines.SHOWN_FIELDS:
                end, last = row.end, at + 1
                while (
                    last < len(rows) and rows[last].text and not lines.FIELD.match(rows[last].text)
                ):
                    end, last = rows[last].end, last + 1
                if row.start + field.end() < end:
                    self._prose(
                        row.start + field.end(), end, Lead(Kind.METADATA, label=field[1]), _as_text
                    )

    # --- tables ---------------------------------------------------------------------------------

    def _table(self, rows: Sequence[TextRow], at: int) -> int:
        """The cells of a table that is drawn; one that is drawn badly is code."""
        if lines.GRID.match(rows[at].text):
            last = at
            while last < len(rows) and rows[last].text[:1] in ("+", "|"):
                last += 1
        else:
            last = tables.end_of_simple([one.text for one in rows], at)
        if last <= at + 1:
            last = _paragraph_end(rows, at, -1)
            self._code(rows[at].start, rows[last - 1].after)
            return last
        start, end = rows[at].start, rows[last - 1].end
        indent = rows[at].indent
        raw = self._content[start:end]
        newlines = raw.count("\n") == last - at - 1 and "\t" not in raw
        drawn = tables.drawn(raw, indent) if newlines else None
        if drawn is None:
            self._code(start, rows[last - 1].after)
            return last
        skipped, notes, context = self._directives.close()
        if not skipped:
            self._drawn(drawn, start, end, notes, context)
        return last

    def _drawn(
        self,
        drawn: tables.Drawn,
        start: int,
        end: int,
        notes: tuple[str, ...],
        context: str | None,
    ) -> None:
        """The cells of a table as blocks that are laid out together."""
        found: list[Block] = []
        first_line = self._content.count("\n", 0, start) + 1
        offset = start - self._content.rfind("\n", 0, start) - 1
        for number, cell in enumerate(drawn.cells):
            inner = RstReader(
                cell.text, self._options, self._names, self._directives, self._depth + 1
            )
            at, leads = 0, cell.column == 0
            for block in inner.blocks():
                parts: list[str | Unit] = []
                for part in block.parts:
                    raw = part if isinstance(part, str) else part.raw
                    if isinstance(part, Unit):
                        hang = _hang(cell.text, at, block.kind)
                        place = (number, at, at + len(raw), hang)
                        line = first_line + cell.line + part.line - 1
                        column = part.column + cell.column_at + offset
                        spell = partial(tables.placed, spell=part.spell, place=place)
                        parts.append(part._replace(
                            raw="", notes=part.notes or notes, context=part.context or context,
                            spell=spell, line=line, column=column,
                        ))  # fmt: skip
                    elif type(part) is Verbatim:
                        parts.append(Verbatim("", part.source, part.new_line))
                    at += len(raw)
                if parts:
                    kind = Kind.CELL
                    layout = drawn.layout
                    found.append(Block(kind, tuple(parts), first=leads, layout=layout, joint=True))
                    leads = False
        if not any(block.units for block in found):
            return
        if start > self._done:
            self._found.append(Block(Kind.SKELETON, (self._content[self._done : start],)))
        raw = self._content[start:end]
        self._found.append(Block(Kind.SKELETON, (raw,), layout=drawn.layout, joint=True))
        self._found += found
        self._done = end

    def _cells_of_csv(self, start: int, end: int, quoted: bool, first: bool) -> None:
        spell = _quoted if quoted else _bare
        if start >= self._done and self._content[start:end].strip():
            if quoted:
                self._prose(start, end, Lead(Kind.CELL), spell, first=first)
            else:
                self._whole(start, end, Kind.CELL, spell, first=first)

    # --- what is found --------------------------------------------------------------------------

    def _taken(self) -> Lead:
        """The kind of the paragraph that is read."""
        lead, self._lead = self._lead, None
        return lead or Lead(Kind.QUOTE if self._quoted else Kind.PARAGRAPH)

    def _code_of(self, rows: Sequence[TextRow], label: str) -> None:
        shown = [one for one in rows if one.text]
        if shown:
            self._code(shown[0].start, shown[-1].after, label)

    def _code(self, start: int, end: int, label: str = "") -> None:
        """A stretch that is displayed as it is."""
        if start > self._done:
            self._found.append(Block(Kind.SKELETON, (self._content[self._done : start],)))
        raw = self._content[start:end]
        self._directives.close()
        self._found.append(Block(Kind.CODE, (raw,), literal=raw, label=label))
        self._done = end

    def _whole(
        self,
        start: int,
        end: int,
        kind: Kind,
        written: Written,
        level: int = 0,
        label: str = "",
        shown: tuple[int, int] = (0, 0),
        first: bool = False,
    ) -> None:
        """Offer a stretch as one unit."""
        skipped, notes, context = self._directives.close()
        a, b = shown if shown[1] else (start, end)
        said = self._content[a:b]
        if skipped or start < self._done or not translatable(inline.shown(said)):
            return
        before = self._content[self._done : start]
        unit = self._unit(start, end, notes, context, clean(inline.joined_lines(said)), written)
        self._found.append(Block(kind, (before, unit), level, label, first=first))
        self._done = end

    def _prose(
        self,
        start: int,
        end: int,
        lead: Lead,
        written: Written,
        announces: bool = False,
        first: bool = False,
        indent: str | None = None,
    ) -> None:
        """Offer the sentences of a stretch; what is indented follows if `indent` is given."""
        skipped, notes, context = self._directives.close()
        text = self._content[start:end]
        if skipped or start < self._done or not text.strip():
            return
        run = inline.run_of(text, start)
        parts: list[str | Unit] = []
        spans = Marked(run, text, b"").sentences(self._options.split)
        for a, b in spans:
            at, stop = start + a, start + b
            parts.append(self._content[self._done : at])
            raw = text[a:b]
            if translatable(inline.shown(raw)):
                place = _place(text, a, written)
                if announces and stop == end:
                    place = partial(spelling.before_literal, spell=place)
                    place = partial(_announced, written=place)
                if indent is not None and stop == end:
                    place = partial(spelling.before_indented, spell=place, indent=indent)
                    place = partial(_announced, written=place)
                source = clean(inline.joined_lines(raw))
                unit = self._unit(at, stop, notes, context, source, place)
                parts.append(unit._replace(new_line=breaks(run, a, text, b"")))
            else:
                parts.append(Verbatim(raw, " ".join(raw.split())))
            self._done = stop
        if parts:
            self._found.append(Block(lead.kind, tuple(parts), lead.level, lead.label, first=first))

    def _unit(
        self,
        start: int,
        end: int,
        notes: tuple[str, ...],
        context: str | None,
        source: str,
        written: Written,
    ) -> Unit:
        content = self._content
        self._line += content.count("\n", self._line_at, start)
        self._line_start = max(self._line_start, content.rfind("\n", self._line_at, start) + 1)
        self._line_at = start
        column = start - self._line_start + 1
        if not self._line_start and content.startswith("\ufeff"):
            column -= 1
        spell = partial(written, source=source, names=self._names)
        raw = content[start:end]
        return Unit(source, raw, context, notes, spell, False, self._line, column)


def _rows(content: str, start: int) -> list[TextRow]:
    found = []
    for match in _LINE.finditer(content, start):
        line = match[0].rstrip("\n").rstrip()
        text = line.lstrip(" \t\f\v\r")
        spaces = line[: len(line) - len(text)]
        indent = len(spaces.expandtabs(8)) if "\t" in spaces else len(spaces)
        first = match.start() + len(spaces)
        found.append(TextRow(first, first + len(text), match.end(), text, indent))
    return found


def _left(rows: Sequence[TextRow]) -> int:
    """The column in which a stretch of lines begins."""
    return min((row.indent for row in rows if row.text), default=0)


def _indented(rows: Sequence[TextRow], at: int, left: int) -> int:
    """The number of the line that ends what is indented more than a column, from a line on."""
    last = end = at
    while last < len(rows) and (not rows[last].text or rows[last].indent > left):
        last += 1
        if rows[last - 1].text:
            end = last
    return end


def _paragraph_end(rows: Sequence[TextRow], at: int, left: int) -> int:
    """The number of the line after a paragraph; it ends before a blank or a further indented line."""
    last = at + 1
    while last < len(rows) and rows[last].text and (left < 0 or rows[last].indent <= left):
        last += 1
    return last


def _is_enumerated(match: re.Match[str], rows: Sequence[TextRow], at: int, left: int) -> bool:
    """Whether an enumerator begins an item: the next line is blank, indented, or has one too."""
    opened, number, closed = match.groups()
    if opened and closed == ".":
        return False
    if len(number) > 1 and number.isalpha() and not _is_roman(number):
        return False
    below = rows[at + 1] if at + 1 < len(rows) else None
    if below is None or not below.text or below.indent > left:
        return True
    again = lines.ENUMERATOR.match(below.text)
    return again is not None and again[1] == opened and again[3] == closed


def _is_roman(text: str) -> bool:
    return bool(
        re.fullmatch(r"m{0,4}(?:cm|cd|d?c{0,3})(?:xc|xl|l?x{0,3})(?:ix|iv|v?i{0,3})", text.lower())
    )


def _in_markup(text: str, at: int) -> bool:
    return any(token.start < at < token.end for token in inline.tokens(text))


def _place(text: str, at: int, first: Written) -> Written:
    """How a target is written at a place of a stretch: its beginning, that of a line, or inside one."""
    if not text[:at].strip():
        return first
    line = text[text.rfind("\n", 0, at) + 1 : at]
    return spelling.inside if line.strip() else spelling.following


def _hang(text: str, at: int, kind: Kind) -> int:
    """The column in which further lines of a unit in a cell begin; -1 if it must stay on one line."""
    if kind in (Kind.HEADING, Kind.TERM):
        return -1
    start = text.rfind("\n", 0, at) + 1
    marker = re.compile(r" *(?:(?:[-*+•]|\(?[\w#]{1,9}[.)]|:[^:\n]+:|\|)[ ]+)*").match(
        text, start, at
    )
    return (marker.end() if marker else at) - start


def _announced(
    target: str, source: str, names: spelling.TextNames, written: Callable[..., str]
) -> str:
    return written(target, source=source, names=names)


def _in_field(target: str, source: str, names: spelling.TextNames) -> str:
    """A target as the name of a field."""
    return re.sub(r":(?=\s|\Z)", r"\\:", spelling.inside(target, source, names))


def _as_text(target: str, source: str, names: spelling.TextNames) -> str:
    """A target where no markup is read."""
    del source, names
    return " ".join(target.split())


def _quoted(target: str, source: str, names: spelling.TextNames) -> str:
    """A target inside quotation marks of CSV."""
    raw = spelling.opening(target.replace('""', '"'), source.replace('""', '"'), names)
    return raw.replace('"', '""')


def _bare(target: str, source: str, names: spelling.TextNames) -> str:
    """A target as a value of CSV."""
    line = spelling.opening(target, source, names)
    return f'"{line.replace(chr(34), chr(34) * 2)}"' if re.search('[,"]', line) else line
