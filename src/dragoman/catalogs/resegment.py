"""Translations for units that were segmented differently: sentences into blocks, or blocks into sentences.

The text has not changed, so its translation is reused: translations of sentences are joined, that
of a block is split by the rules of its language. If it has as many sentences as the source, each
gets its own; otherwise the first gets the whole, and join marks say that it covers the others (see
`joins`).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import NamedTuple

from dragoman.catalogs import joins
from dragoman.catalogs.template import TemplateMessage
from dragoman.model import Key
from dragoman.po import Entry

_START = 8
"""Number of characters that texts are indexed by."""
_UNEVEN = 3.0
"""Maximum ratio of a sentence's length to the length expected from its source."""


class Carried(NamedTuple):
    """Translations for units that were segmented differently."""

    proposals: dict[Key, tuple[Entry, bool]]
    """Key to an entry with the translation, and whether it needs no review."""
    automatic: dict[Key, str]
    """Key to the automatic comments of messages that the catalog does not have."""
    torn: list[Key]
    """Units whose translation could not be split or joined completely."""


def carried(
    messages: Sequence[TemplateMessage],
    live: Mapping[Key, Entry],
    obsolete: Mapping[Key, Entry],
    split: Callable[[str], Sequence[str]] | None,
) -> Carried:
    """Translations for new messages that are former ones joined or split."""
    result = Carried({}, {m.key: m.automatic for m in messages if m.key not in live}, [])
    keys = {message.key for message in messages}
    olds = [*live.values(), *(entry for key, entry in obsolete.items() if key not in live)]
    vanished = [entry for entry in live.values() if entry.key not in keys]
    _put_together(result, messages, olds, {entry.key for entry in vanished}, obsolete)
    if split is not None:
        _cut_apart(result, messages, vanished, obsolete, split)
    return result


def _put_together(
    result: Carried,
    messages: Sequence[TemplateMessage],
    olds: Sequence[Entry],
    vanished: set[Key],
    obsolete: Mapping[Key, Entry],
) -> None:
    """Join translations of sentences for messages that consist of them."""
    index = _Index([entry.msgid for entry in olds])
    for message in messages:
        key = message.key
        if key not in result.automatic:
            continue
        places = index.cover(key[1])
        if len(places) < 2:
            continue
        parts = [olds[place] for place in places]
        if not any(part.key in vanished for part in parts) and key in obsolete:
            continue  # its own obsolete entry is better than its parts
        translated = [part for part in parts if part.msgstr and part.msgstr not in joins.MARKS]
        if not translated or any(part.plural for part in parts):
            continue
        whole = translated[0].followed_by(translated[1:], key[1])
        complete = all(part.msgstr and not part.fuzzy for part in parts)
        result.proposals[key] = (whole, complete)
        if not complete:
            result.torn.append(key)


def _cut_apart(
    result: Carried,
    messages: Sequence[TemplateMessage],
    vanished: Sequence[Entry],
    obsolete: Mapping[Key, Entry],
    split: Callable[[str], Sequence[str]],
) -> None:
    """Split translations of removed blocks for messages that are their sentences."""
    index = _Index([message.key[1] for message in messages])
    for entry in vanished:
        if not entry.msgstr or entry.plural:
            continue
        places = index.cover(entry.msgid)
        if len(places) < 2:
            continue
        parts = [messages[place] for place in places]
        if _as_it_was(parts, entry, obsolete):
            continue
        targets = _cut([part.key[1] for part in parts], split(entry.msgstr))
        if (
            not targets
            and not entry.fuzzy
            and _may_be_joined(parts, entry.msgstr, result, obsolete)
        ):
            targets = [entry.msgstr, *[joins.BEFORE] * (len(parts) - 1)]
        for part, target in zip(parts, targets or [entry.msgstr] * len(parts), strict=True):
            if part.key in result.automatic and (targets or part.key not in obsolete):
                proposal = entry.replaced(msgstr=target)
                result.proposals[part.key] = (proposal, bool(targets) and not entry.fuzzy)
                if not targets:
                    result.torn.append(part.key)


def _as_it_was(
    parts: Sequence[TemplateMessage], entry: Entry, obsolete: Mapping[Key, Entry]
) -> bool:
    """Whether obsolete messages of the sentences together have the block's translation."""
    targets = [obsolete[part.key].msgstr if part.key in obsolete else "" for part in parts]
    return all(targets) and " ".join([s for s in targets if s not in joins.MARKS]) == entry.msgstr


def _cut(sources: Sequence[str], targets: Sequence[str]) -> list[str]:
    """The sentences of a translation if they match the source's in number and about in length; else empty."""
    if len(sources) != len(targets):
        return []
    share = sum(map(len, targets)) / sum(map(len, sources))
    for source, target in zip(sources, targets, strict=True):
        expected = len(source) * share + 10
        if not 1 / _UNEVEN < (len(target) + 10) / expected < _UNEVEN:
            return []
    return list(targets)


def _may_be_joined(
    parts: Sequence[TemplateMessage], whole: str, result: Carried, obsolete: Mapping[Key, Entry]
) -> bool:
    """Whether join marks may be used: each message is new, occurs once and loses no text."""
    keys = {part.key for part in parts}
    if len(keys) != len(parts) or not all(key in result.automatic for key in keys):
        return False
    targets = [obsolete[key].msgstr for key in keys if key in obsolete]
    if not all(words in joins.MARKS or words in whole for words in targets):
        return False
    return all(_places(part.automatic) <= 1 for part in parts)


def _places(automatic: str) -> int:
    """The number of references in automatic comments."""
    lines = [line for line in automatic.split("\n") if line.startswith("#:")]
    return sum(line.count(":") - 1 for line in lines)


class _Index:
    """Finds texts that another one consists of, ignoring white space."""

    def __init__(self, texts: Iterable[str]) -> None:
        self._texts = ["".join(text.split()) for text in texts]
        self._places: dict[str, int] = {}
        self._sizes: defaultdict[str, set[int]] = defaultdict(set)
        for place, text in enumerate(self._texts):
            if text:
                self._places.setdefault(text, place)
                self._sizes[text[:_START]].add(len(text))

    def cover(self, text: str) -> list[int]:
        """Indices of the texts that make up this one in order; empty if there are none."""
        rest = "".join(text.split())
        places: list[int] = []
        while rest:
            place = self._next(rest, places[-1] + 1 if places else -1)
            if place < 0:
                return []
            places.append(place)
            rest = rest[len(self._texts[place]) :]
        return places

    def _next(self, rest: str, expected: int) -> int:
        """Index of a text that this one begins with: the expected one, else the longest; -1 if none."""
        if (
            0 <= expected < len(self._texts)
            and self._texts[expected]
            and rest.startswith(self._texts[expected])
        ):
            return expected
        for length in range(_START, 0, -1):
            for size in sorted(self._sizes.get(rest[:length], ()), reverse=True):
                place = self._places.get(rest[:size], -1)
                if place >= 0:
                    return place
        return -1
