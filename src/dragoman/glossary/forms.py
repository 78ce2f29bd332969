"""Finds a form in a target text though the language inflects it.

Russian: every parse's lemma (pymorphy3). Hebrew: prefix letters before the word, points and signs
folded. Azerbaijani: a chain of suffixes after the last word, with k/q softened and its own capitals.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import Any

_WORDS = re.compile(r"[^\W_]+(?:[-’'׳״\"‑][^\W_]+)*[׳’']?")


def found(form: str, text: str, lang: str) -> tuple[int, int] | None:
    """The span of a form, or of an inflection of it, in a text; nothing where it is not there.

    >>> found("Ходжалинская резня", "о Ходжалинской резне", "ru")
    (2, 20)
    >>> found("soyqırımı", "soyqırımının qurbanları", "az")
    (0, 12)
    >>> found("טבח", "בַּטֶּבַח", "he")
    (0, 9)
    """
    if lang == "ru":
        return _russian(form, text)
    if lang == "he":
        return _hebrew(form, text)
    if lang == "az":
        return _azerbaijani(form, text)
    match = re.search(rf"(?<!\w){re.escape(form)}(?!\w)", text, re.IGNORECASE)
    return match.span() if match else None


# --- Russian ---


@lru_cache(maxsize=1)
def _analyser() -> Any:
    import pymorphy3  # type: ignore[import-untyped]  # loads dictionaries, only where a glossary has Russian

    return pymorphy3.MorphAnalyzer(lang="ru")


@lru_cache(maxsize=50_000)
def _lemmas(word: str) -> frozenset[str]:
    """The lemmas of every parse of a word, and of its parts between hyphens."""
    folded = word.lower().replace("ё", "е")
    lemmas = {folded}
    if re.search("[а-я]", folded):
        lemmas |= {parse.normal_form.replace("ё", "е") for parse in _analyser().parse(word)}
    return frozenset(lemmas)


def _russian(form: str, text: str) -> tuple[int, int] | None:
    wanted = [_lemmas(word[0]) for word in _WORDS.finditer(form)]
    words = list(_WORDS.finditer(text))
    for at in range(len(words) - len(wanted) + 1):
        window = words[at : at + len(wanted)]
        if all(_fits(want, word[0]) for want, word in zip(wanted, window, strict=True)):
            return window[0].start(), window[-1].end()
    return None


def _fits(wanted: frozenset[str], word: str) -> bool:
    if len(word) > _LONG:
        return False
    if wanted & _lemmas(word):
        return True
    return "-" in word and any(wanted & _lemmas(part) for part in word.split("-"))


_LONG = 80


# --- Hebrew ---

_POINTS = "[\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4-\u05c7]*"
_PREFIXES = (
    rf"(?:ו{_POINTS})?(?:ל{_POINTS}כ{_POINTS}ש{_POINTS}|[כמ]?{_POINTS}ש{_POINTS})?"
    rf"(?:[בכלמ]{_POINTS})?(?:ה{_POINTS})?[-\"]?"
)
_FEW_PREFIXES = rf"(?:ו{_POINTS})?(?:[בכלה]{_POINTS})?[-\"]?"
_FOLDED = {
    "׳": "['׳’]",
    "’": "['׳’]",
    "'": "['׳’]",
    "״": '["״”]',
    "”": '["״”]',
    '"': '["״”]',
    "־": "[-־ ]",
    "-": "[-־ ]",
    " ": "[-־ \u00a0]ה?",
}
_SHORT = 3


@lru_cache(maxsize=4096)
def _hebrew_pattern(form: str) -> re.Pattern[str]:
    bare = re.sub(
        "[\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4-\u05c7]", "", unicodedata.normalize("NFC", form)
    )
    body = "".join(_FOLDED.get(c, re.escape(c)) + _POINTS for c in bare)
    # before short words מ and ש are more often their own first letter: מטבח is a kitchen
    prefixes = _PREFIXES if len(bare) > _SHORT else _FEW_PREFIXES
    return re.compile(rf"(?<![א-ת\u0591-\u05c7]){prefixes}{body}(?!\w)")


def _hebrew(form: str, text: str) -> tuple[int, int] | None:
    match = _hebrew_pattern(form).search(text)
    return match.span() if match else None


# --- Azerbaijani ---

_CASE = str.maketrans({"I": "ı", "İ": "i", "’": "'", "‑": "-"})
_CHAIN = (
    r"(?:[-']?(?:l[aə]r)?(?:[ıiuü]?(?:m[ıiuü]z|n[ıiuü]z)|s?[ıiuü]n?|[ıiuü]?[mn])?"
    r"(?:n?[ıiuü]n|n?[dt][aə]n?|[ny]?[ıiuüaə]|y?l[aə]|n[aə])?(?:k[ıiuü](?:l[aə]r(?:[ıiuü]n?)?)?)?(?:d[ıiuü]r)?)"
)


def az_lower(text: str) -> str:
    """Azerbaijani small letters, of the same length.

    >>> az_lower("QARABAĞ İLİ")
    'qarabağ ili'
    """
    return "".join([c.lower() if len(c.lower()) == 1 else c for c in text.translate(_CASE)])


@lru_cache(maxsize=4096)
def _azerbaijani_pattern(form: str) -> re.Pattern[str]:
    *head, last = re.split(r"\s+", az_lower(form.strip()))
    words = [re.escape(word) + r"(?:n?[ıiuü]n)?" for word in head]
    body = re.escape(last)
    if last.endswith("q"):
        body = f"{re.escape(last[:-1])}[qğ]"
    elif last.endswith("k"):
        body = f"{re.escape(last[:-1])}[ky]"
    chain = _CHAIN if len(last) >= _SHORT + 1 else r"(?:-?[dn][aəıiuü]n?|-?l[aə]r)?"
    return re.compile(rf"(?<!\w){r'[ ]+'.join([*words, body])}{chain}(?!\w)")


def _azerbaijani(form: str, text: str) -> tuple[int, int] | None:
    match = _azerbaijani_pattern(form).search(az_lower(text))
    return match.span() if match else None
