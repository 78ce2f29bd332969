"""Codes of a file whose markup the file does not hold: `<g id="1">`, or a `ph` without data.

Such a code has a stand-in in the text that was read. If the source beside it says the same as a
unit of ours, its stand-ins are the codes of the unit, one by one, and those of the target follow.
"""

from __future__ import annotations

import re

from dragoman.interchange.inline_codes import Code, pieces

_MARK = "\ufffc"
_STAND_IN = re.compile(f"{_MARK}[^{_MARK}]*{_MARK}")


def named(name: str) -> str:
    """The stand-in of a code with this name."""
    return f"{_MARK}{name.replace(_MARK, '')}{_MARK}"


def has_any(text: str) -> bool:
    return _MARK in text


def prose(text: str) -> str:
    """A text without its stand-ins, or without its codes."""
    return _STAND_IN.sub("", text)


def prose_of(text: str) -> str:
    """A text of ours without its codes.

    >>> prose_of("a *b* `c`")
    'a b '
    """
    return "".join(piece for piece in pieces(text) if isinstance(piece, str))


def resolved(source: str, target: str, ours: str) -> str | None:
    """A target with the codes of our source in place of stand-ins; None if that cannot be said.

    >>> a, b = named("1<"), named("1>")
    >>> resolved(f"see {a}it{b}", f"{a}ese{b} ee", "see *it*")
    '*ese* ee'
    >>> resolved("see it", f"{a}ese{b} ee", "see it")
    """
    stand_ins = _STAND_IN.findall(source)
    codes = [piece.data for piece in pieces(ours) if isinstance(piece, Code)]
    if len(stand_ins) != len(codes) or len(set(stand_ins)) != len(codes):
        return None if has_any(target) else target
    known = dict(zip(stand_ins, codes, strict=True))
    made = _STAND_IN.sub(lambda found: known.get(found[0], found[0]), target)
    return None if has_any(made) else made
