"""Pretranslating: what a memory knows goes into the catalogs, as drafts that say where they come from."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from dragoman.catalogs import provenance
from dragoman.catalogs.catalog import Catalog
from dragoman.catalogs.former.drafts import noted
from dragoman.languages import locales
from dragoman.memory import Asked, Match
from dragoman.memory.memory_units import CONTEXT
from dragoman.model import Document, Key
from dragoman.pipeline.loader import Loader
from dragoman.pipeline.memory.memory_sources import Memories, chosen
from dragoman.pipeline.merging import Merging
from dragoman.pipeline.selection import Watch, chosen_locales, chosen_texts, unwatched
from dragoman.po import Entry
from dragoman.project import Project, Text
from dragoman.project.memory_settings import CATALOGS
from dragoman.text import bidi

_BREAKS = re.compile(r"[\t\r\n ]+")


class Wanted(NamedTuple):
    """What is to be filled, and how."""

    texts: tuple[str, ...] = ()
    locales: tuple[str, ...] = ()
    memories: tuple[str, ...] = ()
    """Names, paths or addresses; the catalogs and every file where none is named."""
    least: int = 75
    """Least score of a match that is taken."""
    accept_context: bool | None = None
    """Whether a trusted exact match in the same context is taken as translated; as the settings say where None."""
    write: bool = True


class Filled(NamedTuple):
    """A message that got a translation."""

    text: Text
    locale: str
    source: str
    match: Match
    done: bool
    """Whether it counts as translated; otherwise it is a draft."""


class Pretranslated(NamedTuple):
    """What pretranslating did, or would do."""

    filled: tuple[Filled, ...]
    left: int
    """Untranslated messages without a match."""


def pretranslate(project: Project, wanted: Wanted, watch: Watch = unwatched) -> Pretranslated:
    """Fill untranslated messages from memories; drafts and translations stay as they are."""
    merging = Merging(project.files)
    loader = Loader(project, merging)
    targets = chosen_locales(project, wanted.locales)
    texts = chosen_texts(project, wanted.texts)
    filled: list[Filled] = []
    left = 0
    out: dict[str, bytes] = {}
    asked = chosen(project, wanted.memories)
    with Memories(project, asked) as memories:
        filler = _Filler(project, memories, wanted)
        for text in watch(texts):
            loaded = loader.load(text, targets)
            catalogs = loaded.of(targets)
            found = filler.fill(text, loaded.document, catalogs)
            left += sum(_open(catalog) for catalog in catalogs)
            filled += found
            changed = {one.locale for one in found}
            for catalog in catalogs:
                if catalog.locale in changed:
                    out[project.catalog(text, catalog.locale)] = catalog.po.write()
    if wanted.write:
        with project.files.locked(project.lock_folder):
            project.files.write(out, merging.yielded)
    return Pretranslated(tuple(filled), left)


def _open(catalog: Catalog) -> int:
    return sum(_lacks(entry) for entry in catalog.po.messages())


def _lacks(entry: Entry | None) -> bool:
    """Whether there is a message, and nothing in it."""
    return entry is not None and not entry.msgstr.strip() and entry.plural is None


class _Filler:
    """Fills the catalogs of one text after the other."""

    def __init__(self, project: Project, memories: Memories, wanted: Wanted) -> None:
        self._memories, self._wanted = memories, wanted
        accept = wanted.accept_context
        self._accepts = project.settings.accept_context if accept is None else accept

    def fill(self, text: Text, document: Document, catalogs: Sequence[Catalog]) -> list[Filled]:
        """Put matches into the catalogs; what was filled."""
        filled: list[Filled] = []
        edits: dict[str, dict[Key, Entry]] = {catalog.locale: {} for catalog in catalogs}
        for asked in questions(document):
            key = (asked.context, asked.text)
            lacking = [c for c in catalogs if _lacks(c.entry(key)) and key not in edits[c.locale]]
            if not lacking:
                continue
            found = self._memories.matches(
                asked, [c.locale for c in lacking], self._wanted.least, most=1
            )
            for catalog in lacking:
                entry = catalog.entry(key)
                for match in found[catalog.locale] if entry else ():
                    assert entry
                    target = written(match.target, catalog.locale)
                    done = self._is_done(match) and target == match.target
                    edits[catalog.locale][key] = _made(entry, match, target, done)
                    filled.append(Filled(text, catalog.locale, asked.text, match, done))
        for catalog in catalogs:
            mine = edits[catalog.locale]
            if mine:
                catalog.po.entries = [
                    e if e.obsolete else mine.get(e.key, e) for e in catalog.po.entries
                ]
        return filled

    def _is_done(self, match: Match) -> bool:
        return match.score == CONTEXT and match.trusted and self._accepts


def questions(document: Document) -> list[Asked]:
    """What a memory is asked of each unit: its text, its neighbours, its context."""
    said = [unit.source for unit in document.units]
    return [
        Asked(unit.source, before, after, unit.context)
        for unit, before, after in zip(
            document.units, ["", *said][:-1], [*said, ""][1:], strict=True
        )
    ]


def written(target: str, locale: str) -> str:
    """A target as it may stand in a catalog: one line, without bidi controls that are refused.

    >>> written("a\\nb\u202e", "he")
    'a b'
    """
    target = _BREAKS.sub(" ", target).strip(" ")
    if next(bidi.refused_controls(target, locales.direction(locale) == "rtl"), None) is None:
        return target
    return "".join(char for char in target if char not in bidi.CONTROLS)


def _made(entry: Entry, match: Match, target: str, done: bool) -> Entry:
    """The entry with a match's target and where it comes from; a draft unless it is done."""
    if done:
        made = entry.replaced(msgstr=target)
    else:
        former = Entry(match.source, target, entry.msgctxt, entry.translator_comments)
        flags = [flag for flag in entry.flags if flag != "fuzzy"]
        if flags:
            former = former.flagged(", ".join(flags))
        made = former.proposed_for(entry.key, entry.automatic)
        made = made.with_automatic(noted(entry.automatic, made))
    said = provenance.Provenance(origin_of(match), provenance.source_hash(entry.key))
    return made.replaced(comments=provenance.write(made.comments, said))


def origin_of(match: Match) -> str:
    """Where a match comes from, as catalogs say it.

    >>> origin_of(Match(87, 87, "A.", "B.", "day", "catalogs"))
    'memory 87 %, day'
    """
    where = match.origin if match.memory == CATALOGS else f"{match.memory}: {match.origin}"
    return f"memory {match.score} %, {where}"
