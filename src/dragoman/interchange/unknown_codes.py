"""Codes without their markup in the file: `<g id="1">`, or a `ph` without data.

Such a code is read as a placeholder. If the source in the file has the prose of one of our units,
its placeholders are replaced by the unit's codes in order, and those of the target likewise.
"""

from __future__ import annotations

import re

from dragoman.interchange.inline_codes import Code, pieces

_MARK = "\ufffc"
_STAND_IN = re.compile(f"{_MARK}[^{_MARK}]*{_MARK}")


def named(name: str) -> str:
    """The placeholder of a code with this name."""
    return f"{_MARK}{name.replace(_MARK, '')}{_MARK}"


def has_any(text: str) -> bool:
    return _MARK in text


def prose(text: str) -> str:
    """A text without placeholders."""
    return _STAND_IN.sub("", text)


def prose_of(text: str) -> str:
    """One of our texts without its codes.

    >>> prose_of("a *b* `c`")
    'a b '
    """
    return "".join(piece for piece in pieces(text) if isinstance(piece, str))


def resolved(source: str, target: str, ours: str) -> str | None:
    """A target with placeholders replaced by the codes of our source; None if that is not possible.

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
    result = _STAND_IN.sub(lambda found: known.get(found[0], found[0]), target)
    return None if has_any(result) else result
