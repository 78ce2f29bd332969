"""What is still to be requested, and the resulting drafts: both are computed from the answers so far.

So a killed run is continued by the next one, and a run without missing answers sends nothing.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from dragoman.engines.exchange import Batch, Shape
from dragoman.pipeline.machine.cache import Answers, names_of
from dragoman.pipeline.machine.consent import Agreement
from dragoman.pipeline.machine.untranslated import Untranslated
from dragoman.pipeline.machine.validation import judged, terms_missed

TURNS = 2
"""How often a text is sent if its answers cannot be used."""


class DraftResult(NamedTuple):
    """The result for an opening: a draft, or the reason why there is none."""

    opening: Untranslated
    target: str = ""
    """The draft; empty if there is none."""
    reason: str = ""
    """Why there is none."""
    missed: tuple[str, ...] = ()
    """Messages on terms of the glossary that the draft does not use."""


class Estimate(NamedTuple):
    """What a run will send, unless answers have to be requested twice."""

    texts: int
    characters: int
    requests: int
    cost: float | None


@dataclass
class Drafting:
    """The openings to draft, the engine, and the answers so far."""

    agreement: Agreement
    source: str
    """Locale of the texts."""
    openings: list[Untranslated]
    answers: Answers
    reasons: dict[str, str] = field(default_factory=dict)
    """Hash of an item to the reason why it has no answer."""
    _settled: dict[int, DraftResult] = field(default_factory=dict)
    """Index of an opening to its result; never stale, since answers are only added."""

    def batches(self) -> list[Batch]:
        """The batches to request now; empty if everything has an answer or has failed."""
        items: dict[str, tuple[Untranslated, int]] = {}
        for index, opening in enumerate(self.openings):
            turn = self._state_of(index)
            if isinstance(turn, int):
                items.setdefault(self._name(opening, turn), (opening, turn))
        for name in self.reasons.keys() & items.keys():
            del items[name]
        ordered = sorted(items.values(), key=lambda one: (one[0].locale, one[1]))
        groups = itertools.groupby(ordered, lambda one: (one[0].locale, one[1]))
        return [
            batch
            for (locale, turn), group in groups
            for batch in self._cut([opening for opening, _ in group], locale, turn)
        ]

    def _cut(self, openings: Sequence[Untranslated], locale: str, turn: int) -> Iterator[Batch]:
        """Split openings into batches within the limits of a request."""
        traits = self.agreement.engine.TRAITS
        whole = self._batch(openings, locale, turn)
        first, size = 0, 0
        for index, item in enumerate(whole.items):
            length = len(item.text)
            full = index - first >= self.agreement.items or size + length > traits.size
            if index > first and full:
                yield whole._replace(items=whole.items[first:index])
                first, size = index, 0
            size += length
        yield whole._replace(items=whole.items[first:])

    def _batch(self, openings: Sequence[Untranslated], locale: str, turn: int) -> Batch:
        """The openings as one batch, however large."""
        shape = self._shape(locale, turn)
        items = tuple(opening.item(shape) for opening in openings)
        return Batch(items, self.source, locale, self.agreement.options, turn)

    def _shape(self, locale: str, turn: int) -> Shape:
        return self.agreement.engine.shapes(locale)[turn]

    def _name(self, opening: Untranslated, turn: int) -> str:
        return self.names(self._batch([opening], opening.locale, turn))[0]

    def names(self, batch: Batch) -> list[str]:
        """The hash of each item of a batch, as the cache uses it."""
        return names_of(self.agreement.engine.TRAITS, batch)

    def fates(self) -> Iterator[DraftResult]:
        """Yield the result for each opening, by the answers so far."""
        for index, opening in enumerate(self.openings):
            result = self._state_of(index)
            if isinstance(result, int):
                reason = self.reasons.get(self._name(opening, result), "it was not requested")
                result = DraftResult(opening, reason=reason)
            yield result

    def _state_of(self, index: int) -> DraftResult | int:
        """The result for the opening at an index, or the turn in which it is to be requested."""
        if index in self._settled:
            return self._settled[index]
        result = self._judged(self.openings[index])
        if isinstance(result, DraftResult):
            self._settled[index] = result
        return result

    def _judged(self, opening: Untranslated) -> DraftResult | int:
        """Compute the result for an opening, or the turn in which it is to be requested."""
        if not opening.sent.says_something:
            return DraftResult(opening, opening.pair.source)  # there is nothing to translate in it
        limit, why = self.agreement.engine.TRAITS.length, ""
        for turn in range(TURNS):
            shape = self._shape(opening.locale, turn)
            if len(opening.sent.sent(shape)) > limit:
                return DraftResult(opening, reason=f"it has more than {limit:,} characters")
            answer = self.answers.get(self._name(opening, turn))
            if answer is None:
                return turn
            target, why = judged(opening.pair, opening.sent, shape, answer)
            if target:
                missed = terms_missed(opening.pair, target)
                return DraftResult(opening, target, missed=tuple(missed))
        return DraftResult(opening, reason=why)

    def estimate(self, batches: Sequence[Batch]) -> Estimate:
        """The number of texts, characters and requests in batches, and their cost."""
        texts = sum(len(batch.items) for batch in batches)
        characters = sum(len(item.text) for batch in batches for item in batch.items)
        price = self.agreement.cost
        cost = None if price is None else price * characters / 1_000_000
        return Estimate(texts, characters, len(batches), cost)
