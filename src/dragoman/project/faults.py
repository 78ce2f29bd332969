"""Errors of the operating system about files, as a sentence and how to fix it."""

from __future__ import annotations

import errno
import os


def described(error: OSError, path: str) -> tuple[str, str, str]:
    """The path at fault, what is wrong with it, and how to fix it.

    >>> described(OSError(errno.ENAMETOOLONG, "File name too long"), "/x")
    ('/x', 'the name is too long', 'shorten it')
    """
    if error.errno in (errno.EACCES, errno.EPERM) and (folder := _closed_folder(path)):
        return folder, "permission denied in this folder", "change its permissions, or use another"
    unknown = ((error.strerror or str(error)).lower(), "see the path")
    return path, *_SENTENCES.get(error.errno or 0, unknown)


def _closed_folder(path: str) -> str:
    """The folder whose permissions deny access to a path; empty if the file's own do."""
    folder = os.path.dirname(path)
    if os.path.isfile(path):
        file_itself = not os.access(path, os.R_OK) or os.access(folder, os.W_OK | os.X_OK)
        return "" if file_itself else folder
    while not os.path.isdir(path):
        path = os.path.dirname(path)
    return path


_SENTENCES = {
    errno.EISDIR: ("is a folder, not a file", "move the folder"),
    errno.ENOTDIR: ("is a file, not a folder", "move the file"),
    errno.EACCES: ("permission denied", "change its permissions"),
    errno.EPERM: ("permission denied", "change its permissions"),
    errno.EROFS: (
        "the folder is read-only",
        "write somewhere else with --output, or 'output' and 'catalogs' in the settings",
    ),
    errno.ENOSPC: ("the disk is full; nothing was written", "make room, then run again"),
    errno.EDQUOT: ("the disk quota is used up; nothing was written", "make room, then run again"),
    errno.EFBIG: ("the file grew too large; nothing was written", "raise the limit"),
    errno.EIO: ("the disk reported an error; check the disk", "then run again"),
    errno.ELOOP: ("is a symbolic link to itself", "fix the link or remove it"),
    errno.ENAMETOOLONG: ("the name is too long", "shorten it"),
    errno.EEXIST: ("something else has this name", "move it"),
    errno.EMFILE: ("too many files are open", "raise the limit with 'ulimit -n'"),
}
