"""Takes one returned translation: as a translation, a draft or a suggestion, or not at all."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from enum import StrEnum
from typing import NamedTuple

from dragoman.catalogs import joins, merge, provenance
from dragoman.catalogs.catalog import Catalog
from dragoman.catalogs.suggestions import remarked, suggested
from dragoman.interchange import review_rows
from dragoman.interchange.returned_units import UnitMatch, Verdict
from dragoman.model import Document, Key, Missing, Row, State
from dragoman.parallel.rows import align
from dragoman.pipeline.catalogs.edit import done
from dragoman.po import Entry
from dragoman.po.strings import escape


class Outcome(StrEnum):
    """The result of importing a returned cell; the values are shown to users."""

    SAME = "as it was exported"
    BLANK = "not translated in the file"
    PROTECTED = "marked as not to be translated"
    EDITED = "edited"
    CONFIRMED = "draft confirmed"
    SUGGESTED = "suggested"
    DRAFTED = "taken as a draft"
    STALE = "stale: the source has changed since"
    CONFLICT = "conflict: the translation has changed since; the catalog has both"
    UNKNOWN = "unknown: no such unit in the text"
    FOREIGN = "not a locale of this project"
    SEVERAL = "spans several translations; edit them in the catalog"
    AMBIGUOUS = "ambiguous: left alone"
    ABSENT = "has no message in the catalog yet; run 'dragoman update', then import again"
    MISSING = "missing: the file has no row for it"


class Returned(NamedTuple):
    """A returned translation."""

    target: str
    state: str
    hash: str
    """Hash of its row when it was exported; empty if the file has none."""
    why: str = ""
    """Why it is not a finished translation; empty if it is one."""


class Taken(NamedTuple):
    """The result of importing one returned translation."""

    fate: Outcome
    old: str = ""
    new: str = ""
    why: str = ""


class _Now(NamedTuple):
    """A row of the present text in one locale, and the indices of its units."""

    row: Row
    span: range

    @property
    def text(self) -> str:
        cell = self.row.cells[1]
        return "" if cell.stand_in else cell.text

    @property
    def is_draft(self) -> bool:
        return self.row.cells[1].state is State.DRAFT


class Cells:
    """The translations of a text in one locale, and the changes that an import makes to them."""

    def __init__(
        self, catalog: Catalog, document: Document, file: str, suggest: bool, by: str
    ) -> None:
        self._catalog, self._locale, self._file = catalog, catalog.locale, file
        self._suggest, self._by = suggest, by
        parallel = align(document, "", "", [catalog], Missing.BLANK, drafts=True, spans=False)
        self._keys = [unit.key for block in document.blocks for unit in block.units]
        self._rows: list[_Now] = []
        for row in parallel.rows:
            start = self._rows[-1].span.stop if self._rows else 0
            self._rows.append(_Now(row, range(start, start + 1 + len(row.also))))
        self._row_at = {place: now for now in self._rows for place in now.span}
        self._edits: dict[Key, Entry] = {}
        self._added: list[Entry] = []

    # --- deciding ---

    def take(self, match: UnitMatch, returned: Returned) -> Taken:
        """Import a returned translation."""
        if match.verdict is Verdict.AMBIGUOUS:
            return Taken(Outcome.AMBIGUOUS, new=returned.target, why=match.why)
        if not returned.target.strip():
            return Taken(Outcome.BLANK)
        if match.verdict is Verdict.UNKNOWN:
            return self._unknown(match, returned)
        if match.verdict is Verdict.CHANGED:
            returned = returned._replace(why="the file has another source")
        by_start = {self._row_at[index].span.start: self._row_at[index] for index in match.units}
        rows = list(by_start.values())
        if len(rows) == 1 and rows[0].span == match.units:
            return self._single(rows[0], returned)
        return self._spanning(match, rows, returned)

    def _single(self, now: _Now, returned: Returned) -> Taken:
        """Import a translation of exactly one row."""
        target, old = returned.target, now.text
        entry = self._entry(now)
        if self._is_sent(returned) or target == old:
            if entry is not None and self._confirms(now, returned):
                return self._put(Outcome.CONFIRMED, self._finished(entry, returned), old, target)
            return Taken(Outcome.SAME)
        if entry is None:
            return self._unreachable(now, target)
        source, sent = review_rows.sent(returned.hash)
        if source and review_rows.digest(now.row.cells[0].text) != source:
            return self._put(Outcome.STALE, suggested(entry, self._file, target), old, target)
        if old and (not source or self._is_other(old, sent.get(self._locale, ""))):
            return self._conflict(entry, returned, flag=bool(source))
        if self._suggest:
            return self._put(Outcome.SUGGESTED, self._suggested(entry, target), old, target)
        if returned.why:
            return self._drafted(entry, returned)
        if returned.state == "draft" and old and not now.is_draft:
            entry_with_suggestion = suggested(entry, self._file, target)
            return self._put(
                Outcome.SUGGESTED, entry_with_suggestion, old, target, "the file calls it a draft"
            )
        why = "as a draft" if returned.state == "draft" else ""
        return self._put(Outcome.EDITED, self._edited(entry, returned), old, target, why)

    def _is_sent(self, returned: Returned) -> bool:
        """Whether the returned target is the one that was exported."""
        sent = review_rows.sent(returned.hash)[1].get(self._locale, "")
        return bool(sent) and not self._is_other(returned.target, sent)

    @staticmethod
    def _is_other(text: str, sent: str) -> bool:
        """Whether a text differs from the one with the hash `sent`."""
        return review_rows.digest(text) != sent

    def _confirms(self, now: _Now, returned: Returned) -> bool:
        """Whether an exported draft came back with the same text but marked as finished."""
        went_as_draft = self._locale in review_rows.sent_drafts(returned.hash)
        finished = returned.state in ("translated", "reviewed") and not returned.why
        same = returned.target == now.text and not self._suggest
        return went_as_draft and finished and same and now.is_draft

    def _unreachable(self, now: _Now, target: str) -> Taken:
        """The result for a row whose translation is not in exactly one entry."""
        known = [self._catalog.entry(self._keys[place]) for place in now.span]
        fate = Outcome.ABSENT if None in known else Outcome.SEVERAL
        return Taken(fate, now.text, target)

    def _conflict(self, entry: Entry, returned: Returned, flag: bool) -> Taken:
        """Keep both texts: as conflict comments if the file says what was exported, else as a suggestion."""
        ours, theirs = entry.msgstr, returned.target
        if not flag:
            return self._put(Outcome.CONFLICT, suggested(entry, self._file, theirs), ours, theirs)
        remark = f"{merge.CONFLICT}ours: “{escape(ours)}”\n{merge.CONFLICT}{self._file}: “{escape(theirs)}”\n"
        updated = remarked(entry, remark) if entry.fuzzy else entry.flagged("fuzzy", remark)
        return self._put(Outcome.CONFLICT, updated, ours, theirs)

    def _drafted(self, entry: Entry, returned: Returned) -> Taken:
        """Import an unfinished translation: as a draft, or as a suggestion if there is a text already."""
        if entry.msgstr:
            updated = suggested(entry, self._file, returned.target)
        else:
            updated = self._origin(entry.replaced(msgstr=returned.target))
            updated = updated if updated.fuzzy else updated.flagged("fuzzy")
            updated = remarked(updated, f"# import ({self._file}): {returned.why}\n")
        return self._put(Outcome.DRAFTED, updated, entry.msgstr, returned.target, returned.why)

    def _spanning(self, match: UnitMatch, rows: Sequence[_Now], returned: Returned) -> Taken:
        """Import a translation that spans several rows, or only a part of one."""
        target = returned.target
        old = " ".join(now.text for now in rows if now.text)
        if self._is_sent(returned) or target == old:
            return Taken(Outcome.SAME)
        source, _ = review_rows.sent(returned.hash)
        joined = " ".join(self._keys[place][1] for place in match.units)
        same_source = bool(source) and review_rows.digest(joined) == source
        if len(rows) > 1 and same_source and not returned.why:
            changed = _changed_alone([now.text for now in rows], target)
            if changed is not None:
                now, text = rows[changed[0]], changed[1]
                cell = now.row.cells[0].text
                alone = review_rows.fingerprint(cell, {self._locale: now.text})
                return self._single(now, returned._replace(target=text, hash=alone))
        entry = self._entry(rows[0])
        if entry is None:
            return self._unreachable(rows[0], target)
        if len(rows) == 1 or same_source:
            return self._put(Outcome.SEVERAL, suggested(entry, self._file, target), old, target)
        return self._drafted(entry, returned._replace(why="the file has several units in one"))

    def _unknown(self, match: UnitMatch, returned: Returned) -> Taken:
        """Import a translation of a unit that the text no longer has, as an obsolete message."""
        target = returned.target
        if self._is_sent(returned):
            return Taken(Outcome.SAME)
        id_ = match.pieces[0].id.rpartition("-")[0] or match.pieces[0].id
        for entry in self._catalog.po.entries:
            if entry.obsolete and provenance.source_hash(entry.key) == id_:
                current = self._edits.get(entry.key, entry)
                if current.msgstr == target:
                    return Taken(Outcome.SAME)
                updated = (
                    suggested(current, self._file, target)
                    if current.msgstr
                    else current.replaced(msgstr=target)
                )
                why = "kept with its obsolete message"
                return self._put(Outcome.UNKNOWN, updated, entry.msgstr, target, why)
        if provenance.source_hash((None, match.source)) == id_ and self._catalog.po.header:
            self._added.append(Entry(match.source, target, obsolete=True))
            return Taken(Outcome.UNKNOWN, "", target, "kept as an obsolete message")
        return Taken(Outcome.UNKNOWN, "", target)

    # --- entries ---

    def comment(self, units: range, comment: str) -> None:
        """Add a reviewer's comment to the message of a unit."""
        entry = self._entry(self._row_at[units.start])
        if entry is not None and comment not in _own_notes(entry):
            self._edits[entry.key] = remarked(entry, f"# comment ({self._file}): {comment}\n")

    def _entry(self, now: _Now) -> Entry | None:
        """The entry with the translation of a row; None if several entries share it.

        A mark of a joined sentence that points nowhere does not count, so that a translation
        replaces it.
        """
        keys = dict.fromkeys(self._keys[place] for place in now.span)
        entries = [self._edits.get(key) or self._catalog.entry(key) for key in keys]
        alone = len(now.span) == 1
        candidates = [
            e for e in entries if e is not None and (alone or e.msgstr not in joins.MARKS)
        ]
        return candidates[0] if len(candidates) == 1 else None

    def _put(self, fate: Outcome, updated: Entry, old: str, new: str, why: str = "") -> Taken:
        """Keep a changed entry, and return the result."""
        self._edits[updated.key] = updated
        return Taken(fate, old, new, why)

    def _suggested(self, entry: Entry, target: str) -> Entry:
        """The entry with a suggestion, or with a draft if it has no translation."""
        if entry.msgstr:
            return suggested(entry, self._file, target)
        updated = entry.replaced(msgstr=target)
        return self._origin(updated if updated.fuzzy else updated.flagged("fuzzy"))

    def _edited(self, entry: Entry, returned: Returned) -> Entry:
        """The entry with the returned translation."""
        updated = entry.replaced(msgstr=returned.target)
        if returned.state == "draft":
            return self._origin(updated if updated.fuzzy else updated.flagged("fuzzy"))
        return self._finished(updated, returned)

    def _finished(self, entry: Entry, returned: Returned) -> Entry:
        """The entry with a finished translation, approved if the file says so."""
        updated = self._origin(done(entry) if entry.fuzzy else entry)
        if self._by and returned.state == "reviewed":
            known = provenance.read(updated.comments)
            today = datetime.now().astimezone().date().isoformat()
            seal = provenance.seal_of(updated.key, updated.msgstr)
            approved = known._replace(reviewed=f"{self._by} {today}", seal=seal)
            updated = updated.replaced(comments=provenance.write(updated.comments, approved))
        return updated

    def _origin(self, entry: Entry) -> Entry:
        """The entry with a comment that its translation was imported."""
        origin = provenance.Provenance(f"imported {self._file}", provenance.source_hash(entry.key))
        return entry.replaced(comments=provenance.write(entry.comments, origin))

    def written(self) -> bytes:
        """The content of the changed catalog; empty if nothing changed."""
        po = self._catalog.po
        if not self._edits and not self._added:
            return b""
        before = po.write()
        for index, entry in enumerate(po.entries):
            if entry.key in self._edits and entry is not po.header:
                updated = self._edits[entry.key]
                if updated.obsolete == entry.obsolete:
                    po.entries[index] = updated
        po.entries += self._added
        content = po.write()
        return b"" if content == before else content


def _own_notes(entry: Entry) -> str:
    """The text's notes to translators, in one line; files bring them back unchanged."""
    return " ".join(entry.automatic.split())


def _changed_alone(texts: Sequence[str], target: str) -> tuple[int, str] | None:
    """Index and new text of the one translation that was changed in a joined text.

    None if this is not certain: several changed, or text was inserted between two.

    >>> _changed_alone(["a b.", "c d."], "a b. c e.")
    (1, 'c e.')
    >>> _changed_alone(["a b.", "c d."], "a b. And c d.")
    """
    results = []
    for index in range(len(texts)):
        before, after = " ".join(texts[:index]), " ".join(texts[index + 1 :])
        start, end = (before and before + " "), (after and " " + after)
        fits = len(target) > len(start) + len(end)
        if fits and target.startswith(start) and target.endswith(end):
            results.append((index, target[len(start) : len(target) - len(end)]))
    return results[0] if len(results) == 1 and all(texts) else None
