"""GitHub annotations: workflow commands on standard output."""

from __future__ import annotations

from collections.abc import Iterator

from dragoman.reports.finding_lines import FINDINGS, CheckedLike, by_weight, untranslated
from dragoman.text.controls import shown

_LEVELS = {"error": "error", "warning": "warning", "info": "notice"}
_MOST = 10
"""Annotations of a level that GitHub shows for a step; further ones are dropped."""


def report(checked: CheckedLike) -> str:
    """Workflow commands: at most ten of each level, errors first, then the number of the rest."""
    left = dict.fromkeys(_LEVELS, 0)
    lines = []
    for severity, line in _annotations(checked):
        left[severity] += 1
        if left[severity] <= _MOST:
            lines.append(line)
    rest = {severity: count - _MOST for severity, count in left.items() if count > _MOST}
    if rest:
        counts = ", ".join(f"{count} of severity {severity}" for severity, count in rest.items())
        lines.append(f"and more: {counts}; the step summary has them")
    lines.append(_data(checked.summary))
    return "".join(line + "\n" for line in lines)


def _annotations(checked: CheckedLike) -> Iterator[tuple[str, str]]:
    """A workflow command for each finding, with its severity; contents first, errors first."""
    problems = by_weight(p for p in checked.shown() if p.code not in FINDINGS)
    for problem in problems:
        place = f"file={_value(problem.po_file)},line={max(problem.po_line, 1)}"
        title = _value(f"{problem.code} [{problem.locale}]" if problem.locale else problem.code)
        message = f"{problem.message}: “{problem.source}”" if problem.source else problem.message
        if problem.target:
            message += f" → {problem.target}"
        yield (
            problem.severity,
            f"::{_LEVELS[problem.severity]} {place},title={title}::{_data(message)}",
        )
    for name in checked.behind:
        yield "error", f"::error file={_value(name)}::'dragoman update' would change it"
    lacking = untranslated(checked)
    for count in checked.below:
        first = next((p for p in lacking.get((count.text, count.locale), ()) if p.po_line), None)
        place = f" file={_value(first.po_file)},line={first.po_line}" if first else ""
        yield "error", f"::error{place}::{_data(checked.sentence(count))}"


def _data(text: str) -> str:
    return shown(text).replace("%", "%25").replace("\n", "%0A")


def _value(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
