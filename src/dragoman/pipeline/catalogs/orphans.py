"""Orphans: catalogs whose source text is gone. They are kept and reported, and removed on request."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from dragoman import po
from dragoman.catalogs.former.refill import has_words
from dragoman.errors import DragomanError, DragomanErrors
from dragoman.po import Entry, PoFile
from dragoman.project import Project, Text
from dragoman.project.catalog_folder import DomainFiles, files_by_domain


class Orphan(NamedTuple):
    """The files of a domain that has no source text."""

    files: DomainFiles
    catalogs: Mapping[str, PoFile]
    """Locale to catalog, for those that can be read."""
    broken: Collection[str] = ()
    """Locales whose catalog is not valid."""

    @property
    def domain(self) -> str:
        return self.files.domain

    def translations(self, locale: str) -> int:
        """The number of translations in a catalog, obsolete ones included."""
        return sum(1 for _ in self.translated(locale))

    def message(self, locale: str) -> str:
        """A message about a catalog with translations."""
        count = self.translations(locale)
        number = f"{count} translation{'s' * (count != 1)}"
        return f"its source text is gone, {number} left; 'dragoman prune' removes it"

    def translated(self, locale: str) -> Iterator[Entry]:
        """Yield the entries of a catalog that have a translation."""
        catalog = self.catalogs.get(locale)
        for entry in catalog.entries if catalog else ():
            if entry.msgid and (has_words(entry) or (entry.plural and any(entry.plural[1]))):
                yield entry


def orphans(project: Project, texts: Iterable[Text]) -> list[Orphan]:
    """The catalogs of the project that have no text.

    Catalogs of others in the same folder, such as those of a program, are skipped: all their
    references point to files outside the texts folder.
    """
    domains = {text.domain for text in texts}
    orphaned = [
        files for domain, files in files_by_domain(project).items() if domain not in domains
    ]
    read = [_read(project, files) for files in orphaned]
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
    """Whether a reference points into the texts folder, or there are no references at all."""
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


def chosen(found: Iterable[Orphan], texts: Sequence[str], locales: Sequence[str]) -> list[Orphan]:
    """The orphans of these domains, with the catalogs of these locales alone; empty means all.

    Templates and numbers stay as long as a catalog does.

    Raises:
        DragomanError: there is no orphan of a name.
    """
    found = list(found)
    for name in texts:
        if name not in {orphan.domain for orphan in found}:
            known = ", ".join(orphan.domain for orphan in found[:8])
            how_to_fix = f"orphans: {known}" if known else "there are no orphans"
            raise DragomanError(
                f"no catalogs without a text are named {name!r}", how_to_fix=how_to_fix
            )
    named = [orphan for orphan in found if not texts or orphan.domain in texts]
    if locales:
        named = [one._replace(files=one.files.in_locales(locales)) for one in named]
    return [orphan for orphan in named if orphan.files.paths]


def prune(project: Project, found: Iterable[Orphan]) -> list[str]:
    """Remove the files of orphans; return their paths.

    Raises:
        DragomanError: a file changed since it was read; nothing is removed then.
    """
    paths = [path for orphan in found for path in orphan.files.paths]
    with project.files.locked(project.lock_folder):
        project.files.require_unchanged(paths)
        project.files.remove(paths)
    return paths
