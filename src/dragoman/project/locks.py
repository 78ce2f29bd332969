"""Locks between processes, and what processes that died leave behind."""

from __future__ import annotations

import contextlib
import fcntl
import os
import re
import time
from collections.abc import Iterator
from contextlib import AbstractContextManager

from dragoman.errors import DragomanError

_SECONDS = 30.0
_TEMPORARY = re.compile(r"(?:\A|/)\.[^/]+\.dragoman-(\d+)\.tmp\Z")


@contextlib.contextmanager
def held(path: str, shown: str, mapped: AbstractContextManager[None]) -> Iterator[None]:
    """Hold the lock of a file, which the system drops when the process ends, however it ends.

    Args:
        path: the lock file, made where there is none.
        shown: its name in messages.
        mapped: says what the system says.

    Raises:
        DragomanError: another process holds it for longer than half a minute.
    """
    with mapped:
        flags = os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW | os.O_CLOEXEC
        handle = os.open(path, flags, 0o666)
    try:
        _wait(handle, shown)
        yield
    finally:
        os.close(handle)


def _wait(handle: int, shown: str) -> None:
    until = time.monotonic() + _SECONDS
    while True:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if time.monotonic() > until:
                raise DragomanError(
                    "another dragoman is at work in this project",
                    file=shown,
                    way_out="wait until it has ended",
                ) from None
            time.sleep(0.02)
        else:
            return


def remove_leavings(journal: str) -> None:
    """Remove the temporary files that a journal lists, and the journal; for who holds the lock.

    They are listed by their way from the journal's folder, so that a moved project finds them.
    Only what bears our temporary name is ever removed, whatever the journal says.
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
    """Remove a temporary file whose process is no more."""
    match = _TEMPORARY.search(path)
    if match is not None and not _alive(int(match[1])):
        with contextlib.suppress(FileNotFoundError):
            os.unlink(path)


def _alive(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True
    return process != os.getpid()
