"""What the Unicode bidirectional algorithm draws: levels from python-bidi, then rules L2 and L4."""

from __future__ import annotations

import re

from bidi import get_display

_MIRRORED = dict(zip("()[]{}<>«»‹›", ")(][}{><»«›‹", strict=True))
_CONTROLS = "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"


def levels(text: str, base: str) -> list[int]:
    """The embedding level of each character of a line."""
    dump = get_display(text, base_dir={"rtl": "R", "ltr": "L", "auto": None}[base], debug=True)
    found = dump.partition("levels: [")[2].partition("paragraphs:")[0]
    by_byte = [int(level) for level in re.findall(r"\d+", found)]
    at, out = 0, []
    for char in text:
        out.append(by_byte[at])
        at += len(char.encode())
    return out


def order(found: list[int]) -> list[int]:
    """Rule L2: the index of each character, from left to right."""
    places = list(range(len(found)))
    for level in range(max(found, default=0), 0, -1):
        start = None
        for i in range(len(places) + 1):
            inside = i < len(places) and found[places[i]] >= level
            if inside and start is None:
                start = i
            elif not inside and start is not None:
                places[start:i] = reversed(places[start:i])
                start = None
    return places


def visual(text: str, base: str) -> str:
    """The line as a reader sees it, from left to right, brackets mirrored, controls gone."""
    found = levels(text, base)
    shown = [
        _MIRRORED.get(text[i], text[i]) if found[i] % 2 else text[i]
        for i in order(found)
        if text[i] not in _CONTROLS
    ]
    return "".join(shown)
