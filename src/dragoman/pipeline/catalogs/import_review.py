"""Imports a file from a reviewer or CAT tool, compared with what was exported and what is there now."""

from __future__ import annotations

import os
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from dragoman import gate
from dragoman.errors import DragomanError
from dragoman.imports import import_for
from dragoman.interchange import returned_units, review_rows
from dragoman.interchange.returned_units import Known, UnitMatch, Units, Verdict
from dragoman.interchange.review_rows import Group, Piece, Reviewed
from dragoman.languages import locales
from dragoman.model import Document, Key
from dragoman.parallel.rows import Ids
from dragoman.pipeline.catalogs.import_cells import Cells, Outcome, Returned, Taken
from dragoman.pipeline.loader import Loader
from dragoman.pipeline.merging import Merging
from dragoman.pipeline.selection import chosen_locales
from dragoman.project import Files, Project, Text

LOUD = (
    Outcome.DRAFTED, Outcome.STALE, Outcome.CONFLICT, Outcome.UNKNOWN, Outcome.FOREIGN, Outcome.SEVERAL,
    Outcome.AMBIGUOUS, Outcome.ABSENT, Outcome.MISSING,
)  # fmt: skip
"""Results that somebody has to look at."""
CHANGES = (Outcome.EDITED, Outcome.CONFIRMED, Outcome.SUGGESTED)
"""Results that change a catalog and need no more work."""


class CellReport(NamedTuple):
    """The report of one cell."""

    place: str
    """Position in the returned file, as its reader describes it."""
    locale: str
    fate: Outcome
    source: str
    old: str = ""
    new: str = ""
    why: str = ""


class ImportResult(NamedTuple):
    """The result of an import, or of a dry run."""

    text: Text
    told: tuple[CellReport, ...]

    def tally(self, fate: Outcome) -> int:
        """How many cells have a result."""
        return Counter(cell.fate for cell in self.told)[fate]


class ImportOptions(NamedTuple):
    """Options of an import."""

    text: str = ""
    """The text's name; if empty, it is recognised by its units."""
    suggest: bool = False
    """Whether translations are added as suggestions only."""
    by: str = ""
    """Name of the reviewer, who approves what the file marks as reviewed; may be empty."""
    write: bool = True
    """Whether to write the catalogs; False for a dry run."""
    locales: Sequence[str] = ()
    """The locales to import; all of the file if empty. One names the language of a file that names none."""


def import_review(project: Project, path: str, wanted: ImportOptions) -> ImportResult:
    """Import a returned file into the catalogs of its text.

    Raises:
        DragomanError: the file has an unknown format, or does not match any text of this project.
    """
    place = os.path.abspath(path)
    data = Files(os.path.dirname(place)).bytes_of(place, gate.LARGEST)
    if data is None:
        raise DragomanError("there is no such file", file=path, how_to_fix="check the path")
    rows = _in_locales(project, import_for(path).read(data, path), path, wanted.locales)
    merging = Merging(project.files)
    loader = Loader(project, merging)
    text, units, document = _text_of(project, loader, rows, wanted.text, path)
    file = _File(os.path.basename(path), units, rows)
    cells_told: list[CellReport] = []
    contents: dict[str, bytes] = {}
    for locale in file.locales:
        if locale not in project.settings.locales:
            cells_told += [
                CellReport(row.place, locale, Outcome.FOREIGN, row.source)
                for row in rows
                if locale in row.targets
            ]
            continue
        catalog = loader.catalog(text, locale)
        cells = Cells(catalog, document, file.name, wanted.suggest, wanted.by)
        cells_told += file.taken(locale, cells)
        if content := cells.written():
            contents[project.catalog(text, locale)] = content
    cells_told += file.missing()
    if wanted.write:
        with project.files.locked(project.lock_folder):
            project.files.write(contents, merging.merged)
    return ImportResult(text, tuple(cells_told))


def _in_locales(
    project: Project, rows: Sequence[Reviewed], path: str, chosen: Sequence[str]
) -> list[Reviewed]:
    """The rows in the chosen locales, in the project's spelling.

    Raises:
        DragomanError: the file does not name its target language, and the project has several;
            or there is no such locale, or the file has none of them.
    """
    targets = chosen_locales(project, chosen)
    known = {locales.language_tag(x).lower(): x for x in project.settings.locales}
    if len(targets) == 1:
        known[""] = targets[0]

    def ours(locale: str) -> str:
        return known.get(locale.replace("_", "-").lower(), locale)

    for row in rows:
        if "" not in known and "" in row.targets:
            raise DragomanError(
                "the file does not name the language of its targets",
                file=path,
                how_to_fix="name it with --locale, or set trgLang (2.x) or target-language (1.2)",
            )
    mapped = [
        row._replace(
            targets={ours(locale): text for locale, text in row.targets.items()},
            locales=tuple(dict.fromkeys(ours(locale) for locale in row.locales)),
        )
        for row in rows
    ]
    return _only(mapped, targets, path) if chosen else mapped


def _only(rows: Sequence[Reviewed], targets: Sequence[str], path: str) -> list[Reviewed]:
    """The rows without the other locales.

    Raises:
        DragomanError: the file has none of these locales.
    """
    found = {locale for row in rows for locale in (*row.targets, *row.locales)}
    if found.isdisjoint(targets):
        raise DragomanError(
            f"has no {' or '.join(targets)}",
            file=path,
            how_to_fix=f"its locales: {', '.join(sorted(found))}",
        )
    return [
        row._replace(
            targets={x: text for x, text in row.targets.items() if x in targets},
            locales=tuple(x for x in row.locales if x in targets),
        )
        for row in rows
    ]


def _text_of(
    project: Project, loader: Loader, rows: Sequence[Reviewed], name: str, path: str
) -> tuple[Text, Units, Document]:
    """The text that a file was exported from: the named one, else the one that shares most units."""
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
            "does not match any text of this project",
            file=path,
            how_to_fix="name the text with --text",
        )
    return best[1:]


def _known(document: Document) -> Iterator[Known]:
    """The units of a document with their ids and the numbers of their blocks."""
    ids = Ids()
    for number, block in enumerate(document.blocks):
        for unit in block.units:
            yield Known(ids.of(unit.key), unit.key, number)


def _piece(row: Reviewed) -> Piece:
    """The row of a table as the only segment of a unit."""
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

    def _matched(
        self, rows: Sequence[Reviewed]
    ) -> Iterator[tuple[UnitMatch, Group, Reviewed, bool]]:
        """Yield every match, with its group, its row, and whether it is in order."""
        seen: set[int] = set()
        for row in rows:
            if row.group is None:
                group = Group((self._sent_source(row),), {row.id: row.hash})
            elif id(row.group) in seen:
                continue
            else:
                seen.add(id(row.group))
                group = row.group
            # a segment without an id is matched by its text if it is alone in its group
            alone = not any(self._units.place_of(piece.id) is not None for piece in group.pieces)
            nameless = not any(piece.id for piece in group.pieces if piece.is_segment)
            matches = self._units.matches(group, self._by_text or (alone and nameless))
            orders = returned_units.in_order(matches)
            for match, ordered in zip(matches, orders, strict=True):
                yield match, group, row, ordered

    def _sent_source(self, row: Reviewed) -> Piece:
        """The piece of a row; the source is the exported one if the row's hash confirms it."""
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

    def taken(self, locale: str, cells: Cells) -> list[CellReport]:
        """Import the cells of a locale, and report each."""
        reports = []
        contradicted = self._twice(locale)
        for index, (match, group, row, ordered) in enumerate(self._found):
            if row.group is not None and locale not in row.locales:
                continue
            if row.group is None and locale not in row.targets:
                continue
            returned = self._returned(index, locale)
            if index in contradicted:
                match = match._replace(verdict=Verdict.AMBIGUOUS, why=contradicted[index])  # noqa: PLW2901
            if not ordered:
                returned = returned._replace(why=returned.why or "the file has it in another place")
            taken = Taken(Outcome.PROTECTED) if not group.translate else cells.take(match, returned)
            place = match.pieces[0].place
            source = match.source or row.source
            reports.append(
                CellReport(place, locale, taken.fate, source, taken.old, taken.new, taken.why)
            )
        for index, comment in self._comments:
            edited = [x for x in self.locales if self._is_edited(index, x)]
            if locale in (edited or self.locales):
                cells.comment(self._found[index][0].units, comment)
        return reports

    def _returned(self, index: int, locale: str) -> Returned:
        """What was returned for a match in a locale; the target is empty if nothing was."""
        if (index, locale) not in self._read:
            self._read[index, locale] = self._reading(*self._found[index][:3], locale)
        return self._read[index, locale]

    def _reading(self, match: UnitMatch, group: Group, row: Reviewed, locale: str) -> Returned:
        """Compute what was returned for a match in a locale."""
        source = " ".join(self._units.all[at].source for at in match.units)
        if row.group is None:
            content = returned_units.JoinedTarget(row.targets.get(locale, ""), row.state)
        elif locale in row.locales:
            content = returned_units.said(match, source or match.source)
        else:
            content = returned_units.JoinedTarget("", "")
        first = self._units.all[match.units.start].id if match.units else ""
        ids = [piece.id for piece in match.pieces if piece.id in group.hashes]
        hash_ = group.hashes.get(first) or (group.hashes[ids[0]] if ids else "")
        return Returned(content.target, content.state, hash_, content.why)

    def _twice(self, locale: str) -> dict[int, str]:
        """Matches contradicted by another one: of the same unit, or edits of the same message."""
        of_units: dict[int, dict[int, str]] = defaultdict(dict)
        of_keys: dict[Key, dict[int, str]] = defaultdict(dict)
        for index, (match, *_) in enumerate(self._found):
            returned = self._returned(index, locale)
            if match.verdict not in (Verdict.SAME, Verdict.CHANGED) or not returned.target:
                continue
            for place in match.units:
                of_units[place][index] = returned.target
            if len(match.units) == 1 and self._is_edited(index, locale):
                of_keys[self._units.all[match.units.start].key][index] = returned.target
        return {
            index: "the file has two translations of it"
            for claims in (*of_units.values(), *of_keys.values())
            if len(set(claims.values())) > 1
            for index in claims
        }

    def _is_edited(self, index: int, locale: str) -> bool:
        """Whether the returned translation differs from the exported one."""
        returned = self._returned(index, locale)
        sent = review_rows.sent(returned.hash)[1].get(locale)
        return bool(returned.target) and review_rows.digest(returned.target) != sent

    def _commented(self, rows: Sequence[Reviewed]) -> list[tuple[int, str]]:
        """Comments of reviewers, each with the index of its match."""
        of_piece = {
            (p.place, p.id): index for index, (m, *_) in enumerate(self._found) for p in m.pieces
        }
        comments = []
        for row in rows:
            index = of_piece.get((row.place, row.id))
            if row.comment.strip() and index is not None and self._found[index][0].units:
                comments.append((index, " ".join(row.comment.split())))
        return comments

    def missing(self) -> Iterable[CellReport]:
        """The units that the file has no segment for, reported once and not for each locale."""
        seen = {place for match, *_ in self._found for place in match.units}
        keys = {self._units.all[place].key for place in seen}  # a repeated sentence is one message
        for unit in self._units.all:
            if unit.key not in keys and self.locales:
                yield CellReport("", self.locales[0], Outcome.MISSING, unit.source)


__all__ = [
    "CHANGES",
    "LOUD",
    "CellReport",
    "ImportOptions",
    "ImportResult",
    "Outcome",
    "import_review",
]
