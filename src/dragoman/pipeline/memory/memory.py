"""Commands on whole memories: import, export, statistics, search, clean."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from dragoman import stores
from dragoman.errors import DragomanError
from dragoman.memory import Match, MemoryQuery, MemoryUnit, Store, language
from dragoman.memory.cleaning import FAULTS, Flaw, faults
from dragoman.memory.memory_units import Statistics, batches
from dragoman.memory.tmx import Reader as TmxReader
from dragoman.memory.tmx import TmxNote, written
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
"""Number of units that are cleaned in one transaction."""


class MemoryImport(NamedTuple):
    """The result of an import."""

    file: str
    units: int
    new: int
    """Number of units that the memory did not have."""
    findings: tuple[TmxNote, ...]


class _Source(NamedTuple):
    """A file to import; headers and findings are complete once its units have been read."""

    units: Iterator[MemoryUnit]
    headers: list[str]
    tmx: TmxReader | None = None


class MemoryImportOptions(NamedTuple):
    """How to import into a memory."""

    origin: str = ""
    """The origin of the units; the file's name if empty."""
    skip_doctype: bool = False
    """Whether to accept a DOCTYPE that declares nothing."""
    write: bool = True
    """Whether to keep what was imported; False for a dry run."""


class _Rehearsed(Exception):  # noqa: N818 - no error: it ends the transaction of a dry run
    """Undoes an import whose result is known."""

    def __init__(self, result: MemoryImport) -> None:
        super().__init__()
        self.result = result


def import_file(
    project: Project, path: str, memory: str, wanted: MemoryImportOptions
) -> MemoryImport:
    """Import a TMX file or another memory's database into a memory, completely or not at all.

    Args:
        project: the project.
        path: the file.
        memory: name, path or address of the memory; empty means the project's own file.
        wanted: how to import it.

    Raises:
        DragomanError: the file is damaged, or has not both the project's source language and
            one of its targets; or the memory cannot be written.
    """
    source = _source(path, wanted.origin, wanted.skip_doctype)
    target = _target(project, memory)
    file = target.path and place(project, target)
    is_new = bool(file) and not os.path.exists(file)
    store = opened(project, target, make=True)
    try:
        return _imported(project, path, source, store, wanted.write)
    except BaseException as end:
        store.close()
        if is_new:
            Files(os.path.dirname(file)).remove([file])
        if isinstance(end, _Rehearsed):
            return end.result
        raise
    finally:
        store.close()


def _imported(
    project: Project, path: str, source: _Source, store: Store, keep: bool
) -> MemoryImport:
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
        result = MemoryImport(path, count, new, tuple(findings))
        if not keep:
            raise _Rehearsed(result)
    return result


def _source(path: str, origin: str, skip_doctype: bool) -> _Source:
    place = os.path.abspath(path)
    if path.lower().endswith(".tmx"):
        tmx = TmxReader(path, origin, skip_doctype)
        return _Source(tmx.units(Files(os.path.dirname(place)).pieces_of(place)), [], tmx)
    if path.lower().endswith(stores.SUFFIXES):
        headers: list[str] = []
        return _Source(_stored(place, path, origin, headers), headers)
    raise DragomanError(
        "not a .tmx or .sqlite file", file=path, how_to_fix="export the memory as TMX"
    )


def _stored(place: str, shown: str, origin: str, headers: list[str]) -> Iterator[MemoryUnit]:
    """Yield the units of another database; its headers are added to `headers`."""
    if not os.path.exists(place):
        raise DragomanError("there is no such file", file=shown, how_to_fix="check the path")
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
    """Make sure that a memory has the source language and a target language.

    Raises:
        DragomanError: it has not.
    """
    settings = project.settings
    imported = {language(tag) for tag in found}
    targets = {language(locale) for locale in settings.locales}
    if language(settings.source) in imported and imported & targets:
        return
    known = ", ".join((settings.source, *settings.locales))
    has = ", ".join(sorted(found)) or "no language"
    raise DragomanError(
        f"has {has}; this project translates {known}, and needs its source and another",
        file=path,
        how_to_fix="check the xml:lang of its variants",
    )


def hand_out(project: Project, memory: str = "", locales: Sequence[str] = ()) -> Iterator[bytes]:
    """Yield a memory as TMX, piece by piece.

    Args:
        project: the project.
        memory: name, path or address of the memory; empty means the project's catalogs.
        locales: the languages to write besides the source; empty means all.

    Raises:
        DragomanError: there is no such memory or locale.
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
        languages = {language(locale) for locale in (source, *locales)} if locales else None
        selected = (_in_languages(unit, languages) for _, unit in store.units())
        headers = store.headers()
        for piece in written((unit for unit in selected if unit is not None), headers):
            yield piece.encode()
    finally:
        store.close()


def _in_languages(unit: MemoryUnit, languages: set[str] | None) -> MemoryUnit | None:
    """The unit with only its variants in these languages; None if fewer than two are left."""
    if languages is None:
        return unit
    variants = tuple(v for v in unit.variants if language(v.lang) in languages)
    return unit._replace(variants=variants) if len(variants) > 1 else None


class Described(NamedTuple):
    """A memory and its statistics."""

    memory: MemorySettings
    found: Statistics


def statistics(project: Project, names: Sequence[str] = ()) -> Iterator[Described]:
    """Yield the statistics of the named memories; without names, of the catalogs and all files."""
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
    """The best matches of a text, by locale; scores are from `least` to 100.

    Raises:
        DragomanError: there is no such memory or locale.
    """
    with Memories(project, chosen(project, names)) as memories:
        return memories.matches(MemoryQuery(text), chosen_locales(project, locales), least, most)


def clean(
    project: Project, memory: str = "", kinds: Sequence[str] = FAULTS, write: bool = False
) -> list[Flaw]:
    """Find units that should not be in a memory; with `write`, remove or repair them.

    Raises:
        DragomanError: the memory is not a database, or cannot be written.
    """
    store = opened(project, _target(project, memory))
    try:
        fault_list = list(faults(store.units(), kinds or FAULTS))
        if write:
            _take_out(store, fault_list)
        return fault_list
    finally:
        store.close()


def _take_out(store: Store, found: Sequence[Flaw]) -> None:
    """Replace each faulty unit by what is left of it."""
    remaining = {
        fault.unit: fault.left for fault in found
    }  # the last fault of a unit includes the earlier ones
    if remaining:
        store.replace(remaining)
