"""Translations that one side of a merge made while the other side changed their sentences."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from dragoman.catalogs import provenance, source_changes
from dragoman.catalogs.former.drafts import renoted
from dragoman.catalogs.former.refill import has_words
from dragoman.catalogs.updating import KEEP
from dragoman.model import Key
from dragoman.po import Entry

_Side = Mapping[Key, Entry]


class Heir(NamedTuple):
    """A message as the side with the new text has it, and as the other side would have it."""

    was: Entry
    made: Entry


def translated_late(base: _Side, text: _Side, words: _Side) -> list[Key]:
    """Messages that one side translated anew and the other side's text does not have any more.

    Args:
        base: what both sides started from.
        text: the side whose text may have changed.
        words: the side that may have translated.
    """
    return [
        key
        for key, was in base.items()
        if not was.obsolete
        and (key not in text or text[key].obsolete)
        and key in words
        and has_words(words[key])
        and words[key].msgstr != was.msgstr
    ]


def heirs(base: _Side, text: _Side, words: _Side, late: Sequence[Key]) -> dict[Key, Heir]:
    """The messages that took the former translation along when their sentence changed.

    A draft that holds the former translation gets the new one and stays a draft. A message that
    is done gets it only where its source changed so lightly that the translation outlives it.
    """
    holders = {e.msgstr: e for e in text.values() if not e.obsolete and e.key not in base}
    found = {}
    for key in late:
        holder = holders.get(base[key].msgstr) if has_words(base[key]) else None
        if holder is not None and _goes_on(key, holder):
            found[holder.key] = Heir(holder, _with_words(holder, words[key]))
    return found


def _goes_on(key: Key, heir: Entry) -> bool:
    """Whether a message got its translation from this one, and nobody confirmed it since."""
    if heir.fuzzy:
        return heir.previous == key
    return KEEP.issuperset(source_changes.classify(key[1], heir.msgid).kinds)


def _with_words(heir: Entry, words: Entry) -> Entry:
    comments = provenance.write(heir.comments, provenance.read(words.comments))
    made = heir.replaced(msgstr=words.msgstr, comments=comments)
    if words.fuzzy and not made.fuzzy:
        made = made.flagged("fuzzy")
    return renoted(made)
