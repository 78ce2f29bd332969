"""A text as the parser of CommonMark is to read it: what only a dialect knows stands in disguise.

Every offset in bytes is the same in the text and in its sketch.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from dragoman.formats.inline_code import Phrase, phrases
from dragoman.formats.structure import Insert, Lines, Structure


class Sketch(NamedTuple):
    """What the parser reads, and what stands behind it; all keys are offsets in bytes."""

    text: str
    opaque: list[tuple[int, int, str]]
    """Stretches inside of lines, in order: from, to, and how a sentence sees them."""
    held: frozenset[int]
    """List items that are none."""
    inserts: dict[int, Sequence[Insert]]
    """By the heading that stands in for a line, what a reader sees of the line."""
    literals: dict[int, tuple[int, str]]
    """By the heading, where lines that are shown as code end (in characters), and their text."""
    ends: list[int]
    """Line ends behind which another block begins, though the parser sees none."""

    def within(self, start: int, end: int) -> list[tuple[int, int, str]]:
        """The stretches inside a stretch."""
        first = bisect_left(self.opaque, (start,))
        last = bisect_left(self.opaque, (end,), first)
        return self.opaque[first:last]


def sketch(
    body: str, wanted: frozenset[str], parameters: frozenset[str], keep: Sequence[str] = ()
) -> Sketch | None:
    """The sketch of a text; nothing where it has no construct of a dialect after all.

    Args:
        body: the text.
        wanted: the constructs of its dialect.
        parameters: names of parameters that a reader sees.
        keep: expressions of what else is code.

    >>> sketch("A day.\\n", frozenset({"math"}), frozenset()) is None
    True
    >>> sketch(":::note\\nA day.\\n", frozenset({"fences"}), frozenset()).text
    '#      \\nA day.\\n'
    """
    found = Lines(body, wanted, parameters)
    lines = _without_nested([*found.structures(), *_kept(body, keep)])
    inline = [*phrases(body, wanted), *_kept_phrases(body, keep)]
    if not lines and not inline:
        return None
    return _Drawing(body, lines, inline, found.ends).sketch()


def _kept(body: str, keep: Iterable[str]) -> Iterator[Structure]:
    """What settings keep, where it takes up whole lines."""
    for expression in keep:
        for match in re.finditer(expression, body, re.MULTILINE):
            start, end = match.span()
            before = body[body.rfind("\n", 0, start) + 1 : start]
            after = body[end : (body.find("\n", end) + 1 or len(body) + 1) - 1]
            if end > start and not before.strip(" \t>") and not after.strip():
                first = start + len(match[0]) - len(match[0].lstrip())
                yield Structure(first, end - (len(match[0]) - len(match[0].rstrip())))


def _kept_phrases(body: str, keep: Iterable[str]) -> Iterator[Phrase]:
    """What settings keep inside of lines; what takes up whole lines is covered already."""
    from dragoman.formats.runs import OPAQUE

    for expression in keep:
        for match in re.finditer(expression, body, re.MULTILINE):
            said = match[0].strip()
            if said:
                first = body.index(said, match.start())
                yield Phrase(first, first + len(said), OPAQUE)


def _without_nested(found: list[Structure]) -> list[Structure]:
    out: list[Structure] = []
    for one in sorted(found, key=lambda one: (one.start, -one.end)):
        if not out or one.start >= out[-1].end:
            out.append(one)
    return out


class _Drawing:
    """Puts stand-ins in their places, and notes where they stand in bytes."""

    def __init__(
        self, body: str, lines: list[Structure], inline: list[Phrase], ends: list[int]
    ) -> None:
        self._body = body
        self._lines = lines
        self._inline = sorted(inline)
        self._ascii = body.isascii()
        self._ends = sorted(set(ends))
        self._out: list[str] = []
        self._char = self._byte = 0
        self._opaque: list[tuple[int, int, str]] = []
        self._held: set[int] = set()
        self._inserts: dict[int, Sequence[Insert]] = {}
        self._literals: dict[int, tuple[int, str]] = {}

    def sketch(self) -> Sketch:
        at, body = 0, self._body
        for line in self._lines:
            at = self._phrases(at, line.start)
            self._line(line)
        self._phrases(at, len(body))
        self._copy(len(body))
        return Sketch(
            "".join(self._out),
            self._opaque,
            frozenset(self._held),
            self._inserts,
            self._literals,
            self._ends if self._ascii else [len(body[:end].encode()) for end in self._ends],
        )

    def _phrases(self, at: int, stop: int) -> int:
        """The phrases before a place, but those that lie inside a line drawn already."""
        while at < len(self._inline) and self._inline[at].start < stop:
            phrase = self._inline[at]
            at += 1
            if phrase.start < self._char or phrase.end > stop:
                continue
            self._copy(phrase.start)
            start = self._byte
            self._fill(phrase.end, phrase.stand_in, phrase.stand_in)
            if phrase.mask.strip():
                self._opaque.append((start, self._byte, phrase.mask))
        return at

    def _line(self, line: Structure) -> None:
        self._copy(line.start)
        body, mark = self._body, line.stand_in
        start = self._byte
        if mark[0] == "-":
            self._held.add(start)
        heading = start + mark.find("#")
        if line.inserts:
            self._inserts[heading] = line.inserts
        if line.literal:
            self._literals[heading] = (line.end, line.literal)
        begin = body.rfind("\n", 0, line.start) + 1
        indent, quotes = line.start - begin, body.count(">", begin, line.start)
        while True:
            end = body.find("\n", self._char, line.end)
            self._fill(line.end if end < 0 else end, mark, " ")
            if end < 0:
                return
            self._further(end, line.end, indent, quotes)
            mark = "#"

    def _further(self, end: int, last: int, indent: int, quotes: int) -> None:
        """To where the next line of the same structure begins behind its prefix."""
        body, at = self._body, end + 1
        stop = min(last, at + indent)
        while at < stop and (body[at] in " \t" or (quotes and body[at] == ">")):
            at += 1
        self._copy(at)

    def _copy(self, to: int) -> None:
        piece = self._body[self._char : to]
        self._out.append(piece)
        self._byte += len(piece) if self._ascii else len(piece.encode())
        self._char = to

    def _fill(self, to: int, first: str, rest: str) -> None:
        """Stand-ins up to a place; what is read is as long in bytes as what is not."""
        piece = self._body[self._char : to]
        size = len(piece) if self._ascii else len(piece.encode())
        if "\n" in piece:  # the line end stays, and what makes the next line part of its block
            lines = piece.split("\n")
            drawn = "\n".join([_drawn(lines[0], rest), *(_drawn(x, rest) for x in lines[1:])])
        else:
            drawn = (first + rest * size)[:size]
            if piece.endswith("\r"):
                drawn = drawn[:-1] + "\r"
        self._out.append(drawn)
        self._byte += size
        self._char = to


def _drawn(line: str, stand_in: str) -> str:
    """A further line of a phrase, behind its indentation."""
    said = line.lstrip(" \t>")
    end = "\r" if said.endswith("\r") else ""
    size = len(said.removesuffix("\r").encode())
    return line[: len(line) - len(said)] + stand_in * size + end
