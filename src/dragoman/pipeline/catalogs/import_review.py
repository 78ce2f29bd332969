"""Bringing back: what a reviewer or a CAT tool returned, compared with what went out and what is."""

from __future__ import annotations

import os
from collections import Counter, defaultdict
from collections.abc import Sequence
from datetime import datetime
from enum import StrEnum
from typing import NamedTuple

from dragoman import gate
from dragoman.catalogs import joins, merge, provenance
from dragoman.catalogs.catalog import Catalog
from dragoman.errors import DragomanError
from dragoman.imports import import_for
from dragoman.interchange import review_rows
from dragoman.interchange.review_rows import Reviewed
from dragoman.model import Document, Key, Missing, Row
from dragoman.parallel.rows import align, named_units
from dragoman.pipeline.catalogs.edit import done
from dragoman.pipeline.loader import Loader
from dragoman.pipeline.merging import Merging
from dragoman.pipeline.selection import chosen_locales
from dragoman.po import Entry
from dragoman.po.strings import escape
from dragoman.project import Files, Project, Text


class Fate(StrEnum):
    """What became of a returned cell."""

    SAME = "as it went out"
    EDITED = "edited"
    SUGGESTED = "suggested"
    STALE = "stale: the source has changed since"
    CONFLICT = "conflict: the translation has changed since; both stand in the catalog"
    UNKNOWN = "unknown: no such unit in the text"
    FOREIGN = "not a locale of this project"
    SEVERAL = "spans several translations; edit them in the catalog"
    MISSING = "missing: the file has no row for it"


LOUD = (Fate.STALE, Fate.CONFLICT, Fate.UNKNOWN, Fate.FOREIGN, Fate.SEVERAL, Fate.MISSING)
"""Fates that somebody has to look at."""


class Told(NamedTuple):
    """What is said of one cell."""

    place: str
    """Where it stands in the file."""
    locale: str
    fate: Fate
    source: str


class Brought(NamedTuple):
    """What an import did, or would do."""

    text: Text
    told: tuple[Told, ...]

    def tally(self, fate: Fate) -> int:
        return Counter(told.fate for told in self.told)[fate]


class Wanted(NamedTuple):
    """How returned translations are taken."""

    text: str = ""
    """The text's name; found by its units where empty."""
    suggest: bool = False
    """Whether they only stand beside what is there."""
    by: str = ""
    """Who returned them; approves those that the file calls reviewed."""
    write: bool = True


def bring(project: Project, path: str, wanted: Wanted) -> Brought:
    """Take a returned file into the catalogs of its text.

    Raises:
        DragomanError: the file is of no known format, or of no text of this project.
    """
    place = os.path.abspath(path)
    data = Files(os.path.dirname(place)).bytes_of(place, gate.LARGEST)
    if data is None:
        raise DragomanError("there is no such file", file=path, way_out="check the path")
    rows = import_for(path).read(data, path)
    merging = Merging(project.files)
    loader = Loader(project, merging)
    with project.files.locked(project.lock_folder):
        text, document = _text_of(project, loader, rows, wanted.text, path)
        taker = _Taker(project, loader, text, document, os.path.basename(path), wanted)
        told = taker.take(rows)
        if wanted.write:
            project.files.write(taker.written(), merging.merged)
    return Brought(text, tuple(told))


def _text_of(
    project: Project, loader: Loader, rows: Sequence[Reviewed], name: str, path: str
) -> tuple[Text, Document]:
    """The text that a file is of: the named one, else the one with most of its units."""
    ids = {row.id for row in rows}
    best: tuple[int, Text, Document] | None = None
    for text in project.texts():
        if name and name not in (text.domain, text.path):
            continue
        document = loader.document(text)
        known = len(ids & named_units(document).keys())
        if best is None or known > best[0]:
            best = (known, text, document)
    if best is None or (best[0] == 0 and not name):
        raise DragomanError(
            "of no text of this project", file=path, way_out="name the text with --text"
        )
    return best[1], best[2]


class _Taker:
    """Takes the rows of one file into the catalogs of one text."""

    def __init__(
        self,
        project: Project,
        loader: Loader,
        text: Text,
        document: Document,
        file: str,
        wanted: Wanted,
    ) -> None:
        self._project, self._text, self._wanted, self._file = project, text, wanted, file
        self._locales = chosen_locales(project, ())
        self._catalogs = {locale: loader.catalog(text, locale) for locale in self._locales}
        self._keys = named_units(document)
        catalogs = list(self._catalogs.values())
        parallel = align(
            document, text.domain, project.settings.source, catalogs, Missing.BLANK, drafts=True
        )
        self._rows = {row.id: row for row in parallel.rows}
        self._edits: dict[str, dict[Key, Entry]] = defaultdict(dict)

    def take(self, rows: Sequence[Reviewed]) -> list[Told]:
        returned_locales = {locale for returned in rows for locale in returned.targets}
        told = [one for returned in rows for one in self._row(returned)]
        for returned in rows:
            if returned.comment.strip():
                self._comment(returned, sorted(returned_locales & self._catalogs.keys()))
        seen = {returned.id for returned in rows}
        for row in self._rows.values():
            if row.id not in seen:
                told += [
                    Told("", x, Fate.MISSING, row.cells[0].text)
                    for x in sorted(returned_locales)[:1]
                ]
        return told

    def _row(self, returned: Reviewed) -> list[Told]:
        row = self._rows.get(returned.id)
        told = []
        for locale, target in returned.targets.items():
            fate = self._cell(row, returned, locale, target)
            told.append(Told(returned.place, locale, fate, returned.source))
        return told

    def _cell(self, row: Row | None, returned: Reviewed, locale: str, target: str) -> Fate:
        """What becomes of one returned translation."""
        if row is None:
            return Fate.UNKNOWN
        if locale not in self._catalogs:
            return Fate.FOREIGN
        cell = row.cells[self._locales.index(locale) + 1]
        now = "" if cell.stand_in else cell.text
        source_sent, targets_sent = review_rows.sent(returned.hash)
        sent = targets_sent.get(locale, "")
        fresh = (
            review_rows.digest(row.cells[0].text) == source_sent
            if source_sent
            else row.cells[0].text == returned.source
        )
        if sent == review_rows.digest(target) or target == now:
            return Fate.SAME
        entry = self._entry(row, locale)
        if entry is None:
            return Fate.SEVERAL
        if not fresh:
            self._put(locale, self._remarked(entry, target))
            return Fate.STALE
        if (review_rows.digest(now) if now else "") != sent and now:
            told = f"{merge.CONFLICT}ours: “{escape(now)}”\n{merge.CONFLICT}{self._file}: “{escape(target)}”\n"
            self._put(locale, _with(entry, told) if entry.fuzzy else entry.flagged("fuzzy", told))
            return Fate.CONFLICT
        if self._wanted.suggest:
            self._put(locale, self._suggested(entry, target))
            return Fate.SUGGESTED
        self._put(locale, self._edited(entry, target, returned))
        return Fate.EDITED

    def _comment(self, returned: Reviewed, locales: Sequence[str]) -> None:
        """Keep what was said of a row: with the translations edited in it, else with them all."""
        row = self._rows.get(returned.id)
        if row is None:
            return
        said = f"# comment ({self._file}): {' '.join(returned.comment.split())}\n"
        found = {locale: self._entry(row, locale) for locale in locales}
        edited = [x for x, entry in found.items() if entry and entry.key in self._edits[x]]
        for locale in edited or locales:
            entry = found[locale]
            if entry is not None:
                self._put(locale, _with(entry, said))

    def _entry(self, row: Row, locale: str) -> Entry | None:
        """The one entry that holds the translation of a row; nothing where several do."""
        catalog: Catalog = self._catalogs[locale]
        keys = dict.fromkeys(self._keys[id_] for id_ in (row.id, *row.also))
        entries = [self._edits[locale].get(key) or catalog.entry(key) for key in keys]
        found = [
            entry for entry in entries if entry is not None and entry.msgstr not in joins.MARKS
        ]
        return found[0] if len(found) == 1 else None

    def _put(self, locale: str, entry: Entry) -> None:
        self._edits[locale][entry.key] = entry

    def _remarked(self, entry: Entry, target: str) -> Entry:
        return _with(entry, f"# suggestion ({self._file}): “{escape(target)}”\n")

    def _suggested(self, entry: Entry, target: str) -> Entry:
        if entry.msgstr:
            return self._remarked(entry, target)
        return self._origin(entry.replaced(msgstr=target).flagged("fuzzy"))

    def _edited(self, entry: Entry, target: str, returned: Reviewed) -> Entry:
        made = entry.replaced(msgstr=target)
        if returned.state == "draft":
            return self._origin(made if made.fuzzy else made.flagged("fuzzy"))
        made = self._origin(done(made) if made.fuzzy else made)
        if self._wanted.by and returned.state == "reviewed":
            known = provenance.read(made.comments)
            today = datetime.now().astimezone().date().isoformat()
            seal = provenance.seal_of(made.key, target)
            approved = known._replace(reviewed=f"{self._wanted.by} {today}", seal=seal)
            made = made.replaced(comments=provenance.write(made.comments, approved))
        return made

    def _origin(self, entry: Entry) -> Entry:
        said = provenance.Provenance(f"imported {self._file}", provenance.source_hash(entry.key))
        return entry.replaced(comments=provenance.write(entry.comments, said))

    def written(self) -> dict[str, bytes]:
        """The catalogs that changed, as files."""
        out = {}
        for locale, edits in self._edits.items():
            po = self._catalogs[locale].po
            for place, entry in enumerate(po.entries):
                if not entry.obsolete and entry.key in edits:
                    po.entries[place] = edits[entry.key]
            if edits:
                out[self._project.catalog(self._text, locale)] = po.write()
        return out


def _with(entry: Entry, remark: str) -> Entry:
    """The entry with a translator comment more, unless it has it already."""
    if remark in entry.comments:
        return entry
    own = entry.translator_comments
    return entry.replaced(comments=own + remark + entry.comments.removeprefix(own))
