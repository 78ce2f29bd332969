"""Fill the entries of a catalog from beads, without overwriting what a person wrote."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import groupby
from typing import NamedTuple

from dragoman.alignment import Bead
from dragoman.catalogs import joins, provenance
from dragoman.catalogs.suggestions import suggested
from dragoman.model import Key, Unit
from dragoman.pipeline.align.sides import Side
from dragoman.pipeline.align.target_language import all_left
from dragoman.pipeline.catalogs.edit import done
from dragoman.pipeline.machine.untranslated import is_untouched
from dragoman.po import Entry

FATES = ("translated", "draft", "suggested", "kept")
"""What becomes of a pair: a translation, a draft, a suggestion beside the entry's own, or nothing."""
LEFT_OUT = ("omitted", "added", "untranslated")
"""Sentences that only the text has, that only the file has, and that the file has in the source language."""


class AdoptedLine(NamedTuple):
    """A bead with its texts and what became of it, for reports."""

    bead: Bead
    source: str
    target: str
    fate: str
    """One of `FATES` or `LEFT_OUT`."""


class Stretch(NamedTuple):
    """Adjacent lines that were left out for the same reason."""

    fate: str
    texts: tuple[str, ...]

    def __str__(self) -> str:
        """The stretch on one line, with only its first and last sentence.

        >>> print(Stretch("omitted", ("One.", "Two.", "Three.")))
        omitted: 3 sentences, “One.” to “Three.”
        """
        if len(self.texts) == 1:
            return f"{self.fate}: “{self.texts[0]}”"
        return f"{self.fate}: {len(self.texts)} sentences, “{self.texts[0]}” to “{self.texts[-1]}”"


def stretches(lines: Iterable[AdoptedLine]) -> list[Stretch]:
    """The lines that were left out, grouped into stretches."""
    return [
        Stretch(fate, tuple(line.source or line.target for line in run))
        for fate, run in groupby(lines, key=lambda line: line.fate)
        if fate in LEFT_OUT
    ]


class Filling(NamedTuple):
    """Options of a `Filler`."""

    origin: str
    """Name of the file with the translations."""
    source_lang: str
    lang: str
    least: float
    """Least confidence of a pair that is not marked fuzzy."""
    replace_drafts: bool = False
    """Whether to replace drafts written by a person; they are kept as suggestions."""


class Filler:
    """Fills the entries of a catalog from beads; changed entries are in `edits`."""

    def __init__(
        self, mine: Side, theirs: Side, entries: dict[Key, Entry], filling: Filling
    ) -> None:
        self._mine, self._theirs, self._entries = mine, theirs, entries
        self._filling = filling
        self.edits: dict[Key, Entry] = {}

    def fill(self, beads: Sequence[Bead]) -> list[AdoptedLine]:
        """Fill the entries of all beads, and report on each."""
        texts_of = [self._texts(bead) for bead in beads]
        filling = self._filling
        left = all_left(texts_of, filling.source_lang, filling.lang)
        return [
            AdoptedLine(bead, *texts, self._fate(bead, texts[1], here))
            for bead, texts, here in zip(beads, texts_of, left, strict=True)
        ]

    def _texts(self, bead: Bead) -> tuple[str, str]:
        """Source and target of a bead, the target with the markup of the source."""
        source = " ".join(unit.source for unit in self._mine.units[slice(*bead.source)])
        target = " ".join(unit.source for unit in self._theirs.units[slice(*bead.target)])
        return source, spelled(source, target)

    def _fate(self, bead: Bead, target: str, left: bool) -> str:
        units = self._mine.units[slice(*bead.source)]
        if not units or not target:
            return "omitted" if units else "added"
        return "untranslated" if left else self._take(bead, units, target)

    def _take(self, bead: Bead, units: Sequence[Unit], target: str) -> str:
        """Give the target to the first unit, and to the others the mark that the first covers them."""
        first = self._entry(units[0].key)
        if first is None or first.plural:
            return "omitted"
        blocks = {sentence.block for sentence in self._mine.sentences[slice(*bead.source)]}
        rest = [unit.key for unit in units[1:] if unit.key != first.key] if len(blocks) == 1 else []
        sure = bead.confidence >= self._filling.least and len(blocks) == 1
        if not self._is_free(first):
            if first.msgstr.split() == target.split():
                self._cover(rest, sure and not first.fuzzy, bead.confidence)
                return "kept"
            return self._beside(first, target, sure)
        # fuzzy if one of several sentences already has a translation of its own
        sure = sure and all(map(self._may_be_covered, rest))
        self._put(first, target, sure, bead.confidence)
        self._cover(rest, sure, bead.confidence)
        return "translated" if sure else "draft"

    def _entry(self, key: Key) -> Entry | None:
        return self.edits.get(key) or self._entries.get(key)

    def _is_free(self, entry: Entry) -> bool:
        """Whether the entry has no translation by a person, or one that may be replaced."""
        if not entry.msgstr or is_untouched(entry):
            return True
        replaced = self._filling.replace_drafts and entry.fuzzy and entry.key not in self.edits
        return bool(replaced)

    def _may_be_covered(self, key: Key) -> bool:
        entry = self._entry(key)
        return entry is None or self._is_free(entry) or entry.msgstr in joins.MARKS

    def _beside(self, entry: Entry, target: str, sure: bool) -> str:
        """Keep the entry's translation, and add the file's as a suggestion if that is sure."""
        if entry.msgstr in joins.MARKS or not (sure or entry.fuzzy):
            return "kept"
        self.edits[entry.key] = suggested(entry, self._filling.origin, target)
        return "suggested"

    def _cover(self, keys: Iterable[Key], sure: bool, confidence: float) -> None:
        for key in keys:
            entry = self._entry(key)
            if entry is not None and self._is_free(entry) and not entry.plural:
                self._put(entry, joins.BEFORE, sure, confidence)

    def _put(self, entry: Entry, target: str, sure: bool, confidence: float) -> None:
        former = entry.msgstr if entry.msgstr and not is_untouched(entry) else ""
        filled = done(entry) if entry.fuzzy else entry
        filled = filled.replaced(msgstr=target)
        origin = f"imported {self._filling.origin} {confidence:.0%}".replace("%", " %")
        comment = provenance.Provenance(origin, provenance.source_hash(entry.key))
        filled = filled.replaced(comments=provenance.write(filled.comments, comment))
        if former and former != target:
            filled = suggested(filled, "former draft", former)
        self.edits[entry.key] = filled if sure else filled.flagged("fuzzy")


_NOTE = re.compile(r"\[\^([^\]\s]+)\]")
_LABEL = re.compile(r"\]\[([^\[\]]+)\]")
_LINK = re.compile(r"\]\([^()\s]*\)")


def spelled(source: str, target: str) -> str:
    """The target with the labels of footnotes and links, and the marks of emphasis, of the source."""
    unknown = {label for label in _NOTE.findall(target) if f"[^{label}]" not in source}
    labels = _NOTE.findall(source)
    if unknown and len(_NOTE.findall(target)) == len(labels):
        names = iter(labels)
        target = _NOTE.sub(lambda _: f"[^{next(names)}]", target)
    for label in _LABEL.findall(source):
        target = _LINK.sub(rf"][{label}]", target, count=1)
    if "**" not in source and "*" in source and target.count("**") == source.count("*"):
        target = target.replace("**", "*")
    return target
