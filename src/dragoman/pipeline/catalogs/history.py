"""The history of units, from the commits that changed their catalog."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from dragoman import po
from dragoman.catalogs.catalog_diff import Difference, differences
from dragoman.errors import DragomanError
from dragoman.model import Key
from dragoman.pipeline.catalogs import sentence_numbers
from dragoman.pipeline.loader import Loader
from dragoman.pipeline.selection import chosen_locales, chosen_texts
from dragoman.po import PoFile
from dragoman.project import Project
from dragoman.project.git import git, top

_KEPT = 8
"""Number of parsed catalogs kept, so that neighbouring commits are read once."""
_ID = 40
"""Minimum length of a git object id, in hexadecimal digits."""


class Past(NamedTuple):
    """A change of one unit by one commit."""

    commit: str
    date: str
    author: str
    locale: str
    change: Difference
    origin: Key | None = None
    """The message that the translation came from, if it was another one."""


def history(
    project: Project, text: str, names: Sequence[str] = (), unit: str = ""
) -> Iterator[Past]:
    """Yield the changes of a text's units by commits, the latest first.

    Args:
        project: a project inside a git repository.
        text: the text's name.
        names: locales; empty means all.
        unit: id, number or source of a unit; empty means every unit.

    Raises:
        DragomanError: there is no repository, no such text or no such unit.
    """
    (chosen,) = chosen_texts(project, [text])
    key: Key | None = None
    if unit:
        named = sentence_numbers.named(Loader(project).load(chosen, ()))
        name = unit.removeprefix(f"{chosen.domain}:")
        key = named.get(name, (None, name))
    root = top(project.root)
    any_change = False
    for locale in chosen_locales(project, names):
        path = os.path.relpath(os.path.realpath(project.catalog(chosen, locale)), root)
        for past in _of_unit(_of_file(root, path, locale), key):
            any_change = True
            yield past
    if key is not None and not any_change:
        raise DragomanError(
            f"no commit has the unit {unit!r}", how_to_fix="give its number, its id or its sentence"
        )


def _of_unit(pasts: Iterator[Past], key: Key | None) -> Iterator[Past]:
    """The changes of a unit, and of the sentences it was before; all changes if the key is None."""
    keys = {key}
    for past in pasts:
        if key is None or past.change.key in keys:
            yield past
            keys.add(past.origin or key)


class _Commit(NamedTuple):
    """A commit that changed a file, with the file's contents before and after as object ids."""

    id: str
    date: str
    author: str
    old: tuple[str, ...]
    """One for each parent; what a merge took from one of them is not its own change."""
    new: str


def _of_file(root: str, path: str, locale: str) -> Iterator[Past]:
    """The changes of each commit to a catalog, followed through renames, the latest first."""
    commits = list(_commits(root, path))
    read = lru_cache(_KEPT)(lambda content: _read(root, content))
    for index, commit in enumerate(commits):
        new = read(commit.new)
        if new is None:
            continue  # damaged: its changes appear in the next version that can be parsed
        earlier = next((po for c in commits[index + 1 :] if (po := read(c.new))), PoFile())
        olds = [read(old) or earlier for old in commit.old]
        changed = [{change.key: change for change in differences(old, new)} for old in olds]
        for key, change in changed[0].items():
            if _has_translation(change) and all(key in others for others in changed):
                origin = _origin(change, olds[0], new)
                yield Past(commit.id, commit.date, commit.author, locale, change, origin)


def _commits(root: str, path: str) -> Iterator[_Commit]:
    """The commits that changed a file, from git's raw format; merges have all their parents."""
    form = "--format=%x01%H%x02%ad%x02%an"
    options = ("--follow", "-c", "--raw", "--no-abbrev", "--date=short")
    log = git(root, "log", *options, form, "--", path).decode(errors="surrogateescape")
    for record in log.split("\x01")[1:]:
        head, _, rest = record.partition("\n")
        for line in rest.split("\n"):
            if line.startswith(":"):
                ids = [word for word in line.partition("\t")[0].split() if len(word) >= _ID]
                name, date, author = head.split("\x02")
                yield _Commit(name[:10], date, author, tuple(ids[:-1]), ids[-1])


def _read(root: str, content: str) -> PoFile | None:
    """The catalog of a git object; empty for the null id, None if it is not a valid catalog."""
    if not content.strip("0"):
        return PoFile()
    try:
        return po.parse(git(root, "cat-file", "blob", content))
    except DragomanError:
        return None


def _has_translation(change: Difference) -> bool:
    """Whether the message has a translation before or after the change."""
    return any(entry is not None and entry.msgstr for entry in (change.old, change.new))


def _origin(change: Difference, old: PoFile, new: PoFile) -> Key | None:
    """The message from which a new or renamed one got its translation, or None."""
    if change.old is not None and change.new is not None and change.old.key != change.new.key:
        return change.old.key
    if change.old is not None or change.new is None:
        return None
    if change.new.previous is not None:
        return change.new.previous
    live = {entry.key for entry in new.messages()}
    same = (e.key for e in old.messages() if e.msgstr == change.new.msgstr and e.key not in live)
    return next(same, None)
