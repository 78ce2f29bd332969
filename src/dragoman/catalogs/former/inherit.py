"""Catalogs of vanished texts put into those of the texts that they are now."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from dragoman.catalogs.merge import writable
from dragoman.model import Key
from dragoman.po import Entry, PoFile
from dragoman.po.strings import escape, lines_of


class Legacy(NamedTuple):
    """What a vanished text leaves to another one in a locale."""

    name: str
    po: PoFile
    keys: Sequence[Key]
    """The messages that come along."""


def inherited(own: PoFile | None, legacies: Sequence[Legacy]) -> PoFile:
    """A catalog with everything that vanished texts leave to its text; nothing of it is lost.

    A message that is untranslated takes what a legacy says. Of two translations the catalog's
    own stays, and the other one stands in a comment of its message.

    Args:
        own: the catalog as it is; None where there is none: the first legacy's is taken then.
        legacies: what vanished texts leave, in order.

    >>> made = inherited(None, [Legacy("old", PoFile([Entry("a", "x"), Entry("b")]), [(None, "a")])])
    >>> [entry.msgid for entry in made.entries]
    ['a']
    """
    made: dict[Key, Entry] = {}
    base = own if own is not None else legacies[0].po
    head = base.header
    for entry in base.entries if own is not None else ():
        made[entry.key] = entry
    for legacy in legacies:
        wanted, header = set(legacy.keys), legacy.po.header
        for entry in legacy.po.entries:
            if entry is not header and entry.key in wanted:
                known = made.get(entry.key)
                made[entry.key] = entry if known is None else _one(known, entry, legacy.name)
    entries = [entry for entry in made.values() if entry is not head]
    entries.sort(key=lambda entry: entry.obsolete)
    po = base.copy()
    po.entries = entries if head is None else [head, *entries]
    return writable(po)


def _one(own: Entry, other: Entry, name: str) -> Entry:
    """One message of two: what is translated, what is live, and else the own one comes first."""
    kept, left = own, other
    if _weight(other) > _weight(own):
        kept, left = other, own
    kept = kept.with_remarks(left)
    if not _said(left) or _said(left) == _said(kept):
        return kept
    source = name if left is other else "this text"
    remarks = [f"# In {source}: “{escape(form)}”\n" for form in _said(left)]
    fresh = [line for line in remarks if line not in lines_of(kept.comments)]
    return kept.replaced(comments="".join(fresh) + kept.comments)


def _weight(entry: Entry) -> tuple[bool, bool]:
    return bool(_said(entry)), not entry.obsolete


def _said(entry: Entry) -> tuple[str, ...]:
    """What an entry says, form by form; nothing where it is untranslated."""
    forms = entry.plural[1] if entry.plural else (entry.msgstr,)
    return tuple(forms) if any(form.strip() for form in forms) else ()
