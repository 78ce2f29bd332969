"""How much two names sound alike, across scripts: the cost of turning one's consonants into the other's."""

from __future__ import annotations

from functools import lru_cache

_ALIKE = {"BP": 0.3, "KG": 0.2, "GS": 0.3, "KS": 0.4, "TD": 0.3, "ST": 0.4, "MN": 0.5, "RL": 0.7, "SD": 0.7}  # fmt: skip
_SWAPS = {pair: cost for two, cost in _ALIKE.items() for pair in (two, two[::-1])}
"""Classes of consonants that scripts and languages exchange: `c` is K or S, `j` is G or S, `th` is T or S."""
_SILENT = {"B": 0.5, "R": 0.5, "G": 0.5, "T": 0.6, "S": 0.6, "K": 0.7, "L": 0.7, "D": 0.7, "P": 0.8, "N": 0.8, "M": 0.9}  # fmt: skip
"""What it costs to leave a consonant out: many a written `r`, `t` or `s` is silent."""
_ADDED = {"B": 0.5, "G": 0.6, "K": 0.6, "S": 0.6, "R": 0.6, "T": 0.6}
_OTHER = 0.9


@lru_cache(maxsize=100_000)
def unlikeness(name: str, word: str, endings: int = 0) -> float:
    """How unlike a name a word is, from 0 to 1, both given by their consonants.

    Args:
        name: consonants of the name, as `anchors.consonants` gives them.
        word: consonants of a word of another language.
        endings: how many last consonants of the word may be an ending.

    >>> unlikeness("KRB", "KRBG", 1), unlikeness("MRKT", "MRKT"), round(unlikeness("MRKT", "BRNRD"), 2)
    (0.0, 0.0, 0.65)
    """
    before = [0.0]
    for sound in word:
        before.append(before[-1] + _ADDED.get(sound, _OTHER))
    for asked in name:
        silent = _SILENT[asked]
        row = [before[0] + silent]
        for at, sound in enumerate(word, 1):
            swap = 0.0 if asked == sound else _SWAPS.get(asked + sound, 1.0)
            added = _ADDED.get(sound, _OTHER)
            row.append(min(before[at - 1] + swap, before[at] + silent, row[-1] + added))
        before = row
    last = before[max(1, len(word) - endings) :] or before
    return min(min(last) / max(1, len(name)), 1.0)
