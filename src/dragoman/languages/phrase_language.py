"""The language of a phrase, if its script leaves only one possibility."""

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
"""ISO 15924 codes by the first word of a letter's Unicode name; without Latin, which any language may use."""


def language_of(text: str, known: Sequence[str]) -> str:
    """The only one of the known locales that is written in the phrase's script; empty if none or several are.

    >>> language_of("שלום, 5", ["en", "he"]), language_of("Hello", ["en", "he"])
    ('he', '')
    >>> language_of("слово", ["ru", "uk"]), language_of("слово и λόγος", ["ru"])
    ('', '')
    """
    scripts = {name(char, "").partition(" ")[0] for char in text if char.isalpha()}
    script = _SCRIPTS.get(scripts.pop()) if len(scripts) == 1 else None
    matching = [locale for locale in known if script and locales.script(locale) == script]
    return matching[0] if len(matching) == 1 else ""
