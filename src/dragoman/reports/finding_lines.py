"""What the reports share: a finding in a sentence, its span marked, completeness in a sentence."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Protocol

from dragoman.model import Problem

_SHOWN = 72
_AROUND = 30
FINDINGS = ("missing", "fuzzy")


class CountLike(Protocol):
    """How far a text is in one locale."""

    @property
    def text(self) -> str: ...
    @property
    def locale(self) -> str: ...
    @property
    def units(self) -> int: ...
    @property
    def words(self) -> int: ...
    @property
    def translated(self) -> int: ...
    @property
    def reviewed(self) -> int: ...
    @property
    def translated_words(self) -> int: ...
    @property
    def missing(self) -> int: ...
    @property
    def fuzzy(self) -> int: ...
    @property
    def percent(self) -> float: ...


class CheckedLike(Protocol):
    """What a check found, as reports see it."""

    @property
    def counts(self) -> Sequence[CountLike]: ...
    @property
    def problems(self) -> Sequence[Problem]: ...
    @property
    def findings(self) -> Sequence[Problem]: ...
    @property
    def blocking(self) -> Sequence[Problem]: ...
    @property
    def below(self) -> Sequence[CountLike]: ...
    @property
    def behind(self) -> Sequence[str]: ...
    @property
    def lacking(self) -> Mapping[str, Sequence[str]]: ...
    @property
    def passed(self) -> bool: ...
    @property
    def verdict(self) -> str: ...
    def shown(self) -> list[Problem]: ...
    def sentence(self, count: Any) -> str: ...


def place(problem: Problem) -> str:
    """Where a finding stands in its catalog.

    >>> place(Problem("number", "error", "x", "ru", "m", po_file="a.po", po_line=3))
    'a.po:3'
    """
    return f"{problem.po_file}:{problem.po_line}" if problem.po_line else problem.po_file


def short(text: str) -> str:
    """At most 72 characters of a text.

    >>> short("a" * 100)[-1]
    '…'
    """
    return text if len(text) <= _SHOWN else text[: _SHOWN - 1] + "…"


def marked(text: str, span: tuple[int, int]) -> tuple[str, str, str]:
    """A text around a span: what stands before it, in it, and after it, cut to a line's length.

    >>> marked("15 миллионов", (0, 2))
    ('', '15', ' миллионов')
    """
    start, end = span
    before, inside, after = text[:start], text[start:end], text[end:]
    if len(before) > _AROUND:
        before = "…" + before[-_AROUND:]
    if len(inside) > _SHOWN:
        inside = inside[:_SHOWN] + "…"
    if len(after) > _AROUND:
        after = after[:_AROUND] + "…"
    return before, inside, after
