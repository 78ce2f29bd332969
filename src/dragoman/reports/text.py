"""Text for people: a line for each finding, and under it the place in the target, marked."""

from __future__ import annotations

from collections.abc import Iterator

from dragoman import locales
from dragoman.model import Problem
from dragoman.reports.lines import FINDINGS, CheckedLike, marked, place, short


def report(checked: CheckedLike) -> str:
    """What a check found, for a terminal or a log; no colours, no control characters."""
    return "".join(line + "\n" for _, line in lines(checked))


def lines(checked: CheckedLike, light: bool = False) -> Iterator[tuple[str, str]]:
    """The lines of the report, each with the severity that it is of; light findings if asked for."""
    for problem in checked.shown():
        if problem.severity == "info" and not light:
            continue
        yield problem.severity, _line(problem)
        if problem.code not in FINDINGS and problem.span != (0, 0):
            yield "", _excerpt(problem)
    for name in checked.behind:
        yield "error", f"{name}: behind: 'dragoman update' would change it"
    for count in checked.below:
        yield "error", checked.sentence(count)


def _line(problem: Problem) -> str:
    origin = f" ({problem.origin_file}:{problem.origin_line})" if problem.origin_file else ""
    severity = "" if problem.severity == "error" else f"{problem.severity}: "
    source = f"“{short(problem.source)}”"
    return f"{place(problem)}: {severity}{problem.code}: {problem.message}: {source}{origin}"


def _excerpt(problem: Problem) -> str:
    """The place in the target between ⟦ ⟧; a right-to-left line is the terminal's to turn."""
    before, inside, after = marked(problem.target, problem.span)
    arrow = "←" if locales.direction(problem.locale) == "rtl" else "→"
    return f"    {arrow} {before}⟦{inside}⟧{after}"
