"""Direction inside a line: runs of the other direction, isolates, and which controls are let in.

The direction of a block comes from its locale (`locales.direction`), never from its text. Inside
a block the Unicode bidirectional algorithm (UAX #9) does the rest, but for phrases of the other
direction that begin or end with marks, or stand before a number: these (`phrases`) need isolates.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from dragoman.text.phrases import opposite_runs

LRM, RLM = "\u200e", "\u200f"
LRI, RLI, FSI, PDI = "\u2066", "\u2067", "\u2068", "\u2069"
CONTROLS = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
"""Every character with the property Bidi_Control."""
_CONTROL = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
ALLOWED = frozenset((LRM, RLM, LRI, RLI, FSI, PDI))
"""Those that a right-to-left target may hold; overrides and embeddings it may not."""


def isolated(text: str, rtl: bool) -> str:
    """The line with every opposite run between LRI or RLI and PDI, for plain text.

    >>> isolated("C++ היה", rtl=True) == LRI + "C++" + PDI + " היה"
    True
    """
    if not CONTROLS.isdisjoint(text):
        return text  # the translator has set them
    out, done = [], 0
    for start, end in opposite_runs(text, rtl):
        out += [text[done:start], LRI if rtl else RLI, text[start:end], PDI]
        done = end
    return "".join([*out, text[done:]])


def tamed(text: str) -> str:
    """A line without the controls that no translation may hold, which could turn its words.

    >>> tamed("613\u202e people")
    '613 people'
    """
    if text.isascii() or _CONTROL.search(text) is None:
        return text
    return "".join([char for char in text if char not in CONTROLS or char in ALLOWED])


def refused_controls(text: str, rtl: bool) -> Iterator[str]:
    """What is wrong with the bidi controls of a target: one sentence for each fault.

    Only right-to-left targets may hold any, only isolates and LRM or RLM, and isolates must be
    closed in the unit where they were opened (UAX #9: an open one swallows what follows).

    >>> list(refused_controls("613\\u202e", rtl=True))
    ['U+202E may not stand in a translation']
    """
    if text.isascii() or _CONTROL.search(text) is None:
        return
    depth = 0
    for char in text:
        if char not in CONTROLS:
            continue
        if not rtl or char not in ALLOWED:
            yield f"U+{ord(char):04X} may not stand in a translation"
        elif char == PDI:
            depth -= 1
            if depth < 0:
                yield "U+2069 closes an isolate that was not opened"
                depth = 0
        elif char in (LRI, RLI, FSI):
            depth += 1
    if depth > 0:
        yield "an isolate is not closed with U+2069"
