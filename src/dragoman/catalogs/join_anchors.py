"""Marks of joined sentences, held to the sentences that they were set beside.

A mark says that its neighbour's translation covers the sentence too. When the text changes, the
sentence may come to stand beside another one, and the mark would hide it. So an update notes in
the provenance line which source the covering translation is of, and a mark that came to another
neighbour is only a draft, until a translator takes its fuzzy flag away.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from dragoman.catalogs import joins, provenance
from dragoman.model import Document, Key
from dragoman.po import PoFile


def holds_marks(po: PoFile) -> bool:
    """Whether any live message is joined to another."""
    return any(entry.msgstr in joins.MARKS for entry in po.messages())


def hold(po: PoFile, document: Document, before: Sequence[Key]) -> tuple[Key, ...]:
    """Note what each mark is joined to; give back the messages that are drafts from now on.

    Args:
        po: the catalog, in step with the text.
        document: the text.
        before: the live messages in the order they had when the text was another one; empty
            where it is the same. It stands for what was not noted yet.
    """
    now = _leads(document, {entry.key: entry.msgstr for entry in po.messages()})
    neighbours = _neighbours(before, {entry.key: entry.msgstr for entry in po.entries})
    parted = []
    for place, entry in enumerate(po.entries):
        found = now.get(entry.key)
        if not found or entry.obsolete or entry.fuzzy:
            continue
        known = provenance.read(entry.comments)
        held = set(known.joined.split()) or neighbours.get(entry.key, found)
        if found == set(known.joined.split()):
            continue
        comments = provenance.write(entry.comments, known._replace(joined=" ".join(sorted(found))))
        po.entries[place] = entry.replaced(comments=comments)
        if not found <= held:
            po.entries[place] = po.entries[place].flagged("fuzzy")
            parted.append(entry.key)
    return tuple(parted)


def _leads(document: Document, targets: Mapping[Key, str]) -> dict[Key, set[str]]:
    """For each message that is a mark, the hashes of the sources whose translation covers it."""
    found: dict[Key, set[str]] = {}
    for block in document.blocks:
        units = block.units
        said = [targets.get(unit.key) or None for unit in units]
        for index, lead in enumerate(joins.leads(said)):
            if lead not in (index, joins.NOWHERE):
                covering = provenance.source_hash(units[lead].key)
                found.setdefault(units[index].key, set()).add(covering)
    return found


def _neighbours(keys: Sequence[Key], targets: Mapping[Key, str]) -> dict[Key, set[str]]:
    """What the marks among messages in order are joined to, as far as their order tells."""
    leads = joins.leads([targets.get(key) or None for key in keys])
    return {
        keys[index]: {provenance.source_hash(keys[lead])}
        for index, lead in enumerate(leads)
        if lead not in (index, joins.NOWHERE)
    }
