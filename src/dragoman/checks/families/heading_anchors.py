"""Links to a heading of the same text, whose id is made of the heading's words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import unquote

from dragoman.checks.text_context import TextContext
from dragoman.model import Problem
from dragoman.parallel.heading_ids import heading_ids

_LINK = re.compile(r"\]\(\s*<?#([^\s()<>]{1,200})>?")


def anchor(subject: TextContext) -> Iterator[Problem]:
    """A link leads to a heading by an id that no heading of the built text has.

    The build gives links or headings the ids of the other side, unless `heading_ids` is `none`;
    then the id of the source leads nowhere, and with the others one that no heading ever had.
    """
    found = heading_ids(subject.document, subject.catalog.targets())
    now = {one.source: one.target for one in found}
    there = set(now.values())
    followed = subject.heading_ids != "none"
    for unit, entry, source, target in subject.said if found else ():
        alive = {_fragment(match) for match in _LINK.finditer(source)} & now.keys()
        known = {_fragment(match) for match in _LINK.finditer(source)}
        for match in _LINK.finditer(target):
            fragment = _fragment(match)
            if fragment in there or (fragment in now and followed):
                continue
            if fragment in now:
                message = (
                    f"no translated heading has the anchor #{fragment}; it is #{now[fragment]} now"
                )
            elif alive and fragment not in known:
                message = f"no heading has the anchor #{fragment}"
            else:
                continue  # an id that something else has, or that leads nowhere in the source too
            problem = subject.problem("anchor", "warning", message, unit, entry)
            yield problem._replace(source=source, span=(match.start(1) - 1, match.end(1)))


def _fragment(match: re.Match[str]) -> str:
    return unquote(match[1]).lower()
