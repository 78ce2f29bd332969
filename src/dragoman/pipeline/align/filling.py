"""Filling entries of a catalog from beads, and writing over nothing that a person wrote."""

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
"""What becomes of a pair: a finished translation, a draft, a suggestion beside what is there, nothing."""
LEFT_OUT = ("omitted", "added", "untranslated")
"""Sentences that only the text has, that only the file has, that the file has in the source language."""


class Line(NamedTuple):
    """A bead as reports show it."""

    bead: Bead
    source: str
    target: str
    fate: str
    """One of `FATES` or `LEFT_OUT`."""


class Stretch(NamedTuple):
    """Neighbouring lines that were left out for the same reason."""

    fate: str
    texts: tuple[str, ...]

    def __str__(self) -> str:
        """One line, however long the stretch is.

        >>> print(Stretch("omitted", ("One.", "Two.", "Three.")))
        omitted: 3 sentences, “One.” to “Three.”
        """
        if len(self.texts) == 1:
            return f"{self.fate}: “{self.texts[0]}”"
        return f"{self.fate}: {len(self.texts)} sentences, “{self.texts[0]}” to “{self.texts[-1]}”"


def stretches(lines: Iterable[Line]) -> list[Stretch]:
    """What was left out, neighbours together."""
    return [
        Stretch(fate, tuple(line.source or line.target for line in run))
        for fate, run in groupby(lines, key=lambda line: line.fate)
        if fate in LEFT_OUT
    ]


class Filling(NamedTuple):
    """How entries are filled."""

    origin: str
    """Name of the file that the translations come from."""
    source_lang: str
    lang: str
    least: float
    """Least confidence of a pair that counts as done."""
    replace_drafts: bool = False
    """Whether drafts that a person wrote are replaced, and kept as suggestions."""


class Filler:
    """Puts beads into the entries of a catalog."""

    def __init__(
        self, mine: Side, theirs: Side, entries: dict[Key, Entry], filling: Filling
    ) -> None:
        self._mine, self._theirs, self._entries = mine, theirs, entries
        self._filling = filling
        self.edits: dict[Key, Entry] = {}

    def fill(self, beads: Sequence[Bead]) -> list[Line]:
        """Take beads into the catalog."""
        said = [self._said(bead) for bead in beads]
        filling = self._filling
        left = all_left(said, filling.source_lang, filling.lang)
        return [
            Line(bead, *texts, self._fate(bead, texts[1], here))
            for bead, texts, here in zip(beads, said, left, strict=True)
        ]

    def _said(self, bead: Bead) -> tuple[str, str]:
        """Both sides of a bead, the file's spelled as the text's."""
        source = " ".join(unit.source for unit in self._mine.units[slice(*bead.source)])
        target = " ".join(unit.source for unit in self._theirs.units[slice(*bead.target)])
        return source, spelled(source, target)

    def _fate(self, bead: Bead, target: str, left: bool) -> str:
        units = self._mine.units[slice(*bead.source)]
        if not units or not target:
            return "omitted" if units else "added"
        return "untranslated" if left else self._take(bead, units, target)

    def _take(self, bead: Bead, units: Sequence[Unit], target: str) -> str:
        """The first unit gets the target, the others the mark that it covers them."""
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
        # a target of several sentences is not done where one of them has a translation of its own
        sure = sure and all(map(self._may_be_covered, rest))
        self._put(first, target, sure, bead.confidence)
        self._cover(rest, sure, bead.confidence)
        return "translated" if sure else "draft"

    def _entry(self, key: Key) -> Entry | None:
        return self.edits.get(key) or self._entries.get(key)

    def _is_free(self, entry: Entry) -> bool:
        """Whether nothing stands there that a person wrote."""
        if not entry.msgstr or is_untouched(entry):
            return True
        replaced = self._filling.replace_drafts and entry.fuzzy and entry.key not in self.edits
        return bool(replaced)

    def _may_be_covered(self, key: Key) -> bool:
        entry = self._entry(key)
        return entry is None or self._is_free(entry) or entry.msgstr in joins.MARKS

    def _beside(self, entry: Entry, target: str, sure: bool) -> str:
        """Keep what is there; a translation that is no mark gets a sure one of the file beside it."""
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
        made = done(entry) if entry.fuzzy else entry
        made = made.replaced(msgstr=target)
        origin = f"imported {self._filling.origin} {confidence:.0%}".replace("%", " %")
        said = provenance.Provenance(origin, provenance.source_hash(entry.key))
        made = made.replaced(comments=provenance.write(made.comments, said))
        if former and former != target:
            made = suggested(made, "former draft", former)
        self.edits[entry.key] = made if sure else made.flagged("fuzzy")


_NOTE = re.compile(r"\[\^([^\]\s]+)\]")
_LABEL = re.compile(r"\]\[([^\[\]]+)\]")
_LINK = re.compile(r"\]\([^()\s]*\)")


def spelled(source: str, target: str) -> str:
    """Markup as the source writes it: its names of footnotes and links, its kind of emphasis."""
    known = {label for label in _NOTE.findall(target) if f"[^{label}]" not in source}
    asked = _NOTE.findall(source)
    if known and len(_NOTE.findall(target)) == len(asked):
        names = iter(asked)
        target = _NOTE.sub(lambda _: f"[^{next(names)}]", target)
    for label in _LABEL.findall(source):
        target = _LINK.sub(rf"][{label}]", target, count=1)
    if "**" not in source and "*" in source and target.count("**") == source.count("*"):
        target = target.replace("**", "*")
    return target
