"""Searches a memory: equal texts by hash, similar ones by their rare words, scored by letters."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from dragoman.memory.memory_units import (
    CONTEXT,
    DRAFT,
    REVIEWED,
    Match,
    MemoryUnit,
    Penalties,
    Store,
    StoredVariant,
    Variant,
    language,
    number_of,
    place,
)
from dragoman.memory.search_words import everything, groups, terms

_MOST_HELD = 20_000
"""Maximum number of variants compared in one search."""
_AT_ONCE = 20
"""Number of units that are fetched at a time."""
_DRAFT_PENALTY = 10
"""Penalty of a match whose translation is a draft."""
_OTHER = 1
"""Penalty for another context, region or inline markup."""


class MemoryQuery(NamedTuple):
    """A query: a source text, its neighbours and its context."""

    text: str
    before: str | None = None
    after: str | None = None
    context: str | None = None


class Searcher:
    """Finds matches in one store."""

    def __init__(
        self,
        name: str,
        store: Store,
        penalties: Penalties | None = None,
        trusted: bool = False,
    ) -> None:
        self.name = name
        self.store = store
        self._penalties = penalties or Penalties()
        self._trusted = trusted
        self._sizes: dict[str, int] = {}

    def matches(
        self, asked: MemoryQuery, source: str, targets: Sequence[str], least: int, most: int = 5
    ) -> dict[str, list[Match]]:
        """Target locale to its best matches, the best first.

        Args:
            asked: the query.
            source: the locale of the query's text.
            targets: the target locales.
            least: the minimum score, from 1 to 100.
            most: the maximum number of matches for each locale.
        """
        results: dict[str, list[Match]] = {target: [] for target in targets}
        scored = self._scored(asked, language(source), least)
        for start in range(0, len(scored), _AT_ONCE):
            part = scored[start : start + _AT_ONCE]
            units = self.store.fetch([unit for _, unit, _ in part])
            for likeness, number, text in part:
                for target, matches in results.items():
                    pairs = _pairs(units[number], (language(source), text), target)
                    matches.extend(
                        self._match(units[number], *pair, asked, likeness, target) for pair in pairs
                    )
            worst = part[-1][0] if part else 0
            if all(_enough(matches, worst, most) for matches in results.values()):
                break
        return {
            target: best([match for match in matches if match.score >= least], most)
            for target, matches in results.items()
        }

    def _scored(self, asked: MemoryQuery, lang: str, least: int) -> list[tuple[int, int, str]]:
        """Similarity, unit number and text of similar variants, the most similar first."""
        text = asked.text
        if not text.strip():
            return []
        equal = [
            (100, held.unit, held.text)
            for held in self.store.equal(number_of(lang, text), place(asked.before, asked.after))
            if held.text == text
        ]
        others = [held for held in self._held(text, lang, least) if held.text != text]
        from dragoman.catalogs import similarity  # rapidfuzz is slow to load

        alike = similarity.most_alike(text, [held.text for held in others], least)
        near = [(min(99, score), others[at].unit, others[at].text) for at, score in alike]
        return list(dict.fromkeys(equal + near))

    def _held(self, text: str, lang: str, least: int) -> list[StoredVariant]:
        """The variants that share the rarest words of a text; empty if none of its words is known."""
        text_terms = terms(lang, text)
        frequencies = self.store.frequencies(text_terms)
        if not frequencies:
            return []
        if lang not in self._sizes:
            whole = everything(lang)
            self._sizes[lang] = self.store.frequencies([whole]).get(whole, 0)
        # The ratio is 2 × common / (both lengths), so lengths far apart cannot reach it.
        share = least / (200 - least)
        shortest, longest = math.ceil(len(text) * share), math.floor(len(text) / max(share, 0.01))
        return self.store.holding(
            groups(frequencies, self._sizes[lang]), shortest, longest, _MOST_HELD
        )

    def _match(
        self,
        unit: MemoryUnit,
        source: Variant,
        variant: Variant,
        asked: MemoryQuery,
        likeness: int,
        target: str,
    ) -> Match:
        lost = self._penalties.of(unit.origin) + _lost(unit, source, variant, asked, target)
        score = max(0, likeness - lost)
        if likeness == 100 and not lost and _same_place(unit, asked):
            score = CONTEXT
        return Match(
            score,
            likeness,
            source.text,
            variant.text,
            unit.origin,
            self.name,
            variant.date,
            variant.state,
            source.bare or variant.bare,
            self._trusted,
            unit.context,
        )


def _pairs(
    unit: MemoryUnit, key: tuple[str, str], target: str
) -> Iterator[tuple[Variant, Variant]]:
    """Yield the matched variant, given by language and text, with each variant of a locale."""
    sources = [v for v in unit.variants if (language(v.lang), v.text) == key]
    for variant in unit.variants:
        if sources and language(variant.lang) == language(target) and variant.text.strip():
            yield sources[0], variant


def _lost(
    unit: MemoryUnit, source: Variant, variant: Variant, asked: MemoryQuery, target: str
) -> int:
    """Penalty independent of origin."""
    lost = _DRAFT_PENALTY if variant.state == DRAFT else 0
    lost += _OTHER if source.bare or variant.bare else 0
    lost += _OTHER if _other_region(variant.lang, target) else 0
    other_context = None not in (unit.context, asked.context) and unit.context != asked.context
    return lost + (_OTHER if other_context else 0)


def _other_region(one: str, other: str) -> bool:
    """Whether both tags name a region, and different ones.

    >>> _other_region("pt-PT", "pt_BR"), _other_region("pt", "pt_BR")
    (True, False)
    """
    regions = [
        {part for part in tag.replace("_", "-").upper().split("-")[1:] if len(part) in (2, 3)}
        for tag in (one, other)
    ]
    return bool(regions[0] and regions[1] and regions[0] != regions[1])


def _same_place(unit: MemoryUnit, asked: MemoryQuery) -> bool:
    """Whether a unit has the neighbours and the context of the query."""
    here = place(asked.before, asked.after)
    return here is not None and unit.place == here and unit.context == asked.context


def _enough(matches: Sequence[Match], worst: int, most: int) -> bool:
    """Whether less similar matches cannot be among the best any more."""
    better = {(match.source, match.target) for match in matches if match.score >= worst}
    return len(better) >= most


def best(matches: Sequence[Match], most: int) -> list[Match]:
    """The best matches of a memory, ordered by score, then reviewed, then newer."""
    ranked = sorted(matches, key=lambda m: (m.source, m.target, m.origin))
    ranked.sort(key=lambda m: m.date, reverse=True)
    ranked.sort(key=lambda m: (m.state != REVIEWED, -m.likeness))
    return merged(ranked, most)


def merged(matches: Sequence[Match], most: int) -> list[Match]:
    """The matches with the highest scores, without duplicate pairs of texts; earlier ones win ties."""
    pairs: dict[tuple[str, str], Match] = {}
    for match in sorted(matches, key=lambda m: -m.score):
        pairs.setdefault((match.source, match.target), match)
    return list(pairs.values())[:most]
