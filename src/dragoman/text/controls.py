"""Control characters: whether a text holds any that turn it, and how a terminal is shown them."""

from __future__ import annotations

import re

_CONTROLS = "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ud800-\udfff\U000e0000-\U000e007f]"

_BIDI_IN_UTF8 = re.compile(b"\xe2(?:\x80[\x8e\x8f\xaa-\xae]|\x81[\xa6-\xa9])")  # but U+061C


def holds_bidi(text: str) -> bool:
    """Whether a text, of any length, holds a bidi control at all; faster than a pattern.

    >>> holds_bidi("a" * 1000)
    False
    """
    return not text.isascii() and (  # one by one: each is a search for a character alone
        "\u2066" in text or "\u2067" in text or "\u2068" in text or "\u2069" in text
        or "\u200e" in text or "\u200f" in text or "\u061c" in text or "\u202a" in text
        or "\u202b" in text or "\u202c" in text or "\u202d" in text or "\u202e" in text
    )  # fmt: skip


def holds_bidi_in_utf8(data: bytes) -> bool:
    """The same of a text in UTF-8, in which it is found faster yet.

    >>> holds_bidi_in_utf8("“x”\u2066".encode()), holds_bidi_in_utf8("“x”—".encode())
    (True, False)
    """
    if b"\xd8" in data and b"\xd8\x9c" in data:
        return True
    return b"\xe2" in data and _BIDI_IN_UTF8.search(data) is not None


def shown(text: str) -> str:
    """Text with every control character written out, so that no text steers a terminal or hides in a log.

    >>> shown("a\\x1b[31m")
    'a\\\\x1b[31m'
    """
    return re.sub(_CONTROLS, _written_out, text)


def _written_out(match: re.Match[str]) -> str:
    code = ord(match[0])
    if 0xDC80 <= code <= 0xDCFF:  # a byte, as `os.fsdecode` gives it
        code -= 0xDC00
    return f"\\x{code:02x}" if code < 0x100 else f"<U+{code:04X}>"
