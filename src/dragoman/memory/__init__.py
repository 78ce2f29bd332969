"""Translation memory: what was translated once, found again by its words; pure, whatever holds it."""

from __future__ import annotations

from dragoman.memory.model import Match, Penalties, Store, Unit, Variant, language
from dragoman.memory.search import Asked, Searcher

__all__ = ["Asked", "Match", "Penalties", "Searcher", "Store", "Unit", "Variant", "language"]
