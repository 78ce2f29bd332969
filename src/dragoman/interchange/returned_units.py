"""Matches segments of a returned file with units of a text, by ids and sources.

A tool may have split a unit into several segments or joined several units, and ids may be lost.
Sources decide: segments and units match if their sources joined are equal.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from enum import Enum
from typing import NamedTuple

from dragoman.interchange import unknown_codes
from dragoman.interchange.review_rows import Group, Piece
from dragoman.model import Key

_LEAD = 12
"""Number of characters by which sources are indexed."""
_NTH = re.compile(r"-\d+\Z")


class Known(NamedTuple):
    """A unit of the text."""

    id: str
    key: Key
    block: int

    @property
    def source(self) -> str:
        return self.key[1]


class Verdict(Enum):
    """The result of matching segments with units."""

    SAME = "same"
    """The sources are equal."""
    CHANGED = "changed"
    """The ids match, but the sources differ."""
    UNKNOWN = "unknown"
    AMBIGUOUS = "ambiguous"


class UnitMatch(NamedTuple):
    """Segments, and the units that match them."""

    pieces: tuple[Piece, ...]
    units: range
    """Indices of the units in the text; empty if none match."""
    verdict: Verdict
    why: str = ""

    @property
    def source(self) -> str:
        return "".join(piece.source for piece in self.pieces).strip()


class Units:
    """The units of a text, indexed for matching."""

    def __init__(self, units: Sequence[Known]) -> None:
        self.all = units
        self.at = {unit.id: place for place, unit in enumerate(units)}
        self._said = [_squeezed(unit.source) for unit in units]
        self._by_lead: dict[str, list[int]] = defaultdict(list)
        self._by_prose: dict[str, list[int]] = defaultdict(list)
        for place, said in enumerate(self._said):
            self._by_lead[said[:_LEAD]].append(place)
            prose = _squeezed(unknown_codes.prose_of(units[place].source))
            self._by_prose[prose].append(place)

    def place_of(self, id_: str) -> int | None:
        """The index of a unit by its id, or of a unit with the same key if that one is gone; or None."""
        index = self.at.get(id_)
        return self.at.get(_NTH.sub("", id_)) if index is None else index

    def score(self, pieces: Iterable[Piece]) -> int:
        """The number of pieces that match this text."""
        return sum(
            self.place_of(piece.id) is not None or bool(self.beginning(piece)) for piece in pieces
        )

    def matches(self, group: Group, by_text: bool) -> list[UnitMatch]:
        """Match the segments of one unit of the file.

        Args:
            group: the unit.
            by_text: whether segments without a known id are searched in the whole text, not only
                in the blocks of those with one.
        """
        if group.problem:
            return [
                UnitMatch((piece,), self.own(piece), Verdict.AMBIGUOUS, group.problem)
                for piece in group.pieces
                if piece.is_segment
            ]
        return list(_Walk(self, group, by_text).matches())

    def own(self, piece: Piece) -> range:
        """The index of the unit with the id of a piece, as a range; empty if there is none."""
        place = self.place_of(piece.id)
        return range(0) if place is None else range(place, place + 1)

    def _exact(self, piece: Piece) -> list[int]:
        """Indices of the units with the source of a piece."""
        if unknown_codes.has_any(piece.source):
            return self._by_prose.get(_squeezed(unknown_codes.prose(piece.source)), [])
        source = _squeezed(piece.source)
        return [
            index for index in self._by_lead.get(source[:_LEAD], ()) if self._said[index] == source
        ]

    def beginning(self, piece: Piece) -> list[int]:
        """Indices of the units that may begin with a piece: equal, longer or shorter."""
        exact = self._exact(piece)
        if exact:
            return exact
        source = _squeezed(piece.source)
        if not source:
            return []
        near = (
            self._by_lead.get(source[:_LEAD], ()) if len(source) >= _LEAD else range(len(self.all))
        )
        return [
            index
            for index in near
            if self._said[index].startswith(source) or source.startswith(self._said[index])
        ]

    def grown(self, pieces: Sequence[Piece], first: int, place: int) -> tuple[int, int] | None:
        """Ends of the pieces and units that start here and have the same joined source; or None."""
        if first < len(pieces) and unknown_codes.has_any(pieces[first].source):
            return (first + 1, place + 1) if place in self._exact(pieces[first]) else None
        ours, theirs = self._said[place], _squeezed(pieces[first].source)
        end, last = first + 1, place + 1
        while ours != theirs:
            if ours.startswith(theirs) and end < len(pieces):
                theirs += _squeezed(pieces[end].source)
                end += 1
            elif theirs.startswith(ours) and self._goes_on(place, last):
                ours += self._said[last]
                last += 1
            else:
                return None
        return (end, last) if self._spaced_alike(pieces[first:end], range(place, last)) else None

    def _goes_on(self, place: int, last: int) -> bool:
        return last < len(self.all) and self.all[last].block == self.all[place].block

    def _spaced_alike(self, pieces: Sequence[Piece], units: range) -> bool:
        """Whether white space only differs between pieces or units."""
        ours = " ".join(self.all[at].source for at in units)
        spots = (re.escape(_normal(piece.source)) for piece in pieces if piece.source.strip())
        return re.fullmatch(" ?".join(spots), _normal(ours)) is not None


class _Walk:
    """Matches the pieces of a group in order."""

    def __init__(self, units: Units, group: Group, by_text: bool) -> None:
        self._units, self._pieces, self._by_text = units, group.pieces, by_text
        self._places = [units.place_of(p.id) if p.is_segment else None for p in group.pieces]
        found = [place for place in self._places if place is not None]
        self._blocks = {units.all[place].block for place in found}
        self._next: int | None = None

    def matches(self) -> Iterator[UnitMatch]:
        at = 0
        while at < len(self._pieces):
            piece = self._pieces[at]
            if piece.source.strip() and (piece.is_segment or self._leads(at)):
                made, at = self._match(at)
                yield made
                continue
            if piece.is_segment and _is_said(piece):
                own = self._units.own(piece)
                yield UnitMatch((piece,), own, Verdict.AMBIGUOUS, "it has no source")
            at += 1

    def _match(self, at: int) -> tuple[UnitMatch, int]:
        piece, own = self._pieces[at], self._places[at]
        runs = self._runs(at)
        if runs:
            place, (end, last) = runs[0]
            if not self._is_sure(at, runs):
                why = "several units of the text have this source"
                return UnitMatch((piece,), range(0), Verdict.AMBIGUOUS, why), at + 1
            self._next = last
            return UnitMatch(self._pieces[at:end], range(place, last), Verdict.SAME), end
        if own is None:
            return UnitMatch((piece,), range(0), Verdict.UNKNOWN), at + 1
        end = self._end_of_changed(at)
        self._next = own + 1
        return UnitMatch(self._pieces[at:end], range(own, own + 1), Verdict.CHANGED), end

    def _leads(self, at: int) -> bool:
        """Whether a text before a segment is the beginning of a unit that goes on in the segment."""
        runs = self._runs(at)
        if not runs or not self._is_sure(at, runs):
            return False
        place, (end, _) = runs[0]
        segments = [after for after in range(at, end) if self._pieces[after].is_segment]
        return bool(segments) and all(self._places[x] in (None, place) for x in segments)

    def _runs(self, at: int) -> list[tuple[int, tuple[int, int]]]:
        """The units that a piece begins, each with the ends of its pieces and units."""
        return [(place, run) for place in self._starts(at) if (run := self._grown(at, place))]

    def _is_sure(self, at: int, runs: Sequence[tuple[int, tuple[int, int]]]) -> bool:
        """Whether the first of these units is the one: by its id, its place, or its text alone."""
        near = (self._places[at], self._next)
        return runs[0][0] in near or len({self._units.all[place].key for place, _ in runs}) == 1

    def _grown(self, at: int, place: int) -> tuple[int, int] | None:
        return self._units.grown(self._pieces, at, place)

    def _starts(self, at: int) -> Iterator[int]:
        """Yield indices of units that a piece may match: by id, after the previous match, by text."""
        seen: set[int] = set()
        near = [self._places[at], self._next]
        for place in (*near, *self._units.beginning(self._pieces[at])):
            if place is None or place in seen or place >= len(self._units.all):
                continue
            seen.add(place)
            allowed = self._by_text or self._units.all[place].block in self._blocks
            if place == self._places[at] or allowed:
                yield place

    def _end_of_changed(self, at: int) -> int:
        """The end of the pieces of a changed unit: before the next piece of another unit."""
        end = at + 1
        while end < len(self._pieces):
            piece = self._pieces[end]
            if self._places[end] is not None:
                break
            if piece.is_segment and any(self._grown(end, place) for place in self._starts(end)):
                break
            end += 1
        while end > at + 1 and not self._pieces[end - 1].is_segment:
            end -= 1
        return end


def _is_said(piece: Piece) -> bool:
    """Whether a piece has a translation."""
    return piece.target is not None and bool(piece.target.strip())


def _squeezed(text: str) -> str:
    return "".join(text.split())


def _normal(text: str) -> str:
    return " ".join(text.split())


# --- targets ---------------------------------------------------------------------------------


class JoinedTarget(NamedTuple):
    """The joined targets of a match."""

    target: str
    """Empty if there is none."""
    state: str
    why: str = ""
    """Why it is not a complete translation; empty if it is."""


def said(match: UnitMatch, source: str) -> JoinedTarget:
    """The targets of a match joined in their order, with the lowest of their states.

    >>> halves = [Piece("2", "Birds ", "B2", "translated", 3, True, ""),
    ...           Piece("", "fly.", "B1", "translated", 1, True, "")]
    >>> said(UnitMatch(tuple(halves), range(1), Verdict.SAME), "Birds fly.")
    JoinedTarget(target='B1 B2', state='translated', why='')
    """
    segments = [p for p in match.pieces if p.is_segment and (p.source.strip() or _is_said(p))]
    given = [p for p in segments if _is_said(p)]
    if not given:
        return JoinedTarget("", "")
    pieces = sorted(match.pieces, key=lambda piece: piece.order)
    parts = [p.target if p.target is not None else _between(p) for p in pieces]
    if len(parts) > 1:
        target = _joined(parts, _spaced(match.pieces, source))
    else:
        target = _trimmed(parts[0], pieces[0].source, source)
    states = [piece.state for piece in given]
    state = next((s for s in ("partial", "draft", "translated") if s in states), states[0])
    why = ""
    if len(given) < len(segments) or state == "partial":
        why, state = "only a part of it is translated", "draft"
    resolved_target = unknown_codes.resolved(match.source, target, source)
    if resolved_target is None:
        return JoinedTarget(
            _STAND_INS.sub("", target), "draft", "codes of it have no markup in the file"
        )
    return JoinedTarget(resolved_target, state, why)


_STAND_INS = re.compile("\ufffc[^\ufffc]*\ufffc")


def _trimmed(target: str, source: str, ours: str) -> str:
    """A target without outer white space if the file's source has some there and ours has none.

    >>> _trimmed("Zwei. ", "Two. ", "Two."), _trimmed("Zwei. ", "Two.", "Two.")
    ('Zwei.', 'Zwei. ')
    """
    if source[:1].isspace() and not ours[:1].isspace():
        target = target.lstrip()
    if source[-1:].isspace() and not ours[-1:].isspace():
        target = target.rstrip()
    return target


def _between(piece: Piece) -> str:
    """The text between two segments of a target, which is that of the source."""
    return "" if piece.is_segment else piece.source


def _spaced(pieces: Sequence[Piece], source: str) -> bool:
    """Whether the pieces of a source were separated by white space."""
    return _normal(source) != "".join(p.source.strip() for p in pieces if p.is_segment)


def _joined(parts: Sequence[str], spaced: bool) -> str:
    """Parts joined, with a space between two that would otherwise touch."""
    text = ""
    for part in parts:
        if spaced and text and part and not text[-1].isspace() and not part[0].isspace():
            text += " "
        text += part
    return text.strip()


def in_order(matches: Sequence[UnitMatch]) -> list[bool]:
    """For each match, whether its target has the same position among the targets as its source.

    >>> one = Piece("1", "A.", "a", "translated", 3, True, "")
    >>> two = Piece("2", "B.", "b", "translated", 1, True, "")
    >>> in_order([UnitMatch((p,), range(0), Verdict.SAME) for p in (one, two)])
    [False, False]
    """
    orders = [min(piece.order for piece in match.pieces if piece.is_segment) for match in matches]
    return [order == expected for order, expected in zip(orders, sorted(orders), strict=True)]
