"""Text as the content of an XML element or the value of an attribute."""

from __future__ import annotations

import re

ILLEGAL = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What XML 1.0 cannot hold, not even by a number."""
_ENTITIES = {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;"}
_ENTITIES |= {"\r": "&#13;", "\n": "&#10;", "\t": "&#9;"}
_SPECIAL = re.compile("[&<>\r]")
_IN_ATTRIBUTES = re.compile('[&<>"\r\n\t]')


def is_plain(text: str) -> bool:
    """Whether a text is its own XML; in doubt it is said to be none.

    >>> is_plain("a – b"), is_plain("a < b")
    (True, False)
    """
    return text.isprintable() and "&" not in text and "<" not in text and ">" not in text


def content(text: str) -> str:
    """A text as content; a character that XML cannot hold is shown as U+FFFD.

    A carriage return is named: as it stands, a reader of XML takes it for a line end.

    >>> content("a<b\\x00")
    'a&lt;b\\ufffd'
    """
    if is_plain(text):
        return text
    return escaped(ILLEGAL.sub("\ufffd", text))


def quoted(text: str) -> str:
    """A text as the value of an attribute, in its quotation marks.

    >>> quoted("a<b")
    '"a&lt;b"'
    """
    if '"' not in text and is_plain(text):
        return f'"{text}"'
    said = _IN_ATTRIBUTES.sub(lambda found: _ENTITIES[found[0]], ILLEGAL.sub("\ufffd", text))
    return f'"{said}"'


def escaped(text: str) -> str:
    """A text as content; every character must be one that XML can hold."""
    return _SPECIAL.sub(lambda found: _ENTITIES[found[0]], text)
