"""The files in the catalogs folder, grouped by the domain of their text."""

from __future__ import annotations

import os
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field

from dragoman import system
from dragoman.project.files import Files
from dragoman.project.layout import Project

_MESSAGES = "LC_MESSAGES"
_SHARED = (".pot", ".numbers")
_OWN = (".po", ".mo")


@dataclass
class DomainFiles:
    """The template, numbers, catalogs and compiled catalogs of one domain."""

    domain: str
    shared: list[str] = field(default_factory=list)
    """Paths of its template and its file of numbers."""
    catalogs: dict[str, str] = field(default_factory=dict)
    """Locale to the path of its PO file."""
    compiled: dict[str, str] = field(default_factory=dict)
    """Locale to the path of its MO file."""

    @property
    def paths(self) -> list[str]:
        """The paths of all files."""
        return [*self.shared, *self.catalogs.values(), *self.compiled.values()]

    def in_locales(self, locales: Collection[str]) -> DomainFiles:
        """The files of some locales; with the shared ones if no other catalog needs them."""
        catalogs = {x: path for x, path in self.catalogs.items() if x in locales}
        compiled = {x: path for x, path in self.compiled.items() if x in locales}
        shared = self.shared if len(catalogs) == len(self.catalogs) else []
        return DomainFiles(self.domain, shared, catalogs, compiled)


def files_by_domain(project: Project) -> dict[str, DomainFiles]:
    """Domain to its files, including domains without a text.

    Raises:
        DragomanError: the folder is a link that leads out of the project.
    """
    root = os.path.dirname(project.glossary_file)
    domains: dict[str, DomainFiles] = {}
    if not os.path.isdir(root):
        return domains
    project.files.check_inside(root)

    spelled = _spelled(project, root)

    def of(name: str) -> DomainFiles:
        domain = name.rpartition(".")[0]
        domain = spelled.get(system.folded(domain), domain) if spelled else domain
        return domains.setdefault(domain, DomainFiles(domain))

    for name in _walk(project.files, root, "", _SHARED):
        of(name).shared.append(f"{root}/{name}")
    for locale in [entry.name for entry in project.files.entries(root)]:
        folder = f"{root}/{locale}/{_MESSAGES}"
        if os.path.isdir(folder):
            for name in _walk(project.files, folder, "", _OWN):
                catalogs = of(name).catalogs if name.endswith(".po") else of(name).compiled
                catalogs[locale] = f"{folder}/{name}"
    return domains


def _spelled(project: Project, root: str) -> dict[str, str]:
    """Where names that differ in case are one name: how the texts spell the domain of each."""
    if not system.ignores_case(root):
        return {}
    return {system.folded(text.domain): text.domain for text in project.texts()}


def _walk(files: Files, folder: str, below: str, suffixes: tuple[str, ...]) -> Iterator[str]:
    for entry in files.entries(folder):
        if entry.name.startswith(".") or entry.name == _MESSAGES:
            continue
        if entry.is_dir(follow_symlinks=False):
            yield from _walk(files, entry.path, f"{below}{entry.name}/", suffixes)
        elif entry.name.endswith(suffixes) and os.path.isfile(entry.path):
            yield below + entry.name
