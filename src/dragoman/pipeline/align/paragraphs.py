"""Translations of whole paragraphs, as po4a, mdpo and txt2po keep them, cut into our sentences."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple, Self

from dragoman import po
from dragoman.alignment import Bead, Sentence, align
from dragoman.errors import DragomanError
from dragoman.model import Block, Key, Unit
from dragoman.pipeline.align.filling import Filler, Filling
from dragoman.pipeline.align.sides import Side
from dragoman.pipeline.loader import Loader
from dragoman.pipeline.merging import Merging
from dragoman.pipeline.splitters import Splitters
from dragoman.po import Entry
from dragoman.project import Project, Text

_SURE = 0.7
_IN_ORDER = 0.9
"""Confidence of sentences that are paired by their order in a paragraph."""
_NEVER = 2.0
"""A confidence that no pair has."""


class CarriedOver(NamedTuple):
    """What was carried over from catalogs of paragraphs into one of ours."""

    text: str
    locale: str
    units: int
    """Messages of the text."""
    translated: int
    drafts: int
    kept: int
    """Units that had a translation already, or whose paragraph added nothing."""
    unmatched: tuple[str, ...]
    """Sources of units that no paragraph has."""


def carry(
    project: Project, text: Text, locale: str, known: Paragraphs, origin: str, write: bool
) -> CarriedOver:
    """Fill a catalog from paragraphs and their translations; what a person wrote is kept.

    Raises:
        DragomanError: there is no catalog yet.
    """
    split = Splitters(project).of(locale)
    with project.files.locked(project.lock_folder):
        merging = Merging(project.files)
        loader = Loader(project, merging)
        catalog = loader.catalog(text, locale)
        path = project.catalog(text, locale)
        if not catalog.po.entries:
            raise DragomanError(
                "there is no catalog yet",
                file=project.files.shown(path),
                how_to_fix="run 'dragoman update'",
            )
        run = _Run(project, locale, {e.key: e for e in catalog.po.messages()}, split, origin)
        run.fill(loader.document(text).blocks, known)
        for place, entry in enumerate(catalog.po.entries):
            if not entry.obsolete and entry.key in run.edits:
                catalog.po.entries[place] = run.edits[entry.key]
        if write and run.edits:
            project.files.write({path: catalog.po.write()}, merging.merged)
    return run.result(text.domain)


class Paragraphs:
    """Paragraphs with a translation, by their text."""

    def __init__(self, entries: Iterable[Entry]) -> None:
        self._exact: dict[str, Entry] = {}
        self._loose: dict[str, Entry] = {}
        for entry in entries:
            if entry.msgid and entry.msgstr and not entry.obsolete and not entry.plural:
                self._exact.setdefault(_plain(entry.msgid), entry)
                self._loose.setdefault(_letters(entry.msgid), entry)

    @classmethod
    def read(cls, catalogs: Mapping[str, bytes]) -> Self:
        """The paragraphs of some catalogs: name to content.

        Raises:
            DragomanError: one is no PO file.
        """
        return cls(e for name, data in catalogs.items() for e in po.parse(data, name).entries)

    def __bool__(self) -> bool:
        return bool(self._exact)

    def find(self, source: str) -> tuple[Entry, bool] | None:
        """The paragraph of a text, and whether its markup is the same too."""
        if entry := self._exact.get(_plain(source)):
            return entry, True
        letters = _letters(source)
        entry = self._loose.get(letters) if len(letters) > 2 else None
        return (entry, False) if entry else None


def _plain(text: str) -> str:
    """A text in one line, without what only breaks its lines."""
    return " ".join(text.replace("\\\n", "\n").split())


def _letters(text: str) -> str:
    """Letters and digits of a text alone.

    >>> _letters("**A** day, “here”") == _letters("*A* day\\\\, 'here'")
    True
    """
    return re.sub(r"[\W_]+", "", text.casefold())


class _Run:
    """Fills the entries of one catalog, block after block."""

    def __init__(
        self,
        project: Project,
        locale: str,
        entries: dict[Key, Entry],
        split: Callable[[str], list[str]],
        origin: str,
    ) -> None:
        self._source = project.settings.source
        self._locale, self._entries, self._split, self._origin = locale, entries, split, origin
        self.edits: dict[Key, Entry] = {}
        self._fates: dict[Key, str] = {}

    def fill(self, blocks: Sequence[Block], known: Paragraphs) -> None:
        for number, block in enumerate(blocks):
            units = list(block.units)
            if not units:
                continue
            whole = known.find(" ".join(unit.source for unit in units))
            if whole is not None:
                self._block(number, units, *whole)
                continue
            for unit in units:
                one = known.find(unit.source)
                if one is not None:
                    self._block(number, [unit], *one)
                else:
                    self._fates.setdefault(unit.key, "")

    def _block(self, number: int, units: Sequence[Unit], entry: Entry, exact: bool) -> None:
        target = _plain(entry.msgstr)
        sentences = self._split(target) if len(units) > 1 else [target]
        mine = Side(tuple(Sentence(u.source, number) for u in units), tuple(units))
        theirs = Side(
            tuple(Sentence(one, number) for one in sentences),
            tuple(Unit(one, one) for one in sentences),
        )
        least = _SURE if exact and not entry.fuzzy else _NEVER
        filling = Filling(self._origin, self._source.partition("_")[0], self._lang, least)
        filler = Filler(mine, theirs, self._entries | self.edits, filling)
        for line in filler.fill(self._beads(mine, theirs)):
            for unit in units[slice(*line.bead.source)]:
                self._fates[unit.key] = line.fate
        self.edits |= filler.edits

    @property
    def _lang(self) -> str:
        return self._locale.partition("_")[0]

    def _beads(self, mine: Side, theirs: Side) -> Sequence[Bead]:
        """Which sentences belong together; as many on both sides do in their order, unless numbers differ."""
        count = len(mine.units)
        if count == len(theirs.units) and (count == 1 or _numbers_agree(mine, theirs)):
            sure = 1.0 if count == 1 else _IN_ORDER
            return [Bead((n, n + 1), (n, n + 1), confidence=sure) for n in range(count)]
        source = self._source.partition("_")[0]
        return align(mine.sentences, theirs.sentences, source, self._lang).beads

    def result(self, domain: str) -> CarriedOver:
        fates = list(self._fates.values())
        return CarriedOver(
            domain,
            self._locale,
            len(fates),
            fates.count("translated"),
            fates.count("draft"),
            fates.count("kept") + fates.count("suggested"),
            tuple(
                key[1]
                for key, fate in self._fates.items()
                if fate in ("", "omitted", "untranslated")
            ),
        )


def _numbers_agree(mine: Side, theirs: Side) -> bool:
    pairs = zip(mine.sentences, theirs.sentences, strict=True)
    return all(
        sorted(re.findall(r"\d+", a.text)) == sorted(re.findall(r"\d+", b.text)) for a, b in pairs
    )


def unmatched_lines(carried: CarriedOver, most: int = 5) -> Iterator[str]:
    """What was not carried over, for people: the first few of it."""
    for source in carried.unmatched[:most]:
        yield f"not carried over: “{source}”"
    if len(carried.unmatched) > most:
        yield f"and {len(carried.unmatched) - most} more"


__all__ = ["CarriedOver", "Paragraphs", "carry", "unmatched_lines"]
