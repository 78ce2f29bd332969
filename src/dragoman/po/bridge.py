"""The bridge to polib, for scripts that know its objects."""

from __future__ import annotations

from polib import POEntry

from dragoman.po.entry import Entry
from dragoman.po.file import PoFile
from dragoman.po.strings import lines_of


def to_polib(po: PoFile) -> list[POEntry]:
    """The entries of a catalog but its header, as polib's objects, in order.

    >>> [item.msgstr for item in to_polib(PoFile([Entry("a", "b", comments="# c\\n")]))]
    ['b']
    """
    header = po.header
    return [_handed_out(entry) for entry in po.entries if entry is not header]


def _handed_out(entry: Entry) -> POEntry:
    former = entry.previous or (None, None)
    item = POEntry(
        msgid=entry.msgid,
        msgstr="" if entry.plural else entry.msgstr,
        msgctxt=entry.msgctxt,
        obsolete=entry.obsolete,
        flags=list(entry.flags),
        tcomment=_said(entry.translator_comments),
        comment=_said(_lines(entry, "#.")),
        occurrences=_occurrences(entry),
        previous_msgctxt=former[0],
        previous_msgid=former[1],
        linenum=entry.line,
    )
    if entry.plural is not None:
        item.msgid_plural = entry.plural[0]
        item.msgstr_plural = dict(enumerate(entry.plural[1]))
    return item


def _lines(entry: Entry, lead: str) -> str:
    return "".join(line for line in lines_of(entry.comments) if line.startswith(lead))


def _said(comments: str) -> str:
    """The text of comment lines, without what makes them comments."""
    lines = comments.removesuffix("\n").split("\n")
    return "\n".join(line.lstrip("#").removeprefix(".").removeprefix(" ") for line in lines)


def _occurrences(entry: Entry) -> list[tuple[str, str]]:
    """File and line of each reference, as polib has them; names with spaces keep their marks."""
    places = _lines(entry, "#:").replace("#:", " ").split()
    parted = (place.rpartition(":") for place in places)
    return [(file, line) if file else (line, "") for file, _, line in parted]


def take_back(po: PoFile, items: list[POEntry]) -> None:
    """Put what a script may change back into the catalog: targets, flags, translator comments.

    Only entries of which one of these differs are replaced; all others stay byte for byte.
    Messages are known by context and msgid; those the catalog does not hold are left out.

    >>> po = PoFile([Entry("a", "b")])
    >>> items = to_polib(po)
    >>> items[0].msgstr, items[0].tcomment = "c", "by hand"
    >>> take_back(po, items)
    >>> print(po.text(), end="")
    # by hand
    msgid "a"
    msgstr "c"
    """
    by_key: dict[tuple[str | None, str, bool], POEntry]
    by_key = {(item.msgctxt, item.msgid, bool(item.obsolete)): item for item in items}
    header = po.header
    for place, entry in enumerate(po.entries):
        item = by_key.get((entry.msgctxt, entry.msgid, entry.obsolete))
        if item is not None and entry is not header:
            po.entries[place] = _taken_back(entry, item)


def _taken_back(entry: Entry, item: POEntry) -> Entry:
    plural = entry.plural
    if plural is not None:
        plural = (plural[0], tuple(text for _, text in sorted(item.msgstr_plural.items())))
    same = plural == entry.plural if plural else item.msgstr == entry.msgstr
    comments = _comments(entry, item)
    if same and comments == entry.comments:
        return entry
    msgstr = plural[1][0] if plural and plural[1] else item.msgstr
    line, gone, gap = entry.line, entry.obsolete, entry.gap
    return Entry(entry.msgid, msgstr, entry.msgctxt, comments, None, line, plural, gone, gap)


def _comments(entry: Entry, item: POEntry) -> str:
    """The comment lines with the script's remarks and flags; as they are where it changed none."""
    came = [flag for flag in item.flags if flag not in entry.flags]
    for flag in set(entry.flags) - set(item.flags):
        entry = entry.replaced(comments=entry.without_flag(flag), raw="")
    for flag in reversed(came):
        entry = entry.flagged(flag)
    if item.tcomment == _said(entry.translator_comments):
        return entry.comments
    remarks = item.tcomment.split("\n") if item.tcomment else []
    said = "".join(f"# {line}\n" if line else "#\n" for line in remarks)
    flags = f"#, {', '.join(entry.flags)}\n" if entry.flags else ""
    return said + entry.automatic + flags + entry.previous_lines(entry.obsolete)


__all__ = ["POEntry", "take_back", "to_polib"]
