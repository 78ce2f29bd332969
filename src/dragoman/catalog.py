"""Catalogs: what a text asks for, what a PO file holds, and bringing the two in step."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

from dragoman import bidi, locales, similar
from dragoman.model import Document, Key, Kind, State, Unit
from dragoman.po import Entry, PoFile
from dragoman.po.entry import automatic_comments


@dataclass(frozen=True, slots=True)
class TemplateMessage:
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
    extracted: dict[Key, dict[str, None]] = {}
    places: dict[Key, list[str]] = {}
    for comments, unit, before, after in _described(document):
        key = unit.key
        if key in places:
            places[key].append(f"{file}:{unit.line}")
        else:
            places[key] = [f"{file}:{unit.line}"]
            extracted[key] = {}
        lines = extracted[key]
        lines[comments] = None
        for note in unit.notes:
            lines[f"Note: {note}"] = None
        if neighbours:
            lines |= {f"Before: {text}": None for text in before}
            lines |= {f"After: {text}": None for text in after}
    return [
        TemplateMessage(key, automatic_comments(extracted[key], places[key])) for key in places
    ]


def _described(document: Document) -> Iterator[tuple[str, Unit, list[str], list[str]]]:
    heading = ""
    for block in document.blocks:
        units = list(block.units)
        if not units:
            continue
        kind = block.kind.value
        if block.kind is Kind.HEADING:
            kind = f"heading {block.level}"
            heading = " ".join(unit.source for unit in units)
        elif block.kind is Kind.METADATA:
            kind = f"metadata: {block.label}"
        elif heading:
            kind = f"{kind}, under “{heading}”"
        for index, unit in enumerate(units):
            before = [units[index - 1].source] if index else []
            after = [u.source for u in units[index + 1 : index + 2]]
            yield kind, unit, before, after


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


def template_file(messages: Iterable[TemplateMessage], project: str) -> PoFile:
    """The POT file of a text."""
    entries = [Entry(key[1], "", key[0], automatic) for key, automatic in _pairs(messages)]
    return PoFile([header(project, None), *entries])


def _pairs(messages: Iterable[TemplateMessage]) -> Iterator[tuple[Key, str]]:
    return ((message.key, message.automatic) for message in messages)


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
    targets = {entry.key: entry.msgstr for entry in (*old, *entries)}
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
    found = similar.former(
        [message.key[1] for message in messages], [entry.msgid for entry in candidates], same
    )
    chosen = {messages[i].key: candidates[j] for i, j in found.items() if messages[i].key not in asleep}
    return {key: entry for key, entry in chosen.items() if entry.msgstr and not entry.plural}


# --- reading --------------------------------------------------------------------------------


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
        entry = self._entries.get(key)
        if entry is None or not entry.msgstr.strip():
            return State.INITIAL
        if entry.fuzzy or not self.accepted(entry.msgstr):
            return State.DRAFT
        return State.TRANSLATED

    def accepted(self, target: str) -> bool:
        rtl = locales.direction(self.locale) == "rtl"
        return next(bidi.refused_controls(target, rtl), None) is None

    def target(self, key: Key, drafts: bool = False) -> str | None:
        """The translation of a message; that of a draft only where asked for by name."""
        state = self.state(key)
        if state is State.TRANSLATED or (drafts and state is State.DRAFT):
            return self._entries[key].msgstr
        return None
