"""GitHub annotations: workflow commands on standard output."""

from __future__ import annotations

from dragoman.reports.finding_lines import CheckedLike
from dragoman.text.controls import shown

_ORDER = ("error", "warning", "info")
"""GitHub shows the first ten of a step."""
_LEVELS = {"error": "error", "warning": "warning", "info": "notice"}


def report(checked: CheckedLike) -> str:
    """A workflow command for each finding and each text below its completeness."""
    out = []
    for problem in sorted(checked.shown(), key=lambda problem: _ORDER.index(problem.severity)):
        place = f"file={_value(problem.po_file)},line={max(problem.po_line, 1)}"
        title = _value(f"{problem.code} [{problem.locale}]" if problem.locale else problem.code)
        said = f"{problem.message}: “{problem.source}”" if problem.source else problem.message
        if problem.target:
            said += f" → {problem.target}"
        out.append(f"::{_LEVELS[problem.severity]} {place},title={title}::{_data(said)}")
    out += [
        f"::error file={_value(name)}::'dragoman update' would change it" for name in checked.behind
    ]
    out += [f"::error::{_data(checked.sentence(count))}" for count in checked.below]
    return "".join(line + "\n" for line in out)


def _data(text: str) -> str:
    return shown(text).replace("%", "%25").replace("\n", "%0A")


def _value(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
