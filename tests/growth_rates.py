"""How fast a piece of work grows, by comparing it with itself and never with a clock's absolute time."""

from __future__ import annotations

import time
from collections.abc import Callable

TRIES = 6
"""Comparisons before growth counts as too fast: a busy machine disturbs one or two, not six."""


def _taken(work: Callable[[int], object], size: int) -> float:
    """The CPU time of a run, in seconds."""
    start = time.process_time()
    work(size)
    return time.process_time() - start


def assert_grows_evenly(work: Callable[[int], object], small: int, times: int = 8) -> None:
    """Assert that `times` as much of something takes far less than `times` squared as long.

    Args:
        work: does the work for a size.
        small: the smaller size; it should take a millisecond or more.
        times: how many times larger the other one is.
    """
    ratios = []
    for _ in range(TRIES):
        ratios.append(_taken(work, small * times) / max(_taken(work, small), 1e-4))
        if ratios[-1] < times * times / 2:
            return
    raise AssertionError(f"{times} times as much takes {min(ratios):.0f} times as long")
