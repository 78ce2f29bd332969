"""Bidirectional controls in targets."""

from __future__ import annotations

import re
from collections.abc import Iterator

from dragoman.checks.pair import Fault, Pair, check
from dragoman.languages import locales
from dragoman.text import bidi

_OPEN = "\u2066\u2067\u2068"
_EMPTY = re.compile("[\u2066-\u2068]\u2069")
_TWO_MARKS = re.compile("[\u200e\u200f]{2,}")
_IN_A_WORD = re.compile(r"(?<=[^\W\d_])[\u200e\u200f](?=[^\W\d_])")
_DELIMITER = re.compile(r"\*\*|__|~~|(?<!\*)\*(?!\*)|</?[A-Za-z][^<>]*>")
_MOST_DEEP = 2


@check("error", target="[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
def controls(pair: Pair) -> Iterator[Fault]:
    """A target has no overrides or embeddings; its isolates are closed, and none is needless.

    Why: an override shows another text than is stored, and an open isolate reorders what follows.
    The program isolates what needs it on output. Source: UAX #9, and the Trojan Source findings.

    PASS he: the BBC | ה-\u2066BBC\u2069
    FAIL he: text | שלום⟦\u202eabc\u202c⟧
    FAIL he: text | ⟦\u2067⟧שלום
    FAIL he: the BBC | ה-⟦\u2066\u2069⟧BBC
    FAIL he: **the BBC** left | ⟦\u2066**ה-BBC\u2069⟧ עזב**
    """
    target = pair.target
    if target.isascii() or bidi.CONTROLS.isdisjoint(target):
        return
    rtl = locales.direction(pair.locale) == "rtl"
    places = [at for at, c in enumerate(target) if c in bidi.CONTROLS]
    refused = list(bidi.refused_controls(target, rtl))
    for sentence in refused:
        yield Fault(sentence, places[0], places[-1] + 1)
    if not refused:
        yield from _needless(target)


def _needless(target: str) -> Iterator[Fault]:
    """Allowed controls that have no effect, or a harmful one."""
    for match in _EMPTY.finditer(target):
        yield Fault("an isolate around nothing", *match.span(), fix="", safe=True)
    for match in _TWO_MARKS.finditer(target):
        yield Fault("two marks of direction in a row", *match.span(), fix=match[0][0], safe=True)
    for match in _IN_A_WORD.finditer(target):
        yield Fault("a mark of direction inside a word", *match.span(), severity="warning")
    open_: list[int] = []
    for at, char in enumerate(target):
        if char in _OPEN:
            open_.append(at)
            if len(open_) > _MOST_DEEP:
                yield Fault("isolates are nested more than two deep", at, at + 1)
        elif char == bidi.PDI and open_:
            yield from _isolate(target, open_.pop(), at)


def _isolate(target: str, start: int, end: int) -> Iterator[Fault]:
    """The faults of one isolate: it holds the whole unit, or begins or ends inside markup."""
    if start == 0 and end == len(target) - 1:
        message = "an isolate around the whole unit changes nothing"
        yield Fault(message, start, end + 1, severity="warning")
    kinds = [re.sub(r"[</\s>].*", "", d[1:]) or d for d in _DELIMITER.findall(target, start, end)]
    if any(kinds.count(kind) % 2 for kind in kinds):
        yield Fault("an isolate begins or ends inside of a mark-up", start, end + 1)
