"""Words of a text with the blanks after them, for showing what differs between two texts."""

from __future__ import annotations

import re

_WORD = re.compile(r"\S+\s*|^\s+")


def words_of(text: str) -> list[str]:
    """The words of a text with the blanks after them; joined, they are the text.

    >>> words_of("a b  c")
    ['a ', 'b  ', 'c']
    """
    return _WORD.findall(text)
