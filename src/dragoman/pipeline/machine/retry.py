"""Sends batches to an engine: within its rate, and again after a pause if it fails."""

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
from dragoman.engines.engine_errors import EngineError, ErrorKind
from dragoman.engines.exchange import Answer, Batch, Request, Send

_LONGEST = 60.0
"""Maximum of our own pauses, in seconds."""
_PATIENCE = 300.0
"""Maximum pause that a server may ask for, in seconds; a longer one ends the run."""
_HOPELESS = 3
"""Number of batches that fail in a row before the run ends."""
_GRACE = 5.0
"""Seconds to wait for pending answers when the run is stopped."""
T = TypeVar("T")
Keep = Callable[[Batch, Sequence[str]], None]
"""Receives the answers to a batch as soon as they arrive."""
Log = Callable[[str], None]
"""Receives a line about a failure."""


class Pace(NamedTuple):
    """How fast and how often requests may be sent."""

    concurrency: int = 4
    """Requests at the same time."""
    rate: float = 0.0
    """Maximum number of requests a second; 0 for no limit."""
    timeout: float = 60.0
    """Maximum duration of a request, in seconds."""
    tries: int = 6
    """How often a failing request is sent."""
    wait: float = 1.0
    """Seconds before the second try; doubled for each further one."""


class Stopped(Exception):  # noqa: N818 - it is not an error
    """Ends this thread, since an error in another thread ended the run."""


class RequestGate:
    """Spaces requests, and holds them back while the server asks for a pause."""

    def __init__(self, rate: float) -> None:
        self._space = 1 / rate if rate else 0.0
        self._next = 0.0
        self._lock = threading.Lock()
        self.stop = threading.Event()

    def enter(self) -> None:
        """Wait until the next request may be sent.

        Raises:
            Stopped: the run ended meanwhile.
        """
        with self._lock:
            now = time.monotonic()
            turn = max(now, self._next)
            self._next = turn + self._space
        self.rest(turn - now)

    def pause(self, seconds: float) -> None:
        """Hold back all requests for some seconds."""
        with self._lock:
            self._next = max(self._next, time.monotonic() + seconds)

    def rest(self, seconds: float) -> None:
        """Sleep.

        Raises:
            Stopped: the run ended meanwhile.
        """
        if self.stop.wait(max(0.0, seconds)):
            raise Stopped


class Asker:
    """Gets the answers to batches, and retries after temporary failures."""

    def __init__(self, engine: Engine, send: Send, pace: Pace, keep: Keep, log: Log) -> None:
        self._engine, self._send, self._pace = engine, send, pace
        self._keep, self._log = keep, log
        self.gate = RequestGate(pace.rate)
        self._answered = False
        self._failed = 0

    def ask(self, batch: Batch) -> list[EngineError | None]:
        """Get and keep the answers to a batch; returns an error for each item without one.

        Raises:
            EngineError: the engine cannot be used, so that the run has to end.
            Stopped: another thread ended the run.
        """
        last = EngineError(ErrorKind.SERVER, "it was not requested")
        for turn in range(self._pace.tries):
            try:
                answers = self._engine.translate(batch, self._sent)
            except EngineError as error:
                last = error
                if len(batch.items) > 1 and _is_of_size(error, turn):
                    self._tell(batch, error, turn, "asks for halves")
                    return self._halves(batch)
                if error.kind is ErrorKind.LARGE:
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
        """Request both halves of a batch separately."""
        middle = len(batch.items) // 2
        first = self.ask(batch._replace(items=batch.items[:middle]))
        return first + self.ask(batch._replace(items=batch.items[middle:]))

    def _gives_up(self, error: EngineError) -> bool:
        """Whether retrying is useless: the server cannot be reached and never answered."""
        return error.kind is ErrorKind.UNREACHABLE and not self._answered

    def _given_up(self, batch: Batch, error: EngineError) -> list[EngineError | None]:
        """The errors of a batch after the last try; raises if the whole run is hopeless."""
        self._failed += 1
        self._tell(batch, error, self._pace.tries - 1, "gives up")
        if not self._answered or self._failed >= _HOPELESS or error.kind is ErrorKind.BUSY:
            raise error
        return [error for _ in batch.items]

    def _wait(self, batch: Batch, error: EngineError, turn: int) -> None:
        """Wait as long as the server asks for, else twice as long as before, with random variation."""
        asked = seconds_of(error.after)
        if asked > _PATIENCE:
            self._tell(batch, error, turn, "ends")
            raise EngineError(
                ErrorKind.QUOTA,
                f"it asks to wait for {asked:.0f} s",
                how_to_fix="run the command again then; what was answered is kept",
            )
        backoff = min(_LONGEST, self._pace.wait * 2**turn) * random.uniform(0.5, 1.0)  # noqa: S311
        wait = max(asked, 0.0) + (backoff / 4 if asked > 0 else backoff)
        self._tell(batch, error, turn, f"waits {wait:.2f} s")
        if error.kind is ErrorKind.BUSY:
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
    """Whether a smaller batch may succeed."""
    if error.kind in (ErrorKind.LARGE, ErrorKind.COUNT):
        return True
    return error.kind is ErrorKind.GARBAGE and turn > 0


def seconds_of(after: str) -> float:
    """The pause in seconds that a Retry-After header asks for (RFC 9110, 10.2.3); 0 if it is invalid.

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
    items: Sequence[T], work: Callable[[T], int], count: int, stop: threading.Event
) -> Iterator[int]:
    """Apply `work` to items in `count` threads, in order; yields each result.

    The first error ends the run: work in progress is finished, and nothing new is started.

    Raises:
        BaseException: the first error of `work`.
    """
    todo, results = iter(items), queue.SimpleQueue[int | BaseException | None]()
    lock = threading.Lock()

    def worker() -> None:
        while not stop.is_set():
            with lock:
                item = next(todo, None)
            if item is None:
                break
            try:
                results.put(work(item))
            except BaseException as error:  # noqa: BLE001 - raised again in the main thread
                stop.set()
                results.put(error)
        results.put(None)

    threads = [threading.Thread(target=worker, daemon=True) for _ in range(min(count, len(items)))]
    for thread in threads:
        thread.start()
    errors: list[BaseException] = []
    try:
        running = len(threads)
        while running:
            result = results.get()
            if result is None:
                running -= 1
            elif isinstance(result, BaseException):
                errors.append(result)
            else:
                yield result
    except BaseException:
        stop.set()  # somebody pressed Ctrl-C
        raise
    finally:
        for thread in threads:
            thread.join(_GRACE)
    # the cause before what it stopped
    for error in sorted(errors, key=lambda error: isinstance(error, Stopped)):
        raise error
