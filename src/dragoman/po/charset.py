"""Which characters a catalog's bytes are: what its header names, else UTF-8, and never a guess."""

from __future__ import annotations

import codecs
import re

from dragoman.errors import DragomanError

_NAMED = re.compile(rb'^[ \t]*(?:msgstr[ \t]*)?"[^"\n]*charset=[ \t]*([^"\\\s;]+)', re.MULTILINE)
_PLACEHOLDER = "CHARSET"
_WAY_OUT = "convert the catalog with 'msgconv -t UTF-8', or fix the charset in its header"


def decoded(data: bytes, file: str = "") -> tuple[str, str]:
    """The text of a catalog, and the name of its charset as Python knows it.

    Raises:
        DragomanError: NUL bytes, a charset that is unknown, or bytes that are not in it.
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
        raise _error(f"the charset {named!r} is not known", data, at, file, _WAY_OUT) from None
    sentence = f"the catalog cannot be written back byte for byte in {charset.upper()}"
    raise _error(sentence, data, at, file, _WAY_OUT)


def _charset_of(data: bytes) -> tuple[str, int]:
    """The charset that the header names, and where it does."""
    named = _NAMED.search(data[:16384])
    if named is None:
        return "utf-8", 0
    at = data.index(b"charset=", named.start())
    name = named[1].decode("ascii", "replace")
    if name == _PLACEHOLDER:
        return "utf-8", at
    try:
        found = codecs.lookup(name).name
    except LookupError:
        return name, at
    return "utf-8" if found in ("utf-8", "utf-8-sig", "ascii") else found, at


def _backup(data: bytes) -> str:
    if data.strip(b"\0"):
        return "save the catalog as text without NUL, or take it from a backup"
    return "nothing is left of the catalog: take it from a backup"


def _error(sentence: str, data: bytes, at: int, file: str, way_out: str) -> DragomanError:
    line = data.count(b"\n", 0, at) + 1
    column = at - data.rfind(b"\n", 0, at)
    return DragomanError(sentence, file=file or None, line=line, column=column, way_out=way_out)
