"""What every reader asks of a stretch: is there something to translate, and how does it read."""

from __future__ import annotations

from dragoman.text.bidi import CONTROLS
from dragoman.text.controls import holds_bidi

_TAKEN_OUT = dict.fromkeys(map(ord, [*CONTROLS, "\ufeff"]))


def translatable(text: str) -> bool:
    """Whether there is a letter to translate: numbers and marks alone are skeleton.

    >>> translatable("613"), translatable("AZIZ")
    (False, True)
    """
    return text[:1].isalpha() or any(map(str.isalpha, text))


def not_controlled(text: str) -> bool:
    """Whether there is nothing that `clean` takes out but outer white space."""
    return text.isascii() or not ("\ufeff" in text or holds_bidi(text))


def clean(text: str) -> str:
    """The text a translator reads: no bidi control, no byte order mark, no outer white space.

    >>> clean("\\u200eHello. ")
    'Hello.'
    """
    return (text if not_controlled(text) else text.translate(_TAKEN_OUT)).strip()


def one_line(target: str) -> str:
    """A target stays on its line whatever it holds.

    >>> one_line("a\\n b")
    'a b'
    """
    return " ".join(target.split()) if "\n" in target or "\r" in target else target
