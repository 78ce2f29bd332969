"""The source: what will be hard to translate, reported to those who can still change it."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from dragoman.checks.pair import Fault, Pair, check
from dragoman.languages import language as languages

_MANY_WORDS = 60


@check("info")
def long_sentence(pair: Pair) -> Iterator[Fault]:
    """A source sentence has at most sixty words.

    Why: longer ones are translated with losses into every language.
    """
    if len(pair.source) < 2 * _MANY_WORDS or pair.source.count(" ") < _MANY_WORDS:
        return
    words = len(pair.source.split())
    if words > _MANY_WORDS:
        yield Fault(f"the source sentence has {words} words", 0, 0, 0, len(pair.source))


@lru_cache(maxsize=1)
def _idioms() -> tuple[dict[str, list[str]], frozenset[str]]:
    """The idioms by the longest word of each, and the set of these words."""
    phrases = languages.of("en").section("source")["idioms"].strip().split("\n")
    found: dict[str, list[str]] = {}
    for phrase in phrases:
        found.setdefault(max(phrase.split(), key=len), []).append(phrase)
    return found, frozenset(found)


@check("info")
def idiom(pair: Pair) -> Iterator[Fault]:
    """The source has no idiom that cannot be translated word for word.

    Why: an idiom is translated word for word by machines and beginners, and means nothing then.

    PASS ru: It was the sign of a larger trouble. | Это был признак большей беды.
    FAIL ru: It was the tip of the iceberg. | Это была лишь видимая часть айсберга.
    """
    if not pair.source_locale.startswith("en"):
        return
    known, keys = _idioms()
    words = pair.source_tokens
    if keys.isdisjoint(words):
        return
    source = pair.source.lower()
    for phrase in [
        p for word in dict.fromkeys(filter(keys.__contains__, words)) for p in known[word]
    ]:
        at = source.find(phrase)
        if at >= 0:
            said = pair.source[at : at + len(phrase)]
            yield Fault(f"“{said}” is an idiom", 0, 0, at, at + len(phrase))
