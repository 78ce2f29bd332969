"""A unit's past, from the commits that changed its catalog."""

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
"""Contents of neighbouring commits that are read only once."""
_ID = 40
"""Digits of an object's id, at least."""


class Past(NamedTuple):
    """What a commit changed about a unit."""

    commit: str
    date: str
    author: str
    locale: str
    did: Difference
    origin: Key | None = None
    """The message that its translation came from, where that was another one."""


def history(
    project: Project, text: str, names: Sequence[str] = (), unit: str = ""
) -> Iterator[Past]:
    """What commits changed about the units of a text, the latest first.

    Args:
        project: a project inside a git repository.
        text: the text's name.
        names: locales; all where none is named.
        unit: id or number of a unit, or its sentence; every unit where empty.

    Raises:
        DragomanError: no repository, no such text, no such unit.
    """
    (chosen,) = chosen_texts(project, [text])
    key: Key | None = None
    if unit:
        named = sentence_numbers.named(Loader(project).load(chosen, ()))
        own = unit.removeprefix(f"{chosen.domain}:")
        key = named.get(own, (None, own))
    root = top(project.root)
    found = False
    for locale in chosen_locales(project, names):
        path = os.path.relpath(os.path.realpath(project.catalog(chosen, locale)), root)
        for past in _of_unit(_of_file(root, path, locale), key):
            found = True
            yield past
    if key is not None and not found:
        raise DragomanError(
            f"nothing is known of {unit!r}", way_out="give the number, the id or the sentence"
        )


def _of_unit(pasts: Iterator[Past], key: Key | None) -> Iterator[Past]:
    """What concerns a unit, and the sentences it was made from before; everything where None."""
    keys = {key}
    for past in pasts:
        if key is None or past.did.key in keys:
            yield past
            keys.add(past.origin or key)


class _Commit(NamedTuple):
    """A commit that changed a file: the contents it met, and the one it left."""

    id: str
    date: str
    author: str
    old: tuple[str, ...]
    """One for each parent: a merge counts where it made what no parent had."""
    new: str


def _of_file(root: str, path: str, locale: str) -> Iterator[Past]:
    """What each commit changed in a catalog, followed through its renames, the latest first."""
    commits = list(_commits(root, path))
    read = lru_cache(_KEPT)(lambda content: _read(root, content))
    for place, commit in enumerate(commits):
        new = read(commit.new)
        if new is None:
            continue  # damaged: what it changed shows in the sound one that follows
        before = next((po for c in commits[place + 1 :] if (po := read(c.new))), PoFile())
        olds = [read(old) or before for old in commit.old]
        changed = [{did.key: did for did in differences(old, new)} for old in olds]
        for key, did in changed[0].items():
            if _tells(did) and all(key in others for others in changed):
                origin = _origin(did, olds[0], new)
                yield Past(commit.id, commit.date, commit.author, locale, did, origin)


def _commits(root: str, path: str) -> Iterator[_Commit]:
    """The commits that changed a file, from git's raw format, merges against all parents."""
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
    """A catalog by its object's id; an empty one where there was none, nothing where damaged."""
    if not content.strip("0"):
        return PoFile()
    try:
        return po.parse(git(root, "cat-file", "blob", content))
    except DragomanError:
        return None


def _tells(did: Difference) -> bool:
    return any(entry is not None and entry.msgstr for entry in (did.old, did.new))


def _origin(did: Difference, old: PoFile, new: PoFile) -> Key | None:
    """The message that one which came got its translation from; nothing for other changes."""
    if did.old is not None and did.new is not None and did.old.key != did.new.key:
        return did.old.key
    if did.old is not None or did.new is None:
        return None
    if did.new.previous is not None:
        return did.new.previous
    live = {entry.key for entry in new.messages()}
    same = (e.key for e in old.messages() if e.msgstr == did.new.msgstr and e.key not in live)
    return next(same, None)
