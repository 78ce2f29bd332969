"""Runs git: read-only queries, and settings that the user agreed to."""

from __future__ import annotations

import os
import subprocess

from dragoman.errors import DragomanError

# A repository's own configuration must not make us run its programs.
_SAFE = ("-c", "core.hooksPath=/dev/null", "-c", "core.fsmonitor=false", "--no-pager")

_NO_MERGE = 128
"""Exit codes of `git merge-file` from here on are failures; lower ones count conflicts."""


def git(folder: str, *arguments: str) -> bytes:
    """Run a git command and return what it prints.

    Raises:
        DragomanError: git is not installed, the folder is in no repository, or git fails.
    """
    environment = {k: v for k, v in os.environ.items() if not k.startswith("GIT_")}
    try:
        result = subprocess.run(
            ["git", *_SAFE, "-C", folder, *arguments],
            capture_output=True,
            check=False,
            env={**environment, "LC_ALL": "C"},
            stdin=subprocess.DEVNULL,
        )
    except FileNotFoundError:
        raise DragomanError("git is not installed", how_to_fix="install git") from None
    if result.returncode != 0:
        reason = result.stderr.decode(errors="replace").strip().split("\n")[-1]
        raise DragomanError(
            f"git says: {reason.removeprefix('fatal: ')}", how_to_fix="run it inside a repository"
        )
    return result.stdout


def merge_lines(ours: str, base: str, theirs: str) -> bytes:
    """Merge three files line by line, with git's conflict markers, and return the result.

    Raises:
        DragomanError: git cannot merge them, as with binary files.
    """
    names = ("-L", "ours", "-L", "base", "-L", "theirs")
    command = ["git", *_SAFE, "merge-file", "-p", *names, ours, base, theirs]
    result = subprocess.run(command, capture_output=True, check=False, stdin=subprocess.DEVNULL)
    if result.returncode >= _NO_MERGE:
        reason = result.stderr.decode(errors="replace").strip()
        raise DragomanError(
            f"git cannot merge the lines either: {reason}", how_to_fix="merge by hand"
        )
    return result.stdout


def top(folder: str) -> str:
    """The root of the repository that a folder is in.

    Raises:
        DragomanError: the folder is in no repository.
    """
    return os.fsdecode(git(folder, "rev-parse", "--show-toplevel").rstrip(b"\n"))


def is_ignored(folder: str, name: str) -> bool:
    """Whether the repository of a folder ignores a file in it, which need not exist."""
    try:
        git(folder, "check-ignore", "--quiet", "--", name)
    except DragomanError:
        return False
    return True


def user_name(folder: str) -> str:
    """The user's name for commits in a folder; empty if git is not installed or has no name."""
    try:
        return git(folder, "config", "user.name").decode(errors="replace").strip()
    except DragomanError:
        return ""
