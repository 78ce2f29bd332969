"""Compiled catalogs: MO files as gettext's manual describes them ("The Format of GNU MO Files")."""

from __future__ import annotations

import struct
from collections.abc import Callable
from itertools import accumulate

from dragoman.po.file import PoFile

_MAGIC = 0x950412DE
_HEAD = 28


def compile_mo(po: PoFile, refuses: Callable[[str], bool] = lambda _: False) -> bytes:
    """The MO file of a catalog: what is translated and not fuzzy, and the header.

    A target that `refuses` says no to is left out. Little-endian, sorted by message id, without the optional hash table.

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
    found = []
    for entry in po.entries:
        if entry.obsolete or (entry.msgid and "fuzzy" in entry.comments and entry.fuzzy):
            continue
        if entry.plural is None:
            source, target = entry.msgid, entry.msgstr
        else:
            source = f"{entry.msgid}\0{entry.plural[0]}"
            target = "\0".join(entry.plural[1]) if all(entry.plural[1]) else ""
        if target and not refuses(target):
            key = source if entry.msgctxt is None else f"{entry.msgctxt}\x04{source}"
            found.append((key.encode(), target.encode()))
    return found


def _table(texts: list[bytes], start: int) -> bytes:
    """Length and place of each text; a NUL, which is not counted, follows every one."""
    lengths = [len(text) for text in texts]
    places = accumulate((length + 1 for length in lengths[:-1]), initial=start)
    pairs = zip(lengths, places, strict=True) if texts else ()
    return struct.pack(f"<{2 * len(texts)}I", *(number for pair in pairs for number in pair))
