"""Suggestions: translations that a command adds as a comment, beside one that a person wrote.

    # suggestion (speech.docx): “Never again.”

Translator comments survive every editor and merge, and are never output.
"""

from __future__ import annotations

from dragoman.po import Entry
from dragoman.po.strings import escape


def suggested(entry: Entry, origin: str, target: str) -> Entry:
    """The entry with one more suggestion, unless it has the same one.

    Args:
        entry: the entry.
        origin: the origin of the suggestion, such as a file name.
        target: the suggested translation.

    >>> print(suggested(Entry("a", "x"), "a.docx", "y").raw, end="")
    # suggestion (a.docx): “y”
    msgid "a"
    msgstr "x"
    """
    return remarked(entry, f"# suggestion ({origin}): “{escape(target)}”\n")


def remarked(entry: Entry, remark: str) -> Entry:
    """The entry with one more translator comment, unless it has the same one."""
    own = entry.translator_comments
    if remark in own:
        return entry
    return entry.replaced(comments=own + remark + entry.comments.removeprefix(own))
