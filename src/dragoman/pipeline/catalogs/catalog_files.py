"""Catalog files by themselves, in a project or out of it: form, copy, comparison, merge."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from dragoman import po
from dragoman.catalogs.catalog_diff import Difference, differences
from dragoman.catalogs.merge import Conflict, merge
from dragoman.errors import DragomanError
from dragoman.po import Entry, PoFile
from dragoman.po.canonical import canonical
from dragoman.po.file import Positions
from dragoman.project import Files, Project
from dragoman.project.git import merge_lines


def read(path: str) -> PoFile:
    """The PO file at a path; raises DragomanError where there is none or it is damaged."""
    data = Files(os.path.dirname(os.path.abspath(path))).bytes_of(os.path.abspath(path))
    if data is None:
        raise DragomanError("there is no such file", file=path, way_out="check the path")
    return po.parse(data, path)


def write(path: str, data: bytes) -> bool:
    """Write a file whole; whether it changed."""
    place = os.path.abspath(path)
    return bool(Files(os.path.dirname(place)).write({place: data}))


def catalogs(project: Project) -> list[str]:
    """Every PO file of the project's texts that is there."""
    found = [
        project.catalog(text, locale)
        for text in project.texts()
        for locale in project.settings.locales
    ]
    return [path for path in found if os.path.exists(path)]


def not_canonical(project: Project, paths: Sequence[str], fix: bool) -> list[str]:
    """The files that are not in canonical form; written in it where `fix` says so."""
    out = {}
    with project.files.locked(project.lock_folder):
        for path in paths:
            data = project.files.bytes_of(path)
            if data is None:
                shown = project.files.shown(path)
                raise DragomanError("there is no such file", file=shown, way_out="check the path")
            made = canonical(po.parse(data, project.files.shown(path))).write()
            if made != data:
                out[path] = made
        if fix:
            project.files.write(out)
    return list(out)


class Placed(NamedTuple):
    """A difference, and where its translation stands: in the new catalog, or in the old one."""

    file: str
    line: int
    column: int
    did: Difference


def compare(old: str, new: str) -> Iterator[Placed]:
    """What changed between two catalogs."""
    before, after = read(old), read(new)
    found = list(differences(before, after))
    places = {
        id(entry): places.get("msgstr") or places["msgstr[0]"]
        for po in (before, after)
        for entry, places in _placed(po, found)
    }
    for did in found:
        entry = did.new or did.old
        yield Placed(new if did.new else old, *places[id(entry)], did)


def _placed(po: PoFile, found: Sequence[Difference]) -> Iterator[tuple[Entry, Positions]]:
    changed = {id(entry) for did in found for entry in (did.old, did.new)}
    entries = [entry for entry in po.entries if id(entry) in changed]
    return zip(entries, po.positions(entries), strict=True)


def merge_into(base: str, ours: str, theirs: str) -> tuple[Conflict, ...]:
    """Merge `theirs` into the file `ours`, as git asks a merge driver to; what is in conflict.

    Whatever goes wrong, the lines are merged then: git takes a failure for a conflict, and the
    words of both sides have to be there.

    Raises:
        DragomanError: a side is no catalog.
    """
    try:
        merged = merge(*(_side(path) for path in (base, ours, theirs)))
        data = merged.po.write()
    except Exception:
        write(ours, merge_lines(ours, base, theirs))
        raise
    write(ours, data)
    return merged.conflicts


def _side(path: str) -> PoFile:
    """A side of a merge; an empty file, which git gives where there is none, is a catalog too."""
    return PoFile(name=path) if os.path.exists(path) and not os.path.getsize(path) else read(path)
