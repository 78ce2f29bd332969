"""A session: a project's texts and catalogs parsed once, and again when their files change."""

from __future__ import annotations

import threading
import time
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from itertools import islice
from typing import NamedTuple, TypeVar

from dragoman.catalogs.catalog import Catalog
from dragoman.checks.text_context import examined_unit
from dragoman.glossary.glossary_file import Glossary
from dragoman.model import Document, Key, ParallelBlock, Problem, State, unit_id
from dragoman.parallel.rows import align, states
from dragoman.pipeline.check.text_findings import subject_of
from dragoman.pipeline.loader import Loader
from dragoman.pipeline.session.opened import Line, Opened
from dragoman.po import Entry, PoFile
from dragoman.project import Files, Project, Text, find
from dragoman.project.files import Stamp

K = TypeVar("K")
V = TypeVar("V")
_CLOCK_STEP = 50_000_000
"""Nanoseconds in which a file system may not tell two changes apart."""


class Summary(NamedTuple):
    """How far a text is in one locale, for a list of many."""

    title: str
    source: str
    """The source locale."""
    sentences: int
    words: int
    counts: Mapping[State, int]
    """Messages by state."""


class Session:
    """A project that is open; may be asked from several threads."""

    def __init__(self, project: Project) -> None:
        self._lock = threading.RLock()
        self._root = project.root
        self._project = project
        self._loader = Loader(project)
        self._stamps: tuple[Stamp, ...] = ()
        self._texts: dict[str, Text] = {}
        self._opened: dict[tuple[str, str], tuple[tuple[Stamp, ...], Opened]] = {}
        self._documents: dict[str, tuple[Stamp, Document]] = {}
        self._summaries: dict[tuple[str, str], tuple[tuple[Stamp, ...], Summary]] = {}
        self._keys: dict[str, dict[str, Key]] = {}
        self._named: dict[str, Document] = {}

    @contextmanager
    def _current(self) -> Iterator[Loader]:
        """The loader of the project as its settings, glossary and waivers are now."""
        with self._lock:
            stamps = self._settings_stamps()
            if stamps != self._stamps:
                if self._stamps and stamps[0] != self._stamps[0]:
                    self._project = find(self._root)
                self._loader = Loader(self._project)
                self._documents.clear()
                self._opened.clear()
                self._summaries.clear()
                self._stamps = self._settings_stamps()
            yield self._loader

    def _settings_stamps(self) -> tuple[Stamp, ...]:
        project = self._project
        paths = (project.settings_file, project.glossary_file, project.waiver_file)
        return tuple([Files.stamp_now(path) for path in paths])

    @property
    def project(self) -> Project:
        with self._current() as loader:
            return loader.project

    def own_project(self) -> Project:
        """The project with a loader and writer of files of its own, for one change."""
        with self._current() as loader:
            known = loader.project
            return Project(known.root, known.settings, known.settings_file, Files(known.root))

    def texts(self) -> dict[str, Text]:
        """The project's texts by domain, as its folder is now."""
        with self._current() as loader:
            self._texts = {text.domain: text for text in loader.project.texts()}
            return self._texts

    def text(self, domain: str) -> Text | None:
        """The text of a domain; the folder is looked at only for one that is not known."""
        with self._lock:
            return self._texts.get(domain) or self.texts().get(domain)

    def opened(self, text: Text, locale: str) -> Opened:
        """A text in a locale, as its files are now."""
        with self._current() as loader:
            stamps = self.stamps(text, locale)
            known = self._opened.get((text.domain, locale))
            if known is not None and known[0] == stamps:
                return known[1]
            source = loader.project.settings.for_text(text.path).source
            loaded = loader.load(text, (locale,), self._document(loader, text))
            made = Opened(loaded, locale, source, known[1] if known is not None else None)
            if not _is_fresh(stamps):
                _remember(self._opened, (text.domain, locale), (stamps, made))
            return made

    def summary(self, text: Text, locale: str) -> Summary:
        """How far a text is; it is read for that where its files changed, and not kept."""
        with self._current() as loader:
            stamps = self.stamps(text, locale)
            known = self._summaries.get((text.domain, locale))
            if known is not None and known[0] == stamps:
                return known[1]
            document = self._document(loader, text)
            found = states(document, loader.catalog(text, locale))
            units = {unit.key: unit for unit in document.units}
            made = Summary(
                document.title or text.domain,
                loader.project.settings.for_text(text.path).source,
                len(units),
                sum(len(unit.source.split()) for unit in units.values()),
                Counter(found.values()),
            )
            if not _is_fresh(stamps):
                self._summaries[text.domain, locale] = (stamps, made)
            return made

    def stamps(self, text: Text, locale: str) -> tuple[Stamp, ...]:
        """How the files of a text in a locale are now: the text, its catalog, its numbers."""
        project = self._project
        paths = (project.source(text), project.catalog(text, locale), project.numbers(text))
        return tuple([Files.stamp_now(path) for path in paths])

    def document(self, text: Text) -> Document:
        """A text, cut into blocks and units."""
        with self._current() as loader:
            return self._document(loader, text)

    def _document(self, loader: Loader, text: Text) -> Document:
        stamp = Files.stamp_now(loader.project.source(text))
        known = self._documents.get(text.domain)
        if known is not None and known[0] == stamp:
            return known[1]
        document = loader.document(text)
        if not _is_fresh((stamp,)):
            _remember(self._documents, text.domain, (stamp, document))
        return document

    def key(self, text: Text, message: str) -> Key | None:
        """The message of an id; also of one that the text had since this session began."""
        with self._current() as loader:
            known = self._keys.setdefault(text.domain, {})
            document = self._document(loader, text)
            if self._named.get(text.domain) is not document:
                known.update({unit_id(unit.key, 0): unit.key for unit in document.units})
                self._named[text.domain] = document
            return known.get(message)

    def reading(self, opened: Opened) -> tuple[ParallelBlock, ...]:
        """The blocks of a text as its loaders see them, drafts too."""
        document, catalog = opened.document, opened.catalog
        parallel = align(document, opened.text.domain, opened.source, [catalog], drafts=True)
        return parallel.blocks

    # --- one unit ---

    def check(self, opened: Opened, line: Line, target: str) -> list[Problem]:
        """What the checks say of a unit's target that no catalog has yet.

        Those that a person waived for just this target come with their reason.
        """
        if not target or line.entry is None:
            return []
        with self._current() as loader:
            project, glossary = loader.project, loader.glossary
            subject = subject_of(project, opened.loaded, opened.catalog, glossary)
            entry = line.entry.replaced(msgstr=target)
            source = opened.covered(line.id, target)
            return list(examined_unit(subject, line.unit, entry, source, loader.waivers))

    def next_finding(self, opened: Opened, name: str) -> Line | None:
        """The next unit behind one that a check has something to say of; round the end too."""
        return next((line for line in opened.after(name) if self._has_finding(opened, line)), None)

    def with_findings(self, opened: Opened) -> list[str]:
        """The ids of the units that a check has something to say of."""
        return [line.id for line in opened.lines if self._has_finding(opened, line)]

    def some_findings(
        self, opened: Opened, start: int, seconds: float
    ) -> tuple[list[tuple[Line, list[Problem]]], int]:
        """The units that a check has something to say of, from one on, for as long as is given.

        Returns:
            The units, with what the checks say, and the number of the unit to go on with; 0 at
            the end of the text.
        """
        until = time.monotonic() + seconds
        found = []
        for at, line in enumerate(islice(opened.lines, start, None), start):
            if problems := self._findings(opened, line):
                found.append((line, problems))
            if time.monotonic() > until:
                return found, at + 1
        return found, 0

    def _has_finding(self, opened: Opened, line: Line) -> bool:
        return bool(self._findings(opened, line))

    def _findings(self, opened: Opened, line: Line) -> list[Problem]:
        if line.joined or line.state in (State.INITIAL, State.DRAFT):
            return []
        return [one for one in self.check(opened, line, line.target) if not one.waived]

    @property
    def glossary(self) -> Glossary:
        with self._current() as loader:
            return loader.glossary

    def rendered(self, opened: Opened, name: str, target: str) -> ParallelBlock | None:
        """The block of a unit as an edition shows it, with a target that no catalog has yet."""
        block, _ = opened.block_of(name)
        entries = [
            Entry(line.unit.source, target if line.id == name else line.target, line.unit.context)
            for line in block.lines
        ]
        by_key = {entry.key: entry for entry in reversed(entries)}
        own = opened.by_id[name].unit.key
        by_key[own] = Entry(own[1], target, own[0])
        document = Document((block.block,), opened.document.inline)
        catalog = Catalog(opened.locale, PoFile(list(by_key.values())))
        made = align(document, opened.text.domain, opened.source, [catalog], drafts=True)
        return made.blocks[0] if made.blocks else None


_MOST_KEPT = 24
"""Texts that stay parsed; the one that was opened first goes first."""


def _remember(known: dict[K, V], key: K, value: V) -> None:
    known.pop(key, None)
    known[key] = value
    while len(known) > _MOST_KEPT:
        del known[next(iter(known))]


def _is_fresh(stamps: Sequence[Stamp]) -> bool:
    """Whether a file changed so lately that another change might leave its stamp as it is."""
    newest = max(stamp[0] for stamp in stamps)
    return time.time_ns() - newest < _CLOCK_STEP
