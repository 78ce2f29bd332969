"""Where `--output` leads: to a file, or into a folder."""

from __future__ import annotations

import os
from collections.abc import Iterable

from dragoman.errors import DragomanError
from dragoman.project import Files

_SUFFIXES = """
.csv .docx .epub .html .json .jsonl .md .mo .parquet .pdf .po .pot .sarif .sqlite .tbx .tex .tmx
.tsv .txt .xlf .xlsx .xml
"""
SUFFIXES = frozenset(_SUFFIXES.split())
"""Suffixes of everything that commands write; another suffix does not say what a file holds."""
_SYNONYMS = {
    ".db": ".sqlite",
    ".htm": ".html",
    ".log": ".txt",
    ".markdown": ".md",
    ".text": ".txt",
    ".xliff": ".xlf",
}


def suffix_of(path: str) -> str:
    """The suffix of a path, in its usual spelling; empty if commands write no such files.

    >>> suffix_of("a.HTM"), suffix_of("v1.2")
    ('.html', '')
    """
    suffix = os.path.splitext(path)[1].lower()
    suffix = _SYNONYMS.get(suffix, suffix)
    return suffix if suffix in SUFFIXES else ""


def is_folder(output: str) -> bool:
    """Whether a path names a folder: it ends in a separator, or the folder exists.

    >>> is_folder("new/")
    True
    """
    return output.endswith(("/", os.sep)) or os.path.isdir(output)


def output_file(output: str, name: str, suffixes: Iterable[str]) -> str:
    """The absolute path of the file to write.

    >>> output_file("/new/page.HTM", "day.html", [".html"])
    '/new/page.HTM'

    Args:
        output: what the user named.
        name: the file's name in a folder.
        suffixes: the suffixes that suit what is written.

    Raises:
        DragomanError: the suffix belongs to another format.
    """
    if is_folder(output):
        return os.path.join(os.path.abspath(output), name)
    suffix, suitable = suffix_of(output), list(suffixes)
    if suffix and suffix not in [suffix_of(f"x{one}") for one in suitable]:
        raise DragomanError(
            f"the suffix {suffix} is of another format",
            file=output,
            how_to_fix=f"name it {os.path.splitext(output)[0]}{suitable[0]}, or choose that format",
        )
    return os.path.abspath(output)


def write_file(path: str, data: bytes) -> list[str]:
    """Write one file outside the project, or anywhere in it; return it if it changed."""
    return Files(os.path.dirname(path)).write({path: data})
