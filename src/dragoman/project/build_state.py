"""What the last build read and wrote, so that unchanged texts are not built again.

It is kept in two files of the output folder, with paths relative to the project so that the project
can be moved. One lists what each text was built from, the other what was written; the second is
kept when settings change, so that outputs of former settings can be removed.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from dragoman import system
from dragoman.model import digest
from dragoman.project.files import Files, Stamp, is_young, stamp_of
from dragoman.project.layout import Project, Text

_FORM = 4
"""Version of the files' form, to be raised when it changes."""

Record = str
"""A file's stamp and, if the stamp might not show a change, a hash of its content.

Written as `time,size,inode,change:hash`; a string, since it is often compared and seldom parsed.
"""


class BuildState:
    """The files that every text was built from and into at the last build."""

    def __init__(self, project: Project, fingerprint: Any, known: Mapping[str, Any]) -> None:
        self._project = project
        self._base = project.path("")
        self._fingerprint = fingerprint
        self._sources: dict[str, list[Record]] = known.get("texts", {})
        self._beside: dict[str, dict[str, Record]] = known.get("beside", {})
        """Path of a text to the images and other local files its outputs depend on: path to record."""
        self._made: dict[str, dict[str, Record]] = _outputs(project)
        """Path of a text to its outputs: path of the file to its record."""

    @classmethod
    def load(cls, project: Project, words: str) -> BuildState:
        """Read the state of the last build; without the sources if settings or program changed.

        `words` identifies the program: its version, and whatever else changes all outputs.
        """
        settings = [project.settings_file, *project.shared_files]
        fingerprint = [_FORM, words, [_hash(path) for path in settings], project.dialect]
        known = _read(project.state_file)
        same = known.get("fingerprint") == fingerprint
        return cls(project, fingerprint, known if same else {})

    def reloaded(self) -> BuildState:
        """The state that is on the disk now; this object if nobody wrote it since."""
        known, made = _read(self._project.state_file), _outputs(self._project)
        if known.get("texts", {}) == self._sources and made == self._made:
            return self
        same = known.get("fingerprint") == self._fingerprint
        return BuildState(self._project, self._fingerprint, known if same else {})

    def dirty(self, texts: Sequence[Text]) -> list[Text]:
        """The texts whose sources or outputs changed since the last build."""
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
        """Outputs of texts that no longer exist; these texts are removed from the state."""
        left = set(self._made) - {text.path for text in texts}
        return [name for path in sorted(left) for name in self._forget(path)]

    def _forget(self, path: str) -> list[str]:
        self._sources.pop(path, None)
        self._beside.pop(path, None)
        return self._removable(self._made.pop(path, {}))

    def _removable(self, names: Iterable[str]) -> list[str]:
        """The outputs that only builds write; templates and numbers stay, since they may be in git."""
        folder = self._project.lock_folder.removeprefix(self._base) + "/"
        ends = (".mo",)  # compiled catalogs are beside their PO files, not in the output folder
        found = [name for name in names if name.startswith(folder) or name.endswith(ends)]
        if not found:
            return []
        # several texts may show the same image, and a name may differ from another's in case only
        others = {name for made in self._made.values() for name in made}
        spelled = {system.folded(name): name for name in others}
        return [
            path
            for name in found
            if name not in others
            and not system.same_file(
                path := self._base + name, self._base + spelled.get(system.folded(name), "")
            )
        ]

    def _sources_of(self, text: Text) -> list[str]:
        project = self._project
        described = [project.side_file(text)] if text.described else []
        catalogs = [project.catalog(text, locale) for locale in project.settings.locales]
        return [project.source(text), *described, *catalogs]

    def record(
        self, text: Text, outputs: Mapping[str, bytes], beside: Iterable[str] = ()
    ) -> list[str]:
        """Record a text's files as read or written; return its former outputs that are outputs no more.

        Args:
            text: the text.
            outputs: path and content of each output.
            beside: paths of other files that the outputs depend on, whether they exist or not.
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
        """Remove a text that can no longer be built from the state; return its outputs."""
        return self._forget(text.path)

    def files(self) -> dict[str, bytes]:
        """The state as path and content; the file that `load` trusts most is written last."""
        known = {
            "fingerprint": self._fingerprint,
            "texts": self._sources,
            "beside": self._beside,
        }
        project = self._project
        return {project.outputs_file: _dumped(self._made), project.state_file: _dumped(known)}


def _record(files: Files, path: str, content: bytes | None) -> Record:
    """The record of a file as it is now, with a hash if it is too young for its stamp alone."""
    stamp = files.stamp(path)
    if not is_young(stamp):
        return _formatted(stamp)
    data = files.seen(path) if content is None else content
    return f"{_formatted(stamp)}:{_hash(path) if data is None else digest(data, 8)}"


def _is_as_recorded(path: str, record: Record) -> bool:
    try:
        status = os.stat(path)
    except OSError:
        return record == "0,0,0,0"
    stamp, _, content = record.partition(":")
    return _formatted(stamp_of(status)) == stamp and (not content or _hash(path) == content)


def _formatted(stamp: Stamp) -> str:
    return "{},{},{},{}".format(*stamp)


def _hash(path: str) -> str:
    try:
        with open(path, "rb") as file:
            return digest(file.read(), 8)
    except OSError:
        return ""


def _outputs(project: Project) -> dict[str, dict[str, Record]]:
    """The outputs of every text; those that version 0.1 recorded count as changed."""
    base, outputs = project.path(""), {}
    for text, made in _read(project.outputs_file).items():
        if isinstance(made, dict):
            outputs[text] = made
        elif isinstance(made, list):  # "time size inode /path/to/file"
            names = [str(one).split(" ", 3)[-1] for one in made]
            outputs[text] = {name.removeprefix(base): "" for name in names if name.startswith(base)}
    return outputs


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
    """Outputs, and states, of builds into folders that are no longer the output folder.

    A folder is recognised by the state file in it; only files that it lists are returned.
    """
    own = os.path.dirname(project.outputs_file)
    outputs = []
    for folder in _folders(project.path(""), 2):
        path = f"{folder}/{os.path.basename(project.outputs_file)}"
        if folder == own or not os.path.isfile(path):
            continue
        lists = [made for made in _read(path).values() if isinstance(made, dict)]
        names = {project.path(name) for made in lists for name in made}
        outputs += [name for name in sorted(names) if name.startswith(folder + "/")]
        outputs += [path, f"{folder}/{os.path.basename(project.state_file)}"]
    return outputs


def _folders(root: str, depth: int) -> Iterable[str]:
    """The folders in a folder, at most `depth` levels down, without hidden ones and links."""
    try:
        with os.scandir(root) as entries:
            below = sorted(
                system.slashed(entry.path)
                for entry in entries
                if not entry.name.startswith(".") and entry.is_dir(follow_symlinks=False)
            )
    except OSError:
        return
    for path in below:
        yield path
        if depth > 1:
            yield from _folders(path, depth - 1)
