"""Commits of catalogs with the person who changed them as author, when that person pauses.

A catalog that one person changed is committed before another's change is written to it, so that
no commit has the work of two.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterable, Mapping

from dragoman.errors import DragomanError
from dragoman.project.git import git

PAUSE = 60.0
"""Seconds without a change after which a person's work is committed."""
_NAMED = 3
"""Number of files that the subject of a commit names."""


class Committer:
    """The changes of a project that are in no commit yet, by person."""

    def __init__(
        self, root: str, pause: float = PAUSE, clock: Callable[[], float] = time.monotonic
    ) -> None:
        """Prepare to commit in the repository of a project's folder.

        Raises:
            DragomanError: the folder is in no repository, or git does not know who commits.
        """
        self._root = root
        self._pause = pause
        self._clock = clock
        self._lock = threading.Lock()
        self._author: dict[str, str] = {}
        """The person whose changes a path has, in no commit yet."""
        self._last: dict[str, float] = {}
        """When a person changed anything last."""
        self._subjects: dict[str, str] = {}
        git(root, "rev-parse", "--show-toplevel")
        try:
            git(root, "config", "user.email")
        except DragomanError:
            raise DragomanError(
                "git does not know who commits",
                how_to_fix="run 'git config user.name' and 'git config user.email'",
            ) from None

    def before(self, paths: Iterable[str], by: str) -> None:
        """Commit what others changed in files that a person is about to change.

        Raises:
            DragomanError: git cannot; the changes stay pending.
        """
        with self._lock:
            others = {self._author[path] for path in paths if path in self._author} - {by}
        for other in others:
            self.commit(other)

    def changed(self, paths: Mapping[str, str], by: str) -> None:
        """Take down that a person changed files.

        Args:
            paths: the files, with what a commit's subject calls each.
            by: the person.
        """
        with self._lock:
            self._last[by] = self._clock()
            self._author.update(dict.fromkeys(paths, by))
            self._subjects.update(paths)

    def due(self) -> list[str]:
        """The people who have paused."""
        with self._lock:
            waiting = set(self._author.values())
            return [by for by in waiting if self._clock() - self._last[by] >= self._pause]

    def pending(self) -> list[str]:
        """The people whose changes are in no commit yet."""
        with self._lock:
            return sorted(set(self._author.values()))

    def commit(self, by: str) -> bool:
        """Commit what a person changed; whether there was anything to commit.

        Raises:
            DragomanError: git cannot, as in the middle of a merge; the changes stay pending.
        """
        with self._lock:
            paths = sorted(path for path, author in self._author.items() if author == by)
            there = [path for path in paths if self._is_changed(path)]
            if there:
                subjects = list(dict.fromkeys(self._subjects[path] for path in there))
                more = " …" if len(subjects) > _NAMED else ""
                subject = f"Translate {', '.join(subjects[:_NAMED])}{more}"
                git(self._root, "add", "--", *there)
                git(
                    self._root, "-c", "commit.gpgSign=false", "commit", "--quiet",
                    f"--author={by} <>", f"--message={subject}", "--only", "--", *there,
                )  # fmt: skip
            for path in paths:
                del self._author[path]
        return bool(there)

    def _is_changed(self, path: str) -> bool:
        return bool(git(self._root, "status", "--porcelain", "--", path).strip())
