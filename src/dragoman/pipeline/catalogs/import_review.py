"""Importing what a reviewer or a CAT tool returned, compared with what went out and what is now."""

from __future__ import annotations

import os
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from dragoman import gate
from dragoman.errors import DragomanError
from dragoman.imports import import_for
from dragoman.interchange import returned_units, review_rows
from dragoman.interchange.returned_units import Known, Match, Units, Verdict
from dragoman.interchange.review_rows import Group, Piece, Reviewed
from dragoman.languages import locales
from dragoman.model import Document, Key
from dragoman.parallel.rows import Ids
from dragoman.pipeline.catalogs.import_cells import Cells, Fate, Returned, Taken
from dragoman.pipeline.loader import Loader
from dragoman.pipeline.merging import Merging
from dragoman.project import Files, Project, Text

LOUD = (
    Fate.DRAFTED, Fate.STALE, Fate.CONFLICT, Fate.UNKNOWN, Fate.FOREIGN, Fate.SEVERAL,
    Fate.AMBIGUOUS, Fate.ABSENT, Fate.MISSING,
)  # fmt: skip
"""Fates that somebody has to look at."""
CHANGES = (Fate.EDITED, Fate.CONFIRMED, Fate.SUGGESTED)
"""Fates that change a catalog, and need no more work."""


class Told(NamedTuple):
    """What is reported of one cell."""

    place: str
    """Where it is in the file."""
    locale: str
    fate: Fate
    source: str
    old: str = ""
    new: str = ""
    why: str = ""


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
    rows = _in_locales(project, import_for(path).read(data, path), path)
    merging = Merging(project.files)
    loader = Loader(project, merging)
    text, units, document = _text_of(project, loader, rows, wanted.text, path)
    file = _File(os.path.basename(path), units, rows)
    done: list[Told] = []
    out: dict[str, bytes] = {}
    for locale in file.locales:
        if locale not in project.settings.locales:
            done += [
                Told(row.place, locale, Fate.FOREIGN, row.source)
                for row in rows
                if locale in row.targets
            ]
            continue
        catalog = loader.catalog(text, locale)
        cells = Cells(catalog, document, file.name, wanted.suggest, wanted.by)
        done += file.taken(locale, cells)
        if content := cells.written():
            out[project.catalog(text, locale)] = content
    done += file.missing()
    if wanted.write and out:
        with project.files.locked(project.lock_folder):
            project.files.write(out, merging.merged)
    return Brought(text, tuple(done))


def _in_locales(project: Project, rows: Sequence[Reviewed], path: str) -> list[Reviewed]:
    """The rows, their locales as the project names them."""
    known = {locales.language_tag(x).lower(): x for x in project.settings.locales}
    if len(known) == 1:
        known[""] = next(iter(known.values()))

    def ours(locale: str) -> str:
        return known.get(locale.replace("_", "-").lower(), locale)

    for row in rows:
        if "" not in known and "" in row.targets:
            raise DragomanError(
                "it does not name the language of its targets",
                file=path,
                way_out="set trgLang (2.x) or target-language (1.2) to a locale of the project",
            )
    return [
        row._replace(
            targets={ours(locale): text for locale, text in row.targets.items()},
            locales=tuple(dict.fromkeys(ours(locale) for locale in row.locales)),
        )
        for row in rows
    ]


def _text_of(
    project: Project, loader: Loader, rows: Sequence[Reviewed], name: str, path: str
) -> tuple[Text, Units, Document]:
    """The text that a file is of: the named one, else the one with most of its units."""
    pieces = [_piece(row) for row in rows]
    best: tuple[int, Text, Units, Document] | None = None
    for text in project.texts():
        if name and name not in (text.domain, text.path):
            continue
        document = loader.document(text)
        units = Units(list(_known(document)))
        score = units.score(pieces)
        if best is None or score > best[0]:
            best = (score, text, units, document)
    if best is None or (best[0] == 0 and not name):
        raise DragomanError(
            "of no text of this project", file=path, way_out="name the text with --text"
        )
    return best[1:]


def _known(document: Document) -> Iterator[Known]:
    ids = Ids()
    for number, block in enumerate(document.blocks):
        for unit in block.units:
            yield Known(ids.of(unit.key), unit.key, number)


def _piece(row: Reviewed) -> Piece:
    """A row of a table as the only segment of a unit."""
    target = next(iter(row.targets.values()), None)
    return Piece(row.id, row.source, target, row.state, 1, True, row.place)


class _File:
    """The rows of a returned file, matched with the units of a text."""

    def __init__(self, name: str, units: Units, rows: Sequence[Reviewed]) -> None:
        self.name, self._units = name, units
        named = [x for row in rows for x in (*row.targets, *row.locales)]
        self.locales = sorted(set(named) - {""})
        self._by_text = not any(units.place_of(row.id) is not None for row in rows)
        self._found = list(self._matched(rows))
        self._read: dict[tuple[int, str], Returned] = {}
        self._comments = self._commented(rows)

    def _matched(self, rows: Sequence[Reviewed]) -> Iterator[tuple[Match, Group, Reviewed, bool]]:
        """Every match, with its group, the row it is of, and whether it is in order."""
        seen: set[int] = set()
        for row in rows:
            if row.group is None:
                group = Group((self._sent_source(row),), {row.id: row.hash})
            elif id(row.group) in seen:
                continue
            else:
                seen.add(id(row.group))
                group = row.group
            # a segment that came without an id is looked for by its text if it is alone
            alone = not any(self._units.place_of(piece.id) is not None for piece in group.pieces)
            nameless = not any(piece.id for piece in group.pieces if piece.is_segment)
            matches = self._units.matches(group, self._by_text or (alone and nameless))
            orders = returned_units.in_order(matches)
            for match, ordered in zip(matches, orders, strict=True):
                yield match, group, row, ordered

    def _sent_source(self, row: Reviewed) -> Piece:
        """The piece of a row; what it says counts less than what its hash says of its source."""
        piece, place = _piece(row), self._units.place_of(row.id)
        if place is None:
            return piece
        digest, _ = review_rows.sent(row.hash)
        block, source = self._units.all[place].block, ""
        for unit in self._units.all[place:]:
            if unit.block != block:
                break
            source = f"{source} {unit.source}" if source else unit.source
            if review_rows.digest(source) == digest:
                return piece._replace(source=source)
        return piece

    def taken(self, locale: str, cells: Cells) -> list[Told]:
        """What became of the cells of a locale."""
        done = []
        twice = self._twice(locale)
        for at, (match, group, row, ordered) in enumerate(self._found):
            if row.group is not None and locale not in row.locales:
                continue
            if row.group is None and locale not in row.targets:
                continue
            returned = self._returned(at, locale)
            if at in twice:
                match = match._replace(verdict=Verdict.AMBIGUOUS, why=twice[at])  # noqa: PLW2901
            if not ordered:
                returned = returned._replace(why=returned.why or "the file has it in another place")
            taken = Taken(Fate.PROTECTED) if not group.translate else cells.take(match, returned)
            place = match.pieces[0].place
            said = match.source or row.source
            done.append(Told(place, locale, taken.fate, said, taken.old, taken.new, taken.why))
        for at, comment in self._comments:
            edited = [x for x in self.locales if self._is_edited(at, x)]
            if locale in (edited or self.locales):
                cells.comment(self._found[at][0].units, comment)
        return done

    def _returned(self, at: int, locale: str) -> Returned:
        """What came back for a match in a locale; a target is empty if nothing did."""
        if (at, locale) not in self._read:
            self._read[at, locale] = self._reading(*self._found[at][:3], locale)
        return self._read[at, locale]

    def _reading(self, match: Match, group: Group, row: Reviewed, locale: str) -> Returned:
        source = " ".join(self._units.all[at].source for at in match.units)
        if row.group is None:
            said = returned_units.Said(row.targets.get(locale, ""), row.state)
        elif locale in row.locales:
            said = returned_units.said(match, source or match.source)
        else:
            said = returned_units.Said("", "")
        first = self._units.all[match.units.start].id if match.units else ""
        ids = [piece.id for piece in match.pieces if piece.id in group.hashes]
        hash_ = group.hashes.get(first) or (group.hashes[ids[0]] if ids else "")
        return Returned(said.target, said.state, hash_, said.why)

    def _twice(self, locale: str) -> dict[int, str]:
        """Matches that another contradicts: of the same unit, or edits of the same message."""
        of_units: dict[int, dict[int, str]] = defaultdict(dict)
        of_keys: dict[Key, dict[int, str]] = defaultdict(dict)
        for at, (match, *_) in enumerate(self._found):
            returned = self._returned(at, locale)
            if match.verdict not in (Verdict.SAME, Verdict.CHANGED) or not returned.target:
                continue
            for place in match.units:
                of_units[place][at] = returned.target
            if len(match.units) == 1 and self._is_edited(at, locale):
                of_keys[self._units.all[match.units.start].key][at] = returned.target
        return {
            at: "the file has two translations of it"
            for claims in (*of_units.values(), *of_keys.values())
            if len(set(claims.values())) > 1
            for at in claims
        }

    def _is_edited(self, at: int, locale: str) -> bool:
        """Whether a match came back with another translation than it went out with."""
        returned = self._returned(at, locale)
        sent = review_rows.sent(returned.hash)[1].get(locale)
        return bool(returned.target) and review_rows.digest(returned.target) != sent

    def _commented(self, rows: Sequence[Reviewed]) -> list[tuple[int, str]]:
        """Comments of reviewers, each with the match that it is on."""
        of_piece = {(p.place, p.id): at for at, (m, *_) in enumerate(self._found) for p in m.pieces}
        out = []
        for row in rows:
            at = of_piece.get((row.place, row.id))
            if row.comment.strip() and at is not None and self._found[at][0].units:
                out.append((at, " ".join(row.comment.split())))
        return out

    def missing(self) -> Iterable[Told]:
        """The units for which the file has no segment; told once, not for each locale."""
        seen = {place for match, *_ in self._found for place in match.units}
        for place, unit in enumerate(self._units.all):
            if place not in seen and self.locales:
                yield Told("", self.locales[0], Fate.MISSING, unit.source)


__all__ = ["CHANGES", "LOUD", "Brought", "Fate", "Told", "Wanted", "bring"]
