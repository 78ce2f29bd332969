"""What we know of each script: its letters, whether it has capitals, how its consonants sound."""

from __future__ import annotations

import re

LETTERS = {
    "Latn": "A-Za-zÀ-ɏḀ-ỿ",
    "Cyrl": "\u0400-\u04ff",
    "Hebr": "\u05d0-\u05ea\u05f0-\u05f2",
}
"""The letters of a script (ISO 15924), as in a character class of a regular expression."""
FORMS = {"Hebr": "\ufb1d-\ufb4f"}
"""Letters of a script that Unicode has for the sake of older encodings."""
NAMES = {"Latn": "Latin", "Cyrl": "Cyrillic", "Hebr": "Hebrew"}


def letters(script: str) -> str:
    """The letters of a script, one by one.

    >>> letters("Hebr")[:3], len(letters("Cyrl"))
    ('אבג', 248)
    """
    found = []
    for first, last in re.findall("(.)-(.)", LETTERS[script]):
        found += [char for char in map(chr, range(ord(first), ord(last) + 1)) if char.isalpha()]
    return "".join(found)


def as_class(chars: str) -> str:
    """Characters in the order of their numbers, as in a character class: runs as ranges.

    >>> as_class("абвёж")
    'а-вжё'
    """
    runs: list[list[str]] = []
    for char in sorted(chars):
        if runs and ord(char) == ord(runs[-1][1]) + 1:
            runs[-1][1] = char
        else:
            runs.append([char, char])
    return "".join(first if first == last else f"{first}-{last}" for first, last in runs)


WITH_CAPITALS = frozenset(["Latn", "Cyrl", "Grek", "Armn"])
"""Scripts whose sentences and names begin with capitals; Georgian has them for headlines only."""
CONSONANTS = {
    **dict.fromkeys("bvбвב", "B"),
    **dict.fromkeys("pfпфפף", "P"),
    **dict.fromkeys("kqкקכך", "K"),
    **dict.fromkeys("gjcгжגğ", "G"),
    **dict.fromkeys("szşçсзшщцчסזשצץ", "S"),
    **dict.fromkeys("tтטת", "T"),
    **dict.fromkeys("dдד", "D"),
    **dict.fromkeys("lлל", "L"),
    **dict.fromkeys("mмמם", "M"),
    **dict.fromkeys("nнנן", "N"),
    **dict.fromkeys("rрר", "R"),
}
"""Consonants to classes of sounds that scripts write apart."""
_SOUNDEX = {
    "1": "bpfvwбпфвבפף",
    "2": "cgjkqsxzçşğгкхсзжцчшщגחכךסצץקזש",
    "3": "dtдтדטת",
    "4": "lлל",
    "5": "mnмнמםנן",
    "6": "rрר",
}
SOUNDEX = {letter: digit for digit, letters in _SOUNDEX.items() for letter in letters}
"""Consonants to wider classes of sounds, as in Soundex; vowels and breaths count for nothing."""
