"""Asking an engine politely: not too fast, not too much at once, again after a while where it fails."""

from __future__ import annotations

import queue
import random
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import NamedTuple, TypeVar

from dragoman.engines import Engine
from dragoman.engines.engine_errors import EngineError, Kind
from dragoman.engines.exchange import Answer, Batch, Request, Send

_LONGEST = 60.0
_PATIENCE = 300.0
"""Seconds that a server may ask us to wait; who asks for more is asked again another time."""
_HOPELESS = 3
"""Batches in a row without an answer, after which a server counts as out of order."""
_GRACE = 5.0
"""Seconds that answers under way are waited for where the run is stopped."""
T = TypeVar("T")
Keep = Callable[[Batch, Sequence[str]], None]
"""Takes the answers to a batch as soon as they are there."""
Log = Callable[[str], None]
"""Takes a line about a fault."""


class Pace(NamedTuple):
    """How an engine may be asked."""

    concurrency: int = 4
    """Requests at the same time."""
    rate: float = 0.0
    """Requests a second, no limit where 0."""
    timeout: float = 60.0
    """Seconds that a request may take."""
    tries: int = 6
    """How often a request is sent before it is given up."""
    wait: float = 1.0
    """Seconds before the second try; each further one waits twice as long."""


class Stopped(Exception):  # noqa: N818 - nothing went wrong here
    """Another thread met what ends the run."""


class Gate:
    """Lets requests through one by one, none while the server asks for a pause."""

    def __init__(self, rate: float) -> None:
        self._space = 1 / rate if rate else 0.0
        self._next = 0.0
        self._lock = threading.Lock()
        self.stop = threading.Event()

    def enter(self) -> None:
        """Wait for one's turn; raises Stopped where the run ends meanwhile."""
        with self._lock:
            now = time.monotonic()
            at = max(now, self._next)
            self._next = at + self._space
        self.rest(at - now)

    def pause(self, seconds: float) -> None:
        """Let nobody through for a while."""
        with self._lock:
            self._next = max(self._next, time.monotonic() + seconds)

    def rest(self, seconds: float) -> None:
        if self.stop.wait(max(0.0, seconds)):
            raise Stopped


class Asker:
    """Gets the answers to batches, over all faults that pass."""

    def __init__(self, engine: Engine, send: Send, pace: Pace, keep: Keep, log: Log) -> None:
        self._engine, self._send, self._pace = engine, send, pace
        self._keep, self._log = keep, log
        self.gate = Gate(pace.rate)
        self._answered = False
        self._failed = 0

    def ask(self, batch: Batch) -> list[EngineError | None]:
        """Get the answers to a batch and keep them; says why an item has none.

        Raises:
            EngineError: the engine cannot be asked at all.
            Stopped: another thread ended the run.
        """
        last = EngineError(Kind.SERVER, "it was not asked")
        for turn in range(self._pace.tries):
            try:
                answers = self._engine.translate(batch, self._sent)
            except EngineError as error:
                last = error
                if len(batch.items) > 1 and _is_of_size(error, turn):
                    self._tell(batch, error, turn, "asks for halves")
                    return self._halves(batch)
                if error.kind is Kind.LARGE:
                    return [error for _ in batch.items]
                if not error.passing or (turn and self._gives_up(error)):
                    self._tell(batch, error, turn, "ends")
                    raise
                if turn + 1 < self._pace.tries:
                    self._wait(batch, error, turn)
            else:
                self._keep(batch, answers)
                self._answered, self._failed = True, 0
                return [None for _ in batch.items]
        return self._given_up(batch, last)

    def _sent(self, request: Request) -> Answer:
        self.gate.enter()
        return self._send(request)

    def _halves(self, batch: Batch) -> list[EngineError | None]:
        middle = len(batch.items) // 2
        first = self.ask(batch._replace(items=batch.items[:middle]))
        return first + self.ask(batch._replace(items=batch.items[middle:]))

    def _gives_up(self, error: EngineError) -> bool:
        """Whether waiting is vain: nobody is there, and never was."""
        return error.kind is Kind.UNREACHABLE and not self._answered

    def _given_up(self, batch: Batch, error: EngineError) -> list[EngineError | None]:
        self._failed += 1
        self._tell(batch, error, self._pace.tries - 1, "gives up")
        if not self._answered or self._failed >= _HOPELESS or error.kind is Kind.BUSY:
            raise error
        return [error for _ in batch.items]

    def _wait(self, batch: Batch, error: EngineError, turn: int) -> None:
        """Wait as long as the server asks for, else twice as long as before, and never just so."""
        asked = seconds_of(error.after)
        if asked > _PATIENCE:
            self._tell(batch, error, turn, "ends")
            raise EngineError(
                Kind.QUOTA,
                f"it asks to wait for {asked:.0f} s",
                way_out="run the command again then; what was answered is kept",
            )
        own = min(_LONGEST, self._pace.wait * 2**turn) * random.uniform(0.5, 1.0)  # noqa: S311
        wait = max(asked, 0.0) + (own / 4 if asked > 0 else own)
        self._tell(batch, error, turn, f"waits {wait:.2f} s")
        if error.kind is Kind.BUSY:
            self.gate.pause(wait)
        self.gate.rest(wait)

    def _tell(self, batch: Batch, error: EngineError, turn: int, what: str) -> None:
        now = datetime.now(UTC).isoformat(timespec="seconds")
        name, count = self._engine.TRAITS.name, len(batch.items)
        texts = "1 text" if count == 1 else f"{count} texts"
        self._log(
            f"{now} {name} {batch.target}: {error.kind}: {error}; "
            f"{texts}, try {turn + 1} of {self._pace.tries}, {what}"
        )


def _is_of_size(error: EngineError, turn: int) -> bool:
    """Whether fewer texts may succeed where these do not."""
    if error.kind in (Kind.LARGE, Kind.COUNT):
        return True
    return error.kind is Kind.GARBAGE and turn > 0


def seconds_of(after: str) -> float:
    """What a Retry-After header asks for, in seconds (RFC 9110, section 10.2.3); 0 where nothing.

    >>> seconds_of("3"), seconds_of("soon"), seconds_of("Wed, 21 Oct 2015 07:28:00 GMT")
    (3.0, 0.0, 0.0)
    """
    after = after.strip()
    if after.isascii() and after.isdigit():
        return float(after[:9])
    try:
        then = parsedate_to_datetime(after)
    except (ValueError, TypeError, IndexError):
        return 0.0
    if then.tzinfo is None:
        then = then.replace(tzinfo=UTC)
    return max(0.0, (then - datetime.now(UTC)).total_seconds())


def each(
    things: Sequence[T], work: Callable[[T], int], count: int, stop: threading.Event
) -> Iterator[int]:
    """Do work on things in so many threads, in order; yields what each gave.

    The first error ends the run: what is under way is finished, nothing new is begun.
    """
    todo, done = iter(things), queue.SimpleQueue[int | BaseException | None]()
    lock = threading.Lock()

    def labour() -> None:
        while not stop.is_set():
            with lock:
                thing = next(todo, None)
            if thing is None:
                break
            try:
                done.put(work(thing))
            except BaseException as error:  # noqa: BLE001 - raised again where it is awaited
                stop.set()
                done.put(error)
        done.put(None)

    threads = [threading.Thread(target=labour, daemon=True) for _ in range(min(count, len(things)))]
    for thread in threads:
        thread.start()
    errors: list[BaseException] = []
    try:
        running = len(threads)
        while running:
            said = done.get()
            if said is None:
                running -= 1
            elif isinstance(said, BaseException):
                errors.append(said)
            else:
                yield said
    except BaseException:
        stop.set()  # somebody pressed Ctrl-C
        raise
    finally:
        for thread in threads:
            thread.join(_GRACE)
    for error in sorted(errors, key=lambda error: isinstance(error, Stopped)):
        raise error
