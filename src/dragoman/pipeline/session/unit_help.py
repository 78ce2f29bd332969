"""What helps with one sentence: matches, terms, what changed, other languages, what it said before."""

from __future__ import annotations

from collections.abc import Sequence
from difflib import SequenceMatcher
from typing import NamedTuple

from dragoman.catalogs import joins, source_changes
from dragoman.glossary import found
from dragoman.glossary.glossary_file import Glossary
from dragoman.languages.language import code_of
from dragoman.languages.locales import language_tag
from dragoman.memory import Match, MemoryQuery, MemoryUnit, Variant
from dragoman.memory.memory_units import place
from dragoman.model import State
from dragoman.pipeline.memory.memory_sources import Memories, chosen
from dragoman.pipeline.session.opened import Line, Opened
from dragoman.pipeline.session.session import Session
from dragoman.project.memory_settings import CATALOGS
from dragoman.text.words import words_of

_LEAST = 60
"""Least score of a match that is shown."""
_MOST = 5


class TermHelp(NamedTuple):
    """A term of the glossary in a source."""

    source: str
    wording: str
    """How it is said, or itself where it stays as it is."""
    note: str
    said: bool
    """Whether the translation says it, however inflected."""


class SourceChange(NamedTuple):
    """What changed in a source since its translation was made."""

    former: str
    note: str
    """The kinds of change, and numbers and negations that came or went."""


class OtherLanguage(NamedTuple):
    """What the sentence says in another language."""

    locale: str
    target: str
    state: State


class UnitHelp(NamedTuple):
    """Everything that does not depend on what is being typed."""

    change: SourceChange | None
    matches: tuple[Match, ...]
    elsewhere: tuple[OtherLanguage, ...]
    notes: tuple[str, ...]
    """Notes to the translator, and remarks of translators."""


class Helper:
    """Helps with the sentences of a session; to be asked from one thread alone."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._memories: Memories | None = None

    def of(self, opened: Opened, line: Line) -> UnitHelp:
        """What helps with a unit."""
        return UnitHelp(
            change(line), self._matches(opened, line), self._elsewhere(opened, line), notes(line)
        )

    def _matches(self, opened: Opened, line: Line) -> tuple[Match, ...]:
        if self._memories is None:
            project = self._session.own_project()
            self._memories = Memories(project, chosen(project, ()))
        before, after = opened.around(line.id)
        asked = MemoryQuery(line.unit.source, before, after, line.unit.context)
        locale = opened.locale
        matches = self._memories.matches(asked, [locale], _LEAST, _MOST + 1)[locale]
        own = (line.unit.source, line.target)
        return tuple([m for m in matches if (m.source, m.target) != own][:_MOST])

    def learn(self, opened: Opened, messages: Sequence[str]) -> None:
        """Take translations that were just saved into the memory of the project's own catalogs."""
        if self._memories is None:
            return  # it will read them itself
        units = [self._unit(opened, line) for line in map(opened.by_id.get, messages) if line]
        wanted = [unit for unit in units if unit is not None]
        for searcher in self._memories.searchers:
            if searcher.name == CATALOGS and wanted:
                with searcher.store.importing() as importing:
                    importing.add(wanted)

    @staticmethod
    def _unit(opened: Opened, line: Line) -> MemoryUnit | None:
        if line.state not in (State.TRANSLATED, State.REVIEWED) or line.target in joins.MARKS:
            return None
        tag = language_tag(opened.source)
        pair = (
            Variant(tag, line.unit.source),
            Variant(language_tag(opened.locale), line.target),
        )
        where = place(*opened.around(line.id))
        return MemoryUnit(pair, opened.text.domain, tag, where, line.unit.context)

    def _elsewhere(self, opened: Opened, line: Line) -> tuple[OtherLanguage, ...]:
        others = []
        for locale in self._session.project.settings.locales:
            if locale != opened.locale:
                other = self._session.opened(opened.text, locale).by_id.get(line.id)
                if other is not None and other.target:
                    others.append(OtherLanguage(locale, other.target, other.state))
        return tuple(others)

    def close(self) -> None:
        if self._memories is not None:
            self._memories.__exit__(None, None, None)


def change(line: Line) -> SourceChange | None:
    """What changed in a unit's source since its translation was made, where that is known."""
    if line.entry is None or not line.entry.fuzzy or line.entry.previous is None:
        return None
    former = line.entry.previous[1]
    return SourceChange(former, source_changes.note(former, line.unit.source, line.target))


def notes(line: Line) -> tuple[str, ...]:
    """What the text and other translators say about a unit."""
    if line.entry is None:
        return line.unit.notes
    said = [remark[1:].strip() for remark in line.entry.translator_comments.split("\n")]
    own = [
        remark for remark in said if remark and not remark.startswith(("dragoman", "suggestion ("))
    ]
    return (*line.unit.notes, *own)


def terms(glossary: Glossary, line: Line, locale: str, target: str) -> list[TermHelp]:
    """The terms of the glossary in a unit's source, and whether a target says them."""
    language = code_of(locale)
    told = {}
    for term, _, _ in sorted(glossary.in_source(line.unit.source), key=lambda one: one[1]):
        wording = term.wordings.get(locale) or term.wordings.get(language)
        if term.keep:
            said = term.source in target
            told[term.source] = TermHelp(term.source, term.source, term.note, said)
        elif wording is not None:
            said = any(found(form, target, language) for form in wording.forms)
            told[term.source] = TermHelp(term.source, wording.preferred, term.note, said)
    return list(told.values())


Piece = tuple[str, str]
"""`same`, `gone` or `new`, and the words."""


def compared(former: str, now: str) -> list[Piece]:
    """What went out of a text and what came into it, word by word.

    >>> compared("It was 5 km.", "It was 6 km.")
    [('same', 'It was '), ('gone', '5 '), ('new', '6 '), ('same', 'km.')]
    """
    one, other = words_of(former), words_of(now)
    out: list[Piece] = []
    for kind, a, b, c, d in SequenceMatcher(None, one, other, autojunk=False).get_opcodes():
        if kind == "equal":
            out.append(("same", "".join(other[c:d])))
            continue
        out += [("gone", "".join(one[a:b]))] if b > a else []
        out += [("new", "".join(other[c:d]))] if d > c else []
    return out
