"""Getting a baseline: from a check's result, a saved file, or a check of an earlier commit."""

from __future__ import annotations

import io
import os
import tarfile
import tempfile
from collections import Counter
from dataclasses import replace

from dragoman.errors import DragomanError
from dragoman.pipeline.check.baseline import LACKING, Baseline, loaded, unit_fingerprint
from dragoman.pipeline.check.check import Checked, CheckOptions, check
from dragoman.project import Project, find
from dragoman.project.git import git, top


def of(checked: Checked) -> Baseline:
    """The result of a check as a baseline for later ones."""
    what = (checked.asked.require, checked.asked.by)
    reached = {f"{c.text}/{c.locale}": c.reached(*what) for c in checked.counts}
    lacking = frozenset(unit_fingerprint(p) for p in checked.findings if p.code in LACKING)
    known = Counter(p.fingerprint for p in checked.findings if p.code not in LACKING)
    return Baseline(reached, known, lacking)


def read(project: Project, name: str, asked: CheckOptions) -> Baseline:
    """Get a baseline from a saved file, or else from a commit, branch or tag of git.

    Raises:
        DragomanError: there is neither, or the file is not a baseline.
    """
    path = os.path.join(os.getcwd(), name)
    if os.path.isfile(path):
        return loaded(path, name)
    return _of_commit(project, name, asked)


def _of_commit(project: Project, name: str, asked: CheckOptions) -> Baseline:
    """Check the project as of a commit, in a temporary folder."""
    root = project.root
    repository = top(root)
    if name.startswith("-"):
        raise DragomanError(f"{name!r} is no commit", how_to_fix="name a branch, tag or commit")
    try:
        archive = git(repository, "archive", "--format=tar", name, "--")
    except DragomanError:
        raise DragomanError(
            f"there is no file, commit, branch or tag {name!r}",
            how_to_fix="fetch it, or write a baseline with --save-baseline",
        ) from None
    with tempfile.TemporaryDirectory(prefix="dragoman-base-") as folder:
        with tarfile.open(fileobj=io.BytesIO(archive)) as tar:
            tar.extractall(folder, filter="data")
        there = os.path.join(folder, os.path.relpath(root, repository))
        if not os.path.isdir(there):
            return Baseline({}, {})
        # the search for settings stops at the root of a repository
        os.makedirs(os.path.join(folder, ".git"), exist_ok=True)
        before = replace(asked, texts=(), locales=(), frozen=False, baseline=None)
        return of(check(find(there), before))
