"""Whether what a file says is in the language that it is adopted for."""

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
"""Words that are too few to tell a language by."""
_LEAST = 0.1
"""Share of a file that has to be in the target language at least."""


def left_in_source(source: str, target: str, source_lang: str, lang: str) -> bool:
    """Whether a sentence was left as it is in the source language; names alone say nothing.

    >>> left_in_source("The sea was quiet.", "The sea was quiet.", "en", "ru")
    True
    >>> left_in_source("Debian GNU/Linux", "Debian GNU/Linux", "en", "ru")
    False
    """
    if not _tells(target):
        return False
    if target == source or wrong_script(lang, target):
        return True
    return source_lang != lang and nearest(target, lang) == source_lang


def all_left(pairs: Sequence[tuple[str, str]], source_lang: str, lang: str) -> list[bool]:
    """For each pair in order whether it was left as it is; a few words go with their neighbours.

    >>> all_left([("Start", "Start"), ("The sea was quiet.", "The sea was quiet.")], "en", "ru")
    [True, True]
    >>> all_left([("Start", "Start"), ("The sea was quiet.", "Море было тихо и спокойно.")], "en", "ru")
    [False, False]
    """
    found = [left_in_source(source, target, source_lang, lang) for source, target in pairs]
    telling = [at for at, (_, target) in enumerate(pairs) if _tells(target)]
    for at, (source, target) in enumerate(pairs):
        if target == source and _words(target) and not _tells(target):
            place = bisect_left(telling, at)
            found[at] = any(found[near] for near in telling[max(0, place - 1) : place + 1])
    return found


def _tells(text: str) -> bool:
    """Whether a text is long enough to tell its language by, and more than names."""
    words = _words(text)
    return len(words) >= _FEW and any(word.islower() for word in words)


def _words(text: str) -> list[str]:
    """The words of prose, without code, markup and addresses."""
    prose = " ".join(piece for piece in pieces(text) if isinstance(piece, str))
    return _PROSE.findall(_ADDRESS.sub("", prose))


def check_language(
    said: Sequence[str], sources: Sequence[str], source_lang: str, locale: str, file: str
) -> None:
    """Refuse a file that reads like another language; sentences left in the source's are passed over.

    Raises:
        DragomanError: hardly anything is in the language, or what is reads like another one.
    """
    lang = locale.partition("_")[0]
    known = frozenset(sources)
    own = [
        text
        for text in said
        if not left_in_source(text if text in known else "", text, source_lang, lang)
    ]
    whole = " ".join(own)
    likest = nearest(whole, lang)
    if len(whole) < _LEAST * sum(map(len, said)):
        everything = " ".join(said)
        likest = nearest(everything, lang)
        foreign = likest != lang or wrong_script(lang, everything) or not own
        likest = source_lang if likest == lang and not own else likest
    else:
        foreign = likest != lang or wrong_script(lang, whole)
    if foreign:
        like = (
            f"it reads like {locales.name(likest)}" if likest != lang else "it is in other letters"
        )
        raise DragomanError(
            f"{like}, not {locales.name(locale)}",
            file=file,
            way_out="name its language with --locale, or adopt it with --force if it is",
        )
