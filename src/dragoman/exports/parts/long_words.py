"""Line break opportunities inside words that are too long for a column."""

from __future__ import annotations

import re
from collections.abc import Iterator

LONGEST = 28
"""Maximum length of a word, in characters, that is not broken."""

_LONG = re.compile(rf"[^\s\u0590-\u05ff\u0600-\u06ff]{{{LONGEST + 1},}}")
_MARKS = re.compile(r"(?<=[/._\-:=,&?])(?=\w)")
_STEP = 4
"""Length of the parts of a word without punctuation."""


def pieces(text: str) -> Iterator[str]:
    """Split a text where a long word may break: after punctuation, else every few characters.

    Hebrew and Arabic letters are not split.

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
