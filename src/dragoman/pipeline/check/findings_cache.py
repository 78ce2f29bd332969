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
from functools import cache, cached_property
from typing import Self

from dragoman.checks.families.consistency import Translation, consistency
from dragoman.errors import DragomanError
from dragoman.model import Problem, digest
from dragoman.pipeline.check.kept_findings import (
    found_before,
    problems_before,
    said_before,
    written,
)
from dragoman.pipeline.check.text_findings import TextFindings, found_in
from dragoman.pipeline.loader import Loaded, Loader
from dragoman.project import Text
from dragoman.project.files import Rehearsal
from dragoman.stores.kept_records import KeptRecord, KeptRecords, Name


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

    def found(self, text: Text, locales: Sequence[str]) -> Iterator[TextFindings]:
        """The findings in each locale; those that no former check knows are looked for now."""
        known = {locale: self._former(text, locale) for locale in locales}
        lacking = [locale for locale, one in known.items() if one is None]
        for loaded in self._loader.load_all([text] if lacking else [], lacking):
            if self.loads is not None and len(lacking) == len(locales):
                self.loads[text] = loaded
            for locale, catalog in loaded.catalogs.items():
                known[locale] = found = found_in(self._loader, loaded, catalog)
                key = self._keys[locale, text.domain]
                if found.subject is None and key:
                    self._new[locale, text.domain] = KeptRecord(key, *written(found))
        yield from (one for one in known.values() if one is not None)

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
        project = self._loader.project
        srx = project.settings.srx
        paths = [project.glossary_file, *([project.path(srx)] if srx else [])]
        return [program(), *map(self._hash, paths)]

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
