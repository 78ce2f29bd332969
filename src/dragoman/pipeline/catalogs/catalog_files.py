"""Commands on catalog files, inside or outside a project: format, compare, merge."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from dragoman import po
from dragoman.catalogs.catalog_diff import Difference, differences
from dragoman.catalogs.merge import MergeConflict, merge
from dragoman.errors import DragomanError
from dragoman.po import Entry, PoFile
from dragoman.po.canonical import canonical
from dragoman.po.file import Positions
from dragoman.project import Files, Project
from dragoman.project.git import merge_lines


def read(path: str) -> PoFile:
    """The PO file at a path.

    Raises:
        DragomanError: there is none, or it is not valid.
    """
    data = Files(os.path.dirname(os.path.abspath(path))).bytes_of(os.path.abspath(path))
    if data is None:
        raise DragomanError("there is no such file", file=path, how_to_fix="check the path")
    return po.parse(data, path)


def write(path: str, data: bytes) -> bool:
    """Write a whole file; return whether its content changed.

    Raises:
        DragomanError: the file cannot be written.
    """
    place = os.path.abspath(path)
    return bool(Files(os.path.dirname(place)).write({place: data}))


def catalogs(project: Project) -> list[str]:
    """The paths of all existing PO files of the project's texts."""
    paths = [
        project.catalog(text, locale)
        for text in project.texts()
        for locale in project.settings.locales
    ]
    return [path for path in paths if os.path.exists(path)]


def not_canonical(project: Project, paths: Sequence[str], fix: bool) -> list[str]:
    """The files that are not in canonical form; with `fix`, they are rewritten in it.

    Raises:
        DragomanError: a file is missing, invalid or cannot be written.
    """
    rewritten = {}
    with project.files.locked(project.lock_folder):
        for path in paths:
            data = project.files.bytes_of(path)
            if data is None:
                shown = project.files.shown(path)
                raise DragomanError(
                    "there is no such file", file=shown, how_to_fix="check the path"
                )
            formatted = canonical(po.parse(data, project.files.shown(path))).write()
            if formatted != data:
                rewritten[path] = formatted
        if fix:
            project.files.write(rewritten)
    return list(rewritten)


class Placed(NamedTuple):
    """A difference between two catalogs, with the position of its translation."""

    file: str
    """The new catalog; the old one if the message was removed."""
    line: int
    column: int
    change: Difference


def compare(old: str, new: str) -> Iterator[Placed]:
    """Yield what changed between two catalogs.

    Raises:
        DragomanError: a file is missing or invalid.
    """
    before, after = read(old), read(new)
    changes = list(differences(before, after))
    position_of = {
        id(entry): position_of.get("msgstr") or position_of["msgstr[0]"]
        for po in (before, after)
        for entry, position_of in _placed(po, changes)
    }
    for change in changes:
        entry = change.new or change.old
        yield Placed(new if change.new else old, *position_of[id(entry)], change)


def _placed(po: PoFile, changes: Sequence[Difference]) -> Iterator[tuple[Entry, Positions]]:
    """The changed entries of a catalog, each with the positions of its fields."""
    changed = {id(entry) for change in changes for entry in (change.old, change.new)}
    entries = [entry for entry in po.entries if id(entry) in changed]
    return zip(entries, po.positions(entries), strict=True)


def merge_into(base: str, ours: str, theirs: str) -> tuple[MergeConflict, ...]:
    """Merge `theirs` into the file `ours` as a git merge driver; return the conflicts.

    If anything fails, the files are merged line by line: git takes a failure for a conflict, and
    the file must then have the text of both sides.

    Raises:
        DragomanError: one of the files is not a valid catalog.
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
    """The catalog of one side; an empty file, which git passes for a missing one, is an empty catalog."""
    return PoFile(name=path) if os.path.exists(path) and not os.path.getsize(path) else read(path)
