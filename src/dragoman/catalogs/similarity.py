"""Which of the former sentences a new one was: by place first, then by likeness."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from rapidfuzz import fuzz, process
from rapidfuzz.distance import Indel, Levenshtein

_WORD = re.compile(r"\w+")
LIKE = 0.5
"""Least likeness of a sentence that stands where the former one stood."""
ALIKE = 0.62
"""Least likeness of a sentence found elsewhere."""
WHOLE = 0.7
"""Least likeness of sentences that were split or joined, read as one."""
SURE = 0.9
"""From here on a sentence has found its own, and was neither split nor joined."""
_MARGIN = 0.08
_NEAR = 12
"""Sentences of a gap among which splits and joints are looked for."""
_RAREST = 6
_CANDIDATES = 12
_LONGEST = 500
"""Sentences with one feature that are looked at, so that the search stays linear."""
_SHORT = 3
"""Words up to which a sentence is compared by letters alone, so that a slip in one is seen."""


def likeness(one: str, other: str) -> float:
    """From 0 to 1: the mean of what letters and what words two sentences share, in order.

    >>> round(likeness("He came home.", "He came home late."), 2)
    0.85
    >>> likeness("He came home.", "Nobody asked them.") < LIKE
    True
    >>> round(likeness("Guide", "Guids"), 2)
    0.7
    """
    return _likeness(one, other, _words(one), _words(other))


def _likeness(one: str, other: str, words: list[str], others: list[str]) -> float:
    by_letter = fuzz.ratio(one, other) / 100
    by_word = float(Indel.normalized_similarity(words, others))
    if len(words) <= _SHORT and len(others) <= _SHORT:
        # a slip spoils the only word, but letters are alike by accident up to about a half
        by_word = max(by_word, fuzz.ratio(" ".join(words), " ".join(others)) / 50 - 1)
    return (by_letter + by_word) / 2


def _words(text: str) -> list[str]:
    return _WORD.findall(text.lower())


def most_alike(text: str, others: Sequence[str], least: int) -> list[tuple[int, int]]:
    """Places and likeness by letters alone, 0 to 100 and rounded down, the most alike first.

    The measure is that of memories: twice the letters that both have in order, of all letters.

    >>> most_alike("He came home.", ["Nobody asked.", "He came home late."], 70)
    [(1, 83)]
    """
    found = process.extract(text, others, scorer=fuzz.ratio, score_cutoff=least, limit=None)
    return [(place, int(score + 1e-9)) for _, score, place in found]


def equal_runs(one: Sequence[str], other: Sequence[str]) -> list[tuple[int, int, int]]:
    """Where two rows of words agree: place in the one, place in the other, number of words.

    The last run is empty and stands at the end of both.

    >>> equal_runs(["a", "b", "c"], ["a", "c"])
    [(0, 0, 1), (2, 1, 1), (3, 2, 0)]
    """
    blocks = Levenshtein.opcodes(one, other).as_matching_blocks()
    return [(block.a, block.b, block.size) for block in blocks]


def former(
    new: Sequence[str],
    old: Sequence[str],
    same: Sequence[tuple[int, int]],
    strangers: Callable[[int, int], bool] = lambda _new, _old: False,
) -> dict[int, list[int]]:
    """For sentences of the new text without an equal, the former sentences each goes back to.

    Args:
        new: the new text's sentences, in order.
        old: the former text's, in order.
        same: pairs (index in new, index in old) of sentences that are equal.
        strangers: whether two sentences cannot be one, however alike (index in new, in old).

    Returns:
        Index in new to indices in old: several where sentences were joined; the same for
        several where one was split. Otherwise each former sentence is used once.

    >>> former(["A a.", "The big dog ran.", "C c."], ["A a.", "The dog ran.", "C c."],
    ...        [(0, 0), (2, 2)])
    {1: [1]}
    >>> former(["The dog ran.", "The cat slept all day."], ["The dog ran and the cat slept all day."], [])
    {0: [0], 1: [0]}
    """
    texts = _Texts(new, old, strangers)
    found = _by_place(texts, same)
    taken = {j for _, j in same} | {j for places in found.values() for j in places}
    placed = {i for i, _ in same} | set(found)
    rest_new = [i for i in range(len(new)) if i not in placed]
    rest_old = [j for j in range(len(old)) if j not in taken]
    found.update(_by_likeness(texts, rest_new, rest_old))
    return found


class _Pair(NamedTuple):
    """Neighbouring sentences of the new text that may go back to neighbouring ones of the old."""

    score: float
    new: tuple[int, ...]
    old: tuple[int, ...]


class _Texts:
    """The two texts, with each sentence's words cut once."""

    def __init__(
        self, new: Sequence[str], old: Sequence[str], strangers: Callable[[int, int], bool]
    ) -> None:
        self.new, self.old = new, old
        self.strangers = strangers
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
        if self.strangers(i, j):
            return 0.0
        return _likeness(self.new[i], self.old[j], self.new_words(i), self.old_words(j))

    def joint_likeness(self, new: Sequence[int], old: Sequence[int]) -> float:
        """The likeness of sentences read as one; nothing where their lengths are far apart."""
        one = " ".join([self.new[i] for i in new])
        other = " ".join([self.old[j] for j in old])
        if not 2 / 3 < len(one) / (len(other) or 1) < 3 / 2:
            return 0.0
        if any(self.strangers(i, j) for i in new for j in old):
            return 0.0
        words = [word for i in new for word in self.new_words(i)]
        others = [word for j in old for word in self.old_words(j)]
        return _likeness(one, other, words, others)


def _by_place(texts: _Texts, same: Sequence[tuple[int, int]]) -> dict[int, list[int]]:
    """Sentences between the same neighbours, the most alike first."""
    old_of = dict(same)
    kept = {j for _, j in same}
    pairs: list[_Pair] = []
    before = -1  # where the last equal sentence stands in the old text
    run: list[int] = []
    for i in range(len(texts.new) + 1):
        if i < len(texts.new) and i not in old_of:
            run.append(i)
            continue
        after = old_of.get(i, len(texts.old))
        if run:
            pairs += _pairs(texts, run, _vanished_near(before, after, kept, len(texts.old)))
        run = []
        before = after
    return _best(pairs)


def _pairs(texts: _Texts, run: list[int], places: list[int]) -> Iterator[_Pair]:
    """One sentence for one, and what was split or joined where that is more alike by far."""
    best_new: dict[int, float] = {}
    best_old: dict[int, float] = {}
    for i in run:
        for j in places:
            score = texts.likeness(i, j)
            best_new[i] = max(score, best_new.get(i, 0.0))
            best_old[j] = max(score, best_old.get(j, 0.0))
            if score >= LIKE:
                yield _Pair(score, (i,), (j,))
    for new, old in [*_splits(run, places), *_joints(run, places)]:
        if all(max(best_new[i], best_old[j]) < SURE for i in new for j in old):
            score = texts.joint_likeness(new, old)
            alone = max(best_old[old[0]] if len(old) == 1 else best_new[new[0]], 0.0)
            if score >= max(WHOLE, alone + _MARGIN):
                yield _Pair(score, new, old)


def _splits(run: list[int], places: list[int]) -> Iterator[tuple[tuple[int, ...], tuple[int, ...]]]:
    """Each former sentence, and the neighbours of the new text that it may have become."""
    for new in _neighbours(run):
        yield from ((new, (j,)) for j in places[:_NEAR])


def _joints(run: list[int], places: list[int]) -> Iterator[tuple[tuple[int, ...], tuple[int, ...]]]:
    """Neighbours of the old text, and each new sentence that they may have become."""
    for old in _neighbours(places):
        yield from (((i,), old) for i in run[:_NEAR])


def _neighbours(places: list[int]) -> Iterator[tuple[int, ...]]:
    """Two or three sentences that follow each other."""
    there = set(places[:_NEAR])
    for size in (2, 3):
        for first in sorted(there):
            span = tuple(range(first, first + size))
            if there.issuperset(span):
                yield span


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


def _by_likeness(texts: _Texts, new: list[int], old: list[int]) -> dict[int, list[int]]:
    """Sentences that moved and changed, found by the rarest words they share."""
    if not new or not old:
        return {}
    index = Index([texts.old[j] for j in old])
    pairs = [
        _Pair(score, (i,), (old[place],))
        for i in new
        if texts.new[i]
        for score, place in index.alike(texts.new[i], ALIKE)
        if not texts.strangers(i, old[place])
    ]
    return _best(pairs)


def one_to_one(
    new: Mapping[int, str],
    old: Sequence[str],
    least: float,
    strangers: Callable[[int, int], bool] = lambda _new, _old: False,
) -> dict[int, int]:
    """For new sentences, wherever they stand, the former one that each is most like, used once.

    >>> one_to_one({3: "A dog ran home!", 5: "A dog runs home!"}, ["A dog ran home."], ALIKE)
    {3: 0}
    """
    keys, texts = list(new), list(new.values())
    if len(texts) <= len(old):
        index = Index(old)
        found = ((s, i, j) for i, text in new.items() for s, j in index.alike(text, least))
    else:  # the fewer ones look among the many
        index = Index(texts)
        found = ((s, keys[n], j) for j, text in enumerate(old) for s, n in index.alike(text, least))
    pairs = [_Pair(score, (i,), (j,)) for score, i, j in found if not strangers(i, j)]
    return {i: j for i, (j,) in _best(pairs).items()}


class Index:
    """Sentences by their words, short ones by their letters too, to find those like another."""

    def __init__(self, texts: Sequence[str]) -> None:
        self._texts = texts
        self._words = [_words(text) for text in texts]
        self._by_word = _Postings()
        self._by_letters = _Postings()
        for place, words in enumerate(self._words):
            self._by_word.add(words, place)
            if len(words) <= _SHORT:
                self._by_letters.add(_trigrams(texts[place]), place)

    def alike(self, text: str, least: float) -> Iterator[tuple[float, int]]:
        """Likeness and place of sentences that share this one's rarest words or letters."""
        words = _words(text)
        places = self._by_word.candidates(words)
        if len(words) <= _SHORT:
            places = dict.fromkeys([*places, *self._by_letters.candidates(_trigrams(text))])
        for place in places:
            score = _likeness(text, self._texts[place], words, self._words[place])
            if score >= least:
                yield score, place

    def best(self, text: str, least: float) -> tuple[int, float] | None:
        """Place and likeness of the sentence that is most like this one.

        >>> Index(["The cat slept.", "A dog ran home."]).best("A dog ran home!", 0.7)[0]
        1
        """
        score, place = max(
            self.alike(text, least), default=(0.0, -1), key=lambda it: (it[0], -it[1])
        )
        return (place, score) if place >= 0 else None


class _Postings:
    """Places by the features that stand there: words, or groups of letters."""

    def __init__(self) -> None:
        self._places: defaultdict[str, list[int]] = defaultdict(list)

    def add(self, features: Iterable[str], place: int) -> None:
        for feature in set(features):
            self._places[feature].append(place)

    def candidates(self, features: Iterable[str]) -> Iterable[int]:
        """The places that share most of the rarest of these features."""
        places = self._places
        known = sorted({f for f in features if f in places}, key=lambda f: (len(places[f]), f))
        shared: Counter[int] = Counter()
        for feature in known[:_RAREST]:
            shared.update(places[feature][:_LONGEST])
        return [place for place, _ in shared.most_common(_CANDIDATES)]


def _trigrams(text: str) -> list[str]:
    """Three letters each, with the text's beginning and end.

    >>> _trigrams("Go on")
    ['  g', ' go', 'go ', 'o o', ' on', 'on ']
    """
    padded = f"  {text.lower()} "
    return [padded[at : at + 3] for at in range(len(padded) - 2)]


def _best(pairs: Sequence[_Pair]) -> dict[int, list[int]]:
    """The most alike pairs first, each sentence once."""
    found: dict[int, list[int]] = {}
    taken: set[int] = set()
    for pair in sorted(pairs, key=lambda pair: (-pair.score, pair.new, pair.old)):
        if found.keys().isdisjoint(pair.new) and taken.isdisjoint(pair.old):
            found.update((i, list(pair.old)) for i in pair.new)
            taken.update(pair.old)
    return found
