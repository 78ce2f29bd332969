"""Work on many texts in several processes; results come in the order of the texts."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable, Iterator, Sequence
from typing import TypeVar

from dragoman.errors import DragomanError

A = TypeVar("A")
B = TypeVar("B")
FEW = 300
"""Texts below which a second process costs more than it saves."""
_AT_ONCE = 8
"""Texts that a process takes at a time."""


def processes(jobs: int, texts: int) -> int:
    """How many processes are right for some texts; `jobs` of 0 means as many as there are cores.

    >>> processes(0, 20), processes(3, 20)
    (1, 3)
    """
    if jobs:
        return max(1, min(jobs, texts))
    if texts < FEW:
        return 1
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def in_processes(work: Callable[[A], B], items: Sequence[A], jobs: int) -> Iterator[B]:
    """Yield the result of a function for each item, in order.

    Args:
        work: a function of a module, without side effects.
        items: what it is called with.
        jobs: the number of processes; one means this process.

    Raises:
        DragomanError: a process was killed.
    """
    if jobs == 1 or not items:
        yield from map(work, items)
        return
    from concurrent.futures import ProcessPoolExecutor  # only where there are many texts
    from concurrent.futures.process import BrokenProcessPool

    pool = ProcessPoolExecutor(jobs, initializer=_quiet)
    try:
        yield from pool.map(work, items, chunksize=_AT_ONCE)
    except BrokenProcessPool:
        raise DragomanError(
            "one of the processes was killed", how_to_fix="run the command again with '--jobs 1'"
        ) from None
    finally:
        pool.shutdown(cancel_futures=True)


def _quiet() -> None:
    """Leave Ctrl+C to the first process, which then ends the others."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
