"""JSON for programs; the schema is `docs/reference/check.schema.json`."""

from __future__ import annotations

import json
from typing import Any

from dragoman.model import Problem
from dragoman.reports.finding_lines import CheckedLike


def report(checked: CheckedLike) -> str:
    """An object with `passed`, `findings`, `waived`, `texts`, `behind` and `lacking`."""
    result = {
        "version": 1,
        "passed": checked.passed,
        "findings": [finding(problem) for problem in checked.findings],
        "waived": [finding(p) | {"reason": p.waived} for p in checked.problems if p.waived],
        "texts": [count.as_dict() for count in checked.counts],  # type: ignore[attr-defined]
        "behind": list(checked.behind),
        "lacking": {locale: list(codes) for locale, codes in checked.lacking.items()},
    }
    return json.dumps(result, ensure_ascii=False, indent=2) + "\n"


def finding(problem: Problem) -> dict[str, Any]:
    """A finding as the schema has it.

    >>> finding(Problem("number", "error", "x", "ru", "m"))["po"]
    {'file': '', 'line': 0}
    """
    return {
        "code": problem.code,
        "severity": problem.severity,
        "locale": problem.locale,
        "text": problem.text,
        "source": problem.source,
        "target": problem.target,
        "message": problem.message,
        "span": list(problem.span),
        "source_span": list(problem.source_span),
        "fix": problem.fix,
        "po": {"file": problem.po_file, "line": problem.po_line},
        "origin": {"file": problem.origin_file, "line": problem.origin_line},
        "fingerprint": problem.fingerprint,
    }
