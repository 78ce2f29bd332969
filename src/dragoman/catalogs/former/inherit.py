"""Merges the catalogs of removed texts into those of the texts that replace them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from dragoman.catalogs.merge import writable
from dragoman.model import Key
from dragoman.po import Entry, PoFile
from dragoman.po.strings import escape, lines_of


class Legacy(NamedTuple):
    """The messages that a removed text leaves to another one, in one locale."""

    name: str
    po: PoFile
    keys: Sequence[Key]
    """The messages to take."""


def inherited(own: PoFile | None, legacies: Sequence[Legacy]) -> PoFile:
    """A catalog with all messages that removed texts leave to its text.

    An untranslated message gets the inherited translation. If both have one, the catalog's own is
    kept, and the other is added as a comment.

    Args:
        own: the present catalog; None if there is none, and the first legacy's header is used.
        legacies: the inherited messages, in order.

    >>> result = inherited(None, [Legacy("old", PoFile([Entry("a", "x"), Entry("b")]), [(None, "a")])])
    >>> [entry.msgid for entry in result.entries]
    ['a']
    """
    result: dict[Key, Entry] = {}
    base = own if own is not None else legacies[0].po
    head = base.header
    for entry in base.entries if own is not None else ():
        result[entry.key] = entry
    for legacy in legacies:
        keys, header = set(legacy.keys), legacy.po.header
        for entry in legacy.po.entries:
            if entry is not header and entry.key in keys:
                known = result.get(entry.key)
                result[entry.key] = entry if known is None else _one(known, entry, legacy.name)
    entries = [entry for entry in result.values() if entry is not head]
    entries.sort(key=lambda entry: entry.obsolete)
    po = base.copy()
    po.entries = entries if head is None else [head, *entries]
    return writable(po)


def _one(own: Entry, other: Entry, name: str) -> Entry:
    """Merge two entries of one message: a translated one wins, then one that is not obsolete, then our own."""
    kept, left = own, other
    if _weight(other) > _weight(own):
        kept, left = other, own
    kept = kept.with_remarks(left)
    if not _translations(left) or _translations(left) == _translations(kept):
        return kept
    source = name if left is other else "this text"
    remarks = [f"# In {source}: “{escape(form)}”\n" for form in _translations(left)]
    fresh = [line for line in remarks if line not in lines_of(kept.comments)]
    return kept.replaced(comments="".join(fresh) + kept.comments)


def _weight(entry: Entry) -> tuple[bool, bool]:
    return bool(_translations(entry)), not entry.obsolete


def _translations(entry: Entry) -> tuple[str, ...]:
    """The translation of an entry, one text a plural form; empty if it is untranslated."""
    forms = entry.plural[1] if entry.plural else (entry.msgstr,)
    return tuple(forms) if any(form.strip() for form in forms) else ()
