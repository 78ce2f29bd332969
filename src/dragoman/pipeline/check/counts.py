"""How far a text is in one locale, in units and words."""

from __future__ import annotations

from collections import Counter
from typing import Any, NamedTuple

from dragoman.catalogs.catalog import Catalog
from dragoman.model import Document, State
from dragoman.parallel.rows import states as parallel_states
from dragoman.project import Text


class Count(NamedTuple):
    """Completeness of a text in one locale."""

    text: str
    locale: str
    units: int
    words: int
    """Words of the source."""
    translated: int
    """Including reviewed ones."""
    reviewed: int
    fuzzy: int
    missing: int
    translated_words: int
    reviewed_words: int = 0

    @property
    def percent(self) -> float:
        """Percentage of translated units, rounded down to a tenth."""
        return _percent(self.translated, self.units)

    def reached(self, state: str = "translated", by: str = "units") -> float:
        """Percentage of units or words that are translated, or reviewed.

        >>> Count("x", "ru", 4, 40, 3, 1, 0, 1, 30, 8).reached("reviewed", "words")
        20.0
        """
        if by == "words":
            done = self.translated_words if state == "translated" else self.reviewed_words
            return _percent(done, self.words)
        return _percent(self.translated if state == "translated" else self.reviewed, self.units)

    def as_dict(self) -> dict[str, Any]:
        return {**self._asdict(), "percent": self.percent}


def _percent(done: int, whole: int) -> float:
    return int(1000 * done / whole) / 10 if whole else 100.0


_DONE = (State.TRANSLATED, State.REVIEWED)


def count_of(text: Text, document: Document, catalog: Catalog) -> Count:
    """Count the units of a text by their states in a catalog."""
    units = {unit.key: unit for unit in document.units}
    states = parallel_states(document, catalog)
    words = {key: len(unit.source.split()) for key, unit in units.items()}
    tally = Counter(states.values())
    return Count(
        text=text.domain,
        locale=catalog.locale,
        units=len(units),
        words=sum(words.values()),
        translated=tally[State.TRANSLATED] + tally[State.REVIEWED],
        reviewed=tally[State.REVIEWED],
        fuzzy=tally[State.DRAFT],
        missing=tally[State.INITIAL],
        translated_words=sum(words[k] for k, s in states.items() if s in _DONE),
        reviewed_words=sum(words[k] for k, s in states.items() if s is State.REVIEWED),
    )
