"""Links to a heading of the same text, whose anchor is made of the heading's words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import unquote

from dragoman.checks.text_context import TextContext
from dragoman.model import Kind, Problem

_LINK = re.compile(r"\]\(#([^\s()]{1,200})\)")
_EXPLICIT = re.compile(r"\{[^{}]*#|<a\s[^<>]*(?:id|name)=", re.IGNORECASE)
_MARKS = re.compile(r"[*_`]+|\[([^\[\]]*)\]\([^()]*\)")


def anchor(subject: TextContext) -> Iterator[Problem]:
    """A link leads to a heading by the anchor that its source had, and the translated heading has another."""
    anchors = _anchors(subject)
    there = set(anchors.values())
    for unit, entry, source, target in subject.said if anchors else ():
        for match in _LINK.finditer(target):
            fragment = unquote(match[1]).lower()
            now = anchors.get(fragment)
            if now and fragment not in there:
                message = f"no translated heading has the anchor #{fragment}; it is #{now} now"
                problem = subject.problem("anchor", "warning", message, unit, entry)
                yield problem._replace(source=source, span=(match.start(1) - 1, match.end(1)))


def _anchors(subject: TextContext) -> dict[str, str]:
    """The anchors of headings in the source, each with that of the translated heading.

    A heading with an anchor of its own keeps it, and one that is not translated does too.
    """
    found: dict[str, str] = {}
    for block, rows in zip(subject.document.blocks, subject.blocks, strict=True):
        if block.kind is not Kind.HEADING or len(rows) != len(block.units) or not rows:
            continue
        raw = "".join(part if isinstance(part, str) else part.raw for part in block.parts)
        if _EXPLICIT.search(raw) is None:
            source = " ".join(source for _, _, source, _ in rows)
            found[slug(source)] = slug(" ".join(target for _, _, _, target in rows))
    return found


def slug(heading: str) -> str:
    """The anchor that static sites make of a heading, as on GitHub.

    >>> slug("Say *no* kindly!"), slug("Отказывайте вежливо")
    ('say-no-kindly', 'отказывайте-вежливо')
    """
    text = _MARKS.sub(lambda match: match[1] or "", heading).lower()
    return re.sub(r"[^\w\- ]", "", text).strip().replace(" ", "-")
