"""What a command would have put into an entry that a person wrote, kept beside it in a comment.

    # suggestion (speech.docx): “Never again.”

Translator comments survive every editor and merge, and no output shows them.
"""

from __future__ import annotations

from dragoman.po import Entry
from dragoman.po.strings import escape


def suggested(entry: Entry, origin: str, target: str) -> Entry:
    """The entry with a suggestion more, unless it has it already.

    Args:
        entry: stays as it is otherwise.
        origin: where the suggestion comes from, as the name of a file.
        target: the suggested translation.

    >>> print(suggested(Entry("a", "x"), "a.docx", "y").raw, end="")
    # suggestion (a.docx): “y”
    msgid "a"
    msgstr "x"
    """
    return remarked(entry, f"# suggestion ({origin}): “{escape(target)}”\n")


def remarked(entry: Entry, remark: str) -> Entry:
    """The entry with a translator comment more, unless it has it already."""
    own = entry.translator_comments
    if remark in own:
        return entry
    return entry.replaced(comments=own + remark + entry.comments.removeprefix(own))
