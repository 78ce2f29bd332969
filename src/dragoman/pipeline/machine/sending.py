"""A run against an engine: under a lock, with a log of failures, and with the error that ended it."""

from __future__ import annotations

import contextlib
import os
import threading
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import NamedTuple

from dragoman.engines.engine_errors import EngineError, ErrorKind
from dragoman.engines.exchange import Answer, Batch, Request, Send
from dragoman.errors import DragomanError
from dragoman.pipeline.machine.consent import Agreement
from dragoman.pipeline.machine.drafting import TURNS, Drafting
from dragoman.pipeline.machine.retry import Asker, each
from dragoman.project import Files, Project

LOG = "faults.log"
_PROXIES = ("HTTPS_PROXY", "https_proxy", "HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy")


class Sent(NamedTuple):
    """The result of a run."""

    faults: int = 0
    """Number of failures, which are all in the log."""
    ended: DragomanError | None = None
    """The error that ended the run early, if one did."""


def send(
    project: Project, drafting: Drafting, progress: Callable[[int], None], turns: int = TURNS
) -> Sent:
    """Request everything that has no answer yet; unusable answers are requested again, a few times.

    Two runs at the same time would request the same texts, so one waits for the other and then
    reads its answers; an offline engine needs no lock.
    """
    files, agreement = Files(project.root), drafting.agreement
    run = _Run(drafting, files, project.machine_folder)
    offline = agreement.engine.TRAITS.offline
    alone = contextlib.nullcontext() if offline else files.locked(project.machine_folder)
    with alone, _sender(agreement) as sender:
        drafting.answers.load()
        try:
            run.go(sender, progress, turns)
        except EngineError as error:
            return Sent(run.faults, _told(error, agreement))
    return Sent(run.faults)


class _Run:
    """One run against an engine, with its log."""

    def __init__(self, drafting: Drafting, files: Files, folder: str) -> None:
        self._drafting, self._files = drafting, files
        self._log = f"{folder}/{LOG}"
        self._lock = threading.Lock()
        self.faults = 0

    def go(self, sender: Send, progress: Callable[[int], None], turns: int) -> None:
        """Request everything, then again the texts whose answers were unusable."""
        agreement = self._drafting.agreement
        asker = Asker(agreement.engine, sender, agreement.pace, self._keep, self._tell)
        work, threads = partial(self._work, asker), agreement.pace.concurrency
        for _ in range(turns):
            for count in each(self._drafting.batches(), work, threads, asker.gate.stop):
                progress(count)

    def _work(self, asker: Asker, batch: Batch) -> int:
        """Request one batch, and return the number of its texts."""
        errors = asker.ask(batch)
        for name, error in zip(self._drafting.names(batch), errors, strict=True):
            if error is not None:
                self._drafting.reasons[name] = str(error)
        return len(batch.items)

    def _keep(self, batch: Batch, answers: Sequence[str]) -> None:
        names = self._drafting.names(batch)
        self._drafting.answers.add(dict(zip(names, answers, strict=True)))

    def _tell(self, line: str) -> None:
        with self._lock:
            self.faults += 1
            self._files.append(self._log, f"{line}\n".encode())


@contextlib.contextmanager
def _sender(agreement: Agreement) -> Iterator[Send]:
    """A context with the function that sends requests; for an offline engine, it always fails."""
    if agreement.engine.TRAITS.offline:
        yield _nowhere
        return
    from dragoman.engines.http import Door  # only if something is sent

    timeout = agreement.pace.timeout
    with contextlib.closing(
        Door(agreement.options.endpoint, named=agreement.named, timeout=timeout)
    ) as door:
        yield door.send


def _nowhere(_: Request) -> Answer:
    raise EngineError(ErrorKind.UNSAFE, "nothing is to be sent")


def _told(error: EngineError, agreement: Agreement) -> DragomanError:
    """The error to report for the one that ended a run."""
    how_to_fix = error.how_to_fix or "run the command again later; what was answered is kept"
    if agreement.withheld and error.kind is ErrorKind.KEY:
        how_to_fix = (
            f"the key in {agreement.engine.TRAITS.key} is not sent to an address from the settings: "
            "give the address with --endpoint"
        )
    proxy = next((name for name in _PROXIES if os.environ.get(name)), "")
    if proxy and error.kind is ErrorKind.UNREACHABLE:
        how_to_fix += f" ({proxy} is set, but no proxies are used)"
    return DragomanError(f"{agreement.host}: {error}", how_to_fix=how_to_fix)
