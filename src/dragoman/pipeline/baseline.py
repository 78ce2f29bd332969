"""The ratchet: what a project had before, so that nothing gets worse than it was."""

from __future__ import annotations

import io
import json
import os
import tarfile
import tempfile
from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from dragoman.errors import DragomanError
from dragoman.model import Problem
from dragoman.project import Project, find
from dragoman.project.git import git, top

if TYPE_CHECKING:
    from dragoman.pipeline.check import Asked, Checked

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
        return [p for p in found if p.code in LACKING and _unit(p) not in known]

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


def _unit(problem: Problem) -> str:
    return problem._replace(code=LACKING[0], span=(0, 0)).fingerprint


def of(checked: Checked) -> Baseline:
    """What a check found, as a baseline for later ones."""
    what = (checked.asked.require, checked.asked.by)
    reached = {f"{c.text}/{c.locale}": c.reached(*what) for c in checked.counts}
    lacking = frozenset(_unit(p) for p in checked.findings if p.code in LACKING)
    known = Counter(p.fingerprint for p in checked.findings if p.code not in LACKING)
    return Baseline(reached, known, lacking)


def dumped(baseline: Baseline) -> bytes:
    """A baseline as a file."""
    data = {"version": _VERSION, **baseline._asdict()}
    data["findings"] = dict(sorted(baseline.findings.items()))
    data["lacking"] = sorted(baseline.lacking)
    return (json.dumps(data, ensure_ascii=False, indent=1) + "\n").encode()


def read(project: Project, name: str, asked: Asked) -> Baseline:
    """A baseline from a saved file, else from a commit, branch or tag of git.

    Raises:
        DragomanError: there is neither, or the file is no baseline.
    """
    path = os.path.join(os.getcwd(), name)
    if os.path.isfile(path):
        return _loaded(path, name)
    return _of_commit(project, name, asked)


def _loaded(path: str, name: str) -> Baseline:
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


def _of_commit(project: Project, name: str, asked: Asked) -> Baseline:
    """The project as it was in a commit, checked in a folder of its own."""
    from dragoman.pipeline.check import check  # noqa: PLC0415 - the two know each other

    root = project.root
    repository = top(root)
    if name.startswith("-"):
        raise DragomanError(f"{name!r} is no commit", way_out="name a branch, tag or commit")
    try:
        archive = git(repository, "archive", "--format=tar", name, "--")
    except DragomanError:
        raise DragomanError(
            f"there is no file, commit, branch or tag {name!r}",
            way_out="fetch it, or write a baseline with --save-baseline",
        ) from None
    with tempfile.TemporaryDirectory(prefix="dragoman-base-") as folder:
        with tarfile.open(fileobj=io.BytesIO(archive)) as tar:
            tar.extractall(folder, filter="data")
        there = os.path.join(folder, os.path.relpath(root, repository))
        if not os.path.isdir(there):
            return Baseline({}, {})
        # a project is found up to the root of its repository
        os.makedirs(os.path.join(folder, ".git"), exist_ok=True)
        before = replace(asked, texts=(), locales=(), frozen=False, baseline=None)
        return of(check(find(there), before))
