"""The project: its settings, its texts, and the path of every file made from a text."""

from __future__ import annotations

import os
import unicodedata
from collections.abc import Iterable, Iterator
from functools import cached_property
from typing import NamedTuple

from dragoman import system
from dragoman.errors import DragomanError
from dragoman.formats import SUFFIXES
from dragoman.project.dialect import dialect_of
from dragoman.project.document_names import is_document
from dragoman.project.files import Files, Rehearsal
from dragoman.project.settings import SETTINGS_FILE, Settings, read

_SIDE = ".meta.toml"
"""Suffix of a side file, which has metadata of the text of the same name."""
_LOOKED_AT = (*SUFFIXES, _SIDE)


class Text(NamedTuple):
    """A source text: its path in the texts folder, with `/` between folders."""

    path: str
    described: bool = False
    """Whether the text has a side file."""

    @property
    def domain(self) -> str:
        """The gettext domain of its catalogs: the path without its suffix.

        >>> Text("a/b.c.txt").domain
        'a/b.c'
        """
        return self.path.rpartition(".")[0]


class Project:
    """A folder with settings, and the paths of its files."""

    def __init__(self, root: str, settings: Settings, settings_file: str, files: Files) -> None:
        self.root = system.slashed(root)
        self.settings = settings
        self.settings_file = settings_file
        self.files = files
        self._base = self.root.rstrip("/") + "/"
        files.sources = self._base + settings.texts
        self._catalogs = self._base + settings.catalogs

    @cached_property
    def dialect(self) -> str:
        """The Markdown dialect: that of the settings, or for `auto` the one detected from the site's files."""
        if self.settings.dialect != "auto":
            return self.settings.dialect
        folders = [self.root]
        for name in self.settings.texts.split("/"):
            folders.append(os.path.join(folders[-1], name))
        return dialect_of(folders, self.files.text_of)

    def texts(self) -> list[Text]:
        """Every source text, sorted by path.

        Raises:
            DragomanError: there is no texts folder or a folder cannot be read, a text is a folder
                or a broken link, a name cannot be used on every system, or two texts would share
                their catalogs.
        """
        found = [name for name in self._names() if name.lower().endswith(_LOOKED_AT)]
        described = {name.removesuffix(_SIDE) for name in found if name.endswith(_SIDE)}
        texts: dict[str, Text] = {}
        for name in found:
            if name.endswith(_SIDE):
                continue
            text = Text(name, name.rpartition(".")[0] in described)
            self._check_name(name)
            other = texts.setdefault(system.folded(text.domain), text)
            if other is not text:
                self._refuse_pair(other, text)
        return list(texts.values())

    def unread_documents(self) -> dict[str, int]:
        """How many documents in the folder of texts no format reads, by their suffix.

        The suffix is empty for names without one. Images, style sheets, scripts and data are no
        documents; neither is what `ignore` in the settings names.
        """
        counts: dict[str, int] = {}
        for name in self._names():
            if not name.lower().endswith(_LOOKED_AT) and is_document(name):
                suffix = os.path.splitext(name)[1].lower()
                counts[suffix] = counts.get(suffix, 0) + 1
        return counts

    def _names(self) -> list[str]:
        """The files in the folder of texts that the settings do not ignore, in order of their path."""
        folder = self._base + self.settings.texts
        self.files.check_inside(folder)
        if not os.path.isdir(folder):
            raise DragomanError(
                "there is no folder for the source texts",
                file=self.files.shown(folder),
                how_to_fix="create it, or name another as 'texts' in the settings",
            )
        return sorted(self._walk(folder, "", ()))

    def _walk(self, folder: str, below: str, above: tuple[tuple[int, int], ...]) -> Iterator[str]:
        """Names of files below a folder; `above` identifies the folders it is in."""
        status = os.stat(folder)
        own = (status.st_dev, status.st_ino)
        if own in above:
            raise DragomanError(
                "a symbolic link to a folder that it is in",
                file=self.files.shown(folder),
                how_to_fix="remove the link",
            )
        for entry in self.files.entries(folder):
            name = below + entry.name
            if entry.name.startswith(".") or self.settings.ignores(name):
                continue
            is_text = entry.name.lower().endswith(_LOOKED_AT)
            is_folder = os.path.isdir(entry.path) if entry.is_symlink() else entry.is_dir()
            if entry.is_symlink() and (is_text or is_folder):
                self._check_link(entry.path)
            if not is_folder:
                yield name
                continue
            if is_text:
                raise DragomanError(
                    "is a folder with the name of a text",
                    file=self.files.shown(entry.path),
                    how_to_fix="rename the folder",
                )
            yield from self._walk(entry.path, name + "/", (*above, own))

    def _check_name(self, name: str) -> None:
        """Raise DragomanError if a name cannot be written into a catalog."""
        if name.isprintable():
            return
        categories = {unicodedata.category(letter) for letter in name}
        problem = (
            "the name is not UTF-8"
            if "Cs" in categories
            else "the name has a control character"
            if categories & {"Cc", "Zl", "Zp"}
            else ""
        )
        if problem:
            raise DragomanError(
                problem, file=f"{self.settings.texts}/{name}", how_to_fix="rename the file"
            )

    def _refuse_pair(self, first: Text, second: Text) -> None:
        same = first.domain == second.domain
        elsewhere = "" if same else " on systems that do not tell such names apart"
        raise DragomanError(
            f"would share its catalogs with {first.path}{elsewhere}",
            file=f"{self.settings.texts}/{second.path}",
            how_to_fix="rename one of the two",
        )

    def _check_link(self, path: str) -> None:
        if not os.path.exists(path):
            raise DragomanError(
                "a symbolic link to nothing",
                file=self.files.shown(path),
                how_to_fix="fix the link or remove it",
            )
        self.files.check_inside(path)

    def source(self, text: Text) -> str:
        """Path of the source file."""
        return f"{self._base}{self.settings.texts}/{text.path}"

    def side_file(self, text: Text) -> str:
        """Path of the TOML file with metadata of the whole text."""
        return f"{self._base}{self.settings.texts}/{text.domain}{_SIDE}"

    def reference(self, text: Text) -> str:
        """The text's name in `#:` references of catalogs."""
        return f"{self.settings.texts}/{text.path}"

    def template(self, text: Text) -> str:
        """Path of the POT file."""
        return f"{self._catalogs}/{text.domain}.pot"

    def numbers(self, text: Text) -> str:
        """Path of the file that keeps the numbers of the text's sentences."""
        return f"{self._catalogs}/{text.domain}.numbers"

    def catalog(self, text: Text, locale: str, suffix: str = ".po") -> str:
        """Path of the PO file in one locale, or of another file beside it."""
        return f"{self._catalogs}/{locale}/LC_MESSAGES/{text.domain}{suffix}"

    def catalog_name(self, text: Text, locale: str) -> str:
        """The catalog's path as messages show it."""
        return self.files.shown(self.catalog(text, locale))

    @property
    def glossary_file(self) -> str:
        return f"{self._catalogs}/glossary.toml"

    @property
    def waiver_file(self) -> str:
        return f"{self._catalogs}/waivers.toml"

    @property
    def memory_file(self) -> str:
        """The memory that is imported into if no other is named."""
        return f"{self._catalogs}/memory.sqlite"

    def rendered(self, text: Text, locale: str) -> str:
        """Path of the translated text in the source's format."""
        return f"{self._base}{self.settings.output}/{locale}/{text.path}"

    def exported(self, text: Text, suffix: str) -> str:
        """Path of a parallel edition."""
        return f"{self.exported_folder}/{text.domain}{suffix}"

    @property
    def exported_folder(self) -> str:
        return f"{self._base}{self.settings.output}/parallel"

    @property
    def site_folder(self) -> str:
        return f"{self._base}{self.settings.output}/site"

    @property
    def state_file(self) -> str:
        return f"{self._base}{self.settings.output}/.state.json"

    @property
    def outputs_file(self) -> str:
        return f"{self._base}{self.settings.output}/.outputs.json"

    @property
    def shared_files(self) -> list[str]:
        """Paths of the files that all texts may depend on: glossary, segmentation rules, ITS rules."""
        settings = self.settings
        its = [*settings.its, *(name for rule in settings.rules for name in rule.get("its", ()))]
        names = dict.fromkeys([*([settings.srx] if settings.srx else []), *its])
        return [self.glossary_file, *map(self.path, names)]

    @property
    def findings_file(self) -> str:
        """Path of the findings of former checks."""
        return f"{self._base}{self.settings.output}/.findings.sqlite"

    @property
    def machine_folder(self) -> str:
        """Folder of cached answers of machine engines, and of their failures."""
        return f"{self._base}{self.settings.output}/.machine"

    @property
    def lock_folder(self) -> str:
        return f"{self._base}{self.settings.output}"

    def path(self, name: str) -> str:
        """Path of a file of the project from its name in messages, with `/` between folders."""
        return self._base + name


def unportable_names(texts: Iterable[Text]) -> dict[str, str]:
    """Texts whose name, or that of a folder they are in, Windows cannot hold, and why.

    >>> unportable_names([Text("con.md"), Text("console.md")])
    {'con.md': "'con' is a device there"}
    """
    paths = [text.path for text in texts]
    if system.SUSPECT_NAME.search("\n".join(paths)) is None:
        return {}
    return {path: why for path in paths if (why := system.refused_by_windows(path))}


def no_text(project: Project) -> DragomanError:
    """The error of a project without a text: what does nothing must not seem to succeed."""
    unread = sum(project.unread_documents().values())
    return DragomanError(
        "there is no text" + (f" that a format reads, but {unread} other files" if unread else ""),
        file=f"{project.settings.texts}/",
        how_to_fix=f"put a text there ({', '.join(SUFFIXES)})",
    )


def find(start: str, dry_run: bool = False) -> Project:
    """Find the project of a folder: the nearest settings in it or above it, inside its repository.

    Args:
        start: the folder.
        dry_run: whether the project's files are never written.

    Raises:
        DragomanError: there are no settings, or they are invalid.
    """
    folder = system.real(start)
    while True:
        own = f"{folder.rstrip('/')}/{SETTINGS_FILE}"
        if os.path.lexists(own):
            return _load(folder, own, (), dry_run)
        shared = f"{folder.rstrip('/')}/pyproject.toml"
        if _mentions(shared, b"[tool.dragoman"):
            return _load(folder, shared, ("tool", "dragoman"), dry_run)
        above = os.path.dirname(folder)
        if above == folder or os.path.exists(os.path.join(folder, ".git")):
            break
        folder = above
    raise DragomanError(
        f"no {SETTINGS_FILE} in this folder or above it",
        how_to_fix="make a project with 'dragoman init'",
    )


def _mentions(path: str, text: bytes) -> bool:
    try:
        with open(path, "rb") as file:
            return text in file.read()
    except OSError:
        return False


def _load(root: str, file: str, table: tuple[str, ...], dry_run: bool) -> Project:
    files = Rehearsal(root) if dry_run else Files(root)
    settings = read(files.text_of(file), files.shown(file), table)
    return Project(root, settings, file, files)
