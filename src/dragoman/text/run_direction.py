"""Direction inside a line of a Word document: how it is split into runs, and where marks are needed.

Word takes the direction of punctuation from its run. LibreOffice takes it from the letters
around it, as UAX #9 says, and ignores runs; for it an invisible mark (U+200E or
U+200F) is added at the edge of a run that begins or ends with no letter. Word ignores it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, groupby, islice
from unicodedata import bidirectional

from dragoman.text import bidi
from dragoman.text.phrases import opposite_runs

_UNIT = "[#$%°±‰\u00a2-\u00a5\u20a0-\u20cf]{0,3}"
_NUMBER = re.compile(rf"{_UNIT}[0-9]+(?:[.,/:+\-−\u00a0\u202f][0-9]+)*{_UNIT}")
_TURNS = re.compile("([\u061c\u202a-\u202e\u2066-\u2069])")
_STRONG = ("L", "R", "AL")
_AHEAD = 100
"""Characters after U+2068 that are searched for the first strong one."""


def directed(text: str, rtl: bool) -> list[tuple[str, bool]]:
    """Split a line into pieces, each with whether it is right-to-left.

    >>> directed("C++ כאן 7.10", rtl=True)
    [('C++', False), (' כאן ', True), ('7.10', False)]
    """
    pieces = []
    done = 0
    for start, end in opposite_runs(text, rtl):
        pieces += [(text[done:start], rtl), (text[start:end], not rtl)]
        done = end
    pieces.append((text[done:], rtl))
    cut = (inner for piece, way in pieces for inner in _cut(piece, way))
    return [("".join(p for p, _ in same), way) for way, same in groupby(cut, lambda x: x[1])]


def _cut(text: str, rtl: bool) -> Iterator[tuple[str, bool]]:
    """Split off letters and signed numbers that run in the other direction.

    UAX #9 keeps `7.10`, `50%` and `2020-2023` from left to right; Word would turn their signs.
    """
    done = 0
    for found in _NUMBER.finditer(text) if rtl else ():
        if not found[0].isdigit():
            yield from _letters(text[done : found.start()], rtl)
            yield found[0], False
            done = found.end()
    yield from _letters(text[done:], rtl)


def _letters(text: str, rtl: bool) -> Iterator[tuple[str, bool]]:
    way = rtl
    for char in text:
        kind = bidirectional(char)
        if kind != "NSM":  # a combining mark belongs to its letter
            way = kind != "L" if kind in _STRONG else rtl
        yield char, way


class Turns:
    """Removes isolates set by translators from a line and turns them into directions of its pieces.

    Controls that are not allowed in translations are dropped.

    >>> Turns(rtl=True).pieces("\u2066+1\u2069 ב")
    [('+1', False), (' ב', True)]
    """

    def __init__(self, rtl: bool) -> None:
        self._open = [rtl]

    def pieces(self, text: str, against: bool = False) -> list[tuple[str, bool]]:
        """Split the next part of a line, continuing with the open isolates.

        Args:
            text: the next part of the line.
            against: whether the part is known to run against the line.
        """
        found: list[tuple[str, bool]] = []
        parts = _TURNS.split(text)
        for place, part in enumerate(parts):
            if place % 2:
                self._turn(part, chain.from_iterable(parts[place + 1 : place + _AHEAD]))
            elif part:
                inside = len(self._open) > 1
                found += directed(part, self._open[-1] != (against and not inside))
        return found

    def _turn(self, control: str, rest: Iterable[str]) -> None:
        if control == bidi.PDI:
            if len(self._open) > 1:
                self._open.pop()
        elif control in (bidi.LRI, bidi.RLI):
            self._open.append(control == bidi.RLI)
        elif control == bidi.FSI:
            ahead = map(bidirectional, islice(rest, _AHEAD))
            first = next((kind for kind in ahead if kind in _STRONG), "L")
            self._open.append(first != "L")


# --- marks ----------------------------------------------------------------------------------


def marks(pieces: Sequence[tuple[str, bool]], rtl: bool) -> list[tuple[str, str]]:
    """The marks (LRM, RLM) before and after each piece that keep its direction under UAX #9.

    >>> marks([("C++", False), (" כאן", True)], rtl=True) == [("", bidi.LRM), ("", "")]
    True
    """
    found = [["", ""] for _ in pieces]
    against = list(_against(pieces, rtl))
    for stretch in _stretches(against):
        said = "".join(pieces[place][0] for place in stretch)
        rest = range(stretch.stop, len(pieces))
        mark = bidi.LRM if rtl else bidi.RLM
        if said and not _is_letter(said[0], not rtl):
            found[stretch.start][0] = mark
        if said and not _is_letter(said[-1], not rtl):
            found[stretch.stop - 1][1] = mark
        if _is_caught(pieces, against, rest, rtl):
            found[stretch.stop][0] = bidi.RLM if rtl else bidi.LRM
    return [(before, after) for before, after in found]


def _against(pieces: Sequence[tuple[str, bool]], rtl: bool) -> Iterator[bool]:
    """Whether each piece has the other direction; a bare number has none.

    Behind Arabic letters a number becomes an Arabic one, which signs do not join (rule W2).
    """
    arabic = any(bidirectional(char) == "AL" for text, _ in pieces for char in text)
    for way, group in groupby(pieces, lambda piece: piece[1]):
        same = [text for text, _ in group]
        turned = way != rtl and (arabic or not _is_number("".join(same)))
        yield from [turned] * len(same)


def _is_number(text: str) -> bool:
    return _NUMBER.fullmatch(text) is not None and text[0].isdigit()


def _is_letter(char: str, rtl: bool) -> bool:
    kind = bidirectional(char)
    return kind in ("R", "AL") if rtl else kind == "L"


def _stretches(against: Sequence[bool]) -> Iterator[range]:
    """Ranges of adjacent pieces that run against the line."""
    for is_against, group in groupby(range(len(against)), lambda place: against[place]):
        places = list(group)
        if is_against:
            yield range(places[0], places[-1] + 1)


def _is_caught(
    pieces: Sequence[tuple[str, bool]], against: Sequence[bool], rest: range, rtl: bool
) -> bool:
    """Whether UAX #9 would join the following piece to this one, as it does with numbers."""
    for place in rest:
        if against[place]:
            return place > rest.start
        for char in pieces[place][0]:
            kind = bidirectional(char)
            if kind in _STRONG:
                return _is_letter(char, not rtl)
            if kind in ("EN", "AN"):
                return True
    return False
