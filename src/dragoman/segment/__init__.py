"""Sentences: where one ends and the next begins, by rules a person can read.

The rules of each language are data (in `languages`); the engine is `engine`; a
project may add abbreviations of its own or bring an SRX 2.0 file.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Protocol

from dragoman.segment.engine import RuleSegmenter
from dragoman.segment.rules import Rules, load


class Segmenter(Protocol):
    """An object that finds the sentences of a text without changing it."""

    def spans(
        self, text: str, protected: Sequence[tuple[int, int]] = ()
    ) -> list[tuple[int, int]]: ...


@cache
def segmenter(language: str) -> RuleSegmenter:
    """The segmenter of a language (BCP 47 tag), or the general one if the language has no rules.

    >>> text = "It was on Oct. 7. Mr. Smith came at 5 p.m. He left."
    >>> [text[a:b] for a, b in segmenter("en").spans(text)]
    ['It was on Oct. 7.', 'Mr. Smith came at 5 p.m.', 'He left.']
    """
    return RuleSegmenter(load(language))


def extended(
    language: str, additions: Mapping[str, Sequence[str]], *, small: bool = False
) -> RuleSegmenter:
    """The segmenter of a language with a project's own words added to its lists.

    Args:
        language: BCP 47 tag.
        additions: words to add, by the name of the list.
        small: whether sentences may begin with a small letter, as in chats.

    >>> text = "See Bd. Two of it."
    >>> len(extended("en", {"never_ends": ["Bd."]}).spans(text))
    1
    >>> len(extended("en", {}, small=True).spans("no idea. ask him? see you at 5 p.m. today"))
    3
    """
    if not (additions or small):
        return segmenter(language)
    return RuleSegmenter(load(language).extended(additions)._replace(small=small))


__all__ = ["RuleSegmenter", "Rules", "Segmenter", "extended", "load", "segmenter"]
