"""Characters that a language needs and keyboards hide, offered beside a field.

Each language's file names its own; those of all others are its quotation marks.
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
"""What is shown of those that have no picture of their own."""


def signs(locale: str) -> list[list[str]]:
    """Each with what is shown of it, and its name; direction marks where a target may hold them.

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
