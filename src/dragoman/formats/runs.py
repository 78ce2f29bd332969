"""Inline content of a block: positions of its markup, and its sentences."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from dragoman.formats.read_options import Split

HIDDEN, OPAQUE = "\ufffc", "ℵ"
"""Masks for invisible markup and for code, as `segment.candidates` expects them."""
_MARKS = 8
"""Most levels of emphasis around a whole block to look into."""
_PEELED = frozenset(("Emphasis", "Strong"))


class Run:
    """Inline content being collected: its stretch and the markup inside, as byte offsets.

    (In HTML they are character offsets.)
    """

    __slots__ = ("breaks", "elements", "end", "opaque", "references", "start")

    def __init__(self, start: int, end: int) -> None:
        self.start = start
        self.end = end
        self.elements: list[Element] = []
        self.opaque: list[tuple[int, int, str]] = []
        self.breaks: list[tuple[int, int]] = []
        self.references: list[tuple[int, str]] = []
        """Shortcut and collapsed links (`[x]`, `[x][]`): the start of each, and its label."""


class Element:
    """An inline element: the stretch of the element, and that of its content."""

    __slots__ = ("end", "inner_end", "inner_start", "name", "start")

    def __init__(self, name: str, start: int, end: int) -> None:
        self.name = name
        self.start = start
        self.end = end
        self.inner_start = self.inner_end = -1


class Marked:
    """Splits a run into sentences: none ends inside markup, all end at a hard break."""

    def __init__(self, run: Run, text: str, data: bytes) -> None:
        at = _offsets(data, run.start, len(text) == run.end - run.start)
        self._protected: list[tuple[int, int]] = []
        self._peeled: list[tuple[int, int, int, int]] = []
        hidden = [(at(a), at(b), mask) for a, b, mask in run.opaque]
        for e in run.elements:
            start, end = at(e.start), at(e.end)
            self._protected.append((start, end))
            if e.inner_start < 0:
                hidden.append((start, end, OPAQUE))
                continue
            a, b = at(e.inner_start), at(e.inner_end)
            hidden += ((start, a, HIDDEN), (b, end, HIDDEN))
            if e.name in _PEELED:
                self._peeled.append((start, end, a, b))
        self._protected.sort()
        self._breaks = [(at(a), at(b)) for a, b in run.breaks]
        self._text = _masked(text, sorted(hidden))

    def sentences(self, split: Split) -> list[tuple[int, int]]:
        """The stretches of the sentences."""
        if not self._breaks:
            return self._within(0, len(self._text), split)
        spans: list[tuple[int, int]] = []
        for start, end in self._lines():
            spans += self._within(start, end, split)
        return spans

    def _lines(self) -> list[tuple[int, int]]:
        """The stretches between hard breaks, without emphasis marks that enclose several of them."""
        lines: list[tuple[int, int]] = []
        start = 0
        for a, b in [*self._breaks, (len(self._text), 0)]:
            line = self._text[start:a]
            words = line.strip()
            if words:
                first = start + line.index(words)
                lines.append((first, first + len(words)))
            start = b
        for start, end, a, b in sorted(self._peeled):
            firsts = [at for at, line in enumerate(lines) if line[0] == start]
            lasts = [at for at, line in enumerate(lines) if line[1] == end]
            if firsts and lasts and firsts[0] < lasts[0]:
                lines[firsts[0]] = (a, lines[firsts[0]][1])
                lines[lasts[0]] = (lines[lasts[0]][0], b)
        return lines

    def _within(self, start: int, end: int, split: Split) -> list[tuple[int, int]]:
        """The sentences of a stretch, without emphasis marks that enclose several sentences."""
        spans = self._split(start, end, split)
        if len(spans) != 1:
            return spans
        whole = spans
        for first, last, a, b in self._peeled[:_MARKS]:  # from the outermost
            if (first, last) == spans[0]:
                spans = self._split(a, b, split)
                if len(spans) != 1:
                    return spans or whole
        return whole

    def _split(self, start: int, end: int, split: Split) -> list[tuple[int, int]]:
        if start == 0 and end == len(self._text):
            return split(self._text, self._protected)
        inside = [(a - start, b - start) for a, b in self._protected if start <= a and b <= end]
        return [(start + a, start + b) for a, b in split(self._text[start:end], inside)]


def breaks(run: Run, start: int, raw: str, data: bytes) -> bool:
    """Whether only white space is between a hard break and a character of the run."""
    to_char = _offsets(data, run.start, len(raw) == run.end - run.start)
    return any(
        to_char(a) < start and not raw[to_char(b) : start].strip(" \t>") for a, b in run.breaks
    )


def _offsets(data: bytes, start: int, ascii_only: bool) -> Any:
    """A function from byte offsets in the file to character offsets in the run."""
    if ascii_only:
        return (-start).__add__
    return lambda byte: len(data[start:byte].decode())


def _masked(text: str, hidden: Iterable[tuple[int, int, str]]) -> str:
    """The text with its markup and code masked, of the same length."""
    out = ""
    done = 0
    for start, end, mask in hidden:
        if end > done:
            start = max(start, done)  # noqa: PLW2901 - code inside a link is masked once
            out += text[done:start] + mask * (end - start)
            done = end
    return out + text[done:]
