"""How much two names sound alike, across scripts: the cost of turning one's consonants into the other's."""

from __future__ import annotations

from functools import lru_cache

_ALIKE = {"BP": 0.3, "KG": 0.2, "GS": 0.3, "KS": 0.4, "TD": 0.3, "ST": 0.4, "MN": 0.5, "RL": 0.7, "SD": 0.7}  # fmt: skip
_SWAPS = {
    one: {
        one: 0.0,
        **{pair.replace(one, "", 1): cost for pair, cost in _ALIKE.items() if one in pair},
    }
    for one in "BPKGSTDLMNR"
}
"""Classes of consonants that scripts and languages exchange: `c` is K or S, `j` is G or S, `th` is T or S."""
_SILENT = {"B": 0.5, "R": 0.5, "G": 0.5, "T": 0.6, "S": 0.6, "K": 0.7, "L": 0.7, "D": 0.7, "P": 0.8, "N": 0.8, "M": 0.9}  # fmt: skip
"""What it costs to leave a consonant out: many a written `r`, `t` or `s` is silent."""
_ADDED = {"B": 0.5, "G": 0.6, "K": 0.6, "S": 0.6, "R": 0.6, "T": 0.6}
_OTHER = 0.9
_LEAST_COST = 0.5
"""Of a consonant that only one of the two has."""
_MOST = 0.4
"""Unlikeness above which nobody needs to know how much it is; then the value returned may be too small."""


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
    apart = max(len(name) - len(word), len(word) - endings - len(name))
    if apart * _LEAST_COST > _MOST * len(name):
        return min(apart * _LEAST_COST / max(1, len(name)), 1.0)
    added = [_ADDED.get(sound, _OTHER) for sound in word]
    before = [0.0]
    for cost in added:
        before.append(before[-1] + cost)
    for asked in name:
        silent, swaps = _SILENT[asked], _SWAPS[asked]
        best = before[0] + silent
        row = [best]
        for at, sound in enumerate(word):
            best += added[at]
            swapped = before[at] + swaps.get(sound, 1.0)
            dropped = before[at + 1] + silent
            best = min(best, swapped, dropped)
            row.append(best)
        before = row
    # without its ending, a word still has about as many consonants as the name
    last = before[max(1, len(word) - endings, len(name) - 1) :] or before[-1:]
    return min(min(last) / max(1, len(name)), 1.0)
