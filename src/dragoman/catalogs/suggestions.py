"""Suggestions: translations in a comment, beside one that a person wrote.

    # suggestion (speech.docx): “Never again.”

Translator comments survive every editor and merge, and are never output.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from dragoman.po import Entry
from dragoman.po.strings import escape, unescape

LEAD = "# suggestion ("
_LINE = re.compile(
    r"^# suggestion \(([^\n]*?)\): “((?:[^\n]|\n# +(?!suggestion \(|dragoman))*?)”[ \t]*\n",
    re.MULTILINE,
)
_WRAPPED = re.compile(r"\n# +")
"""Programs that wrap comments break a suggestion between words."""


class Suggestion(NamedTuple):
    """A translation that somebody proposes."""

    by: str
    """A person, or the file that it came from."""
    target: str


def read(comments: str) -> list[Suggestion]:
    """The suggestions in an entry's comments.

    >>> read("# suggestion (A.): “Salam\\n# olsun.”\\n")
    [Suggestion(by='A.', target='Salam olsun.')]
    """
    if LEAD not in comments:
        return []
    return [Suggestion(by, _target(said)) for by, said in _LINE.findall(comments)]


def withdrawn(entry: Entry, target: str) -> Entry:
    """The entry without the suggestions of a target."""

    def kept(match: re.Match[str]) -> str:
        return "" if _target(match[2]) == target else match[0]

    comments = _LINE.sub(kept, entry.comments)
    return entry if comments == entry.comments else entry.replaced(comments=comments)


def _target(said: str) -> str:
    text = _WRAPPED.sub(" ", said)
    try:
        return unescape(text)
    except ValueError:  # a person wrote it
        return text


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
