"""Which of the former sentences a new one was: by place first, then by likeness."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence

from rapidfuzz import fuzz
from rapidfuzz.distance import Indel

_WORD = re.compile(r"\w+")
LIKE = 0.5
"""Least likeness of a sentence that stands where the former one stood."""
ALIKE = 0.62
"""Least likeness of a sentence found elsewhere."""
_RAREST = 6
_CANDIDATES = 12


def likeness(one: str, other: str) -> float:
    """From 0 to 1: the mean of what letters and what words two sentences share, in order.

    >>> round(likeness("He came home.", "He came home late."), 2)
    0.85
    >>> likeness("He came home.", "Nobody asked them.") < LIKE
    True
    """
    return _likeness(one, other, _words(one), _words(other))


def _likeness(one: str, other: str, words: list[str], others: list[str]) -> float:
    by_letter = fuzz.ratio(one, other) / 100
    by_word = float(Indel.normalized_similarity(words, others))
    return (by_letter + by_word) / 2


def _words(text: str) -> list[str]:
    return _WORD.findall(text.lower())


def former(
    new: Sequence[str], old: Sequence[str], same: Sequence[tuple[int, int]]
) -> dict[int, int]:
    """For sentences of the new text without an equal, the former sentence each goes back to.

    Args:
        new: the new text's sentences, in order.
        old: the former text's, in order.
        same: pairs (index in new, index in old) of sentences that are equal.

    Returns:
        Index in new to index in old; each former sentence is used once.

    >>> former(["A a.", "The big dog ran.", "C c."], ["A a.", "The dog ran.", "C c."],
    ...        [(0, 0), (2, 2)])
    {1: 1}
    """
    texts = _Texts(new, old)
    found = _by_place(texts, same)
    taken = {j for _, j in same} | set(found.values())
    placed = {i for i, _ in same} | set(found)
    rest_new = [i for i in range(len(new)) if i not in placed]
    rest_old = [j for j in range(len(old)) if j not in taken]
    found.update(_by_likeness(texts, rest_new, rest_old))
    return found


class _Texts:
    """The two texts, with each sentence's words cut once."""

    def __init__(self, new: Sequence[str], old: Sequence[str]) -> None:
        self.new, self.old = new, old
        self._new_words: dict[int, list[str]] = {}
        self._old_words: dict[int, list[str]] = {}

    def new_words(self, i: int) -> list[str]:
        if i not in self._new_words:
            self._new_words[i] = _words(self.new[i])
        return self._new_words[i]

    def old_words(self, j: int) -> list[str]:
        if j not in self._old_words:
            self._old_words[j] = _words(self.old[j])
        return self._old_words[j]

    def likeness(self, i: int, j: int) -> float:
        return _likeness(self.new[i], self.old[j], self.new_words(i), self.old_words(j))


def _by_place(texts: _Texts, same: Sequence[tuple[int, int]]) -> dict[int, int]:
    """Sentences between the same neighbours, the most alike first."""
    old_of = dict(same)
    kept = {j for _, j in same}
    pairs: list[tuple[float, int, int]] = []
    before = -1  # where the last equal sentence stands in the old text
    run: list[int] = []
    for i in range(len(texts.new) + 1):
        if i < len(texts.new) and i not in old_of:
            run.append(i)
            continue
        after = old_of.get(i, len(texts.old))
        if run:
            places = _vanished_near(before, after, kept, len(texts.old))
            pairs += [
                (score, new, old)
                for new in run
                for old in places
                if (score := texts.likeness(new, old)) >= LIKE
            ]
        run = []
        before = after
    return _best(pairs)


def _vanished_near(before: int, after: int, kept: set[int], size: int) -> list[int]:
    """Former sentences that stood right after one neighbour or right before the other."""
    places: list[int] = []
    j = before + 1
    while j < size and j not in kept and len(places) < 32:
        places.append(j)
        j += 1
    j = after - 1
    while j >= 0 and j not in kept and j not in places and len(places) < 64:
        places.append(j)
        j -= 1
    return places


def _by_likeness(texts: _Texts, new: list[int], old: list[int]) -> dict[int, int]:
    """Sentences that moved and changed, found by the rarest words they share."""
    if not new or not old:
        return {}
    postings: defaultdict[str, list[int]] = defaultdict(list)
    for j in old:
        for word in set(texts.old_words(j)):
            postings[word].append(j)
    pairs = []
    for i in new:
        known = sorted(
            {w for w in texts.new_words(i) if w in postings}, key=lambda w: (len(postings[w]), w)
        )
        shared: Counter[int] = Counter()
        for word in known[:_RAREST]:
            shared.update(postings[word][:500])
        for j, _ in shared.most_common(_CANDIDATES):
            score = texts.likeness(i, j)
            if score >= ALIKE:
                pairs.append((score, i, j))
    return _best(pairs)


def _best(pairs: list[tuple[float, int, int]]) -> dict[int, int]:
    """The most alike pairs first, each sentence once."""
    found: dict[int, int] = {}
    taken: set[int] = set()
    for _, i, j in sorted(pairs, key=lambda pair: (-pair[0], pair[1], pair[2])):
        if i not in found and j not in taken:
            found[i] = j
            taken.add(j)
    return found
