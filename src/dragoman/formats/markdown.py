"""Markdown: CommonMark, tables, footnotes, task lists, and front matter in YAML or TOML.

pulldown-cmark (through pyromark) says where every block and every inline element stands; what
is translatable is sliced out of the file at those places, and everything else is skeleton.
Inline markup stays in the unit as the author wrote it; line wraps and `> ` prefixes do not.
Not translated: code, HTML blocks, reference definitions, link titles outside of units; of these
code is shown to readers, and so are thematic breaks.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache, partial
from typing import TYPE_CHECKING, Any

from dragoman.formats import spelling
from dragoman.formats.directives import Directives
from dragoman.formats.read_options import Options, Spans
from dragoman.formats.runs import HIDDEN, OPAQUE, Element, Marked, Run, breaks
from dragoman.formats.spans import PARSER, definitions_of, inline
from dragoman.formats.units import clean, not_controlled, translatable
from dragoman.formats.wraps import is_odd, seam, unwrapped, wrap
from dragoman.model import Block, Document, Inline, Kind, Speller, Unit, Verbatim, maker

if TYPE_CHECKING:
    from dragoman.formats.frontmatter import Value

NAME = "markdown"
SUFFIXES = (".md", ".markdown")

_INLINE = frozenset(
    ("Emphasis", "Strong", "Strikethrough", "Superscript", "Subscript", "Link", "Image")
)
_LITERAL = ("CodeBlock", "HtmlBlock")
_CONTAINERS = frozenset(("List", "Table", "BlockQuote", "FootnoteDefinition"))
_HEAD = re.compile(
    r"\A(---|\+\+\+)[ \t]*(\r?\n)((?:.*\n)*?)(?:(?<=\n))(?:\1|\.\.\.)[ \t]*(?:\r?\n|\Z)"
)
_COMMENT = re.compile(r"<!--\s*(dragoman:.*?)\s*-->", re.DOTALL)


def read(content: str, options: Options) -> Document:
    """Cut a Markdown text into blocks and units.

    >>> [unit.source for unit in read("# A *b*\\n\\n> one\\n> two\\n", Options()).units]
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
        _inline_of(body),
        {value.key: " ".join(value.text.split()) for value in values},
    )


def _inline_of(body: str) -> Inline:
    """Reads units as a reader sees them; the text's definitions are looked for when needed."""
    if "[" not in body:
        return inline
    definitions = cache(partial(definitions_of, body))
    return lambda text: inline(text, definitions())


# --- front matter ---------------------------------------------------------------------------


def _front_matter(content: str, file: str) -> tuple[str, list[Value]]:
    """The head with its fences, and its values; nothing where the text only looks like one."""
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


def _head_blocks(head: str, values: list[Value], options: Options) -> Iterator[Block]:
    """A block for each chosen value, so that a reader sees them apart."""
    offset = head.find("\n") + 1
    done = 0
    for value in sorted(values, key=lambda v: v.start):
        source = clean(" ".join(value.text.split()))
        if value.key not in options.front_matter or not translatable(source):
            continue
        start, end = offset + value.start, offset + value.end
        unit = Unit(
            source=source,
            raw=head[start:end],
            spell=value.spell,
            line=head.count("\n", 0, start) + 1,
            column=start - head.rfind("\n", 0, start),
        )
        yield Block(Kind.METADATA, (head[done:start], unit), label=value.key)
        done = end
    if done < len(head):
        yield Block(Kind.SKELETON, (head[done:],))


# --- blocks ---------------------------------------------------------------------------------


class _Reader:
    """Turns the parser's events into blocks, once, from the first to the last."""

    def __init__(self, body: str, line: int, options: Options) -> None:
        self._body = body
        self._data = body.encode()
        self._ascii = len(self._data) == len(body)
        self._uncontrolled = not_controlled(body)
        self._odd = is_odd(body)
        self._byte = self._char = 0  # the same place in bytes and in characters, moving forward
        self._done = 0  # characters already given to a block
        self._line, self._line_at = line, 0
        self._options = options
        self._directives = Directives(options.file)
        self._stack: list[tuple[str, Any]] = []
        self._skipped_below = 0  # depth of the container that a comment skips; 0 for none
        self._label = ""
        self._first = False
        self._cell = False  # whether a cell is open in which nothing stands yet
        self._found: list[Block] = []

    def blocks(self) -> list[Block]:
        run: Run | None = None
        inside: list[Element] = []
        stack = self._stack
        events: Iterable[tuple[Any, Any]] = PARSER.events_with_range(self._body)
        for event, place in events:
            if type(event) is str:
                if event != "SoftBreak":
                    run = self._break(event, place, run, inside)
                continue
            if "Text" in event:
                if inside:
                    run = self._grow(run, place["start"], place["end"], inside)
                elif run is not None:
                    run.end = place["end"]  # nearly every event of prose is this one
                elif stack and stack[-1][0] in _LITERAL:
                    stack[-1][1].append(event["Text"])
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
            elif name != "TaskListMarker":
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

    def _break(self, event: str, place: Any, run: Run | None, inside: list[Element]) -> Run | None:
        """A hard break inside a run, or a thematic break after it."""
        if event == "HardBreak":
            if run is not None and not inside:
                run.breaks.append((place["start"], place["end"]))
            return run
        self._close(run)
        self._rule(self._at(place["start"]), self._at(place["end"]))
        return None

    def _rule(self, start: int, end: int) -> None:
        """A thematic break; in what is skipped or stands elsewhere it would part nothing."""
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
        elif tag == "TableCell":
            self._cell = True
        if tag == "CodeBlock":
            data = [start, end]
        elif tag == "HtmlBlock":
            data = []
            self._comments(start, end)
        elif tag == "List":
            data = [data]
        self._stack.append((tag, data))
        if tag in _CONTAINERS and self._directives.enter() and not self._skipped_below:
            self._skipped_below = len(self._stack)

    def _leave(self) -> None:
        if len(self._stack) == self._skipped_below:
            self._skipped_below = 0
        tag, data = self._stack.pop()
        if tag == "TableCell" and self._cell and not self._skipped_below:
            kind, level, _ = self._kind()  # an empty cell keeps its place
            self._found.append(Block(kind, (Verbatim("", ""),), level, first=self._first))
            self._first = False
        if tag in ("Item", "FootnoteDefinition"):
            self._label = ""  # of one that says nothing
        elif tag == "CodeBlock":
            start, end = self._at(data[0]), self._at(data[1])
            literal = "".join(data[2:])
            self._found.append(
                Block(Kind.CODE, (self._body[self._done : end],), literal=literal)
                if start >= self._done
                else Block(Kind.SKELETON, (self._body[self._done : end],))
            )
            self._done = end
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

    def _comments(self, start: int, end: int) -> None:
        raw = self._data[start:end].decode()
        for comment in _COMMENT.finditer(raw):
            line = self._line + self._body.count("\n", self._line_at, self._at(start))
            self._directives.take(comment[1], line + raw.count("\n", 0, comment.start()))

    def _at(self, byte: int) -> int:
        """The character offset of a byte offset; cheap while going forward."""
        if self._ascii:
            return byte
        if byte < self._byte:
            return len(self._data[:byte].decode())
        self._char += len(self._data[self._byte : byte].decode())
        self._byte = byte
        return self._char

    def _close(self, run: Run | None) -> None:
        """Make a block of a finished run; nothing is left of it."""
        if run is None:
            return
        skipped, notes, context = self._directives.close()
        skipped = skipped or self._skipped_below > 0
        alone = len(self._stack) == 1 and self._stack[0] is _PARAGRAPH  # as most are
        kind, level, spell = _ALONE if alone else self._kind()
        label, first = self._label, self._first
        self._label, self._first, self._cell = "", False, False
        if skipped:
            return
        if self._ascii:
            begin, raw = run.start, self._body[run.start : run.end]
        else:
            begin, raw = self._at(run.start), self._data[run.start : run.end].decode()
        body, done, line, line_at = self._body, self._done, self._line, self._line_at
        parts: list[str | Unit] = []
        spans, sources = self._sentences(run, raw, kind)
        for (start, end), source in zip(spans, sources, strict=True):
            at = begin + start
            if at > done:
                parts.append(body[done:at])
            broken = bool(run.breaks and parts) and breaks(run, start, raw, self._data)
            done = begin + end
            if not (source[:1].isalpha() or translatable(_visible(source))):
                parts.append(Verbatim(body[at:done], source, broken))
                continue
            line += body.count("\n", line_at, at)
            line_at = at
            column = at - body.rfind("\n", 0, at)
            parts.append(
                _unit((source, body[at:done], context, notes, spell, broken, line, column))
            )
        if parts:
            self._found.append(_block((kind, tuple(parts), level, label, "", first)))
            self._done, self._line, self._line_at = done, line, line_at

    def _sentences(self, run: Run, raw: str, kind: Kind) -> tuple[Spans, list[str]]:
        """The stretches of the sentences of a run, and their sources."""
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

    def _kind(self) -> tuple[Kind, int, Speller]:
        """Kind, level and speller of a run, from the containers it stands in."""
        depth = 0
        kind = Kind.PARAGRAPH
        for tag, data in self._stack:
            if tag == "Heading":
                level = int(data["level"][1])
                return Kind.HEADING, level, spelling.heading
            if tag in ("TableHead", "TableRow"):
                return Kind.CELL, int(tag == "TableHead"), spelling.cell
            if tag == "Item":
                kind, depth = Kind.ITEM, depth + 1
            elif tag == "BlockQuote":
                kind, depth = Kind.QUOTE, depth + 1
            elif tag == "FootnoteDefinition":
                kind = Kind.FOOTNOTE
        return kind, depth, spelling.paragraph

    def _quotes(self) -> int:
        return sum(tag == "BlockQuote" for tag, _ in self._stack)


_NOT_READ = re.compile(r"`+[^`]*`+|<[^<>]*>|\]\([^()\s]*\)|\[\^[^\]]*\]|&#?\w+;")


def _visible(source: str) -> str:
    """The source without code, tags and addresses, which need no translation."""
    if "`" in source or "<" in source or "[" in source or "&" in source:
        return _NOT_READ.sub(" ", source)
    return source


_unit, _block = maker(Unit), maker(Block)  # there are many, and each has all its fields
_PARAGRAPH = ("Paragraph", None)
_ALONE = (Kind.PARAGRAPH, 0, spelling.paragraph)


__all__ = ["NAME", "SUFFIXES", "read"]
