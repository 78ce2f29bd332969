"""Settings of memories, `[[memory]]`: a file or a server, and the penalties of its matches."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType
from typing import Any, NamedTuple
from urllib.parse import parse_qsl, urlsplit

CATALOGS = "catalogs"
"""Name of the memory that consists of the project's own catalogs."""
SCHEMES = ("postgresql://", "postgres://")
FILES = (".tmx", ".sqlite", ".sqlite3", ".db")


class MemorySettings(NamedTuple):
    """The settings of one memory besides the catalogs."""

    name: str = ""
    path: str = ""
    """A TMX file or a SQLite database inside the project."""
    server: str = ""
    """Address of a PostgreSQL database, without a password."""
    penalty: int = 0
    """Points subtracted from the score of each of its matches."""
    penalties: Mapping[str, int] = MappingProxyType({})
    """Points subtracted by origin of the match; `*` in an origin matches anything."""
    trusted: bool = False
    """Whether exact matches in the same context may become translations without review."""


def _text(value: Any) -> str | None:
    return None if isinstance(value, str) and value.strip() else "is not a string"


def _name(value: Any) -> str | None:
    if not isinstance(value, str) or re.fullmatch(r"[\w-]{1,64}", value) is None:
        return "is not a name of letters, digits, _ and -"
    return "is the name of the project's own catalogs" if value == CATALOGS else None


def _path(value: Any) -> str | None:
    if (problem := _text(value)) is not None:
        return problem
    parts = re.split(r"[/\\]", value)
    if value.startswith(("/", "~")) or ".." in parts or "\0" in value or ":" in value:
        return "is not a file inside the project"
    return None if value.lower().endswith(FILES) else f"is not one of {', '.join(FILES)}"


def _server(value: Any) -> str | None:
    if not isinstance(value, str) or not value.startswith(SCHEMES):
        return "does not begin with postgresql://"
    return None if not has_password(value) else _PASSWORD


_PASSWORD = "holds a password, which stays out of files (use ~/.pgpass or PGPASSWORD)"  # noqa: S105 - the sentence


def has_password(address: str) -> bool:
    """Whether a server address contains a password.

    >>> has_password("postgresql://a:b@localhost/m"), has_password("postgresql://a@localhost/m")
    (True, False)
    """
    try:
        parts = urlsplit(address)
        named = {name.lower() for name, _ in parse_qsl(parts.query, keep_blank_values=True)}
        return parts.password is not None or any("password" in name for name in named)
    except ValueError:
        return True  # an unreadable address might contain one, so it is not shown


def _points(value: Any) -> str | None:
    sound = type(value) is int and 0 <= value <= 100
    return None if sound else "is not a number of points from 0 to 100"


def _points_by_origin(value: Any) -> str | None:
    if not isinstance(value, dict):
        return "is not a table of origins and points"
    wrong = [origin for origin, points in value.items() if _points(points) is not None]
    return f"has no points from 0 to 100 for {wrong[0]!r}" if wrong else None


def _trusted(value: Any) -> str | None:
    return None if isinstance(value, bool) else "is not true or false"


MEMORY_CHECKS: dict[str, Callable[[Any], str | None]] = {
    "name": _name,
    "path": _path,
    "server": _server,
    "penalty": _points,
    "penalties": _points_by_origin,
    "trusted": _trusted,
}


def what_is_wrong(memory: MemorySettings, others: Sequence[str]) -> tuple[str, str] | None:
    """What is wrong with a memory as a whole, and how to fix it; None if it is valid.

    >>> what_is_wrong(MemorySettings("a", "a.tmx"), ["a"])
    ("there are two memories named 'a'", 'rename one of them')
    """
    if not memory.name:
        return "a [[memory]] without 'name'", "name it"
    if memory.name in others:
        return f"there are two memories named {memory.name!r}", "rename one of them"
    if bool(memory.path) == bool(memory.server):
        return f"the memory {memory.name!r} has no 'path' or 'server', or both", "give it one"
    return None
