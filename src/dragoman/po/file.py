"""Reads and writes PO files without losing a byte.

Most entries match one regular expression; others (obsolete entries, plurals, several strings on a
line, errors) are read by `po.strict`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from operator import is_
from typing import TYPE_CHECKING

from dragoman.errors import DragomanError, DragomanErrors
from dragoman.po import plural
from dragoman.po.charset import decoded
from dragoman.po.entry import Entry, PlainEntry, Source
from dragoman.po.strings import unescape
from dragoman.text.controls import holds_bidi, holds_bidi_in_utf8

if TYPE_CHECKING:
    from dragoman.po.strict import StrictReader
    from dragoman.po.tokens import PoSyntaxError

_STRINGS = r'"((?:[^\n]*\n")*[^\n]*)"\n'
_ENTRY = re.compile(
    r"((?:#(?![~|]).*(?<!\\)\n)*)"
    rf"(?:msgctxt {_STRINGS})?"
    rf"msgid {_STRINGS}"
    rf"msgstr {_STRINGS}"
    r'\n*+(?![" \t])'
)
"""The form of most entries; escapes in its strings are checked separately."""
_SPELLED = re.compile(r'[^"\\\n]*(?:\\[abfnrtv\\"][^"\\\n]*)*')
_BLANK = re.compile(r"[ \t\r\f\v\n]*")
_NEXT = re.compile(r"\n(?=[ \t\r]*(?:\n|#|msgctxt\b|msgid\b(?!_)))")
"""Where parsing may continue after an error."""
_STRETCH = 1000
"""Number of entries that are joined at a time."""
MOST_FAULTS = 20
"""Maximum number of errors reported for one file, as in GNU gettext."""

Positions = dict[str, tuple[int, int]]
"""Line and column of each field of an entry, by the field's name."""


@dataclass
class PoFile:
    """A PO file: its entries in order, the header first.

    `write()` returns the bytes that were read as long as no entry was replaced.
    """

    entries: list[Entry] = field(default_factory=list)
    newline: str = "\n"
    bom: bool = False
    trailer: str = ""
    """Comments after the last entry, which belong to no message."""
    charset: str = "utf-8"
    """Its charset, by Python's name."""
    name: str = ""
    """Its name in error messages."""
    lead: str = ""
    """Blank lines before the first entry."""
    end: str = "\n"
    """Line ends after the last line; empty if the file does not end with one."""
    _origin: _Origin | None = None

    def copy(self) -> PoFile:
        """A copy whose list of entries can be changed without changing this one's.

        >>> file = parse(b'msgid "a"\\nmsgstr "b"\\n')
        >>> file.copy().entries.clear()
        >>> len(file.entries)
        1
        """
        return replace(self, entries=list(self.entries))

    @property
    def header(self) -> Entry | None:
        """The header entry, or None."""
        for entry in self.entries:
            if entry.msgid == "" and entry.msgctxt is None and not entry.obsolete:
                return entry
        return None

    def header_field(self, name: str) -> str:
        """The value of a header field; empty if there is none.

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

    def messages(self) -> list[Entry]:
        """The entries that are not obsolete, without the header."""
        return [e for e in self.entries if not e.obsolete and (e.msgid or e.msgctxt is not None)]

    def write(self) -> bytes:
        """The file's bytes.

        Raises:
            DragomanError: a character cannot be encoded in the file's charset.
        """
        mark = "\ufeff" if self.bom else ""
        try:
            return b"".join([self._encoded(piece) for piece in (mark, *self._stretches())])
        except UnicodeEncodeError as error:
            raise self._cannot_write(error.object[error.start]) from None

    def _encoded(self, piece: str) -> bytes:
        ended = piece if self.newline == "\n" else piece.replace("\n", self.newline)
        return ended.encode(self.charset)

    def _cannot_write(self, char: str) -> DragomanError:
        """The error for a character that the charset does not have."""
        text = self.text()
        return DragomanError(
            f"{char!r} cannot be written in {self.charset.upper()}",
            file=self.name or None,
            line=text.count("\n", 0, text.find(char)) + 1,
            how_to_fix="convert the catalog with 'msgconv -t UTF-8'",
        )

    def text(self) -> str:
        """The file's text, with LF line ends."""
        origin = self._as_read()
        return "".join(self._stretches()) if origin is None else origin.text

    def holds_bidi(self) -> bool:
        """Whether the file has any bidi control."""
        origin = self._as_read()
        return holds_bidi(self.text()) if origin is None else origin.holds_bidi

    def _as_read(self) -> _Origin | None:
        """The text as it was read, if no entry was replaced since; else None."""
        origin = self._origin
        return origin if origin is not None and origin.is_of(self.entries) else None

    def _stretches(self) -> Iterator[str]:
        """The file's text in pieces, so that a large one is not copied as a whole."""
        origin = self._as_read()
        if origin is not None:
            yield origin.text
            return
        entries, last = self.entries, self.trailer
        if not last and entries:  # blank lines after it belong to `end`
            entries, last = entries[:-1], _parts(entries[-1])[0]
        yield self.lead
        for start in range(0, len(entries), _STRETCH):
            parts = [part for entry in entries[start : start + _STRETCH] for part in _parts(entry)]
            yield "".join(parts)
        if last:
            yield last.removesuffix("\n") + self.end

    def positions(self, entries: Iterable[Entry]) -> list[Positions]:
        """Line and column, both from 1, of each field of the given entries, in the file's order.

        Fields are named as in the file: `msgid`, `msgstr[0]`, `#| msgid`.

        >>> file = parse(b'# x\\nmsgid "a"\\nmsgstr "b"\\n')
        >>> file.positions(file.entries)
        [{'msgid': (2, 1), 'msgstr': (3, 1)}]
        """
        from dragoman.po.tokens import fields  # only reports need positions

        ids = set(map(id, entries))
        same = self._as_read() is not None
        result = []
        start = _onwards(self.lead, (1, 1))
        for entry in self.entries:
            text = entry.raw + entry.gap if same else "".join(_parts(entry))
            if id(entry) in ids:
                places = fields(text)
                result.append({name: _onwards(text[:at], start) for name, at in places})
            start = _onwards(text, start)
        return result


def _onwards(text: str, start: tuple[int, int]) -> tuple[int, int]:
    """Line and column after a text that begins at `start`."""
    lines = text.count("\n")
    if lines:
        return start[0] + lines, len(text) - text.rfind("\n")
    return start[0], start[1] + len(text)


def _parts(entry: Entry) -> tuple[str, str]:
    """An entry's lines, and the blank lines after it."""
    raw = entry.raw
    return raw if raw.endswith("\n") else raw + "\n", entry.gap


class _Origin:
    """A file as it was read: its text and its entries."""

    def __init__(self, text: str, entries: Sequence[Entry], holds_bidi: bool) -> None:
        self.text = text
        self.holds_bidi = holds_bidi
        self._entries = tuple(entries)

    def is_of(self, entries: Sequence[Entry]) -> bool:
        """Whether these are the same entry objects."""
        return len(entries) == len(self._entries) and all(map(is_, entries, self._entries))


def parse(data: bytes, file: str = "") -> PoFile:
    """Parse a PO file.

    Raises:
        DragomanErrors: everything that GNU msgfmt would refuse, with line and column.
        DragomanError: there is one such error, or the bytes are not valid in the charset.

    >>> parse(b'msgid "a"\\nmsgstr "b"\\n').entries[0].msgstr
    'b'
    """
    text, charset = decoded(data, file)
    bom = text.startswith("\ufeff")
    text = text.removeprefix("\ufeff")
    newline = "\n"
    if "\r" in text:
        if text.count("\r\n") == text.count("\n") == text.count("\r"):
            newline = "\r\n"
            text = text.replace("\r\n", "\n")
        elif "\n" not in text:
            raise DragomanError(
                "lines end with CR alone",
                file=file or None,
                line=1,
                how_to_fix="save the catalog with LF or CRLF",
            )
    complete = text.endswith("\n") or not text
    parser = _Parser(text if complete else text + "\n", file, charset, newline == "\n")
    entries = parser.parse()
    lead, end = parser.lead, "\n" + parser.blank
    end = end if complete else end[:-1]
    controls = charset != "utf-8" or holds_bidi_in_utf8(data)
    origin = _Origin(text, entries, controls)
    po = PoFile(entries, newline, bom, parser.trailer, charset, file, lead, end, origin)
    parser.refuse(po)
    return po


class _Parser:
    """Parses a text entry by entry, and collects the errors."""

    def __init__(self, text: str, file: str, charset: str, bent: bool) -> None:
        self._source = Source(text)
        self._file = file
        self._charset = charset
        self._bent = bent
        self._errors: list[DragomanError] = []
        self.trailer = self.lead = self.blank = ""

    def parse(self) -> list[Entry]:
        text = self._source.text
        size = len(text)
        entries: list[Entry] = []
        end = position = _skip_blank(text, 0)
        self.lead = text[:position]
        match_entry = _ENTRY.match
        plain = self._plain
        while position < size:
            match = match_entry(text, position)
            if match is not None:
                entry = plain(match)
                if entry is not None:
                    entries.append(entry)
                    end, position = match.end(4) + 2, match.end()
                    continue
            entry_read, end = self._read(position)
            if entry_read is None and end >= size:
                self.trailer = text[position:]
                break
            position = _skip_blank(text, end)
            if entry_read is not None:
                if position < size:
                    entry_read.gap = text[end:position]
                entries.append(entry_read)
        self.blank = "" if self.trailer else text[end:]
        return entries

    @cached_property
    def _strict(self) -> StrictReader:
        from dragoman.po.strict import StrictReader  # most files do not need it

        return StrictReader(self._source.text, self._charset, self._bent)

    def _read(self, at: int) -> tuple[Entry | None, int]:
        """Read an entry with the strict reader; after an error, None and where to continue."""
        from dragoman.po.tokens import PoSyntaxError  # most files do not need it

        try:
            entry, end = self._strict.read(at)
        except PoSyntaxError as fault:
            self._note(fault)
            if len(self._errors) >= MOST_FAULTS:
                return None, len(self._source.text)
            following = _NEXT.search(self._source.text, max(fault.at, at))
            return None, following.end() if following else len(self._source.text)
        if entry is not None:
            entry.line = self._source.line_of(at + len(entry.comments))
        return entry, end

    def _note(self, fault: PoSyntaxError) -> None:
        text = self._source.text
        self._errors.append(
            DragomanError(
                fault.message,
                file=self._file or None,
                line=self._source.line_of(fault.at),
                column=fault.at - text.rfind("\n", 0, fault.at),
                how_to_fix=fault.how_to_fix,
            )
        )

    def _plain(self, match: re.Match[str]) -> Entry | None:
        """The entry that the expression matched; None if the strict reader must read it."""
        context: str | None
        source: str | None
        target: str | None
        context, source, target = match.group(2, 3, 4)
        if '"' in target or "\\" in target:
            target = _unescaped(target)
        if '"' in source or "\\" in source:
            source = _unescaped(source)
        if context is not None:
            context = _unescaped(context)
            if context is None:
                return None
        if source is None or target is None:
            return None
        return PlainEntry(self._source, source, context, target, match)

    def refuse(self, po: PoFile) -> None:
        """Raise the errors of the file, if there are any."""
        if not self._errors:
            self._errors += _duplicates(po)
            self._errors += _impossible_plurals(po)
        if self._errors:
            one = len(self._errors) == 1
            raise self._errors[0] if one else DragomanErrors(self._errors[:MOST_FAULTS])


def _duplicates(po: PoFile) -> Iterable[DragomanError]:
    """Yield an error for each repeated message."""
    if len({(entry.msgctxt, entry.msgid) for entry in po.entries}) == len(po.entries):
        return
    first: dict[tuple[str | None, str], int] = {}
    for entry in po.entries:
        if entry.key in first:
            yield DragomanError(
                f"duplicate message, first at line {first[entry.key]}",
                file=po.name or None,
                line=entry.line,
                column=1,
                how_to_fix="keep one of the two (msguniq shows both)",
            )
        first.setdefault(entry.key, entry.line)


def _impossible_plurals(po: PoFile) -> Iterable[DragomanError]:
    """Yield an error if Plural-Forms is invalid and the file has plural forms."""
    if all(entry.plural is None for entry in po.entries):
        return
    header = po.header
    value = po.header_field("Plural-Forms")
    if header is None or not value:
        return
    if plural.PLACEHOLDER in value:
        return
    try:
        plural.forms(value)
    except ValueError as problem:
        yield DragomanError(
            f"Plural-Forms: {problem}",
            file=po.name or None,
            line=header.line,
            column=1,
            how_to_fix="write the rule of the language, as in 'nplurals=2; plural=(n != 1);'",
        )


def _unescaped(spelled: str) -> str | None:
    """The text of strings on separate lines; None if they contain a bare quotation mark or a rare escape."""
    joined = spelled.replace('"\n"', "")
    if '"' not in joined and "\\" not in joined and "\n" not in joined:
        return joined
    return None if _SPELLED.fullmatch(joined) is None else unescape(joined)


def _skip_blank(text: str, at: int) -> int:
    blank = _BLANK.match(text, at)
    assert blank
    return blank.end()
