"""Metadata of a text: from its front matter, its side file, and the settings."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from datetime import date
from typing import Any

from dragoman.errors import DragomanError, DragomanErrors
from dragoman.formats import format_of
from dragoman.model import Parallel
from dragoman.project import Project, Text

KEYS = ("title", "description", "author", "date", "origin", "licence")
"""Keys of a side file."""
_OTHER_NAMES = {"license": "licence", "source": "origin"}


def described(project: Project, text: Text, parallel: Parallel) -> Parallel:
    """The parallel text with its metadata: the side file overrides the front matter, settings fill gaps.

    Raises:
        DragomanErrors: the side file is not valid.
    """
    metadata = {_OTHER_NAMES.get(key, key): value for key, value in parallel.metadata.items()}
    path = project.side_file(text)
    if text.described and project.files.bytes_of(path) is not None:
        metadata |= read(project.files.text_of(path), project.files.shown(path))
    if project.settings.licence and not metadata.get("licence"):
        metadata["licence"] = project.settings.licence
    parallel = parallel._replace(format=format_of(text.path).NAME)
    if not metadata:
        return parallel
    return parallel._replace(metadata=metadata, title=metadata.get("title") or parallel.title)


def read(content: str, file: str) -> dict[str, str]:
    """The metadata in a side file.

    Raises:
        DragomanErrors: every unknown key and invalid value, with its line.

    >>> read('author = ["A. B.", "C. D."]\\ndate = 1992-02-26', "x.meta.toml")
    {'author': 'A. B., C. D.', 'date': '1992-02-26'}
    """
    try:
        data = tomllib.loads(content)
    except tomllib.TOMLDecodeError as error:
        place = re.search(r"\(at line (\d+), column (\d+)\)", str(error))
        raise DragomanError(
            f"not TOML: {re.sub(r' [(]at .*', '', str(error))}",
            file=file,
            line=int(place[1]) if place else None,
            how_to_fix="fix the file",
        ) from None
    if errors := list(_wrong(data, content.split("\n"), file)):
        raise DragomanErrors(errors)
    return {_OTHER_NAMES.get(key, key): _plain(value) for key, value in data.items()}


def _wrong(data: dict[str, Any], lines: list[str], file: str) -> Iterator[DragomanError]:
    for key, value in data.items():
        line = next((n for n, content in enumerate(lines, 1) if _begins(content, key)), None)
        if key not in KEYS and key not in _OTHER_NAMES:
            from difflib import get_close_matches  # seldom needed

            near = get_close_matches(key, KEYS, 1)
            how_to_fix = (
                f"did you mean {near[0]!r}?" if near else f"known keys are {', '.join(KEYS)}"
            )
            yield DragomanError(f"unknown key {key!r}", file=file, line=line, how_to_fix=how_to_fix)
        elif not _plain(value):
            yield DragomanError(
                f"{key!r} is empty or not a string",
                file=file,
                line=line,
                how_to_fix="write a string",
            )


def _begins(line: str, key: str) -> bool:
    return re.match(rf"\s*\[*[\"']?{re.escape(key)}\b", line) is not None


def _plain(value: Any) -> str:
    """A string, a date or a list of strings, as one line; empty for any other value."""
    if isinstance(value, str):
        return " ".join(value.split())
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, list) and all(isinstance(item, str) for item in value):
        return ", ".join(" ".join(item.split()) for item in value)
    return ""
