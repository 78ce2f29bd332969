"""Conversion between entries and polib's objects, for scripts."""

from __future__ import annotations

from polib import POEntry

from dragoman.po.entry import Entry
from dragoman.po.file import PoFile
from dragoman.po.strings import lines_of


def to_polib(po: PoFile) -> list[POEntry]:
    """The entries of a catalog except its header, as polib's objects, in order.

    >>> [item.msgstr for item in to_polib(PoFile([Entry("a", "b", comments="# c\\n")]))]
    ['b']
    """
    header = po.header
    return [_to_polib(entry) for entry in po.entries if entry is not header]


def _to_polib(entry: Entry) -> POEntry:
    former = entry.previous or (None, None)
    item = POEntry(
        msgid=entry.msgid,
        msgstr="" if entry.plural else entry.msgstr,
        msgctxt=entry.msgctxt,
        obsolete=entry.obsolete,
        flags=list(entry.flags),
        tcomment=_comment_text(entry.translator_comments),
        comment=_comment_text(_lines(entry, "#.")),
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


def _comment_text(comments: str) -> str:
    """The text of comment lines, without `#` or `#.`."""
    lines = comments.removesuffix("\n").split("\n")
    return "\n".join(line.lstrip("#").removeprefix(".").removeprefix(" ") for line in lines)


def _occurrences(entry: Entry) -> list[tuple[str, str]]:
    """File and line of each reference, as in polib; names with spaces keep U+2068 and U+2069."""
    places = _lines(entry, "#:").replace("#:", " ").split()
    pairs = (place.rpartition(":") for place in places)
    return [(file, line) if file else (line, "") for file, _, line in pairs]


def write_back(po: PoFile, items: list[POEntry]) -> None:
    """Apply what a script may change to the catalog: targets, flags, translator comments.

    Only entries in which one of these differs are replaced; all others stay byte for byte. Messages
    are matched by context and msgid; items that the catalog does not have are ignored.

    >>> po = PoFile([Entry("a", "b")])
    >>> items = to_polib(po)
    >>> items[0].msgstr, items[0].tcomment = "c", "by hand"
    >>> write_back(po, items)
    >>> print(po.text(), end="")
    # by hand
    msgid "a"
    msgstr "c"
    """
    by_key: dict[tuple[str | None, str, bool], POEntry]
    by_key = {(item.msgctxt, item.msgid, bool(item.obsolete)): item for item in items}
    header = po.header
    for index, entry in enumerate(po.entries):
        item = by_key.get((entry.msgctxt, entry.msgid, entry.obsolete))
        if item is not None and entry is not header:
            po.entries[index] = _updated(entry, item)


def _updated(entry: Entry, item: POEntry) -> Entry:
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
    """The comment lines with the script's remarks and flags; unchanged if the script changed neither."""
    added = [flag for flag in item.flags if flag not in entry.flags]
    for flag in set(entry.flags) - set(item.flags):
        entry = entry.replaced(comments=entry.without_flag(flag), raw="")
    for flag in reversed(added):
        entry = entry.flagged(flag)
    if item.tcomment == _comment_text(entry.translator_comments):
        return entry.comments
    remarks = item.tcomment.split("\n") if item.tcomment else []
    remark_lines = "".join(f"# {line}\n" if line else "#\n" for line in remarks)
    flags = f"#, {', '.join(entry.flags)}\n" if entry.flags else ""
    return remark_lines + entry.automatic + flags + entry.previous_lines(entry.obsolete)


__all__ = ["POEntry", "to_polib", "write_back"]
