"""Zip archives from outside, with bounds on members, size and compression ratio."""

from __future__ import annotations

import io
import stat
import zipfile
import zlib
from collections import deque
from collections.abc import Iterator, Mapping

from dragoman.errors import DragomanError

MOST_MEMBERS = 10_000
LARGEST = 1 << 26
"""Maximum number of bytes of all members together."""
HIGHEST_RATIO = 200
"""Maximum compression ratio of a member larger than a megabyte."""
_STEP = 1 << 16
_FAULTS = (
    zipfile.BadZipFile, zlib.error, NotImplementedError, EOFError, RuntimeError, ValueError, OSError,
)  # fmt: skip
"""What `zipfile` raises for damaged bytes: an offset before the file is a ValueError or an OSError."""


class Members(Mapping[str, bytes]):
    """The members of a zip archive by name; each is unpacked on access."""

    def __init__(self, archive: zipfile.ZipFile, entries: list[zipfile.ZipInfo]) -> None:
        self._archive = archive
        self._entries = {entry.filename: entry for entry in entries}

    def __getitem__(self, name: str) -> bytes:
        return b"".join(self.pieces(name))

    def __contains__(self, name: object) -> bool:
        return name in self._entries

    def __iter__(self) -> Iterator[str]:
        return iter(self._entries)

    def __len__(self) -> int:
        return len(self._entries)

    def size(self, name: str) -> int:
        """The size of a member in bytes."""
        return self._entries[name].file_size

    def pieces(self, name: str) -> Iterator[bytes]:
        """Yield a member piece by piece, up to the size in its entry.

        Raises:
            zipfile.BadZipFile: the member is larger.
        """
        left = self.size(name)
        with self._archive.open(name) as member:
            while piece := member.read(_STEP):
                left -= len(piece)
                if left < 0:
                    raise zipfile.BadZipFile(f"the member {name!r} is larger than it says")
                yield piece


def members(data: bytes, file: str = "", kind: str = "a zip archive") -> Members:
    """The members of a zip archive by name; all of them can be unpacked.

    Args:
        data: the archive.
        file: its name in messages.
        kind: the expected kind in messages, such as `a DOCX file`.

    Raises:
        DragomanError: it is damaged, exceeds a bound, or has something that no document has:
            a repeated name, a link, an encrypted member, or a path that leads out.

    >>> members(b"no zip", "x.docx", "a DOCX file")
    Traceback (most recent call last):
    dragoman.errors.DragomanError: x.docx: not a DOCX file: File is not a zip file; save it again
    """
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
        entries = archive.infolist()
        problem = _problem(entries)
        if not problem:
            result = Members(archive, entries)
            for name in result:
                deque(result.pieces(name), maxlen=0)
            return result
    except _FAULTS as error:
        problem = str(error)
    raise DragomanError(f"not {kind}: {problem}", file=file or None, how_to_fix="save it again")


def _problem(entries: list[zipfile.ZipInfo]) -> str:
    """What is wrong with the members; empty if they are fine."""
    if len(entries) > MOST_MEMBERS:
        return f"it has {len(entries):,} members"
    if len({entry.filename for entry in entries}) != len(entries):
        return "two members have the same name"
    if sum(entry.file_size for entry in entries) > LARGEST:
        return f"it unpacks to more than {LARGEST >> 20} MB"
    for entry in entries:
        name = entry.filename
        parts = name.replace("\\", "/").split("/")
        if name.startswith(("/", "\\")) or ".." in parts or ":" in parts[0]:
            return f"the member {name!r} leads out of the archive"
        if stat.S_ISLNK(entry.external_attr >> 16):
            return f"the member {name!r} is a link"
        if entry.flag_bits & 0x1:
            return f"the member {name!r} is encrypted"
        if entry.file_size > max(1 << 20, HIGHEST_RATIO * entry.compress_size):
            return f"the member {name!r} grows more than {HIGHEST_RATIO} times"
    return ""
