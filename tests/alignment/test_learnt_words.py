"""Words that alignment learns: a pair gets no support from what it taught itself."""

from __future__ import annotations

from dragoman.alignment.lexicon import Direction
from dragoman.alignment.passes import _likely
from dragoman.alignment.search import Bead

OTHERS = [(("the", "sea", f"a{n}"), ("more", f"б{n}")) for n in range(9)]
WRONG = (("stone", "road", "the"), ("ночь", "камень"))


def shares(direction, word, pair):
    """The probability of a word in its pair, as learnt, and as other pairs teach it."""
    row = direction.rows[word]
    mine = frozenset(pair[0])
    learnt = sum(p for one, p in row.items() if one in mine)
    return learnt, direction.elsewhere(word, row, mine, mine)


def test_what_one_pair_alone_says_does_not_count():
    direction = Direction([*OTHERS, WRONG, (("stone",), ("ночь",))])
    learnt, elsewhere = shares(direction, "ночь", WRONG)
    assert elsewhere < learnt


def test_what_other_pairs_say_counts():
    direction = Direction([*OTHERS, WRONG])
    learnt, elsewhere = shares(direction, "more", OTHERS[0])
    assert learnt > 0.1
    assert 0.7 * learnt < elsewhere <= learnt


def test_words_are_learnt_where_the_neighbourhood_is_likely():
    scores = [2.0] * 8 + [-3.0] * 6 + [2.0] * 8
    beads = [Bead((n, n + 1), (n, n + 1), score) for n, score in enumerate(scores)]
    learnt = {bead.source[0] for bead in _likely(beads)}
    assert set(range(7)) | set(range(15, 22)) <= learnt
    assert not learnt & set(range(8, 14))
