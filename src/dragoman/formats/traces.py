"""Whether a text may have any construct of a dialect: a few searches, as most texts have none."""

from __future__ import annotations

import re

_LINES = re.compile(
    r"\n[ \t>]*(?:[-*+][ \t]+|\d+[.)][ \t]+)?(?::|!!! |\?\?\?|===[!+]? |\[!|\[TOC|\*\[|\(|\+\+\+|\+[-=:]"
    r"|-{1,2}8<-|<<<|`{5}|\\\[|\\begin\{)"
)
"""What begins a line that may be structure; lines that begin with a brace or a dollar aside."""
_ONLY = {
    "jsx": ("import ", "export ", "<"),
    "comments": ("%",),
    "citations": ("@",),
    "lines": ("| ",),
    "tildes": ("~ ",),
    "keys": ("++",),
    "attributes": (" markdown",),
}
"""Marks of constructs that only some dialects have, or that are rare."""
_ICON = re.compile(r":(?<![\w:/]:)[a-z+][a-z0-9_+-]*:(?![\w:/])")


def may_have_icons(body: str) -> bool:
    """Whether there is a `:name:`.

    >>> may_have_icons("A :smile:"), may_have_icons("At 10:30: one")
    (True, False)
    """
    return ":" in body and _ICON.search(body) is not None


def may_have(body: str, wanted: frozenset[str]) -> bool:
    """Whether any mark of a construct is there; few texts have one, so this has to be quick."""
    if not wanted:
        return False
    if "{" in body or "$" in body or "[[" in body or _LINES.match(f"\n{body[:200]}"):
        return True
    if _LINES.search(body) or may_have_icons(body) or ("\\" in body and "\\(" in body):
        return True
    return any(mark in body for name, marks in _ONLY.items() if name in wanted for mark in marks)
