"""Where `--output` leads: to a file, or into a folder."""

from __future__ import annotations

import os
from collections.abc import Collection

from dragoman.errors import DragomanError
from dragoman.project import Files


def is_folder(output: str) -> bool:
    """Whether a path names a folder: it ends in a separator, or there is one.

    >>> is_folder("new/")
    True
    """
    return output.endswith(("/", os.sep)) or os.path.isdir(output)


def output_file(output: str, name: str, suffixes: Collection[str], known: Collection[str]) -> str:
    """The absolute path of the file to write.

    Args:
        output: what the user named.
        name: the file's name in a folder.
        suffixes: the suffixes that suit what is written.
        known: the suffixes of everything that can be written; another suffix says nothing.

    Raises:
        DragomanError: the suffix belongs to another format.
    """
    if is_folder(output):
        return os.path.join(os.path.abspath(output), name)
    suffix = os.path.splitext(output)[1].lower()
    if suffix in known and suffix not in suffixes:
        raise DragomanError(
            f"the suffix {suffix} is of another format",
            file=output,
            way_out=f"name the file {os.path.splitext(output)[0]}{next(iter(suffixes))}",
        )
    return os.path.abspath(output)


def write_file(path: str, data: bytes) -> list[str]:
    """Write one file outside the project, or anywhere in it; return it if it changed."""
    return Files(os.path.dirname(path)).write({path: data})
