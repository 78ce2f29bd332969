"""Machine drafts: what is empty in the catalogs is sent to an engine and comes back as a draft."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, date, datetime
from fnmatch import fnmatchcase
from itertools import groupby
from typing import NamedTuple

from dragoman.catalogs import provenance
from dragoman.engines.engine_errors import EngineError
from dragoman.engines.exchange import Answer, Batch, Request
from dragoman.errors import DragomanError
from dragoman.exports.parts.fixed_dates import moment
from dragoman.pipeline.catalogs.edit import done
from dragoman.pipeline.loader import Loader
from dragoman.pipeline.machine.cache import Answers
from dragoman.pipeline.machine.consent import Said, agreed, check_languages
from dragoman.pipeline.machine.drafting import Drafting, Fate
from dragoman.pipeline.machine.sending import Sent, send
from dragoman.pipeline.machine.untranslated import ORIGIN, is_untouched, openings
from dragoman.pipeline.merging import Merging
from dragoman.pipeline.selection import chosen_locales, chosen_texts
from dragoman.po import Entry
from dragoman.project import Files, Project, Text


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
        answers = Answers(Files(project.root), project.machine_folder, forget=wanted.fresh)
        answers.load()
    loader, absent = Loader(project), Counter[str]()
    found = [
        opening
        for text in _texts(project, wanted)
        for opening in openings(loader, text, locales, absent, renew=wanted.renew)
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
    drafting = made.drafting
    sent = send(project, drafting, progress) if made.batches else Sent()
    fates = list(drafting.fates())
    drafts = [fate for fate in fates if fate.target]
    if sent.ended is not None and not any(fate.opening.sent.says_something for fate in drafts):
        raise sent.ended
    return Drafted(
        _put_down(project, drafts, drafting.agreement.name),
        tuple(fate for fate in fates if not fate.target),
        tuple(fate for fate in drafts if fate.missed),
        sent.faults,
        sent.ended,
    )


# --- writing --------------------------------------------------------------------------------


def _put_down(project: Project, drafts: Sequence[Fate], engine: str) -> Counter[str]:
    """Put drafts into the catalogs, where still nobody wrote anything; how many, by locale."""
    origin = f"{ORIGIN}{engine} {_today().isoformat()}"
    written: Counter[str] = Counter()
    out: dict[str, bytes] = {}
    merging = Merging(project.files)
    loader = Loader(project, merging)
    for (text, locale), group in groupby(drafts, lambda f: (f.opening.text, f.opening.locale)):
        targets = {fate.opening.key: fate.target for fate in group}
        po = loader.catalog(text, locale).po
        for place, entry in enumerate(po.entries):
            target = "" if entry.obsolete else targets.get(entry.key, "")
            if target and _is_open(entry) and target != entry.msgstr:
                po.entries[place] = _drafted(entry, target, origin)
                written[locale] += 1
        if po.entries:
            out[project.catalog(text, locale)] = po.write()
    with project.files.locked(project.lock_folder):
        project.files.write(out, merging.yielded)
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
