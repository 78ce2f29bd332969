"""What changed between two catalogs, for a translator: unit by unit, words marked."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from dragoman.catalogs import provenance
from dragoman.model import Key
from dragoman.po import Entry, PoFile

_PIECE = re.compile(r"\s+|\w+|[^\w\s]")


class Difference(NamedTuple):
    """A message that is not the same in both catalogs."""

    key: Key
    what: str
    """`added`, `removed`, `translated`, `changed`, `draft`, `done`, `approved`, `remark`, …"""
    old: Entry | None
    new: Entry | None


def differences(old: PoFile, new: PoFile) -> Iterator[Difference]:
    """What changed for a translator, in the order of the new catalog; what vanished comes last.

    >>> [d.what for d in differences(PoFile([Entry("a", "b")]), PoFile([Entry("a", "c")]))]
    ['changed']
    """
    before = {entry.key: entry for entry in old.entries if entry is not old.header}
    after = {entry.key: entry for entry in new.entries if entry is not new.header}
    for key, entry in after.items():
        if what := _what(before.get(key), entry):
            yield Difference(key, what, before.get(key), entry)
    for key, entry in before.items():
        if key not in after:
            yield Difference(key, "removed", entry, None)


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
    """The translation where it changed, words marked; each plural form that did, with its number.

    >>> list(texts(Difference((None, "a"), "changed", Entry("a", "b"), Entry("a", "c"))))
    ['[-b-]{+c+}']
    """
    one, other = _forms(did.old), _forms(did.new)
    for number in range(max(len(one), len(other))):
        before, after = ("".join(forms[number : number + 1]) for forms in (one, other))
        if before != after:
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
