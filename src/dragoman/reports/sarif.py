"""SARIF 2.1.0: the location is the catalog's line, the related location the source text's."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import quote

from dragoman import __version__
from dragoman.checks.severities import CODES
from dragoman.model import Problem
from dragoman.reports.finding_lines import CheckedLike, condensed

_LEVELS = {"error": "error", "warning": "warning", "info": "note"}
_HOME = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"


def report(checked: CheckedLike) -> str:
    """One run of this tool; waived findings are suppressed results with their reason.

    Many untranslated units of a text and locale are one result, at the first of them.
    """
    problems = [p for p in checked.problems if p.waived] + condensed(checked)
    rules = sorted({problem.code for problem in problems})
    driver = {"name": "dragoman", "version": __version__, "rules": [_rule(code) for code in rules]}
    run = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "results": [_result(problem, rules) for problem in problems],
    }
    log = {"$schema": _HOME, "version": "2.1.0", "runs": [run]}
    return json.dumps(log, ensure_ascii=False, indent=2) + "\n"


def _rule(code: str) -> dict[str, Any]:
    level = _LEVELS[CODES.get(code, "warning")]
    return {
        "id": code,
        "shortDescription": {"text": code.replace("-", " ")},
        "defaultConfiguration": {"level": level},
    }


def _result(problem: Problem, rules: list[str]) -> dict[str, Any]:
    source = f": “{problem.source}”" if problem.source else ""
    message = f"{problem.message} [{problem.locale}]{source}"
    result: dict[str, Any] = {
        "ruleId": problem.code,
        "ruleIndex": rules.index(problem.code),
        "level": _LEVELS[problem.severity],
        "message": {"text": message},
        "locations": [_location(problem.po_file, problem.po_line)],
        "partialFingerprints": {"dragoman/v1": problem.fingerprint},
        "properties": {
            "locale": problem.locale,
            "target": problem.target,
            "span": list(problem.span),
        },
    }
    if problem.origin_file:
        related = _location(problem.origin_file, problem.origin_line)
        result["relatedLocations"] = [related | {"id": 0, "message": {"text": "the source"}}]
    if problem.waived:
        suppressed = {"kind": "inSource", "justification": problem.waived}
        result["suppressions"] = [suppressed]
    return result


def _location(file: str, line: int) -> dict[str, Any]:
    artifact = {"uri": quote(file, safe="/")}
    return {
        "physicalLocation": {"artifactLocation": artifact, "region": {"startLine": max(line, 1)}}
    }
