"""Markdown: CommonMark, tables, footnotes, task lists, and front matter in YAML or TOML.

pulldown-cmark (through pyromark) gives the position of every block and inline element. What is
translatable is sliced out of the file at these positions; everything else is skeleton. Inline markup
stays in the unit as the author wrote it; line wraps and `> ` prefixes do not. Code, tags, link
definitions and thematic breaks are not translated; parallel editions show code and breaks.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache, cached_property, partial
from typing import TYPE_CHECKING, Any

from dragoman.formats import spelling
from dragoman.formats.dialects import constructs
from dragoman.formats.directives import Directives
from dragoman.formats.per_locale import filled
from dragoman.formats.read_options import ReadOptions, Spans
from dragoman.formats.runs import HIDDEN, OPAQUE, Element, Marked, Run, breaks
from dragoman.formats.spans import DEFINING, PARSER, definitions_of, inline
from dragoman.formats.traces import may_have
from dragoman.formats.units import clean, not_controlled, translatable
from dragoman.formats.wraps import is_odd, seam, unwrapped, wrap
from dragoman.model import (
    Block,
    Document,
    Illustration,
    Kind,
    PerLocale,
    Span,
    Speller,
    Unit,
    Verbatim,
    maker,
)

if TYPE_CHECKING:
    from dragoman.formats.frontmatter import Setting, Value
    from dragoman.formats.sketch import Sketch
    from dragoman.formats.tags import Attribute, Flow, ImageTag

SAMPLES = (
    "A paragraph with *emphasis*. It is\nwrapped.\n\n",
    "# A heading\n\n",
    "- An item.[^1]\n  1. One inside it\n\n",
    "> A quotation\\\n> on two lines.\n\n",
    "| A cell | Another |\n|---|---|\n| `x` | A | \n\n",
    "```\ncode\n```\n\n",
    "<p>A paragraph in HTML.</p>\n\n",
    "[A link](x.md) and [another].\r\n\r\n",
    "[another]: y.md\n\n",
    "<!-- dragoman: note To whom? -->\n\n",
)

_INLINE = frozenset(
    ("Emphasis", "Strong", "Strikethrough", "Superscript", "Subscript", "Link", "Image")
)
_LITERAL = ("CodeBlock", "HtmlBlock")
_CONTAINERS = frozenset(("List", "Table", "BlockQuote", "FootnoteDefinition", "DefinitionList"))
_DEFINITION = re.compile(r"\n[ \t>]*:[ \t]")
_HEAD = re.compile(
    r"\A(---|\+\+\+)[ \t]*(\r?\n)((?:.*\n)*?)(?:(?<=\n))(?:\1|\.\.\.)[ \t]*(?:\r?\n|\Z)"
)


def read(content: str, options: ReadOptions) -> Document:
    """Cut a Markdown text into blocks and units.

    >>> [unit.source for unit in read("# A *b*\\n\\n> one\\n> two\\n", ReadOptions()).units]
    ['A *b*', 'one two']
    """
    mark = "\ufeff" if content.startswith("\ufeff") else ""
    head, values = _front_matter(content[len(mark) :], options.file)
    body = content[len(mark) + len(head) :]
    blocks = [Block(Kind.SKELETON, (mark,))] if mark else []
    blocks += _head_blocks(head, values, options)
    reader = _Reader(body, head.count("\n") + 1, options)
    blocks += reader.blocks()
    return Document(
        tuple(blocks),
        InlineOf(body, reader.wanted) if reader.wanted or "[" in body else inline,
        {v.key: " ".join(v.text.split()) for v in values if v.is_text and "[]" not in v.key},
    )


@dataclass(frozen=True)
class InlineOf:
    """Gives the inline content of a text's units; a value, so that documents can be compared and pickled."""

    body: str
    constructs: frozenset[str]
    """The inline constructs of its dialect."""

    @cached_property
    def _definitions(self) -> str:
        return definitions_of(self.body) if "[" in self.body else ""

    def __call__(self, text: str) -> tuple[Span, ...]:
        """The inline content of a source or target."""
        if not self.constructs:
            return inline(text, self._definitions)
        from dragoman.formats.inline_code import phrases

        return inline(text, self._definitions, tuple(phrases(text, self.constructs)))


@dataclass(frozen=True)
class DefinedNames:
    """Gives the labels of a text's link definitions, read when first needed."""

    body: str

    @cached_property
    def _names(self) -> frozenset[str]:
        return frozenset(map(spelling.name_of, PARSER.reference_definitions(self.body)))

    def __call__(self) -> frozenset[str]:
        """The labels, normalized as CommonMark compares them."""
        return self._names


# --- front matter ---------------------------------------------------------------------------


def _front_matter(content: str, file: str) -> tuple[str, list[Value]]:
    """The head with its fences, and its values; empty if the text has no front matter."""
    match = _HEAD.match(content)
    if match is None:
        return "", []
    fence, inner = match[1], match[3]
    first = inner.lstrip().split("\n", 1)[0]
    if not re.match(r"[\"']?[\w. -]+[\"']?\s*" + ("[:]" if fence == "---" else "="), first):
        return "", []
    from dragoman.formats import frontmatter as front  # few texts have any

    values = (front.yaml_values if fence == "---" else front.toml_values)(inner, file, 2)
    return match[0], values


def _head_blocks(head: str, values: list[Value], options: ReadOptions) -> Iterator[Block]:
    """The front matter as blocks, one for each chosen value."""
    offset = head.find("\n") + 1
    done = 0
    parts: list[tuple[int, int, str, PerLocale | Unit]] = [
        (offset + place.start, offset + place.end, "", _per_locale(head, offset, place, template))
        for place, template in _settings(head, offset, values, options)
    ]
    written = {(start, end) for start, end, _, _ in parts}
    for value in values:
        source = clean(" ".join(value.text.split()))
        start, end = offset + value.start, offset + value.end
        if value.key not in options.front_matter or not value.is_text or not translatable(source):
            continue
        if (start, end) in written:
            continue
        unit = Unit(
            source=source,
            raw=head[start:end],
            spell=value.spell,
            line=head.count("\n", 0, start) + 1,
            column=start - head.rfind("\n", 0, start),
        )
        parts.append((start, end, value.key, unit))
    for start, end, key, part in sorted(parts, key=lambda part: part[:2]):
        if start < done:
            continue  # a value with an anchor appears once for each alias
        kind = Kind.METADATA if key else Kind.SKELETON
        yield Block(kind, (head[done:start], part), label=key)
        done = end
    if done < len(head):
        yield Block(Kind.SKELETON, (head[done:],))


def _settings(
    head: str, offset: int, values: list[Value], options: ReadOptions
) -> Iterator[tuple[Setting, str]]:
    """The keys to set for each locale: the place of each, and the template of its value."""
    wanted = options.front_matter_set
    if not head or not wanted:
        return
    from dragoman.formats import frontmatter as front

    close = head.rstrip().rfind("\n") + 1
    inner = head[offset:close]
    for key, place in front.settings(inner, values, wanted, head.startswith("+")):
        yield place, wanted[key]


def _per_locale(head: str, offset: int, place: Setting, template: str) -> PerLocale:
    raw = head[offset + place.start : offset + place.end]
    return PerLocale(raw, partial(_written, place, template))


def _written(place: Setting, template: str, locale: str) -> str:
    return place.write(filled(template, locale))


# --- blocks ---------------------------------------------------------------------------------


def _sketch(body: str, wanted: frozenset[str], options: ReadOptions) -> Sketch | None:
    """What the parser reads instead of the text; None if it reads the text itself."""
    if not options.keep and not may_have(body, wanted):
        return None
    from dragoman.formats.sketch import sketch

    return sketch(body, wanted, options.parameters, options.keep)


@cache
def _tags() -> Any:
    """The module that reads HTML, imported only when a text has any."""
    from dragoman.formats import tags

    return tags


class _Reader:
    """Turns the parser's events into blocks, in one pass."""

    def __init__(self, body: str, line: int, options: ReadOptions) -> None:
        self._body = body
        self._data = body.encode()
        self._ascii = len(self._data) == len(body)
        self._uncontrolled = not_controlled(body)
        self._odd = is_odd(body)
        wanted = constructs(options.dialect, options.file)
        self._constructs = wanted
        self._sketch = _sketch(body, wanted, options)
        self.wanted = wanted if self._sketch else frozenset()
        self._parser = PARSER
        read = self._sketch.text if self._sketch else body
        if "definitions" in wanted and _DEFINITION.search(read):
            self._parser = DEFINING
        self._byte = self._char = 0  # the same place in bytes and in characters, moving forward
        self._done = 0  # characters that already belong to a block
        self._line, self._line_at = line, 0
        self._options = options
        self._directives = Directives(options.file)
        self._stack: list[tuple[str, Any]] = []
        self._skipped_below = 0  # depth of the container that a comment skips; 0 for none
        self._label = ""
        self._first = False
        self._column = 0  # of the open or next cell, from 0
        self._cell = False  # whether an open cell is still empty
        self._found: list[Block] = []

    def blocks(self) -> list[Block]:
        run: Run | None = None
        inside: list[Element] = []
        stack = self._stack
        events: Iterable[tuple[Any, Any]] = self._parser.events_with_range(
            self._body if self._sketch is None else self._sketch.text
        )
        for event, place in events:
            if type(event) is str:
                if event != "SoftBreak" or (stack and stack[-1][0] == "DefinitionListTitle"):
                    run = self._break(event, place, run)
                continue
            if "Text" in event:
                if inside:
                    run = self._grow(run, place["start"], place["end"], inside)
                elif run is not None:
                    run.end = place["end"]  # the usual case
                elif stack and stack[-1][0] in _LITERAL:
                    stack[-1][1].append(self._literal(event["Text"], place))
                else:
                    run = Run(place["start"], place["end"])
                continue
            if "End" in event:
                tag = event["End"]
                if type(tag) is not str:
                    (tag,) = tag
                if tag in _INLINE:
                    inside.pop()
                    continue
                if run is not None:
                    self._close(run)
                    run = None
                if tag == "Paragraph":
                    stack.pop()
                else:
                    self._leave()
                continue
            start, end = place["start"], place["end"]
            if "Start" in event:
                tag, data = event["Start"], None
                if type(tag) is not str:
                    ((tag, data),) = tag.items()
                if tag in _INLINE:
                    if data is not None and data["link_type"] in _BY_TEXT:
                        run, end = self._reference(run, data, start, end, inside)
                    element = Element(tag, start, end)
                    run = self._grow(run, start, end, inside)
                    run.elements.append(element)
                    inside.append(element)
                    continue
                if run is not None:
                    self._close(run)
                    run = None
                if tag == "Paragraph":
                    stack.append(_PARAGRAPH)
                else:
                    self._open(tag, data, start, end)
                continue
            (name,) = event
            if name == "Html":
                self._close(run)
                run = None
            elif name == "TaskListMarker":
                self._label = _task(self._label, event[name])
            else:
                run = self._inline_event(name, start, end, run, inside)
        self._close(run)
        if self._done < len(self._body):
            self._found.append(Block(Kind.SKELETON, (self._body[self._done :],)))
        return self._found

    @staticmethod
    def _grow(run: Run | None, start: int, end: int, inside: list[Element]) -> Run:
        if run is None:
            run = Run(start, end)
        run.end = max(run.end, end)
        if inside:
            parent = inside[-1]
            if parent.inner_start < 0:
                parent.inner_start = start
            parent.inner_end = max(parent.inner_end, end)
        return run

    def _break(self, event: str, place: Any, run: Run | None) -> Run | None:
        """A hard break inside a run, or a thematic break after it."""
        if event != "Rule":
            if run is not None:
                run.breaks.append((place["start"], place["end"]))
            return run
        self._close(run)
        self._rule(self._at(place["start"]), self._at(place["end"]))
        return None

    def _reference(
        self, run: Run | None, data: Any, start: int, end: int, inside: list[Element]
    ) -> tuple[Run, int]:
        """Record a shortcut or collapsed link; the parser's range leaves out the `[]` of `[x][]`."""
        if data["link_type"] == "Collapsed" and self._data.startswith(b"[]", end):
            end += 2
        run = self._grow(run, start, end, inside)
        run.references.append((start, data["id"]))
        return run, end

    def _literal(self, text: str, place: Any) -> str:
        """A line of code from the file, since the parser may have read stand-ins."""
        if self._sketch is None:
            return text
        return self._data[place["start"] : place["end"]].decode().replace("\r\n", "\n")

    def _rule(self, start: int, end: int) -> None:
        """Add a block for a thematic break, unless in a footnote or a skipped block."""
        noted = any(tag == "FootnoteDefinition" for tag, _ in self._stack)
        if noted or self._directives.off or self._skipped_below or start < self._done:
            return
        self._found.append(Block(Kind.BREAK, (self._body[self._done : end],), literal="* * *"))
        self._done = end

    def _inline_event(
        self, name: str, start: int, end: int, run: Run | None, inside: list[Element]
    ) -> Run:
        run = self._grow(run, start, end, inside)
        if name in ("Code", "InlineMath", "DisplayMath"):
            run.opaque.append((start, end, OPAQUE))
        elif name in ("InlineHtml", "FootnoteReference"):
            run.opaque.append((start, end, HIDDEN))
        return run

    def _open(self, tag: str, data: Any, start: int, end: int) -> None:
        if tag == "Item":
            self._label = self._item_label()
        elif tag == "FootnoteDefinition":
            self._label = str(data)
        elif tag in ("TableHead", "TableRow"):
            self._first = True
            self._column = 0
        elif tag == "TableCell":
            self._cell = True
        elif tag == "Heading":
            data = {**data, "start": start}
        if tag == "CodeBlock":
            data = [start, end, data]
        elif tag == "HtmlBlock":
            data = []
        elif tag == "List":
            data = [data]
        elif self._sketch is not None:
            if tag == "Item" and start in self._sketch.frames:
                tag, self._label = "Frame", ""
            elif tag == "Heading":
                self._structure(start)
        self._stack.append((tag, data))
        if tag == "HtmlBlock":
            self._html(start, end)
        elif tag in _CONTAINERS and self._directives.enter() and not self._skipped_below:
            self._skipped_below = len(self._stack)

    # --- visible text on structure lines and in HTML --------------------------------------------

    def _structure(self, heading: int) -> None:
        """Add the visible text of the structure lines that a heading replaces."""
        assert self._sketch is not None
        for insert in self._sketch.inserts.get(heading, ()):
            self._offer(insert.start, insert.end, insert.spell, Kind.PARAGRAPH)
        if heading in self._sketch.literals and not self._skipped_below:
            end, literal, label = self._sketch.literals[heading]
            raw = (self._body[self._done : end],)
            self._found.append(Block(Kind.CODE, raw, label=label, literal=literal))
            self._done = end
            self._directives.close()

    def _offer(self, start: int, end: int, spell: Speller, kind: Kind, label: str = "") -> None:
        """Add a block of one unit."""
        skipped, notes, context = self._directives.close()
        if skipped or self._skipped_below or start < self._done:
            return
        unit = self._unit(start, end, notes, context, spell)
        self._found.append(Block(kind, (self._body[self._done : start], unit), label=label))
        self._done = end

    def _unit(
        self, start: int, end: int, notes: tuple[str, ...], context: str | None, spell: Speller
    ) -> Unit:
        raw = self._body[start:end]
        self._line += self._body.count("\n", self._line_at, start)
        self._line_at = start
        column = start - self._body.rfind("\n", 0, start)
        source = clean(unwrapped(raw, self._quotes()))
        return Unit(source, raw, context, notes, spell, False, self._line, column)

    def _html(self, start: int, end: int) -> None:
        """Add the prose in a block of HTML."""
        tags = _tags()
        begin, text = self._at(start), self._data[start:end].decode()
        for piece in tags.pieces(text):
            if isinstance(piece, tags.Remark):
                line = self._line + self._body.count("\n", self._line_at, begin + piece.start)
                self._directives.take(piece.text, line)
            elif not self._options.html:
                continue
            elif isinstance(piece, tags.Attribute):
                self._offer(begin + piece.start, begin + piece.end, piece.spell, Kind.PARAGRAPH)
            elif isinstance(piece, tags.ImageTag):
                self._image(tags.moved(piece, begin))
            elif isinstance(piece, tags.Flow):
                self._flow(begin, text, piece)

    def _image(self, piece: ImageTag) -> None:
        """Add a block for an image in a block of HTML, with its texts."""
        skipped, notes, context = self._directives.close()
        if skipped or self._skipped_below or piece.start < self._done:
            return
        parts, images, self._done = self._shown(self._done, [piece], notes, context)
        self._found.append(Block(Kind.PARAGRAPH, tuple(parts), images=images))

    def _shown(
        self,
        start: int,
        shown: list[Attribute | ImageTag],
        notes: tuple[str, ...],
        context: str | None,
    ) -> tuple[list[str | Unit], tuple[Illustration, ...], int]:
        """What tags show, as parts from an offset, the images, and where the last part ends."""
        from dragoman.formats.illustrations import parts_of  # few texts have any

        def unit(value: Attribute) -> Unit:
            return self._unit(value.start, value.end, notes, context, value.spell)

        return parts_of(self._body, start, shown, unit)

    def _flow(self, begin: int, text: str, flow: Flow) -> None:
        """Add the text between the tags of a block of HTML; its sentences are units."""
        skipped, notes, context = self._directives.close()
        if skipped or self._skipped_below:
            return
        run = flow.run
        raw = text[run.start : run.end]
        quotes = self._quotes()
        read = wrap(quotes).sub(lambda m: " " * len(m[0]), raw) if "\n" in raw else raw
        parts: list[str | Unit] = []
        images: tuple[Illustration, ...] = ()
        for start, end in Marked(run, read, b"").sentences(self._options.split):
            at, stop = begin + run.start + start, begin + run.start + end
            if not translatable(_visible(read[start:end])):
                values = _tags().shown_by_tags(read[start:end], at)
                shown, found, self._done = self._shown(self._done, values, notes, context)
                images += tuple(one.after(len(parts)) for one in found)
                parts += shown
                continue
            parts.append(self._body[self._done : at])
            new_line = any(b - run.start <= start for _, b in run.breaks) and bool(parts[1:])
            unit = self._unit(at, stop, notes, context, spelling.flow)
            parts.append(unit._replace(new_line=new_line))
            self._done = stop
        if parts:
            self._found.append(Block(flow.kind, tuple(parts), flow.level, images=images))

    def _leave(self) -> None:
        if len(self._stack) == self._skipped_below:
            self._skipped_below = 0
        tag, data = self._stack.pop()
        if tag == "TableCell" and self._cell and not self._skipped_below:
            kind, level, _ = self._kind()  # an empty cell still counts as a column
            empty = Block(kind, (Verbatim("", ""),), level, first=self._first)
            self._found.append(empty._replace(align=self._alignment()))
            self._first = False
        if tag == "TableCell":
            self._column += 1
        if tag in ("Item", "FootnoteDefinition"):
            self._label = ""  # the item was empty
        elif tag == "CodeBlock":
            start, end = self._at(data[0]), self._at(data[1])
            literal = "".join(data[3:])
            label = "math" if _is_math_fence(data[2]) and "math" in self._constructs else ""
            self._found.append(
                Block(Kind.CODE, (self._body[self._done : end],), label=label, literal=literal)
                if start >= self._done
                else Block(Kind.SKELETON, (self._body[self._done : end],))
            )
            self._done = max(end, self._done)
            self._directives.close()

    def _item_label(self) -> str:
        for tag, data in reversed(self._stack):
            if tag == "List":
                if data[0] is None:
                    return "•"
                number = data[0]
                data[0] += 1
                return f"{number}."
        return ""

    def _at(self, byte: int) -> int:
        """The character offset of a byte offset; cheap while going forward."""
        if self._ascii:
            return byte
        if byte < self._byte:
            return len(self._data[:byte].decode())
        self._char += len(self._data[self._byte : byte].decode())
        self._byte = byte
        return self._char

    def _alignment(self) -> str:
        """How the column of the open cell is aligned: `center`, `end`, or empty."""
        columns = next((data for tag, data in self._stack if tag == "Table"), ())
        return _ALIGNED.get(columns[self._column], "") if self._column < len(columns) else ""

    def _close(self, run: Run | None) -> None:
        """Add a finished run as a block."""
        if run is None:
            return
        skipped, notes, context = self._directives.close()
        skipped = skipped or self._skipped_below > 0
        alone = len(self._stack) == 1 and self._stack[0] is _PARAGRAPH  # the usual case
        kind, level, spellers = _ALONE if alone else self._kind()
        label, first = self._label, self._first
        self._label, self._first, self._cell = "", False, False
        if skipped:
            return
        if self._ascii:
            begin, raw = run.start, self._body[run.start : run.end]
        else:
            begin, raw = self._at(run.start), self._data[run.start : run.end].decode()
        masked = self._masked(run, raw) if self._sketch is not None else None
        body, done, line, line_at = self._body, self._done, self._line, self._line_at
        parts: list[str | Unit] = []
        images: tuple[Illustration, ...] = ()
        spans, sources = self._sentences(run, raw, kind)
        if run.opaque and "\n" in raw and "<" in raw:
            spans, sources = _without_tag_lines(raw, spans, sources)
        last, wrapped = len(spans) - 1, "\n" in raw
        for at_span, ((start, end), source) in enumerate(zip(spans, sources, strict=True)):
            at = begin + start
            if at > done:
                parts.append(body[done:at])
            broken = bool(run.breaks and parts) and breaks(run, start, raw, self._data)
            letter = source[:1].isalpha()
            if masked is not None or not (letter or translatable(_visible(source))):
                seen = source if masked is None else masked[start:end]
                if not translatable(_visible(seen)):
                    shown, found = self._verbatim(at, begin + end, source, broken, notes, context)
                    images += tuple(one.after(len(parts)) for one in found)
                    parts += shown
                    done = begin + end
                    continue
            line += body.count("\n", line_at, at)
            line_at = at
            column = at - body.rfind("\n", 0, at)
            if at_span == 0:
                spell = spellers[0]
            elif wrapped and body.rfind("\n", done, at) >= 0:
                spell = spellers[1]
            else:
                spell = spellers[2] if at_span < last else spellers[3]
            done = begin + end
            if not letter:
                spell = spelling.like_source(source, spell)
            if run.references:
                spell = self._linking(run, at, done, source, spell)
            parts.append(
                _unit((source, body[at:done], context, notes, spell, broken, line, column, None))
            )
        if parts:
            align = self._alignment() if kind is Kind.CELL else ""
            self._found.append(
                _block((kind, tuple(parts), level, label, "", first, align, None, images, False))
            )
            self._done, self._line, self._line_at = done, line, line_at

    def _masked(self, run: Run, raw: str) -> str:
        """The text of a run with the dialect's constructs blanked; also adds them to the run."""
        assert self._sketch is not None
        # a construct cannot reach beyond its block
        found = [one for one in self._sketch.within(run.start, run.end) if one[1] <= run.end]
        run.opaque += found
        ends = self._sketch.ends
        run.breaks += [(at, at + 1) for at in ends if run.start < at < run.end]
        run.breaks.sort()
        size = len(raw) == run.end - run.start
        out, done = [], 0
        for start, end, _ in found:
            a, b = start - run.start, end - run.start
            if not size:
                a = len(self._data[run.start : start].decode())
                b = a + len(self._data[start:end].decode())
            out += [raw[done:a], " " * (b - a)]
            done = b
        return "".join([*out, raw[done:]])

    def _verbatim(
        self,
        start: int,
        end: int,
        source: str,
        broken: bool,
        notes: tuple[str, ...],
        context: str | None,
    ) -> tuple[list[str | Unit], tuple[Illustration, ...]]:
        """The parts of a stretch without words: verbatim, or what its tags show; and its images."""
        raw = self._body[start:end]
        if not ("<" in raw and "=" in raw and self._options.html):
            return [Verbatim(raw, source, broken)], ()
        if not _has_texts(raw):
            return [Verbatim(raw, source, broken)], ()  # its inline content has the images
        shown = _tags().shown_by_tags(raw, start)
        parts, images, done = self._shown(start, shown, notes, context)
        return [*parts, self._body[done:end]] if done < end else parts, images

    def _linking(self, run: Run, start: int, end: int, source: str, spell: Speller) -> Speller:
        """The speller of a unit, which keeps its shortcut links leading to their definitions."""
        names = [name for place, name in run.references if start <= self._char_at(place) < end]
        if not names:
            return spell
        found: list[str] = []
        left = [spelling.name_of(name) for name in names]
        for bracket in spelling.brackets(source):
            is_link = bool(left) and spelling.name_of(bracket.label) == left[0]
            found.append(names[len(names) - len(left)] if is_link else "")
            left = left[is_link:]
        return partial(
            spelling.linked, tuple(found if not left else names), DefinedNames(self._body), spell
        )

    def _char_at(self, byte: int) -> int:
        return byte if self._ascii else len(self._data[:byte].decode())

    def _sentences(self, run: Run, raw: str, kind: Kind) -> tuple[Spans, list[str]]:
        """The stretches of a run's sentences, and their sources on one line."""
        quotes, between, text = 0, "", raw
        wrapped = "\n" in raw or "\r" in raw
        if wrapped:
            quotes = 0 if kind is Kind.PARAGRAPH else self._quotes()
            if not (self._odd and is_odd(raw)):
                between, text = seam(raw, quotes)
            if quotes and not between:
                text = wrap(quotes).sub(lambda m: " " * len(m[0]), raw)
        if run.elements or run.opaque or run.breaks:
            spans = Marked(run, text, self._data).sentences(self._options.split)
        else:
            spans = self._options.split(text, ())
        if not self._uncontrolled or (wrapped and not between):
            return spans, [clean(unwrapped(raw[a:b], quotes)) for a, b in spans]
        if len(between) < 2:
            return spans, [text[a:b] for a, b in spans]
        return spans, [raw[a:b].replace(between, " ") for a, b in spans]

    def _kind(self) -> tuple[Kind, int, _Spellers]:
        """Kind, level and spellers of a run, from the containers around it."""
        depth = 0
        kind, spellers = Kind.PARAGRAPH, _SPELLERS
        for tag, data in self._stack:
            if tag == "Heading":
                return Kind.HEADING, int(data["level"][1]), self._above(data)
            if tag in ("TableHead", "TableRow"):
                return Kind.CELL, int(tag == "TableHead"), _CELLS
            if tag == "Item":
                kind, depth, spellers = Kind.ITEM, depth + 1, _ITEMS
            elif tag == "DefinitionListDefinition":
                kind, depth = Kind.DEFINITION, depth + 1
            elif tag == "DefinitionListTitle":
                kind = Kind.TERM
            elif tag == "BlockQuote":
                kind, depth, spellers = Kind.QUOTE, depth + 1, _SPELLERS
            elif tag == "FootnoteDefinition":
                kind = Kind.FOOTNOTE
        return kind, depth, spellers

    def _above(self, data: Any) -> _Spellers:
        """The spellers of a heading; one with an underline may begin like a paragraph."""
        return _UNDERLINED if self._data[data["start"] : data["start"] + 1] != b"#" else _HEADINGS

    def _quotes(self) -> int:
        return sum(tag == "BlockQuote" for tag, _ in self._stack)


_NOT_READ = re.compile(r"`+[^`]*`+|<[^<>]*>|\]\([^()\s]*\)|\[\^[^\]]*\]|&#?\w+;")


_ALIGNED = {"Center": "center", "Right": "end"}
"""The right of a table is where lines end: in a right-to-left language that is the left."""


def _is_math_fence(fence: Any) -> bool:
    """Whether a fenced block is a formula, as GitHub and GitLab write it."""
    return isinstance(fence, dict) and fence.get("Fenced", "").split()[:1] == ["math"]


def _task(label: str, done: bool) -> str:
    """The marker of a task: a box, behind the number if it has one.

    >>> _task("•", True), _task("2.", False)
    ('☑', '2. ☐')
    """
    box = "☑" if done else "☐"
    return f"{label} {box}" if label[:1].isdigit() else box


def _visible(source: str) -> str:
    """The source without code, tags and addresses, which are not translated."""
    if "`" in source or "<" in source or "[" in source or "&" in source:
        return _NOT_READ.sub(" ", source)
    return source


_TAG_LINES = re.compile(r"[ \t\r]*\n[\s>]*((?:</?[A-Za-z][^<>]*>\s*)+)\Z")


def _without_tag_lines(raw: str, spans: Spans, sources: list[str]) -> tuple[Spans, list[str]]:
    """The sentences without tags on their own lines after the last one, such as `</pre>`."""
    start, end = spans[-1] if spans else (0, 0)
    found = _TAG_LINES.search(raw, start, end)
    if found is None or not translatable(raw[start : found.start()]):
        return spans, sources
    for name in re.findall(r"</([A-Za-z][\w-]*)", found[1]):
        if re.search(rf"<{name}\b", raw[start : found.start()]):
            return spans, sources  # it closes an element of the sentence
    if _has_texts(found[1]):
        return spans, sources  # tags with visible attributes stay with the sentence
    source = sources[-1][: -len(" ".join(found[1].split()))].rstrip()
    return [*spans[:-1], (start, found.start())], [*sources[:-1], source]


def _has_texts(raw: str) -> bool:
    """Whether tags in a stretch without words have values to translate."""
    tags = _tags()
    return any(type(one) is tags.Attribute or one.values for one in tags.shown_by_tags(raw, 0))


# faster than the constructors: all fields are given, in order
_unit, _block = maker(Unit), maker(Block)
_PARAGRAPH = ("Paragraph", None)
_Spellers = tuple[Speller, Speller, Speller, Speller]
"""Spellers of a block's first unit, of one that begins a further line, of one inside a line, of the last."""
_INNER = (spelling.following, spelling.inside, spelling.inside)
_SPELLERS: _Spellers = (spelling.paragraph, *_INNER)
_ITEMS: _Spellers = (spelling.item, *_INNER)
_HEADINGS: _Spellers = (spelling.heading, spelling.inside, spelling.inside, spelling.heading)
_UNDERLINED: _Spellers = (spelling.underlined, *_INNER[:2], spelling.underlined_end)
_CELLS: _Spellers = (spelling.cell, spelling.cell, spelling.cell, spelling.cell)
_ALONE = (Kind.PARAGRAPH, 0, _SPELLERS)
_BY_TEXT = frozenset(("Shortcut", "Collapsed"))


__all__ = ["SAMPLES", "read"]
