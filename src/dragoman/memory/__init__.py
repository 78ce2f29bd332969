"""Translation memory: what was translated once, found again by its words; pure, whatever holds it."""

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
