"""Compiled catalogs: MO files (gettext manual, "The Format of GNU MO Files")."""

from __future__ import annotations

import re
import struct
from collections.abc import Callable, Iterator
from itertools import accumulate

from dragoman.errors import DragomanError
from dragoman.po.file import PoFile

_MAGIC = 0x950412DE
_HEAD = 28
_SHARED = 8
"""Maximum total size of a file's strings, in multiples of the file's size."""
_TEMPLATE_DATE = re.compile(r"^POT-Creation-Date:.*\n", re.MULTILINE)
"""Removed as by msgfmt, so that a new template does not change the MO file."""


def compile_mo(po: PoFile, refuses: Callable[[str], bool] = lambda _: False) -> bytes:
    """The MO file of a catalog: the header, and all translations that are not fuzzy.

    Targets for which `refuses` is true are left out. The file is little-endian, sorted by message
    id, and without the optional hash table.

    Raises:
        DragomanError: a message or its context has U+0004, the separator of the two.

    >>> compile_mo(PoFile())[:4].hex()
    'de120495'
    """
    pairs = sorted(_translated(po, refuses))
    sources = [source for source, _ in pairs]
    targets = [target for _, target in pairs]
    count = len(pairs)
    start = _HEAD + 16 * count
    middle = start + sum(map(len, sources)) + count
    head = struct.pack("<7I", _MAGIC, 0, count, _HEAD, _HEAD + 8 * count, 0, start)
    tables = _table(sources, start) + _table(targets, middle)
    return b"".join((head, tables, *(text + b"\0" for text in (*sources, *targets))))


def _translated(po: PoFile, refuses: Callable[[str], bool]) -> list[tuple[bytes, bytes]]:
    pairs = []
    for entry in po.entries:
        if entry.obsolete or (entry.msgid and "fuzzy" in entry.comments and entry.fuzzy):
            continue
        if entry.plural is None:
            source, target = entry.msgid, entry.msgstr
        else:
            source = f"{entry.msgid}\0{entry.plural[0]}"
            target = "\0".join(entry.plural[1]) if all(entry.plural[1]) else ""
        if not source and entry.msgctxt is None:
            target = _TEMPLATE_DATE.sub("", target)
        if target and not refuses(target):
            if "\x04" in source or "\x04" in (entry.msgctxt or ""):
                raise DragomanError(
                    "U+0004 separates context and message in MO files, so neither can contain it",
                    file=po.name or None,
                    line=entry.line or None,
                    how_to_fix="remove it from the text",
                )
            key = source if entry.msgctxt is None else f"{entry.msgctxt}\x04{source}"
            pairs.append((key.encode(), target.encode()))
    return pairs


def _table(texts: list[bytes], start: int) -> bytes:
    """Length and offset of each text; each is followed by a NUL, which is not counted."""
    lengths = [len(text) for text in texts]
    places = accumulate((length + 1 for length in lengths[:-1]), initial=start)
    pairs = zip(lengths, places, strict=True) if texts else ()
    return struct.pack(f"<{2 * len(texts)}I", *(number for pair in pairs for number in pair))


def read_mo(data: bytes, file: str = "") -> dict[bytes, bytes]:
    """The messages of an MO file as bytes: context, msgid and plural to translation.

    Both byte orders are accepted. Tables and strings must be inside the file. Strings may share
    bytes, but their total size is limited to eight times the file's, against decompression bombs.

    Raises:
        DragomanError: the file is damaged, or not an MO file.

    >>> from dragoman.po import Entry
    >>> read_mo(compile_mo(PoFile([Entry("a", "b")])))
    {b'a': b'b'}
    """
    try:
        return dict(_messages(data))
    except (struct.error, ValueError) as error:
        raise DragomanError(
            f"not a valid MO file: {error}", file=file or None, how_to_fix="compile it again"
        ) from None


def _messages(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    order = {data[:4] == struct.pack(sign + "I", _MAGIC): sign for sign in "<>"}.get(True)
    if order is None:
        raise ValueError("it does not begin like one")
    revision, count, sources, targets, hashes, place = struct.unpack_from(order + "6I", data, 4)
    if revision:  # revision 0.1 has system-dependent strings, which we would miss
        raise ValueError(f"revision {revision >> 16}.{revision & 0xFFFF} is unknown")
    tables = ((sources, 8 * count), (targets, 8 * count), (place, 4 * hashes))
    if any(
        size and start + size > len(data) for start, size in tables
    ):  # an empty table may be anywhere, as in GNU gettext
        raise ValueError("its tables are longer than the file")
    left = _SHARED * len(data)
    for index in range(count):
        pair = []
        for table in (sources, targets):
            length, offset = struct.unpack_from(order + "2I", data, table + 8 * index)
            left -= length
            if offset + length >= len(data) or data[offset + length]:
                raise ValueError(f"string {index} is not inside the file")
            if left < 0:
                raise ValueError("its strings share too many bytes")
            pair.append(data[offset : offset + length])
        yield pair[0], pair[1]
