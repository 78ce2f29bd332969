"""Reading and writing PO files without losing a byte.

Nearly every entry is read by one regular expression over the file; what it does not match
(obsolete entries, plurals, several strings on a line, errors) goes through a strict reader
that says where and what is wrong.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from operator import is_

from dragoman.errors import DragomanError
from dragoman.po.entry import Entry, PlainEntry, Source, joined
from dragoman.po.strings import unescape

Key = tuple[str | None, str]
_STRINGS = r'"(?:[^\n]*\n")*[^\n]*\n'
_ENTRY = re.compile(
    r"((?:#(?!~).*\n)*)"
    rf"(?:msgctxt ({_STRINGS}))?"
    rf"msgid ({_STRINGS})"
    rf"msgstr ({_STRINGS})"
    r"\n*"
)
"""The form nearly every entry has; its strings are looked at apart."""
_SPELLED = re.compile(r'[^"\\\n]*(?:\\(?:[abfnrtv\\"0-7]|x[0-9a-fA-F])[^"\\\n]*)*')
_LINE = re.compile(
    r"[ \t]*(?P<prefix>#~\||#~|#\|)?[ \t]*"
    r"(?:(?P<keyword>msgctxt|msgid_plural|msgid|msgstr)(?:\[[ \t]*(?P<index>\d+)[ \t]*\])?)?"
    r"(?P<rest>.*)"
)
_QUOTED = re.compile(r'[ \t]*"((?:[^"\\]|\\.)*)"')
_CHARSET = re.compile(rb"charset=([\w.:-]+)", re.IGNORECASE)


@dataclass
class PoFile:
    """A PO file: its entries in order, the header first.

    `write()` gives back the bytes that were read as long as no entry was replaced.
    """

    entries: list[Entry] = field(default_factory=list)
    newline: str = "\n"
    bom: bool = False
    trailer: str = ""
    """Comments after the last entry, which belong to no message."""
    _origin: _Origin | None = None

    @property
    def header(self) -> Entry | None:
        for entry in self.entries:
            if entry.msgid == "" and entry.msgctxt is None and not entry.obsolete:
                return entry
        return None

    def header_field(self, name: str) -> str:
        """The value of a header field, or nothing.

        >>> parse(b'msgid ""\\nmsgstr "Language: az\\\\n"\\n').header_field("language")
        'az'
        """
        if self.header is None:
            return ""
        for line in self.header.msgstr.split("\n"):
            key, colon, value = line.partition(":")
            if colon and key.strip().lower() == name.lower():
                return value.strip()
        return ""

    def messages(self) -> Iterable[Entry]:
        """The live entries without the header."""
        return (e for e in self.entries if not e.obsolete and (e.msgid or e.msgctxt is not None))

    def write(self) -> bytes:
        text = self.text()
        if self.newline != "\n":
            text = text.replace("\n", self.newline)
        return (("\ufeff" if self.bom else "") + text).encode()

    def text(self) -> str:
        """The file's text, with LF for line ends."""
        origin = self._origin
        if origin is not None and origin.is_of(self.entries):
            return origin.text
        out: list[str] = []
        for entry in self.entries:
            out += (entry.raw, "\n" if origin is None else origin.gap_after(entry))
        if self.trailer:
            out.append(self.trailer)
        elif out:
            out.pop()
        return "".join(out)


class _Origin:
    """How a file was when it was read: its text, its entries, unusual blank lines."""

    def __init__(self, text: str, entries: Sequence[Entry], gaps: dict[Key, str]) -> None:
        self.text = text
        self._entries = tuple(entries)
        self._gaps = gaps

    def is_of(self, entries: Sequence[Entry]) -> bool:
        return len(entries) == len(self._entries) and all(map(is_, entries, self._entries))

    def gap_after(self, entry: Entry) -> str:
        """The blank lines that stood after an entry; one, where nothing is known."""
        return self._gaps.get(entry.key, "\n")


def parse(data: bytes, file: str = "") -> PoFile:
    """Read a PO file; raises DragomanError with line and column on what GNU msgfmt refuses.

    >>> parse(b'msgid "a"\\nmsgstr "b"\\n').entries[0].msgstr
    'b'
    """
    text = _decode(data, file)
    bom = text.startswith("\ufeff")
    text = text.removeprefix("\ufeff")
    newline = "\n"
    if "\r" in text:
        if text.count("\r\n") == text.count("\n") == text.count("\r"):
            newline = "\r\n"
            text = text.replace("\r\n", "\n")
        else:
            _refuse_mixed(text, file)
    complete = text.endswith("\n") or not text
    parser = _Parser(text if complete else text + "\n", file)
    entries = parser.parse()
    origin = _Origin(text, entries, parser.gaps)
    po = PoFile(entries, newline, bom, parser.trailer, origin)
    _refuse_duplicates(po, file)
    return po


def _decode(data: bytes, file: str) -> str:
    if b"\0" in data:
        line = data.count(b"\n", 0, data.index(b"\0")) + 1
        way_out = "save the catalog as UTF-8 text, or take it from a backup"
        raise DragomanError("there is a NUL byte", file=file or None, line=line, way_out=way_out)
    named = _CHARSET.search(data[:8192])
    charset = named[1].decode().upper() if named else "UTF-8"
    if charset not in ("UTF-8", "UTF8", "ASCII", "US-ASCII", "CHARSET"):
        raise DragomanError(
            f"the catalog is in {charset}, not in UTF-8",
            file=file or None,
            line=data.count(b"\n", 0, named.start() if named else 0) + 1,
            way_out="convert it with 'msgconv -t UTF-8'",
        )
    try:
        return data.decode()
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        column = error.start - data.rfind(b"\n", 0, error.start)
        raise DragomanError(
            f"byte 0x{data[error.start]:02X} is not UTF-8",
            file=file or None,
            line=line,
            column=column,
            way_out="convert the catalog with 'msgconv -f CHARSET -t UTF-8' and its true charset",
        ) from None


def _refuse_mixed(text: str, file: str) -> None:
    at = re.search(r"\r(?!\n)|(?<!\r)\n", text)
    line = text.count("\n", 0, at.start()) + 1 if at else 1
    raise DragomanError(
        "line ends are mixed (LF, CRLF, CR)",
        file=file or None,
        line=line,
        way_out="save the catalog with one kind of line end",
    )


def _refuse_duplicates(po: PoFile, file: str) -> None:
    live = [entry for entry in po.entries if not entry.obsolete]
    if len({(entry.msgctxt, entry.msgid) for entry in live}) == len(live):
        return
    first: dict[tuple[str | None, str], int] = {}
    for entry in live:
        if entry.key in first:
            raise DragomanError(
                f"duplicate message, first at line {first[entry.key]}",
                file=file or None,
                line=entry.line,
                way_out="keep one of the two (msguniq shows both)",
            )
        first[entry.key] = entry.line


class _Parser:
    """Goes through a text once, entry by entry."""

    def __init__(self, text: str, file: str) -> None:
        self._source = Source(text)
        self._file = file
        self.trailer = ""
        self.gaps: dict[Key, str] = {}

    def parse(self) -> list[Entry]:
        text = self._source.text
        entries: list[Entry] = []
        at = _skip_blank(text, 0)
        match_entry = _ENTRY.match
        plain = self._plain
        while at < len(text):
            match = match_entry(text, at)
            found = None if match is None else plain(match)
            if match is None or found is None:
                line = self._source.line_of(at)
                found, end = _Strict(self, text, at, line).read()
                if found is None:
                    self.trailer = text[at:]
                    break
                following = _skip_blank(text, end)
            else:
                end, following = match.end(4), match.end()
            entries.append(found)
            if following - end != 1 and following < len(text):
                self.gaps[found.key] = text[end:following]
            at = following
        return entries

    def _plain(self, match: re.Match[str]) -> Entry | None:
        """The entry that the expression matched; nothing where the strict reader must look."""
        text = match.string
        (start, _), (_, keyword), (ctx, ctx_end), (msgid, msgid_end), (string, end) = match.regs
        source = text[msgid + 1 : msgid_end - 2]
        if "\n" in source:
            source = source.replace('"\n"', "")
        target = text[string + 1 : end - 2]
        if "\n" in target:
            target = target.replace('"\n"', "")
        if text[msgid_end - 2] != '"' or text[end - 2] != '"' or msgid_end - msgid == 2:
            return None
        if end - string == 2 or not _sound(target) or text.find("#|", start, keyword) >= 0:
            return None
        if '"' in source or "\\" in source or "\n" in source:
            if not _sound(source):
                return None
            source = unescape(source)
        context = None
        if ctx >= 0:
            context = joined(text, ctx, ctx_end)
            if not _sound(context) or text[ctx_end - 2] != '"' or ctx_end - ctx == 2:
                return None
            context = unescape(context)
        return PlainEntry(self._source, source, context, target, start, keyword, end)

    def error(self, message: str, line: int, column: int, way_out: str) -> DragomanError:
        return DragomanError(
            message, file=self._file or None, line=line, column=column, way_out=way_out
        )

    def strings(self, rest: str, line: int, column: int) -> str:
        """The strings of a line, joined; raises where one is not closed or not escaped right."""
        at = 0
        said = []
        stripped = rest.rstrip(" \t")
        while at < len(stripped):
            quoted = _QUOTED.match(stripped, at)
            if quoted is None:
                place = column + at
                if stripped[at:].lstrip().startswith('"'):
                    raise self.error("unterminated string", line, place, 'close it with a "')
                raise self.error(
                    f"{stripped[at:].strip()[:20]!r} is not a string",
                    line,
                    place,
                    "put it in quotes",
                )
            try:
                said.append(unescape(quoted[1]))
            except ValueError as problem:
                raise self.error(
                    str(problem), line, column + at, "write \\\\ for a backslash"
                ) from None
            at = quoted.end()
        return "".join(said)


class _Strict:
    """One entry, line by line, with a place for every complaint."""

    def __init__(self, parser: _Parser, text: str, at: int, line: int) -> None:
        self._parser = parser
        self._text, self._start, self._at, self._line = text, at, at, line
        self._fields: dict[str, list[str]] = {}
        self._comments_end = at
        self._current = ""
        self._obsolete: bool | None = None
        self._keyword_line = 0

    def read(self) -> tuple[Entry | None, int]:
        """The entry and where it ends; no entry where only comments are left."""
        while self._at < len(self._text):
            end = self._text.index("\n", self._at)
            if not self._take(self._text[self._at : end]):
                break
            self._at = end + 1
            self._line += 1
        return self._entry(), self._at

    def _take(self, line: str) -> bool:
        """Take a line into the entry; False where the next entry begins."""
        stripped = line.strip(" \t")
        started = "msgid" in self._fields
        if not stripped:
            return not self._complete()
        if stripped.startswith("#") and not re.match(r"#~(?!\|)", stripped):
            if self._complete():
                return False
            if self._fields and not stripped.startswith(("#|", "#~|")):
                raise self._error("a comment stands inside an entry", "move it above the entry")
            self._check_comment(stripped)
            self._comments_end = self._at + len(line) + 1
            return True
        if re.match(r"<{7}|={7}|>{7}|\|{7}", stripped):
            raise self._error(
                "a conflict marker of version control", "resolve the conflict, then run again"
            )
        return self._field(line, started)

    def _check_comment(self, stripped: str) -> None:
        if stripped.startswith(("#|", "#~|")):
            rest = stripped.split("|", 1)[1].lstrip()
            rest = re.sub(r"^(?:msgctxt|msgid_plural|msgid)\b", "", rest)
            self._parser.strings(rest, self._line, 3)

    def _field(self, line: str, started: bool) -> bool:
        match = _LINE.match(line)
        assert match
        obsolete = match["prefix"] == "#~"
        keyword = match["keyword"]
        if self._complete() and (keyword in ("msgctxt", "msgid") or obsolete != self._obsolete):
            return False
        if self._obsolete is None:
            self._obsolete, self._keyword_line = obsolete, self._line
        column = match.start("rest") + 1
        if keyword is None:
            if not self._current:
                raise self._error(
                    f"{line.strip()[:20]!r} is not a keyword",
                    "see the PO format in gettext's manual",
                )
        else:
            name = f"msgstr[{int(match['index'])}]" if match["index"] is not None else keyword
            self._expect(name, started)
            self._current = name
            self._fields[name] = []
            if not match["rest"].strip():
                raise self._error(f"{name} has no string", 'write "" for an empty one')
        said = self._parser.strings(match["rest"], self._line, column)
        self._fields[self._current].append(said)
        return True

    def _expect(self, name: str, started: bool) -> None:
        if name in self._fields:
            raise self._error(f"{name} stands twice in one entry", "keep one of the two")
        if name.startswith("msgstr") and not started:
            raise self._error("msgstr without msgid", "put the msgid before it")
        if name == "msgctxt" and started:
            raise self._error("msgctxt after msgid", "put it before the msgid")
        if name.startswith("msgstr["):
            index = int(name[7:-1])
            if "msgid_plural" not in self._fields:
                raise self._error(f"{name} without msgid_plural", "use msgstr")
            forms = sum(key.startswith("msgstr[") for key in self._fields)
            if index != forms:
                raise self._error(f"{name} where msgstr[{forms}] is due", "number the forms from 0")
        elif name == "msgstr" and "msgid_plural" in self._fields:
            raise self._error("msgstr in an entry with plural forms", "use msgstr[0]")

    def _complete(self) -> bool:
        return any(name.startswith("msgstr") for name in self._fields)

    def _error(self, message: str, way_out: str) -> DragomanError:
        return self._parser.error(message, self._line, 1, way_out)

    def _entry(self) -> Entry | None:
        if not self._fields:
            return None
        if not self._complete():
            raise self._error("the entry has no msgstr", 'add msgstr ""')
        fields = {name: "".join(parts) for name, parts in self._fields.items()}
        forms = tuple(text for name, text in fields.items() if name.startswith("msgstr["))
        return Entry(
            fields["msgid"],
            fields.get("msgstr", forms[0] if forms else ""),
            fields.get("msgctxt"),
            self._text[self._start : self._comments_end],
            self._text[self._start : self._at],
            self._keyword_line,
            (fields["msgid_plural"], forms) if "msgid_plural" in fields else None,
            bool(self._obsolete),
        )


def _sound(spelled: str) -> bool:
    """Whether the joined strings hold no bare quotation mark, line end or unknown escape."""
    if '"' not in spelled and "\\" not in spelled and "\n" not in spelled:
        return True
    return _SPELLED.fullmatch(spelled) is not None


def _skip_blank(text: str, at: int) -> int:
    while at < len(text) and text[at] == "\n":
        at += 1
    return at


def parse_previous(comments: str) -> tuple[str | None, str] | None:
    """Context and msgid of the `#|` lines of an entry."""
    said: dict[str, list[str]] = {}
    current: Sequence[str] = ()
    for line in comments.splitlines():
        match = re.match(r"#~?\|[ \t]*(msgctxt|msgid_plural|msgid)?[ \t]*\"(.*)\"[ \t]*$", line)
        if match is None:
            continue
        if match[1]:
            current = said.setdefault(match[1], [])
        if isinstance(current, list):
            current.append(unescape(match[2]))
    if "msgid" not in said:
        return None
    return ("".join(said["msgctxt"]) if "msgctxt" in said else None, "".join(said["msgid"]))
