"""Parses an entry of a PO file token by token, by GNU gettext's grammar (po-gram-gen.y).

It is slower than the regular expression for most entries, and complete: several strings or fields
on a line, obsolete entries, previous texts, plural forms, and errors with their position.
"""

from __future__ import annotations

from itertools import takewhile

from dragoman.po.entry import Entry, Plural
from dragoman.po.strings import unescape
from dragoman.po.tokens import KEYWORDS, PoSyntaxError, Token, tokens

MOST_FORMS = 10
"""Maximum number of plural forms of an entry; no language in CLDR has more than six."""


class StrictReader:
    """Parses one entry; `charset` decodes escaped bytes, `bent` is that of `tokens`."""

    def __init__(self, text: str, charset: str, bent: bool) -> None:
        self._text = text
        self._bent = bent
        self._charset = charset

    def read(self, start: int) -> tuple[Entry | None, int]:
        """The entry that begins at an offset, or None if only comments are left; and its end.

        Raises:
            PoSyntaxError: the text is not valid.
        """
        self._fields: dict[str, list[str]] = {}
        self._current = ""
        self._previous = False
        self._obsolete: bool | None = None
        self._first = self._last = start
        for token in takewhile(self._take, tokens(self._text, start, self._bent)):
            self._last = token.end
        return self._entry(start)

    def _take(self, token: Token) -> bool:
        """Add a token to the entry; False if it belongs to the next entry or the text ends."""
        complete = self._complete()
        if token.kind == "end":
            return False
        if token.kind == "comment":
            if complete:
                return False
            if list(self._fields) not in ([], ["domain"]) or self._previous:
                raise PoSyntaxError("a comment is inside an entry", token.start, "move it above")
            return True
        if "|" in token.marker:
            return self._take_previous(token, complete)
        if token.kind == "string":
            return self._take_string(token)
        if complete and token.text in ("msgctxt", "msgid", "domain"):
            return False
        self._take_keyword(token)
        return True

    def _take_previous(self, token: Token, complete: bool) -> bool:
        if complete:
            return False
        if list(self._fields) not in ([], ["domain"]):
            raise PoSyntaxError("a previous text is inside an entry", token.start, "move it above")
        if token.kind == "string":
            if not self._previous:
                raise PoSyntaxError(
                    "a string without keyword", token.start, "put a keyword before it"
                )
            self._unescaped(token)
        elif token.text not in ("msgctxt", "msgid", "msgid_plural"):
            raise self._unknown(token)
        self._previous = True
        return True

    def _take_string(self, token: Token) -> bool:
        if not self._current:
            raise PoSyntaxError("a string without keyword", token.start, "put a keyword before it")
        if self._current == "domain" and self._fields["domain"]:
            raise PoSyntaxError("a second string after domain", token.start, "give it one string")
        self._agree(token)
        self._fields[self._current].append(self._unescaped(token))
        return True

    def _unescaped(self, token: Token) -> str:
        try:
            return unescape(token.text, self._charset)
        except ValueError as problem:
            raise PoSyntaxError(str(problem), token.start, "write \\\\ for a backslash") from None

    def _take_keyword(self, token: Token) -> None:
        name = token.text
        if name not in KEYWORDS:
            raise self._unknown(token)
        if self._fields.get("domain"):
            self._fields, self._current = {}, ""  # it precedes the entry
        if not self._fields:
            self._obsolete = token.marker == "#~"
            self._first = token.start
        self._agree(token)
        self._refuse_empty(token.start)
        if token.form >= 0:
            if name != "msgstr":
                raise PoSyntaxError(
                    f"{name}[{token.form}]", token.start, "only msgstr has a number"
                )
            name = f"msgstr[{token.form}]"
        self._expect(name, token)
        self._current = name
        self._fields[name] = []

    def _agree(self, token: Token) -> None:
        if (token.marker == "#~") != self._obsolete:
            raise PoSyntaxError(
                "the entry is obsolete (#~) in one line and not in another",
                token.start,
                "put #~ before all of its lines, or before none",
            )

    def _refuse_empty(self, at: int) -> None:
        if self._current and not self._fields[self._current]:
            raise PoSyntaxError(f"{self._current} has no string", at, 'write "" for an empty one')

    def _unknown(self, token: Token) -> PoSyntaxError:
        word = token.text if len(token.text) <= 20 else token.text[:20] + "…"
        return PoSyntaxError(f"{word!r} is not a keyword", token.start, "put text in quotes")

    def _expect(self, name: str, token: Token) -> None:
        """Raise PoSyntaxError if the keyword is not allowed here."""
        at, known = token.start, self._fields
        started = "msgid" in known
        if name in known:
            raise PoSyntaxError(f"{name} is repeated in one entry", at, "keep one of the two")
        if name.startswith("msgstr") and not started:
            raise PoSyntaxError("msgstr without msgid", at, "put the msgid before it")
        if name in ("msgctxt", "domain") and known:
            raise PoSyntaxError(f"{name} after {next(reversed(known))}", at, "put it first")
        if name == "msgid_plural" and next(reversed(known), "") != "msgid":
            raise PoSyntaxError("msgid_plural not after msgid", at, "put it after the msgid")
        self._expect_form(name, token)

    def _expect_form(self, name: str, token: Token) -> None:
        plural = "msgid_plural" in self._fields
        if name == "msgstr" and plural:
            raise PoSyntaxError(
                "msgstr in an entry with plural forms", token.start, "use msgstr[0]"
            )
        if token.form < 0:
            return
        if not plural:
            raise PoSyntaxError(f"{name} without msgid_plural", token.start, "use msgstr")
        forms = sum(key.startswith("msgstr[") for key in self._fields)
        if token.form >= MOST_FORMS:
            raise PoSyntaxError(
                f"more than {MOST_FORMS} plural forms", token.start, "no language has so many"
            )
        if token.form != forms:
            raise PoSyntaxError(
                f"{name} instead of msgstr[{forms}]", token.start, "number the forms from 0"
            )

    def _complete(self) -> bool:
        return bool(self._current.startswith("msgstr") and self._fields[self._current])

    def _entry(self, start: int) -> tuple[Entry | None, int]:
        text, fields = self._text, self._fields
        if not fields or list(fields) == ["domain"]:
            if self._previous:
                raise PoSyntaxError("previous texts without an entry", self._last, "remove them")
            return None, len(text)
        self._refuse_empty(self._last)
        if "msgid" not in fields:
            raise PoSyntaxError("the entry has no msgid", self._last, "add it")
        if not self._complete():
            raise PoSyntaxError("the entry has no msgstr", self._last, 'add msgstr ""')
        end = _with_line_end(text, self._last)
        strings = {name: "".join(parts) for name, parts in fields.items()}
        forms = tuple(form for name, form in strings.items() if name.startswith("msgstr["))
        plural: Plural = (strings["msgid_plural"], forms) if "msgid_plural" in strings else None
        line = text.rfind("\n", 0, self._first) + 1
        if "domain" in text[line : self._first]:
            line = self._first
        entry = Entry(
            strings["msgid"],
            strings.get("msgstr", forms[0] if forms else ""),
            strings.get("msgctxt"),
            text[start : max(line, start)],
            text[start:end],
            0,
            plural,
            bool(self._obsolete),
        )
        return entry, end


def _with_line_end(text: str, at: int) -> int:
    """The offset after the next line end, if only blanks are before it; else the same offset."""
    end = text.find("\n", at)
    return end + 1 if end >= 0 and not text[at:end].strip(" \t\r\f\v") else at
