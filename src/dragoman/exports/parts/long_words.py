"""Words too long for a column: where a line may break inside them."""

from __future__ import annotations

import re
from collections.abc import Iterator

LONGEST = 28
"""Characters that a word may have before its lines are broken anywhere."""

_LONG = re.compile(rf"[^\s\u0590-\u05ff\u0600-\u06ff]{{{LONGEST + 1},}}")
_MARKS = re.compile(r"(?<=[/._\-:=,&?])(?=\w)")
_STEP = 4
"""Characters that stay together in a part without marks."""


def pieces(text: str) -> Iterator[str]:
    """A text cut where a line may break inside a word: behind marks, else every few characters.

    Letters that join, as Arabic ones do, are left alone, and so is Hebrew: neither has such words.

    >>> list(pieces("short words stay whole"))
    ['short words stay whole']
    >>> list(pieces("see https://example.org/a-long-path"))[:3]
    ['see https://', 'example.', 'org/']
    """
    held, done = "", 0
    for found in _LONG.finditer(text):
        held += text[done : found.start()]
        done = found.end()
        for part in _parts(found[0]):
            yield held + part
            held = ""
    if held + text[done:]:
        yield held + text[done:]


def _parts(word: str) -> Iterator[str]:
    for part in _MARKS.split(word):
        if len(part) <= LONGEST:
            yield part
        else:
            yield from (part[at : at + _STEP] for at in range(0, len(part), _STEP))
