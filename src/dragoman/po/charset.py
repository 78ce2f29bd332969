"""Decodes a catalog: in the charset that its header names, else in UTF-8, without guessing."""

from __future__ import annotations

import codecs
import re

from dragoman.errors import DragomanError

_NAMED = re.compile(rb'^[ \t]*(?:msgstr[ \t]*)?"[^"\n]*charset=[ \t]*([^"\\\s;]+)', re.MULTILINE)
_PLACEHOLDER = "CHARSET"
_WAY_OUT = "convert the catalog with 'msgconv -t UTF-8', or fix the charset in its header"


def decoded(data: bytes, file: str = "") -> tuple[str, str]:
    """The text of a catalog, and the name of its charset in Python.

    Raises:
        DragomanError: there are NUL bytes, the charset is unknown, or bytes are invalid in it.
    """
    if b"\0" in data:
        raise _error("there is a NUL byte", data, data.index(b"\0"), file, _backup(data))
    charset, at = _charset_of(data)
    try:
        if charset == "utf-8":
            return data.decode(), charset
        text = data.decode(charset)
        if text.encode(charset) == data:
            return text, charset
    except UnicodeDecodeError as error:
        byte, name = data[error.start], charset.upper()
        raise _error(
            f"byte 0x{byte:02X} is not {name}", data, error.start, file, _WAY_OUT
        ) from None
    except (LookupError, UnicodeEncodeError):
        named = data[at:].split(b"=", 1)[1][:30].split(b"\\")[0].decode("ascii", "replace")
        raise _error(f"the charset {named!r} is unknown", data, at, file, _WAY_OUT) from None
    sentence = f"the catalog cannot be written back byte for byte in {charset.upper()}"
    raise _error(sentence, data, at, file, _WAY_OUT)


def _charset_of(data: bytes) -> tuple[str, int]:
    """The charset in the header, and the offset of its declaration."""
    named = _NAMED.search(data[:16384])
    if named is None:
        return "utf-8", 0
    offset = data.index(b"charset=", named.start())
    name = named[1].decode("ascii", "replace")
    if name == _PLACEHOLDER:
        return "utf-8", offset
    try:
        python_name = codecs.lookup(name).name
    except LookupError:
        return name, offset
    return "utf-8" if python_name in ("utf-8", "utf-8-sig", "ascii") else python_name, offset


def _backup(data: bytes) -> str:
    if data.strip(b"\0"):
        return "save the catalog as text without NUL, or take it from a backup"
    return "nothing is left of the catalog: take it from a backup"


def _error(sentence: str, data: bytes, at: int, file: str, how_to_fix: str) -> DragomanError:
    line = data.count(b"\n", 0, at) + 1
    column = at - data.rfind(b"\n", 0, at)
    return DragomanError(
        sentence, file=file or None, line=line, column=column, how_to_fix=how_to_fix
    )
