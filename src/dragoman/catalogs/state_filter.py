"""Catalogs of which only targets in chosen states stand; all others count as missing."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property

from dragoman.catalogs.catalog import Catalog
from dragoman.errors import DragomanError
from dragoman.model import Key, State
from dragoman.po import PoFile

_WITH_TARGETS = (State.DRAFT, State.TRANSLATED, State.REVIEWED)


class Standing(Catalog):
    """A catalog whose targets stand where their state is one of `states`.

    >>> from dragoman.po import Entry, PoFile
    >>> entry = Entry("Hello.", "Salam.")
    >>> Standing("az", PoFile([entry]), frozenset([State.REVIEWED])).target((None, "Hello.")) is None
    True
    """

    def __init__(self, locale: str, po: PoFile, states: frozenset[State]) -> None:
        super().__init__(locale, po)
        self.states = states

    def targets(self, drafts: bool = False) -> dict[Key, str]:
        """The targets that stand; those of drafts only where asked for as well."""
        return self._chosen if drafts else self._chosen_without_drafts

    @cached_property
    def _chosen(self) -> dict[Key, str]:
        everything = super().targets(drafts=True)
        return {key: said for key, said in everything.items() if self.state(key) in self.states}

    @cached_property
    def _chosen_without_drafts(self) -> dict[Key, str]:
        draft = State.DRAFT
        return {k: said for k, said in self._chosen.items() if self.state(k) is not draft}


def states_named(names: Sequence[str]) -> frozenset[State]:
    """The states with these names; raises DragomanError where no target has such a state.

    >>> states_named(["reviewed"])
    frozenset({<State.REVIEWED: 'reviewed'>})
    """
    known = [state.value for state in _WITH_TARGETS]
    for name in names:
        if name not in known:
            raise DragomanError(
                f"{name!r} is not a state that a translation can have",
                way_out=f"choose among {', '.join(known)}",
            )
    return frozenset(map(State, names))
