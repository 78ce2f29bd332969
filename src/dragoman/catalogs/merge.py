"""Three-way merge of catalogs, message by message, without losing a text of either side.

If both sides changed a translation, the message keeps ours, becomes fuzzy, and gets translator
comments with both texts; so it is not output before somebody decides.
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
"""Beginning of a comment with the text of one side."""
_DISTINCTIVE = 24
"""Length in characters from which equal translations of different sentences are no coincidence."""
_UNLIKE = 0.45
"""Similarity below which two sentences count as different."""
_LATEST = ("PO-Revision-Date", "Last-Translator", "X-Generator")
"""Header fields that are all taken from the later revision."""


class MergeConflict(NamedTuple):
    """A message that somebody has to look at."""

    key: Key
    why: str


class Merged(NamedTuple):
    """The result of a merge."""

    po: PoFile
    conflicts: tuple[MergeConflict, ...]


def merge(base: PoFile, ours: PoFile, theirs: PoFile) -> Merged:
    """Merge the changes of two sides into one catalog.

    Messages are in our order; a message that only they have follows the one it follows there. A
    message that one side removed is removed, unless the other side changed it.

    Args:
        base: the common ancestor; empty if there was none.
        ours: the version of one side.
        theirs: the version of the other side.

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


class _Translation(NamedTuple):
    """The translation in one version of a message; its parts are merged as a whole."""

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
        self._conflicts: list[MergeConflict] = []
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
        """Find translations of sentences that the other side changed meanwhile."""
        for text, words in ((self._our, self._their), (self._their, self._our)):
            late = translated_late(self._base, text, words)
            self._late.update(late)
            self._heirs |= heirs(self._base, text, words, late) if late else {}

    def _trailer(self) -> str:
        """Comments after the last message: ours, with those that they added."""
        base_lines, ours, theirs = (lines_of(po.trailer) for po in self._sides)
        kept = [line for line in ours if line in theirs or line not in base_lines]
        return "".join(
            kept + [line for line in theirs if line not in ours and line not in base_lines]
        )

    def _order(self) -> list[Key]:
        """Our keys, with each key that only they have after the key it follows there."""
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
        """The entry if only one side has it: new there, or removed by the other."""
        if base is None or left is None:
            return left
        if base.raw == left.raw or _translation(base) == _translation(left):
            return None
        # obsolete, since the side that removed it has no such sentence in its text
        return left if left.obsolete or not _has_text(_translation(left)) else left.as_obsolete()

    def _both_sided(self, key: Key, base: Entry | None, our: Entry, their: Entry) -> Entry:
        """Merge two different versions of an entry."""
        former = None if base is None else _translation(base)
        chosen, side = _chosen(former, _translation(our), _translation(their))
        leading = their if side == "theirs" else our
        flags = _flags(base, our, their, chosen.fuzzy or side == "both")
        remarks = _remarks(base, our, their, leading)
        if side == "both":
            self._conflicts.append(MergeConflict(key, "both sides changed the translation"))
            remarks += _conflict_comment("ours", our) + _conflict_comment("theirs", their)
        automatic = _three(base and base.automatic, our.automatic, their.automatic)
        obsolete = _three(base and base.obsolete, our.obsolete, their.obsolete)
        if base is None:
            obsolete = our.obsolete and their.obsolete
        comments = remarks + automatic + flags + leading.previous_lines(obsolete=False)
        merged = Entry(key[1], chosen.msgstr, key[0], comments, plural=chosen.plural, gap=our.gap)
        return self._watched(merged.as_obsolete() if obsolete else merged)

    def _watched(self, entry: Entry) -> Entry:
        """The entry; as a draft if its translation seems to be that of another sentence."""
        for stray in self._strays:
            other = stray.get(entry.key)
            if other is not None and other.msgstr == entry.msgstr and not entry.fuzzy:
                self._conflicts.append(
                    MergeConflict(entry.key, f"has the translation of “{_short(other.msgid)}”")
                )
                remark = f"{CONFLICT}translation of another sentence: “{escape(other.msgid)}”\n"
                return entry.flagged("fuzzy", remark)
        return entry

    # --- the header ---

    def _header(self, base: Entry | None, our: Entry, their: Entry) -> Entry:
        """Merge two versions of the header entry."""
        if our.msgstr == their.msgstr and our.comments == their.comments:
            return our
        msgstr, remarks = self._fields(base.msgstr if base else "", our.msgstr, their.msgstr)
        comments = _remarks(base, our, their, our) + remarks
        comments += _flags(base, our, their, our.fuzzy and their.fuzzy)
        if msgstr == our.msgstr and comments == our.comments:
            return our
        return Entry("", msgstr, None, comments, gap=our.gap)

    def _fields(self, base: str, our: str, their: str) -> tuple[str, str]:
        """The merged header, and remarks with fields of theirs that it does not have."""
        base_lines, our_lines, their_lines = (
            _lines_of_header(base),
            _lines_of_header(our),
            _lines_of_header(their),
        )
        revised = ("PO-Revision-Date", 0)
        later = their_lines.get(revised, "") > our_lines.get(revised, "")
        lines, remarks = [], ""
        for name in dict.fromkeys((*our_lines, *their_lines)):
            a, b, c = base_lines.get(name), our_lines.get(name), their_lines.get(name)
            chosen = b if c in (a, b) else c if a == b else None
            if name[0] in _LATEST and b != c:
                chosen = c if later else b
            elif name[0] == "POT-Creation-Date":
                chosen = max(b or "", c or "")
            elif chosen is None and a not in (b, c) and b and c:
                chosen = b
                remarks += f"{CONFLICT}theirs: “{escape(c)}”\n"
                self._conflicts.append(MergeConflict((None, ""), f"both sides changed {name[0]}"))
            if chosen is not None:
                lines.append(chosen + "\n")
        return "".join(lines), remarks


def _by_key(po: PoFile) -> dict[Key, Entry]:
    return {entry.key: entry for entry in po.entries}


def _live_keys(side: Mapping[Key, Entry]) -> list[Key]:
    return [key for key, entry in side.items() if not entry.obsolete]


def _translation(entry: Entry) -> _Translation:
    return _Translation(entry.msgstr, entry.plural, entry.fuzzy)


def _chosen(
    base: _Translation | None, our: _Translation, their: _Translation
) -> tuple[_Translation, str]:
    """The merged translation, and its side: `ours`, `theirs`, or `both` for a conflict."""
    if their in (our, base):
        return our, "ours"
    if base == our:
        return their, "theirs"
    if our[:2] == their[:2]:
        return our._replace(fuzzy=our.fuzzy or their.fuzzy), "ours"
    if not _has_text(their):
        return our, "ours"
    if not _has_text(our):
        return their, "theirs"
    return our, "both"


def _has_text(translation: _Translation) -> bool:
    return any(translation.plural[1]) if translation.plural else bool(translation.msgstr)


def _three(base: Any, our: Any, their: Any) -> Any:
    """Three-way merge of a value that must not conflict: theirs if we did not change it, else ours."""
    return their if base == our else our


def _flags(base: Entry | None, our: Entry, their: Entry, fuzzy: bool) -> str:
    former = set(base.flags) if base is not None else set()
    kept = [
        flag
        for flag in dict.fromkeys((*our.flags, *their.flags))
        if flag != "fuzzy" and (flag not in former or (flag in our.flags and flag in their.flags))
    ]
    flags = ["fuzzy", *kept] if fuzzy else kept
    return f"#, {', '.join(flags)}\n" if flags else ""


def _remarks(base: Entry | None, our: Entry, their: Entry, leading: Entry) -> str:
    """Translator comments of both sides; the provenance line is that of the merged translation's side."""
    former = set(_lines(base)) if base is not None else set()
    our_lines, their_lines = _lines(our), _lines(their)
    kept = [line for line in our_lines if line in their_lines or line not in former]
    kept += [line for line in their_lines if line not in our_lines and line not in former]
    provenance_lines = [line for line in _lines(leading) if line.startswith(provenance.LEAD)]
    kept = [line for line in kept if not line.startswith(provenance.LEAD)]
    return "".join([*kept, *provenance_lines])


def _lines(entry: Entry) -> list[str]:
    return lines_of(entry.translator_comments)


def _conflict_comment(side: str, entry: Entry) -> str:
    """The comment with the text of one side."""
    forms = entry.plural[1] if entry.plural else (entry.msgstr,)
    return "".join(f"{CONFLICT}{side}: “{escape(form)}”\n" for form in forms)


def _lines_of_header(header: str) -> dict[tuple[str, int], str]:
    """Name and number of occurrence of each header field, to its line."""
    lines: dict[tuple[str, int], str] = {}
    seen: Counter[str] = Counter()
    for line in header.split("\n"):
        name = line.partition(":")[0].strip()
        if line:
            lines[name, seen[name]] = line
            seen[name] += 1
    return lines


def _short(text: str) -> str:
    return text if len(text) <= 60 else text[:59] + "…"


def writable(po: PoFile) -> PoFile:
    """The catalog in its charset, or in UTF-8 if that cannot encode a character; `po` is changed."""
    text = po.text()
    try:
        text.encode(po.charset)
    except UnicodeEncodeError:
        header = po.header
        if header is not None:
            field = "Content-Type: text/plain; charset=UTF-8\n"
            lines = [x for x in lines_of(header.msgstr) if not x.startswith("Content-Type")]
            po.entries[po.entries.index(header)] = header.replaced(msgstr="".join([*lines, field]))
        po.charset = "utf-8"
    return po


def strays(base: Mapping[Key, Entry], side: Mapping[Key, Entry]) -> dict[Key, Entry]:
    """Messages that got the translation of another sentence, with the entry it belongs to.

    A line-wise merge of two reordered files makes such pairs, and they look right.
    """
    from dragoman.catalogs import similarity  # rapidfuzz is slow to load

    owners: dict[str, Entry] = {}
    for entry in base.values():
        if len(entry.msgstr) >= _DISTINCTIVE:
            owners.setdefault(entry.msgstr, entry)
    result = {}
    for key, entry in side.items():
        former, owner = base.get(key), owners.get(entry.msgstr)
        if (
            owner is None
            or owner.key == key
            or (former is not None and former.msgstr == entry.msgstr)
        ):
            continue
        if entry.fuzzy or _is_handed_on(owner, side) or not key[1]:
            continue
        if similarity.likeness(owner.msgid, entry.msgid) < _UNLIKE:
            result[key] = owner
    return result


def _is_handed_on(owner: Entry, side: Mapping[Key, Entry]) -> bool:
    """Whether the sentence was removed, so that another one may have taken its translation."""
    return owner.key not in side or side[owner.key].obsolete


def conflicts(entries: Iterable[Entry]) -> list[Entry]:
    """The entries with unresolved conflict comments."""
    return [entry for entry in entries if CONFLICT in entry.comments]
