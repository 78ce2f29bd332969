"""Finds translations of sentences that moved from one text of the project to another."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from dragoman.catalogs import provenance
from dragoman.catalogs.former.drafts import draft_of, renoted, strangers
from dragoman.catalogs.former.refill import Proposed, has_words, is_empty
from dragoman.model import Key
from dragoman.po import Entry, PoFile

_MOVED = 0.7
"""Minimum similarity to a former sentence of another text."""


class Find(NamedTuple):
    """A former sentence for an empty message."""

    former: Entry
    origin: str
    """Origin to record; empty if the entry is taken unchanged."""


class Elsewhere:
    """Removed sentences and empty messages of all texts, in one locale."""

    def __init__(self) -> None:
        self._exact: dict[Key, tuple[Entry, str]] = {}
        self._former: list[tuple[Entry, str]] = []
        self._proposed = Proposed()
        self._empty: list[tuple[str, Key]] = []
        self._new: set[tuple[str, Key]] = set()

    def add_former(self, text: str, entries: Iterable[Entry]) -> None:
        """Add entries removed from a text."""
        for entry in entries:
            if has_words(entry):
                self._exact.setdefault(entry.key, (entry, text))
                self._former.append((entry, text))

    def add_messages(self, text: str, messages: Sequence[Entry], new: Iterable[Key] = ()) -> None:
        """Add the messages of a text; those in `new` have just been added to it."""
        self._proposed.add([entry for entry in messages if entry.msgstr])
        self._empty += [(text, e.key) for e in messages if not e.msgstr and is_empty(e)]
        self._new.update((text, key) for key in new)

    def finds(self) -> dict[str, dict[Key, Find]]:
        """Text to its empty messages with a former sentence for each.

        An equal sentence is taken unchanged if the message is new, else as a draft. A similar one
        becomes a draft, and is used once.
        """
        if not self._former:
            return {}
        result: dict[str, dict[Key, Find]] = {}
        remaining: dict[int, Key] = {}
        for index, (text, key) in enumerate(self._empty):
            if key in self._exact:
                former, other = self._exact[key]
                origin = "" if (text, key) in self._new else _origin(1, other)
                result.setdefault(text, {})[key] = Find(former, origin)
            else:
                remaining[index] = key
        self._find_alike(remaining, result)
        return result

    def _find_alike(self, remaining: dict[int, Key], result: dict[str, dict[Key, Find]]) -> None:
        """Match similar sentences until nothing more is found, so that the next run changes nothing."""
        from dragoman.catalogs import similarity  # rapidfuzz is slow to load, seldom needed

        given = [find.former for finds in result.values() for find in finds.values()]
        while remaining:
            self._proposed.add_sources(given)
            olds = [pair for pair in self._former if not self._proposed.holds(pair[0])]
            pairs = similarity.one_to_one(
                {index: key[1] for index, key in remaining.items()},
                [entry.msgid for entry, _ in olds],
                _MOVED,
                lambda i, j, olds=olds: strangers(olds[j][0].msgctxt, remaining[i][0]),  # type: ignore[misc]
            )
            given = []
            for index, old in sorted(pairs.items()):
                former, other = olds[old]
                if former.msgstr not in {entry.msgstr for entry in given}:
                    given.append(former)
                    text, key = self._empty[index]
                    score = similarity.likeness(former.msgid, key[1])
                    result.setdefault(text, {})[key] = Find(former, _origin(score, other))
                    del remaining[index]
            if not given:
                return


def _origin(likeness: float, text: str) -> str:
    return f"memory {round(100 * likeness)} %, {text}"


def fill(po: PoFile, finds: Mapping[Key, Find]) -> int:
    """Fill empty messages of a catalog with what was found in other texts; return how many."""
    entries = [
        _filled(entry, finds[entry.key]) if entry.key in finds and is_empty(entry) else entry
        for entry in po.entries
    ]
    count = sum(a is not b for a, b in zip(entries, po.entries, strict=True))
    if count:
        po.entries = entries
    return count


def _filled(entry: Entry, find: Find) -> Entry:
    if not find.origin:
        revived = find.former.revived(entry.automatic)
        return renoted(revived) if revived.fuzzy else revived
    origin = provenance.Provenance(origin=find.origin)
    draft = draft_of(find.former, entry)
    return draft.replaced(comments=provenance.write(draft.comments, origin))
