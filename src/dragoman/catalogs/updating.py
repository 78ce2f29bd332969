"""Bringing a catalog in step with its text; nothing a translator wrote is dropped."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

from dragoman.catalogs import joins, provenance, source_changes
from dragoman.catalogs.former.drafts import noted, strangers
from dragoman.catalogs.former.refill import refill
from dragoman.catalogs.resegment import carried
from dragoman.catalogs.source_changes import Kind
from dragoman.catalogs.template import TemplateMessage
from dragoman.model import Key
from dragoman.po import Entry, PoFile
from dragoman.po.strings import lines_of

KEEP = frozenset((Kind.WHITE_SPACE, Kind.TYPOGRAPHY))
"""Changes that a translation outlives, unless settings say otherwise."""
Split = Callable[[str], Sequence[str]]
"""Cuts a translation into its sentences."""
_NO_WORDS = frozenset(("", *joins.MARKS))


class Updated(NamedTuple):
    """What an update did to a catalog."""

    kept: int = 0
    """Changed sentences whose translation stands as it was."""
    carried: int = 0
    """Units cut in another way than before, whose translation came along."""
    drafts: int = 0
    """Changed sentences that came with their former translation, for somebody to look at."""
    revived: int = 0
    gone: int = 0
    """Sentences that vanished from the text."""
    new: tuple[Key, ...] = ()
    """Sentences without any translation to go by."""
    torn: tuple[Key, ...] = ()
    """Units cut in another way, whose translation could not be cut alike: they are drafts."""
    parted: tuple[Key, ...] = ()
    """Joined sentences that came to stand beside another one: they are drafts."""
    refilled: tuple[Key, ...] = ()
    """Empty messages that got the translation of a former sentence as a draft."""
    former: tuple[Entry, ...] = ()
    """Translated entries that the text has no use for: those that vanished, now or before."""


def update(
    po: PoFile,
    messages: Sequence[TemplateMessage],
    keep: frozenset[Kind] = KEEP,
    split: Split | None = None,
) -> Updated:
    """Bring a catalog in step with a text.

    Unchanged sentences keep their entry wherever they moved. A changed one finds its former
    sentence, first at the same place, then by likeness, and comes as fuzzy with `#| msgid`,
    unless the change is one that translations outlive. What vanished becomes obsolete, and
    revives when its source returns; empty messages take drafts from obsolete ones. A catalog
    that is in step is left as it is, to the byte.

    Args:
        po: the catalog.
        messages: what the text asks for, in order.
        keep: the kinds of changes that leave a translation done.
        split: cuts a translation of the catalog's locale into sentences.
    """
    return _Update(po, messages, keep, split).run()


class _Update:
    def __init__(
        self,
        po: PoFile,
        messages: Sequence[TemplateMessage],
        keep: frozenset[Kind],
        split: Split | None,
    ) -> None:
        self._po = po
        self._messages = messages
        self._keep = keep
        self._split = split
        self._header = po.header
        self._old = [entry for entry in po.entries if entry is not self._header]
        self._live = {entry.key: entry for entry in self._old if not entry.obsolete}
        self._asleep = {entry.key: entry for entry in self._old if entry.obsolete}
        self._drafts_there = "fuzzy" in po.text()
        self._proposed: dict[Key, Entry] = {}
        self._torn: tuple[Key, ...] = ()
        self._carried = 0

    def run(self) -> Updated:
        wanted = {message.key for message in self._messages}
        vanished = [entry for entry in self._live.values() if entry.key not in wanted]
        if self._old:
            self._propose(vanished)
        entries: list[Entry] = [] if self._header is None else [self._header]
        new: list[Key] = []
        revived = 0
        for message in self._messages:
            key, automatic = message
            if key in self._live:
                entry = self._live[key]
                entries.append(entry.with_automatic(self._noted(automatic, entry)))
            elif key in self._proposed:
                entries.append(self._proposed[key])
            elif key in self._asleep:
                entry = self._asleep.pop(key)
                entries.append(entry.revived(self._noted(automatic, entry)))
                revived += 1
            else:
                entries.append(Entry(key[1], "", key[0], automatic))
                new.append(key)
        gone, kept = self._put_to_sleep(vanished, entries)
        self._store([*entries, *kept, *gone])
        refilled = refill(self._po, [list(self._live)] if gone else ())
        found = set(refilled)
        drafts = sum(entry.fuzzy for entry in self._proposed.values())
        done = len(self._proposed) - drafts - self._carried
        return Updated(
            kept=done,
            carried=self._carried,
            drafts=drafts,
            revived=revived,
            gone=len(vanished),
            new=tuple(key for key in new if key not in found),
            torn=self._torn,
            refilled=refilled,
            former=tuple(entry for entry in (*kept, *gone) if entry.msgstr not in _NO_WORDS),
        )

    def _noted(self, automatic: str, entry: Entry) -> str:
        """The automatic comments, with what changed since the translation of a draft."""
        if not self._drafts_there or not entry.fuzzy:
            return automatic
        return noted(automatic, entry)

    # --- finding translations ---

    def _propose(self, vanished: Sequence[Entry]) -> None:
        """Translations for messages that the catalog does not hold."""
        missing = [m for m in self._messages if m.key not in self._live]
        if not missing or not (vanished or self._asleep):
            return
        found = carried(self._messages, self._live, self._asleep, self._split)
        keeps = Kind.WHITE_SPACE in self._keep
        for key, (entry, done) in found.proposals.items():
            if key in self._asleep:
                entry = entry.with_remarks(self._asleep[key])  # noqa: PLW2901 - it says more
            self._proposed[key] = self._made(entry, key, found.automatic[key], done and keeps)
            self._carried += not self._proposed[key].fuzzy
        self._torn = tuple(found.torn)
        self._propose_alike()

    def _propose_alike(self) -> None:
        known = self._live.keys() | self._asleep.keys() | self._proposed.keys()
        missing = {m.key: m.automatic for m in self._messages if m.key not in known}
        candidates = [*self._live.values(), *self._asleep.values()]
        if not missing or not candidates:
            return
        from dragoman.catalogs import similarity  # rapidfuzz is slow to load, seldom needed

        places = {entry.key: place for place, entry in enumerate(candidates)}
        same = [(i, places[m.key]) for i, m in enumerate(self._messages) if m.key in places]
        settled = {key for key in self._proposed if key not in places}
        texts = ["" if m.key in settled else m.key[1] for m in self._messages]
        sources = [entry.msgid for entry in candidates]
        found = similarity.former(
            texts,
            sources,
            same,
            lambda i, j: strangers(candidates[j].msgctxt, self._messages[i].key[0]),
        )
        for i, olds in found.items():
            key = self._messages[i].key
            entry = _as_one([candidates[j] for j in olds]) if key in missing else None
            if entry is not None:
                done = entry.msgctxt == key[0] and self._outlives(entry, key[1])
                self._proposed[key] = self._made(entry, key, missing[key], done)

    def _outlives(self, entry: Entry, source: str) -> bool:
        """Whether the translation of a former sentence is right for this one too."""
        return not entry.fuzzy and self._keep.issuperset(
            source_changes.classify(entry.msgid, source).kinds
        )

    @staticmethod
    def _made(entry: Entry, key: Key, automatic: str, done: bool) -> Entry:
        if done:
            return entry.handed_to(key, automatic)
        draft = entry.proposed_for(key, automatic)
        return draft.with_automatic(noted(automatic, draft))

    # --- what vanished ---

    def _put_to_sleep(
        self, vanished: Sequence[Entry], entries: Sequence[Entry]
    ) -> tuple[list[Entry], list[Entry]]:
        """What vanished now and is worth keeping, and what was obsolete before and stays so."""
        if not vanished:
            return [], list(self._asleep.values())
        there = {entry.key: entry for entry in (*self._old, *entries)}
        handed = {e.msgstr: e for e in self._proposed.values() if not e.fuzzy}
        gone = [
            entry.as_obsolete()
            for entry in vanished
            if not _says_nothing(entry) and not _is_said(entry, there, handed)
        ]
        # An obsolete entry with the same key as one that vanished now gives way to the newer.
        newer = {entry.key for entry in gone} | {entry.key for entry in entries}
        return gone, [entry for entry in self._asleep.values() if entry.key not in newer]

    def _store(self, updated: list[Entry]) -> None:
        entries = self._po.entries
        if len(updated) != len(entries) or any(a is not b for a, b in zip(updated, entries)):  # noqa: B905 - lengths are equal
            self._po.entries = updated


def _as_one(entries: Sequence[Entry]) -> Entry | None:
    """An entry that says what these say one after the other; none where they say nothing."""
    said = [entry for entry in entries if entry.msgstr and not entry.plural]
    if len(entries) > 1:
        said = [entry for entry in said if entry.msgstr not in joins.MARKS]
    if not said:
        return None
    return said[0] if len(entries) == 1 else said[0].followed_by(said[1:])


def _says_nothing(entry: Entry) -> bool:
    """Whether an entry holds neither a translation nor a remark."""
    translated = any(entry.plural[1]) if entry.plural else bool(entry.msgstr)
    return not translated and not _remarks(entry)


def _is_said(entry: Entry, there: Mapping[Key, Entry], handed: Mapping[str, Entry]) -> bool:
    """Whether all that a vanished entry says stands elsewhere: where it went, or whence it came."""
    if not entry.msgstr or entry.plural:
        return False
    other = handed.get(entry.msgstr)
    if other is None and entry.fuzzy and entry.previous is not None:
        other = there.get(entry.previous)
        if other is None or other.key == entry.key or other.msgstr != entry.msgstr:
            return False
    return other is not None and _remarks(entry) <= _remarks(other)


def _remarks(entry: Entry) -> set[str]:
    """What a translator remarked, line by line."""
    if "# " not in entry.comments:
        return set()
    lines = lines_of(entry.translator_comments)
    return {line for line in lines if not line.startswith(provenance.LEAD)}
