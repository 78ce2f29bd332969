"""A quick test whether a text may have any construct of a dialect; most texts have none."""

from __future__ import annotations

import re

_LINES = re.compile(
    r"\n[ \t>]*(?:[-*+][ \t]+|\d+[.)][ \t]+)?(?::|!!! |\?\?\?|===[!+]? |\[!|\[TOC|\*\[|\(|\+\+\+|\+[-=:]"
    r"|-{1,2}8<-|<<<|`{5}|\\\[|\\begin\{)"
)
"""Beginnings of lines that may be structure; `{` and `$` are searched for separately."""
_ONLY = {
    "jsx": ("import ", "export ", "<"),
    "comments": ("%",),
    "citations": ("@",),
    "lines": ("| ",),
    "tildes": ("~ ",),
    "keys": ("++",),
    "attributes": (" markdown",),
}
"""Marks of constructs that are rare or belong to few dialects."""
_ICON = re.compile(r":(?<![\w:/]:)[a-z+][a-z0-9_+-]*:(?![\w:/])")


def may_have_icons(body: str) -> bool:
    """Whether a text has an icon, `:name:`.

    >>> may_have_icons("A :smile:"), may_have_icons("At 10:30: one")
    (True, False)
    """
    return ":" in body and _ICON.search(body) is not None


def may_have(body: str, wanted: frozenset[str]) -> bool:
    """Whether a text has the mark of any construct; may be True for a text without one."""
    if not wanted:
        return False
    if "{" in body or "$" in body or "[[" in body or _LINES.match(f"\n{body[:200]}"):
        return True
    if _LINES.search(body) or may_have_icons(body) or ("\\" in body and "\\(" in body):
        return True
    return any(mark in body for name, marks in _ONLY.items() if name in wanted for mark in marks)
