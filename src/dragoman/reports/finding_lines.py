"""What reports share: the place of a finding, its marked span, and untranslated units in one finding."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Protocol

from dragoman.model import Problem

_SHOWN = 72
_AROUND = 30
FINDINGS = ("missing", "fuzzy")
"""Codes of units that are not translated."""
_LISTED = 5
"""Untranslated units of a text and locale that are listed one by one."""
SEVERITIES = ("error", "warning", "info")


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
    """The result of a check, as reports need it."""

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
    @property
    def summary(self) -> str: ...
    def shown(self) -> list[Problem]: ...
    def sentence(self, count: Any) -> str: ...


def place(problem: Problem) -> str:
    """The place of a finding in its catalog.

    >>> place(Problem("number", "error", "x", "ru", "m", po_file="a.po", po_line=3))
    'a.po:3'
    """
    return f"{problem.po_file}:{problem.po_line}" if problem.po_line else problem.po_file


def short(text: str) -> str:
    """The first 72 characters of a text.

    >>> short("a" * 100)[-1]
    '…'
    """
    return text if len(text) <= _SHOWN else text[: _SHOWN - 1] + "…"


def marked(text: str, span: tuple[int, int]) -> tuple[str, str, str]:
    """A text around a span: before, in and after it, shortened to a line's length.

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


def by_weight(problems: Iterable[Problem]) -> list[Problem]:
    """Findings about contents first, errors before others; within that, in the given order."""
    return sorted(problems, key=lambda p: (p.code in FINDINGS, SEVERITIES.index(p.severity)))


def condensed(checked: CheckedLike) -> list[Problem]:
    """The findings to report, with one in place of many untranslated units of a text and locale.

    It is at the first of them, and its message has their number.
    """
    result = [p for p in checked.shown() if p.code not in FINDINGS]
    units = {(count.text, count.locale): count.units for count in checked.counts}
    for key, lacking in untranslated(checked).items():
        if is_few(lacking):
            result += lacking
            continue
        first = next((p for p in lacking if p.po_line), lacking[0])
        message = f"{len(lacking)} of {units.get(key, len(lacking))} not translated"
        result.append(first._replace(message=message, source="", target="", code=FINDINGS[0]))
    return result


def untranslated(checked: CheckedLike) -> dict[tuple[str, str], list[Problem]]:
    """The untranslated units to report, by text and locale."""
    found: dict[tuple[str, str], list[Problem]] = {}
    for problem in checked.shown():
        if problem.code in FINDINGS:
            found.setdefault((problem.text, problem.locale), []).append(problem)
    return found


def is_few(problems: Sequence[Problem]) -> bool:
    """Whether untranslated units are few enough to be listed one by one."""
    return len(problems) <= _LISTED
