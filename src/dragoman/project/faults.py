"""What the system says of a path, in one sentence with a way out."""

from __future__ import annotations

import errno
import os


def told(error: OSError, path: str) -> tuple[str, str, str]:
    """The path that is at fault, what is wrong with it, and the way out.

    >>> told(OSError(errno.ENAMETOOLONG, "File name too long"), "/x")
    ('/x', 'the name is too long', 'shorten it')
    """
    if error.errno in (errno.EACCES, errno.EPERM) and (folder := _closed_folder(path)):
        return folder, "permission denied in this folder", "change its permissions, or use another"
    unknown = ((error.strerror or str(error)).lower(), "see the path")
    return path, *_SENTENCES.get(error.errno or 0, unknown)


def _closed_folder(path: str) -> str:
    """The folder that denies what is asked of a path; nothing where the file itself does."""
    folder = os.path.dirname(path)
    if os.path.isfile(path):
        own = not os.access(path, os.R_OK) or os.access(folder, os.W_OK | os.X_OK)
        return "" if own else folder
    while not os.path.isdir(path):
        path = os.path.dirname(path)
    return path


_SENTENCES = {
    errno.EISDIR: ("a folder stands where a file should", "move the folder"),
    errno.ENOTDIR: ("a file stands where a folder should", "move the file"),
    errno.EACCES: ("permission denied", "change its permissions"),
    errno.EPERM: ("permission denied", "change its permissions"),
    errno.EROFS: (
        "the folder is read-only",
        "write somewhere else with --output, or 'output' and 'catalogs' in the settings",
    ),
    errno.ENOSPC: ("the disk is full; nothing was written", "make room, then run again"),
    errno.EDQUOT: ("the disk quota is used up; nothing was written", "make room, then run again"),
    errno.EFBIG: ("the file grew too large; nothing was written", "raise the limit"),
    errno.EIO: ("the disk gave an error; look whether it is sound", "then run again"),
    errno.ELOOP: ("a symbolic link that leads nowhere", "fix the link or remove it"),
    errno.ENAMETOOLONG: ("the name is too long", "shorten it"),
    errno.EEXIST: ("something else stands in its place", "move it"),
    errno.EMFILE: ("too many files are open", "raise the limit with 'ulimit -n'"),
}
