"""Event streams that report changes of a text's files to its open pages, whoever made the changes.

The stamps of the files are compared four times a second; a changed file is read once, and the
change is sent to every page that shows the text.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from typing import Any, NamedTuple

from dragoman.errors import DragomanError
from dragoman.pipeline.session.opened import Opened
from dragoman.pipeline.session.session import Session
from dragoman.project import Text
from dragoman.workbench.jobs import Jobs

_SECONDS = 0.25
_PING_SECONDS = 15.0
_MOST_STREAMS = 100
_MOST_WAITING = 20_000
"""Maximum number of events queued for a page that does not read them."""


class Place(NamedTuple):
    """A text in one locale."""

    text: Text
    locale: str


class Author(NamedTuple):
    """The workbench page that changed a message; empty if the change came from elsewhere."""

    message: str = ""
    base: str = ""
    """The base of the version that it saved (see `put.base_of`)."""
    client: str = ""
    sequence: int = 0
    by: str = ""


class TooManyError(Exception):
    """Too many event streams are open."""


class _Shown:
    """A text that is open in pages, with the event queue of each."""

    def __init__(self, opened: Opened, stamps: Any) -> None:
        self.opened = opened
        self.stamps = stamps
        self.queues: set[asyncio.Queue[str]] = set()
        self.clients: set[str] = set()
        self.here: dict[str, dict[str, Any]] = {}
        """By page, who is at which sentence."""
        self.lock = asyncio.Lock()


class Streams:
    """The event streams of all open pages, by the text they show."""

    def __init__(self, session: Session, jobs: Jobs) -> None:
        self._session = session
        self._jobs = jobs
        self._shown: dict[Place, _Shown] = {}
        self._watch: asyncio.Task[None] | None = None
        self.closing = asyncio.Event()
        self._later: set[asyncio.Future[None]] = set()
        self.changed: Callable[[Opened, Sequence[str]], Awaitable[None]] | None = None
        """Called with the changed messages of a text that is open in some page."""

    async def events(
        self, place: Place, client: str = "", allowed: Callable[[], bool] = lambda: True
    ) -> AsyncIterator[str]:
        """The events for a page of a text, as the lines of an event stream.

        Args:
            place: the text and locale.
            client: the page, so that others know when it is gone.
            allowed: whether its person may still read it; asked before each event.

        Raises:
            TooManyError: too many pages are open.
        """
        if sum(len(shown.queues) for shown in self._shown.values()) >= _MOST_STREAMS:
            raise TooManyError
        shown = self._shown.get(place)
        if shown is None:
            stamps = self._session.stamps(*place)
            opened = await self._jobs.read(self._session.opened, *place)
            shown = self._shown.setdefault(place, _Shown(opened, stamps))
        if self._watch is None or self._watch.done():
            self._watch = asyncio.create_task(self._watching())
        return self._lines(place, shown, client, allowed)

    async def _lines(
        self, place: Place, shown: _Shown, client: str, allowed: Callable[[], bool]
    ) -> AsyncIterator[str]:
        queue: asyncio.Queue[str] = asyncio.Queue(_MOST_WAITING)
        shown.queues.add(queue)
        shown.clients.add(client)
        self._shown.setdefault(place, shown)
        try:
            yield "retry: 1000\n\n" + _event("hello", {})
            for said in list(shown.here.values()):
                yield _event("here", said)
            while not self.closing.is_set():
                event = ": still here\n\n"
                with contextlib.suppress(TimeoutError):
                    async with asyncio.timeout(_PING_SECONDS):
                        event = await queue.get()
                if not allowed():
                    return
                yield event
        finally:
            shown.queues.discard(queue)
            shown.clients.discard(client)
            if shown.here.pop(client, None):
                _tell(shown, _event("here", {"client": client, "by": "", "number": ""}))
            if not shown.queues:
                self._shown.pop(place, None)

    async def _watching(self) -> None:
        while self._shown and not self.closing.is_set():
            await asyncio.sleep(_SECONDS)
            for place in list(self._shown):
                with contextlib.suppress(DragomanError, OSError):
                    await self.look(place)

    async def look(self, place: Place, author: Author = Author()) -> None:  # noqa: B008 - frozen
        """Send the pages of a text the changes of its files since the last call."""
        shown = self._shown.get(place)
        if shown is None:
            return
        async with shown.lock:
            stamps = self._session.stamps(*place)
            if stamps == shown.stamps:
                return
            try:
                opened = await self._jobs.read(self._session.opened, *place)
            except DragomanError:  # an editor may be in the middle of writing the file
                return
            before, shown.opened, shown.stamps = shown.opened, opened, stamps
            for event in _differences(before, opened, author):
                _tell(shown, event)
        if self.changed is not None:
            learning = asyncio.ensure_future(self.changed(opened, _changed(before, opened)))
            self._later.add(learning)
            learning.add_done_callback(self._later.discard)

    def tell(self, place: Place, name: str, said: dict[str, Any]) -> None:
        """Send an event to the pages of a text."""
        shown = self._shown.get(place)
        if shown is not None:
            _tell(shown, _event(name, said))

    def tell_all(self, name: str, said: dict[str, Any]) -> None:
        """Send an event to every page of every text."""
        for place in list(self._shown):
            self.tell(place, name, said)

    def here(self, place: Place, client: str, by: str, number: str) -> None:
        """Tell the pages of a text at which sentence a person is; one that shows no text is nowhere."""
        shown = self._shown.get(place)
        if shown is None or client not in shown.clients:
            return
        shown.here[client] = {"client": client, "by": by, "number": number}
        _tell(shown, _event("here", shown.here[client]))

    def close(self) -> None:
        """End every stream."""
        self.closing.set()
        for shown in self._shown.values():
            _tell(shown, ": bye\n\n")


def _tell(shown: _Shown, event: str) -> None:
    for queue in list(shown.queues):
        try:
            queue.put_nowait(event)
        except asyncio.QueueFull:
            shown.queues.discard(queue)


def _changed(before: Opened, after: Opened) -> list[str]:
    """The ids of the messages whose version differs from before."""
    old = before.versions
    return [message for message, version in after.versions.items() if old.get(message) != version]


def _differences(before: Opened, after: Opened, author: Author) -> list[str]:
    old, new = before.versions, after.versions
    if before.document is not after.document and [*before.by_id] != [*after.by_id]:
        return [_event("text", {})]
    if {k for k, v in old.items() if v[0]} != {k for k, v in new.items() if v[0]}:
        return [_event("text", {})]
    return [
        _event(
            "unit",
            {
                "message": message,
                "base": base,
                "target": target,
                "state": state.value,
                **(author._asdict() if author[:2] == (message, base) else {}),
            },
        )
        for message, (base, target, state) in new.items()
        if old[message] != (base, target, state)
    ]


def _event(name: str, said: dict[str, Any]) -> str:
    return f"event: {name}\ndata: {json.dumps(said)}\n\n"
