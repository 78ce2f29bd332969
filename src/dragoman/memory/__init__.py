"""Translation memory: units, search and scores, independent of where units are stored."""

from __future__ import annotations

from dragoman.memory.memory_search import MemoryQuery, Searcher
from dragoman.memory.memory_units import (
    Match,
    MemoryUnit,
    Penalties,
    Store,
    Variant,
    language,
)

__all__ = [
    "Match",
    "MemoryQuery",
    "MemoryUnit",
    "Penalties",
    "Searcher",
    "Store",
    "Variant",
    "language",
]
