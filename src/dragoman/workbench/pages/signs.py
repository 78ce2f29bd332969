"""Characters that a language needs and keyboards hide, offered beside a field."""

from __future__ import annotations

from unicodedata import name

from dragoman.languages import locales

_OWN = {
    "az": "əƏıİğĞşŞçÇöÖüÜ",
    "he": "־׳״”„₪",
    "ru": "«»„“ёЁ№₽",
    "fr": "«»œŒæÆÉÈÀÇ",
    "de": "„“‚‘ßẞäöü",
    "uk": "«»„“іїєґ’₴",
    "ar": "«»،؛؟",
    "tr": "ıİğĞşŞçÇöÖüÜ",
}
"""By language: the marks and letters that its writers ask for first."""
_COMMON = "–—…’‘“”«»·×−°§\u00a0\u202f\u2011"
_SHORT = {
    "\u00a0": "NBSP",
    "\u202f": "NNBSP",
    "\u2011": "NB-",
    "\u200e": "LRM",
    "\u200f": "RLM",
}
"""What is shown of those that have no picture of their own."""


def signs(locale: str) -> list[list[str]]:
    """Each with what is shown of it, and its name; direction marks where a target may hold them.

    >>> signs("he")[0]
    ['־', '־', 'hebrew punctuation maqaf']
    """
    own = _OWN.get(locale.replace("-", "_").split("_")[0], "")
    marks = "\u200f\u200e" if locales.direction(locale) == "rtl" else ""
    wanted = dict.fromkeys(own + _COMMON + marks)
    return [[sign, _SHORT.get(sign, sign), name(sign).lower()] for sign in wanted]
