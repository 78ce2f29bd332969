"""Zip archives with identical bytes for identical content."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping

from dragoman.exports.parts.fixed_dates import moment

_FIRST = "[Content_Types].xml"  # office suites expect it first


def archive(members: Mapping[str, bytes]) -> bytes:
    """Zip the members, all with the fixed date.

    >>> archive({"b": b"", "a": b""}) == archive({"a": b"", "b": b""})
    True
    """
    date = moment().timetuple()[:6]
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "x") as made:
        for name in sorted(members, key=lambda name: (name != _FIRST, name)):
            member = zipfile.ZipInfo(name, date)
            member.create_system = 3  # Unix on every platform, for identical bytes
            made.writestr(member, members[name], zipfile.ZIP_DEFLATED, 9)
    return whole.getvalue()


def unpacked(data: bytes) -> dict[str, bytes]:
    """Read the members of an archive made by this program.

    >>> unpacked(archive({"a": b"x"}))
    {'a': b'x'}
    """
    with zipfile.ZipFile(io.BytesIO(data)) as made:
        return {name: made.read(name) for name in made.namelist()}
