"""Tokens of PO files, by GNU gettext's grammar (po-gram-gen.y), and functions that need only tokens."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from dragoman.po.strings import unescape

_TOKEN = re.compile(
    r"(?P<blank>[ \t\r\f\v]+)|(?P<newline>\n)|(?P<marker>\#~\||\#~|\#\|)|(?P<comment>\#[^\n]*)"
    r'|"(?P<string>[^"\\\n]*(?:\\[\s\S][^"\\\n]*)*)"|(?P<name>[A-Za-z_][\w.-]*)'
    r"|\[(?P<index>[ \t]*\d+[ \t]*)\]|(?P<rest>[^\n])"
)
_SAME_KIND = re.compile(r"[ \t\r]*(?:\n|\Z|#(?![~|]))")
_CONFLICT = re.compile(r"(?:<{7}|>{7}|\|{7})(?: |$)|={7}$", re.MULTILINE)
KEYWORDS = frozenset(("msgctxt", "msgid", "msgid_plural", "msgstr", "domain"))


class PoSyntaxError(Exception):
    """An error that GNU gettext would refuse: what, its offset in the text, and how to fix it."""

    def __init__(self, message: str, at: int, how_to_fix: str) -> None:
        super().__init__(message)
        self.message, self.at, self.how_to_fix = message, at, how_to_fix


class Token(NamedTuple):
    """A token of an entry."""

    kind: str
    """`comment`, `name`, `string` or `end`."""
    text: str
    start: int
    end: int
    marker: str
    """`#~`, `#|` or `#~|` if its line begins with one, else empty."""
    form: int = -1
    """n of `msgstr[n]`; -1 without it."""


def tokens(text: str, at: int = 0, bent: bool = False) -> Iterator[Token]:
    """Yield the tokens of a text from an offset.

    Args:
        text: a catalog.
        at: the offset to begin at.
        bent: whether a backslash at the end of a comment continues it on the next line.

    Raises:
        PoSyntaxError: there is something that is not a token.
    """
    marker = ""
    name: Token | None = None
    for match in _TOKEN.finditer(text, at):
        kind = match.lastgroup
        if kind == "blank":
            continue
        if name is not None:
            if kind == "index":
                index = int(match["index"][:18])
                yield name._replace(form=index, end=match.end())
                name = None
                continue
            yield name
            name = None
        if kind == "newline":
            marker = ""
        elif kind == "marker":
            marker = marker if "|" in marker else match[0]
        elif kind == "name":
            name = Token("name", match[0], match.start(), match.end(), marker)
        elif kind in ("comment", "string"):
            if bent and kind == "comment" and _takes_in_more(text, match.end()):
                raise PoSyntaxError(
                    "a comment ends with a backslash, which joins the next line to it",
                    match.end() - 1,
                    "put a space after it",
                )
            yield Token(kind, match[kind], match.start(), match.end(), marker)
        else:
            raise _no_token(text, match.start())
    if name is not None:
        yield name
    yield Token("end", "", len(text), len(text), "")


def _takes_in_more(text: str, end: int) -> bool:
    """Whether GNU gettext would continue a comment on a line that is not such a comment."""
    return text.startswith("\\\n", end - 1) and _SAME_KIND.match(text, end + 1) is None


def _no_token(text: str, at: int) -> PoSyntaxError:
    line = text[text.rfind("\n", 0, at) + 1 :].split("\n", 1)[0]
    if _CONFLICT.match(line):
        return _conflict(at)
    if text[at] == '"':
        return PoSyntaxError("unterminated string", at, 'close it with a "')
    return PoSyntaxError(
        f"{text[at]!r} is neither a keyword nor a string", at, "see gettext's manual"
    )


def _conflict(at: int) -> PoSyntaxError:
    return PoSyntaxError(
        "a conflict marker of version control", at, "resolve the conflict, then run again"
    )


def fields(raw: str) -> Iterator[tuple[str, int]]:
    """Yield name and offset of each field of an entry."""
    for token in tokens(raw):
        if token.kind == "name" and token.text in KEYWORDS:
            name = token.text if token.form < 0 else f"{token.text}[{token.form}]"
            yield f"#| {name}" if "|" in token.marker else name, token.start


def previous(comments: str) -> tuple[str | None, str] | None:
    """Context and msgid in the `#|` lines of an entry; None if there is no msgid.

    >>> previous('#| msgid "a "\\n#| "b"\\n')
    (None, 'a b')
    """
    strings: dict[str, str] = {}
    current = ""
    for token in tokens(comments):
        if token.kind == "name":
            current = token.text
            strings[current] = ""
        elif token.kind == "string":
            strings[current] += unescape(token.text)
    return (strings.get("msgctxt"), strings["msgid"]) if "msgid" in strings else None
