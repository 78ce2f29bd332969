"""What a value of the settings may be; each check says what is wrong with one, or nothing."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Any

Check = Callable[[Any], str | None]
"""What is wrong with a value, or nothing."""


def string(value: Any) -> str | None:
    return None if isinstance(value, str) and value else "is not a string"


def flag(value: Any) -> str | None:
    return None if isinstance(value, bool) else "is not true or false"


def strings(value: Any) -> str | None:
    sound = isinstance(value, list) and all(isinstance(item, str) and item for item in value)
    return None if sound else "is not a list of strings"


def folder(value: Any) -> str | None:
    if (problem := string(value)) is not None:
        return problem
    parts = re.split(r"[/\\]", value)
    if value.startswith(("/", "~")) or ".." in parts or "\0" in value or ":" in value:
        return "is not a folder inside the project"
    return None


def near(word: str, words: Sequence[str]) -> list[str]:
    from difflib import get_close_matches  # seldom needed

    return get_close_matches(word, words, 1)


def one_of(*words: str) -> Check:
    def check(value: Any) -> str | None:
        if value in words:
            return None
        found = near(str(value), words)
        hint = f"; did you mean {found[0]!r}?" if found else ""
        return f"is not one of {', '.join(words)}{hint}"

    return check
