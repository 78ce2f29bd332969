"""The memories of a project: its own catalogs, files, and servers that are named."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from dataclasses import replace
from types import TracebackType
from typing import Self

from dragoman import stores
from dragoman.catalogs.catalog import Catalog
from dragoman.catalogs.former.refill import has_words
from dragoman.errors import DragomanError
from dragoman.languages.locales import language_tag
from dragoman.memory import Match, MemoryQuery, MemoryUnit, Penalties, Searcher, Store, Variant
from dragoman.memory.memory_search import merged
from dragoman.memory.memory_units import batches
from dragoman.memory.row_units import units as units_of_rows
from dragoman.memory.tmx import Reader as TmxReader
from dragoman.model import Missing, plain
from dragoman.parallel.rows import align
from dragoman.pipeline.catalogs.orphans import orphans
from dragoman.pipeline.loader import Loader
from dragoman.po import Entry
from dragoman.project import Files, Project, Text
from dragoman.project.memory_settings import CATALOGS, MemorySettings, has_password
from dragoman.stores.sqlite import Sqlite


class Memories:
    """Memories open for searching, in order of preference."""

    def __init__(self, project: Project, memories: Sequence[MemorySettings]) -> None:
        """Open memories.

        Raises:
            DragomanError: a memory does not exist or cannot be opened.
        """
        self._project = project
        self._open = ExitStack()
        self.searchers: list[Searcher] = []
        try:
            for memory in memories:
                self.searchers.append(self._searcher(memory))
        except BaseException:
            self._open.close()
            raise

    def _searcher(self, memory: MemorySettings) -> Searcher:
        if memory.name == CATALOGS:
            store: Store = self._in_process(own_units(self._project, Loader(self._project)))
        elif memory.path.lower().endswith(".tmx"):
            path = place(self._project, memory)
            tmx = TmxReader(memory.path)
            store = self._in_process(tmx.units(Files(os.path.dirname(path)).pieces_of(path)))
        else:
            store = opened(self._project, memory)
        self._open.callback(store.close)
        penalties = Penalties(memory.penalty, memory.penalties)
        return Searcher(memory.name, store, penalties, memory.trusted)

    def _in_process(self, units: Iterator[MemoryUnit]) -> Store:
        """A temporary in-memory database of units, indexed in the source language."""
        store = Sqlite(":memory:", "memory", indexed=[self._project.settings.source])
        try:
            with store.importing() as importing:
                for batch in batches(units):
                    importing.add(batch)
        except BaseException:
            store.close()
            raise
        return store

    def matches(
        self, query: MemoryQuery, targets: Sequence[str], least: int, most: int = 5
    ) -> dict[str, list[Match]]:
        """Target locale to its best matches in all memories; earlier memories win ties."""
        source = self._project.settings.source
        results: dict[str, list[Match]] = {target: [] for target in targets}
        for searcher in self.searchers:
            for target, matches in searcher.matches(query, source, targets, least, most).items():
                results[target] += matches
        return {target: merged(matches, most) for target, matches in results.items()}

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._open.close()


# --- which memories -------------------------------------------------------------------------


def chosen(project: Project, names: Sequence[str]) -> list[MemorySettings]:
    """The memories with these names, paths or addresses; without names, the catalogs and all files.

    A server is only used if it is named, since the texts to look up are sent to it.

    Raises:
        DragomanError: there is no such memory.
    """
    if names:
        return [named(project, name) for name in dict.fromkeys(names)]
    files = [memory for memory in project.settings.memories if memory.path]
    return [_CATALOGS, *files, *_usual(project)]


_CATALOGS = MemorySettings(CATALOGS, trusted=True)


def _usual(project: Project) -> list[MemorySettings]:
    """The memory that imports go to, if it exists and is not in the settings."""
    path = project.files.shown(project.memory_file)
    known = {memory.path for memory in project.settings.memories}
    exists = os.path.exists(project.memory_file) and path not in known
    return [MemorySettings("memory", path)] if exists else []


def named(project: Project, name: str) -> MemorySettings:
    """The memory with a name of the settings, a path or a server address.

    Raises:
        DragomanError: there is no such memory, or the address contains a password.
    """
    if name == CATALOGS:
        return _CATALOGS
    for memory in project.settings.memories:
        if memory.name == name:
            return memory
    if name.startswith(stores.SCHEMES):
        if has_password(name):
            raise DragomanError(
                "the address of the server contains a password, which others could see",
                how_to_fix="keep it in ~/.pgpass or PGPASSWORD",
            )
        return MemorySettings("server", server=name)
    if name.lower().endswith((".tmx", *stores.SUFFIXES)):
        return MemorySettings(os.path.basename(name), os.path.abspath(name))
    if name == "memory":
        return MemorySettings("memory", project.files.shown(project.memory_file))
    known = ", ".join([CATALOGS, *(memory.name for memory in project.settings.memories)])
    raise DragomanError(
        f"there is no memory {name!r}",
        how_to_fix=f"use one of {known}, or name a .tmx or .sqlite file, or postgresql://…",
    )


def place(project: Project, memory: MemorySettings) -> str:
    """The path of a memory's file.

    Raises:
        DragomanError: a relative path leads out of the project.
    """
    path = memory.path
    if os.path.isabs(path):
        return path
    project.files.check_inside(project.path(path))
    return project.path(path)


def opened(project: Project, memory: MemorySettings, make: bool = False) -> Store:
    """Open the database of a memory; `make` creates it if there is none.

    Raises:
        DragomanError: the memory is not a database, does not exist or cannot be opened.
    """
    if memory.server:
        return stores.opened(memory.server, memory.name)
    if not memory.path.lower().endswith(stores.SUFFIXES):
        raise DragomanError(
            f"the memory {memory.name!r} is not a database",
            how_to_fix="name one with --memory, as in --memory memory.sqlite",
        )
    path = place(project, memory)
    shown = project.files.shown(path)
    if not make and not os.path.exists(path):
        raise DragomanError(
            "there is no such memory",
            file=shown,
            how_to_fix="create it with 'dragoman memory import'",
        )
    if make:
        Files(os.path.dirname(path)).make_folder(os.path.dirname(path))
    return stores.opened(path, shown, make)


# --- the project's own catalogs -------------------------------------------------------------


def own_units(
    project: Project, loader: Loader, targets: Sequence[str] = (), texts: Sequence[Text] = ()
) -> Iterator[MemoryUnit]:
    """Yield the translations in the project's catalogs, including obsolete messages."""
    source = project.settings.source
    for text in texts or project.texts():
        document = replace(loader.document(text), inline=plain)
        catalogs = [loader.catalog(text, locale) for locale in targets or project.settings.locales]
        dates = {c.locale: c.po.header_field("PO-Revision-Date")[:10] for c in catalogs}
        parallel = align(document, text.domain, source, catalogs, Missing.BLANK)
        yield from units_of_rows(parallel, dates)
        for catalog in catalogs:
            former = [entry for entry in catalog.po.entries if entry.obsolete]
            yield from _former(catalog, former, text.domain, source)
    if not texts:
        yield from _orphaned(project, targets or project.settings.locales)


def _orphaned(project: Project, targets: Sequence[str]) -> Iterator[MemoryUnit]:
    """Yield the translations in catalogs of removed texts."""
    for orphan in orphans(project, project.texts()):
        for locale in targets:
            entries = list(orphan.translated(locale))
            if entries:
                catalog = Catalog(locale, orphan.catalogs[locale])
                yield from _former(catalog, entries, orphan.domain, project.settings.source)


def _former(
    catalog: Catalog, entries: Sequence[Entry], name: str, source: str
) -> Iterator[MemoryUnit]:
    """Yield the translated messages among entries that no text uses any more."""
    for entry in entries:
        if has_words(entry) and not entry.fuzzy and not catalog.refuses(entry.msgstr):
            pair = (
                Variant(language_tag(source), entry.msgid),
                Variant(language_tag(catalog.locale), entry.msgstr),
            )
            yield MemoryUnit(pair, name, language_tag(source), None, entry.msgctxt)
