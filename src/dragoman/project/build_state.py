"""What the last build made of what: a text of which nothing changed needs no building."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from dragoman.project.layout import Project, Text

Stamps = str
"""Time of change (ns), size and inode of one file after the other, parted by blanks.

They are compared and kept, thousands of them, and never read as numbers.
"""

_FORM = 2
"""How the state is kept; raised when that changes."""


class BuildState:
    """How the files of every text were after the last build.

    The files that people write (the text, its catalogs) are looked at one by one. For those
    that a build makes it is enough, as a rule, that nothing came, went or was replaced in their
    folders, as the folders' times tell; only where something did are they looked at too.
    """

    def __init__(self, project: Project, fingerprint: Any, known: Mapping[str, Any]) -> None:
        self._project = project
        self._fingerprint = fingerprint
        self._written: dict[str, Stamps] = known.get("texts", {})
        self._folders: dict[str, Stamps] = known.get("folders", {})
        """The folders of all outputs, and their times."""
        self._made: dict[str, list[str]] | None = None
        """For each text its outputs: stamps and name of one file, parted by a blank."""

    @classmethod
    def load(cls, project: Project, words: str) -> BuildState:
        """The state of the last build; an empty one where settings or program differ."""
        stamps = _stamps([project.settings_file, project.glossary_file])
        fingerprint = [_FORM, words, stamps, project.dialect]
        if project.settings.srx:
            fingerprint.append(_stamps([project.path(project.settings.srx)]))
        known = _read(project.state_file)
        return cls(project, fingerprint, known if known.get("fingerprint") == fingerprint else {})

    def dirty(self, texts: Sequence[Text]) -> list[Text]:
        """The texts that anything changed about."""
        written = self._written
        dirty = [t for t in texts if _stamps(self._sources(t)) != written.get(t.path)]
        if self._folders == _times(self._folders):
            return dirty
        made, changed = self._outputs(), set(dirty)
        return [t for t in texts if t in changed or not _as_recorded(made.get(t.path, []))]

    def gone(self, texts: Iterable[Text]) -> list[str]:
        """Outputs of texts that are no more; these texts are forgotten."""
        left = set(self._written) - {text.path for text in texts}
        folder = self._project.lock_folder + os.sep
        files = [_parted(file)[1] for path in left for file in self._outputs().pop(path, ())]
        for path in left:
            del self._written[path]
        return [name for name in files if name.startswith(folder)]

    def _sources(self, text: Text) -> list[str]:
        project = self._project
        found = [project.source(text)]
        if text.described:
            found.append(project.side_file(text))
        for locale in project.settings.locales:
            found.append(project.catalog(text, locale))  # noqa: PERF401 - there are few
        return found

    def _outputs(self) -> dict[str, list[str]]:
        if self._made is None:
            self._made = _read(self._project.outputs_file) if self._written else {}
        return self._made

    def record(self, text: Text, outputs: Iterable[str]) -> None:
        """Remember the files of a text as they were when they were read or written."""
        stamp = self._project.files.stamp
        sources = self._sources(text)
        made = [name for name in outputs if name not in sources]
        self._written[text.path] = " ".join([_said(stamp(name)) for name in sources])
        self._outputs()[text.path] = [f"{_said(stamp(name))} {name}" for name in made]
        # their times are looked at when everything is written; dirname is too slow for thousands
        self._folders.update(dict.fromkeys([name.rpartition(os.sep)[0] for name in made], ""))

    def files(self) -> dict[str, bytes]:
        """The files that hold the state; the one that is looked at first comes last."""
        known = {
            "fingerprint": self._fingerprint,
            "folders": _times(self._folders),
            "texts": self._written,
        }
        project = self._project
        made = _dumped(self._outputs())
        return {project.outputs_file: made, project.state_file: _dumped(known)}


def _read(path: str) -> dict[str, Any]:
    try:
        with open(path, "rb") as file:
            known = json.loads(file.read())
    except (OSError, ValueError):
        return {}
    return known if isinstance(known, dict) else {}


def _dumped(known: Any) -> bytes:
    return json.dumps(known, separators=(",", ":"), ensure_ascii=False).encode()


def _as_recorded(files: Iterable[str]) -> bool:
    parted = list(map(_parted, files))
    return bool(parted) and all(_stamps([name]) == stamps for stamps, name in parted)


def _parted(file: str) -> tuple[Stamps, str]:
    """The stamps and the name of an output."""
    time, size, inode, name = file.split(" ", 3)
    return f"{time} {size} {inode}", name


def _stamps(paths: Iterable[str]) -> Stamps:
    """Of files that are not there, zeros."""
    found = []
    for path in paths:
        try:
            status = os.stat(path)
        except OSError:
            found.append("0 0 0")
        else:
            found.append(f"{status.st_mtime_ns} {status.st_size} {status.st_ino}")
    return " ".join(found)


def _said(stamp: Sequence[int]) -> Stamps:
    return " ".join(map(str, stamp))


def _times(folders: Iterable[str]) -> dict[str, Stamps]:
    return {folder: _stamps([folder]).partition(" ")[0] for folder in folders}
