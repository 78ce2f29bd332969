"""The differences between two catalogs, message by message, with changed words marked."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from dragoman.catalogs import provenance
from dragoman.catalogs.former.drafts import strangers
from dragoman.model import Key
from dragoman.po import Entry, PoFile

_CHANCE = 3
"""Length in characters up to which equal translations may be coincidence."""
_PIECE = re.compile(r"\s+|\w+|[^\w\s]")


class Difference(NamedTuple):
    """A message that differs between two catalogs."""

    key: Key
    what: str
    """`added`, `removed`, `source changed`, `translated`, `changed`, `draft`, `done`, `approved`, …"""
    old: Entry | None
    new: Entry | None


def differences(old: PoFile, new: PoFile) -> Iterator[Difference]:
    """Yield the changed messages in the order of the new catalog; removed ones come last.

    A message whose source changed is one difference, with its former message as `old`.

    >>> [d.what for d in differences(PoFile([Entry("a", "b")]), PoFile([Entry("a", "c")]))]
    ['changed']
    >>> before, after = PoFile([Entry("He came.", "b")]), PoFile([Entry("He came!", "b")])
    >>> [(d.what, d.old.msgid) for d in differences(before, after)]
    [('source changed', 'He came.')]
    """
    heads = (old.header, new.header)
    before, after = (
        {entry.key: entry for entry in po.entries if entry is not head}
        for po, head in zip((old, new), heads, strict=True)
    )
    former = _former(before, after)
    reported = {key for key in former.values() if _is_as_it_was(before[key], after.get(key))}
    for key, entry in after.items():
        if key in former:
            yield Difference(key, "source changed", before[former[key]], entry)
        elif key not in reported and (what := _what(before.get(key), entry)):
            yield Difference(key, what, before.get(key), entry)
    for key, entry in before.items():
        if key not in after and key not in reported:
            yield Difference(key, "removed", entry, None)


def _former(before: Mapping[Key, Entry], after: Mapping[Key, Entry]) -> dict[Key, Key]:
    """New key to former key of messages whose source changed.

    A draft names its previous source; a translation kept after a slight change is equal in both;
    all others are matched by position and similarity.
    """
    olds = [key for key, entry in before.items() if not entry.obsolete]
    news = [key for key, entry in after.items() if not entry.obsolete]
    gone = [key for key in olds if key not in after or after[key].obsolete]
    came = [key for key in news if key not in before]
    if not gone or not came:
        return {}
    left = set(gone)
    result: dict[Key, Key] = {}
    for key in came:
        previous = after[key].previous if after[key].fuzzy else None
        if previous in left:
            result[key] = previous
    by_target = {before[key].msgstr: key for key in gone if len(before[key].msgstr) > _CHANCE}
    for key in came:
        if key not in result and after[key].msgstr in by_target:
            result[key] = by_target[after[key].msgstr]
    left.difference_update(result.values())
    if left and len(result) < len(came):
        result |= _by_place({key for key in came if key not in result}, left, olds, news)
    return result


def _by_place(
    came: set[Key], gone: set[Key], olds: Sequence[Key], news: Sequence[Key]
) -> dict[Key, Key]:
    """Match removed and added messages by their position and similarity."""
    from dragoman.catalogs import similarity  # slow to load

    position = {key: index for index, key in enumerate(olds)}
    matches = similarity.former(
        [key[1] for key in news],
        [key[1] for key in olds],
        [(i, position[key]) for i, key in enumerate(news) if key in position],
        lambda i, j: (
            news[i] not in came or olds[j] not in gone or strangers(olds[j][0], news[i][0])
        ),
    )
    return {
        news[i]: olds[js[0]] for i, js in matches.items() if news[i] in came and olds[js[0]] in gone
    }


def _is_as_it_was(old: Entry, new: Entry | None) -> bool:
    """Whether a message whose source changed was only removed or made obsolete."""
    return new is None or (new.obsolete and (old.msgstr, old.plural) == (new.msgstr, new.plural))


def _what(old: Entry | None, new: Entry) -> str:
    """The kind of a change; empty if nothing changed."""
    if old is None:
        return "added"
    if old.obsolete != new.obsolete:
        return "obsolete" if new.obsolete else "revived"
    if (old.msgstr, old.plural) != (new.msgstr, new.plural):
        if not old.msgstr:
            return "translated"
        return "changed" if new.msgstr else "emptied"
    if old.fuzzy != new.fuzzy:
        return "draft" if new.fuzzy else "done"
    approved = [provenance.read(e.comments).approves(e.key, e.msgstr) for e in (old, new)]
    if approved[0] != approved[1]:
        return "approved" if approved[1] else "approval fell"
    return "remark" if old.translator_comments != new.translator_comments else ""


def texts(difference: Difference) -> Iterator[str]:
    """Yield the changed texts with words marked: the source, and every form of the translation.

    >>> list(texts(Difference((None, "a"), "changed", Entry("a", "b"), Entry("a", "c"))))
    ['[-b-]{+c+}']
    >>> list(texts(Difference((None, "x b"), "source changed", Entry("x a", "c"), Entry("x b", "c"))))
    ['x [-a-]{+b+}', 'c']
    """
    changed = (
        difference.old is not None
        and difference.new is not None
        and difference.old.msgid != difference.new.msgid
    )
    if changed:
        yield marked(difference.old.msgid, difference.new.msgid)  # type: ignore[union-attr]
    old_forms, new_forms = _forms(difference.old), _forms(difference.new)
    for number in range(max(len(old_forms), len(new_forms))):
        before, after = ("".join(forms[number : number + 1]) for forms in (old_forms, new_forms))
        if before != after or (changed and after):
            several = max(len(old_forms), len(new_forms)) > 1
            yield (f"[{number}] " if several else "") + marked(before, after)


def _forms(entry: Entry | None) -> tuple[str, ...]:
    """The translation of an entry, one text for each plural form."""
    if entry is None:
        return ()
    return entry.plural[1] if entry.plural else (entry.msgstr,)


def marked(old: str, new: str) -> str:
    """The new text with removed words as `[-…-]` and added words as `{+…+}`.

    >>> marked("He came home.", "He went home.")
    'He [-came-]{+went+} home.'
    """
    from dragoman.catalogs.similarity import equal_runs  # slow to load

    old_words, new_words = _PIECE.findall(old), _PIECE.findall(new)
    parts = []
    a = c = 0
    for b, d, size in equal_runs(old_words, new_words):
        removed, added = "".join(old_words[a:b]), "".join(new_words[c:d])
        parts += [f"[-{removed}-]"] if removed else []
        parts += [f"{{+{added}+}}"] if added else []
        parts.append("".join(new_words[d : d + size]))
        a, c = b + size, d + size
    return "".join(parts)
