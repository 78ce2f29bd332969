"""Markdown: a summary for a pull request or GitHub's step summary."""

from __future__ import annotations

import re

from dragoman.reports.finding_lines import CheckedLike, by_weight, condensed, place, short
from dragoman.text.controls import shown

_MOST = 500
"""Findings; a step summary of more than 1 MB is not shown at all."""
_SPECIAL = re.compile(r"([\\`*_{}\[\]<>()#+!|~])")


def report(checked: CheckedLike) -> str:
    """Completeness in a table, then the findings in another."""
    mark = f"{'✅' if checked.passed else '❌'} {checked.verdict}"
    out = [f"## Translations: {mark}", "", "| Text | Language | Translated | Fuzzy | Missing |"]
    out.append("|---|---|--:|--:|--:|")
    for count in checked.counts:
        cells = (
            count.text,
            count.locale,
            f"{count.percent:g} %",
            str(count.fuzzy),
            str(count.missing),
        )
        out.append("| " + " | ".join(_cell(cell) for cell in cells) + " |")
    problems = by_weight(condensed(checked))
    if problems:
        out += ["", "| Where | What | Source | Target |", "|---|---|---|---|"]
    for problem in problems[:_MOST]:
        what = f"{problem.severity}: {problem.code}: {problem.message}"
        row = (place(problem), what, short(problem.source), short(problem.target))
        out.append("| " + " | ".join(_cell(cell) for cell in row) + " |")
    if len(problems) > _MOST:
        out += ["", f"… and {len(problems) - _MOST} more; the text report has them all."]
    out += [f"- `{name}` is behind: `dragoman update` would change it" for name in checked.behind]
    return "\n".join([*out, "", _cell(checked.summary)]) + "\n"


def _cell(text: str) -> str:
    return _SPECIAL.sub(r"\\\1", shown(" ".join(text.split())))
