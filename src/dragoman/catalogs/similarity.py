"""Matches new sentences with former ones: by position first, then by similarity."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from rapidfuzz import fuzz, process
from rapidfuzz.distance import Indel, Levenshtein

_WORD = re.compile(r"\w+")
LIKE = 0.5
"""Minimum similarity of a sentence to the former one at the same position."""
ALIKE = 0.62
"""Minimum similarity of a sentence to a former one at another position."""
WHOLE = 0.7
"""Minimum similarity of split or joined sentences, compared as one text."""
SURE = 0.9
"""Similarity from which a sentence counts as matched, neither split nor joined."""
_MARGIN = 0.08
"""How much more similar a split or join must be than its best single match."""
_NEAR = 12
"""Number of sentences in a gap that are searched for splits and joins."""
_RAREST = 6
"""Number of features of a sentence that are looked up, the rarest first."""
_CANDIDATES = 12
"""Number of sentences that are compared in full."""
_LONGEST = 500
"""Maximum number of sentences considered for one feature, so that the search stays linear."""
_SHORT = 3
"""Number of words up to which sentences are compared by letters, since one typo changes most of it."""


def likeness(one: str, other: str) -> float:
    """The similarity of two sentences, 0 to 1: the mean of their ratios of common letters and words.

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
        # one typo changes the only word; unrelated short texts have up to half their letters in common
        by_word = max(by_word, fuzz.ratio(" ".join(words), " ".join(others)) / 50 - 1)
    return (by_letter + by_word) / 2


def _words(text: str) -> list[str]:
    return _WORD.findall(text.lower())


def most_alike(text: str, others: Sequence[str], least: int) -> list[tuple[int, int]]:
    """Index and similarity of texts by letters alone, most similar first.

    Similarity is an integer from 0 to 100, rounded down, and as in memories: twice the length of
    the longest common subsequence, divided by the length of both texts.

    >>> most_alike("He came home.", ["Nobody asked.", "He came home late."], 70)
    [(1, 83)]
    """
    matches = process.extract(text, others, scorer=fuzz.ratio, score_cutoff=least, limit=None)
    return [(index, int(score + 1e-9)) for _, score, index in matches]


def equal_runs(one: Sequence[str], other: Sequence[str]) -> list[tuple[int, int, int]]:
    """The equal runs of two word lists: index in the first, index in the second, number of words.

    The last run is empty and at the end of both.

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
    """For new sentences without an equal former one, the former sentences that each comes from.

    Args:
        new: the new text's sentences, in order.
        old: the former text's, in order.
        same: pairs (index in new, index in old) of sentences that are equal.
        strangers: takes indices in new and old; whether these sentences must not be matched.

    Returns:
        Index in new to indices in old: several if sentences were joined; several sentences
        with the same index if one was split. Otherwise each former sentence is used once.

    >>> former(["A a.", "The big dog ran.", "C c."], ["A a.", "The dog ran.", "C c."],
    ...        [(0, 0), (2, 2)])
    {1: [1]}
    >>> former(["The dog ran.", "The cat slept all day."], ["The dog ran and the cat slept all day."], [])
    {0: [0], 1: [0]}
    """
    texts = _Texts(new, old, strangers)
    result = _by_place(texts, same)
    taken = {j for _, j in same} | {j for places in result.values() for j in places}
    placed = {i for i, _ in same} | set(result)
    rest_new = [i for i in range(len(new)) if i not in placed]
    rest_old = [j for j in range(len(old)) if j not in taken]
    result.update(_by_likeness(texts, rest_new, rest_old))
    return result


class _Pair(NamedTuple):
    """Adjacent new sentences that may come from adjacent former ones, with their similarity."""

    score: float
    new: tuple[int, ...]
    old: tuple[int, ...]


class _Texts:
    """Both texts, with the words of each sentence computed once."""

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
        """The similarity of sentences joined to one text; 0 if the lengths are too different."""
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
    """Match sentences between the same neighbours, the most similar first."""
    old_of = dict(same)
    kept = {j for _, j in same}
    pairs: list[_Pair] = []
    before = -1  # index of the last equal sentence in the old text
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
    """Yield single matches, and splits and joins that are clearly more similar."""
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
    """Yield adjacent new sentences with each former one that may have been split into them."""
    for new in _neighbours(run):
        yield from ((new, (j,)) for j in places[:_NEAR])


def _joints(run: list[int], places: list[int]) -> Iterator[tuple[tuple[int, ...], tuple[int, ...]]]:
    """Yield each new sentence with adjacent former ones that may have been joined into it."""
    for old in _neighbours(places):
        yield from (((i,), old) for i in run[:_NEAR])


def _neighbours(places: list[int]) -> Iterator[tuple[int, ...]]:
    """Yield all runs of two or three consecutive indices."""
    available = set(places[:_NEAR])
    for size in (2, 3):
        for first in sorted(available):
            span = tuple(range(first, first + size))
            if available.issuperset(span):
                yield span


def _vanished_near(before: int, after: int, kept: set[int], size: int) -> list[int]:
    """Indices of removed sentences right after one neighbour or right before the other."""
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
    """Match sentences that moved and changed, by the rarest words they share."""
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
    """Match each new sentence with the most similar former one, at any position; each is used once.

    >>> one_to_one({3: "A dog ran home!", 5: "A dog runs home!"}, ["A dog ran home."], ALIKE)
    {3: 0}
    """
    keys, texts = list(new), list(new.values())
    if len(texts) <= len(old):
        index = Index(old)
        found = ((s, i, j) for i, text in new.items() for s, j in index.alike(text, least))
    else:  # search the longer list with the shorter one
        index = Index(texts)
        found = ((s, keys[n], j) for j, text in enumerate(old) for s, n in index.alike(text, least))
    pairs = [_Pair(score, (i,), (j,)) for score, i, j in found if not strangers(i, j)]
    return {i: j for i, (j,) in _best(pairs).items()}


class Index:
    """An index of sentences by words, and short ones by letters, to find similar ones."""

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
        """Yield similarity and index of sentences that share this one's rarest words or letters."""
        words = _words(text)
        places = self._by_word.candidates(words)
        if len(words) <= _SHORT:
            places = dict.fromkeys([*places, *self._by_letters.candidates(_trigrams(text))])
        for place in places:
            score = _likeness(text, self._texts[place], words, self._words[place])
            if score >= least:
                yield score, place

    def best(self, text: str, least: float) -> tuple[int, float] | None:
        """Index and similarity of the most similar sentence, or None.

        >>> Index(["The cat slept.", "A dog ran home."]).best("A dog ran home!", 0.7)[0]
        1
        """
        score, place = max(
            self.alike(text, least), default=(0.0, -1), key=lambda it: (it[0], -it[1])
        )
        return (place, score) if place >= 0 else None


class _Postings:
    """Features, which are words or groups of letters, with the indices of sentences that have them."""

    def __init__(self) -> None:
        self._places: defaultdict[str, list[int]] = defaultdict(list)

    def add(self, features: Iterable[str], place: int) -> None:
        for feature in set(features):
            self._places[feature].append(place)

    def candidates(self, features: Iterable[str]) -> Iterable[int]:
        """The indices that share most of the rarest of these features."""
        places = self._places
        known = sorted({f for f in features if f in places}, key=lambda f: (len(places[f]), f))
        shared: Counter[int] = Counter()
        for feature in known[:_RAREST]:
            shared.update(places[feature][:_LONGEST])
        return [place for place, _ in shared.most_common(_CANDIDATES)]


def _trigrams(text: str) -> list[str]:
    """All groups of three letters of a text padded with blanks.

    >>> _trigrams("Go on")
    ['  g', ' go', 'go ', 'o o', ' on', 'on ']
    """
    padded = f"  {text.lower()} "
    return [padded[start : start + 3] for start in range(len(padded) - 2)]


def _best(pairs: Sequence[_Pair]) -> dict[int, list[int]]:
    """Choose pairs by similarity, the highest first, so that each sentence is used once."""
    result: dict[int, list[int]] = {}
    used: set[int] = set()
    for pair in sorted(pairs, key=lambda pair: (-pair.score, pair.new, pair.old)):
        if result.keys().isdisjoint(pair.new) and used.isdisjoint(pair.old):
            result.update((i, list(pair.old)) for i in pair.new)
            used.update(pair.old)
    return result
