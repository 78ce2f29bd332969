"""The language that a phrase can only be in, by its letters."""

from __future__ import annotations

from collections.abc import Sequence
from unicodedata import name

from dragoman.languages import locales

_SCRIPTS = {
    "ARABIC": "Arab",
    "ARMENIAN": "Armn",
    "CYRILLIC": "Cyrl",
    "DEVANAGARI": "Deva",
    "ETHIOPIC": "Ethi",
    "GEORGIAN": "Geor",
    "GREEK": "Grek",
    "HANGUL": "Kore",
    "HEBREW": "Hebr",
    "SYRIAC": "Syrc",
    "THAANA": "Thaa",
    "THAI": "Thai",
}
"""ISO 15924 by the first word of a letter's name; Latin is not here, in which anything may be written."""


def language_of(text: str, known: Sequence[str]) -> str:
    """The locale of a phrase: the only known one in its script; empty where none or several are.

    >>> language_of("שלום, 5", ["en", "he"]), language_of("Hello", ["en", "he"])
    ('he', '')
    >>> language_of("слово", ["ru", "uk"]), language_of("слово и λόγος", ["ru"])
    ('', '')
    """
    scripts = {name(char, "").partition(" ")[0] for char in text if char.isalpha()}
    script = _SCRIPTS.get(scripts.pop()) if len(scripts) == 1 else None
    found = [locale for locale in known if script and locales.script(locale) == script]
    return found[0] if len(found) == 1 else ""
