"""Waivers: findings that somebody accepts, with a reason, in a translator comment of the entry.

    # dragoman-waive: @3f9a1c02d1 number, date: the source has a misprint

The seal is of source and target: when either changes, the waiver falls and is reported. It comes
first, because programs that wrap comments cut off the end; waivers with the seal at the end are
read too. A waiver without a seal, written by hand, holds until it is taken out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from dragoman.catalogs.provenance import seal_of
from dragoman.model import Problem
from dragoman.po import Entry
from dragoman.po.strings import lines_of

LEAD = "# dragoman-waive:"
_LINE = re.compile(
    r"^# dragoman-waive:[ \t]*(?:@([0-9a-f]{10})[ \t]+)?([\w ,-]+):"
    r"[ \t]*(.*?)[ \t]*(?:@([0-9a-f]{10}))?[ \t]*$",
    re.MULTILINE,
)


class Waiver(NamedTuple):
    """The waiver that one comment line holds."""

    codes: frozenset[str]
    reason: str
    seal: str

    @property
    def line(self) -> str:
        seal = f"@{self.seal} " if self.seal else ""
        reason = self.reason.rstrip("\\")  # GNU gettext would read the next line into it
        return f"{LEAD} {seal}{', '.join(sorted(self.codes))}: {reason}\n"


def read(comments: str) -> list[Waiver]:
    """The waivers in an entry's comments.

    >>> read("# dragoman-waive: number: a misprint\\n")
    [Waiver(codes=frozenset({'number'}), reason='a misprint', seal='')]
    >>> read("# dragoman-waive: number: so @3f9a1c02d1\\n")[0].seal
    '3f9a1c02d1'
    """
    if LEAD not in comments:
        return []
    return [
        Waiver(frozenset(c.strip() for c in codes.split(",") if c.strip()), reason, seal or last)
        for seal, codes, reason, last in _LINE.findall(comments)
    ]


def added(entry: Entry, codes: Sequence[str], reason: str) -> Entry:
    """The entry with a waiver for these codes, sealed for its source and target as they stand."""
    waiver = Waiver(frozenset(codes), " ".join(reason.split()), seal_of(entry.key, entry.msgstr))
    lines = [
        line
        for line in lines_of(entry.comments)
        if not any(kept.codes <= waiver.codes for kept in read(line))
    ]
    at = sum(1 for line in lines if line.startswith(("# ", "#\n")))
    return entry.replaced(comments="".join([*lines[:at], waiver.line, *lines[at:]]))


def applied(
    problems: Sequence[Problem], entry: Entry, kept: Sequence[Waiver], about: Problem
) -> Iterator[Problem]:
    """The problems of an entry, with the waived ones marked, and problems with its waivers.

    Args:
        problems: what the checks found.
        entry: the entry with waivers in its comments.
        kept: its waivers in the file of waivers.
        about: a problem of this entry to be filled in for faults of the waivers themselves.
    """
    known = [*read(entry.comments), *kept]
    seal = seal_of(entry.key, entry.msgstr) if known else ""
    valid = {code: w.reason for w in known if w.seal in ("", seal) and w.reason for code in w.codes}
    for problem in problems:
        yield problem._replace(waived=valid.get(problem.code, ""))
    found = {problem.code for problem in problems}
    for waiver in known:
        codes = ", ".join(sorted(waiver.codes))
        if not waiver.reason:
            yield about._replace(message=f"the waiver of {codes} gives no reason")
        elif waiver.seal not in ("", seal) and found & waiver.codes:
            yield about._replace(message=f"the waiver of {codes} is of another text; look again")
        elif not found & waiver.codes:
            message = f"nothing to waive: {codes} finds no fault here"
            yield about._replace(severity="info", message=message)
