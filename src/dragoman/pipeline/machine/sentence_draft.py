"""A machine draft of one sentence: what would leave is shown first, and only that is sent.

The draft is returned, never written: a person puts it into the translation or does not.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from typing import NamedTuple
from urllib.parse import parse_qsl, urlsplit

from dragoman.engines.exchange import Request
from dragoman.errors import DragomanError
from dragoman.model import Key, digest
from dragoman.pipeline.loader import Loader
from dragoman.pipeline.machine.cache import Answers
from dragoman.pipeline.machine.consent import EngineChoice, agreed, check_languages
from dragoman.pipeline.machine.drafting import Drafting
from dragoman.pipeline.machine.sending import send
from dragoman.pipeline.machine.translate import TranslatePlan, is_excluded, requests
from dragoman.pipeline.machine.untranslated import opening_of
from dragoman.project import Files, Project, Text


class Departure(NamedTuple):
    """What would leave this machine for one draft; an answer that is known already needs nothing."""

    engine: str
    host: str
    """The server it would be sent to; empty for an engine that sends nothing."""
    lines: tuple[str, ...]
    """The requests, line by line, without a key; empty if nothing would leave."""
    cost: float | None
    currency: str

    @property
    def seal(self) -> str:
        """A hash of all of it: what is sent is what was shown."""
        return digest("\n".join((self.engine, self.host, *self.lines)).encode(), 8)


class SentenceDraft(NamedTuple):
    """The result for one sentence."""

    target: str
    """The draft; empty if there is none."""
    reason: str
    """Why there is none."""
    missed: tuple[str, ...]
    """Messages on terms of the glossary that it does not use."""
    engine: str


def departure(
    project: Project, text: Text, locale: str, key: Key, choice: EngineChoice
) -> Departure:
    """What would be sent for a draft of a message; nothing is sent.

    Raises:
        DragomanError: no engine is named, the text is never sent, or the engine cannot be used.
    """
    drafting = _drafting(project, text, locale, key, replace(choice, dry_run=True))
    batches = drafting.batches()
    lines = [
        line
        for request in requests(TranslatePlan(drafting, batches, Counter()))
        for line in _lines(request)
    ]
    agreement = drafting.agreement
    cost = drafting.estimate(batches).cost
    return Departure(agreement.name, agreement.host, tuple(lines), cost, agreement.currency)


def sentence_draft(
    project: Project, text: Text, locale: str, key: Key, choice: EngineChoice
) -> SentenceDraft:
    """Request a draft of a message, once; nothing is written into a catalog.

    Raises:
        DragomanError: see `departure`; or the engine did not answer.
    """
    drafting = _drafting(project, text, locale, key, choice)
    known = next(drafting.fates())
    if not known.target:
        sent = send(project, drafting, lambda _: None, turns=1)
        known = next(drafting.fates())
        if sent.ended is not None and not known.target:
            raise sent.ended
    return SentenceDraft(known.target, known.reason, known.missed, drafting.agreement.name)


def _drafting(
    project: Project, text: Text, locale: str, key: Key, choice: EngineChoice
) -> Drafting:
    if is_excluded(project, text):
        raise DragomanError(
            f"{text.domain} is excluded, so it is not sent", how_to_fix="change 'exclude'"
        )
    agreement = agreed(project.settings, choice)
    check_languages(agreement, project.settings.source, (locale,))
    opening = opening_of(Loader(project), text, locale, key)
    if opening is None:
        raise DragomanError(
            "the catalog does not have this sentence", how_to_fix="run 'dragoman update'"
        )
    answers = Answers()
    if not agreement.engine.TRAITS.offline:
        answers = Answers(Files(project.root), project.machine_folder)
        answers.load()
    return Drafting(agreement, project.settings.source, [opening], answers)


def _lines(request: Request) -> Iterator[str]:
    """A request as it would be sent, for a person to read."""
    address = urlsplit(request.url)
    yield f"{request.method} {address.scheme}://{address.netloc}{address.path}"
    for name, value in parse_qsl(address.query, keep_blank_values=True):
        yield f"{name} = {value}"
    if request.body:
        yield request.body.decode(errors="replace")
