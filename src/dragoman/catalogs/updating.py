"""Updates a catalog from its text; no translation is lost."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

from dragoman.catalogs import joins, provenance, source_changes
from dragoman.catalogs.former.drafts import noted, strangers
from dragoman.catalogs.former.refill import refill
from dragoman.catalogs.resegment import carried
from dragoman.catalogs.source_changes import ChangeKind
from dragoman.catalogs.template import TemplateMessage
from dragoman.model import Key
from dragoman.po import Entry, PoFile
from dragoman.po.strings import lines_of

KEEP = frozenset((ChangeKind.WHITE_SPACE, ChangeKind.TYPOGRAPHY))
"""Kinds of changes after which a translation is kept, unless settings say otherwise."""
Split = Callable[[str], Sequence[str]]
"""Splits a translation into its sentences."""
_NO_WORDS = frozenset(("", *joins.MARKS))


class Updated(NamedTuple):
    """The result of updating a catalog; numbers count messages."""

    kept: int = 0
    """Changed sentences whose translation was kept."""
    carried: int = 0
    """Units segmented differently, whose translation was joined or split."""
    drafts: int = 0
    """Changed sentences whose former translation became a draft."""
    revived: int = 0
    """Obsolete messages that are in the text again."""
    gone: int = 0
    """Sentences removed from the text."""
    new: tuple[Key, ...] = ()
    """Sentences without any former translation."""
    torn: tuple[Key, ...] = ()
    """Units segmented differently, whose translation could not be split: they are drafts."""
    split: tuple[Key, ...] = ()
    """Join marks that got another neighbour: they are drafts."""
    refilled: tuple[Key, ...] = ()
    """Empty messages that got a former translation as a draft."""
    former: tuple[Entry, ...] = ()
    """Translated entries of sentences removed from the text, now or before."""


def update(
    po: PoFile,
    messages: Sequence[TemplateMessage],
    keep: frozenset[ChangeKind] = KEEP,
    split: Split | None = None,
) -> Updated:
    """Update a catalog from the messages of a text.

    Unchanged sentences keep their entry wherever they moved. A changed one gets the translation of
    its former sentence, found by position, then by similarity, as fuzzy with `#| msgid`, unless the
    change is of a kind in `keep`. A removed sentence becomes obsolete, and is revived when its
    source returns; empty messages get drafts from obsolete ones. If nothing changed, the catalog
    stays the same bytes.

    Args:
        po: the catalog; it is changed.
        messages: the messages of the text, in order.
        keep: the kinds of changes after which a translation is kept.
        split: splits a translation into sentences; None: translations of blocks are not split.
    """
    return _Update(po, messages, keep, split).run()


class _Update:
    def __init__(
        self,
        po: PoFile,
        messages: Sequence[TemplateMessage],
        keep: frozenset[ChangeKind],
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
        keys = {message.key for message in self._messages}
        vanished = [entry for entry in self._live.values() if entry.key not in keys]
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
        filled = set(refilled)
        drafts = sum(entry.fuzzy for entry in self._proposed.values())
        kept_count = len(self._proposed) - drafts - self._carried
        return Updated(
            kept=kept_count,
            carried=self._carried,
            drafts=drafts,
            revived=revived,
            gone=len(vanished),
            new=tuple(key for key in new if key not in filled),
            torn=self._torn,
            refilled=refilled,
            former=tuple(entry for entry in (*kept, *gone) if entry.msgstr not in _NO_WORDS),
        )

    def _noted(self, automatic: str, entry: Entry) -> str:
        """The automatic comments, for a draft with a note on the change of its source."""
        if not self._drafts_there or not entry.fuzzy:
            return automatic
        return noted(automatic, entry)

    # --- finding translations ---

    def _propose(self, vanished: Sequence[Entry]) -> None:
        """Find translations for messages that the catalog does not have."""
        missing = [m for m in self._messages if m.key not in self._live]
        if not missing or not (vanished or self._asleep):
            return
        result = carried(self._messages, self._live, self._asleep, self._split)
        keeps = ChangeKind.WHITE_SPACE in self._keep
        for key, (entry, done) in result.proposals.items():
            if key in self._asleep:
                entry = entry.with_remarks(self._asleep[key])  # noqa: PLW2901
            self._proposed[key] = self._made(entry, key, result.automatic[key], done and keeps)
            self._carried += not self._proposed[key].fuzzy
        self._torn = tuple(result.torn)
        self._propose_alike()

    def _propose_alike(self) -> None:
        """Find translations for the remaining messages by position and similarity."""
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
        matches = similarity.former(
            texts,
            sources,
            same,
            lambda i, j: strangers(candidates[j].msgctxt, self._messages[i].key[0]),
        )
        for i, olds in matches.items():
            key = self._messages[i].key
            entry = _as_one([candidates[j] for j in olds]) if key in missing else None
            if entry is not None:
                done = entry.msgctxt == key[0] and self._outlives(entry, key[1])
                self._proposed[key] = self._made(entry, key, missing[key], done)

    def _outlives(self, entry: Entry, source: str) -> bool:
        """Whether a translation may be kept for a changed source."""
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
        """The entries to make obsolete, and the obsolete ones to keep."""
        if not vanished:
            return [], list(self._asleep.values())
        by_key = {entry.key: entry for entry in (*self._old, *entries)}
        handed = {e.msgstr: e for e in self._proposed.values() if not e.fuzzy}
        gone = [
            entry.as_obsolete()
            for entry in vanished
            if not _says_nothing(entry) and not _is_said(entry, by_key, handed)
        ]
        # of two obsolete entries with one key, the newer is kept
        newer = {entry.key for entry in gone} | {entry.key for entry in entries}
        return gone, [entry for entry in self._asleep.values() if entry.key not in newer]

    def _store(self, updated: list[Entry]) -> None:
        entries = self._po.entries
        if len(updated) != len(entries) or any(a is not b for a, b in zip(updated, entries)):  # noqa: B905 - lengths are equal
            self._po.entries = updated


def _as_one(entries: Sequence[Entry]) -> Entry | None:
    """One entry with the translations of several former ones joined; None if they have none."""
    translated = [entry for entry in entries if entry.msgstr and not entry.plural]
    if len(entries) > 1:
        translated = [entry for entry in translated if entry.msgstr not in joins.MARKS]
    if not translated:
        return None
    return translated[0] if len(entries) == 1 else translated[0].followed_by(translated[1:])


def _says_nothing(entry: Entry) -> bool:
    """Whether an entry has neither a translation nor a remark."""
    translated = any(entry.plural[1]) if entry.plural else bool(entry.msgstr)
    return not translated and not _remarks(entry)


def _is_said(entry: Entry, by_key: Mapping[Key, Entry], handed: Mapping[str, Entry]) -> bool:
    """Whether a removed entry's text survives in another entry."""
    if not entry.msgstr or entry.plural:
        return False
    other = handed.get(entry.msgstr)
    if other is None and entry.fuzzy and entry.previous is not None:
        other = by_key.get(entry.previous)
        if other is None or other.key == entry.key or other.msgstr != entry.msgstr:
            return False
    return other is not None and _remarks(entry) <= _remarks(other)


def _remarks(entry: Entry) -> set[str]:
    """The translator's comments, line by line."""
    if "# " not in entry.comments:
        return set()
    lines = lines_of(entry.translator_comments)
    return {line for line in lines if not line.startswith(provenance.LEAD)}
