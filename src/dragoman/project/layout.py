"""The project: its settings, its texts, and the path of every file made from a text."""

from __future__ import annotations

import os
from collections.abc import Iterator
from functools import cached_property
from typing import NamedTuple

from dragoman.errors import DragomanError
from dragoman.project.dialect import dialect_of
from dragoman.project.files import Files
from dragoman.project.settings import SETTINGS_FILE, Settings, read

SUFFIXES = (".md", ".markdown", ".mdx", ".txt", ".text", ".html", ".htm")
"""What counts as a text; `formats` has a reader for each."""
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
        self.root = root
        self.settings = settings
        self.settings_file = settings_file
        self.files = files
        self._base = root.rstrip(os.sep) + os.sep
        self._catalogs = self._base + settings.catalogs

    @cached_property
    def dialect(self) -> str:
        """The dialect of its Markdown: that of the settings, or the one that its site shows."""
        if self.settings.dialect != "auto":
            return self.settings.dialect
        folders = [self.root]
        for name in self.settings.texts.split("/"):
            folders.append(os.path.join(folders[-1], name))
        return dialect_of(folders, self.files.text_of)

    def texts(self) -> list[Text]:
        """Every source text, sorted by path.

        Raises:
            DragomanError: there is no texts folder, a text is a folder or a broken link, or two
                texts have the same domain.
        """
        folder = self._base + self.settings.texts
        self.files.check_inside(folder)
        if not os.path.isdir(folder):
            raise DragomanError(
                "there is no folder for the source texts",
                file=self.files.shown(folder),
                way_out="create it, or name another as 'texts' in the settings",
            )
        names = sorted(self._walk(folder, ""))
        described = {name.removesuffix(_SIDE) for name in names if name.endswith(_SIDE)}
        texts: dict[str, Text] = {}
        for name in names:
            domain = name.rpartition(".")[0]
            if name.endswith(_SIDE):
                continue
            if domain in texts:
                raise DragomanError(
                    f"would share its catalogs with {texts[domain].path}",
                    file=f"{self.settings.texts}/{name}",
                    way_out="rename one of the two",
                )
            texts[domain] = Text(name, domain in described)
        return list(texts.values())

    def _walk(self, folder: str, below: str) -> Iterator[str]:
        with os.scandir(folder) as entries:
            for entry in entries:
                name = below + entry.name
                if entry.name.startswith("."):
                    continue
                is_text = entry.name.lower().endswith(_LOOKED_AT)
                if entry.is_symlink() and (is_text or entry.is_dir()):
                    self._check_link(entry.path)
                if entry.is_dir():
                    if is_text:
                        raise DragomanError(
                            "is a folder with the name of a text",
                            file=self.files.shown(entry.path),
                            way_out="rename the folder",
                        )
                    yield from self._walk(entry.path, name + "/")
                elif is_text:
                    yield name

    def _check_link(self, path: str) -> None:
        if not os.path.exists(path):
            raise DragomanError(
                "a symbolic link to nothing",
                file=self.files.shown(path),
                way_out="fix the link or remove it",
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
    def machine_folder(self) -> str:
        """Folder of cached answers of machine engines, and of their failures."""
        return f"{self._base}{self.settings.output}/.machine"

    @property
    def lock_folder(self) -> str:
        return f"{self._base}{self.settings.output}"

    def path(self, name: str) -> str:
        """Path of a file of the project from its name in messages, with `/` between folders."""
        return self._base + name


def find(start: str) -> Project:
    """Find the project of a folder: the nearest settings in it or above it, inside its repository.

    Raises:
        DragomanError: there are no settings, or they are invalid.
    """
    folder = os.path.realpath(start)
    while True:
        own = os.path.join(folder, SETTINGS_FILE)
        if os.path.lexists(own):
            return _load(folder, own, ())
        shared = os.path.join(folder, "pyproject.toml")
        if _mentions(shared, b"[tool.dragoman"):
            return _load(folder, shared, ("tool", "dragoman"))
        above = os.path.dirname(folder)
        if above == folder or os.path.exists(os.path.join(folder, ".git")):
            break
        folder = above
    raise DragomanError(
        f"no {SETTINGS_FILE} in this folder or above it",
        way_out="make a project with 'dragoman init'",
    )


def _mentions(path: str, text: bytes) -> bool:
    try:
        with open(path, "rb") as file:
            return text in file.read()
    except OSError:
        return False


def _load(root: str, file: str, table: tuple[str, ...]) -> Project:
    files = Files(root)
    settings = read(files.text_of(file), files.shown(file), table)
    return Project(root, settings, file, files)
