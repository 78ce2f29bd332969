"""A journal of what a person typed: on the disk before any catalog is touched.

It is kept in the person's state folder, not in the project: what is in `build/` anybody may
delete, and what one person typed is no business of the repository. Each text that is to be saved
is one line; a second line says what became of it. What has no second line, or one that says it
was not saved, is offered to the person at the next start.
"""

from __future__ import annotations

import json
import os
import time
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple, Self

from dragoman.errors import DragomanError
from dragoman.model import Key, digest
from dragoman.project import Files

_LARGE = 4 << 20
"""Bytes from which on a journal is shortened when it is opened."""
_KEPT = 2000
"""Saved lines that stay when it is."""


class Typed(NamedTuple):
    """A text that a person typed for a message."""

    id: str
    text: str
    """Domain of the text."""
    locale: str
    key: Key
    base: str
    target: str
    draft: bool
    by: str
    at: float
    """Seconds since 1970."""
    before: str = ""
    """What the message said, where the text was saved."""
    outcome: str = ""
    """`saved`, `conflict`, `gone`, `failed` or `dropped`; empty if nobody knows."""

    @property
    def line(self) -> bytes:
        said = self._asdict() | {"key": list(self.key)}
        return (json.dumps(said, ensure_ascii=True) + "\n").encode()

    @classmethod
    def read(cls, said: Mapping[str, Any]) -> Self:
        context, source = said["key"]
        return cls(**{**said, "key": (context, source)})


class TypedJournal:
    """The journal of one project."""

    def __init__(self, root: str, environment: Mapping[str, str] = os.environ) -> None:
        """Open the journal of the project in a folder; nothing is made on the disk yet."""
        self.folder = os.path.join(state_folder(environment), digest(root.encode(), 8))
        self._path = os.path.join(self.folder, "typed.jsonl")
        self._ends_well = False
        """Whether the last line is known to be whole; a line after half a line would be lost."""

    def add(self, typed: Typed) -> None:
        """Write a text down; it is on the disk when this comes back.

        Raises:
            DragomanError: what the system says.
        """
        self._append(typed.line)

    def end(self, typed: Typed, outcome: str, before: str = "") -> None:
        """Write down what became of a text."""
        said = {"end": typed.id, "outcome": outcome, "before": before}
        self._append((json.dumps(said) + "\n").encode())

    def _append(self, line: bytes) -> None:
        files = Files(self.folder)
        files.make_private_folder(self.folder)
        with files.locked(self.folder):
            empty = not Files.stamp_now(self._path)[1]
            lead = b"" if self._ends_well or empty else b"\n"
            self._ends_well = False
            files.append(self._path, lead + line)
            self._ends_well = True

    def lines(self) -> list[Typed]:
        """Everything in the journal, the oldest first; a line that was cut off is passed over."""
        try:
            data = Files(self.folder).bytes_of(self._path)
        except DragomanError:  # a journal that cannot be read keeps nobody from working
            return []
        return list(_read(data or b"").values())

    def pending(self, by: str | None = None) -> list[Typed]:
        """For each message the last text that was typed, where it was not saved or dropped.

        Args:
            by: whose texts alone; everybody's if None.
        """
        last: dict[tuple[str, str, Key], Typed] = {}
        for typed in self.lines():
            if by is None or typed.by == by:
                last[typed.text, typed.locale, typed.key] = typed
        return [typed for typed in last.values() if typed.outcome not in ("saved", "dropped")]

    def of(self, text: str, locale: str, key: Key) -> list[Typed]:
        """What was typed for one message and saved, the newest first."""
        own = [t for t in self.lines() if (t.text, t.locale, t.key) == (text, locale, key)]
        return [typed for typed in reversed(own) if typed.outcome == "saved"]

    def shorten(self) -> None:
        """Leave out old lines of texts that are saved, if the journal has grown large."""
        files = Files(self.folder)
        if Files.stamp_now(self._path)[1] < _LARGE:
            return
        with files.locked(self.folder):
            lines = list(_read(files.bytes_of(self._path) or b"").values())
            saved = [typed for typed in lines if typed.outcome == "saved"][-_KEPT:]
            recent = {typed.id for typed in saved}
            kept = [t for t in lines if t.id in recent or t.outcome not in ("saved", "dropped")]
            files.write({self._path: b"".join(typed.line for typed in kept)})


def _read(data: bytes) -> dict[str, Typed]:
    found: dict[str, Typed] = {}
    for said in _objects(data):
        if "end" in said:
            typed = found.get(said["end"])
            if typed is not None:
                outcome, before = said.get("outcome", ""), said.get("before", "")
                found[typed.id] = typed._replace(outcome=outcome, before=before)
            continue
        try:
            typed = Typed.read(said)
        except (KeyError, TypeError, ValueError):
            continue
        found[typed.id] = typed
    return found


def _objects(data: bytes) -> Iterator[dict[str, Any]]:
    for line in data.split(b"\n"):
        try:
            said = json.loads(line)
        except ValueError:
            continue
        if isinstance(said, dict):
            yield said


def state_folder(environment: Mapping[str, str]) -> str:
    """Where this program keeps what a person would not want to lose, but need not see.

    >>> state_folder({"XDG_STATE_HOME": "/s"})
    '/s/dragoman'
    """
    base = environment.get("XDG_STATE_HOME", "")
    if not os.path.isabs(base):
        base = os.path.join(os.path.expanduser("~"), ".local", "state")
    return os.path.join(base, "dragoman")


def new_id() -> str:
    """A name for a line that no other has."""
    return f"{time.time_ns():x}-{os.urandom(4).hex()}"
