"""Locks between processes, and removal of temporary files of processes that were killed."""

from __future__ import annotations

import contextlib
import os
import re
from collections.abc import Iterator
from contextlib import AbstractContextManager

from dragoman import system
from dragoman.errors import DragomanError

_SECONDS = 30.0
"""How long to wait for a lock."""
_TEMPORARY = re.compile(r"(?:\A|/)\.[^/]+\.dragoman-(\d+)\.tmp\Z")


@contextlib.contextmanager
def held(path: str, shown: str, mapped: AbstractContextManager[None]) -> Iterator[None]:
    """Hold a lock on a file; the system releases it when the process ends, even if it is killed.

    Args:
        path: the lock file, created if there is none.
        shown: its name in messages.
        mapped: turns errors of the system into DragomanErrors.

    Raises:
        DragomanError: another process holds the lock for more than half a minute.
    """
    with mapped:
        release = system.lock(path, _SECONDS)
    if release is None:
        raise DragomanError(
            "another dragoman command is running in this project",
            file=shown,
            how_to_fix="wait until it has ended",
        )
    try:
        yield
    finally:
        release()


def remove_leavings(journal: str) -> None:
    """Remove the temporary files that a journal lists, and the journal; call it under the lock.

    Paths are relative to the journal's folder, so that a moved project works. Only files with our
    temporary names are removed, whatever else the journal lists.
    """
    try:
        with open(journal, "rb") as file:
            names = file.read().decode(errors="surrogateescape").split("\0")
    except FileNotFoundError:
        return
    for name in names:
        if _TEMPORARY.search(name):
            with contextlib.suppress(FileNotFoundError, NotADirectoryError):
                os.unlink(os.path.join(os.path.dirname(journal), name))
    os.unlink(journal)


def remove_if_dead(path: str) -> None:
    """Remove a temporary file if the process that wrote it no longer runs."""
    match = _TEMPORARY.search(path)
    if match is not None and _is_dead(int(match[1])):
        with contextlib.suppress(FileNotFoundError):
            os.unlink(path)


def _is_dead(process: int) -> bool:
    """Whether a process has ended; our own number on a file means that one of the same number has."""
    return process == os.getpid() or not system.is_running(process)
