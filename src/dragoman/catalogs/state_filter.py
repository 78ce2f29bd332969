"""Catalogs that only show targets in chosen states."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property

from dragoman.catalogs.catalog import Catalog
from dragoman.errors import DragomanError
from dragoman.model import Key, State
from dragoman.po import PoFile

_WITH_TARGETS = (State.DRAFT, State.TRANSLATED, State.REVIEWED)


class StateFilter(Catalog):
    """A catalog in which targets in other states than `states` count as missing.

    >>> from dragoman.po import Entry, PoFile
    >>> entry = Entry("Hello.", "Salam.")
    >>> StateFilter("az", PoFile([entry]), frozenset([State.REVIEWED])).target((None, "Hello.")) is None
    True
    """

    def __init__(self, locale: str, po: PoFile, states: frozenset[State]) -> None:
        super().__init__(locale, po)
        self.states = states

    def targets(self, drafts: bool = False) -> dict[Key, str]:
        """Key to target in the chosen states; drafts are only included if `drafts` is true too."""
        return self._chosen if drafts else self._chosen_without_drafts

    @cached_property
    def _chosen(self) -> dict[Key, str]:
        everything = super().targets(drafts=True)
        return {key: target for key, target in everything.items() if self.state(key) in self.states}

    @cached_property
    def _chosen_without_drafts(self) -> dict[Key, str]:
        draft = State.DRAFT
        return {k: target for k, target in self._chosen.items() if self.state(k) is not draft}


def states_named(names: Sequence[str]) -> frozenset[State]:
    """The states with these names.

    Raises:
        DragomanError: a name is unknown, or no translation can have the state.

    >>> states_named(["reviewed"])
    frozenset({<State.REVIEWED: 'reviewed'>})
    """
    known = [state.value for state in _WITH_TARGETS]
    for name in names:
        if name not in known:
            raise DragomanError(
                f"{name!r} is not a state that a translation can have",
                how_to_fix=f"choose from {', '.join(known)}",
            )
    return frozenset(map(State, names))
