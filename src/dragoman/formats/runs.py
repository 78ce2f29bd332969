"""Inline content of a block: where its markup stands, and its sentences between and around it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from dragoman.formats.read_options import Split

HIDDEN, OPAQUE = "\ufffc", "ℵ"
"""What stands for markup that a reader does not see, and for code; as `segment.candidates` has it."""
_PEELED = frozenset(("Emphasis", "Strong"))


class Run:
    """Inline content being gathered: byte offsets of the stretch and of the markup inside."""

    __slots__ = ("breaks", "elements", "end", "opaque", "start")

    def __init__(self, start: int, end: int) -> None:
        self.start = start
        self.end = end
        self.elements: list[Element] = []
        self.opaque: list[tuple[int, int, str]] = []
        self.breaks: list[tuple[int, int]] = []


class Element:
    """An inline element: its stretch, and the stretch of what is inside it."""

    __slots__ = ("end", "inner_end", "inner_start", "name", "start")

    def __init__(self, name: str, start: int, end: int) -> None:
        self.name = name
        self.start = start
        self.end = end
        self.inner_start = self.inner_end = -1


class Marked:
    """A run with markup inside; nothing ends inside markup, everything at a hard break."""

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
            return self._within(0, len(self._text), self._protected, split)
        spans: list[tuple[int, int]] = []
        start = 0
        for a, b in [*self._breaks, (len(self._text), 0)]:
            spans += self._within(start, a, self._protected, split)
            start = b
        return spans

    def _within(
        self, start: int, end: int, protected: list[tuple[int, int]], split: Split
    ) -> list[tuple[int, int]]:
        if start == 0 and end == len(self._text):
            spans = split(self._text, protected)
        else:
            shifted = [(a - start, b - start) for a, b in protected if start <= a and b <= end]
            spans = [(start + a, start + b) for a, b in split(self._text[start:end], shifted)]
        if len(spans) != 1:
            return spans
        # Emphasis around everything is peeled off where there are several sentences inside.
        for first, last, a, b in self._peeled:
            if (first, last) == spans[0]:
                inner = [p for p in protected if a <= p[0] and p[1] <= b]
                within = self._within(a, b, inner, split)
                return within if len(within) > 1 else spans
        return spans


def breaks(run: Run, start: int, raw: str, data: bytes) -> bool:
    """Whether a hard break ends right before a character of the run."""
    to_char = _offsets(data, run.start, len(raw) == run.end - run.start)
    return any(
        to_char(a) < start and not raw[to_char(b) : start].strip(" \t>") for a, b in run.breaks
    )


def _offsets(data: bytes, start: int, ascii_only: bool) -> Any:
    """From byte offsets of the file to character offsets of the run."""
    if ascii_only:
        return (-start).__add__
    return lambda byte: len(data[start:byte].decode())


def _masked(text: str, hidden: Iterable[tuple[int, int, str]]) -> str:
    """The text with markup hidden and code opaque, of the same length."""
    out = ""
    done = 0
    for start, end, mask in hidden:
        if end > done:
            start = max(start, done)  # noqa: PLW2901 - code inside a link is hidden once
            out += text[done:start] + mask * (end - start)
            done = end
    return out + text[done:]
