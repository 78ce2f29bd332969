"""A zip archive with some members replaced; all others keep their bytes and their order."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Mapping

_LOCAL = struct.Struct("<4s5H3L2H")
_CENTRAL = struct.Struct("<4s6H3L5H2L")
_END = struct.Struct("<4s4H2LH")
_ZIP64 = 0x0001
_SIZES_FOLLOW = 0x0008
"""Flag of a member whose sizes are written behind it."""
_UTF8 = 0x0800


def repacked(data: bytes, changed: Mapping[str, bytes]) -> bytes:
    """The archive with the content of some members replaced.

    A replaced member keeps its place, date, attributes and method of compression. The archive must have been read
    through `members`.

    >>> with zipfile.ZipFile(made := io.BytesIO(), mode="w") as archive:
    ...     archive.writestr("a", "x")
    ...     archive.writestr("b", "y")
    >>> again = repacked(made.getvalue(), {"a": b"longer"})
    >>> with zipfile.ZipFile(io.BytesIO(again)) as archive:
    ...     archive.namelist(), archive.read("a"), archive.read("b")
    (['a', 'b'], b'longer', b'y')
    """
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        entries, comment, directory = archive.infolist(), archive.comment, archive.start_dir
    starts = sorted(entry.header_offset for entry in entries)
    ends = dict(zip(starts, [*starts[1:], directory], strict=True))
    out = bytearray(data[: starts[0]] if starts else b"")
    records: dict[str, bytes] = {}
    for entry in sorted(entries, key=lambda entry: entry.header_offset):
        place = len(out)
        if entry.filename in changed:
            header, body = _member(entry, changed[entry.filename])
            out += header + body
            size = len(body)
        else:
            out += data[entry.header_offset : ends[entry.header_offset]]
            size = entry.compress_size
        records[entry.filename] = _record(entry, place, size)
    start = len(out)
    for entry in entries:
        out += records[entry.filename]
    count = len(entries)
    out += _END.pack(b"PK\5\6", 0, 0, count, count, len(out) - start, start, len(comment))
    return bytes(out + comment)


def _member(entry: zipfile.ZipInfo, content: bytes) -> tuple[bytes, bytes]:
    """The local header and the compressed content of a replaced member; updates its entry."""
    stored = entry.compress_type == zipfile.ZIP_STORED
    if not stored:
        entry.compress_type = zipfile.ZIP_DEFLATED
    entry.CRC = zlib.crc32(content)
    entry.file_size = len(content)
    entry.flag_bits &= ~_SIZES_FOLLOW
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    body = content if stored else packer.compress(content) + packer.flush()
    name = _name(entry)
    header = _LOCAL.pack(
        b"PK\3\4",
        entry.extract_version,
        entry.flag_bits,
        entry.compress_type,
        *_stamp(entry),
        entry.CRC,
        len(body),
        len(content),
        len(name),
        0,
    )
    return header + name, body


def _record(entry: zipfile.ZipInfo, place: int, size: int) -> bytes:
    """The record of a member in the directory at the end."""
    name, extra = _name(entry), _without_zip64(entry.extra)
    return (
        _CENTRAL.pack(
            b"PK\1\2",
            entry.create_version | entry.create_system << 8,
            entry.extract_version,
            entry.flag_bits,
            entry.compress_type,
            *_stamp(entry),
            entry.CRC,
            size,
            entry.file_size,
            len(name),
            len(extra),
            len(entry.comment),
            0,
            entry.internal_attr,
            entry.external_attr,
            place,
        )
        + name
        + extra
        + entry.comment
    )


def _name(entry: zipfile.ZipInfo) -> bytes:
    return entry.orig_filename.encode("utf-8" if entry.flag_bits & _UTF8 else "cp437")


def _stamp(entry: zipfile.ZipInfo) -> tuple[int, int]:
    """Time and date as DOS has them."""
    year, month, day, hour, minute, second = entry.date_time
    return hour << 11 | minute << 5 | second // 2, (year - 1980) << 9 | month << 5 | day


def _without_zip64(extra: bytes) -> bytes:
    """The extra fields without sizes of 64 bits, which no member needs."""
    out, at = b"", 0
    while at + 4 <= len(extra):
        kind, size = struct.unpack_from("<HH", extra, at)
        if kind != _ZIP64:
            out += extra[at : at + 4 + size]
        at += 4 + size
    return out + extra[at:]
