"""The source: what will be hard to translate, said to those who can still change it."""

from __future__ import annotations

from collections.abc import Iterator

from dragoman.checks.pair import Fault, Pair, check

_MANY_WORDS = 60


@check("info")
def long_sentence(pair: Pair) -> Iterator[Fault]:
    """A source sentence has at most sixty words.

    Why: longer ones are translated with losses into every language.
    """
    if len(pair.source) < 2 * _MANY_WORDS:
        return
    words = pair.source.count(" ") + 1
    if words > _MANY_WORDS and len(pair.source.split()) > _MANY_WORDS:
        message = f"the source sentence has {len(pair.source.split())} words"
        yield Fault(message, 0, 0, 0, len(pair.source))
