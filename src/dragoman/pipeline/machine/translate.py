"""Machine drafts: untranslated messages are sent to an engine, and its answers become drafts."""

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
from dragoman.pipeline.machine.consent import EngineChoice, agreed, check_languages
from dragoman.pipeline.machine.drafting import Drafting, DraftResult
from dragoman.pipeline.machine.sending import Sent, send
from dragoman.pipeline.machine.untranslated import ORIGIN, is_untouched, openings
from dragoman.pipeline.merging import Merging
from dragoman.pipeline.selection import chosen_locales, chosen_texts
from dragoman.po import Entry
from dragoman.project import Files, Project, Text


class TranslateOptions(NamedTuple):
    """Options of a run."""

    said: EngineChoice = EngineChoice()
    texts: tuple[str, ...] = ()
    locales: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    """Globs of texts that are never sent, besides those in the settings."""
    renew: bool = False
    """Whether to replace machine drafts that nobody changed."""
    fresh: bool = False
    """Whether to ignore cached answers."""


class TranslatePlan(NamedTuple):
    """Everything that a run would request; nothing is sent yet."""

    drafting: Drafting
    batches: list[Batch]
    absent: Counter[str]
    """Name of a catalog to the number of units that it has no entry for."""


class Drafted(NamedTuple):
    """The result of a run."""

    drafts: Counter[str]
    """Locale to the number of drafts written."""
    refused: tuple[DraftResult, ...]
    """Results without a draft."""
    missed: tuple[DraftResult, ...]
    """Results whose draft does not use a term of the glossary."""
    faults: int
    """Number of failures, which are all in the log."""
    ended: DragomanError | None
    """The error that ended the run early, if one did."""


def plan(project: Project, wanted: TranslateOptions) -> TranslatePlan:
    """Compute what a run would request; nothing is sent.

    Raises:
        DragomanError: no engine is named, its key or model is missing, or there is no catalog.
    """
    agreement = agreed(project.settings, wanted.said)
    locales = chosen_locales(project, wanted.locales)
    check_languages(agreement, project.settings.source, locales)
    _today()  # so that an invalid SOURCE_DATE_EPOCH is reported before anything is sent
    answers = Answers()
    if not agreement.engine.TRAITS.offline:
        answers = Answers(Files(project.root), project.machine_folder, forget=wanted.fresh)
        answers.load()
    loader, absent = Loader(project), Counter[str]()
    untranslated = [
        opening
        for text in _texts(project, wanted)
        for opening in openings(loader, text, locales, absent, renew=wanted.renew)
    ]
    drafting = Drafting(agreement, project.settings.source, untranslated, answers)
    return TranslatePlan(drafting, drafting.batches(), absent)


def _texts(project: Project, wanted: TranslateOptions) -> list[Text]:
    """The chosen texts that may be sent."""
    texts = chosen_texts(project, wanted.texts)
    excluded = [text for text in texts if is_excluded(project, text, wanted.exclude)]
    if wanted.texts and excluded:
        raise DragomanError(
            f"{excluded[0].domain} is excluded, so it is not sent",
            how_to_fix="remove it from --text, or from 'exclude'",
        )
    return [text for text in texts if text not in excluded]


def is_excluded(project: Project, text: Text, more: tuple[str, ...] = ()) -> bool:
    """Whether the settings, or further globs, say that a text is never sent."""
    globs = (*project.settings.translate.get("exclude", ()), *more)
    return any(fnmatchcase(name, glob) for name in (text.path, text.domain) for glob in globs)


# --- showing --------------------------------------------------------------------------------


class _WithheldError(Exception):
    """Interrupts an engine when it tries to send a request."""


def requests(planned: TranslatePlan) -> Iterator[Request]:
    """Yield exactly the requests that a run would send; nothing is sent."""
    engine = planned.drafting.agreement.engine
    for batch in [] if engine.TRAITS.offline else planned.batches:
        caught: list[Request] = []

        def catch(request: Request, caught: list[Request] = caught) -> Answer:
            caught.append(request)
            raise _WithheldError

        try:
            engine.translate(batch, catch)
        except (_WithheldError, EngineError):
            yield from caught


# --- sending --------------------------------------------------------------------------------


def fetch_drafts(
    project: Project, made: TranslatePlan, progress: Callable[[int], None] = lambda _: None
) -> Drafted:
    """Request the drafts, and write those that can be used into the catalogs.

    Args:
        project: the project.
        made: the plan.
        progress: receives the number of texts of each answered batch.

    Raises:
        DragomanError: the engine cannot be used, and there is nothing to write either.
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


def _put_down(project: Project, drafts: Sequence[DraftResult], engine: str) -> Counter[str]:
    """Write drafts into catalogs, unless somebody translated the message meanwhile; counts by locale."""
    origin = f"{ORIGIN}{engine} {_today().isoformat()}"
    written: Counter[str] = Counter()
    contents: dict[str, bytes] = {}
    merging = Merging(project.files)
    loader = Loader(project, merging)
    for (text, locale), group in groupby(drafts, lambda f: (f.opening.text, f.opening.locale)):
        targets = {fate.opening.key: fate.target for fate in group}
        po = loader.catalog(text, locale).po
        for index, entry in enumerate(po.entries):
            target = "" if entry.obsolete else targets.get(entry.key, "")
            if target and _is_open(entry) and target != entry.msgstr:
                po.entries[index] = _drafted(entry, target, origin)
                written[locale] += 1
        if po.entries:
            contents[project.catalog(text, locale)] = po.write()
    with project.files.locked(project.lock_folder):
        project.files.write(contents, merging.yielded)
    return written


def _is_open(entry: Entry) -> bool:
    """Whether an entry may get a draft: it is untranslated, or has an unchanged machine draft."""
    return entry.plural is None and (not entry.msgstr.strip() or is_untouched(entry))


def _drafted(entry: Entry, target: str, origin: str) -> Entry:
    """The entry with a draft, its origin, and a hash of the machine's output."""
    bare = done(entry) if entry.fuzzy else entry
    seal = provenance.seal_of(entry.key, target)
    origin_note = provenance.Provenance(origin, provenance.source_hash(entry.key), seal=seal)
    comments = provenance.write(bare.comments, origin_note)
    return bare.replaced(msgstr=target, comments=comments).flagged("fuzzy")


def _today() -> date:
    """The date of SOURCE_DATE_EPOCH if it is set, else today's."""
    if os.environ.get("SOURCE_DATE_EPOCH"):
        return moment().date()
    return datetime.now(UTC).astimezone().date()
