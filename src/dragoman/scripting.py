"""The public interface for scripts, `import dragoman`: projects, texts, catalogs, rows, problems.

Catalog entries are polib's `POEntry` objects. `save` writes a whole file or nothing, under the
project's lock, merges what others saved meanwhile, and leaves every unchanged entry byte for byte
as it was.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from dragoman.errors import DragomanError
from dragoman.model import Document, Missing, Parallel, Problem
from dragoman.parallel.rows import align
from dragoman.pipeline.catalogs import sentence_numbers
from dragoman.pipeline.loader import Loader
from dragoman.pipeline.merging import Merging
from dragoman.pipeline.selection import chosen_locales, chosen_texts
from dragoman.po.bridge import POEntry, to_polib, write_back
from dragoman.project import Project, Text, find

if TYPE_CHECKING:
    from dragoman.pipeline.catalogs.update import UpdatedProject


class OpenCatalog:
    """The messages of a text in one locale, as polib's `POEntry` objects.

    A script may change `msgstr`, `msgstr_plural`, `flags` and `tcomment` of an entry and then call
    `save`; msgids come from the source text and must not be changed.
    """

    def __init__(self, project: Project, text: Text, locale: str) -> None:
        self._project = project
        self._merging = Merging(project.files)
        self.locale = locale
        self.path = project.catalog(text, locale)
        """Path of the PO file."""
        self._file = Loader(project, self._merging).catalog(text, locale).po
        self.entries: list[POEntry] = to_polib(self._file)
        """All entries except the header, obsolete ones included, in the file's order."""

    def __iter__(self) -> Iterator[POEntry]:
        """Iterate over the entries that are not obsolete, in the file's order."""
        return (entry for entry in self.entries if not entry.obsolete)

    def entry(self, msgid: str, msgctxt: str | None = None) -> POEntry | None:
        """The entry of a message, or None if the catalog has none or it is obsolete."""
        matches = (e for e in self if (e.msgid, e.msgctxt) == (msgid, msgctxt))
        return next(matches, None)

    def save(self) -> bool:
        """Write the entries that the script changed, and return whether the file changed.

        If somebody saved the same file meanwhile, both versions are merged message by message; a
        message that both changed becomes a draft that shows the other text in a comment.

        Raises:
            DragomanError: the file cannot be written.
        """
        if not self._file.entries:
            return False
        write_back(self._file, self.entries)
        with self._project.files.locked(self._project.lock_folder):
            written = self._project.files.write(
                {self.path: self._file.write()}, self._merging.merged
            )
        self._merging.bases[self.path] = self._file.write()
        return bool(written)


class OpenText:
    """A source text of a project."""

    def __init__(self, project: Project, text: Text) -> None:
        self._project, self._text = project, text

    @property
    def name(self) -> str:
        """The text's path in the texts folder, without its suffix."""
        return self._text.domain

    @property
    def path(self) -> str:
        """Path of the source file."""
        return self._project.source(self._text)

    @property
    def document(self) -> Document:
        """The text as blocks of units; the file is read again on each access.

        Raises:
            DragomanError: the file cannot be read.
        """
        return Loader(self._project).document(self._text)

    def catalog(self, locale: str) -> OpenCatalog:
        """The text's catalog in one of the project's locales; it has no entries if there is no file.

        Raises:
            DragomanError: the project has no such locale, or the file is not a catalog.
        """
        (known,) = chosen_locales(self._project, [locale])
        return OpenCatalog(self._project, self._text, known)

    def parallel(
        self, locales: Sequence[str] = (), *, drafts: bool = False, missing: str = "source"
    ) -> Parallel:
        """The text aligned with its translations: rows of cells, the source first.

        Args:
            locales: target locales, in this order; all locales of the project if empty.
            drafts: whether drafts (fuzzy) count as translations.
            missing: content of a cell without a translation: `source`, `mark` or `blank`.

        Raises:
            DragomanError: the project has no such locale, or a file cannot be read.
        """
        targets = chosen_locales(self._project, locales)
        loaded = Loader(self._project).load(self._text, targets)
        source = self._project.settings.source
        catalogs = loaded.of(targets)
        rows = align(loaded.document, self.name, source, catalogs, Missing(missing), drafts)
        return sentence_numbers.applied(loaded, rows)


class OpenProject:
    """An open project: a folder with settings, texts and catalogs."""

    def __init__(self, project: Project) -> None:
        self._project = project

    @property
    def root(self) -> str:
        """Path of the project's folder."""
        return self._project.root

    @property
    def source(self) -> str:
        """The source locale."""
        return self._project.settings.source

    @property
    def locales(self) -> tuple[str, ...]:
        """The target locales."""
        return self._project.settings.locales

    @property
    def texts(self) -> list[OpenText]:
        """Every source text, sorted by path.

        Raises:
            DragomanError: the texts folder is missing, or two texts would share one catalog.
        """
        return [OpenText(self._project, text) for text in self._project.texts()]

    def text(self, name: str) -> OpenText:
        """The text with this name: its path in the texts folder, with or without its suffix.

        Raises:
            DragomanError: there is no such text.
        """
        (text,) = chosen_texts(self._project, [name])
        return OpenText(self._project, text)

    def update(self) -> UpdatedProject:
        """Update templates and catalogs from the texts, as `dragoman update` does.

        Raises:
            DragomanError: a file cannot be read or written.
        """
        from dragoman.pipeline.catalogs.update import update

        return update(self._project)

    def problems(
        self, texts: Sequence[str] = (), locales: Sequence[str] = ()
    ) -> tuple[Problem, ...]:
        """The findings of `dragoman check` that are not waived, untranslated units included.

        Args:
            texts: names of texts; all if empty.
            locales: target locales; all if empty.
        """
        from dragoman.pipeline.check.check import CheckOptions, check

        return check(self._project, CheckOptions(tuple(texts), tuple(locales))).findings


def open_project(folder: str | os.PathLike[str] = ".") -> OpenProject:
    """Open the project of a folder: the nearest settings in it or above it, inside its repository.

    Raises:
        DragomanError: there are no settings, or they are wrong; its text says where and how to
            fix it.
    """
    return OpenProject(find(os.fspath(folder)))


__all__ = ["DragomanError", "OpenCatalog", "OpenProject", "OpenText", "open_project"]
