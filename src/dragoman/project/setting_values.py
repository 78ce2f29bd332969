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


def expressions(value: Any) -> str | None:
    """A list of regular expressions.

    >>> expressions(["^a"]), expressions(["("])
    (None, 'is not a list of regular expressions: missing ), unterminated subpattern at position 0')
    """
    if (problem := strings(value)) is not None:
        return problem
    for expression in value:
        try:
            re.compile(expression, re.MULTILINE)
        except re.error as error:
            return f"is not a list of regular expressions: {error}"
    return None


PLACEHOLDERS = ("locale", "lang", "direction")
"""What the value of a key that is written for each locale may hold, in braces."""


def templates(value: Any) -> str | None:
    """Check that a value is a table of strings, with no placeholders but those for a locale.

    >>> templates({"lang": "{locale}"}), templates({"lang": "{local}"})
    (None, 'has {local}, which is none of {locale}, {lang}, {direction}')
    """
    if not isinstance(value, dict) or not all(
        isinstance(template, str) for template in value.values()
    ):
        return "is not a table of strings"
    for template in value.values():
        for name in re.findall(r"\{(\w*)\}", template):
            if name not in PLACEHOLDERS:
                known = ", ".join(f"{{{one}}}" for one in PLACEHOLDERS)
                return f"has {{{name}}}, which is none of {known}"
    return None


def folder(value: Any) -> str | None:
    """Check that a value is a relative path inside the project."""
    if (problem := string(value)) is not None:
        return problem
    parts = re.split(r"[/\\]", value)
    if value.startswith(("/", "~")) or ".." in parts or "\0" in value or ":" in value:
        return "is not a folder inside the project"
    return None


def by_locale(value: Any) -> str | None:
    """Check that a value is a string for all languages, or a table of them by locale.

    >>> by_locale("Letters"), by_locale({"he": "מכתבים"}), by_locale({"he": 1})
    (None, None, 'is not a string, nor a table of strings by locale')
    """
    values = value.values() if isinstance(value, dict) else [value]
    if all(isinstance(one, str) and one for one in values):
        return None
    return "is not a string, nor a table of strings by locale"


def colour(value: Any) -> str | None:
    """Check that a value is a colour such as #7a3b12.

    >>> colour("#7a3b12"), colour("brown")
    (None, 'is not a colour such as #7a3b12')
    """
    is_colour = isinstance(value, str) and re.fullmatch("#[0-9a-fA-F]{6}", value)
    return None if is_colour else "is not a colour such as #7a3b12"


def near(word: str, words: Sequence[str]) -> list[str]:
    """The word that is most like a misspelled one, in a list of one; empty if none is like it."""
    from difflib import get_close_matches  # seldom needed

    return get_close_matches(word, words, 1)


class OneOf:
    """A check that a value is one of some words.

    >>> check = OneOf("sentence", "block")
    >>> check("sentences"), check.fix("sentences")
    ('is not one of sentence, block', "did you mean 'sentence'?")
    """

    def __init__(self, *words: str) -> None:
        self.words = words

    def __call__(self, value: Any) -> str | None:
        """What is wrong with a value, or None."""
        return None if value in self.words else f"is not one of {', '.join(self.words)}"

    def fix(self, value: Any) -> str:
        """The word that was probably meant, as a question; empty if none is like the value."""
        similar = near(str(value), self.words)
        return f"did you mean {similar[0]!r}?" if similar else ""


def one_of(*words: str) -> Check:
    """A check that a value is one of these words."""
    return OneOf(*words)
