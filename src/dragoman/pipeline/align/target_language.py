"""Whether a translated file is in the expected language."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence

from dragoman.checks.families.wrong_language import nearest
from dragoman.errors import DragomanError
from dragoman.interchange.inline_codes import pieces
from dragoman.languages import locales
from dragoman.memory.cleaning import wrong_script

_PROSE = re.compile(r"(?<![\w.@/-])[^\W\d_]{3,}(?![\w@/]|\.\w)")
_ADDRESS = re.compile(r"https?://\S+")
_FEW = 3
"""Least number of words by which a language can be identified."""
_LEAST = 0.1
"""Least share of a file that must be in the target language."""


def left_in_source(source: str, target: str, source_lang: str, lang: str) -> bool:
    """Whether a target is still in the source language; False if it has only names or few words.

    >>> left_in_source("The sea was quiet.", "The sea was quiet.", "en", "ru")
    True
    >>> left_in_source("Debian GNU/Linux", "Debian GNU/Linux", "en", "ru")
    False
    """
    if not _identifiable(target):
        return False
    if target == source or wrong_script(lang, target):
        return True
    return source_lang != lang and nearest(target, lang) == source_lang


def all_left(pairs: Sequence[tuple[str, str]], source_lang: str, lang: str) -> list[bool]:
    """For each pair, whether its target is still in the source language.

    A target of few words equal to its source is judged by its neighbours.

    >>> all_left([("Start", "Start"), ("The sea was quiet.", "The sea was quiet.")], "en", "ru")
    [True, True]
    >>> all_left([("Start", "Start"), ("The sea was quiet.", "Море было тихо и спокойно.")], "en", "ru")
    [False, False]
    """
    left = [left_in_source(source, target, source_lang, lang) for source, target in pairs]
    identifiable = [at for at, (_, target) in enumerate(pairs) if _identifiable(target)]
    for at, (source, target) in enumerate(pairs):
        if target == source and _words(target) and not _identifiable(target):
            place = bisect_left(identifiable, at)
            left[at] = any(left[near] for near in identifiable[max(0, place - 1) : place + 1])
    return left


def _identifiable(text: str) -> bool:
    """Whether a text has enough words, not only names, to identify its language."""
    words = _words(text)
    return len(words) >= _FEW and any(word.islower() for word in words)


def _words(text: str) -> list[str]:
    """The words of a text, without code, markup and addresses."""
    prose = " ".join(piece for piece in pieces(text) if isinstance(piece, str))
    return _PROSE.findall(_ADDRESS.sub("", prose))


def check_language(
    targets: Sequence[str], sources: Sequence[str], source_lang: str, locale: str, file: str
) -> None:
    """Reject a file that is in another language; sentences still in the source language are ignored.

    Args:
        targets: sentences of the file.
        sources: sentences of the text.
        source_lang: language of the text.
        locale: the expected locale.
        file: name of the file, for the error.

    Raises:
        DragomanError: the file is in another language, or hardly anything is translated.
    """
    lang = locale.partition("_")[0]
    known = frozenset(sources)
    pairs = [(text if text in known else "", text) for text in targets]
    left = all_left(pairs, source_lang, lang)
    own = [text for text, is_left in zip(targets, left, strict=True) if not is_left]
    whole = " ".join(own)
    nearest_lang = nearest(whole, lang)
    if len(whole) < _LEAST * sum(map(len, targets)):
        everything = " ".join(targets)
        nearest_lang = nearest(everything, lang)
        foreign = nearest_lang != lang or wrong_script(lang, everything) or not own
        nearest_lang = source_lang if nearest_lang == lang and not own else nearest_lang
    else:
        foreign = nearest_lang != lang or wrong_script(lang, whole)
    if foreign:
        like = (
            f"it reads like {locales.name(nearest_lang)}"
            if nearest_lang != lang
            else "it is in other letters"
        )
        raise DragomanError(
            f"{like}, not {locales.name(locale)}",
            file=file,
            how_to_fix="name its language with --locale, or adopt it with --force if it is",
        )
