"""Baselines: the earlier state of a project, which a check compares with so that nothing gets worse."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from typing import NamedTuple

from dragoman.errors import DragomanError
from dragoman.model import Problem

_VERSION = 1


LACKING = ("missing", "fuzzy")
"""Codes of untranslated units; they count as one, so a new draft does not make a text worse."""


class Baseline(NamedTuple):
    """Completeness and findings of an earlier check."""

    reached: Mapping[str, float]
    """Percentage of each text and locale, by `text/locale`."""
    findings: Mapping[str, int]
    """The number of findings with each fingerprint."""
    lacking: Collection[str] = ()
    """Fingerprints of the untranslated units."""

    def lacks_more(self, found: Iterable[Problem]) -> list[Problem]:
        """The untranslated units that are new, or had a translation.

        >>> problem = Problem("missing", "error", "a", "ru", "m", source="New.")
        >>> len(Baseline({}, {}).lacks_more([problem]))
        1
        """
        known = frozenset(self.lacking)
        return [p for p in found if p.code in LACKING and unit_fingerprint(p) not in known]

    def least(self, text: str, locale: str) -> float:
        """The percentage a text must reach: its former one, or 100 if it is new.

        >>> Baseline({"a/ru": 80.0}, {}).least("a", "ru"), Baseline({}, {}).least("b", "ru")
        (80.0, 100.0)
        """
        return self.reached.get(f"{text}/{locale}", 100.0)

    def new(self, found: Iterable[Problem]) -> list[Problem]:
        """The findings that are not in the baseline."""
        left = Counter(dict(self.findings))
        fresh = []
        for problem in found:
            left[problem.fingerprint] -= 1
            if left[problem.fingerprint] < 0:
                fresh.append(problem)
        return fresh


def unit_fingerprint(problem: Problem) -> str:
    """Fingerprint of an untranslated unit, whether or not a draft is there."""
    return problem._replace(code=LACKING[0], span=(0, 0)).fingerprint


def dumped(baseline: Baseline) -> bytes:
    """Serialize a baseline as JSON."""
    data = {"version": _VERSION, **baseline._asdict()}
    data["findings"] = dict(sorted(baseline.findings.items()))
    data["lacking"] = sorted(baseline.lacking)
    return (json.dumps(data, ensure_ascii=False, indent=1) + "\n").encode()


def loaded(path: str, name: str) -> Baseline:
    """Read a baseline from a saved file.

    Raises:
        DragomanError: the file is not a baseline, or is one of another version.
    """
    how_to_fix = "write it anew with --save-baseline"
    try:
        with open(path, "rb") as file:
            data = json.load(file)
        if data["version"] != _VERSION:
            message = f"a baseline of version {data['version']}, and this program knows {_VERSION}"
            raise DragomanError(message, file=name, how_to_fix=how_to_fix)
        reached = {str(k): float(v) for k, v in data["reached"].items()}
        findings = {str(k): int(v) for k, v in data["findings"].items()}
        return Baseline(reached, findings, frozenset(map(str, data["lacking"])))
    except (ValueError, KeyError, TypeError, AttributeError):
        raise DragomanError("not a baseline", file=name, how_to_fix=how_to_fix) from None
