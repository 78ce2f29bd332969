"""Work of the verbs off the server's own thread: reading in one, saving in others.

A save never waits for a check or a search: they have threads of their own.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import ParamSpec, TypeVar

P = ParamSpec("P")
T = TypeVar("T")


class Jobs:
    """Threads for what would keep the server waiting."""

    def __init__(self) -> None:
        self._reading = ThreadPoolExecutor(1, "reading")
        self._helping = ThreadPoolExecutor(1, "helping")
        self._saving = ThreadPoolExecutor(4, "saving")

    async def read(self, work: Callable[P, T], *args: P.args, **named: P.kwargs) -> T:
        """Do what pages wait for."""
        return await self._in(self._reading, work, *args, **named)

    async def help(self, work: Callable[P, T], *args: P.args, **named: P.kwargs) -> T:
        """Do what may take long; always in the same thread, as a memory asks for."""
        return await self._in(self._helping, work, *args, **named)

    async def save(self, work: Callable[P, T], *args: P.args, **named: P.kwargs) -> T:
        """Do what writes; it ends even if nobody waits for it any more."""
        return await self._in(self._saving, work, *args, **named)

    @staticmethod
    async def _in(
        where: ThreadPoolExecutor, work: Callable[P, T], *args: P.args, **named: P.kwargs
    ) -> T:
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(where, lambda: work(*args, **named))

    def close(self) -> None:
        """Let saves end; forget the rest."""
        self._saving.shutdown(wait=True)
        self._reading.shutdown(wait=False, cancel_futures=True)
        self._helping.shutdown(wait=False, cancel_futures=True)
