"""What all readers share: whether a stretch is translatable, and its text as a unit's source."""

from __future__ import annotations

from dragoman.errors import DragomanError
from dragoman.text.bidi import CONTROLS
from dragoman.text.controls import holds_bidi

_TAKEN_OUT = dict.fromkeys(map(ord, [*CONTROLS, "\ufeff"]))


def translatable(text: str) -> bool:
    """Whether a text has a letter; numbers and punctuation alone are not translated.

    >>> translatable("613"), translatable("AZIZ")
    (False, True)
    """
    return text[:1].isalpha() or any(map(str.isalpha, text))


def not_controlled(text: str) -> bool:
    """Whether `clean` would change nothing but outer white space."""
    return text.isascii() or not ("\ufeff" in text or holds_bidi(text))


def clean(text: str) -> str:
    """The text without bidi controls, byte order marks and outer white space.

    >>> clean("\\u200eHello. ")
    'Hello.'
    """
    return (text if not_controlled(text) else text.translate(_TAKEN_OUT)).strip()


MOST_LINES, MOST_CHARACTERS = 100_000, 4_000_000
"""Bounds of a text whose format is read line by line; the longest book has fewer."""


def check_lines(content: str, file: str) -> None:
    """Refuse a text that is too long for one file, before it is read.

    Raises:
        DragomanError: it has more lines or characters than the bounds.
    """
    for count, most, things in (
        (len(content), MOST_CHARACTERS, "characters"),
        (content.count("\n"), MOST_LINES, "lines"),
    ):
        if count > most:
            raise DragomanError(
                f"more than {most} {things} in one text",
                file=file or None,
                how_to_fix="split it into smaller files",
            )


def one_line(target: str) -> str:
    """A target with its line breaks replaced by spaces.

    >>> one_line("a\\n b")
    'a b'
    """
    return " ".join(target.split()) if "\n" in target or "\r" in target else target
