"""Direction inside a line: runs of the other direction, isolates, and which controls are let in.

The direction of a block comes from its locale (`locales.direction`), never from its text. Inside
a block the Unicode bidirectional algorithm (UAX #9) does the rest, but for phrases of the other
direction that begin or end with marks, or stand before a number: these need isolates.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

LRM, RLM = "\u200e", "\u200f"
LRI, RLI, FSI, PDI = "\u2066", "\u2067", "\u2068", "\u2069"
CONTROLS = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
"""Every character with the property Bidi_Control."""
_CONTROL = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
ALLOWED = frozenset((LRM, RLM, LRI, RLI, FSI, PDI))
"""Those that a right-to-left target may hold; overrides and embeddings it may not."""

_R = "\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc"  # letters, points and marks of right-to-left scripts
_R_CHAR = f"[{_R}]"
_L = rf"[^\W\d_{_R}]"
_LW = rf"[^\W_{_R}]"
_ATOM = rf"{_LW}+(?:['’.&@/:+#%_=?~-]+{_LW}+)*(?:\+\+?|#|/)?"
_BEFORE = rf"(?<![\w{_R}\-\"'”’)\]])(?:[@#.]|--?)|(?:{_LW}{{1,12}}-){{0,3}}{_LW}{{0,30}}"  # @x .NET --flag -cü 34-cü
_PHRASE = rf"(?:{_BEFORE})(?={_L}){_ATOM}(?:[ \u00a0&–-]{{1,3}}{_ATOM})*"
_URL = rf"(?:https?|ftp)://[^\s<>\"“”«»״{_R}]*[^\s<>\"“”«»״.,;:!?)\]{_R}]|www\.[^\s<>\"“”«»״{_R}]*[^\s<>\"“”«»״.,;:!?)\]{_R}]"
_MAIL = rf"(?<!{_LW})(?<!{_LW}[.+_-]){_LW}+(?:[.+_-]{_LW}+)*@{_LW}+(?:[.-]{_LW}+)+"
_FORMULA = r"(?<!\d)(?<!\d[.,])\d+(?:[.,]\d+)*(?:\s*[<>=+×÷*]\s*[+\-−]?\d+(?:[.,]\d+)*)+"
_SIGNED = r"(?<![\w\-־])[+\-−±]\d+(?:[ \u00a0().,:/-]{0,2}\d+)*%?"
_LTR_RUN = rf"(?P<url>{_URL})|{_MAIL}|{_FORMULA}|{_SIGNED}|{_PHRASE}"
_RTL_RUN = rf"(?=[{_R}])[\w{_R}]+(?:[ \u00a0'’\"“”–-]{{1,2}}(?=[{_R}])[\w{_R}]+)*"
_END_MARKS = re.compile(r"[.!?…,;:]+(?=[\"'”’“‘»״׳)\]])")
_OPENING = frozenset("\"'“”„«‘’‚״׳([")


_compiled = cache(re.compile)  # big patterns, which few commands need


def opposite_runs(text: str, rtl: bool) -> list[tuple[int, int]]:
    """The stretches of a line that run against it and are to be isolated.

    In a right-to-left line: addresses, signed numbers, formulas, and phrases in a left-to-right
    script with the symbols that belong to them; in a left-to-right line: phrases in Hebrew or
    another right-to-left script. A quoted phrase takes its own end mark with it. A line
    without a word of its own direction is one run: `26 fevral 1992` in a Hebrew column.

    >>> text = 'ראו https://a.b/c/ ו-"Hello!"'
    >>> [text[a:b] for a, b in opposite_runs(text, rtl=True)]
    ['https://a.b/c/', 'Hello!']
    """
    if not rtl and text.isascii():
        return []
    if _is_all_of(text, _L, _R_CHAR) if rtl else _is_all_of(text, _R_CHAR, _L):
        return [(len(text) - len(text.lstrip()), len(text.rstrip()))]
    found = _compiled(_LTR_RUN if rtl else _RTL_RUN).finditer(text)
    return [_with_end_mark(text, *match.span()) for match in found]


def _is_all_of(text: str, letter: str, other: str) -> bool:
    return not _compiled(other).search(text) and bool(_compiled(letter).search(text))


def _with_end_mark(text: str, start: int, end: int) -> tuple[int, int]:
    if start and text[start - 1] in _OPENING:
        mark = _END_MARKS.match(text, end)
        if mark is not None:
            end = mark.end()
    return start, end


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
