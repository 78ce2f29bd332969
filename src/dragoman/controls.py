"""Control characters written out, so that no text steers a terminal."""

from __future__ import annotations

import re

_CONTROLS = "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\U000e0000-\U000e007f]"


def shown(text: str) -> str:
    """Text with every control character written out, so that no text steers a terminal or hides in a log.

    >>> shown("a\\x1b[31m")
    'a\\\\x1b[31m'
    """
    return re.sub(_CONTROLS, _written_out, text)


def _written_out(match: re.Match[str]) -> str:
    code = ord(match[0])
    return f"\\x{code:02x}" if code < 0x100 else f"<U+{code:04X}>"
