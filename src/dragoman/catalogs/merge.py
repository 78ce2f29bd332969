"""Three-way merge of catalogs, message by message: no text is lost and none wins in silence.

Where both sides changed a translation, the message keeps ours, becomes fuzzy, and says in
translator comments what each side had; so it reaches no output before somebody has chosen.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any, NamedTuple

from dragoman.catalogs import provenance
from dragoman.catalogs.former.late import Heir, heirs, translated_late
from dragoman.catalogs.former.refill import refill
from dragoman.model import Key
from dragoman.po import Entry, PoFile
from dragoman.po.entry import Plural
from dragoman.po.strings import escape, lines_of

CONFLICT = "# Conflict, "
"""How the comment begins that keeps the text of a side."""
_TOLD = 24
"""Characters from which on two equal translations of unlike sentences are no accident."""
_UNLIKE = 0.45
_LATEST = ("PO-Revision-Date", "Last-Translator", "X-Generator")
"""Header fields that go together: those of the later revision."""


class Conflict(NamedTuple):
    """A message that somebody has to look at."""

    key: Key
    why: str


class Merged(NamedTuple):
    """What came of a merge."""

    po: PoFile
    conflicts: tuple[Conflict, ...]


def merge(base: PoFile, ours: PoFile, theirs: PoFile) -> Merged:
    """Bring what two sides made of a catalog together.

    Messages stand in our order; those only they have follow the one they follow there. What
    one side removed and the other left alone is gone; what the other changed stays.

    Args:
        base: the catalog that both started from; empty where there was none.
        ours: what one side made of it.
        theirs: what the other made of it.

    >>> base, ours, theirs = (PoFile([Entry("a", said)]) for said in ("", "x", "y"))
    >>> merged = merge(base, ours, theirs)
    >>> print(merged.po.entries[0].raw, end="")
    # Conflict, ours: “x”
    # Conflict, theirs: “y”
    #, fuzzy
    msgid "a"
    msgstr "x"
    """
    return _Merge(base, ours, theirs).run()


class _Said(NamedTuple):
    """What a side says of a message: these go together."""

    msgstr: str
    plural: Plural
    fuzzy: bool


class _Merge:
    def __init__(self, base: PoFile, ours: PoFile, theirs: PoFile) -> None:
        self._ours = ours
        self._sides = (base, ours, theirs)
        self._base = _by_key(base)
        self._our = _by_key(ours)
        self._their = _by_key(theirs)
        self._conflicts: list[Conflict] = []
        self._late: set[Key] = set()
        self._heirs: dict[Key, Heir] = {}
        self._strays = [strays(self._base, side) for side in (self._our, self._their)]

    def run(self) -> Merged:
        self._find_late()
        entries = []
        for key in self._order():
            sides = [side.get(key) for side in (self._base, self._our, self._their)]
            if key in self._heirs:
                heir = self._heirs[key]
                sides = [heir.was, *(side or heir.made for side in sides[1:])]
            entry = self._entry(key, *sides)
            if entry is not None:
                entries.append(entry)
        entries.sort(key=lambda entry: entry.obsolete and entry.key in self._late)
        po = replace(self._ours, entries=entries, trailer=self._trailer(), _origin=None)
        if self._late:
            refill(po, [_live_keys(side) for side in (self._their, self._our)], self._late)
        return Merged(writable(po), tuple(self._conflicts))

    def _find_late(self) -> None:
        """Look for translations of sentences that the other side changed meanwhile."""
        for text, words in ((self._our, self._their), (self._their, self._our)):
            late = translated_late(self._base, text, words)
            self._late.update(late)
            self._heirs |= heirs(self._base, text, words, late) if late else {}

    def _trailer(self) -> str:
        """Comments after the last message: ours, and what they added."""
        was, one, other = (lines_of(po.trailer) for po in self._sides)
        kept = [line for line in one if line in other or line not in was]
        return "".join(kept + [line for line in other if line not in one and line not in was])

    def _order(self) -> list[Key]:
        """Our messages, and after each those that only they have there."""
        following: dict[Key | None, list[Key]] = {}
        last: Key | None = None
        for key in self._their:
            if key in self._our:
                last = key
            else:
                following.setdefault(last, []).append(key)
        order = following.get(None, [])
        first = next(iter(self._our), None)
        if order and first == (None, ""):
            order = [first, *order]  # the header stays first
        for key in self._our:
            order += [key] if key not in order[:1] else []
            order += following.get(key, [])
        return order

    def _entry(
        self, key: Key, base: Entry | None, our: Entry | None, their: Entry | None
    ) -> Entry | None:
        if our is None or their is None:
            left = self._one_sided(base, our or their)
            return None if left is None else self._watched(left)
        if key == (None, "") and not our.obsolete:
            return self._header(base, our, their)
        if our.raw == their.raw or (base is not None and base.raw == their.raw):
            return self._watched(our)
        if base is not None and base.raw == our.raw:
            return self._watched(their)
        return self._both_sided(key, base, our, their)

    @staticmethod
    def _one_sided(base: Entry | None, left: Entry | None) -> Entry | None:
        """What only one side has: new there, or removed by the other."""
        if base is None or left is None:
            return left
        if base.raw == left.raw or _said(base) == _said(left):
            return None
        # the text of the side that removed it has no such sentence
        return left if left.obsolete or not _has_text(_said(left)) else left.as_obsolete()

    def _both_sided(self, key: Key, base: Entry | None, our: Entry, their: Entry) -> Entry:
        was = None if base is None else _said(base)
        said, side = _chosen(was, _said(our), _said(their))
        leading = their if side == "theirs" else our
        flags = _flags(base, our, their, said.fuzzy or side == "both")
        remarks = _remarks(base, our, their, leading)
        if side == "both":
            self._conflicts.append(Conflict(key, "both sides changed the translation"))
            remarks += _told("ours", our) + _told("theirs", their)
        automatic = _three(base and base.automatic, our.automatic, their.automatic)
        obsolete = _three(base and base.obsolete, our.obsolete, their.obsolete)
        if base is None:
            obsolete = our.obsolete and their.obsolete
        comments = remarks + automatic + flags + leading.previous_lines(obsolete=False)
        made = Entry(key[1], said.msgstr, key[0], comments, plural=said.plural, gap=our.gap)
        return self._watched(made.as_obsolete() if obsolete else made)

    def _watched(self, entry: Entry) -> Entry:
        """The entry; a draft where its translation seems to be another sentence's."""
        for found in self._strays:
            other = found.get(entry.key)
            if other is not None and other.msgstr == entry.msgstr and not entry.fuzzy:
                self._conflicts.append(
                    Conflict(entry.key, f"has the translation of “{_short(other.msgid)}”")
                )
                remark = f"{CONFLICT}translation of another sentence: “{escape(other.msgid)}”\n"
                return entry.flagged("fuzzy", remark)
        return entry

    # --- the header ---

    def _header(self, base: Entry | None, our: Entry, their: Entry) -> Entry:
        if our.msgstr == their.msgstr and our.comments == their.comments:
            return our
        msgstr, remarks = self._fields(base.msgstr if base else "", our.msgstr, their.msgstr)
        comments = _remarks(base, our, their, our) + remarks
        comments += _flags(base, our, their, our.fuzzy and their.fuzzy)
        if msgstr == our.msgstr and comments == our.comments:
            return our
        return Entry("", msgstr, None, comments, gap=our.gap)

    def _fields(self, base: str, our: str, their: str) -> tuple[str, str]:
        """The header's text, and remarks with what it does not say."""
        was, one, other = _lines_of_header(base), _lines_of_header(our), _lines_of_header(their)
        revised = ("PO-Revision-Date", 0)
        later = other.get(revised, "") > one.get(revised, "")
        lines, remarks = [], ""
        for name in dict.fromkeys((*one, *other)):
            a, b, c = was.get(name), one.get(name), other.get(name)
            chosen = b if c in (a, b) else c if a == b else None
            if name[0] in _LATEST and b != c:
                chosen = c if later else b
            elif name[0] == "POT-Creation-Date":
                chosen = max(b or "", c or "")
            elif chosen is None and a not in (b, c) and b and c:
                chosen = b
                remarks += f"{CONFLICT}theirs: “{escape(c)}”\n"
                self._conflicts.append(Conflict((None, ""), f"both sides changed {name[0]}"))
            if chosen is not None:
                lines.append(chosen + "\n")
        return "".join(lines), remarks


def _by_key(po: PoFile) -> dict[Key, Entry]:
    return {entry.key: entry for entry in po.entries}


def _live_keys(side: Mapping[Key, Entry]) -> list[Key]:
    return [key for key, entry in side.items() if not entry.obsolete]


def _said(entry: Entry) -> _Said:
    return _Said(entry.msgstr, entry.plural, entry.fuzzy)


def _chosen(was: _Said | None, our: _Said, their: _Said) -> tuple[_Said, str]:
    """What the message says, and whose word that is: `ours`, `theirs`, or `both` in conflict."""
    if their in (our, was):
        return our, "ours"
    if was == our:
        return their, "theirs"
    if our[:2] == their[:2]:
        return our._replace(fuzzy=our.fuzzy or their.fuzzy), "ours"
    if not _has_text(their):
        return our, "ours"
    if not _has_text(our):
        return their, "theirs"
    return our, "both"


def _has_text(said: _Said) -> bool:
    return any(said.plural[1]) if said.plural else bool(said.msgstr)


def _three(base: Any, our: Any, their: Any) -> Any:
    return their if base == our else our


def _flags(base: Entry | None, our: Entry, their: Entry, fuzzy: bool) -> str:
    was = set(base.flags) if base is not None else set()
    kept = [
        flag
        for flag in dict.fromkeys((*our.flags, *their.flags))
        if flag != "fuzzy" and (flag not in was or (flag in our.flags and flag in their.flags))
    ]
    flags = ["fuzzy", *kept] if fuzzy else kept
    return f"#, {', '.join(flags)}\n" if flags else ""


def _remarks(base: Entry | None, our: Entry, their: Entry, leading: Entry) -> str:
    """Translator comments of both; of provenance, what goes with the translation."""
    was = set(_lines(base)) if base is not None else set()
    one, other = _lines(our), _lines(their)
    kept = [line for line in one if line in other or line not in was]
    kept += [line for line in other if line not in one and line not in was]
    mine = [line for line in _lines(leading) if line.startswith(provenance.LEAD)]
    kept = [line for line in kept if not line.startswith(provenance.LEAD)]
    return "".join([*kept, *mine])


def _lines(entry: Entry) -> list[str]:
    return lines_of(entry.translator_comments)


def _told(side: str, entry: Entry) -> str:
    """The comment that keeps what a side had."""
    forms = entry.plural[1] if entry.plural else (entry.msgstr,)
    return "".join(f"{CONFLICT}{side}: “{escape(form)}”\n" for form in forms)


def _lines_of_header(header: str) -> dict[tuple[str, int], str]:
    """The lines of a header by the field's name, and how often that came before."""
    found: dict[tuple[str, int], str] = {}
    seen: Counter[str] = Counter()
    for line in header.split("\n"):
        name = line.partition(":")[0].strip()
        if line:
            found[name, seen[name]] = line
            seen[name] += 1
    return found


def _short(text: str) -> str:
    return text if len(text) <= 60 else text[:59] + "…"


def writable(po: PoFile) -> PoFile:
    """The catalog in our charset, or in UTF-8 where that lacks a character."""
    text = po.text()
    try:
        text.encode(po.charset)
    except UnicodeEncodeError:
        header = po.header
        if header is not None:
            said = "Content-Type: text/plain; charset=UTF-8\n"
            lines = [x for x in lines_of(header.msgstr) if not x.startswith("Content-Type")]
            po.entries[po.entries.index(header)] = header.replaced(msgstr="".join([*lines, said]))
        po.charset = "utf-8"
    return po


def strays(base: Mapping[Key, Entry], side: Mapping[Key, Entry]) -> dict[Key, Entry]:
    """Messages that lost their translation for another sentence's; and the entry it was of.

    A line-wise merge of two reordered files makes such pairs, and nothing in them looks wrong.
    """
    from dragoman.catalogs import similarity  # rapidfuzz is slow to load

    owners: dict[str, Entry] = {}
    for entry in base.values():
        if len(entry.msgstr) >= _TOLD:
            owners.setdefault(entry.msgstr, entry)
    found = {}
    for key, entry in side.items():
        was, owner = base.get(key), owners.get(entry.msgstr)
        if owner is None or owner.key == key or (was is not None and was.msgstr == entry.msgstr):
            continue
        if entry.fuzzy or _is_handed_on(owner, side) or not key[1]:
            continue
        if similarity.likeness(owner.msgid, entry.msgid) < _UNLIKE:
            found[key] = owner
    return found


def _is_handed_on(owner: Entry, side: Mapping[Key, Entry]) -> bool:
    """Whether the sentence is no more, so that its translation may well have gone to another."""
    return owner.key not in side or side[owner.key].obsolete


def conflicts(entries: Iterable[Entry]) -> list[Entry]:
    """Messages in which both sides' texts stand and nobody has chosen."""
    return [entry for entry in entries if CONFLICT in entry.comments]
