"""A sketch: a copy of a Markdown text in which constructs of a dialect are replaced by CommonMark.

The CommonMark parser reads the sketch instead of the text. All byte offsets are the same in both, so
that what it finds can be sliced out of the text.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from dragoman.formats.inline_code import Phrase, phrases
from dragoman.formats.structure import Insert, Lines, Structure


class Sketch(NamedTuple):
    """The text for the parser, and what its replacements stand for; offsets are in bytes."""

    text: str
    opaque: list[tuple[int, int, str]]
    """Inline stretches that are not prose, in order: start, end, and mask (see `Phrase.mask`)."""
    frames: frozenset[int]
    """Starts of list items that replace frames, such as `!!! note`, and are not lists."""
    inserts: dict[int, Sequence[Insert]]
    """Visible stretches of a structure line, by the start of the heading that replaces the line."""
    literals: dict[int, tuple[int, str, str]]
    """Code shown to readers: by the start of the heading, the end (in characters) and the text."""
    ends: list[int]
    """Line ends at which a block ends, although the parser reads on."""

    def within(self, start: int, end: int) -> list[tuple[int, int, str]]:
        """The opaque stretches that begin between two offsets."""
        first = bisect_left(self.opaque, (start,))
        last = bisect_left(self.opaque, (end,), first)
        return self.opaque[first:last]


def sketch(
    body: str, wanted: frozenset[str], parameters: frozenset[str], keep: Sequence[str] = ()
) -> Sketch | None:
    """The sketch of a text; None if it has no construct of the dialect.

    Args:
        body: the text.
        wanted: the constructs of its dialect.
        parameters: names of parameters whose values are visible.
        keep: regular expressions of further stretches to keep as code.

    >>> sketch("A day.\\n", frozenset({"math"}), frozenset()) is None
    True
    >>> sketch(":::note\\nA day.\\n", frozenset({"fences"}), frozenset()).text
    '#      \\nA day.\\n'
    """
    structure = Lines(body, wanted, parameters)
    blocks = _without_nested([*structure.structures(), *_kept(body, keep)])
    inline = [*phrases(body, wanted), *_kept_phrases(body, keep)]
    if not blocks and not inline:
        return None
    return _Drawing(body, blocks, inline, structure.ends).sketch()


def _kept(body: str, keep: Iterable[str]) -> Iterator[Structure]:
    """The stretches to keep that fill whole lines, as structure."""
    for expression in keep:
        for match in re.finditer(expression, body, re.MULTILINE):
            start, end = match.span()
            before = body[body.rfind("\n", 0, start) + 1 : start]
            after = body[end : (body.find("\n", end) + 1 or len(body) + 1) - 1]
            if end > start and not before.strip(" \t>") and not after.strip():
                first = start + len(match[0]) - len(match[0].lstrip())
                yield Structure(first, end - (len(match[0]) - len(match[0].rstrip())))


def _kept_phrases(body: str, keep: Iterable[str]) -> Iterator[Phrase]:
    """The stretches to keep, as phrases; those that fill whole lines are already covered by `_kept`."""
    from dragoman.formats.runs import OPAQUE

    for expression in keep:
        for match in re.finditer(expression, body, re.MULTILINE):
            text = match[0].strip()
            if text:
                first = body.index(text, match.start())
                yield Phrase(first, first + len(text), OPAQUE)


def _without_nested(found: list[Structure]) -> list[Structure]:
    out: list[Structure] = []
    for one in sorted(found, key=lambda one: (one.start, -one.end)):
        if not out or one.start >= out[-1].end:
            out.append(one)
    return out


class _Drawing:
    """Writes the sketch, and records the byte offsets of the replacements."""

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
        self._frames: set[int] = set()
        self._inserts: dict[int, Sequence[Insert]] = {}
        self._literals: dict[int, tuple[int, str, str]] = {}

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
            frozenset(self._frames),
            self._inserts,
            self._literals,
            self._ends if self._ascii else [len(body[:end].encode()) for end in self._ends],
        )

    def _phrases(self, at: int, stop: int) -> int:
        """Write the phrases before an offset, without those inside a line already written.

        Returns the index of the next phrase.
        """
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
            self._frames.add(start)
        heading = start + mark.find("#")
        if line.inserts:
            self._inserts[heading] = line.inserts
        if line.literal:
            self._literals[heading] = (line.end, line.literal, line.label)
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
        """Copy up to the next line of the same structure, with its indentation and `>`."""
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
        """Replace the text up to an offset by stand-ins of the same length in bytes."""
        piece = self._body[self._char : to]
        size = len(piece) if self._ascii else len(piece.encode())
        # keep line ends, and the prefixes that make the next lines part of their block
        if "\n" in piece:
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
    """A line of a phrase, replaced after its indentation."""
    text = line.lstrip(" \t>")
    end = "\r" if text.endswith("\r") else ""
    size = len(text.removesuffix("\r").encode())
    return line[: len(line) - len(text)] + stand_in * size + end
