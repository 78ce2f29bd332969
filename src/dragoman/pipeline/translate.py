"""Machine drafts: what is empty in the catalogs is sent to an engine and comes back as a draft."""

from __future__ import annotations

import contextlib
import os
import threading
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, date, datetime
from fnmatch import fnmatchcase
from functools import partial
from itertools import groupby
from typing import NamedTuple

from dragoman import provenance
from dragoman.engines.errors import EngineError, Kind
from dragoman.engines.exchange import Answer, Batch, Request, Send
from dragoman.errors import DragomanError
from dragoman.exports.dates import moment
from dragoman.pipeline.answers import Answers
from dragoman.pipeline.asking import Asker, each
from dragoman.pipeline.consent import Agreement, Said, agreed, check_languages
from dragoman.pipeline.drafting import TURNS, Drafting, Fate
from dragoman.pipeline.edit import done
from dragoman.pipeline.openings import ORIGIN, is_untouched, openings
from dragoman.pipeline.reading import Reader, chosen_locales, chosen_texts
from dragoman.po import Entry
from dragoman.project import Files, Project, Text

LOG = "faults.log"


class Wanted(NamedTuple):
    """What is to be drafted."""

    said: Said = Said()
    texts: tuple[str, ...] = ()
    locales: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    """Globs of texts that never leave, beside those of the settings."""
    renew: bool = False
    """Whether machine drafts that nobody touched are made anew."""
    fresh: bool = False
    """Whether what was answered before is asked again."""


class Plan(NamedTuple):
    """Everything that would be asked, and nothing asked yet."""

    drafting: Drafting
    batches: list[Batch]
    absent: Counter[str]
    """Units that have no entry yet, by the name of the catalog."""


class Drafted(NamedTuple):
    """What a run did."""

    drafts: Counter[str]
    """By locale."""
    refused: tuple[Fate, ...]
    """Openings that got no draft."""
    missed: tuple[Fate, ...]
    """Drafts that do not say what the glossary asks for."""
    faults: int
    """Faults on the way, each of which is in the log."""
    ended: DragomanError | None
    """What ended the run early."""


def plan(project: Project, wanted: Wanted) -> Plan:
    """What a run would ask for; nothing leaves.

    Raises:
        DragomanError: no engine is named, it lacks something, or there is nothing to draft into.
    """
    agreement = agreed(project.settings, wanted.said)
    locales = chosen_locales(project, wanted.locales)
    check_languages(agreement, project.settings.source, locales)
    _today()  # complains of a wrong SOURCE_DATE_EPOCH before anything is sent
    answers = Answers()
    if not agreement.engine.TRAITS.offline:
        answers = Answers(Files(project.root), project.machine_folder)
        if not wanted.fresh:
            answers.load()
    reader, absent = Reader(project), Counter[str]()
    found = [
        opening
        for text in _texts(project, wanted)
        for opening in openings(reader, text, locales, absent, renew=wanted.renew)
    ]
    drafting = Drafting(agreement, project.settings.source, found, answers)
    return Plan(drafting, drafting.batches(), absent)


def _texts(project: Project, wanted: Wanted) -> list[Text]:
    """The chosen texts that may leave."""
    globs = (*project.settings.translate.get("exclude", ()), *wanted.exclude)
    texts = chosen_texts(project, wanted.texts)
    shut = [
        text
        for text in texts
        if any(fnmatchcase(name, glob) for name in (text.path, text.domain) for glob in globs)
    ]
    if wanted.texts and shut:
        raise DragomanError(
            f"{shut[0].domain} is excluded, so it is not sent",
            way_out="leave it out of --text, or take it out of 'exclude'",
        )
    return [text for text in texts if text not in shut]


# --- showing --------------------------------------------------------------------------------


class _WithheldError(Exception):
    """A request was made, and not sent."""


def requests(made: Plan) -> Iterator[Request]:
    """Exactly what would leave, request by request; nothing leaves."""
    engine = made.drafting.agreement.engine
    for batch in [] if engine.TRAITS.offline else made.batches:
        caught: list[Request] = []

        def catch(request: Request, caught: list[Request] = caught) -> Answer:
            caught.append(request)
            raise _WithheldError

        try:
            engine.translate(batch, catch)
        except (_WithheldError, EngineError):
            yield from caught


# --- asking ---------------------------------------------------------------------------------


def carry_out(
    project: Project, made: Plan, progress: Callable[[int], None] = lambda _: None
) -> Drafted:
    """Ask, and put what can be used into the catalogs.

    Args:
        project: the project.
        made: what is to be asked.
        progress: takes how many texts more have been answered.

    Raises:
        DragomanError: the engine cannot be asked, and there is nothing to write either.
    """
    drafting, files = made.drafting, Files(project.root)
    run = _Run(drafting, files, project.machine_folder)
    ended: DragomanError | None = None
    if made.batches:
        with _alone(files, project, drafting.agreement), _sender(drafting.agreement) as send:
            try:
                run.go(made.batches, send, progress)
            except EngineError as error:
                ended = _told(error, drafting.agreement)
    fates = list(drafting.fates())
    drafts = [fate for fate in fates if fate.target]
    if ended is not None and not any(fate.opening.sent.says_something for fate in drafts):
        raise ended
    return Drafted(
        _put_down(project, drafts, drafting.agreement.name),
        tuple(fate for fate in fates if not fate.target),
        tuple(fate for fate in drafts if fate.missed),
        run.faults,
        ended,
    )


def _alone(
    files: Files, project: Project, agreement: Agreement
) -> contextlib.AbstractContextManager[None]:
    """Two runs at once would ask for the same; one that sends nothing may run beside any."""
    if agreement.engine.TRAITS.offline:
        return contextlib.nullcontext()
    return files.locked(project.machine_folder)


class _Run:
    """One run against an engine, with its log."""

    def __init__(self, drafting: Drafting, files: Files, folder: str) -> None:
        self._drafting, self._files = drafting, files
        self._log = f"{folder}/{LOG}"
        self._lock = threading.Lock()
        self.faults = 0

    def go(self, batches: Sequence[Batch], send: Send, progress: Callable[[int], None]) -> None:
        """Ask for all batches, then once more for what came back damaged."""
        agreement = self._drafting.agreement
        asker = Asker(agreement.engine, send, agreement.pace, self._keep, self._tell)
        work, threads = partial(self._work, asker), agreement.pace.concurrency
        for _ in range(TURNS):
            for count in each(batches, work, threads, asker.gate.stop):
                progress(count)
            batches = self._drafting.batches()

    def _work(self, asker: Asker, batch: Batch) -> int:
        """Ask for one batch; how many texts it has."""
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
    """What sends requests; for an engine without a server, what sends none."""
    if agreement.engine.TRAITS.offline:
        yield _nowhere
        return
    from dragoman.engines.http import Door  # noqa: PLC0415 - only where something leaves

    timeout = agreement.pace.timeout
    with contextlib.closing(
        Door(agreement.options.endpoint, named=agreement.named, timeout=timeout)
    ) as door:
        yield door.send


def _nowhere(_: Request) -> Answer:
    raise EngineError(Kind.UNSAFE, "nothing is to be sent")


def _told(error: EngineError, agreement: Agreement) -> DragomanError:
    """What ended a run, with the way out of it."""
    way_out = error.way_out or "run the command again later; what was answered is kept"
    if agreement.withheld and error.kind is Kind.KEY:
        way_out = (
            f"the key in {agreement.engine.TRAITS.key} is not sent where only settings say so: "
            "name the address with --endpoint"
        )
    proxy = next((name for name in _PROXIES if os.environ.get(name)), "")
    if proxy and error.kind is Kind.UNREACHABLE:
        way_out += f" ({proxy} is set, but no proxies are used)"
    return DragomanError(f"{agreement.host}: {error}", way_out=way_out)


_PROXIES = ("HTTPS_PROXY", "https_proxy", "HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy")


# --- writing --------------------------------------------------------------------------------


def _put_down(project: Project, drafts: Sequence[Fate], engine: str) -> Counter[str]:
    """Put drafts into the catalogs, where still nobody wrote anything; how many, by locale."""
    origin = f"{ORIGIN}{engine} {_today().isoformat()}"
    written: Counter[str] = Counter()
    out: dict[str, bytes] = {}
    with project.files.locked(project.lock_folder):
        reader = Reader(project)
        for (text, locale), group in groupby(drafts, lambda f: (f.opening.text, f.opening.locale)):
            targets = {fate.opening.key: fate.target for fate in group}
            po = reader.po(text, locale)
            for place, entry in enumerate(po.entries if po else ()):
                target = "" if entry.obsolete else targets.get(entry.key, "")
                if po is not None and target and _is_open(entry) and target != entry.msgstr:
                    po.entries[place] = _drafted(entry, target, origin)
                    written[locale] += 1
            if po is not None:
                out[project.catalog(text, locale)] = po.write()
        project.files.write(out, reader.merged)
    return written


def _is_open(entry: Entry) -> bool:
    return entry.plural is None and (not entry.msgstr.strip() or is_untouched(entry))


def _drafted(entry: Entry, target: str, origin: str) -> Entry:
    """The entry with a draft, which says where it comes from and is sealed as it came."""
    bare = done(entry) if entry.fuzzy else entry
    seal = provenance.seal_of(entry.key, target)
    said = provenance.Provenance(origin, provenance.source_hash(entry.key), seal=seal)
    comments = provenance.write(bare.comments, said)
    return bare.replaced(msgstr=target, comments=comments).flagged("fuzzy")


def _today() -> date:
    """The day of SOURCE_DATE_EPOCH, else today's."""
    if os.environ.get("SOURCE_DATE_EPOCH"):
        return moment().date()
    return datetime.now(UTC).astimezone().date()
