"""Catalogs: how far each message is, and what it says."""

from __future__ import annotations

from functools import cached_property
from operator import itemgetter

from dragoman.catalogs import joins, provenance
from dragoman.languages import locales
from dragoman.model import Key, State
from dragoman.po import Entry, PoFile, compile_mo
from dragoman.text import bidi

_UNTOLD = (State.INITIAL, "")


class Catalog:
    """The translations of a text into one locale."""

    def __init__(self, locale: str, po: PoFile) -> None:
        self.locale = locale
        self.po = po

    @cached_property
    def _entries(self) -> dict[Key, Entry]:
        return {entry.key: entry for entry in self.po.messages()}

    def entry(self, key: Key) -> Entry | None:
        """The live entry of a message."""
        return self._entries.get(key)

    def state(self, key: Key) -> State:
        """How far a message is; a target with refused bidi controls is only a draft."""
        return self._told.get(key, _UNTOLD)[0]

    def target(self, key: Key, drafts: bool = False) -> str | None:
        """The translation of a message; that of a draft only where asked for by name."""
        return self.targets(drafts).get(key)

    def targets(self, drafts: bool = False) -> dict[Key, str]:
        """The translation of every message that has one; of drafts only where asked for."""
        return self._with_drafts if drafts else self._without_drafts

    @cached_property
    def _with_drafts(self) -> dict[Key, str]:
        return {key: said for key, (_, said) in self._told.items() if said}

    @cached_property
    def _without_drafts(self) -> dict[Key, str]:
        draft = State.DRAFT
        return {key: said for key, (state, said) in self._told.items() if state is not draft}

    def compiled(self) -> bytes:
        """The MO file: what is translated and sound, without the marks of joined sentences."""
        return compile_mo(self.po, lambda said: said in joins.MARKS or self.refuses(said))

    @cached_property
    def joined(self) -> bool:
        """Whether a translator joined sentences."""
        return not joins.MARKS.isdisjoint(map(itemgetter(1), self._told.values()))

    @cached_property
    def _told(self) -> dict[Key, tuple[State, str]]:
        """State and target of every message that has a target."""
        told = {}
        text = self.po.text()
        sealed, flagged = provenance.LEAD in text, "fuzzy" in text
        controlled = self._holds_bidi
        for entry in self.po.messages():
            target, key = entry.msgstr, entry.key
            if not target or target.isspace():
                continue
            if controlled and self.refuses(target):
                told[key] = (State.DRAFT, "")  # what spoils the text around it stays out
            elif flagged and entry.fuzzy:
                told[key] = (State.DRAFT, target)
            elif sealed and provenance.read(entry.comments).approves(key, target):
                told[key] = (State.REVIEWED, target)
            else:
                told[key] = (State.TRANSLATED, target)
        return told

    def refuses(self, target: str) -> bool:
        """Whether a target holds bidi controls that may not stand in it."""
        if not self._holds_bidi:
            return False
        rtl = locales.direction(self.locale) == "rtl"
        return next(bidi.refused_controls(target, rtl), None) is not None

    @cached_property
    def _holds_bidi(self) -> bool:
        return self.po.holds_bidi()
