"""What the last build made of what: a text whose files are all as they were needs no building."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable
from typing import Any

from dragoman.project.layout import Project, Text


class BuildState:
    """Time, size and inode of every file of every text, as the last build left them."""

    def __init__(self, project: Project, fingerprint: Any, records: dict[str, Any]) -> None:
        self._root = str(project.root) + os.sep
        self._fingerprint = fingerprint
        self.records = records

    @classmethod
    def load(cls, project: Project, words: str) -> BuildState:
        """The state of the last build; an empty one where settings or program differ."""
        fingerprint = [words, _stamp(str(project.settings_file))]
        if project.settings.srx:
            fingerprint.append(_stamp(str(project.root / project.settings.srx)))
        try:
            with open(project.state_file, "rb") as file:
                known = json.loads(file.read())
            records = known["texts"] if known["fingerprint"] == fingerprint else {}
        except (OSError, ValueError, KeyError, TypeError):
            records = {}
        return cls(project, fingerprint, records)

    def is_fresh(self, text: Text) -> bool:
        """Whether every file of the text is as the last build left it."""
        record = self.records.get(text.path)
        if record is None:
            return False
        root, stat = self._root, os.stat
        try:
            for name, changed, size, inode in record:
                status = stat(root + name)
                if (
                    status.st_mtime_ns != changed
                    or status.st_size != size
                    or status.st_ino != inode
                ):
                    return False
        except (OSError, ValueError, TypeError):
            return False
        return True

    def keep(self, texts: Iterable[Text]) -> None:
        """Forget texts that are no more."""
        there = {text.path for text in texts}
        self.records = {name: record for name, record in self.records.items() if name in there}

    def record(self, text: Text, paths: Iterable[str]) -> None:
        """Remember the files of a text as they are now."""
        record = []
        for path in paths:
            stamp = _stamp(path)
            name = path.removeprefix(self._root)
            if stamp is not None:
                record.append([name, *stamp])
        self.records[text.path] = record

    def dump(self) -> bytes:
        known = {"fingerprint": self._fingerprint, "texts": self.records}
        return json.dumps(known, separators=(",", ":"), ensure_ascii=False).encode()


def _stamp(path: str) -> list[int] | None:
    try:
        status = os.stat(path)
    except OSError:
        return None
    return [status.st_mtime_ns, status.st_size, status.st_ino]
