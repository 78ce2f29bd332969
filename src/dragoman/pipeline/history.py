"""A unit's past, from the commits that changed its catalog."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from dragoman import po
from dragoman.compare import Difference, differences
from dragoman.errors import DragomanError
from dragoman.model import Key
from dragoman.pipeline import numbers
from dragoman.pipeline.reading import Reader, chosen_locales, chosen_texts
from dragoman.po import PoFile
from dragoman.project import Project
from dragoman.project.git import git, top


class Past(NamedTuple):
    """What a commit changed about a unit."""

    commit: str
    date: str
    author: str
    locale: str
    did: Difference


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
    reader = Reader(project)
    (chosen,) = chosen_texts(project, [text])
    key: Key | None = None
    if unit:
        named = numbers.named(project, chosen, reader.document(chosen))
        own = unit.removeprefix(f"{chosen.domain}:")
        key = named.get(own, (None, own))
    root = top(project.root)
    found = False
    for locale in chosen_locales(project, names):
        path = os.path.relpath(os.path.realpath(project.catalog(chosen, locale)), root)
        for past in _of_file(root, path, locale):
            if key is None or past.did.key == key:
                found = True
                yield past
    if key is not None and not found:
        raise DragomanError(
            f"nothing is known of {unit!r}", way_out="give the number, the id or the sentence"
        )


def _of_file(root: str, path: str, locale: str) -> Iterator[Past]:
    """What each commit changed in a catalog, followed through its renames."""
    form = "--format=%x01%H%x02%ad%x02%an"
    log = git(root, "log", "--follow", "--date=short", "--name-only", "-z", form, "--", path)
    commits = []
    for record in log.decode(errors="surrogateescape").split("\x01")[1:]:
        head, *names = record.replace("\n", "\0").split("\0")
        name = next((name for name in names if name), path)
        commits.append((*head.split("\x02"), name))
    before: list[PoFile | None] = [_at(root, commit[0], commit[3]) for commit in commits]
    for (commit, date, author, _), new, old in zip(
        commits, before, [*before[1:], PoFile()], strict=True
    ):
        for did in differences(old or PoFile(), new or PoFile()):
            if did.new is not None and (did.new.msgstr or did.old is not None):
                yield Past(commit[:10], date, author, locale, did)


def _at(root: str, commit: str, name: str) -> PoFile | None:
    """A catalog as a commit has it; nothing where it cannot be read."""
    try:
        return po.parse(git(root, "cat-file", "blob", f"{commit}:{name}"))
    except DragomanError:
        return None
