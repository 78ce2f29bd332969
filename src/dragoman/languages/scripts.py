"""Facts about scripts: letters, digits, capitals, punctuation, sounds of consonants."""

from __future__ import annotations

import re

LETTERS = {
    "Latn": "A-Za-zÀ-ɏḀ-ỿ",
    "Cyrl": "\u0400-\u0481\u048a-\u052f",
    "Hebr": "\u05d0-\u05ea\u05f0-\u05f2",
    "Grek": "\u0370-\u03ff\u1f00-\u1fff",
    "Armn": "\u0531-\u0587",
    "Geor": "\u10a0-\u10ff\u1c90-\u1cbf",
    "Arab": "\u0620-\u064a\u066e-\u06d3\u06d5-\u06ff\u0750-\u077f",
    "Syrc": "\u0710-\u074f",
    "Thaa": "\u0780-\u07b1",
    "Deva": "\u0900-\u0963\u0971-\u097f",
    "Beng": "\u0980-\u09e3\u09f0-\u09ff",
    "Guru": "\u0a00-\u0a65\u0a70-\u0a7f",
    "Gujr": "\u0a80-\u0ae5\u0af0-\u0aff",
    "Orya": "\u0b00-\u0b65\u0b70-\u0b7f",
    "Taml": "\u0b80-\u0be5\u0bf0-\u0bff",
    "Telu": "\u0c00-\u0c65\u0c70-\u0c7f",
    "Knda": "\u0c80-\u0ce5\u0cf0-\u0cff",
    "Mlym": "\u0d00-\u0d65\u0d70-\u0d7f",
    "Sinh": "\u0d80-\u0dff",
    "Thai": "\u0e00-\u0e4f",
    "Laoo": "\u0e80-\u0ecf",
    "Tibt": "\u0f00-\u0f1f\u0f40-\u0fff",
    "Mymr": "\u1000-\u103f\u1050-\u109f",
    "Ethi": "\u1200-\u139f",
    "Khmr": "\u1780-\u17d3\u17d7-\u17df",
    "Mong": "\u1810-\u18af",
    "Hang": "\u1100-\u11ff\uac00-\ud7af",
    "Kore": "\u1100-\u11ff\uac00-\ud7af\u4e00-\u9fff",
    "Jpan": "\u3005-\u3007\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uff66-\uff9f",
    "Hans": "\u3005-\u3007\u3400-\u4dbf\u4e00-\u9fff",
    "Hant": "\u3005-\u3007\u3100-\u312f\u3400-\u4dbf\u4e00-\u9fff",
}
"""The letters of each script (ISO 15924), as the content of a regular expression's character class."""
FORMS = {"Hebr": "\ufb1d-\ufb4f", "Arab": "\ufb50-\ufdff\ufe70-\ufefc", "Armn": "\ufb13-\ufb17"}
"""Presentation forms: letters that Unicode has for compatibility with older encodings."""
NAMES = {
    "Latn": "Latin", "Cyrl": "Cyrillic", "Hebr": "Hebrew", "Grek": "Greek", "Armn": "Armenian",
    "Geor": "Georgian",
}  # fmt: skip
"""English names of scripts whose words contain no letters of other scripts."""
ENDS = {
    **dict.fromkeys(".׃。।॥։۔።", "statement"),
    **dict.fromkeys("?؟？፧", "question"),
    **dict.fromkeys("!！", "exclamation"),
    **dict.fromkeys("…‥", "ellipsis"),
    **dict.fromkeys(":：", "colon"),
    **dict.fromkeys(";；؛", "semicolon"),
    **dict.fromkeys(",，،、", "comma"),
}
"""Marks at the end of sentences, and the kind of ending of each."""
OTHER_ENDS = {"Grek": {";": "question", "·": "semicolon"}}
"""Marks that have another meaning in one script."""
INNER_ENDS = {"Armn": {"՞": "question", "՜": "exclamation"}}
"""Marks inside a sentence that determine its ending: Armenian puts them on a vowel."""
RIGHT_TO_LEFT = frozenset(["Hebr", "Arab", "Syrc", "Thaa", "Nkoo", "Adlm", "Rohg", "Mand", "Samr"])
WITHOUT_SPACES = frozenset(["Hans", "Hant", "Jpan", "Thai", "Laoo", "Khmr", "Mymr", "Tibt"])
"""Scripts that write words without spaces between them."""
JOINED = frozenset(["Arab", "Syrc", "Mong", "Deva", "Beng", "Guru", "Gujr", "Orya", "Taml", "Telu", "Knda", "Mlym", "Sinh", "Mymr", "Khmr"])  # fmt: skip
"""Scripts in whose words U+200C and U+200D (non-joiner and joiner) occur."""
DENSE = frozenset(["Hans", "Hant", "Jpan", "Kore", "Hang"])
"""Scripts in which a letter is a syllable or a word."""
VOWEL_SIGNS = frozenset(["Deva", "Beng", "Guru", "Gujr", "Orya", "Taml", "Telu", "Knda", "Mlym", "Sinh", "Thai", "Laoo", "Mymr", "Khmr", "Tibt"])  # fmt: skip
"""Scripts that write vowels as combining marks, which are not counted as letters."""


def letters(script: str) -> str:
    """All letters of a script as a string.

    >>> letters("Hebr")[:3], len(letters("Cyrl"))
    ('אבג', 296)
    """
    result = []
    for first, last in re.findall("(.)-(.)", LETTERS[script]):
        result += [char for char in map(chr, range(ord(first), ord(last) + 1)) if char.isalpha()]
    return "".join(result)


def as_class(chars: str) -> str:
    """The content of a character class that matches the characters: sorted, with ranges.

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


WITH_CAPITALS = frozenset(["Latn", "Cyrl", "Grek", "Armn", "Copt", "Glag", "Cher", "Dsrt", "Adlm"])
"""Scripts whose sentences and names begin with capitals; Georgian uses capitals only in headlines."""
DIGITS_FROM = (
    0x30,
    0x660,
    0x6F0,
    0x7C0,
    0x966,
    0x9E6,
    0xA66,
    0xAE6,
    0xB66,
    0xBE6,
    0xC66,
    0xCE6,
    0xD66,
    0xDE6,
    0xE50,
    0xED0,
    0xF20,
    0x1040,
    0x1090,
    0x17E0,
    0x1810,
    0x1946,
    0x19D0,
    0x1A80,
    0x1A90,
    0x1B50,
    0x1BB0,
    0x1C40,
    0x1C50,
    0xA620,
    0xA8D0,
    0xA900,
    0xA9D0,
    0xA9F0,
    0xAA50,
    0xABF0,
    0xFF10,
)
"""Code points of the digit 0 in every script with digits of its own."""
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
"""Consonants of Latin, Cyrillic and Hebrew, each with its class of sounds."""
_SOUNDEX = {
    "1": "bpfvwбпфвבפף",
    "2": "cgjkqsxzçşğгкхсзжцчшщגחכךסצץקזש",
    "3": "dtдтדטת",
    "4": "lлל",
    "5": "mnмнמםנן",
    "6": "rрר",
}
SOUNDEX = {letter: digit for digit, letters in _SOUNDEX.items() for letter in letters}
"""Consonants, each with its digit as in Soundex; vowels and aspirates have none."""
