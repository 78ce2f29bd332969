"""A journal of steps that changed many translations at once, so that each can be undone as one.

It is kept beside the journal of what was typed, and holds each translation before and after.
"""

from __future__ import annotations

import json
import os
import time
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple, Self

from dragoman.errors import DragomanError
from dragoman.model import Key, digest
from dragoman.pipeline.session.typed_journal import new_id, state_folder
from dragoman.project import Files


class Replacement(NamedTuple):
    """A translation before and after a step."""

    text: str
    """Domain of the text."""
    locale: str
    key: Key
    before: str
    after: str


class Step(NamedTuple):
    """What was replaced at once."""

    id: str
    by: str
    at: float
    """Seconds since 1970."""
    replacements: tuple[Replacement, ...] = ()

    @classmethod
    def of(cls, by: str) -> Self:
        return cls(new_id(), by, time.time())


class StepJournal:
    """The steps of one project."""

    def __init__(self, root: str, environment: Mapping[str, str] = os.environ) -> None:
        self.folder = os.path.join(state_folder(environment), digest(root.encode(), 8))
        self._path = os.path.join(self.folder, "steps.jsonl")

    def begin(self, step: Step, meant: Sequence[Any]) -> None:
        """Make sure that a step can be written down before anything is replaced.

        Raises:
            DragomanError: it cannot, so it could not be undone.
        """
        self._append({"begin": step.id, "count": len(meant)})

    def add(self, step: Step) -> None:
        self._append({"step": step._asdict()})

    def undone(self, step: Step) -> None:
        self._append({"undone": step.id})

    def _append(self, said: Mapping[str, Any]) -> None:
        files = Files(self.folder)
        files.make_private_folder(self.folder)
        with files.locked(self.folder):
            files.append(self._path, b"\n" + json.dumps(said).encode() + b"\n")

    def last(self) -> Step | None:
        """The last step that was not undone."""
        try:
            data = Files(self.folder).bytes_of(self._path) or b""
        except DragomanError:
            return None
        steps: dict[str, Step] = {}
        for line in data.split(b"\n"):
            try:
                said = json.loads(line)
                if "step" in said:
                    step = _read(said["step"])
                    steps[step.id] = step
                elif "undone" in said:
                    steps.pop(said["undone"], None)
            except (ValueError, KeyError, TypeError):
                continue
        return next((step for step in reversed(steps.values()) if step.replacements), None)


def _read(said: Mapping[str, Any]) -> Step:
    made = tuple(
        [
            Replacement(text, locale, (key[0], key[1]), before, after)
            for text, locale, key, before, after in said["replacements"]
        ]
    )
    return Step(said["id"], said["by"], said["at"], made)
