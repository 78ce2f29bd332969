"""Finds units that should not be in a memory: duplicate, empty, untranslated, or in a wrong script."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from dragoman.interchange.inline_codes import pieces
from dragoman.languages import locales
from dragoman.memory.memory_units import MemoryUnit, Variant, language

FAULTS = ("empty", "untranslated", "script", "duplicate")
_ENOUGH = 10
"""Minimum number of letters to check the script of a text."""
_SHARE = 0.3
"""Minimum share of letters in the language's script."""
# The first word of the Unicode names of each script's letters.
_NAMES = {
    "Latn": "LATIN", "Cyrl": "CYRILLIC", "Hebr": "HEBREW", "Arab": "ARABIC", "Grek": "GREEK",
    "Armn": "ARMENIAN", "Geor": "GEORGIAN", "Deva": "DEVANAGARI", "Beng": "BENGALI",
    "Thai": "THAI", "Ethi": "ETHIOPIC", "Hang": "HANGUL",
}  # fmt: skip


class Flaw(NamedTuple):
    """A fault of one unit, and the unit without it."""

    what: str
    """One of `FAULTS`."""
    unit: int
    """Its number in the store."""
    lang: str
    said: str
    """The text in question."""
    left: MemoryUnit | None
    """The unit without the faulty variant; None if the unit is to be removed."""


def faults(
    units: Iterable[tuple[int, MemoryUnit]], kinds: Iterable[str] = FAULTS
) -> Iterator[Flaw]:
    """Yield the faults of a memory's units; all but the first of equal units are duplicates.

    >>> pair = MemoryUnit((Variant("en", "A day."), Variant("az", "Gün.")))
    >>> [fault.what for fault in faults([(1, pair), (2, pair)])]
    ['duplicate']
    """
    enabled = frozenset(kinds)
    seen: set[int] = set()
    for number, unit in units:
        remaining = unit
        for variant in unit.variants:
            what = _wrong(variant, unit)
            if what not in enabled:
                continue
            kept = tuple(v for v in remaining.variants if v is not variant)
            remaining = remaining._replace(variants=kept)
            left = remaining if len(kept) > 1 else None
            yield Flaw(what, number, variant.lang, variant.text, left)
        if remaining is unit and "duplicate" in enabled:
            same = hash((tuple((language(v.lang), v.text) for v in unit.variants), unit.place))
            if same in seen:
                first = unit.variants[0]
                yield Flaw("duplicate", number, first.lang, first.text, None)
            seen.add(same)


def _wrong(variant: Variant, unit: MemoryUnit) -> str:
    """The fault of a variant; empty if there is none."""
    if not variant.text.strip() and not variant.markup:
        return "empty"
    source = _source(unit)
    if variant is not source and language(variant.lang) != language(source.lang):
        if variant.text == source.text and _letters(variant.text):
            return "untranslated"
    return "script" if wrong_script(variant.lang, variant.text) else ""


def _source(unit: MemoryUnit) -> Variant:
    """The variant that the others translate: that of the source language, or the first."""
    own = (v for v in unit.variants if unit.source and language(v.lang) == language(unit.source))
    return next(own, unit.variants[0])


def wrong_script(lang: str, text: str) -> bool:
    """Whether most letters of a text are not in the script of its language.

    >>> wrong_script("ru", "Nobody asked them."), wrong_script("ru", "BBC"), wrong_script("az", "Heç kim soruşmadı.")
    (True, False, False)
    """
    name = _NAMES.get(locales.script(lang))
    letters = _letters(text)
    if name is None or len(letters) < _ENOUGH:
        return False
    own = sum(unicodedata.name(letter, "").startswith(name) for letter in letters)
    return own < _SHARE * len(letters)


def _letters(text: str) -> str:
    """The letters of a text outside markup and URLs."""
    prose = " ".join([piece for piece in pieces(text) if isinstance(piece, str)])
    return "".join(re.findall(r"[^\W\d_]", re.sub(r"https?://\S+", "", prose)))
