"""The reader of LaTeX: its stretches of prose, cut into sentences; `latex` loads it when there is a text."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence

from dragoman.formats import tex_commands as commands
from dragoman.formats import tex_inline as inline
from dragoman.formats.directives import Directives
from dragoman.formats.read_options import ReadOptions
from dragoman.formats.runs import HIDDEN, OPAQUE, Element, Marked, Run, breaks
from dragoman.formats.tex_inline import TexToken
from dragoman.formats.units import check_lines, clean, translatable
from dragoman.model import MATH, Block, Document, Kind, Unit, Verbatim

_NEAREST = 50
"""How many open environments are looked at for the one that is closed."""
_AT_THE_ENDS = frozenset(("comment", "layout", "break"))
"""Kinds of markup that are no part of a unit at its beginning or end."""
_THEOREMS = re.compile(r"\\newtheorem\*?\s*\{([^{}]+)\}|\\newmdtheoremenv\{([^{}]+)\}")
_END = re.compile(r"^(?:[^%\n]|(?<=\\)%)*?(\\end\s*\{document\})", re.MULTILINE)
"""The end of the document, which no comment has."""
_COMMENT = re.compile(r"%+[ \t]*(dragoman:[^\n]*)")


def read(content: str, options: ReadOptions) -> Document:
    """Cut a LaTeX text into blocks and units."""
    check_lines(content, options.file)
    reader = _TexReader(content, options)
    return Document(tuple(reader.blocks()), inline.inline, reader.metadata)


class _TexReader:
    """Turns a text into blocks, in one pass."""

    def __init__(self, content: str, options: ReadOptions) -> None:
        self._content = content
        self._options = options
        self._groups = inline.groups_of(content)
        self._directives = Directives(options.file)
        self._found: list[Block] = []
        self._done = 0
        self._line, self._line_at, self._line_start = 1, 0, 0
        self._theorems = {a or b for a, b in _THEOREMS.findall(content)}
        self._open: list[str] = []
        """The environments around what is read."""
        self._unclosed: set[str] = set()
        """Names of environments that nothing closes from here on."""
        self._first = True
        self.metadata: dict[str, str] = {}

    def blocks(self) -> list[Block]:
        content = self._content
        document = re.search(r"^[^%\n]*?\\begin\s*\{document\}", content, re.MULTILINE)
        start = 1 if content.startswith("\ufeff") else 0
        if document:
            self._preamble(start, document.end())
            start = document.end()
        if document or "\\documentclass" not in content:
            end = _END.search(content[start:])
            self._walk(start, start + end.start(1) if end else len(content), Kind.PARAGRAPH)
        else:
            self._preamble(start, len(content))
        if self._done < len(content):
            self._found.append(Block(Kind.SKELETON, (content[self._done :],)))
        return self._found

    def _preamble(self, start: int, end: int) -> None:
        """Titles before the document begins; everything else there is code."""
        for token in inline.tokens(self._groups, start, end):
            if token.name in ("title", "subtitle") and token.kind == "command":
                self._arguments(token, Kind.HEADING, commands.TITLES[token.name])

    def _walk(self, start: int, end: int, kind: Kind, level: int = 0) -> None:
        """Read the paragraphs of a stretch."""
        held: list[TexToken] = []
        began, done = start, start
        item: Kind | None = None
        for token in inline.tokens(self._groups, start, end):
            if token.start < done:
                continue
            inside_table = bool(self._open) and self._open[-1] in commands.TABLES
            divides = token.kind in ("blank", "begin", "end", "display", "command") or (
                inside_table and token.kind in ("cell", "break")
            )
            if token.kind == "comment":
                self._comment(token)
            if not divides:
                held.append(token)
                continue
            self._prose(began, token.start, item or self._kind(kind), held, level)
            held, item = [], None
            done = token.end
            if token.kind == "begin":
                done = self._begin(token, end)
            elif token.kind == "end":
                if token.name in self._open[-_NEAREST:]:
                    while self._open.pop() != token.name:
                        pass
            elif token.kind == "display":
                self._code(token.start, token.end, MATH)
            elif token.kind in ("cell", "break"):
                self._first = token.kind == "break"
            elif token.kind == "command":
                done = self._command(token, end)
                item = Kind.ITEM if token.name == "item" else None
            began = done
        self._prose(began, end, item or self._kind(kind), held, level)

    def _kind(self, kind: Kind) -> Kind:
        if kind is not Kind.PARAGRAPH or not self._open:
            return kind
        if self._open[-1] in commands.TABLES:
            return Kind.CELL
        return Kind.QUOTE if self._open[-1] in commands.QUOTES else kind

    def _comment(self, token: TexToken) -> None:
        said = self._content[token.start : token.end]
        if "dragoman:" in said and (comment := _COMMENT.match(said)):
            line = self._content.count("\n", 0, token.start) + 1
            self._directives.take(comment[1].strip(), line)

    def _begin(self, token: TexToken, most: int) -> int:
        """What follows the beginning of an environment; returns where reading goes on."""
        name = token.name
        if name in commands.PROSE or name in self._theorems:
            self._open.append(name)
            given = self._groups.arguments(token.end)
            self._first = True
            count = commands.PROSE.get(name, 0)
            end = token.end
            for a, b in given:
                brackets = self._content[a] == "["
                if b > most or (not brackets and count <= 0 and name not in commands.TITLED):
                    break
                if name in commands.TITLED and not brackets:
                    self._walk(
                        a + 1, b - 1, Kind.PARAGRAPH if name == "letter" else Kind.HEADING, 3
                    )
                elif brackets and (name in self._theorems or name in ("theorem", "lemma", "proof")):
                    self._walk(a + 1, b - 1, Kind.PARAGRAPH)
                end, count = b, count - (not brackets)
            return end
        close = -1
        if name not in self._unclosed:
            close = self._content.find(f"\\end{{{name}}}", token.end)
        if close < 0:
            self._unclosed.add(name)
        if close < 0 or close > most:
            return token.end
        self._code(token.end, close, MATH if name in commands.MATHS else "")
        return close

    def _command(self, token: TexToken, most: int) -> int:
        name = token.name
        if name in commands.TITLES:
            return self._arguments(token, Kind.HEADING, commands.TITLES[name])
        if name in commands.SEPARATE:
            return self._arguments(token, Kind.PARAGRAPH, 0)
        if name == "item":
            end = self._groups.option(token.end)
            if end > token.end and end <= most:
                self._walk(token.end + 1, end - 1, Kind.TERM)
            return min(end, most)
        if name in ("author", "date"):
            given = self._groups.arguments(token.end)
            return min(given[-1][1], most) if given else token.end
        return token.end

    def _arguments(self, token: TexToken, kind: Kind, level: int) -> int:
        """The prose in the arguments of a command: in brackets, and in the last braces."""
        given = self._groups.arguments(token.end)
        braced = [one for one in given if self._content[one[0]] == "{"]
        if not braced:
            return token.end
        number = 1 if token.name == "captionof" and len(braced) > 1 else 0
        last = braced[number]
        for a, b in given:
            if (a, b) == last or (
                self._content[a] == "[" and a < last[0] and token.name != "footnotetext"
            ):
                self._walk(a + 1, b - 1, kind, level)
        return last[1]

    def _code(self, start: int, end: int, label: str = "") -> None:
        if start > self._done:
            self._found.append(Block(Kind.SKELETON, (self._content[self._done : start],)))
        raw = self._content[start:end]
        self._directives.close()
        self._found.append(Block(Kind.CODE, (raw,), literal=raw, label=label))
        self._done = end

    def _prose(
        self, start: int, end: int, kind: Kind, held: Sequence[TexToken], level: int
    ) -> None:
        """Offer the sentences of a stretch."""
        start, end = self._trimmed(start, end, held)
        text = self._content[start:end]
        if start < self._done or not text.strip():
            return
        held = [token for token in held if start <= token.start < end]
        if not translatable(inline.shown(self._groups, start, end)):
            return
        skipped, notes, context = self._directives.close()
        if skipped:
            return
        run = _run_of(start, end, held)
        parts: list[str | Unit] = []
        for first, last in Marked(run, text, b"").sentences(self._options.split):
            at, stop = self._trimmed(start + first, start + last, held)
            if at >= stop:
                continue
            a, b = at - start, stop - start
            parts.append(self._content[self._done : at])
            raw = text[a:b]
            if translatable(inline.shown(self._groups, at, stop)):
                unit = self._unit(at, stop, notes, context)
                parts.append(unit._replace(new_line=breaks(run, a, text, b"")))
            else:
                parts.append(Verbatim(raw, " ".join(raw.split())))
            self._done = stop
        if parts:
            leads, self._first = self._first and kind is Kind.CELL, False
            self._found.append(Block(kind, tuple(parts), level, first=leads))

    def _trimmed(self, start: int, end: int, held: Sequence[TexToken]) -> tuple[int, int]:
        """The stretch without space, comments and commands for layout at its ends."""
        text = self._content
        starts = [token.start for token in held]
        at = bisect_left(starts, start)
        start = _after_space(text, start, end)
        while at < len(held) and held[at].start == start and held[at].kind in _AT_THE_ENDS:
            start = _after_space(text, min(held[at].end, end), end)
            at += 1
        at = bisect_left(starts, end) - 1
        end = _before_space(text, start, end)
        while at >= 0 and held[at].kind in _AT_THE_ENDS and held[at].start >= start:
            if _before_space(text, start, held[at].end) != end:
                break
            end = _before_space(text, start, held[at].start)
            at -= 1
        return start, end

    def _unit(self, start: int, end: int, notes: tuple[str, ...], context: str | None) -> Unit:
        content = self._content
        raw = content[start:end]
        self._line += content.count("\n", self._line_at, start)
        self._line_start = max(self._line_start, content.rfind("\n", self._line_at, start) + 1)
        self._line_at = start
        column = start - self._line_start + 1
        if not self._line_start and content.startswith("\ufeff"):
            column -= 1
        source = clean(inline.joined(raw))
        return Unit(source, raw, context, notes, inline.written, False, self._line, column)


def _after_space(text: str, start: int, end: int) -> int:
    while start < end and text[start].isspace():
        start += 1
    return start


def _before_space(text: str, start: int, end: int) -> int:
    while end > start and text[end - 1].isspace():
        end -= 1
    return end


def _run_of(start: int, end: int, held: Sequence[TexToken]) -> Run:
    """The inline content of a stretch, for the segmentation."""
    run = Run(start, end)
    for token in held:
        stop = min(token.end, end)
        if token.kind == "break":
            run.breaks.append((token.start, stop))
        elif token.inner < token.inner_end:
            name = {"textbf": "Strong", "emph": "Emphasis", "textit": "Emphasis"}.get(
                token.name, "Link"
            )
            element = Element(name, token.start, stop)
            element.inner_start, element.inner_end = token.inner, min(token.inner_end, end)
            run.elements.append(element)
        elif token.kind in ("code", "math"):
            run.opaque.append((token.start, stop, OPAQUE))
            run.elements.append(Element("Code", token.start, stop))
        elif token.kind in ("comment", "layout"):
            run.opaque.append((token.start, stop, HIDDEN))
    return run
