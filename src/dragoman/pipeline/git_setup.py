"""Telling git to merge catalogs message by message."""

from __future__ import annotations

import os
from typing import NamedTuple

from dragoman.project import Files, Project
from dragoman.project.git import git, top

_NAME = "gettext catalogs, message by message"
_DRIVER = (
    "if command -v dragoman >/dev/null; then dragoman merge-driver %O %A %B %P; "
    "else git merge-file %A %O %B; fi"
)
"""git takes a program that is not there for a conflict, and would leave our side alone in the file."""


class Plan(NamedTuple):
    """What is to be written where."""

    attributes: str
    """The file of attributes."""
    lines: tuple[str, ...]
    """What it lacks."""
    config: tuple[tuple[str, str], ...]
    """Keys and values that the repository's own configuration lacks."""


def plan(project: Project) -> Plan:
    """What the repository of a project lacks, so that git merges its catalogs.

    Raises:
        DragomanError: the project is in no repository.
    """
    root = top(project.root)
    attributes = os.path.join(root, ".gitattributes")
    known = (Files(root).bytes_of(attributes) or b"").decode(errors="replace").split("\n")
    below = os.path.relpath(os.path.realpath(project.root), os.path.realpath(root))
    folder = os.path.normpath(os.path.join(below, project.settings.catalogs)).replace(os.sep, "/")
    folder = folder.replace(" ", "[[:space:]]")
    wanted = [f"{folder}/**/*.po merge=dragoman", f"{folder}/**/*.pot merge=dragoman"]
    lines = tuple(line for line in wanted if line not in known)
    config = {"merge.dragoman.name": _NAME, "merge.dragoman.driver": _DRIVER}
    there = git(root, "config", "--local", "--list", "-z").decode(errors="replace").split("\0")
    pairs = dict(line.split("\n", 1) for line in there if "\n" in line)
    return Plan(attributes, lines, tuple((k, v) for k, v in config.items() if pairs.get(k) != v))


def carry_out(project: Project, wanted: Plan) -> None:
    """Write what is planned."""
    root = top(project.root)
    files = Files(root)
    if wanted.lines:
        known = files.bytes_of(wanted.attributes) or b""
        if known and not known.endswith(b"\n"):
            known += b"\n"
        added = "".join(f"{line}\n" for line in wanted.lines).encode()
        files.write({wanted.attributes: known + added})
    for key, value in wanted.config:
        git(root, "config", "--local", key, value)
