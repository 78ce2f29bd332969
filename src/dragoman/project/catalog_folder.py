"""The folder of catalogs as it is: every file in it that is made for a text, by the text's domain."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass, field

from dragoman.project.layout import Project

_MESSAGES = "LC_MESSAGES"
_SHARED = (".pot", ".numbers")
_OWN = (".po", ".mo")


@dataclass
class DomainFiles:
    """The files of a domain."""

    domain: str
    shared: list[str] = field(default_factory=list)
    """Its template and its numbers."""
    catalogs: dict[str, str] = field(default_factory=dict)
    """The catalog of each locale."""
    compiled: dict[str, str] = field(default_factory=dict)

    @property
    def paths(self) -> list[str]:
        """All of them."""
        return [*self.shared, *self.catalogs.values(), *self.compiled.values()]


def files_by_domain(project: Project) -> dict[str, DomainFiles]:
    """The files of every domain, whether there is a text for it or not."""
    root = os.path.dirname(project.glossary_file)
    found: dict[str, DomainFiles] = {}
    if not os.path.isdir(root):
        return found
    project.files.check_inside(root)

    def of(name: str) -> DomainFiles:
        domain = name.rpartition(".")[0]
        return found.setdefault(domain, DomainFiles(domain))

    for name in _walk(root, "", _SHARED):
        of(name).shared.append(f"{root}/{name}")
    for locale in sorted(os.listdir(root)):
        folder = f"{root}/{locale}/{_MESSAGES}"
        if os.path.isdir(folder):
            for name in _walk(folder, "", _OWN):
                kept = of(name).catalogs if name.endswith(".po") else of(name).compiled
                kept[locale] = f"{folder}/{name}"
    return found


def _walk(folder: str, below: str, suffixes: tuple[str, ...]) -> Iterator[str]:
    with os.scandir(folder) as entries:
        for entry in sorted(entries, key=lambda entry: entry.name):
            if entry.name.startswith(".") or entry.name == _MESSAGES:
                continue
            if entry.is_dir(follow_symlinks=False):
                yield from _walk(entry.path, f"{below}{entry.name}/", suffixes)
            elif entry.name.endswith(suffixes) and entry.is_file():
                yield below + entry.name
