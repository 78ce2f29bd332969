"""The door to git: read-only questions, and settings that the user said yes to."""

from __future__ import annotations

import os
import subprocess

from dragoman.errors import DragomanError

_SAFE = ("-c", "core.hooksPath=/dev/null", "-c", "core.fsmonitor=false", "--no-pager")

_NO_MERGE = 128
"""From this exit code on, `git merge-file` failed; below, it is the number of conflicts."""


def git(folder: str, *arguments: str) -> bytes:
    """What a git command prints.

    Raises:
        DragomanError: there is no git, no repository, or git refuses.
    """
    environment = {k: v for k, v in os.environ.items() if not k.startswith("GIT_")}
    try:
        done = subprocess.run(
            ["git", *_SAFE, "-C", folder, *arguments],
            capture_output=True,
            check=False,
            env={**environment, "LC_ALL": "C"},
            stdin=subprocess.DEVNULL,
        )
    except FileNotFoundError:
        raise DragomanError("there is no git on this machine", way_out="install git") from None
    if done.returncode != 0:
        said = done.stderr.decode(errors="replace").strip().split("\n")[-1]
        raise DragomanError(
            f"git says: {said.removeprefix('fatal: ')}", way_out="run it inside a repository"
        )
    return done.stdout


def merge_lines(ours: str, base: str, theirs: str) -> bytes:
    """Three files merged line by line, with git's conflict markers; nothing is written."""
    names = ("-L", "ours", "-L", "base", "-L", "theirs")
    command = ["git", *_SAFE, "merge-file", "-p", *names, ours, base, theirs]
    done = subprocess.run(command, capture_output=True, check=False, stdin=subprocess.DEVNULL)
    if done.returncode >= _NO_MERGE:
        said = done.stderr.decode(errors="replace").strip()
        raise DragomanError(f"git cannot merge the lines either: {said}", way_out="merge by hand")
    return done.stdout


def top(folder: str) -> str:
    """The root of the repository that a folder is in; raises DragomanError where it is in none."""
    return os.fsdecode(git(folder, "rev-parse", "--show-toplevel").rstrip(b"\n"))


def user_name(folder: str) -> str:
    """The name that commits in a folder would bear; empty if git is not there or knows none."""
    try:
        return git(folder, "config", "user.name").decode(errors="replace").strip()
    except DragomanError:
        return ""
