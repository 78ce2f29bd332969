"""What changed between two catalogs, for a translator: unit by unit, words marked."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from dragoman.catalogs import provenance
from dragoman.catalogs.former.drafts import strangers
from dragoman.model import Key
from dragoman.po import Entry, PoFile

_CHANCE = 3
"""Letters up to which two translations may well be equal by chance."""
_PIECE = re.compile(r"\s+|\w+|[^\w\s]")


class Difference(NamedTuple):
    """A message that is not the same in both catalogs."""

    key: Key
    what: str
    """`added`, `removed`, `source changed`, `translated`, `changed`, `draft`, `done`, `approved`, …"""
    old: Entry | None
    new: Entry | None


def differences(old: PoFile, new: PoFile) -> Iterator[Difference]:
    """What changed for a translator, in the order of the new catalog; what vanished comes last.

    A message whose source changed is one difference, with the message that it was.

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
    """For messages whose source changed, the messages that they were.

    A draft names its former source; a translation that outlived a light change says the same as
    before; for all others place and likeness tell.
    """
    olds = [key for key, entry in before.items() if not entry.obsolete]
    news = [key for key, entry in after.items() if not entry.obsolete]
    gone = [key for key in olds if key not in after or after[key].obsolete]
    came = [key for key in news if key not in before]
    if not gone or not came:
        return {}
    left = set(gone)
    found: dict[Key, Key] = {}
    for key in came:
        previous = after[key].previous if after[key].fuzzy else None
        if previous in left:
            found[key] = previous
    by_target = {before[key].msgstr: key for key in gone if len(before[key].msgstr) > _CHANCE}
    for key in came:
        if key not in found and after[key].msgstr in by_target:
            found[key] = by_target[after[key].msgstr]
    left.difference_update(found.values())
    if left and len(found) < len(came):
        found |= _by_place({key for key in came if key not in found}, left, olds, news)
    return found


def _by_place(
    came: set[Key], gone: set[Key], olds: Sequence[Key], news: Sequence[Key]
) -> dict[Key, Key]:
    from dragoman.catalogs import similarity  # slow to load

    place = {key: at for at, key in enumerate(olds)}
    found = similarity.former(
        [key[1] for key in news],
        [key[1] for key in olds],
        [(i, place[key]) for i, key in enumerate(news) if key in place],
        lambda i, j: (
            news[i] not in came or olds[j] not in gone or strangers(olds[j][0], news[i][0])
        ),
    )
    return {
        news[i]: olds[js[0]] for i, js in found.items() if news[i] in came and olds[js[0]] in gone
    }


def _is_as_it_was(old: Entry, new: Entry | None) -> bool:
    """Whether a message whose source changed only became obsolete, or went."""
    return new is None or (new.obsolete and (old.msgstr, old.plural) == (new.msgstr, new.plural))


def _what(old: Entry | None, new: Entry) -> str:
    """What happened to a message, in a word; nothing where nothing did."""
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


def texts(did: Difference) -> Iterator[str]:
    """What changed, words marked: the source, and the translation, each plural form by number.

    >>> list(texts(Difference((None, "a"), "changed", Entry("a", "b"), Entry("a", "c"))))
    ['[-b-]{+c+}']
    >>> list(texts(Difference((None, "x b"), "source changed", Entry("x a", "c"), Entry("x b", "c"))))
    ['x [-a-]{+b+}', 'c']
    """
    changed = did.old is not None and did.new is not None and did.old.msgid != did.new.msgid
    if changed:
        yield marked(did.old.msgid, did.new.msgid)  # type: ignore[union-attr]
    one, other = _forms(did.old), _forms(did.new)
    for number in range(max(len(one), len(other))):
        before, after = ("".join(forms[number : number + 1]) for forms in (one, other))
        if before != after or (changed and after):
            several = max(len(one), len(other)) > 1
            yield (f"[{number}] " if several else "") + marked(before, after)


def _forms(entry: Entry | None) -> tuple[str, ...]:
    if entry is None:
        return ()
    return entry.plural[1] if entry.plural else (entry.msgstr,)


def marked(old: str, new: str) -> str:
    """The new text, with `[-what went-]` and `{+what came+}` in it, by whole words.

    >>> marked("He came home.", "He went home.")
    'He [-came-]{+went+} home.'
    """
    from dragoman.catalogs.similarity import equal_runs  # slow to load

    one, other = _PIECE.findall(old), _PIECE.findall(new)
    out = []
    a = c = 0
    for b, d, size in equal_runs(one, other):
        went, came = "".join(one[a:b]), "".join(other[c:d])
        out += [f"[-{went}-]"] if went else []
        out += [f"{{+{came}+}}"] if came else []
        out.append("".join(other[d : d + size]))
        a, c = b + size, d + size
    return "".join(out)
