"""One entry of a PO file: its own text, and what the text says."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence

from dragoman.po.strings import WIDTH, field, lines_of, width

Plural = tuple[str, tuple[str, ...]] | None
"""`msgid_plural` and every `msgstr[n]`, of entries that have them."""


class Entry:
    """An entry, with the text it came as; never changed, only replaced.

    Attributes:
        raw: the entry's lines as they stand in the file, without blank lines after them.
        comments: its comment lines (`#…`), each with its line end; the beginning of `raw`.
        msgctxt, msgid, msgstr: what the strings say; `msgstr` is empty where untranslated.
        plural: `msgid_plural` and every `msgstr[n]`, for entries that have them.
        obsolete: whether the entry is kept behind `#~`.
        line: line of the entry's first keyword in the file, from 1; 0 for a new entry.
        gap: the blank lines after it.
    """

    __slots__ = (
        "comments",
        "gap",
        "line",
        "msgctxt",
        "msgid",
        "msgstr",
        "obsolete",
        "plural",
        "raw",
    )

    def __init__(
        self,
        msgid: str,
        msgstr: str = "",
        msgctxt: str | None = None,
        comments: str = "",
        raw: str | None = None,
        line: int = 0,
        plural: Plural = None,
        obsolete: bool = False,
        gap: str = "\n",
    ) -> None:
        self.gap = gap
        self.msgid = msgid
        self.msgstr = msgstr
        self.msgctxt = msgctxt
        self.comments = comments
        self.plural = plural
        self.obsolete = obsolete
        self.line = line
        self.raw = self._render() if raw is None else raw

    @property
    def key(self) -> tuple[str | None, str]:
        return (self.msgctxt, self.msgid)

    @property
    def flags(self) -> tuple[str, ...]:
        """Flags of the `#,` lines, in order."""
        if "#," not in self.comments:
            return ()
        lines = [x[2:] for x in lines_of(self.comments) if x.startswith("#,")]
        return tuple(flag.strip() for line in lines for flag in line.split(",") if flag.strip())

    @property
    def fuzzy(self) -> bool:
        return "fuzzy" in self.flags

    def without_flag(self, name: str) -> str:
        """The comment lines without a flag; without previous texts too where it is fuzzy."""
        out = []
        for line in lines_of(self.comments):
            if line.startswith("#,"):
                kept = [flag for x in line[2:].split(",") if (flag := x.strip()) and flag != name]
                line = f"#, {', '.join(kept)}\n" if kept else ""  # noqa: PLW2901
            elif name == "fuzzy" and line.startswith(("#|", "#~|")):
                continue
            out.append(line)
        return "".join(out)

    @property
    def previous(self) -> tuple[str | None, str] | None:
        """Context and msgid that a fuzzy entry was translated from, from its `#|` lines."""
        if "#|" not in self.comments and "#~|" not in self.comments:
            return None
        from dragoman.po.tokens import previous  # few entries have any

        return previous(self.comments)

    def _render(self) -> str:
        if self.plural is None and not self.obsolete:
            return rendered((self.msgctxt, self.msgid), self.comments, self.msgstr)
        prefix = "#~ " if self.obsolete else ""
        out = [self.comments]
        if self.msgctxt is not None:
            out.append(field("msgctxt", self.msgctxt, prefix))
        out.append(field("msgid", self.msgid, prefix))
        if self.plural is None:
            out.append(field("msgstr", self.msgstr, prefix))
        else:
            out.append(field("msgid_plural", self.plural[0], prefix))
            for index, form in enumerate(self.plural[1]):
                out.append(field(f"msgstr[{index}]", form, prefix))
        return "".join(out)

    def with_automatic(self, automatic: str) -> Entry:
        """The entry with these `#.` and `#:` lines; itself where they are as they were.

        Translator comments, flags, previous texts and the strings stay byte for byte.
        """
        if automatic == self.comments or automatic == self.automatic:  # noqa: PLR1714 - the latter costs
            return self
        lines = lines_of(self.comments)
        rest = [x for x in lines if x.startswith(("#,", "#|", "#~|", "#="))]
        comments = self.translator_comments + automatic + "".join(rest)
        body = self.raw[len(self.comments) :]
        return self.replaced(comments=comments, raw=comments + body)

    def as_obsolete(self) -> Entry:
        """The entry behind `#~`: references and extracted comments go, everything else stays."""
        lines = lines_of(self.comments)
        kept = [x for x in lines if not x.startswith(("#.", "#:"))]
        comments = "".join("#~" + x[1:] if x.startswith("#|") else x for x in kept)
        return self.replaced(comments=comments, obsolete=True)

    def revived(self, automatic: str) -> Entry:
        """A vanished entry whose source came back."""
        lines = lines_of(self.comments)
        live = "".join("#" + x[2:] if x.startswith("#~|") else x for x in lines)
        return self.replaced(comments=live, obsolete=False).with_automatic(automatic)

    def replaced(
        self,
        comments: str | None = None,
        raw: str | None = None,
        obsolete: bool | None = None,
        msgstr: str | None = None,
    ) -> Entry:
        """The entry with something else said; rendered anew unless `raw` is given."""
        return Entry(
            self.msgid,
            self.msgstr if msgstr is None else msgstr,
            self.msgctxt,
            self.comments if comments is None else comments,
            raw,
            self.line,
            self.plural,
            self.obsolete if obsolete is None else obsolete,
            self.gap,
        )

    def proposed_for(self, key: tuple[str | None, str], automatic: str) -> Entry:
        """A fuzzy entry for another source, with this one's target and `#|` its source."""
        msgctxt, msgid = key
        before = (self.previous if self.fuzzy else None) or self.key
        others = [flag for flag in self.flags if flag != "fuzzy"]
        comments = self.translator_comments + automatic
        comments += "#, " + ", ".join(["fuzzy", *others]) + "\n"
        if before != key:
            if before[0] is not None:
                comments += field("msgctxt", before[0], "#| ")
            comments += field("msgid", before[1], "#| ")
        return Entry(msgid, self.msgstr, msgctxt, comments)

    def handed_to(self, key: tuple[str | None, str], automatic: str) -> Entry:
        """An entry for another source, with this one's target, done as it is here."""
        comments = self.translator_comments + automatic
        if self.flags:
            comments += "#, " + ", ".join(self.flags) + "\n"
        return Entry(key[1], self.msgstr, key[0], comments)

    def followed_by(self, others: Sequence[Entry], msgid: str | None = None) -> Entry:
        """An entry that says what this one and others say, one after the other."""
        entries = (self, *others)
        remarks = dict.fromkeys(
            line for entry in entries for line in lines_of(entry.translator_comments)
        )
        flags = dict.fromkeys(flag for entry in entries for flag in entry.flags)
        comments = "".join(remarks) + (f"#, {', '.join(flags)}\n" if flags else "")
        source = " ".join([entry.msgid for entry in entries]) if msgid is None else msgid
        target = " ".join([entry.msgstr for entry in entries])
        return Entry(source, target, self.msgctxt, comments)

    def with_remarks(self, other: Entry) -> Entry:
        """The entry with another's translator comments before its own, each line once."""
        own = self.translator_comments
        lines = [x for x in lines_of(other.translator_comments) if x not in own]
        return self.replaced(comments="".join(lines) + self.comments) if lines else self

    @property
    def translator_comments(self) -> str:
        """The `# ` lines, and what stands between entries: all that tools do not write."""
        lines = lines_of(self.comments)
        return "".join(x for x in lines if not x.startswith(("#.", "#:", "#,", "#|", "#~|", "#=")))

    def previous_lines(self, obsolete: bool) -> str:
        """The `#|` lines, as a live or an obsolete entry has them, and those of `#=` before them.

        GNU gettext refuses a file where they and their entry disagree.
        """
        lines = lines_of(self.comments)
        found = [x for x in lines if x.startswith(("#=", "#|", "#~|"))]
        live = ["#" + x[2:] if x.startswith("#~|") else x for x in found]
        return "".join("#~" + x[1:] if obsolete and x.startswith("#|") else x for x in live)

    def flagged(self, flag: str, remark: str = "") -> Entry:
        """The entry with one more flag, and a remark after the translator comments."""
        rest = "" if not self.flags else ", " + ", ".join(self.flags)
        comments = self.translator_comments + remark + self.automatic
        comments += f"#, {flag}{rest}\n" + self.previous_lines(self.obsolete)
        return self.replaced(comments=comments)

    @property
    def automatic(self) -> str:
        """The `#.` and `#:` lines."""
        return "".join(_AUTOMATIC.findall(self.comments))


class Source:
    """The text of a PO file, which the entries read from it point into."""

    __slots__ = ("_ends", "text")

    def __init__(self, text: str) -> None:
        self.text = text
        self._ends: list[int] | None = None

    def line_of(self, offset: int) -> int:
        """The line of an offset, from 1."""
        if self._ends is None:
            self._ends = [match.start() for match in _LINE_END.finditer(self.text)]
        return bisect_left(self._ends, offset) + 1


_LINE_END = re.compile("\n")
_AUTOMATIC = re.compile(r"^#[.:].*\n?", re.MULTILINE)


class PlainEntry(Entry):
    """An entry as nearly all are: what is seldom asked for is looked up in the text it stands in."""

    __slots__ = ("_match", "_source")

    plural = None
    obsolete = False

    def __init__(
        self,
        source: Source,
        msgid: str,
        msgctxt: str | None,
        msgstr: str,
        match: re.Match[str],
    ) -> None:
        """The expression's groups are the comments, and the strings of `msgctxt` … `msgstr`."""
        self.msgid = msgid
        self.msgctxt = msgctxt
        self.msgstr = msgstr
        self._source = source
        self._match = match

    @property
    def raw(self) -> str:  # type: ignore[override]
        return self._source.text[self._match.start() : self._match.end(4) + 2]

    @property
    def gap(self) -> str:  # type: ignore[override]
        end, text = self._match.end(), self._source.text
        return "\n" if end == len(text) else text[self._match.end(4) + 2 : end]

    @property
    def comments(self) -> str:  # type: ignore[override]
        found: str = self._match[1]
        return found

    @property
    def line(self) -> int:  # type: ignore[override]
        return self._source.line_of(self._match.end(1))

    @property
    def fuzzy(self) -> bool:
        return "fuzzy" in self._match[1] and "fuzzy" in self.flags


def rendered(key: tuple[str | None, str], comments: str, msgstr: str = "") -> str:
    """The text of a live entry without plural forms.

    >>> print(rendered((None, "a"), "#. b\\n"), end="")
    #. b
    msgid "a"
    msgstr ""
    """
    return comments + key_lines(key) + (field("msgstr", msgstr) if msgstr else 'msgstr ""\n')


def key_lines(key: tuple[str | None, str]) -> str:
    """The `msgctxt` and `msgid` of an entry.

    >>> print(key_lines((None, "a")), end="")
    msgid "a"
    """
    msgctxt, msgid = key
    lines = field("msgid", msgid)
    return lines if msgctxt is None else field("msgctxt", msgctxt) + lines


def automatic_comments(extracted: Iterable[str], references: Sequence[str]) -> str:
    """The `#.` and `#:` lines of an entry; references are wrapped as msgcat wraps them.

    >>> print(automatic_comments(["paragraph"], ["a.txt:1"]), end="")
    #. paragraph
    #: a.txt:1
    """
    out = "".join([extracted_line(line) for line in extracted])
    line = "#:"
    for place in references:
        if line != "#:" and width(line) + 1 + width(place) >= WIDTH:
            out += line + "\n"
            line = "#:"
        line += " " + place
    return out + line + "\n" if references else out


def extracted_line(text: str) -> str:
    r"""A `#.` line; never with a backslash at its end, which GNU gettext joins to the next line.

    >>> extracted_line("C:\\")
    '#. C:\\ \n'
    """
    return f"#. {text} \n" if text.endswith("\\") else f"#. {text}\n"


def reference(file: str) -> str:
    """A file's name in references: with spaces it stands between U+2068 and U+2069.

    GNU gettext writes it so (gettext manual, "The Format of PO Files").

    >>> reference("a.txt"), reference("a b.txt") == "\u2068a b.txt\u2069"
    ('a.txt', True)
    """
    return f"\u2068{file}\u2069" if " " in file else file
