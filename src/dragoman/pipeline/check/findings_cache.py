"""Findings of a project's texts; what depends on the same content as before is not examined again.

A key is a hash of all that findings depend on: the text, its catalog, settings, glossary, waivers and
the program itself.
"""

from __future__ import annotations

import json
import os
import sys
import sysconfig
from collections.abc import Iterator, Sequence
from functools import cache, cached_property, partial
from typing import NamedTuple, Self

from dragoman.checks.families.consistency import Translation, consistency
from dragoman.errors import DragomanError, DragomanErrors
from dragoman.model import Problem, digest
from dragoman.pipeline.check.counts import Count, count_of
from dragoman.pipeline.check.kept_findings import (
    found_before,
    problems_before,
    said_before,
    written,
)
from dragoman.pipeline.check.text_findings import TextFindings, found_in
from dragoman.pipeline.loader import Loaded, Loader
from dragoman.pipeline.workers import in_processes, processes
from dragoman.project import Text, find
from dragoman.project.files import Rehearsal
from dragoman.stores.kept_records import KeptRecord, KeptRecords, Name

_MOST_UNWRITTEN = 512
"""Records that are held until they are written, so that memory does not grow with the project."""


class Wanted(NamedTuple):
    """A text, and the locales in which it is to be examined."""

    text: Text
    locales: tuple[str, ...]


class FindingsCache:
    """The findings of texts, from the file of former checks as far as it has them."""

    def __init__(self, loader: Loader, whole: bool, keeps_loads: bool = False) -> None:
        """Open the file of the project.

        Args:
            loader: reads the texts.
            whole: whether all texts and locales are checked, so that others can be forgotten.
            keeps_loads: whether texts that are loaded are needed again.
        """
        project = loader.project
        self._loader = loader
        self._whole = whole
        self._file = KeptRecords(project.findings_file, not isinstance(project.files, Rehearsal))
        self._known = self._file.heads()
        self._keys: dict[Name, str] = {}
        self._new: dict[Name, KeptRecord] = {}
        self.loads: dict[Text, Loaded] | None = {} if keeps_loads else None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        gone = self._known.keys() - self._keys.keys() if self._whole else ()
        self._file.write(self._new, gone)
        self._file.close()

    # --- one text ---

    def found(
        self, texts: Sequence[Text], locales: Sequence[str], jobs: int = 1
    ) -> Iterator[TextFindings]:
        """The findings of texts in each locale; those that no former check knows are looked for now.

        Args:
            texts: the texts.
            locales: the locales.
            jobs: the number of processes; 0 means that the number of texts decides.
        """
        known = {text: {x: self._former(text, x) for x in locales} for text in texts}
        lacking = [
            Wanted(text, tuple([x for x, one in former.items() if one is None]))
            for text, former in known.items()
        ]
        fresh = self._examined([one for one in lacking if one.locales], jobs)
        for wanted in lacking:
            former = known.pop(wanted.text)
            if wanted.locales:
                former |= {one.counted.locale: self._noted(one) for one in next(fresh)}
            yield from (one for one in former.values() if one is not None)

    def counts(self, text: Text, locales: Sequence[str]) -> Iterator[Count]:
        """How far a text is in each locale; nothing is examined for that, and nothing kept."""
        known = {locale: self._former(text, locale) for locale in locales}
        lacking = [locale for locale, one in known.items() if one is None]
        loads = self._loader.load_all([text] if lacking else [], lacking)
        read = {
            catalog.locale: count_of(text, loaded.document, catalog)
            for loaded in loads
            for catalog in loaded.catalogs.values()
        }
        for locale, one in known.items():
            if one is not None or locale in read:
                yield read[locale] if one is None else one.counted

    def _examined(self, wanted: Sequence[Wanted], jobs: int) -> Iterator[list[TextFindings]]:
        """The findings of each text; what another process cannot give is looked for in this one."""
        number = processes(jobs, len(wanted))
        if number == 1 or self.loads is not None:
            yield from map(self._examine, wanted)
            return
        work = partial(examined_elsewhere, self._loader.project.root)
        for one, found in zip(wanted, in_processes(work, wanted, number), strict=True):
            yield self._examine(one) if found is None else found

    def _examine(self, wanted: Wanted) -> list[TextFindings]:
        found = []
        for loaded in self._loader.load_all([wanted.text], wanted.locales):
            if self.loads is not None:
                self.loads[wanted.text] = loaded
            found += [found_in(self._loader, loaded, one) for one in loaded.catalogs.values()]
        return found

    def _noted(self, found: TextFindings) -> TextFindings:
        """The findings, which are kept for the next check unless something is waived."""
        name = (found.counted.locale, found.counted.text)
        if found.subject is None and self._keys[name]:
            self._new[name] = KeptRecord(self._keys[name], *written(found))
            if len(self._new) >= _MOST_UNWRITTEN:
                self._file.write(self._new)
                self._new.clear()
        return found

    def _former(self, text: Text, locale: str) -> TextFindings | None:
        """The findings of a former check; None if there are none, or something changed."""
        name = (locale, text.domain)
        key = self._keys[name] = self._key(text, locale)
        record = self._known.get(name)
        return found_before(record.head) if record is not None and record.key == key else None

    def _key(self, text: Text, locale: str) -> str:
        """A hash of all that the findings of a text depend on; empty if a file cannot be read."""
        project = self._loader.project
        try:
            content = [self._hash(project.source(text)), self._hash(project.catalog(text, locale))]
            dialect, waivers = self._loader.dialect(text), self._loader.waivers.kept
        except DragomanError:
            return ""  # which the loader tells
        own = [one for one in waivers if (one.text, one.locale) == (text.domain, locale)]
        settings = project.settings.for_text(text.path)
        parts = [*self._shared, text, locale, dialect, settings, own, *content]
        return digest(repr(parts).encode(errors="surrogatepass"), 16)

    @cached_property
    def _shared(self) -> list[str]:
        """What the findings of all texts depend on."""
        return [program(), *map(self._hash, self._loader.project.shared_files)]

    def _hash(self, path: str) -> str:
        """The hash of a file; empty if there is none."""
        data = self._loader.project.files.bytes_of(path)
        return "" if data is None else digest(data, 16)

    # --- all texts of a locale ---

    def across(self, locale: str, found: Sequence[TextFindings]) -> list[Problem]:
        """What only a comparison of texts shows, kept until a text of the locale changes."""
        own = [one for one in found if one.counted.locale == locale]
        key = digest(repr([self._keys[locale, one.counted.text] for one in own]).encode(), 16)
        name = (locale, "")
        record = self._known.get(name)
        self._keys[name] = key
        if record is not None and record.key == key:
            return problems_before(record.head)
        said = self._said(locale, own)
        problems = list(consistency([row for one in own for row in said[one.counted.text]]))
        if self._whole:
            self._new[name] = KeptRecord(key, json.dumps(problems, ensure_ascii=False), "")
        return problems

    def _said(self, locale: str, found: Sequence[TextFindings]) -> dict[str, list[Translation]]:
        """The finished translations of each text."""
        said = {one.counted.text: one.said for one in found if one.said is not None}
        if len(said) < len(found):
            records = self._file.bodies(locale)
            said = {
                text: said_before(record.body)
                for text, record in records.items()
                if text and record.key == self._keys.get((locale, text))
            } | said
        lost = {one.counted.text for one in found} - said.keys()
        texts = {text.domain: text for text in self._loader.project.texts()} if lost else {}
        for name in lost:  # where the file was damaged or written by another check meanwhile
            loaded = self._loader.load(texts[name], [locale])
            said[name] = found_in(self._loader, loaded, loaded.catalogs[locale]).said or []
        return said


def examined_elsewhere(root: str, wanted: Wanted) -> list[TextFindings] | None:
    """The findings of a text of the project in a folder, for another process.

    None if there are errors or waivers, which need what only the first process has.
    """
    loader = _loader(root)
    try:
        loaded = loader.load(wanted.text, wanted.locales)
        found = [found_in(loader, loaded, catalog) for catalog in loaded.catalogs.values()]
    except (DragomanError, DragomanErrors):
        return None
    return None if any(one.subject is not None for one in found) else found


@cache
def _loader(root: str) -> Loader:
    """The loader of a process."""
    return Loader(find(root))


@cache
def program() -> str:
    """A hash that changes with this program, the packages beside it and the interpreter."""
    here = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
    files = [
        os.path.join(folder, name)
        for folder, _, names in os.walk(here)
        for name in names
        if not name.endswith(".pyc")
    ]
    packages = sysconfig.get_paths()["purelib"]  # whose time an upgrade changes
    stamps = [(path, os.stat(path).st_mtime_ns) for path in sorted([*files, packages])]
    return digest(repr([sys.version, stamps]).encode(), 16)
