"""Catalogs: what a text asks for, what a PO file holds, and bringing the two in step."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from typing import NamedTuple

from dragoman import bidi, joins, locales, provenance
from dragoman.model import Document, Key, Kind, State, Unit
from dragoman.po import Entry, PoFile, compile_mo
from dragoman.po.entry import automatic_comments, reference, rendered


class TemplateMessage(NamedTuple):
    """A message a text asks for."""

    key: Key
    automatic: str
    """Its `#.` and `#:` lines: kind of block, heading above, notes; places in the text."""


def template(document: Document, file: str, neighbours: bool = False) -> list[TemplateMessage]:
    """The messages of a text in order, each once.

    Args:
        document: the text.
        file: its name in references, as in `source_texts/x.md:12`.
        neighbours: whether the sentences before and after stand in the extracted comments.
    """
    found: dict[Key, list[tuple[tuple[str, ...], int]]] = {}
    for kind, units in _described(document):
        same = (kind,)
        for index, unit in enumerate(units):
            comments: tuple[str, ...] = same
            if neighbours or unit.notes:
                comments = (kind, *_remarks(unit, units, index, neighbours))
            found.setdefault((unit.context, unit.source), []).append((comments, unit.line))
    place = reference(file)
    return [TemplateMessage(key, _automatic(places, place)) for key, places in found.items()]


def _remarks(unit: Unit, units: list[Unit], index: int, neighbours: bool) -> Iterator[str]:
    yield from (f"Note: {note}" for note in unit.notes)
    if neighbours:
        yield from (f"Before: {other.source}" for other in units[max(0, index - 1) : index])
        yield from (f"After: {other.source}" for other in units[index + 1 : index + 2])


def _automatic(places: list[tuple[tuple[str, ...], int]], file: str) -> str:
    """The `#.` and `#:` lines of a message that stands at these places."""
    if len(places) == 1:
        comments, line = places[0]
        if len(comments) == 1:
            return f"#. {comments[0]}\n#: {file}:{line}\n"
    said = dict.fromkeys(comment for comments, _ in places for comment in comments)
    return automatic_comments(tuple(said), [f"{file}:{line}" for _, line in places])


def _described(document: Document) -> Iterator[tuple[str, list[Unit]]]:
    """The units of each block, and the words that tell a translator what the block is."""
    heading = ""
    for block in document.blocks:
        units = block.units
        if not units:
            continue
        kind = block.kind.value
        if block.kind is Kind.HEADING:
            kind = f"heading {block.level}"
            heading = " ".join([unit.source for unit in units])
        elif block.kind is Kind.METADATA:
            kind = f"metadata: {block.label}"
        elif heading:
            kind = f"{kind}, under “{heading}”"
        yield kind, units


# --- headers --------------------------------------------------------------------------------


def header(project: str, locale: str | None) -> Entry:
    """The header entry of a new catalog, or of a template where there is no locale.

    Every field that msgfmt asks for is there, and none is invented: dates and people stay
    empty until a translator's editor fills them.
    """
    fields = [
        f"Project-Id-Version: {project}",
        "PO-Revision-Date: ",
        "Last-Translator: ",
        "Language-Team: ",
        f"Language: {locale or ''}",
        "MIME-Version: 1.0",
        "Content-Type: text/plain; charset=UTF-8",
        "Content-Transfer-Encoding: 8bit",
    ]
    if locale is not None:
        fields.append(f"Plural-Forms: {locales.plural_forms(locale)}")
    return Entry("", "".join(line.rstrip() + "\n" for line in fields))


@cache
def _head(project: str) -> str:
    return header(project, None).raw


def template_file(messages: Iterable[TemplateMessage], project: str) -> bytes:
    """The POT file of a text."""
    texts = [rendered(key, automatic) for key, automatic in messages]
    return "\n".join([_head(project), *texts]).encode()


# --- update ---------------------------------------------------------------------------------


def update(po: PoFile, messages: list[TemplateMessage]) -> None:
    """Bring a catalog in step with a text; nothing a translator wrote is dropped.

    Unchanged sentences keep their entry wherever they moved. A changed one finds its former
    sentence, first at the same place, then by likeness, and comes as fuzzy with `#| msgid`.
    What vanished becomes obsolete, and revives when its source returns. A catalog that is in
    step is left as it is, to the byte.
    """
    old = [entry for entry in po.entries if entry is not po.header]
    live = {entry.key: entry for entry in old if not entry.obsolete}
    asleep = {entry.key: entry for entry in old if entry.obsolete}
    wanted = {message.key for message in messages}
    vanished = [entry for entry in live.values() if entry.key not in wanted]
    proposals = _proposals(messages, list(live.values()), asleep) if old else {}
    entries: list[Entry] = [] if po.header is None else [po.header]
    for message in messages:
        key, automatic = message.key, message.automatic
        if key in live:
            entries.append(live[key].with_automatic(automatic))
        elif key in asleep:
            entries.append(asleep.pop(key).revived(automatic))
        elif key in proposals:
            entries.append(proposals[key].proposed_for(key, automatic))
        else:
            entries.append(Entry(key[1], "", key[0], automatic))
    targets = {entry.key: entry.msgstr for entry in (*old, *entries)} if vanished else {}
    gone = [entry.as_obsolete() for entry in vanished if _worth_keeping(entry, targets)]
    # An obsolete entry with the same key as one that vanished now gives way to the newer.
    newer = {entry.key for entry in gone}
    kept = [entry for entry in asleep.values() if entry.key not in newer]
    updated = [*entries, *kept, *gone]
    if len(updated) != len(po.entries) or any(a is not b for a, b in zip(updated, po.entries)):  # noqa: B905 - lengths are equal
        po.entries = updated


def _worth_keeping(entry: Entry, targets: dict[Key, str]) -> bool:
    """Whether a vanished entry holds a translator's words that stand nowhere else."""
    translated = any(entry.plural[1]) if entry.plural else bool(entry.msgstr)
    if not translated:
        return any(line.startswith(("# ", "#\n")) for line in entry.comments.splitlines(True))
    previous = entry.previous
    return not (entry.fuzzy and previous and targets.get(previous) == entry.msgstr)


def _proposals(
    messages: list[TemplateMessage], live: list[Entry], asleep: dict[Key, Entry]
) -> dict[Key, Entry]:
    """For each message without an entry, the translated entry of its former sentence."""
    places = {entry.key: place for place, entry in enumerate(live)}
    same = [(i, places[m.key]) for i, m in enumerate(messages) if m.key in places]
    missing = [i for i, m in enumerate(messages) if m.key not in places and m.key not in asleep]
    if not missing or (len(same) == len(live) and not asleep):
        return {}
    candidates = [*live, *asleep.values()]
    from dragoman import similar  # noqa: PLC0415 - rapidfuzz is slow to load and seldom needed

    found = similar.former(
        [message.key[1] for message in messages], [entry.msgid for entry in candidates], same
    )
    chosen = {
        messages[i].key: candidates[j] for i, j in found.items() if messages[i].key not in asleep
    }
    return {key: entry for key, entry in chosen.items() if entry.msgstr and not entry.plural}


# --- reading --------------------------------------------------------------------------------


_UNTOLD = (State.INITIAL, "")


@dataclass(frozen=True)
class Catalog:
    """The translations of a text into one locale."""

    locale: str
    po: PoFile

    @cached_property
    def _entries(self) -> dict[Key, Entry]:
        return {entry.key: entry for entry in self.po.messages()}

    def entry(self, key: Key) -> Entry | None:
        """The live entry of a message."""
        return self._entries.get(key)

    def state(self, key: Key) -> State:
        """How far a message is; a target with refused bidi controls is only a draft."""
        return self._told.get(key, _UNTOLD)[0]

    def target(self, key: Key, drafts: bool = False) -> str | None:
        """The translation of a message; that of a draft only where asked for by name."""
        return self.targets(drafts).get(key)

    def targets(self, drafts: bool = False) -> dict[Key, str]:
        """The translation of every message that has one; of drafts only where asked for."""
        return self._with_drafts if drafts else self._without_drafts

    @cached_property
    def _with_drafts(self) -> dict[Key, str]:
        return {key: said for key, (_, said) in self._told.items() if said}

    @cached_property
    def _without_drafts(self) -> dict[Key, str]:
        draft = State.DRAFT
        return {key: said for key, (state, said) in self._told.items() if state is not draft}

    def compiled(self) -> bytes:
        """The MO file: what is translated and sound."""
        return compile_mo(self.po, self.refuses)

    @cached_property
    def joined(self) -> bool:
        """Whether a translator joined sentences."""
        return any(said in joins.MARKS for _, said in self._told.values())

    @cached_property
    def _told(self) -> dict[Key, tuple[State, str]]:
        """State and target of every message that has a target."""
        told = {}
        sealed = provenance.LEAD in self.po.text()
        for entry in self.po.entries:
            target = "" if entry.obsolete else entry.msgstr
            if not target or target.isspace():
                continue
            if self._holds_controls and self.refuses(target):
                told[entry.key] = (State.DRAFT, "")  # what spoils the text around it stays out
            elif entry.fuzzy:
                told[entry.key] = (State.DRAFT, target)
            elif sealed and provenance.read(entry.comments).approves(entry.key, target):
                told[entry.key] = (State.REVIEWED, target)
            else:
                told[entry.key] = (State.TRANSLATED, target)
        return told

    def refuses(self, target: str) -> bool:
        """Whether a target holds bidi controls that may not stand in it."""
        if not self._holds_controls:
            return False
        rtl = locales.direction(self.locale) == "rtl"
        return next(bidi.refused_controls(target, rtl), None) is not None

    @cached_property
    def _holds_controls(self) -> bool:
        return bidi.holds_controls(self.po.text())
