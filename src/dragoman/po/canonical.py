"""The canonical form of a PO file: every entry as GNU gettext would write it."""

from __future__ import annotations

from dragoman.po.entry import Entry
from dragoman.po.file import PoFile
from dragoman.po.strings import lines_of


def canonical(po: PoFile) -> PoFile:
    """The same catalog with LF line ends, no byte order mark, and each entry written again.

    Comments are in the order of GNU gettext: translator comments, extracted comments, references,
    flags, previous texts; lines are wrapped as by msgcat. Order and texts do not change.

    >>> print(canonical(PoFile([Entry("a", raw='msgid  "a"\\nmsgstr ""', comments="")])).text())
    msgid "a"
    msgstr ""
    <BLANKLINE>
    """
    entries = [_rendered(entry) for entry in po.entries]
    return PoFile(entries, trailer=po.trailer, charset=po.charset, name=po.name)


def _rendered(entry: Entry) -> Entry:
    return Entry(
        entry.msgid,
        entry.msgstr,
        entry.msgctxt,
        _comments(entry),
        None,
        entry.line,
        entry.plural,
        entry.obsolete,
    )


def _comments(entry: Entry) -> str:
    """The comment lines in order; unchanged if there are other lines among them."""
    if not all(line.startswith("#") for line in lines_of(entry.comments)):
        return entry.comments
    automatic = lines_of(entry.automatic)
    extracted = "".join(line for line in automatic if line.startswith("#."))
    references = "".join(line for line in automatic if line.startswith("#:"))
    flags = f"#, {', '.join(entry.flags)}\n" if entry.flags else ""
    previous = entry.previous_lines(entry.obsolete)
    return entry.translator_comments + extracted + references + flags + previous
