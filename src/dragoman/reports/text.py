"""Text for people: a line for each finding, and under it the places in source and target, marked."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from dragoman.languages import locales
from dragoman.model import Problem
from dragoman.reports.finding_lines import FINDINGS, CheckedLike, marked, place, short
from dragoman.text.controls import shown

HEAD = "head"
"""What a line is of that names the text and the language of those below it."""


def report(checked: CheckedLike) -> str:
    """What a check found, for a log; no colours, and nothing that would steer a terminal."""
    return "".join(shown(line) + "\n" for _, line in lines(checked))


def lines(checked: CheckedLike, light: bool = False) -> Iterator[tuple[str, str]]:
    """The lines of the report, each with what it is of: a severity, `head`, or nothing.

    Args:
        checked: what was found.
        light: whether findings of severity info are told too.
    """
    told = [problem for problem in checked.shown() if light or problem.severity != "info"]
    groups = [(key, list(found)) for key, found in groupby(told, key=_group)]
    for (text, locale), found in groups:
        if len(groups) > 1 and text:
            yield HEAD, f"{text} [{locale}]: {_many(found)}"
        for problem in found:
            yield problem.severity, _line(problem)
            for line in _excerpts(problem):
                yield "", line
    for name in checked.behind:
        yield "error", f"{name}: behind: 'dragoman update' would change it"
    for count in checked.below:
        yield "error", checked.sentence(count)


def _group(problem: Problem) -> tuple[str, str]:
    return problem.text, problem.locale


def _many(found: list[Problem]) -> str:
    """How many of each severity: `2 errors, 1 warning`."""
    counts = [(sum(p.severity == s for p in found), s) for s in ("error", "warning", "info")]
    plural = {"info": "info"}
    return ", ".join(f"{n} {s if n == 1 else plural.get(s, s + 's')}" for n, s in counts if n)


def _line(problem: Problem) -> str:
    origin = f" ({problem.origin_file}:{problem.origin_line})" if problem.origin_file else ""
    severity = "" if problem.severity == "error" else f"{problem.severity}: "
    source = f": “{short(problem.source)}”" if problem.source else ""
    return f"{place(problem)}: {severity}{problem.code}: {problem.message}{source}{origin}"


def _excerpts(problem: Problem) -> Iterator[str]:
    """The places between ⟦ ⟧; a right-to-left line is the terminal's to turn, and says so by ←."""
    if problem.code in FINDINGS:
        return
    if problem.source_span != (0, 0):
        yield _excerpt("→", problem.source, problem.source_span)
    if problem.span != (0, 0) or (problem.target and problem.source_span != (0, 0)):
        arrow = "←" if locales.direction(problem.locale) == "rtl" else "→"
        yield _excerpt(arrow, problem.target, problem.span)


def _excerpt(arrow: str, text: str, span: tuple[int, int]) -> str:
    if span == (0, 0):
        return f"    {arrow} {short(text)}"
    before, inside, after = marked(text, span)
    return f"    {arrow} {before}⟦{inside}⟧{after}"
