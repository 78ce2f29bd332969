"""Anchors of join marks: which sentence a mark belongs to, so that it does not move to another one.

A mark says that the translation of a neighbour also covers this sentence. When the text changes,
the sentence may get another neighbour, whose translation does not cover it. So an update records
the source of the covering translation in the provenance comment, and a mark with another neighbour
becomes a draft until a translator clears its fuzzy flag.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from dragoman.catalogs import joins, provenance
from dragoman.model import Document, Key
from dragoman.po import PoFile


def holds_marks(po: PoFile) -> bool:
    """Whether any message that is not obsolete is a join mark."""
    return any(entry.msgstr in joins.MARKS for entry in po.messages())


def hold(po: PoFile, document: Document, before: Sequence[Key]) -> tuple[Key, ...]:
    """Record the anchor of each mark; return the messages that became drafts.

    Args:
        po: the catalog, updated from the text; it is changed.
        document: the text.
        before: the messages in the order of the former text; empty if their order has not
            changed. It replaces anchors that are not recorded yet.
    """
    now = _leads(document, {entry.key: entry.msgstr for entry in po.messages()})
    neighbours = _neighbours(before, {entry.key: entry.msgstr for entry in po.entries})
    drafts = []
    for index, entry in enumerate(po.entries):
        leads = now.get(entry.key)
        if not leads or entry.obsolete or entry.fuzzy:
            continue
        known = provenance.read(entry.comments)
        anchors = set(known.joined.split()) or neighbours.get(entry.key, leads)
        if leads == set(known.joined.split()):
            continue
        comments = provenance.write(entry.comments, known._replace(joined=" ".join(sorted(leads))))
        po.entries[index] = entry.replaced(comments=comments)
        if not leads <= anchors:
            po.entries[index] = po.entries[index].flagged("fuzzy")
            drafts.append(entry.key)
    return tuple(drafts)


def _leads(document: Document, targets: Mapping[Key, str]) -> dict[Key, set[str]]:
    """For each message that is a mark, the hashes of the sources whose translation covers it."""
    result: dict[Key, set[str]] = {}
    for block in document.blocks:
        units = block.units
        texts = [targets.get(unit.key) or None for unit in units]
        for index, lead in enumerate(joins.leads(texts)):
            if lead not in (index, joins.NOWHERE):
                covering = provenance.source_hash(units[lead].key)
                result.setdefault(units[index].key, set()).add(covering)
    return result


def _neighbours(keys: Sequence[Key], targets: Mapping[Key, str]) -> dict[Key, set[str]]:
    """The anchors of marks, computed from the order of messages alone."""
    leads = joins.leads([targets.get(key) or None for key in keys])
    return {
        keys[index]: {provenance.source_hash(keys[lead])}
        for index, lead in enumerate(leads)
        if lead not in (index, joins.NOWHERE)
    }
