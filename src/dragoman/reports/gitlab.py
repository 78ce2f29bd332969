"""GitLab code quality: a JSON list of issues."""

from __future__ import annotations

import json

from dragoman.model import Problem
from dragoman.reports.finding_lines import CheckedLike, condensed

_LEVELS = {"error": "major", "warning": "minor", "info": "info"}


def report(checked: CheckedLike) -> str:
    """An issue for each finding, with a fingerprint that is the same in every run."""
    issues = []
    seen: dict[str, int] = {}
    for problem in condensed(checked):
        # GitLab merges issues of one fingerprint
        nth = seen[problem.fingerprint] = seen.get(problem.fingerprint, 0) + 1
        issues.append(
            {
                "description": _description(problem),
                "check_name": problem.code,
                "fingerprint": problem.fingerprint + (f"-{nth}" if nth > 1 else ""),
                "severity": _LEVELS[problem.severity],
                "location": {
                    "path": problem.po_file,
                    "lines": {"begin": max(problem.po_line, 1)},
                },
            }
        )
    return json.dumps(issues, ensure_ascii=False, indent=2) + "\n"


def _description(problem: Problem) -> str:
    source = f": “{problem.source}”" if problem.source else ""
    return f"[{problem.locale}] {problem.message}{source}"
