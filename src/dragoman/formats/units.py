"""What all readers share: whether a stretch is translatable, and its text as a unit's source."""

from __future__ import annotations

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


def one_line(target: str) -> str:
    """A target with its line breaks replaced by spaces.

    >>> one_line("a\\n b")
    'a b'
    """
    return " ".join(target.split()) if "\n" in target or "\r" in target else target
