"""What should not be in a memory: doubles, empty variants, untranslated ones, those in a wrong script."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from dragoman.interchange.inline_codes import pieces
from dragoman.languages import locales
from dragoman.memory.memory_units import Unit, Variant, language

FAULTS = ("empty", "untranslated", "script", "duplicate")
_ENOUGH = 10
"""Letters from which the script of a text is judged."""
_SHARE = 0.3
"""Share of letters in the language's own script below which it is another."""
# The first word of the Unicode names of a script's letters.
_NAMES = {
    "Latn": "LATIN", "Cyrl": "CYRILLIC", "Hebr": "HEBREW", "Arab": "ARABIC", "Grek": "GREEK",
    "Armn": "ARMENIAN", "Geor": "GEORGIAN", "Deva": "DEVANAGARI", "Beng": "BENGALI",
    "Thai": "THAI", "Ethi": "ETHIOPIC", "Hang": "HANGUL",
}  # fmt: skip


class Fault(NamedTuple):
    """Something wrong with one unit, and what it should be without it."""

    what: str
    """One of `FAULTS`."""
    unit: int
    """Its number in the store."""
    lang: str
    said: str
    """The text in question."""
    left: Unit | None
    """What is left of the unit; nothing where it goes."""


def faults(units: Iterable[tuple[int, Unit]], kinds: Iterable[str] = FAULTS) -> Iterator[Fault]:
    """The faults of a memory's units; of equal units all but the first one are faults.

    >>> pair = Unit((Variant("en", "A day."), Variant("az", "Gün.")))
    >>> [fault.what for fault in faults([(1, pair), (2, pair)])]
    ['duplicate']
    """
    wanted = frozenset(kinds)
    seen: set[int] = set()
    for number, unit in units:
        sound = unit
        for variant in unit.variants:
            what = _wrong(variant, unit)
            if what not in wanted:
                continue
            kept = tuple(v for v in sound.variants if v is not variant)
            sound = sound._replace(variants=kept)
            left = sound if len(kept) > 1 else None
            yield Fault(what, number, variant.lang, variant.text, left)
        if sound is unit and "duplicate" in wanted:
            same = hash((tuple((language(v.lang), v.text) for v in unit.variants), unit.place))
            if same in seen:
                said = unit.variants[0]
                yield Fault("duplicate", number, said.lang, said.text, None)
            seen.add(same)


def _wrong(variant: Variant, unit: Unit) -> str:
    """What is wrong with a variant, in a word; nothing where nothing is."""
    if not variant.text.strip() and not variant.markup:
        return "empty"
    source = _source(unit)
    if variant is not source and language(variant.lang) != language(source.lang):
        if variant.text == source.text and _letters(variant.text):
            return "untranslated"
    return "script" if wrong_script(variant.lang, variant.text) else ""


def _source(unit: Unit) -> Variant:
    """The variant that the others are translations of: that of the source language, or the first."""
    own = (v for v in unit.variants if unit.source and language(v.lang) == language(unit.source))
    return next(own, unit.variants[0])


def wrong_script(lang: str, text: str) -> bool:
    """Whether hardly a letter of a text is of the script that its language is written in.

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
    """The letters of a text outside of its markup and its addresses."""
    prose = " ".join([piece for piece in pieces(text) if isinstance(piece, str)])
    return "".join(re.findall(r"[^\W\d_]", re.sub(r"https?://\S+", "", prose)))
