"""What is to be asked, and what became of it: both follow from the answers that are there.

So a run that was killed goes on where it was, and one that has nothing to ask asks nothing.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from dragoman.engines.exchange import Batch, Shape
from dragoman.pipeline.machine.cache import Answers, names_of
from dragoman.pipeline.machine.consent import Agreement
from dragoman.pipeline.machine.untranslated import Opening
from dragoman.pipeline.machine.validation import judged, terms_missed

TURNS = 2
"""How often a text is asked for whose answers cannot be used."""


class Fate(NamedTuple):
    """What became of an opening."""

    opening: Opening
    target: str = ""
    """The draft; empty where there is none."""
    reason: str = ""
    """Why there is none."""
    missed: tuple[str, ...] = ()
    """What the glossary asks for and the draft does not say."""


class Estimate(NamedTuple):
    """What a run will send, if every answer can be used."""

    texts: int
    characters: int
    requests: int
    cost: float | None


@dataclass
class Drafting:
    """Openings, an engine, and the answers so far."""

    agreement: Agreement
    source: str
    """Locale of the texts."""
    openings: list[Opening]
    answers: Answers
    reasons: dict[str, str] = field(default_factory=dict)
    """Why something that was asked has no answer, by its name."""
    _settled: dict[int, Fate] = field(default_factory=dict)
    """What became of openings, by their place; answers are only added, so it stays."""

    def batches(self) -> list[Batch]:
        """What is to be asked now, in requests; nothing where all is answered or vain."""
        asked: dict[str, tuple[Opening, int]] = {}
        for place, opening in enumerate(self.openings):
            turn = self._looked_at(place)
            if isinstance(turn, int):
                asked.setdefault(self._name(opening, turn), (opening, turn))
        for name in self.reasons.keys() & asked.keys():
            del asked[name]
        ordered = sorted(asked.values(), key=lambda one: (one[0].locale, one[1]))
        groups = itertools.groupby(ordered, lambda one: (one[0].locale, one[1]))
        return [
            batch
            for (locale, turn), group in groups
            for batch in self._cut([opening for opening, _ in group], locale, turn)
        ]

    def _cut(self, openings: Sequence[Opening], locale: str, turn: int) -> Iterator[Batch]:
        """Openings in batches, none larger than one request may be."""
        traits = self.agreement.engine.TRAITS
        whole = self._batch(openings, locale, turn)
        first, size = 0, 0
        for place, item in enumerate(whole.items):
            length = len(item.text)
            full = place - first >= self.agreement.items or size + length > traits.size
            if place > first and full:
                yield whole._replace(items=whole.items[first:place])
                first, size = place, 0
            size += length
        yield whole._replace(items=whole.items[first:])

    def _batch(self, openings: Sequence[Opening], locale: str, turn: int) -> Batch:
        shape = self._shape(locale, turn)
        items = tuple(opening.item(shape) for opening in openings)
        return Batch(items, self.source, locale, self.agreement.options, turn)

    def _shape(self, locale: str, turn: int) -> Shape:
        return self.agreement.engine.shapes(locale)[turn]

    def _name(self, opening: Opening, turn: int) -> str:
        return self.names(self._batch([opening], opening.locale, turn))[0]

    def names(self, batch: Batch) -> list[str]:
        """The name of each item of a batch, as answers know it."""
        return names_of(self.agreement.engine.TRAITS, batch)

    def fates(self) -> Iterator[Fate]:
        """What became of each opening, by the answers that are there."""
        for place, opening in enumerate(self.openings):
            said = self._looked_at(place)
            if isinstance(said, int):
                reason = self.reasons.get(self._name(opening, said), "it was not asked for")
                said = Fate(opening, reason=reason)
            yield said

    def _looked_at(self, place: int) -> Fate | int:
        """What became of an opening, or the turn in which it is to be asked."""
        if place in self._settled:
            return self._settled[place]
        said = self._judged(self.openings[place])
        if isinstance(said, Fate):
            self._settled[place] = said
        return said

    def _judged(self, opening: Opening) -> Fate | int:
        if not opening.sent.says_something:
            return Fate(opening, opening.pair.source)  # nothing in it is to be translated
        limit, why = self.agreement.engine.TRAITS.length, ""
        for turn in range(TURNS):
            shape = self._shape(opening.locale, turn)
            if len(opening.sent.sent(shape)) > limit:
                return Fate(opening, reason=f"it has more than {limit:,} characters")
            answer = self.answers.get(self._name(opening, turn))
            if answer is None:
                return turn
            target, why = judged(opening.pair, opening.sent, shape, answer)
            if target:
                missed = terms_missed(opening.pair, target)
                return Fate(opening, target, missed=tuple(missed))
        return Fate(opening, reason=why)

    def estimate(self, batches: Sequence[Batch]) -> Estimate:
        """What sending these batches comes to."""
        texts = sum(len(batch.items) for batch in batches)
        characters = sum(len(item.text) for batch in batches for item in batch.items)
        price = self.agreement.cost
        cost = None if price is None else price * characters / 1_000_000
        return Estimate(texts, characters, len(batches), cost)
