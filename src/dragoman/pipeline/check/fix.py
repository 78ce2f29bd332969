"""Apply the fixes of findings to catalogs, and show them as a diff."""

from __future__ import annotations

import difflib
from collections import defaultdict
from collections.abc import Iterable
from typing import NamedTuple

from dragoman.model import Problem
from dragoman.pipeline.check.check import CheckOptions, check
from dragoman.pipeline.loader import Loader
from dragoman.pipeline.merging import Merging
from dragoman.po import PoFile
from dragoman.project import Project


class FixResult(NamedTuple):
    """The result of fixing, or of a dry run."""

    fixed: int
    diff: tuple[str, ...]
    """Lines of a unified diff of the catalogs."""


def apply_fixes(project: Project, asked: CheckOptions, *, unsafe: bool, write: bool) -> FixResult:
    """Apply the safe fixes of findings to the catalogs; with `unsafe`, all fixes."""
    merging = Merging(project.files)
    loader = Loader(project, merging)
    by_file: dict[str, list[Problem]] = defaultdict(list)
    for problem in check(project, asked).findings:
        if problem.fix is not None and (problem.safe or unsafe):
            by_file[problem.po_file].append(problem)
    out: dict[str, bytes] = {}
    diff: list[str] = []
    count = 0
    for name, problems in by_file.items():
        path = project.path(name)
        po = loader.catalog_at(path)
        before = po.write()
        count += _fix(po, problems)
        out[path] = po.write()
        diff += _diff(name, before, out[path])
    if write and out:
        with project.files.locked(project.lock_folder):
            project.files.write(out, merging.merged)
    return FixResult(count, tuple(diff))


def _fix(po: PoFile, problems: Iterable[Problem]) -> int:
    """Apply fixes to a catalog; return the number of fixed findings."""
    by_line: dict[int, list[Problem]] = defaultdict(list)
    for problem in problems:
        by_line[problem.po_line].append(problem)
    count = 0
    for place, entry in enumerate(po.entries):
        found = by_line.get(entry.line, ())
        target = fixed(entry.msgstr, found) if found else entry.msgstr
        if target != entry.msgstr:
            po.entries[place] = entry.replaced(msgstr=target)
            count += len(found)
    return count


def fixed(target: str, problems: Iterable[Problem]) -> str:
    """Apply fixes to a target, from the last to the first; one that overlaps a later one is skipped.

    >>> fixed("a  b", [Problem("white-space", "warning", "x", "ru", "m", target="a  b", span=(1, 3), fix=" ")])
    'a b'
    """
    taken = len(target) + 1
    for problem in sorted(problems, key=lambda problem: problem.span, reverse=True):
        start, end = problem.span
        if problem.fix is None or end > taken:
            continue
        target = target[:start] + problem.fix + target[end:]
        taken = start
    return target


def _diff(name: str, before: bytes, after: bytes) -> list[str]:
    old, new = (data.decode(errors="replace").split("\n") for data in (before, after))
    return list(difflib.unified_diff(old, new, name, name, lineterm="", n=1))
