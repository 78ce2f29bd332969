"""Sets up git to merge catalogs message by message."""

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
"""The shell tests for dragoman since git takes a missing program for a conflict, and would leave
only our side in the file."""


class GitSetup(NamedTuple):
    """The changes to make to a repository."""

    attributes: str
    """Path of the repository's `.gitattributes`."""
    lines: tuple[str, ...]
    """Lines to add to it."""
    config: tuple[tuple[str, str], ...]
    """Keys and values to set in the repository's own configuration."""


def plan(project: Project) -> GitSetup:
    """What to add to a project's repository so that git merges its catalogs with dragoman.

    Raises:
        DragomanError: the project is not in a git repository.
    """
    root = top(project.root)
    attributes = os.path.join(root, ".gitattributes")
    known = (Files(root).bytes_of(attributes) or b"").decode(errors="replace").split("\n")
    below = os.path.relpath(os.path.realpath(project.root), os.path.realpath(root))
    folder = os.path.normpath(os.path.join(below, project.settings.catalogs)).replace(os.sep, "/")
    folder = folder.replace(" ", "[[:space:]]")
    needed = [f"{folder}/**/*.po merge=dragoman", f"{folder}/**/*.pot merge=dragoman"]
    lines = tuple(line for line in needed if line not in known)
    config = {"merge.dragoman.name": _NAME, "merge.dragoman.driver": _DRIVER}
    settings = git(root, "config", "--local", "--list", "-z").decode(errors="replace").split("\0")
    pairs = dict(line.split("\n", 1) for line in settings if "\n" in line)
    return GitSetup(
        attributes, lines, tuple((k, v) for k, v in config.items() if pairs.get(k) != v)
    )


def apply(project: Project, changes: GitSetup) -> None:
    """Write the planned changes.

    Raises:
        DragomanError: a file cannot be written, or git fails.
    """
    root = top(project.root)
    files = Files(root)
    if changes.lines:
        known = files.bytes_of(changes.attributes) or b""
        if known and not known.endswith(b"\n"):
            known += b"\n"
        added = "".join(f"{line}\n" for line in changes.lines).encode()
        files.write({changes.attributes: known + added})
    for key, value in changes.config:
        git(root, "config", "--local", key, value)
