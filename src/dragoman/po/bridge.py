"""The bridge to polib, for scripts that know its objects."""

from __future__ import annotations

import polib

from dragoman.po.entry import Entry
from dragoman.po.file import PoFile


def to_polib(po: PoFile) -> list[polib.POEntry]:
    """The entries of a catalog but its header, as polib's objects, in order.

    >>> [item.msgstr for item in to_polib(PoFile([Entry("a", "b")]))]
    ['b']
    """
    return [_handed_out(entry) for entry in po.entries if entry is not po.header]


def _handed_out(entry: Entry) -> polib.POEntry:
    item = polib.POEntry(
        msgid=entry.msgid,
        msgstr="" if entry.plural else entry.msgstr,
        msgctxt=entry.msgctxt,
        obsolete=entry.obsolete,
        flags=list(entry.flags),
    )
    if entry.plural is not None:
        item.msgid_plural = entry.plural[0]
        item.msgstr_plural = dict(enumerate(entry.plural[1]))
    return item


def take_back(po: PoFile, items: list[polib.POEntry]) -> None:
    """Put targets and the fuzzy flag of polib's objects back into the catalog they came from.

    Only entries whose target or flag differs are replaced; all others stay byte for byte.
    Messages are known by context and msgid; those the catalog does not hold are left out.

    >>> po = PoFile([Entry("a", "b")])
    >>> items = to_polib(po)
    >>> items[0].msgstr = "c"
    >>> take_back(po, items)
    >>> po.entries[0].msgstr
    'c'
    """
    by_key: dict[tuple[str | None, str, bool], polib.POEntry]
    by_key = {(item.msgctxt, item.msgid, bool(item.obsolete)): item for item in items}
    for place, entry in enumerate(po.entries):
        item = by_key.get((entry.msgctxt, entry.msgid, entry.obsolete))
        if item is not None and entry is not po.header:
            po.entries[place] = _taken_back(entry, item)


def _taken_back(entry: Entry, item: polib.POEntry) -> Entry:
    plural = entry.plural
    if plural is not None:
        plural = (plural[0], tuple(text for _, text in sorted(item.msgstr_plural.items())))
    same = plural == entry.plural if plural else item.msgstr == entry.msgstr
    if same and ("fuzzy" in item.flags) == entry.fuzzy:
        return entry
    comments = entry.comments
    if "fuzzy" in item.flags and not entry.fuzzy:
        comments += "#, fuzzy\n"
    elif entry.fuzzy and "fuzzy" not in item.flags:
        comments = entry.without_flag("fuzzy")
    return Entry(
        entry.msgid,
        item.msgstr,
        entry.msgctxt,
        comments,
        None,
        entry.line,
        plural,
        entry.obsolete,
        entry.gap,
    )
