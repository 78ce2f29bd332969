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
    """A message that took over a translation: as it is, and with the late translation."""

    was: Entry
    made: Entry


def translated_late(base: _Side, text: _Side, words: _Side) -> list[Key]:
    """Messages that one side translated and the other side's text no longer has.

    Args:
        base: the common ancestor.
        text: the side whose text may have changed.
        words: the side that may have translated.
    """
    return [
        key
        for key, former in base.items()
        if not former.obsolete
        and (key not in text or text[key].obsolete)
        and key in words
        and has_words(words[key])
        and words[key].msgstr != former.msgstr
    ]


def heirs(base: _Side, text: _Side, words: _Side, late: Sequence[Key]) -> dict[Key, Heir]:
    """The messages that took over the former translation when their sentence changed.

    A draft with the former translation gets the new one and stays a draft. A translated message
    gets it only if its source changed so slightly that translations are kept.
    """
    holders = {e.msgstr: e for e in text.values() if not e.obsolete and e.key not in base}
    result = {}
    for key in late:
        holder = holders.get(base[key].msgstr) if has_words(base[key]) else None
        if holder is not None and _goes_on(key, holder):
            result[holder.key] = Heir(holder, _with_words(holder, words[key]))
    return result


def _goes_on(key: Key, heir: Entry) -> bool:
    """Whether a message has the translation of this one, and nobody confirmed it since."""
    if heir.fuzzy:
        return heir.previous == key
    return KEEP.issuperset(source_changes.classify(key[1], heir.msgid).kinds)


def _with_words(heir: Entry, words: Entry) -> Entry:
    comments = provenance.write(heir.comments, provenance.read(words.comments))
    updated = heir.replaced(msgstr=words.msgstr, comments=comments)
    if words.fuzzy and not updated.fuzzy:
        updated = updated.flagged("fuzzy")
    return renoted(updated)
