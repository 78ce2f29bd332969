"""Direction inside a line: isolates for plain text, and bidi controls allowed in translations.

The direction of a block comes from its locale (`locales.direction`), never from its text. Inside
a block the Unicode bidirectional algorithm (UAX #9) applies; only phrases of the other
direction that begin or end with punctuation, or precede a number, need isolates (`phrases`).
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
"""Controls allowed in a right-to-left target; overrides and embeddings are not."""


def isolated(text: str, rtl: bool) -> str:
    """Put LRI or RLI and PDI around every phrase of the other direction in a plain text line.

    >>> isolated("C++ היה", rtl=True) == LRI + "C++" + PDI + " היה"
    True
    """
    if not CONTROLS.isdisjoint(text):
        return text  # isolates set by the translator
    out, done = [], 0
    for start, end in opposite_runs(text, rtl):
        out += [text[done:start], LRI if rtl else RLI, text[start:end], PDI]
        done = end
    return "".join([*out, text[done:]])


def tamed(text: str) -> str:
    """Remove controls that are not allowed in translations, since they could reorder words.

    >>> tamed("613\u202e people")
    '613 people'
    """
    if text.isascii() or _CONTROL.search(text) is None:
        return text
    return "".join([char for char in text if char not in CONTROLS or char in ALLOWED])


def refused_controls(text: str, rtl: bool) -> Iterator[str]:
    """Problems with the bidi controls of a target, one sentence each.

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
