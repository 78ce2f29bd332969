"""Finds a form of a term in a target text, also where it is inflected.

The method is in the language's file. `lemmas`: every parse's lemma (pymorphy3; Russian). `prefixes`:
letters before the word, points and signs folded (Hebrew). `suffixes`: a chain of them after the last
word, whose last letter may be softened (Azerbaijani).
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import Any

from dragoman.languages import language as languages
from dragoman.languages.language import Language

_WORDS = re.compile(r"[^\W_]+(?:[-’'׳״\"‑][^\W_]+)*[׳’']?")


def found(form: str, text: str, lang: str) -> tuple[int, int] | None:
    """The span of a form, or of an inflection of it, in a text; None if the text has neither.

    >>> found("Ходжалинская резня", "о Ходжалинской резне", "ru")
    (2, 20)
    >>> found("soyqırımı", "soyqırımının qurbanları", "az")
    (0, 12)
    >>> found("טבח", "בַּטֶּבַח", "he")
    (0, 9)
    """
    language = languages.of(lang)
    match language.glossary.get("morphology"):
        case "lemmas":
            return _by_lemmas(form, text, language)
        case "prefixes":
            hit = _with_prefixes(form, language).search(text)
        case "suffixes":
            hit = _with_suffixes(form, language).search(_lowered(text, language))
        case _:
            hit = re.search(rf"(?<!\w){re.escape(form)}(?!\w)", text, re.IGNORECASE)
    return hit.span() if hit else None


# --- Lemmas of a dictionary ---


@lru_cache(maxsize=1)
def _analyser(code: str) -> Any:
    import pymorphy3  # type: ignore[import-untyped]  # loads dictionaries, only where a glossary needs them

    return pymorphy3.MorphAnalyzer(lang=code)


@lru_cache(maxsize=50_000)
def _lemmas(word: str, language: Language) -> frozenset[str]:
    """The lemmas of every parse of a word, and of its parts between hyphens."""
    folded = language.folded(word.lower())
    lemmas = {folded}
    if re.search(f"[{language.letters['small']}]", folded):
        parses = _analyser(language.code).parse(word)
        lemmas |= {language.folded(parse.normal_form) for parse in parses}
    return frozenset(lemmas)


def has_dictionary(lang: str) -> bool:
    """Whether there is a dictionary of a language, which knows the words of its names too."""
    return languages.of(lang).glossary.get("morphology") == "lemmas"


_NAMES = frozenset(["Name", "Surn", "Patr", "Geox", "Orgn", "Trad", "Abbr", "Init"])


@lru_cache(maxsize=50_000)
def is_common(word: str, lang: str) -> bool:
    """Whether a dictionary of the language has a word, and as no name; False without a dictionary.

    >>> is_common("Мастер", "ru"), is_common("Кавендиш", "ru"), is_common("Usta", "az")
    (True, False, False)
    """
    if not has_dictionary(lang):
        return False
    analyser = _analyser(languages.of(lang).code)
    if not analyser.word_is_known(word.lower()):
        return False
    return not any(_NAMES & parse.tag.grammemes for parse in analyser.parse(word))


def _by_lemmas(form: str, text: str, language: Language) -> tuple[int, int] | None:
    wanted = [_lemmas(word[0], language) for word in _WORDS.finditer(form)]
    words = list(_WORDS.finditer(text))
    for at in range(len(words) - len(wanted) + 1):
        window = words[at : at + len(wanted)]
        if all(_fits(want, word[0], language) for want, word in zip(wanted, window, strict=True)):
            return window[0].start(), window[-1].end()
    return None


def _fits(wanted: frozenset[str], word: str, language: Language) -> bool:
    if len(word) > _LONG:
        return False
    if wanted & _lemmas(word, language):
        return True
    return "-" in word and any(wanted & _lemmas(part, language) for part in word.split("-"))


_LONG = 80


# --- Prefixes ---

_SHORT = 3


@lru_cache(maxsize=4096)
def _with_prefixes(form: str, language: Language) -> re.Pattern[str]:
    """A pattern for a form with its prefixes, and with points after any letter."""
    rules = language.glossary
    marks = rules["marks"]
    bare = re.sub(marks, "", unicodedata.normalize("NFC", form))
    folds = rules["folds"]
    body = "".join(folds.get(c, re.escape(c)) + f"{marks}*" for c in bare)
    prefixes = rules["prefixes" if len(bare) > _SHORT else "short_prefixes"]
    before = prefixes.replace("·", f"{marks}*")
    return re.compile(rf"(?<!{rules['letters']}){before}{body}(?!\w)")


# --- Chains of suffixes ---


def _lowered(text: str, language: Language) -> str:
    """Small letters of a language with chains of suffixes, of the same length.

    >>> _lowered("QARABAĞ İLİ", languages.of("az"))
    'qarabağ ili'
    """
    if language.turkic:
        text = text.replace("I", "ı").replace("İ", "i")
    text = text.replace("’", "'").replace("‑", "-")
    return "".join([c.lower() if len(c.lower()) == 1 else c for c in text])


@lru_cache(maxsize=4096)
def _with_suffixes(form: str, language: Language) -> re.Pattern[str]:
    """A pattern for a form and a chain of suffixes; the last letter before them may soften."""
    rules = language.glossary
    *head, last = re.split(r"\s+", _lowered(form.strip(), language))
    words = [re.escape(word) + rules["genitive"] for word in head]
    softened = rules["softened"].get(last[-1:])
    body = re.escape(last[:-1]) + softened if softened else re.escape(last)
    chain = rules["chain" if len(last) > _SHORT else "short_chain"]
    return re.compile(rf"(?<!\w){r'[ ]+'.join([*words, body])}{chain}(?!\w)")
