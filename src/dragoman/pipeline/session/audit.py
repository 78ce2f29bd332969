"""A log of what the people of a team changed: who, when, what, at which sentence.

It is kept beside the journals, in the state folder of whoever serves. It says nothing of texts;
those are in the catalogs and in the journal of what was typed.
"""

from __future__ import annotations

import json
import os
import time
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from dragoman.errors import DragomanError
from dragoman.model import digest
from dragoman.pipeline.session.typed_journal import state_folder
from dragoman.project import Files


class AuditLine(NamedTuple):
    """Something that a person changed."""

    at: float
    """Seconds since 1970."""
    by: str
    did: str
    """Name of the route: `unit`, `approve`, `accept` …"""
    text: str = ""
    locale: str = ""
    source: str = ""
    """The sentence; empty if it was not about one."""


class AuditLog:
    """The log of one project."""

    def __init__(self, root: str, environment: Mapping[str, str] = os.environ) -> None:
        """Open the log of the project in a folder; nothing is made on the disk yet."""
        self._folder = os.path.join(state_folder(environment), digest(root.encode(), 8))
        self._path = os.path.join(self._folder, "audit.jsonl")

    def add(self, by: str, did: str, text: str = "", locale: str = "", source: str = "") -> None:
        """Write a line down.

        Raises:
            DragomanError: what the system says.
        """
        files = Files(self._folder)
        files.make_private_folder(self._folder)
        line = AuditLine(round(time.time(), 3), by, did, text, locale, source)
        with files.locked(self._folder):
            files.append(self._path, b"\n" + json.dumps(line._asdict()).encode() + b"\n")

    def lines(self) -> Iterator[AuditLine]:
        """Every line, the oldest first; one that was cut off is passed over."""
        try:
            data = Files(self._folder).bytes_of(self._path) or b""
        except DragomanError:
            return
        for line in data.split(b"\n"):
            try:
                yield AuditLine(**json.loads(line))
            except (ValueError, TypeError):
                continue
