"""Search and replace in all translations: found first, replaced where the person says, undone at once."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from dragoman.catalogs import joins, provenance
from dragoman.model import Key
from dragoman.pipeline.catalogs.edit import Chosen, edit
from dragoman.pipeline.catalogs.put import base_of
from dragoman.pipeline.session.opened import Line, Opened
from dragoman.pipeline.session.session import Session
from dragoman.pipeline.session.step_journal import Replacement, Step, StepJournal
from dragoman.po import Entry
from dragoman.project import Text


class Query(NamedTuple):
    """What is looked for."""

    text: str
    """Taken to the letter."""
    replacement: str = ""
    case: bool = False
    """Whether small and capital letters differ."""
    locales: tuple[str, ...] = ()
    """Where; in all of the project where empty."""

    @property
    def pattern(self) -> re.Pattern[str]:
        return re.compile(re.escape(self.text), 0 if self.case else re.IGNORECASE)


class Hit(NamedTuple):
    """A translation that has it."""

    opened: Opened
    line: Line
    spans: tuple[tuple[int, int], ...]
    after: str
    """The translation with everything replaced."""


class Meant(NamedTuple):
    """A translation that is to be replaced, as the person saw it."""

    text: Text
    locale: str
    key: Key
    base: str


def search(session: Session, query: Query) -> Iterator[Hit]:
    """The translations that have a text, message by message."""
    if not query.text:
        return
    pattern = query.pattern
    for text in session.texts().values():
        for locale in query.locales or session.project.settings.locales:
            opened = session.opened(text, locale)
            seen: set[str] = set()
            for line in opened.lines:
                if line.message in seen or line.target in joins.MARKS:
                    continue
                seen.add(line.message)
                spans = tuple([match.span() for match in pattern.finditer(line.target)])
                if spans:
                    yield Hit(opened, line, spans, replaced(query, line.target))


def replaced(query: Query, target: str) -> str:
    r"""A translation with everything replaced; the replacement is taken to the letter.

    >>> replaced(Query("a.", r"\1"), "A. ab")
    '\\1 ab'
    """
    return query.pattern.sub(lambda _: query.replacement, target)


def replace(
    session: Session, journal: StepJournal, query: Query, meant: Sequence[Meant], by: str
) -> Step:
    """Replace in the translations that are meant, those that nobody changed since; one step.

    Raises:
        DragomanError: a catalog cannot be read or written; nothing is replaced then.
    """
    wanted = {(one.text, one.locale, one.key): one.base for one in meant}
    done: list[Replacement] = []

    def made(text: Text, locale: str, entry: Entry) -> Entry | None:
        if wanted.get((text, locale, entry.key)) != base_of(entry):
            return None
        after = replaced(query, entry.msgstr)
        if after == entry.msgstr:
            return None
        done.append(Replacement(text.domain, locale, entry.key, entry.msgstr, after))
        return _with(entry, after, by)

    step = Step.of(by)
    journal.begin(step, meant)
    edit(session.own_project(), _chosen(meant), made)
    step = step._replace(replacements=tuple(done))
    journal.add(step)
    return step


def undo(session: Session, journal: StepJournal, step: Step, by: str) -> int:
    """Take a step back where the translations are still what it made of them; how many."""
    was = {(r.text, r.locale, r.key): r for r in step.replacements}
    count = 0

    def made(text: Text, locale: str, entry: Entry) -> Entry | None:
        nonlocal count
        one = was.get((text.domain, locale, entry.key))
        if one is None or entry.msgstr != one.after:
            return None
        count += 1
        return _with(entry, one.before, by)

    texts = tuple(dict.fromkeys(one.text for one in step.replacements))
    places = tuple(dict.fromkeys(one.locale for one in step.replacements))
    edit(session.own_project(), Chosen(texts, places), made)
    journal.undone(step)
    return count


def _chosen(meant: Sequence[Meant]) -> Chosen:
    texts = tuple(dict.fromkeys(one.text.domain for one in meant))
    return Chosen(texts, tuple(dict.fromkeys(one.locale for one in meant)))


def _with(entry: Entry, target: str, by: str) -> Entry:
    """The entry with another target, and who wrote it; a draft stays one."""
    origin = provenance.Provenance(f"human {by}".strip(), provenance.source_hash(entry.key))
    made = entry.replaced(msgstr=target)
    return made.replaced(comments=provenance.write(made.comments, origin))
