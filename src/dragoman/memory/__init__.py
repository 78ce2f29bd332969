"""Translation memory: units, search and scores, independent of where units are stored."""

from __future__ import annotations

from dragoman.memory.memory_search import Asked, Searcher
from dragoman.memory.memory_units import (
    Match,
    Penalties,
    Store,
    Unit,
    Variant,
    language,
)

__all__ = ["Asked", "Match", "Penalties", "Searcher", "Store", "Unit", "Variant", "language"]
