"""Fills empty messages with translations of former sentences.

A translation may be made while its source changes: on a branch, in an editor, or by somebody who
returns it late. Then the new sentence is empty and the translation is obsolete, where nobody looks.
It is proposed as a draft, once: not if a message has it, or was a draft for it.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Mapping, Sequence
from functools import partial
from operator import attrgetter

from dragoman.catalogs import joins
from dragoman.catalogs.former.drafts import draft_of, strangers
from dragoman.model import Key
from dragoman.po import Entry, PoFile

_Match = Mapping[int, int]
"""Index of an empty message to the index of its former entry."""

_OBSOLETE = attrgetter("obsolete")


def is_empty(entry: Entry) -> bool:
    """Whether an entry is untranslated, and neither obsolete nor with plural forms."""
    return (
        not entry.obsolete and bool(entry.msgid) and not entry.msgstr.strip() and not entry.plural
    )


def has_words(entry: Entry) -> bool:
    """Whether an entry has a translation that a message without plural forms can take."""
    return bool(entry.msgstr.strip()) and not entry.plural and entry.msgstr not in joins.MARKS


class Proposed:
    """The former translations that messages already have, or were drafts for."""

    def __init__(self) -> None:
        self._targets: set[str] = set()
        self._sources: set[Key] = set()

    def add(self, entries: Iterable[Entry]) -> None:
        """Add messages."""
        for entry in entries:
            if entry.msgstr and not entry.obsolete:
                self._targets.add(entry.msgstr)
                if "#|" in entry.comments and entry.fuzzy and entry.previous is not None:
                    self._sources.add(entry.previous)

    def add_sources(self, formers: Iterable[Entry]) -> None:
        """Add former entries whose translation was proposed."""
        for entry in formers:
            self._targets.add(entry.msgstr)
            self._sources.add(entry.key)

    def holds(self, former: Entry) -> bool:
        """Whether a former entry's translation is used already."""
        return former.msgstr in self._targets or former.key in self._sources


def refill(
    po: PoFile, orders: Sequence[Sequence[Key]] = (), only: Container[Key] | None = None
) -> tuple[Key, ...]:
    """Fill empty messages from obsolete ones, as drafts; return the keys filled.

    Former sentences are searched by position, then by similarity, until nothing more is found, so
    that the next run changes nothing.

    Args:
        po: the catalog.
        orders: orders of keys that include former and present messages, as before the former
            ones were removed; without them only similarity counts.
        only: the obsolete messages to use; None means all.

    >>> po = PoFile([Entry("What was really there"), Entry("What was there", "x").as_obsolete()])
    >>> refill(po), po.entries[0].msgstr, po.entries[0].fuzzy
    (((None, 'What was really there'),), 'x', True)
    """
    if not any(map(_OBSOLETE, po.entries)):
        return ()
    filled = _filled(po, _by_previous, only)
    for order in orders:
        filled += _filled(po, partial(_by_place, places=order), only)
    while found := _filled(po, _by_likeness, only):
        filled += found
    return tuple(filled)


def _filled(
    po: PoFile,
    match: Callable[[Sequence[Entry], Sequence[Entry]], _Match],
    only: Container[Key] | None,
) -> list[Key]:
    """Fill messages by one method of matching; return their keys."""
    olds = [e for e in po.entries if e.obsolete and has_words(e)]
    olds = olds if only is None else [entry for entry in olds if entry.key in only]
    lives = [entry for entry in po.entries if not entry.obsolete]
    if not olds or not any(map(is_empty, lives)):
        return []
    proposed = Proposed()
    proposed.add(lives)
    olds = [entry for entry in olds if not proposed.holds(entry)]
    if not olds:
        return []
    drafts: dict[Key, Entry] = {}
    used: set[str] = set()
    for place, former in sorted(match(lives, olds).items()):
        live, old = lives[place], olds[former]
        if old.msgstr not in used:
            used.add(old.msgstr)
            drafts[live.key] = draft_of(old, live)
    if drafts:
        po.entries = [e if e.obsolete else drafts.get(e.key, e) for e in po.entries]
    return list(drafts)


def _by_previous(lives: Sequence[Entry], olds: Sequence[Entry]) -> _Match:
    """Match emptied drafts that still name their previous source."""
    old_of = {entry.key: place for place, entry in enumerate(olds)}
    named = {i: e.previous for i, e in enumerate(lives) if is_empty(e) and "#|" in e.comments}
    return {i: old_of[key] for i, key in named.items() if key in old_of}


def _by_place(lives: Sequence[Entry], olds: Sequence[Entry], places: Sequence[Key]) -> _Match:
    """Match former sentences by position, and by similarity elsewhere."""
    from dragoman.catalogs import similarity  # rapidfuzz is slow to load, seldom needed

    translated = {entry.key: place for place, entry in enumerate(lives) if not is_empty(entry)}
    old_of = {entry.key: place for place, entry in enumerate(olds)}
    order = [key for key in places if key in translated or key in old_of]
    same = [(translated[key], j) for j, key in enumerate(order) if key in translated]
    matches = similarity.former(
        [entry.msgid if is_empty(entry) else "" for entry in lives],
        [key[1] for key in order],
        same,
        lambda i, j: order[j] not in old_of or strangers(order[j][0], lives[i].msgctxt),
    )
    return {
        i: old_of[order[js[0]]]
        for i, js in matches.items()
        if len(js) == 1 and is_empty(lives[i]) and order[js[0]] in old_of
    }


def _by_likeness(lives: Sequence[Entry], olds: Sequence[Entry]) -> _Match:
    """Match former sentences by similarity alone."""
    from dragoman.catalogs import similarity  # as above

    return similarity.one_to_one(
        {i: entry.msgid for i, entry in enumerate(lives) if is_empty(entry)},
        [entry.msgid for entry in olds],
        similarity.ALIKE,
        lambda i, j: strangers(olds[j].msgctxt, lives[i].msgctxt),
    )
