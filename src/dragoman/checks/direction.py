"""Bidirectional controls in targets."""

from __future__ import annotations

from collections.abc import Iterator

from dragoman import bidi, locales
from dragoman.checks.pair import Fault, Pair, check


@check("error", target="[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
def controls(pair: Pair) -> Iterator[Fault]:
    """A target has no overrides and embeddings, and its isolates are closed.

    Why: an override shows another text than is stored, and an open isolate turns what follows.
    The program isolates what needs it on output. Source: UAX #9, and the Trojan Source findings.

    PASS he: the BBC | ה-\u2066BBC\u2069
    FAIL he: text | שלום⟦\u202eabc\u202c⟧
    FAIL he: text | ⟦\u2067⟧שלום
    """
    if pair.target.isascii() or bidi.CONTROLS.isdisjoint(pair.target):
        return
    rtl = locales.direction(pair.locale) == "rtl"
    places = [at for at, c in enumerate(pair.target) if c in bidi.CONTROLS]
    for sentence in bidi.refused_controls(pair.target, rtl):
        yield Fault(sentence, places[0], places[-1] + 1)
