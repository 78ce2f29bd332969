"""Checks of values in the settings; each returns what is wrong with a value, or None."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Any

Check = Callable[[Any], str | None]
"""Takes a value; returns what is wrong with it, such as "is not a string", or None."""


def string(value: Any) -> str | None:
    """Check that a value is a string that is not empty."""
    return None if isinstance(value, str) and value else "is not a string"


def flag(value: Any) -> str | None:
    """Check that a value is a boolean."""
    return None if isinstance(value, bool) else "is not true or false"


def strings(value: Any) -> str | None:
    """Check that a value is a list of strings that are not empty."""
    sound = isinstance(value, list) and all(isinstance(item, str) and item for item in value)
    return None if sound else "is not a list of strings"


def folder(value: Any) -> str | None:
    """Check that a value is a relative path inside the project."""
    if (problem := string(value)) is not None:
        return problem
    parts = re.split(r"[/\\]", value)
    if value.startswith(("/", "~")) or ".." in parts or "\0" in value or ":" in value:
        return "is not a folder inside the project"
    return None


def near(word: str, words: Sequence[str]) -> list[str]:
    """The word that is most like a misspelled one, in a list of one; empty if none is like it."""
    from difflib import get_close_matches  # seldom needed

    return get_close_matches(word, words, 1)


def one_of(*words: str) -> Check:
    """A check that a value is one of these words."""

    def check(value: Any) -> str | None:
        if value in words:
            return None
        similar = near(str(value), words)
        hint = f"; did you mean {similar[0]!r}?" if similar else ""
        return f"is not one of {', '.join(words)}{hint}"

    return check
