"""Which text a vanished one is now: renamed, moved, split or joined with another one.

A text that vanished and one that appeared with mostly the same units are the same text. A unit
counts where no catalog of the new text says anything else of it than those of the vanished one.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import NamedTuple

from dragoman.model import Key

Targets = Mapping[str, Mapping[Key, str]]
"""For each locale what every live message says; empty where it is untranslated."""

_MOSTLY = 0.5


class Vanished(NamedTuple):
    """A text that is no more, by its catalogs."""

    name: str
    keys: Sequence[Key]
    said: Targets


class Present(NamedTuple):
    """A text that is there, and what its catalogs say."""

    name: str
    keys: Collection[Key]
    said: Targets


def successors(vanished: Vanished, present: Sequence[Present]) -> list[str]:
    """The texts that a vanished one is now, the one with most of its units first.

    >>> keys = [(None, "A"), (None, "B")]
    >>> successors(Vanished("old", keys, {}), [Present("new", set(keys), {})])
    ['new']
    >>> successors(Vanished("old", keys, {}), [Present("new", {(None, "C")}, {})])
    []
    """
    shares: list[tuple[Present, set[Key]]] = []
    for one in present:
        shared = {key for key in vanished.keys if key in one.keys and _may_be(vanished, one, key)}
        if shared and (_brings_anything(vanished, one, shared) or _is_in(vanished, one)):
            shares.append((one, shared))
    whole = [s for s in shares if len(s[1]) >= _MOSTLY * len(vanished.keys)]
    parts = [s for s in shares if len(s[1]) >= _MOSTLY * len(s[0].keys)]
    covered = {key for _, shared in parts for key in shared}
    found = whole
    if len(covered) >= _MOSTLY * len(vanished.keys):
        found = [s for s in shares if s in whole or s in parts]
    found.sort(key=lambda share: -len(share[1]))
    return [one.name for one, _ in found]


def _may_be(vanished: Vanished, one: Present, key: Key) -> bool:
    """Whether a unit of both texts says nothing different in any locale of the present one."""
    for locale, targets in one.said.items():
        there = targets.get(key)
        if there and there != vanished.said.get(locale, {}).get(key):
            return False
    return True


def _brings_anything(vanished: Vanished, one: Present, shared: Collection[Key]) -> bool:
    """Whether the present text lacks a message, or a translation that the vanished one has.

    Otherwise the units are only what many texts have in common, and both had them for long.
    """
    if not one.said:
        return True
    lacks = any(key not in targets for targets in one.said.values() for key in shared)
    return lacks or any(
        targets.get(key) and not one.said.get(locale, {}).get(key)
        for locale, targets in vanished.said.items()
        for key in shared
    )


def _is_in(vanished: Vanished, one: Present) -> bool:
    """Whether all that the vanished text said is there already, as after a move cut short."""
    return all(
        not target or one.said.get(locale, {}).get(key) == target
        for locale, targets in vanished.said.items()
        for key, target in targets.items()
    )


def shares(
    live: Sequence[Key], asleep: Sequence[Key], wanted: Mapping[str, Collection[Key]]
) -> dict[str, list[Key]]:
    """What each successor takes of the messages of a vanished text.

    A message goes to every text that has it. One that no text has goes with the message before
    it, so that a changed sentence stays among its neighbours; obsolete ones go to the first.

    Args:
        live: the live messages, in order.
        asleep: the obsolete ones.
        wanted: for each successor the messages that it has, the main one first.

    >>> keys = [(None, source) for source in "ABCD"]
    >>> found = shares(keys, [], {"one": {keys[0]}, "two": {keys[2], keys[3]}})
    >>> [[source for _, source in share] for share in found.values()]
    [['A', 'B'], ['C', 'D']]
    """
    found: dict[str, list[Key]] = {name: [] for name in wanted}
    main = next(iter(wanted))
    owner = next((n for key in live for n, keys in wanted.items() if key in keys), main)
    for key in live:
        owners = [name for name, keys in wanted.items() if key in keys]
        owner = owners[0] if owners and owner not in owners else owner
        for name in owners or [owner]:
            found[name].append(key)
    for key in asleep:
        found[next((name for name, keys in wanted.items() if key in keys), main)].append(key)
    return found
