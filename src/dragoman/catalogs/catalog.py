"""The translations of a text into one locale, with the state of each message."""

from __future__ import annotations

from functools import cached_property
from operator import itemgetter

from dragoman.catalogs import joins, provenance
from dragoman.languages import locales
from dragoman.model import Key, State
from dragoman.po import Entry, PoFile, compile_mo
from dragoman.text import bidi

_UNTRANSLATED = (State.INITIAL, "")


class Catalog:
    """The translations of a text into one locale."""

    def __init__(self, locale: str, po: PoFile) -> None:
        self.locale = locale
        self.po = po

    @cached_property
    def _entries(self) -> dict[Key, Entry]:
        return {entry.key: entry for entry in self.po.messages()}

    def entry(self, key: Key) -> Entry | None:
        """The entry of a message; None if it is missing or obsolete."""
        return self._entries.get(key)

    def state(self, key: Key) -> State:
        """The state of a message; a target with refused bidi controls counts as a draft."""
        return self._states.get(key, _UNTRANSLATED)[0]

    def target(self, key: Key, drafts: bool = False) -> str | None:
        """The translation of a message, or None; that of a draft only if `drafts` is true."""
        return self.targets(drafts).get(key)

    def targets(self, drafts: bool = False) -> dict[Key, str]:
        """Key to target of every translated message; drafts are only included if `drafts` is true."""
        return self._with_drafts if drafts else self._without_drafts

    @cached_property
    def _with_drafts(self) -> dict[Key, str]:
        return {key: target for key, (_, target) in self._states.items() if target}

    @cached_property
    def _without_drafts(self) -> dict[Key, str]:
        draft = State.DRAFT
        return {key: target for key, (state, target) in self._states.items() if state is not draft}

    def compiled(self) -> bytes:
        """The MO file: all valid translations, without drafts and marks of joined sentences."""
        return compile_mo(self.po, lambda target: target in joins.MARKS or self.refuses(target))

    @cached_property
    def joined(self) -> bool:
        """Whether any sentence is marked as joined to another one."""
        return not joins.MARKS.isdisjoint(map(itemgetter(1), self._states.values()))

    @cached_property
    def _states(self) -> dict[Key, tuple[State, str]]:
        """State and target of every message that has a target."""
        states = {}
        text = self.po.text()
        sealed, flagged = provenance.LEAD in text, "fuzzy" in text
        controlled = self._holds_bidi
        for entry in self.po.messages():
            target, key = entry.msgstr, entry.key
            if not target or target.isspace():
                continue
            if controlled and self.refuses(target):
                states[key] = (State.DRAFT, "")  # it could reorder the text around it
            elif flagged and entry.fuzzy:
                states[key] = (State.DRAFT, target)
            elif sealed and provenance.read(entry.comments).approves(key, target):
                states[key] = (State.REVIEWED, target)
            else:
                states[key] = (State.TRANSLATED, target)
        return states

    def refuses(self, target: str) -> bool:
        """Whether a target contains bidi controls that are not allowed in it."""
        if not self._holds_bidi:
            return False
        rtl = locales.direction(self.locale) == "rtl"
        return next(bidi.refused_controls(target, rtl), None) is not None

    @cached_property
    def _holds_bidi(self) -> bool:
        return self.po.holds_bidi()
