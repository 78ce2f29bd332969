"""Units cut in another way: sentences that became blocks, blocks that became sentences.

Nothing of the text changed, so its translation need not either: those of sentences are put
together, that of a block is cut by the sentence rules of its own language. Where it has as many
sentences as the source, each gets its own; otherwise the first gets the whole, and marks say that
it covers the others (see `joins`).
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
_UNEVEN = 3.0
"""Times that a sentence may be longer than its share of the whole."""


class Carried(NamedTuple):
    """Translations for units cut in another way."""

    proposals: dict[Key, tuple[Entry, bool]]
    """An entry with the translation, and whether it may stand as done."""
    automatic: dict[Key, str]
    torn: list[Key]
    """Units whose translation could not be cut or put together."""


def carried(
    messages: Sequence[TemplateMessage],
    live: Mapping[Key, Entry],
    asleep: Mapping[Key, Entry],
    split: Callable[[str], Sequence[str]] | None,
) -> Carried:
    """Translations for messages that are former ones put together or cut apart."""
    found = Carried({}, {m.key: m.automatic for m in messages if m.key not in live}, [])
    wanted = {message.key for message in messages}
    olds = [*live.values(), *(entry for key, entry in asleep.items() if key not in live)]
    vanished = [entry for entry in live.values() if entry.key not in wanted]
    _put_together(found, messages, olds, {entry.key for entry in vanished}, asleep)
    if split is not None:
        _cut_apart(found, messages, vanished, asleep, split)
    return found


def _put_together(
    found: Carried,
    messages: Sequence[TemplateMessage],
    olds: Sequence[Entry],
    vanished: set[Key],
    asleep: Mapping[Key, Entry],
) -> None:
    index = _Index([entry.msgid for entry in olds])
    for message in messages:
        key = message.key
        if key not in found.automatic:
            continue
        places = index.cover(key[1])
        if len(places) < 2:
            continue
        parts = [olds[place] for place in places]
        if not any(part.key in vanished for part in parts) and key in asleep:
            continue  # the former whole says it better than its obsolete parts
        said = [part for part in parts if part.msgstr and part.msgstr not in joins.MARKS]
        if not said or any(part.plural for part in parts):
            continue
        whole = said[0].followed_by(said[1:], key[1])
        complete = all(part.msgstr and not part.fuzzy for part in parts)
        found.proposals[key] = (whole, complete)
        if not complete:
            found.torn.append(key)


def _cut_apart(
    found: Carried,
    messages: Sequence[TemplateMessage],
    vanished: Sequence[Entry],
    asleep: Mapping[Key, Entry],
    split: Callable[[str], Sequence[str]],
) -> None:
    index = _Index([message.key[1] for message in messages])
    for entry in vanished:
        if not entry.msgstr or entry.plural:
            continue
        places = index.cover(entry.msgid)
        if len(places) < 2:
            continue
        parts = [messages[place] for place in places]
        if _as_it_was(parts, entry, asleep):
            continue
        targets = _cut([part.key[1] for part in parts], split(entry.msgstr))
        if not targets and not entry.fuzzy and _may_be_joined(parts, entry.msgstr, found, asleep):
            targets = [entry.msgstr, *[joins.BEFORE] * (len(parts) - 1)]
        for part, target in zip(parts, targets or [entry.msgstr] * len(parts), strict=True):
            if part.key in found.automatic and (targets or part.key not in asleep):
                said = entry.replaced(msgstr=target)
                found.proposals[part.key] = (said, bool(targets) and not entry.fuzzy)
                if not targets:
                    found.torn.append(part.key)


def _as_it_was(parts: Sequence[TemplateMessage], entry: Entry, asleep: Mapping[Key, Entry]) -> bool:
    """Whether the sentences are obsolete messages that say just what the block says."""
    said = [asleep[part.key].msgstr if part.key in asleep else "" for part in parts]
    return all(said) and " ".join([s for s in said if s not in joins.MARKS]) == entry.msgstr


def _cut(sources: Sequence[str], targets: Sequence[str]) -> list[str]:
    """The sentences of a translation, where they are as many as the source's, and about as long."""
    if len(sources) != len(targets):
        return []
    share = sum(map(len, targets)) / sum(map(len, sources))
    for source, target in zip(sources, targets, strict=True):
        expected = len(source) * share + 10
        if not 1 / _UNEVEN < (len(target) + 10) / expected < _UNEVEN:
            return []
    return list(targets)


def _may_be_joined(
    parts: Sequence[TemplateMessage], whole: str, found: Carried, asleep: Mapping[Key, Entry]
) -> bool:
    """Whether marks may stand: each message is new, at one place, and loses no words by it."""
    keys = {part.key for part in parts}
    if len(keys) != len(parts) or not all(key in found.automatic for key in keys):
        return False
    said = [asleep[key].msgstr for key in keys if key in asleep]
    if not all(words in joins.MARKS or words in whole for words in said):
        return False
    return all(_places(part.automatic) <= 1 for part in parts)


def _places(automatic: str) -> int:
    lines = [line for line in automatic.split("\n") if line.startswith("#:")]
    return sum(line.count(":") - 1 for line in lines)


class _Index:
    """Texts by how they begin, white space aside."""

    def __init__(self, texts: Iterable[str]) -> None:
        self._texts = ["".join(text.split()) for text in texts]
        self._places: dict[str, int] = {}
        self._sizes: defaultdict[str, set[int]] = defaultdict(set)
        for place, text in enumerate(self._texts):
            if text:
                self._places.setdefault(text, place)
                self._sizes[text[:_START]].add(len(text))

    def cover(self, text: str) -> list[int]:
        """The texts that are this one, read one after the other; none where there are none."""
        rest = "".join(text.split())
        places: list[int] = []
        while rest:
            place = self._next(rest, places[-1] + 1 if places else -1)
            if place < 0:
                return []
            places.append(place)
            rest = rest[len(self._texts[place]) :]
        return places

    def _next(self, rest: str, due: int) -> int:
        """A text that begins this one: the one that is due, else the longest."""
        if 0 <= due < len(self._texts) and self._texts[due] and rest.startswith(self._texts[due]):
            return due
        for length in range(_START, 0, -1):
            for size in sorted(self._sizes.get(rest[:length], ()), reverse=True):
                place = self._places.get(rest[:size], -1)
                if place >= 0:
                    return place
        return -1
