"""Comments of translators on the segments of an XLIFF 2.x unit: notes, and marks of the type `comment`."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from dragoman.imports.xliff_codes import Core

_OURS = ("kind", "context", "note", "tool")
"""Categories of the notes that exports write."""


class _Note(NamedTuple):
    """A note of a translator; its id may be empty."""

    id: str
    text: str


class UnitNotes:
    """The comments on a unit: what nothing in its segments refers to belongs to the first of them."""

    def __init__(self, core: Core, unit: ET.Element) -> None:
        self._core, self._unit = core, unit
        self._notes = [
            _Note(note.get("id", ""), "".join(note.itertext()).strip())
            for holder in core.children(unit, "notes")
            for note in core.children(holder, "note")
            if note.get("category") not in _OURS
        ]

    def on(self, segments: Sequence[ET.Element], others: Iterable[ET.Element]) -> list[str]:
        """The comment on each of the segments, given the other parts of the unit."""
        comments = [self._of_marks(segment) for segment in segments]
        if comments:
            told = [note.text for note in self._notes if not self._is_told(note, segments)]
            loose = [comment for part in others for comment in self._of_marks(part)]
            comments[0] += [*loose, *told]
        return ["\n".join(dict.fromkeys(filter(None, said))) for said in comments]

    def _is_told(self, note: _Note, parts: Iterable[ET.Element]) -> bool:
        """Whether a mark in one of these parts refers to a note."""
        return bool(note.id) and any(
            self._note_of(mark) == note.id for part in parts for mark in self._marks(part)
        )

    def _of_marks(self, part: ET.Element) -> list[str]:
        """The comments of the marks in a part, and the notes that they refer to."""
        comments = []
        for mark in self._marks(part):
            id_ = self._note_of(mark)
            comments.append(mark.get("value", ""))
            comments += [note.text for note in self._notes if id_ and note.id == id_]
        return comments

    def _marks(self, part: ET.Element) -> Iterator[ET.Element]:
        for mark in part.iter():
            if self._core.name(mark) in ("mrk", "sm") and mark.get("type") == "comment":
                yield mark

    def _note_of(self, mark: ET.Element) -> str:
        """The id of the note of this unit that a mark refers to; empty if it refers to no such note.

        A reference is a fragment such as `#n=1` or `#f=f1/u=u1/n=1`. Notes of files, of groups and
        of other units can have the same ids.
        """
        lead, _, fragment = mark.get("ref", "").partition("#")
        *above, last = fragment.strip("/").split("/")
        here = not above or f"u={self._unit.get('id', '')}" in above
        return last[2:] if not lead and here and last.startswith("n=") else ""
