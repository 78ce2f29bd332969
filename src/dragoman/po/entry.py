"""One entry of a PO file: its raw text, and the strings in it."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence

from dragoman.po.strings import WIDTH, field, lines_of, width

Plural = tuple[str, tuple[str, ...]] | None
"""`msgid_plural` and every `msgstr[n]`; None for an entry without plural forms."""


class Entry:
    """An entry with its raw text; immutable.

    Attributes:
        raw: the entry's lines as in the file, without blank lines after them.
        comments: its comment lines (`#…`) with their line ends; the beginning of `raw`.
        msgctxt, msgid, msgstr: the unescaped strings; `msgstr` is empty if untranslated.
        plural: `msgid_plural` and every `msgstr[n]`; None without plural forms.
        obsolete: whether the entry's lines begin with `#~`.
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
        """The flags in the `#,` lines, in order."""
        if "#," not in self.comments:
            return ()
        lines = [x[2:] for x in lines_of(self.comments) if x.startswith("#,")]
        return tuple(flag.strip() for line in lines for flag in line.split(",") if flag.strip())

    @property
    def fuzzy(self) -> bool:
        return "fuzzy" in self.flags

    def without_flag(self, name: str) -> str:
        """Comments without the flag `name`; removing `fuzzy` also drops the `#|` lines."""
        lines = []
        for line in lines_of(self.comments):
            if line.startswith("#,"):
                kept = [flag for x in line[2:].split(",") if (flag := x.strip()) and flag != name]
                line = f"#, {', '.join(kept)}\n" if kept else ""  # noqa: PLW2901
            elif name == "fuzzy" and line.startswith(("#|", "#~|")):
                continue
            lines.append(line)
        return "".join(lines)

    @property
    def previous(self) -> tuple[str | None, str] | None:
        """Context and msgid in the `#|` lines, which a fuzzy entry was translated from; or None."""
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
        """The entry with these `#.` and `#:` lines; the same object if nothing changes.

        Translator comments, flags, previous texts and strings stay byte for byte.
        """
        if automatic == self.comments or automatic == self.automatic:  # noqa: PLR1714 - computing `automatic` is slow
            return self
        lines = lines_of(self.comments)
        rest = [x for x in lines if x.startswith(("#,", "#|", "#~|", "#="))]
        comments = self.translator_comments + automatic + "".join(rest)
        body = self.raw[len(self.comments) :]
        return self.replaced(comments=comments, raw=comments + body)

    def as_obsolete(self) -> Entry:
        """The entry as obsolete (`#~`), without references and extracted comments."""
        lines = lines_of(self.comments)
        kept = [x for x in lines if not x.startswith(("#.", "#:"))]
        comments = "".join("#~" + x[1:] if x.startswith("#|") else x for x in kept)
        return self.replaced(comments=comments, obsolete=True)

    def revived(self, automatic: str) -> Entry:
        """An obsolete entry made current again, since its source is in the text again."""
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
        """A copy with other values; it is rendered again unless `raw` is given."""
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
        """A fuzzy entry for another source, with this target, and this source as `#| msgid`."""
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
        """An entry for another source with this target; flags are kept."""
        comments = self.translator_comments + automatic
        if self.flags:
            comments += "#, " + ", ".join(self.flags) + "\n"
        return Entry(key[1], self.msgstr, key[0], comments)

    def followed_by(self, others: Sequence[Entry], msgid: str | None = None) -> Entry:
        """One entry with the sources and targets of this and other entries joined by spaces."""
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
        """The entry with another's translator comments before its own, without duplicates."""
        own = self.translator_comments
        lines = [x for x in lines_of(other.translator_comments) if x not in own]
        return self.replaced(comments="".join(lines) + self.comments) if lines else self

    @property
    def translator_comments(self) -> str:
        """The `# ` lines, and any other lines that tools do not write."""
        lines = lines_of(self.comments)
        return "".join(x for x in lines if not x.startswith(("#.", "#:", "#,", "#|", "#~|", "#=")))

    def previous_lines(self, obsolete: bool) -> str:
        """The `#=` and `#|` lines, in the form for an obsolete or a current entry.

        GNU gettext refuses a file in which they do not match their entry.
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
    """The text of a PO file, shared by the entries read from it."""

    __slots__ = ("_ends", "text")

    def __init__(self, text: str) -> None:
        self.text = text
        self._ends: list[int] | None = None

    def line_of(self, offset: int) -> int:
        """The line number of an offset, from 1."""
        if self._ends is None:
            self._ends = [match.start() for match in _LINE_END.finditer(self.text)]
        return bisect_left(self._ends, offset) + 1


_LINE_END = re.compile("\n")
_AUTOMATIC = re.compile(r"^#[.:].*\n?", re.MULTILINE)


class PlainEntry(Entry):
    """An entry in the most frequent form; rarely used attributes are computed from the file's text."""

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
        """`match` has the groups of `file._ENTRY`: comments, msgctxt, msgid, msgstr."""
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
        comments: str = self._match[1]
        return comments

    @property
    def line(self) -> int:  # type: ignore[override]
        return self._source.line_of(self._match.end(1))

    @property
    def fuzzy(self) -> bool:
        return "fuzzy" in self._match[1] and "fuzzy" in self.flags


def rendered(key: tuple[str | None, str], comments: str, msgstr: str = "") -> str:
    """The text of an entry that is not obsolete and has no plural forms.

    >>> print(rendered((None, "a"), "#. b\\n"), end="")
    #. b
    msgid "a"
    msgstr ""
    """
    return comments + key_lines(key) + (field("msgstr", msgstr) if msgstr else 'msgstr ""\n')


def key_lines(key: tuple[str | None, str]) -> str:
    """The `msgctxt` and `msgid` lines of an entry.

    >>> print(key_lines((None, "a")), end="")
    msgid "a"
    """
    msgctxt, msgid = key
    lines = field("msgid", msgid)
    return lines if msgctxt is None else field("msgctxt", msgctxt) + lines


def automatic_comments(extracted: Iterable[str], references: Sequence[str]) -> str:
    """The `#.` and `#:` lines of an entry; references are wrapped as by msgcat.

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
    r"""A `#.` line; a backslash at its end gets a blank, or GNU gettext would join the next line.

    >>> extracted_line("C:\\")
    '#. C:\\ \n'
    """
    return f"#. {text} \n" if text.endswith("\\") else f"#. {text}\n"


def reference(file: str) -> str:
    """A file's name in references; one with spaces is enclosed in U+2068 and U+2069.

    This is GNU gettext's form (gettext manual, "The Format of PO Files").

    >>> reference("a.txt"), reference("a b.txt") == "\u2068a b.txt\u2069"
    ('a.txt', True)
    """
    return f"\u2068{file}\u2069" if " " in file else file
