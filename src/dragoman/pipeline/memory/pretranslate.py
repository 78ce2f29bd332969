"""Fills untranslated messages with matches of memories, as drafts that name their origin."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from dragoman.catalogs import provenance
from dragoman.catalogs.catalog import Catalog
from dragoman.catalogs.former.drafts import noted
from dragoman.languages import locales
from dragoman.memory import Match, MemoryQuery
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


class PretranslateOptions(NamedTuple):
    """Options of a pretranslation."""

    texts: tuple[str, ...] = ()
    locales: tuple[str, ...] = ()
    memories: tuple[str, ...] = ()
    """Names, paths or addresses of memories; empty means the catalogs and all files."""
    least: int = 75
    """Minimum score of a match, from 0 to 100."""
    accept_context: bool | None = None
    """Whether trusted exact matches in the same context become translations, not drafts; None
    means as in the settings."""
    write: bool = True
    """Whether to write the catalogs; False for a dry run."""


class Filled(NamedTuple):
    """A message that was filled with a match."""

    text: Text
    locale: str
    source: str
    match: Match
    done: bool
    """Whether it is a translation; otherwise a draft."""


class Pretranslated(NamedTuple):
    """The result of a pretranslation, or of a dry run."""

    filled: tuple[Filled, ...]
    left: int
    """Number of untranslated messages without a match."""


def pretranslate(
    project: Project, wanted: PretranslateOptions, watch: Watch = unwatched
) -> Pretranslated:
    """Fill untranslated messages from memories; existing drafts and translations are not changed.

    Raises:
        DragomanError: there is no such text, locale or memory, or a file cannot be read or written.
    """
    merging = Merging(project.files)
    loader = Loader(project, merging)
    targets = chosen_locales(project, wanted.locales)
    texts = chosen_texts(project, wanted.texts)
    filled: list[Filled] = []
    left = 0
    contents: dict[str, bytes] = {}
    memory_settings = chosen(project, wanted.memories)
    with Memories(project, memory_settings) as memories:
        filler = _Filler(project, memories, wanted)
        for text in watch(texts):
            loaded = loader.load(text, targets)
            catalogs = loaded.of(targets)
            matches_used = filler.fill(text, loaded.document, catalogs)
            left += sum(_open(catalog) for catalog in catalogs)
            filled += matches_used
            changed = {one.locale for one in matches_used}
            for catalog in catalogs:
                if catalog.locale in changed:
                    contents[project.catalog(text, catalog.locale)] = catalog.po.write()
    if wanted.write:
        with project.files.locked(project.lock_folder):
            project.files.write(contents, merging.yielded)
    return Pretranslated(tuple(filled), left)


def _open(catalog: Catalog) -> int:
    """The number of untranslated messages in a catalog."""
    return sum(_lacks(entry) for entry in catalog.po.messages())


def _lacks(entry: Entry | None) -> bool:
    """Whether there is an entry, without plural forms, that has no translation."""
    return entry is not None and not entry.msgstr.strip() and entry.plural is None


class _Filler:
    """Fills the catalogs of texts."""

    def __init__(self, project: Project, memories: Memories, wanted: PretranslateOptions) -> None:
        self._memories, self._wanted = memories, wanted
        accept = wanted.accept_context
        self._accepts = project.settings.accept_context if accept is None else accept

    def fill(self, text: Text, document: Document, catalogs: Sequence[Catalog]) -> list[Filled]:
        """Fill the catalogs of one text, and return what was filled."""
        filled: list[Filled] = []
        edits: dict[str, dict[Key, Entry]] = {catalog.locale: {} for catalog in catalogs}
        for query in questions(document):
            key = (query.context, query.text)
            untranslated = [
                c for c in catalogs if _lacks(c.entry(key)) and key not in edits[c.locale]
            ]
            if not untranslated:
                continue
            matches = self._memories.matches(
                query, [c.locale for c in untranslated], self._wanted.least, most=1
            )
            for catalog in untranslated:
                entry = catalog.entry(key)
                for match in matches[catalog.locale] if entry else ():
                    assert entry
                    target = written(match.target, catalog.locale)
                    is_done = self._is_done(match) and target == match.target
                    edits[catalog.locale][key] = _made(entry, match, target, is_done)
                    filled.append(Filled(text, catalog.locale, query.text, match, is_done))
        for catalog in catalogs:
            changed = edits[catalog.locale]
            if changed:
                catalog.po.entries = [
                    e if e.obsolete else changed.get(e.key, e) for e in catalog.po.entries
                ]
        return filled

    def _is_done(self, match: Match) -> bool:
        return match.score == CONTEXT and match.trusted and self._accepts


def questions(document: Document) -> list[MemoryQuery]:
    """The query of each unit: its text, neighbours and context."""
    sources = [unit.source for unit in document.units]
    return [
        MemoryQuery(unit.source, before, after, unit.context)
        for unit, before, after in zip(
            document.units, ["", *sources][:-1], [*sources, ""][1:], strict=True
        )
    ]


def written(target: str, locale: str) -> str:
    """A target in the form of catalogs: one line, without refused bidi controls.

    >>> written("a\\nb\u202e", "he")
    'a b'
    """
    target = _BREAKS.sub(" ", target).strip(" ")
    if next(bidi.refused_controls(target, locales.direction(locale) == "rtl"), None) is None:
        return target
    return "".join(char for char in target if char not in bidi.CONTROLS)


def _made(entry: Entry, match: Match, target: str, done: bool) -> Entry:
    """The entry with a match's target and its origin; a draft unless `done`."""
    if done:
        updated = entry.replaced(msgstr=target)
    else:
        former = Entry(match.source, target, entry.msgctxt, entry.translator_comments)
        flags = [flag for flag in entry.flags if flag != "fuzzy"]
        if flags:
            former = former.flagged(", ".join(flags))
        updated = former.proposed_for(entry.key, entry.automatic)
        updated = updated.with_automatic(noted(entry.automatic, updated))
    origin = provenance.Provenance(origin_of(match), provenance.source_hash(entry.key))
    return updated.replaced(comments=provenance.write(updated.comments, origin))


def origin_of(match: Match) -> str:
    """The origin of a match, as written in comments.

    >>> origin_of(Match(87, 87, "A.", "B.", "day", "catalogs"))
    'memory 87 %, day'
    """
    where = match.origin if match.memory == CATALOGS else f"{match.memory}: {match.origin}"
    return f"memory {match.score} %, {where}"
