"""Finds the messages to draft, and what an engine is told about each."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from dragoman.catalogs import joins, provenance
from dragoman.catalogs.catalog import Catalog
from dragoman.checks.pair import Pair
from dragoman.engines.exchange import BatchItem, Shape
from dragoman.errors import DragomanError
from dragoman.glossary import Glossary
from dragoman.model import Block, Document, Key, Kind, Unit
from dragoman.pipeline.loader import Loader
from dragoman.pipeline.machine.placeholders import Protected, protected
from dragoman.po import Entry
from dragoman.project import Text

Around = dict[Key, tuple[Protected | None, Protected | None]]
ORIGIN = "machine "
"""Beginning of the origin of a machine draft."""


@dataclass(frozen=True)
class Untranslated:
    """A message to draft."""

    text: Text
    locale: str
    key: Key
    pair: Pair
    """The source of all units that it covers, with an empty target, for checks."""
    sent: Protected
    kind: str
    around: tuple[Protected | None, Protected | None]
    """The sentences before and after it; None at the ends of the text."""
    notes: tuple[str, ...]
    place: str
    """Its catalog and line, as `file:line`."""

    def item(self, shape: Shape) -> BatchItem:
        """The item to send, with placeholders in a shape."""
        before, after = (one.sent(shape) if one else "" for one in self.around)
        text = self.sent.sent(shape)
        return BatchItem(text, self.kind, before, after, self.notes, tuple(_terms(self.pair)))


def openings(
    loader: Loader, text: Text, locales: tuple[str, ...], absent: Counter[str], *, renew: bool
) -> Iterator[Untranslated]:
    """Yield the messages of a text to draft, locale by locale.

    Args:
        loader: reads the project.
        text: the text.
        locales: the locales.
        absent: is updated: name of a catalog to the number of units without an entry.
        renew: whether to include machine drafts that nobody changed.

    Raises:
        DragomanError: the text has no catalog in a locale.
    """
    document = loader.document(text)
    around = _around(document, loader.glossary)
    for locale in locales:
        catalog, name = loader.catalog(text, locale), loader.project.catalog_name(text, locale)
        if not catalog.po.entries:
            raise DragomanError(
                "there is no catalog yet", file=name, how_to_fix="run 'dragoman update'"
            )
        seen: set[Key] = set()
        for block, unit, covered in _open_units(document, catalog, renew=renew):
            if unit.key in seen:
                continue
            seen.add(unit.key)
            entry = catalog.entry(unit.key)
            absent[name] += entry is None
            if entry is not None:
                place = f"{name}:{entry.line}"
                yield _opening(
                    loader, text, document, locale, unit.key, block, covered, around, place
                )


def opening_of(loader: Loader, text: Text, locale: str, key: Key) -> Untranslated | None:
    """A message to draft whatever its state is; None if the text or its catalog does not have it."""
    document, catalog = loader.document(text), loader.catalog(text, locale)
    entry = catalog.entry(key)
    if entry is None or entry.plural is not None:
        return None
    place = f"{loader.project.catalog_name(text, locale)}:{entry.line}"
    around = _around(document, loader.glossary)
    for block in document.blocks:
        units = block.units
        at = next((index for index, unit in enumerate(units) if unit.key == key), None)
        if at is not None:
            entries = [catalog.entry(unit.key) for unit in units]
            targets = [one.msgstr.strip() or "…" if one is not None else "…" for one in entries]
            targets[at] = "…"
            leads = joins.leads(targets)
            covered = [unit for unit, lead in zip(units, leads, strict=True) if lead == at]
            return _opening(loader, text, document, locale, key, block, covered, around, place)
    return None


def _opening(
    loader: Loader,
    text: Text,
    document: Document,
    locale: str,
    key: Key,
    block: Block,
    covered: Sequence[Unit],
    around: Around,
    place: str,
) -> Untranslated:
    source = " ".join(one.source for one in covered)
    return Untranslated(
        text,
        locale,
        key,
        _pair(loader, document, locale, source),
        protected(source, loader.glossary),
        _kind(block),
        (around[covered[0].key][0], around[covered[-1].key][1]),
        tuple(note for one in covered for note in one.notes),
        place,
    )


def _pair(loader: Loader, document: Document, locale: str, source: str) -> Pair:
    settings = loader.project.settings
    return Pair(source, "", locale, settings.source, document.inline, loader.glossary)


def _kind(block: Block) -> str:
    """The kind of a block, with the key of a metadata value."""
    return f"{block.kind.value}: {block.label}" if block.kind is Kind.METADATA else block.kind.value


def _around(document: Document, glossary: Glossary) -> Around:
    """The units before and after the first occurrence of each unit."""
    units = document.units
    shielded = [protected(unit.source, glossary) for unit in units]
    neighbours: dict[Key, tuple[Protected | None, Protected | None]] = {}
    for unit, before, after in zip(
        units, [None, *shielded][:-1], [*shielded, None][1:], strict=True
    ):
        neighbours.setdefault(unit.key, (before, after))
    return neighbours


def _open_units(
    document: Document, catalog: Catalog, *, renew: bool
) -> Iterator[tuple[Block, Unit, list[Unit]]]:
    """Yield the units to draft, each with the units that its translation has to cover.

    If a translator marked a sentence as covered by one that is still empty, the draft is made of
    both.
    """
    for block in document.blocks:
        units = block.units
        entries = [catalog.entry(unit.key) for unit in units]
        targets = [entry.msgstr.strip() if entry is not None else "" for entry in entries]
        covered: dict[int, list[Unit]] = defaultdict(list)
        for unit, lead in zip(
            units, joins.leads([target or "…" for target in targets]), strict=True
        ):
            covered[lead].append(unit)
        for index, (unit, entry, target) in enumerate(zip(units, entries, targets, strict=True)):
            if not target:
                if entry is None or entry.plural is None:
                    yield block, unit, covered[index]
            elif renew and entry is not None and len(covered[index]) == 1 and is_untouched(entry):
                yield block, unit, covered[index]


def is_untouched(entry: Entry) -> bool:
    """Whether an entry has a machine draft that nobody has changed or approved."""
    if not entry.fuzzy:
        return False
    known = provenance.read(entry.comments)
    seal = provenance.seal_of(entry.key, entry.msgstr)
    return known.origin.startswith(ORIGIN) and not known.reviewed and known.seal == seal


def _terms(pair: Pair) -> Iterator[tuple[str, str]]:
    """Yield the terms in the source that are to be translated, with the glossary's wording."""
    matches = sorted(pair.glossary.in_source(pair.source), key=lambda one: one[1])
    for term in dict.fromkeys(term.source for term, _, _ in matches):
        entry = next(one for one, _, _ in matches if one.source == term)
        wording = entry.wordings.get(pair.locale) or entry.wordings.get(pair.lang)
        if wording is not None and not entry.keep:
            yield term, wording.preferred
