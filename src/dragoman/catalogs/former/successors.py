"""Finds the texts that replace a removed one: renamed, moved, split or joined with another.

A text replaces a removed one if it has most of its units. A unit counts if no catalog of the new
text has another translation of it than those of the removed one.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import NamedTuple

from dragoman.model import Key

Targets = Mapping[str, Mapping[Key, str]]
"""Locale to key to translation of every message; empty if untranslated."""

_MOSTLY = 0.5
"""Minimum share of common units."""


class Vanished(NamedTuple):
    """A removed text, by its catalogs."""

    name: str
    keys: Sequence[Key]
    said: Targets


class Present(NamedTuple):
    """A present text, with its translations."""

    name: str
    keys: Collection[Key]
    said: Targets


def successors(vanished: Vanished, present: Sequence[Present]) -> list[str]:
    """Names of the texts that replace a removed one, the one with most of its units first.

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
    result = whole
    if len(covered) >= _MOSTLY * len(vanished.keys):
        result = [s for s in shares if s in whole or s in parts]
    result.sort(key=lambda share: -len(share[1]))
    return [one.name for one, _ in result]


def _may_be(vanished: Vanished, one: Present, key: Key) -> bool:
    """Whether no locale of the present text has another translation of a unit."""
    for locale, targets in one.said.items():
        target = targets.get(key)
        if target and target != vanished.said.get(locale, {}).get(key):
            return False
    return True


def _brings_anything(vanished: Vanished, one: Present, shared: Collection[Key]) -> bool:
    """Whether the present text lacks a message or a translation that the removed one has.

    Otherwise the common units are those that many texts share, and both had them before.
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
    """Whether the present text has all translations already, as after an interrupted move."""
    return all(
        not target or one.said.get(locale, {}).get(key) == target
        for locale, targets in vanished.said.items()
        for key, target in targets.items()
    )


def shares(
    live: Sequence[Key], asleep: Sequence[Key], wanted: Mapping[str, Collection[Key]]
) -> dict[str, list[Key]]:
    """Name of each successor to the messages it takes from a removed text.

    A message goes to every text that has it. One that no text has goes with the previous message,
    so that a changed sentence stays among its neighbours; obsolete ones go to the first text.

    Args:
        live: the messages that are not obsolete, in order.
        asleep: the obsolete messages.
        wanted: successor to the messages it has; the main one is first.

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
