"""Drafts: the translation of a former sentence, proposed for another one."""

from __future__ import annotations

from dragoman.catalogs import source_changes
from dragoman.po import Entry
from dragoman.po.strings import lines_of

_CHANGED = "#. Changed ("
"""Beginning of the comment on what changed since a draft was translated."""


def noted(automatic: str, entry: Entry) -> str:
    """The automatic comments of a draft, with a note on what changed in its source."""
    former = entry.previous
    if former is None:
        return automatic
    note = source_changes.note(former[1], entry.msgid, entry.msgstr)
    if not note:
        return automatic
    position = automatic.find("#:")
    position = len(automatic) if position < 0 else position
    return f"{automatic[:position]}#. {note}\n{automatic[position:]}"


def strangers(one: str | None, other: str | None) -> bool:
    """Whether two contexts are of different messages; a missing context matches any.

    >>> strangers("menu", "title"), strangers("menu", None)
    (True, False)
    """
    return one is not None and other is not None and one != other


def draft_of(former: Entry, empty: Entry) -> Entry:
    """An empty message with the translation of a former sentence, and the remarks of both.

    >>> draft = draft_of(Entry("a", "x", comments="# One.\\n"), Entry("b", comments="# Two.\\n"))
    >>> print(draft.raw, end="")
    # Two.
    # One.
    #. Changed (rewrite)
    #, fuzzy
    #| msgid "a"
    msgid "b"
    msgstr "x"
    """
    draft = renoted(former.proposed_for(empty.key, empty.automatic)).with_remarks(empty)
    for flag in empty.flags:
        if flag not in draft.flags:
            draft = draft.flagged(flag)
    return draft


def renoted(draft: Entry) -> Entry:
    """A draft with its note on the changes of its source updated."""
    lines = lines_of(draft.automatic)
    automatic = "".join(line for line in lines if not line.startswith(_CHANGED))
    return draft.with_automatic(noted(automatic, draft))
