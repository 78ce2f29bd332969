"""What the last build made of what: a text of which nothing changed needs no building.

Two files in the output folder, with names relative to the project, so that it can be moved. The
first says what every text was made of, the second what was made; the second outlives a change
of settings, so that no output of former settings is forgotten.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from dragoman.model import digest
from dragoman.project.files import Files, Stamp, is_young
from dragoman.project.layout import Project, Text

_FORM = 4
"""How the state is kept; raised when that changes."""

Record = str
"""A file as it was: its stamp and, where that could hide a change, a hash of its content.

`time,size,inode,change:hash`. Compared as it stands, thousands of times, and seldom read.
"""


class BuildState:
    """How the files of every text were after the last build."""

    def __init__(self, project: Project, fingerprint: Any, known: Mapping[str, Any]) -> None:
        self._project = project
        self._base = project.path("")
        self._fingerprint = fingerprint
        self._sources: dict[str, list[Record]] = known.get("texts", {})
        self._beside: dict[str, dict[str, Record]] = known.get("beside", {})
        """For each text, the other files that its outputs are made of, as images, by their names."""
        self._made: dict[str, dict[str, Record]] = _read(project.outputs_file)
        """For each text, its outputs by their names."""

    @classmethod
    def load(cls, project: Project, words: str) -> BuildState:
        """The state of the last build; what texts were made of only where settings and program are the same."""
        settings = [project.settings_file, project.glossary_file]
        if project.settings.srx:
            settings.append(project.path(project.settings.srx))
        fingerprint = [_FORM, words, [_hash(path) for path in settings], project.dialect]
        known = _read(project.state_file)
        same = known.get("fingerprint") == fingerprint
        return cls(project, fingerprint, known if same else {})

    def reloaded(self) -> BuildState:
        """The state as it is on the disk now; this one where nobody wrote it since."""
        known, made = _read(self._project.state_file), _read(self._project.outputs_file)
        if known.get("texts", {}) == self._sources and made == self._made:
            return self
        same = known.get("fingerprint") == self._fingerprint
        return BuildState(self._project, self._fingerprint, known if same else {})

    def dirty(self, texts: Sequence[Text]) -> list[Text]:
        """The texts that anything changed about: what they are made of, or what was made of them."""
        return [text for text in texts if self._is_dirty(text)]

    def _is_dirty(self, text: Text) -> bool:
        known, made = self._sources.get(text.path), self._made.get(text.path)
        if not known or not made:
            return True
        names = self._sources_of(text)
        if len(names) != len(known):
            return True
        if not all(map(_is_as_recorded, names, known)):
            return True
        base = self._base
        beside = self._beside.get(text.path, {})
        if not all(_is_as_recorded(base + name, record) for name, record in beside.items()):
            return True
        return not all(_is_as_recorded(base + name, record) for name, record in made.items())

    def gone(self, texts: Iterable[Text]) -> list[str]:
        """Outputs of texts that are no more; these texts are forgotten."""
        left = set(self._made) - {text.path for text in texts}
        return [name for path in sorted(left) for name in self._forget(path)]

    def _forget(self, path: str) -> list[str]:
        self._sources.pop(path, None)
        self._beside.pop(path, None)
        return self._removable(self._made.pop(path, {}))

    def _removable(self, names: Iterable[str]) -> list[str]:
        """Those of these outputs that a build alone makes: templates and numbers may be in git."""
        folder = self._project.lock_folder.removeprefix(self._base) + "/"
        ends = (".mo",)
        found = [name for name in names if name.startswith(folder) or name.endswith(ends)]
        # an image may be shown by several texts
        others = {name for made in self._made.values() for name in made} if found else set()
        return [self._base + name for name in found if name not in others]

    def _sources_of(self, text: Text) -> list[str]:
        project = self._project
        described = [project.side_file(text)] if text.described else []
        catalogs = [project.catalog(text, locale) for locale in project.settings.locales]
        return [project.source(text), *described, *catalogs]

    def record(
        self, text: Text, outputs: Mapping[str, bytes], beside: Iterable[str] = ()
    ) -> list[str]:
        """Remember a text's files as they were read or written; give its former outputs that it has no more.

        Args:
            text: the text.
            outputs: the contents of what was made of it.
            beside: paths of other files that went into them, or would have if they existed.
        """
        files, sources = self._project.files, self._sources_of(text)
        former = self._made.get(text.path, {})
        made = {
            name.removeprefix(self._base): _record(files, name, content)
            for name, content in outputs.items()
            if name not in sources
        }
        self._sources[text.path] = [_record(files, name, outputs.get(name)) for name in sources]
        self._made[text.path] = made
        self._beside[text.path] = {
            name.removeprefix(self._base): _record(files, name, None) for name in beside
        }
        return self._removable(former.keys() - made.keys())

    def forget(self, text: Text) -> list[str]:
        """Forget a text of which nothing may be made now; give the outputs that it had."""
        return self._forget(text.path)

    def files(self) -> dict[str, bytes]:
        """The files that hold the state; the one that is looked at first comes last."""
        known = {
            "fingerprint": self._fingerprint,
            "texts": self._sources,
            "beside": self._beside,
        }
        project = self._project
        return {project.outputs_file: _dumped(self._made), project.state_file: _dumped(known)}


def _record(files: Files, path: str, content: bytes | None) -> Record:
    """A file as it is now; with a hash where it is so young that a change might not show."""
    stamp = files.stamp(path)
    if not is_young(stamp):
        return _said(stamp)
    data = files.seen(path) if content is None else content
    return f"{_said(stamp)}:{_hash(path) if data is None else digest(data, 8)}"


def _is_as_recorded(path: str, record: Record) -> bool:
    try:
        status = os.stat(path)
    except OSError:
        return record == "0,0,0,0"
    stamp, _, content = record.partition(":")
    now = (status.st_mtime_ns, status.st_size, status.st_ino, status.st_ctime_ns)
    return _said(now) == stamp and (not content or _hash(path) == content)


def _said(stamp: Stamp) -> str:
    return "{},{},{},{}".format(*stamp)


def _hash(path: str) -> str:
    try:
        with open(path, "rb") as file:
            return digest(file.read(), 8)
    except OSError:
        return ""


def _read(path: str) -> dict[str, Any]:
    try:
        with open(path, "rb") as file:
            known = json.loads(file.read())
    except (OSError, ValueError):
        return {}
    return known if isinstance(known, dict) else {}


def _dumped(known: Any) -> bytes:
    return json.dumps(known, separators=(",", ":"), ensure_ascii=False).encode()


def abandoned(project: Project) -> list[str]:
    """Outputs that builds made in folders that are the project's output folder no more, and their states.

    A folder is known by the state in it; only files that it lists are given, never others.
    """
    own = os.path.dirname(project.outputs_file)
    found = []
    for folder in _folders(project.path(""), 2):
        path = os.path.join(folder, os.path.basename(project.outputs_file))
        if folder == own or not os.path.isfile(path):
            continue
        lists = [made for made in _read(path).values() if isinstance(made, dict)]
        names = {project.path(name) for made in lists for name in made}
        found += [name for name in sorted(names) if name.startswith(folder + os.sep)]
        found += [path, os.path.join(folder, os.path.basename(project.state_file))]
    return found


def _folders(root: str, depth: int) -> Iterable[str]:
    """The folders below one, hidden ones and links left out, as deep as asked."""
    try:
        with os.scandir(root) as entries:
            below = sorted(
                entry.path
                for entry in entries
                if not entry.name.startswith(".") and entry.is_dir(follow_symlinks=False)
            )
    except OSError:
        return
    for path in below:
        yield path
        if depth > 1:
            yield from _folders(path, depth - 1)
