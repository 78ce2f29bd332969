"""Candidates for terms in a text: names, and phrases that are repeated."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable
from typing import NamedTuple

_WORD = re.compile(r"[^\W\d_]+(?:[’'-][^\W\d_]+)*")
_BREAK = re.compile(r"[^\w\s’'-]+")
_STOP = frozenset(
    [
        "a",
        "an",
        "the",
        "of",
        "and",
        "or",
        "but",
        "to",
        "in",
        "on",
        "at",
        "by",
        "for",
        "from",
        "with",
        "as",
        "is",
        "are",
        "was",
        "were",
        "be",
        "been",
        "being",
        "it",
        "its",
        "this",
        "that",
        "these",
        "those",
        "he",
        "she",
        "they",
        "we",
        "you",
        "i",
        "his",
        "her",
        "their",
        "our",
        "your",
        "my",
        "not",
        "no",
        "so",
        "if",
        "then",
        "than",
        "there",
        "here",
        "which",
        "who",
        "whom",
        "whose",
        "what",
        "when",
        "where",
        "why",
        "how",
        "all",
        "any",
        "both",
        "each",
        "few",
        "more",
        "most",
        "other",
        "some",
        "such",
        "only",
        "own",
        "same",
        "too",
        "very",
        "can",
        "will",
        "just",
        "should",
        "now",
        "would",
        "could",
        "may",
        "might",
        "must",
        "shall",
        "have",
        "has",
        "had",
        "do",
        "does",
        "did",
        "up",
        "down",
        "out",
        "over",
        "under",
        "again",
        "once",
        "into",
        "about",
        "after",
        "before",
        "between",
        "during",
        "through",
        "against",
        "because",
        "while",
        "until",
        "also",
        "said",
        "says",
        "one",
        "two",
        "three",
        "first",
        "last",
        "new",
    ]
)
_LONGEST = 4


class TermCandidate(NamedTuple):
    """A phrase that may be a term."""

    phrase: str
    times: int
    name: bool
    """Whether it is written with capitals inside sentences."""
    contexts: tuple[str, ...]
    """At most three sentences that have it."""


def candidates(sentences: Iterable[str], least: int = 2) -> list[TermCandidate]:
    """Names and phrases that occur at least a given number of times, the commonest first.

    >>> [c.phrase for c in candidates(["He saw Nagorno Karabakh.", "In Nagorno Karabakh it rained."])]
    ['Nagorno Karabakh']
    """
    counts: Counter[str] = Counter()
    contexts: dict[str, list[str]] = defaultdict(list)
    spelled: dict[str, Counter[str]] = defaultdict(Counter)
    for sentence in sentences:
        for phrase in _phrases(sentence):
            key = phrase.lower()
            counts[key] += 1
            spelled[key][phrase] += 1
            if len(contexts[key]) < 3 and sentence not in contexts[key]:
                contexts[key].append(sentence)
    found = []
    for key, count in counts.items():
        phrase = spelled[key].most_common(1)[0][0]
        name = phrase[0].isupper()
        if count >= least and (name or " " in phrase):
            found.append(TermCandidate(phrase, count, name, tuple(contexts[key])))
    return sorted(_outer(found), key=lambda c: (-c.times, c.phrase))


def _phrases(sentence: str) -> Iterable[str]:
    """Names of one word or more, and runs of two to four words without common words."""
    for stretch in _BREAK.split(sentence):
        words = _WORD.findall(stretch)
        for start in range(len(words)):
            for size in range(1, _LONGEST + 1):
                run = words[start : start + size]
                if len(run) < size or run[0].lower() in _STOP or run[-1].lower() in _STOP:
                    continue
                capitals = all(word[0].isupper() for word in run)
                if (capitals and (start > 0 or size > 1)) or (
                    size > 1 and not any(word.lower() in _STOP or word[0].isupper() for word in run)
                ):
                    yield " ".join(run)


def _outer(found: list[TermCandidate]) -> list[TermCandidate]:
    """The phrases without those that occur only inside a longer one."""
    by_count: dict[int, list[str]] = defaultdict(list)
    for candidate in found:
        by_count[candidate.times].append(f" {candidate.phrase.lower()} ")
    return [
        c
        for c in found
        if not any(
            f" {c.phrase.lower()} " in other and len(other) > len(c.phrase) + 2
            for other in by_count[c.times]
        )
    ]
