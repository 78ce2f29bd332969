"""Telephone numbers: figures that are dialled, not counted."""

from __future__ import annotations

import re
from typing import NamedTuple

# Nine figures or more in groups, or seven as they are written locally: 555-0142, 555-01-42.
_PHONE = re.compile(
    r"[+(\d](?<![\w./].)(?:(?:(?<=\d)|(?<=\()\d|(?<=\+)\(?\d)(?:[ \u00a0().-]{0,2}\d){8,14}(?![\w/])"
    r"|(?<=\d)(?<!-.)\d{2}-\d{2}-?\d{2}(?![\w/-]))"
)
_GROUPED = re.compile(r"\d{1,3}(?:([ \u00a0\u202f.,])\d{3})(?:\1\d{3})+")
_MAY_CALL = re.compile(r"[+\d](?:(?<=\+)\d|(?<=\d)(?:\)|-\d|\d{8}))")


class Phone(NamedTuple):
    """A telephone number in a text."""

    digits: str
    start: int
    end: int


def phones(text: str) -> list[Phone]:
    """The telephone numbers of a text; a large number in groups of three is none.

    >>> phones("+1 (555) 010-01-99, 1 000 000 000")
    [Phone(digits='15550100199', start=0, end=18)]
    """
    if _MAY_CALL.search(text) is None:
        return []
    return [
        Phone("".join(filter(str.isdecimal, match[0])), *match.span())
        for match in _PHONE.finditer(text)
        if not _GROUPED.fullmatch(match[0])
    ]
