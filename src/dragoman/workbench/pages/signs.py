"""Special characters of a language that are hard to type, offered beside a field.

The data file of a language lists them; a language without such a list gets its quotation marks.
"""

from __future__ import annotations

from unicodedata import name

from dragoman.languages import locales
from dragoman.languages.language import of as language_of

_COMMON = "–—…’‘“”«»·×−°§\u00a0\u202f\u2011"
_SHORT = {
    "\u00a0": "NBSP",
    "\u202f": "NNBSP",
    "\u2011": "NB-",
    "\u200c": "ZWNJ",
    "\u200e": "LRM",
    "\u200f": "RLM",
}
"""Visible labels for invisible characters."""


def signs(locale: str) -> list[list[str]]:
    """Each character, its label and its name; direction marks only if targets may contain them.

    >>> signs("he")[0], signs("ka")[0][0]
    (['־', '־', 'hebrew punctuation maqaf'], '„')
    """
    language = language_of(locale)
    quotes = language.section("quotes")
    own = language.section("typing").get("signs") or quotes.get("outer", "") + quotes.get(
        "inner", ""
    )
    marks = "\u200f\u200e" if locales.direction(locale) == "rtl" else ""
    wanted = dict.fromkeys(own + _COMMON + marks)
    return [[sign, _SHORT.get(sign, sign), name(sign).lower()] for sign in wanted]
