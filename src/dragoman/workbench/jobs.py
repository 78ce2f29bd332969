"""Thread pools for work that would block the server: reading, help, saving, and sending.

A save never waits for a check or a search, which run in other threads.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import ParamSpec, TypeVar

P = ParamSpec("P")
T = TypeVar("T")


class Jobs:
    """Thread pools for work that would block the server."""

    def __init__(self) -> None:
        self._reading = ThreadPoolExecutor(1, "reading")
        self._helping = ThreadPoolExecutor(1, "helping")
        self._saving = ThreadPoolExecutor(4, "saving")
        self._sending = ThreadPoolExecutor(2, "sending")

    async def read(self, work: Callable[P, T], *args: P.args, **named: P.kwargs) -> T:
        """Run reading work that a page waits for."""
        return await self._in(self._reading, work, *args, **named)

    async def help(self, work: Callable[P, T], *args: P.args, **named: P.kwargs) -> T:
        """Run work that may take long; always in the same thread, as memories require."""
        return await self._in(self._helping, work, *args, **named)

    async def save(self, work: Callable[P, T], *args: P.args, **named: P.kwargs) -> T:
        """Run work that writes; it is completed even if nothing awaits it any more."""
        return await self._in(self._saving, work, *args, **named)

    async def send(self, work: Callable[P, T], *args: P.args, **named: P.kwargs) -> T:
        """Run work that waits for a server elsewhere."""
        return await self._in(self._sending, work, *args, **named)

    @staticmethod
    async def _in(
        where: ThreadPoolExecutor, work: Callable[P, T], *args: P.args, **named: P.kwargs
    ) -> T:
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(where, lambda: work(*args, **named))

    def close(self) -> None:
        """Wait for running saves; cancel the queued work of the other pools."""
        self._saving.shutdown(wait=True)
        self._reading.shutdown(wait=False, cancel_futures=True)
        self._helping.shutdown(wait=False, cancel_futures=True)
        self._sending.shutdown(wait=False, cancel_futures=True)
