"""Orphans: catalogs whose source text is gone. They are kept, shown, and removed only on request."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import NamedTuple

from dragoman import po
from dragoman.catalogs.former.refill import has_words
from dragoman.errors import DragomanError, DragomanErrors
from dragoman.po import Entry, PoFile
from dragoman.project import Project, Text
from dragoman.project.catalog_folder import DomainFiles, files_by_domain


class Orphan(NamedTuple):
    """The files of a domain without a text."""

    files: DomainFiles
    catalogs: Mapping[str, PoFile]
    """Its catalogs that can be read, by locale."""
    broken: Collection[str] = ()
    """Locales whose catalog cannot be read."""

    @property
    def domain(self) -> str:
        return self.files.domain

    def translations(self, locale: str) -> int:
        """How many translations a catalog holds, obsolete ones too."""
        return sum(1 for _ in self.translated(locale))

    def message(self, locale: str) -> str:
        """What to say of a catalog with translations."""
        count = self.translations(locale)
        held = f"{count} translation{'s' * (count != 1)}"
        return f"its source text is gone, {held} left; 'dragoman prune' removes it"

    def translated(self, locale: str) -> Iterator[Entry]:
        """The entries of a catalog that have a translation."""
        catalog = self.catalogs.get(locale)
        for entry in catalog.entries if catalog else ():
            if entry.msgid and (has_words(entry) or (entry.plural and any(entry.plural[1]))):
                yield entry


def orphans(project: Project, texts: Iterable[Text]) -> list[Orphan]:
    """The catalogs of this project that have no text.

    Catalogs that somebody else keeps in the same folder, as those of a program, are left out:
    all their references are to other files than texts.
    """
    there = {text.domain for text in texts}
    found = [files for domain, files in files_by_domain(project).items() if domain not in there]
    read = [_read(project, files) for files in found]
    return [orphan for orphan in read if _is_ours(project, orphan)]


def _read(project: Project, files: DomainFiles) -> Orphan:
    catalogs, broken = {}, []
    for locale, path in files.catalogs.items():
        try:
            catalogs[locale] = po.parse(project.files.bytes_of(path) or b"", path)
        except (DragomanError, DragomanErrors):
            broken.append(locale)
    return Orphan(files, catalogs, broken)


def _is_ours(project: Project, orphan: Orphan) -> bool:
    references = [
        line
        for file in [*orphan.catalogs.values(), *_templates(project, orphan.files)]
        for entry in file.entries
        for line in entry.automatic.split("\n")
        if line.startswith("#:")
    ]
    return not references or any(f"{project.settings.texts}/" in line for line in references)


def _templates(project: Project, files: DomainFiles) -> Iterator[PoFile]:
    for path in files.shared:
        if path.endswith(".pot"):
            try:
                yield po.parse(project.files.bytes_of(path) or b"", path)
            except (DragomanError, DragomanErrors):
                continue


def prune(project: Project, found: Iterable[Orphan]) -> list[str]:
    """Remove the files of orphans; give back which.

    Raises:
        DragomanError: a file changed since it was read; nothing is removed then.
    """
    paths = [path for orphan in found for path in orphan.files.paths]
    with project.files.locked(project.lock_folder):
        project.files.require_unchanged(paths)
        project.files.remove(paths)
    return paths
