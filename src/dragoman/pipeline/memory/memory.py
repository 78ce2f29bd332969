"""Memories as wholes: brought in, handed out, counted, searched, cleaned."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from dragoman import stores
from dragoman.errors import DragomanError
from dragoman.memory import Asked, Match, Store, Unit, language
from dragoman.memory.cleaning import FAULTS, Fault, faults
from dragoman.memory.memory_units import Statistics, batches
from dragoman.memory.tmx import Finding, written
from dragoman.memory.tmx import Reader as TmxReader
from dragoman.pipeline.loader import Loader
from dragoman.pipeline.memory.memory_sources import (
    Memories,
    chosen,
    named,
    opened,
    own_units,
    place,
)
from dragoman.pipeline.selection import chosen_locales
from dragoman.project import Files, Project
from dragoman.project.memory_settings import CATALOGS, MemorySettings

_AT_ONCE = 1000
"""Units that are cleaned in one go."""


class Brought(NamedTuple):
    """What an import did."""

    file: str
    units: int
    new: int
    """Units that were not there yet."""
    findings: tuple[Finding, ...]


class _Source(NamedTuple):
    """A file that is imported; the rest is there when its units have been read."""

    units: Iterator[Unit]
    headers: list[str]
    tmx: TmxReader | None = None


def bring(
    project: Project, path: str, memory: str = "", origin: str = "", skip_doctype: bool = False
) -> Brought:
    """Take a TMX file or the database of another memory into a memory; nothing where it fails.

    Args:
        project: the project.
        path: the file.
        memory: name, path or address of the memory; the usual one where empty.
        origin: the name of what comes from the file; the file's where empty.
        skip_doctype: whether a DOCTYPE that declares nothing may stand in it.

    Raises:
        DragomanError: the file is damaged or has none of the project's languages, or the
            memory cannot be written.
    """
    source = _source(path, origin, skip_doctype)
    target = _target(project, memory)
    file = target.path and place(project, target)
    is_new = bool(file) and not os.path.exists(file)
    store = opened(project, target, make=True)
    try:
        return _brought(project, path, source, store)
    except BaseException:
        store.close()
        if is_new:
            Files(os.path.dirname(file)).remove([file])
        raise
    finally:
        store.close()


def _brought(project: Project, path: str, source: _Source, store: Store) -> Brought:
    count = new = 0
    seen: set[str] = set()
    with store.importing() as importing:
        for batch in batches(source.units):
            count += len(batch)
            new += importing.add(batch)
            seen |= {variant.lang for unit in batch for variant in unit.variants}
        _refuse_other_languages(project, seen, path)
        for header in source.headers + ([source.tmx.header] if source.tmx else []):
            store.keep_header(header)
    findings = source.tmx.findings if source.tmx else []
    return Brought(path, count, new, tuple(findings))


def _source(path: str, origin: str, skip_doctype: bool) -> _Source:
    place = os.path.abspath(path)
    if path.lower().endswith(".tmx"):
        tmx = TmxReader(path, origin, skip_doctype)
        return _Source(tmx.units(Files(os.path.dirname(place)).pieces_of(place)), [], tmx)
    if path.lower().endswith(stores.SUFFIXES):
        headers: list[str] = []
        return _Source(_stored(place, path, origin, headers), headers)
    raise DragomanError("not a .tmx or .sqlite file", file=path, way_out="export the memory as TMX")


def _stored(place: str, shown: str, origin: str, headers: list[str]) -> Iterator[Unit]:
    """The units of another database, and its headers."""
    if not os.path.exists(place):
        raise DragomanError("there is no such file", file=shown, way_out="check the path")
    store = stores.opened(place, shown)
    try:
        headers += store.headers()
        for _, unit in store.units():
            yield unit._replace(origin=origin) if origin else unit
    finally:
        store.close()


def _target(project: Project, memory: str) -> MemorySettings:
    return named(project, memory or "memory")


def _refuse_other_languages(project: Project, found: set[str], path: str) -> None:
    """A memory without the source language and one to translate into is of no use here."""
    settings = project.settings
    there = {language(tag) for tag in found}
    targets = {language(locale) for locale in settings.locales}
    if language(settings.source) in there and there & targets:
        return
    known = ", ".join((settings.source, *settings.locales))
    has = ", ".join(sorted(found)) or "no language"
    raise DragomanError(
        f"holds {has}; this project translates {known}, and needs its source and another",
        file=path,
        way_out="look at the xml:lang of its variants",
    )


def hand_out(project: Project, memory: str = "", locales: Sequence[str] = ()) -> Iterator[bytes]:
    """A memory as TMX, piece by piece: the project's catalogs where none is named.

    Args:
        project: the project.
        memory: name, path or address of the memory.
        locales: the languages to write, the source besides; all where none is named.
    """
    source = project.settings.source
    memory = memory or CATALOGS
    if memory == CATALOGS:
        targets = chosen_locales(project, locales)
        units = own_units(project, Loader(project), targets)
        yield from (piece.encode() for piece in written(units, (), source.replace("_", "-")))
        return
    store = opened(project, named(project, memory))
    try:
        wanted = {language(locale) for locale in (source, *locales)} if locales else None
        kept = (_in_languages(unit, wanted) for _, unit in store.units())
        headers = store.headers()
        for piece in written((unit for unit in kept if unit is not None), headers):
            yield piece.encode()
    finally:
        store.close()


def _in_languages(unit: Unit, wanted: set[str] | None) -> Unit | None:
    """The unit in these languages alone; nothing where fewer than two are left."""
    if wanted is None:
        return unit
    variants = tuple(v for v in unit.variants if language(v.lang) in wanted)
    return unit._replace(variants=variants) if len(variants) > 1 else None


class Described(NamedTuple):
    """A memory, and what is in it."""

    memory: MemorySettings
    found: Statistics


def statistics(project: Project, names: Sequence[str] = ()) -> Iterator[Described]:
    """What is in each memory: those that are named, else the catalogs and every file."""
    for memory in chosen(project, names):
        with Memories(project, [memory]) as memories:
            (searcher,) = memories.searchers
            yield Described(memory, searcher.store.statistics())


def search(
    project: Project,
    text: str,
    locales: Sequence[str] = (),
    names: Sequence[str] = (),
    least: int = 70,
    most: int = 5,
) -> dict[str, list[Match]]:
    """The best matches of a text for each locale."""
    with Memories(project, chosen(project, names)) as memories:
        return memories.matches(Asked(text), chosen_locales(project, locales), least, most)


def clean(
    project: Project, memory: str = "", kinds: Sequence[str] = FAULTS, write: bool = False
) -> list[Fault]:
    """What should not be in a memory; taken out of it where `write` says so.

    Raises:
        DragomanError: it is no database, or cannot be written.
    """
    store = opened(project, _target(project, memory))
    try:
        found = list(faults(store.units(), kinds or FAULTS))
        if write:
            _take_out(store, found)
        return found
    finally:
        store.close()


def _take_out(store: Store, found: Sequence[Fault]) -> None:
    left = {fault.unit: fault.left for fault in found}  # the last fault of a unit knows them all
    if left:
        store.replace(left)
