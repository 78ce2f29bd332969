"""Editing catalogs: approving and blessing translations; one lock, one way to write."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from typing import NamedTuple

from dragoman.catalogs import provenance, source_changes
from dragoman.catalogs.merge import CONFLICT
from dragoman.catalogs.source_changes import Kind
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
"""What becomes of a live entry of a text in a locale; nothing where it stays."""

_GRAVE = frozenset((Kind.NUMBER, Kind.NEGATION))
"""Changes that nobody blesses along with all others."""
_SAID = ("#. Changed (", CONFLICT)
"""How comments begin that tell why a message is a draft."""


class Chosen(NamedTuple):
    """Which messages a command is about; all where nothing is named."""

    texts: tuple[str, ...] = ()
    locales: tuple[str, ...] = ()
    units: tuple[str, ...] = ()
    """Ids or numbers of units, as exports and `check` show them."""


class Edited(NamedTuple):
    """A message that a command changed."""

    text: Text
    locale: str
    entry: Entry


def edit(project: Project, chosen: Chosen, change: Edit) -> list[Edited]:
    """Change messages of catalogs, all of them or none; give back those that changed."""
    merging = Merging(project.files)
    loader = Loader(project, merging)
    done: list[Edited] = []
    out: dict[str, bytes] = {}
    texts = chosen_texts(project, chosen.texts)
    wanted = {text: keys_of(loader, text, chosen.units) for text in texts}
    if chosen.units and not any(wanted.values()):
        raise DragomanError(
            f"there is no unit {chosen.units[0]!r}", way_out="'dragoman export -f tsv' has ids"
        )
    for text in texts:
        for locale in chosen_locales(project, chosen.locales):
            po, path = loader.catalog(text, locale).po, project.catalog(text, locale)
            edited = [
                Edited(text, locale, made)
                for made in _edited(po, wanted[text], change, text, locale)
            ]
            if edited:
                done += edited
                out[path] = po.write()
    with project.files.locked(project.lock_folder):
        project.files.write(out, merging.merged)
    return done


def _edited(
    po: PoFile, keys: set[Key] | None, change: Edit, text: Text, locale: str
) -> Iterator[Entry]:
    """Change the live entries of a catalog that are named; give those that changed."""
    header = po.header
    for place, entry in enumerate(po.entries):
        if entry.obsolete or entry is header or (keys is not None and entry.key not in keys):
            continue
        made = change(text, locale, entry)
        if made is not None:
            po.entries[place] = made
            yield made


def keys_of(loader: Loader, text: Text, units: Sequence[str]) -> set[Key] | None:
    """The messages of a text that are named; None where none is, which means all."""
    if not units:
        return None
    named = sentence_numbers.named(loader.load(text, ()))
    own = [unit.removeprefix(f"{text.domain}:") for unit in units]
    return {named[unit] for unit in own if unit in named}


class Blessed(NamedTuple):
    """What a blessing did."""

    done: list[Edited]
    left: list[Edited]
    """Drafts that were asked for by no name, and whose source has another number or negation."""


def bless(project: Project, chosen: Chosen, kinds: frozenset[Kind] | None) -> Blessed:
    """Say that changes of the source did not change its meaning: drafts made by them are done.

    Args:
        project: the project.
        chosen: which messages.
        kinds: only changes of these kinds; where None, of any kind in units that are named, and
            of any but numbers and negations otherwise.
    """
    left: list[Edited] = []

    def blessed(text: Text, locale: str, entry: Entry) -> Entry | None:
        former = entry.previous
        if not entry.fuzzy or former is None or not entry.msgstr:
            return None
        found = source_changes.classify(former[1], entry.msgid).kinds
        if kinds is not None and not kinds.issuperset(found):
            return None
        if kinds is None and not chosen.units and not _GRAVE.isdisjoint(found):
            left.append(Edited(text, locale, entry))
            return None
        return done(entry)

    return Blessed(edit(project, chosen, blessed), left)


def done(entry: Entry) -> Entry:
    """The entry without its fuzzy flag, its former source, and what was said of the change."""
    lines = lines_of(entry.without_flag("fuzzy"))
    return entry.replaced(comments="".join(x for x in lines if not x.startswith(_SAID)))


def review(project: Project, chosen: Chosen, by: str, undo: bool = False) -> list[Edited]:
    """Approve translations as they stand, or take approvals back.

    An approval is of one target of one source: when either changes, it falls by itself.
    """
    today = datetime.now().astimezone().date().isoformat()

    def reviewed(_text: Text, _locale: str, entry: Entry) -> Entry | None:
        known = provenance.read(entry.comments)
        if undo:
            made = known._replace(reviewed="", seal="")
        elif entry.fuzzy or not entry.msgstr or known.approves(entry.key, entry.msgstr):
            return None
        else:
            made = known._replace(
                reviewed=f"{by} {today}",
                source=provenance.source_hash(entry.key),
                seal=provenance.seal_of(entry.key, entry.msgstr),
            )
        if made == known:
            return None
        return entry.replaced(comments=provenance.write(entry.comments, made))

    return edit(project, chosen, reviewed)
