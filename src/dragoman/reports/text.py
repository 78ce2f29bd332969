"""Text for people: a line for each finding, and below it the marked places in source and target."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from dragoman.languages import locales
from dragoman.model import Problem
from dragoman.reports.finding_lines import (
    FINDINGS,
    SEVERITIES,
    CheckedLike,
    by_weight,
    is_few,
    marked,
    place,
    short,
    untranslated,
)
from dragoman.text.controls import shown

HEAD = "head"
"""The kind of a line that names the text and the language of those below it."""
SUMMARY = "summary"
"""The kind of the last line."""


def report(checked: CheckedLike) -> str:
    """The findings for a log: no colours, and nothing that would steer a terminal."""
    return "".join(shown(line) + "\n" for _, line in lines(checked))


def lines(checked: CheckedLike, every: bool = False) -> Iterator[tuple[str, str]]:
    """The lines of the report, each with its kind: a severity, `head`, `summary`, or empty.

    Findings about contents come first, errors before others; then files that are behind, then
    what is not translated, a line a text and locale if it is much.

    Args:
        checked: the result of the check.
        every: whether findings of severity info, and all untranslated units, are listed.
    """
    yield from _contents(checked, every)
    for name in checked.behind:
        yield "error", f"{name}: error: behind: 'dragoman update' would change it"
    below = {(count.text, count.locale): count for count in checked.below}
    lacking = untranslated(checked)
    for key in dict.fromkeys([*lacking, *below]):
        if every or is_few(lacking.get(key, ())):
            for problem in lacking.get(key, ()):
                if every or problem.severity != "info":
                    yield problem.severity, _line(problem)
        if key in below:
            place, _, rest = checked.sentence(below[key]).partition(": ")
            yield "error", f"{place}: error: {rest}"
    yield SUMMARY, checked.summary


def _contents(checked: CheckedLike, every: bool) -> Iterator[tuple[str, str]]:
    """Findings about contents, in groups by text and locale; groups with errors first."""
    reported = [
        p for p in checked.shown() if p.code not in FINDINGS and (every or p.severity != "info")
    ]
    groups = [(key, by_weight(found)) for key, found in groupby(reported, key=_group)]
    groups.sort(key=lambda group: SEVERITIES.index(group[1][0].severity))
    for (text, locale), found in groups:
        if len(groups) > 1 and text:
            yield HEAD, f"{text} [{locale}]: {_many(found)}"
        for problem in found:
            yield problem.severity, _line(problem)
            for line in _excerpts(problem):
                yield "", line


def _group(problem: Problem) -> tuple[str, str]:
    return problem.text, problem.locale


def _many(found: list[Problem]) -> str:
    """The number of findings of each severity: `2 errors, 1 warning`."""
    counts = [(sum(p.severity == s for p in found), s) for s in SEVERITIES]
    plural = {"info": "info"}
    return ", ".join(f"{n} {s if n == 1 else plural.get(s, s + 's')}" for n, s in counts if n)


def _line(problem: Problem) -> str:
    origin = f" ({problem.origin_file}:{problem.origin_line})" if problem.origin_file else ""
    source = f": “{short(problem.source)}”" if problem.source else ""
    return (
        f"{place(problem)}: {problem.severity}: {problem.code}: {problem.message}{source}{origin}"
    )


def _excerpts(problem: Problem) -> Iterator[str]:
    """The places, in ⟦ ⟧; ← is before text that a terminal has to show from right to left."""
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
