"""Escapes and wraps strings as in PO files of GNU gettext."""

from __future__ import annotations

import re
import unicodedata
from functools import cache

WIDTH = 79
"""Maximum columns of a PO line, from msgcat's default page width of 80."""
_SLACK = 400
"""How many characters beyond the columns a line may have and still fit: combining marks have no width."""

_ESCAPED = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\t": "\\t", "\r": "\\r", "\a": "\\a"}
_ESCAPED |= {"\b": "\\b", "\f": "\\f", "\v": "\\v"}
_TO_ESCAPE = re.compile('[\\\\"\n\t\r\a\b\f\v\x00\udc80-\udcff]')
"""Characters to escape; lone surrogates stand for bytes that could not be decoded."""
_BYTE = re.compile(r"\\(?:([0-7]{1,3})|x([0-9a-fA-F]+))")
_PLAIN = {"n": "\n", "t": "\t", "r": "\r", "a": "\a", "b": "\b", "f": "\f", "v": "\v"}
_PLAIN |= {"\\": "\\", '"': '"'}
_NUMBER = r"(?:[0-7]{1,3}|x[0-9a-fA-F]+)"
_ESCAPE = re.compile(rf"\\(?:({_NUMBER}(?:\\{_NUMBER})*)|(\n)|(.))", re.DOTALL)

_QUOTES = r"\"'“”‘’«»"
_NOT_BEFORE = r" !?,.:;/)\]}"
"""Characters that no line begins with, even after a space (UAX #14, LB13, as in GNU libunistring)."""
_AFTER_SPACE = rf"(?![{_NOT_BEFORE}])(?<![(\[{{] )(?<![{_QUOTES}] (?=[(\[{{]))"
_HEBREW = "\u05d0-\u05ea"
_WORD = rf"[^\s\d\\{_QUOTES}{_NOT_BEFORE}-]"
_BREAK = (
    rf"(?:(?<= )(?![{_NOT_BEFORE}])(?<![(\[{{] )(?<![{_QUOTES}] (?=[(\[{{]))(?<!— (?=—))"
    rf"|(?<=[-/.,:;])(?={_WORD})(?<![{_HEBREW}]-)(?!(?<=/)[{_HEBREW}])"
    rf"|(?<=[\])}}])(?=[(\[{{])|(?<=[–—])(?=[^\s\\{_QUOTES}{_NOT_BEFORE}—-])"
    rf"|(?<=[^\s{_QUOTES}(\[{{–—-])(?=—)"
)
"""Where a line may end: UAX #14 as in GNU libunistring, for letters, signs and spaces."""
_IDEOGRAPHS = "\u2e80-\u2fd5\u3041-\u30fa\u3105-\u318e\u31f0-\u9fff\uac00-\ud7a3\uf900-\ufaff"
_CLOSING = (
    "、。，．：；！？）］｝」』】〕〉》・ーぁぃぅぇぉっゃゅょゎァィゥェォッャュョヮヵヶ々ゝゞヽヾ"
)
_OPENING = "（［｛「『【〔〈《"
_BETWEEN_IDEOGRAPHS = (
    rf"|(?<=[{_IDEOGRAPHS}{_CLOSING}])(?=[^\s\\{_QUOTES}{_NOT_BEFORE}{_CLOSING}-])"
    rf"|(?<=[^\s{_OPENING}{_QUOTES}(\[{{])(?=[{_OPENING}{_IDEOGRAPHS}])(?![{_CLOSING}])"
)
_NARROW = (
    "\u00a0-\u00ac\u00ae-\u02ff\u0370-\u0482\u048a-\u0559\u05be\u05d0-\u05ea\u05f3\u05f4"
    "{dashes}\u2016-\u2027\u202f-\u205e\u20a0-\u20c0\u2100-\u214f"
)
"""Characters one column wide: Latin, Greek, Cyrillic, Hebrew without points, punctuation."""
_ONE_COLUMN = re.compile(f"[ -~{_NARROW.format(dashes='‐-―')}]*")
_PLAIN_WORDS = re.compile(rf"[ !#-,.0-\[\]-~{_NARROW.format(dashes='‐‑')}]*")
"""Text of one-column characters without escapes, hyphens, dashes and slashes."""
_PLAIN_ASCII = bytes(byte for byte in range(0x20, 0x7F) if chr(byte) not in '"-/\\')
_MAY_END = re.compile(_AFTER_SPACE)
"""A position after a space where a line may end."""
_INSIDE = re.compile(rf"[.,:;]{_WORD}|[\])}}][(\[{{]")
"""Punctuation inside a word, after which a line may end."""


@cache
def _line() -> re.Pattern[str]:
    """A pattern for a line of one-column characters; compiled only if needed, since that is slow."""
    return re.compile(rf".{{1,{WIDTH - 2}}}(?:{_BREAK})|\Z)|.+?(?:{_BREAK})|\Z)")


@cache
def _piece() -> re.Pattern[str]:
    """A pattern for a stretch without line breaks."""
    return re.compile(rf".+?(?:{_BREAK}{_BETWEEN_IDEOGRAPHS})|\Z)")


def escape(text: str) -> str:
    """A text escaped for the quotation marks of a PO file.

    >>> escape('say "hi"\\n')
    'say \\\\"hi\\\\"\\\\n'
    """
    if _TO_ESCAPE.search(text) is None:
        return text
    return _TO_ESCAPE.sub(_escaped, text)


def _escaped(match: re.Match[str]) -> str:
    char = match[0]
    return _ESCAPED[char] if char in _ESCAPED else f"\\{ord(char) & 0xFF:03o}"


def unescape(spelled: str, charset: str = "UTF-8") -> str:
    """The text of an escaped string.

    Numeric escapes are bytes in the catalog's charset, as in C.

    Raises:
        ValueError: there is an escape that GNU gettext refuses.

    >>> unescape("\\\\101\\\\303\\\\251")
    'Aé'
    """
    if "\\" not in spelled:
        return spelled
    return _ESCAPE.sub(lambda match: _unescaped(match, charset), spelled)


def _unescaped(match: re.Match[str], charset: str) -> str:
    if match[1] is not None:
        numbers = [int(o, 8) if o else int(x, 16) for o, x in _BYTE.findall(match[0])]
        return bytes(number & 0xFF for number in numbers).decode(charset, "surrogateescape")
    if match[2] is not None:
        return ""  # a continued line
    if match[3] not in _PLAIN:
        raise ValueError(f"unknown escape \\{match[3]}")
    return _PLAIN[match[3]]


def width(text: str) -> int:
    """The columns of a text on a terminal: wide characters take two, combining marks none.

    >>> width("שלום"), width("日本")
    (4, 4)
    """
    if text.isascii() or _ONE_COLUMN.fullmatch(text):
        return len(text)
    columns = 0
    for char in text:
        if unicodedata.combining(char) or unicodedata.category(char) in ("Cf", "Mn", "Me"):
            continue
        columns += 2 if unicodedata.east_asian_width(char) in "WF" else 1
    return columns


def field(keyword: str, text: str, prefix: str = "") -> str:
    """A keyword and its string on one or more lines, wrapped as by msgcat.

    >>> print(field("msgid", "Hello."), end="")
    msgid "Hello."
    """
    if not text:
        return f'{prefix}{keyword} ""\n'
    if not prefix and _is_plain(text):  # nearly every message
        if len(keyword) + 3 + len(text) <= WIDTH:
            return f'{keyword} "{text}"\n'
        between = '"\n"'
        return f'{keyword} ""\n"{between.join(_wrapped_words(text))}"\n'
    lead = f"{prefix}{keyword} "
    spelled = text if _TO_ESCAPE.search(text) is None else escape(text)
    within = spelled is not text and "\n" in text[:-1]
    if not within and len(lead) + 2 + len(spelled) <= WIDTH + _SLACK:
        if len(lead) + 2 + width(spelled) <= WIDTH:
            return f'{lead}"{spelled}"\n'
    columns = WIDTH - 2 - len(prefix)
    if not within and _is_plain(text):
        lines = _wrapped_words(text, columns)
    elif within:
        lines = [line for part in lines_of(text) for line in _wrapped(escape(part), columns)]
    else:
        lines = _wrapped(spelled, columns)
    between = f'"\n{prefix}"'
    return f'{lead}""\n{prefix}"{between.join(lines)}"\n'


def lines_of(text: str) -> list[str]:
    """The lines of a text, with their LF; gettext has no other line ends.

    >>> lines_of("a\\x85b\\n\\nc")
    ['a\\x85b\\n', '\\n', 'c']
    """
    *ended, last = text.split("\n")
    lines = [line + "\n" for line in ended]
    return [*lines, last] if last else lines


def _is_plain(text: str) -> bool:
    """Whether `_PLAIN_WORDS` matches; deleting the plain bytes is the fastest way for ASCII."""
    if text.isascii():
        return not text.encode().translate(None, _PLAIN_ASCII)
    return _PLAIN_WORDS.fullmatch(text) is not None


def _wrapped_words(text: str, columns: int = WIDTH - 2) -> list[str]:
    """Wrap a text of one-column characters that breaks only after spaces."""
    lines: list[str] = []
    start, size = 0, len(text)
    while size - start > columns:
        end = text.rfind(" ", start, start + columns) + 1
        between_words = text[end : start + columns + 1].isalpha() and text[end - 2].isalpha()
        if not end or not (
            between_words or _is_end(text, end, start + columns + 1)
        ):  # or a long word
            return [*lines, *_wrapped(text[start:], columns)]
        lines.append(text[start:end])
        start = end
    lines.append(text[start:])
    return lines


def _is_end(text: str, end: int, limit: int) -> bool:
    """Whether the only break within the limit is after a space."""
    return _MAY_END.match(text, end) is not None and _INSIDE.search(text, end, limit) is None


def _wrapped(spelled: str, columns: int) -> list[str]:
    """Wrap an escaped text after spaces, hyphens and dashes."""
    if columns == WIDTH - 2 and (spelled.isascii() or _ONE_COLUMN.fullmatch(spelled)):
        return _line().findall(spelled)
    lines: list[str] = []
    line, used = "", 0
    for piece in _piece().findall(spelled):
        visible = width(piece)
        if line and used + visible > columns:
            lines.append(line)
            line, used = "", 0
        line += piece
        used += visible
    return [*lines, line]
