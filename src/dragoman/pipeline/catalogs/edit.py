"""Edits messages of catalogs: approving translations, and accepting drafts of harmless changes."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from typing import NamedTuple

from dragoman.catalogs import provenance, source_changes
from dragoman.catalogs.merge import CONFLICT
from dragoman.catalogs.source_changes import ChangeKind
from dragoman.errors import DragomanError
from dragoman.model import Key
from dragoman.pipeline.catalogs import sentence_numbers
from dragoman.pipeline.loader import Loader
from dragoman.pipeline.merging import Merging
from dragoman.pipeline.selection import chosen_locales, chosen_texts
from dragoman.po import Entry, PoFile
from dragoman.po.strings import lines_of
from dragoman.project import Project, Text

Edit = Callable[[Text, str, Entry], Entry | None]
"""Takes a text, a locale and an entry; returns the changed entry, or None to leave it."""

_GRAVE = frozenset((ChangeKind.NUMBER, ChangeKind.NEGATION))
"""Kinds of changes that are accepted only for units given by name."""
_REASONS = ("#. Changed (", CONFLICT)
"""Beginnings of comments that explain why a message is a draft."""


class Chosen(NamedTuple):
    """The messages that a command applies to; an empty field means all."""

    texts: tuple[str, ...] = ()
    locales: tuple[str, ...] = ()
    units: tuple[str, ...] = ()
    """Ids or numbers of units, as shown by exports and `check`."""


class Edited(NamedTuple):
    """A message that a command changed."""

    text: Text
    locale: str
    entry: Entry


def edit(project: Project, chosen: Chosen, change: Edit) -> list[Edited]:
    """Change messages of catalogs, all or none; return those that changed.

    Raises:
        DragomanError: there is no such text, locale or unit, or a file cannot be read or written.
    """
    merging = Merging(project.files)
    loader = Loader(project, merging)
    results: list[Edited] = []
    contents: dict[str, bytes] = {}
    texts = chosen_texts(project, chosen.texts)
    keys = {text: keys_of(loader, text, chosen.units) for text in texts}
    if chosen.units and not any(keys.values()):
        raise DragomanError(
            f"there is no unit {chosen.units[0]!r}", how_to_fix="'dragoman export -f tsv' has ids"
        )
    for text in texts:
        for locale in chosen_locales(project, chosen.locales):
            po, path = loader.catalog(text, locale).po, project.catalog(text, locale)
            edited = [
                Edited(text, locale, entry)
                for entry in _edited(po, keys[text], change, text, locale)
            ]
            if edited:
                results += edited
                contents[path] = po.write()
    with project.files.locked(project.lock_folder):
        project.files.write(contents, merging.merged)
    return results


def _edited(
    po: PoFile, keys: set[Key] | None, change: Edit, text: Text, locale: str
) -> Iterator[Entry]:
    """Change the chosen entries of a catalog in place; yield those that changed."""
    header = po.header
    for index, entry in enumerate(po.entries):
        if entry.obsolete or entry is header or (keys is not None and entry.key not in keys):
            continue
        updated = change(text, locale, entry)
        if updated is not None:
            po.entries[index] = updated
            yield updated


def keys_of(loader: Loader, text: Text, units: Sequence[str]) -> set[Key] | None:
    """The keys of the given units of a text; None, which means all, if none are given."""
    if not units:
        return None
    named = sentence_numbers.named(loader.load(text, ()))
    names = [unit.removeprefix(f"{text.domain}:") for unit in units]
    return {named[unit] for unit in names if unit in named}


class Blessed(NamedTuple):
    """The result of `bless`."""

    cleared: list[Edited]
    kept: list[Edited]
    """Drafts left alone because a number or negation in their source changed."""


def bless(project: Project, chosen: Chosen, kinds: frozenset[ChangeKind] | None) -> Blessed:
    """Clear the fuzzy flag of drafts whose source changed without changing its meaning.

    Args:
        project: the project.
        chosen: which messages.
        kinds: only drafts made by changes of these kinds; None means all kinds for units
            chosen by name, and all but numbers and negations for others.

    Raises:
        DragomanError: see `edit`.
    """
    kept: list[Edited] = []

    def blessed(text: Text, locale: str, entry: Entry) -> Entry | None:
        former = entry.previous
        if not entry.fuzzy or former is None or not entry.msgstr:
            return None
        changes = source_changes.classify(former[1], entry.msgid).kinds
        if kinds is not None and not kinds.issuperset(changes):
            return None
        if kinds is None and not chosen.units and not _GRAVE.isdisjoint(changes):
            kept.append(Edited(text, locale, entry))
            return None
        return done(entry)

    return Blessed(edit(project, chosen, blessed), kept)


def done(entry: Entry) -> Entry:
    """The entry without its fuzzy flag, its previous source and the comment on the change."""
    lines = lines_of(entry.without_flag("fuzzy"))
    return entry.replaced(comments="".join(x for x in lines if not x.startswith(_REASONS)))


def review(project: Project, chosen: Chosen, by: str, undo: bool = False) -> list[Edited]:
    """Approve translations, or withdraw approvals; return the messages that changed.

    An approval holds for one target of one source; it is void when either changes.

    Raises:
        DragomanError: see `edit`.
    """
    today = datetime.now().astimezone().date().isoformat()

    def reviewed(_text: Text, _locale: str, entry: Entry) -> Entry | None:
        return approved(entry, f"{by} {today}", undo)

    return edit(project, chosen, reviewed)


def approved(entry: Entry, by: str, undo: bool = False) -> Entry | None:
    """The entry with the approval of its translation, or without it; None if nothing changes.

    Args:
        entry: the entry; a draft or an empty one cannot be approved.
        by: who approves it, and the day.
        undo: whether the approval is taken back.
    """
    current = provenance.read(entry.comments)
    if undo:
        updated = current._replace(reviewed="", seal="")
    elif entry.fuzzy or not entry.msgstr or current.approves(entry.key, entry.msgstr):
        return None
    else:
        updated = current._replace(
            reviewed=by,
            source=provenance.source_hash(entry.key),
            seal=provenance.seal_of(entry.key, entry.msgstr),
        )
    if updated == current:
        return None
    return entry.replaced(comments=provenance.write(entry.comments, updated))
