"""Texts in which ⟦ ⟧ mark what a check should find."""

from __future__ import annotations

import re


def spans_of(marked):
    """The text without its ⟦marks⟧, and the spans that they mark."""
    target, spans = "", []
    for piece in re.split("([⟦⟧])", marked):
        if piece == "⟦":
            spans.append([len(target), None])
        elif piece == "⟧":
            spans[-1][1] = len(target)
        else:
            target += piece
    return target, [tuple(span) for span in spans]
