"""The ratchet: what a project had before, so that nothing gets worse than it was."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from typing import NamedTuple

from dragoman.errors import DragomanError
from dragoman.model import Problem

_VERSION = 1


LACKING = ("missing", "fuzzy")
"""Codes of units that a text lacks; a draft in place of nothing is no change for the worse."""


class Baseline(NamedTuple):
    """How far texts were, and what was known of them."""

    reached: Mapping[str, float]
    """Percentage of each text and locale, by `text/locale`."""
    findings: Mapping[str, int]
    """How often each finding was there, by its fingerprint."""
    lacking: Collection[str] = ()
    """Fingerprints of the units that were not translated."""

    def lacks_more(self, found: Iterable[Problem]) -> list[Problem]:
        """The untranslated units that were translated, or not there: new sources must be complete.

        >>> problem = Problem("missing", "error", "a", "ru", "m", source="New.")
        >>> len(Baseline({}, {}).lacks_more([problem]))
        1
        """
        known = frozenset(self.lacking)
        return [p for p in found if p.code in LACKING and unit_fingerprint(p) not in known]

    def least(self, text: str, locale: str) -> float:
        """What a text has to reach: what it had; all of it where it is new.

        >>> Baseline({"a/ru": 80.0}, {}).least("a", "ru"), Baseline({}, {}).least("b", "ru")
        (80.0, 100.0)
        """
        return self.reached.get(f"{text}/{locale}", 100.0)

    def new(self, found: Iterable[Problem]) -> list[Problem]:
        """The findings that were not there."""
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
    """A baseline as a file."""
    data = {"version": _VERSION, **baseline._asdict()}
    data["findings"] = dict(sorted(baseline.findings.items()))
    data["lacking"] = sorted(baseline.lacking)
    return (json.dumps(data, ensure_ascii=False, indent=1) + "\n").encode()


def loaded(path: str, name: str) -> Baseline:
    """A baseline from a saved file.

    Raises:
        DragomanError: the file is not a baseline, or is one of another version.
    """
    way_out = "write it anew with --save-baseline"
    try:
        with open(path, "rb") as file:
            data = json.load(file)
        if data["version"] != _VERSION:
            message = f"a baseline of version {data['version']}, and this program knows {_VERSION}"
            raise DragomanError(message, file=name, way_out=way_out)
        reached = {str(k): float(v) for k, v in data["reached"].items()}
        findings = {str(k): int(v) for k, v in data["findings"].items()}
        return Baseline(reached, findings, frozenset(map(str, data["lacking"])))
    except (ValueError, KeyError, TypeError, AttributeError):
        raise DragomanError("not a baseline", file=name, way_out=way_out) from None
