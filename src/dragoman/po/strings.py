"""C strings as PO files spell them, and lines as GNU gettext wraps them."""

from __future__ import annotations

import re
import unicodedata

WIDTH = 79
"""Columns of a PO line, as msgcat's default page width leaves them."""

_ESCAPED = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\t": "\\t", "\r": "\\r", "\a": "\\a"}
_ESCAPED |= {"\b": "\\b", "\f": "\\f", "\v": "\\v"}
_TO_ESCAPE = re.compile(r'[\\"\n\t\r\a\b\f\v]')
_PLAIN = {"n": "\n", "t": "\t", "r": "\r", "a": "\a", "b": "\b", "f": "\f", "v": "\v"}
_PLAIN |= {"\\": "\\", '"': '"'}
_ESCAPE = re.compile(r"\\(?:([0-7]{1,3})|x([0-9a-fA-F]{1,2})|(.))", re.S)

_PIECE = re.compile(r"\\n|\S*?(?:[-—/](?=[^\s\d\\\"’”»)])|–(?=\S)| +(?! )|(?=\\n))|\S+ *|\s+")


def escape(text: str) -> str:
    """A text as it stands between the quotation marks of a PO file.

    >>> escape('say "hi"\\n')
    'say \\\\"hi\\\\"\\\\n'
    """
    if _TO_ESCAPE.search(text) is None:
        return text
    return _TO_ESCAPE.sub(lambda m: _ESCAPED[m[0]], text)


def unescape(spelled: str) -> str:
    """What a spelled string says; raises ValueError on an escape that GNU gettext refuses.

    >>> unescape('a\\\\tb\\\\101')
    'a\\tbA'
    """
    if "\\" not in spelled:
        return spelled
    return _ESCAPE.sub(_unescape_one, spelled)


def _unescape_one(match: re.Match[str]) -> str:
    if match[1] is not None:
        return chr(int(match[1], 8) & 0xFF)
    if match[2] is not None:
        return chr(int(match[2], 16))
    if match[3] not in _PLAIN:
        raise ValueError(f"unknown escape \\{match[3]}")
    return _PLAIN[match[3]]


def width(text: str) -> int:
    """Columns on a terminal: wide characters take two, combining marks none."""
    if text.isascii():
        return len(text)
    columns = 0
    for char in text:
        if unicodedata.combining(char) or unicodedata.category(char) in ("Cf", "Mn"):
            continue
        columns += 2 if unicodedata.east_asian_width(char) in "WF" else 1
    return columns


def field(keyword: str, text: str, prefix: str = "") -> str:
    """A keyword and its string over one or more lines, as msgcat wraps them.

    >>> print(field("msgid", "Hello."), end="")
    msgid "Hello."
    """
    spelled = escape(text)
    lead = f"{prefix}{keyword} "
    breaks = spelled.find("\\n") not in (-1, len(spelled) - 2)
    if not breaks and len(lead) + 2 + width(spelled) <= WIDTH:
        return f'{lead}"{spelled}"\n'
    lines = _wrapped(spelled, WIDTH - 2 - len(prefix))
    body = "".join(f'{prefix}"{line}"\n' for line in lines)
    return f'{lead}""\n{body}'


def _wrapped(spelled: str, columns: int) -> list[str]:
    """Lines of at most so many columns, broken after spaces and hyphens and after each `\\n`."""
    lines: list[str] = []
    line, used = "", 0
    for piece in _PIECE.findall(spelled):
        if not piece:
            continue
        visible = width(piece)
        if line and used + visible > columns:
            lines.append(line)
            line, used = "", 0
        line += piece
        used += visible
        if piece.endswith("\\n") and piece == "\\n":
            lines.append(line)
            line, used = "", 0
    if line or not lines:
        lines.append(line)
    return lines
