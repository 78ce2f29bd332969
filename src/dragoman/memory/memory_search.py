"""Searching a memory: exact texts by a number, similar ones by their rare words, scored by letters."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from dragoman.memory.memory_units import (
    CONTEXT,
    DRAFT,
    REVIEWED,
    Held,
    Match,
    Penalties,
    Store,
    Unit,
    Variant,
    language,
    number_of,
    place,
)
from dragoman.memory.search_words import everything, groups, terms

_MOST_HELD = 20_000
"""Variants that are compared at most for one search."""
_AT_ONCE = 20
_DRAFT_PENALTY = 10
_OTHER = 1
"""What is lost where the context, the region or the inline markup is another."""


class Asked(NamedTuple):
    """A source text that matches are wanted for."""

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
        self, asked: Asked, source: str, targets: Sequence[str], least: int, most: int = 5
    ) -> dict[str, list[Match]]:
        """The best matches for each target locale, the best first.

        Args:
            asked: the text, and what stands around it.
            source: its locale.
            targets: the locales that matches are wanted in.
            least: the least score, from 1 to 100.
            most: how many matches a locale gets.
        """
        found: dict[str, list[Match]] = {target: [] for target in targets}
        scored = self._scored(asked, language(source), least)
        for start in range(0, len(scored), _AT_ONCE):
            part = scored[start : start + _AT_ONCE]
            units = self.store.fetch([unit for _, unit, _ in part])
            for likeness, number, text in part:
                for target, matches in found.items():
                    pairs = _pairs(units[number], (language(source), text), target)
                    matches.extend(
                        self._match(units[number], *pair, asked, likeness, target) for pair in pairs
                    )
            worst = part[-1][0] if part else 0
            if all(_enough(matches, worst, most) for matches in found.values()):
                break
        return {
            target: best([match for match in matches if match.score >= least], most)
            for target, matches in found.items()
        }

    def _scored(self, asked: Asked, lang: str, least: int) -> list[tuple[int, int, str]]:
        """Likeness, unit and text of what is like a text, the most alike first."""
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

    def _held(self, text: str, lang: str, least: int) -> list[Held]:
        """What shares the rarest words of a text; nothing where it has no known word."""
        wanted = terms(lang, text)
        frequencies = self.store.frequencies(wanted)
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
        unit: Unit,
        source: Variant,
        variant: Variant,
        asked: Asked,
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


def _pairs(unit: Unit, said: tuple[str, str], target: str) -> Iterator[tuple[Variant, Variant]]:
    """The variant that was found, by its language and text, with each one of a locale."""
    found = [v for v in unit.variants if (language(v.lang), v.text) == said]
    for variant in unit.variants:
        if found and language(variant.lang) == language(target) and variant.text.strip():
            yield found[0], variant


def _lost(unit: Unit, source: Variant, variant: Variant, asked: Asked, target: str) -> int:
    """What a match loses by itself, whatever its origin."""
    lost = _DRAFT_PENALTY if variant.state == DRAFT else 0
    lost += _OTHER if source.bare or variant.bare else 0
    lost += _OTHER if _other_region(variant.lang, target) else 0
    strangers = None not in (unit.context, asked.context) and unit.context != asked.context
    return lost + (_OTHER if strangers else 0)


def _other_region(one: str, other: str) -> bool:
    """Whether both name a region, and not the same.

    >>> _other_region("pt-PT", "pt_BR"), _other_region("pt", "pt_BR")
    (True, False)
    """
    regions = [
        {part for part in tag.replace("_", "-").upper().split("-")[1:] if len(part) in (2, 3)}
        for tag in (one, other)
    ]
    return bool(regions[0] and regions[1] and regions[0] != regions[1])


def _same_place(unit: Unit, asked: Asked) -> bool:
    here = place(asked.before, asked.after)
    return here is not None and unit.place == here and unit.context == asked.context


def _enough(matches: Sequence[Match], worst: int, most: int) -> bool:
    """Whether no match that is less alike can come among the best."""
    better = {(match.source, match.target) for match in matches if match.score >= worst}
    return len(better) >= most


def best(matches: Sequence[Match], most: int) -> list[Match]:
    """The best matches of a memory first: higher score, reviewed, then newer."""
    ranked = sorted(matches, key=lambda m: (m.source, m.target, m.origin))
    ranked.sort(key=lambda m: m.date, reverse=True)
    ranked.sort(key=lambda m: (m.state != REVIEWED, -m.likeness))
    return merged(ranked, most)


def merged(matches: Sequence[Match], most: int) -> list[Match]:
    """The matches with the highest scores, each pair of texts once; of equal ones the first."""
    pairs: dict[tuple[str, str], Match] = {}
    for match in sorted(matches, key=lambda m: -m.score):
        pairs.setdefault((match.source, match.target), match)
    return list(pairs.values())[:most]
