"""Text as the content of an XML element or the value of an attribute."""

from __future__ import annotations

import re

ILLEGAL = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""Characters that XML 1.0 forbids, even as character references."""
_ENTITIES = {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;"}
_ENTITIES |= {"\r": "&#13;", "\n": "&#10;", "\t": "&#9;"}
_SPECIAL = re.compile("[&<>\r]")
_IN_ATTRIBUTES = re.compile('[&<>"\r\n\t]')


def is_plain(text: str) -> bool:
    """Whether a text needs no escaping; False in doubt.

    >>> is_plain("a – b"), is_plain("a < b")
    (True, False)
    """
    return text.isprintable() and "&" not in text and "<" not in text and ">" not in text


def content(text: str) -> str:
    """Escape a text as content; characters XML forbids become U+FFFD.

    A carriage return becomes a character reference, since XML parsers normalise it to LF.

    >>> content("a<b\\x00")
    'a&lt;b\\ufffd'
    """
    if is_plain(text):
        return text
    return escaped(ILLEGAL.sub("\ufffd", text))


def quoted(text: str) -> str:
    """Escape and quote a text as an attribute value.

    >>> quoted("a<b")
    '"a&lt;b"'
    """
    if '"' not in text and is_plain(text):
        return f'"{text}"'
    said = _IN_ATTRIBUTES.sub(lambda found: _ENTITIES[found[0]], ILLEGAL.sub("\ufffd", text))
    return f'"{said}"'


def escaped(text: str) -> str:
    """Escape a text as content; it must not contain characters that XML forbids."""
    return _SPECIAL.sub(lambda found: _ENTITIES[found[0]], text)
