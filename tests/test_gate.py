"""The gate: hostile XML and archives are refused in one sentence, quickly and in little memory."""

from __future__ import annotations

import io
import stat
import zipfile

import pytest

from dragoman import gate
from dragoman.errors import DragomanError

XML = {
    "doctype": b'<!DOCTYPE a SYSTEM "http://localhost/a.dtd"><a/>',
    "entity": b'<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/hostname">]><a>&x;</a>',
    "bomb": b'<!DOCTYPE a [<!ENTITY b "bbbb"><!ENTITY c "&b;&b;&b;">]><a>&c;</a>',
    "undeclared": b"<a>&x;</a>",
    "deep": b"<a>" * 100_000,
    "cut": b"<a><b>",
    "empty": b"",
    "zero": b"\0" * 100,
    "encoding": b'<?xml version="1.0" encoding="nonsense"?><a/>',
    "latin": "<a>é</a>".encode("latin-1"),
}


@pytest.mark.parametrize("data", XML.values(), ids=XML)
def test_hostile_xml(data):
    with pytest.raises(DragomanError, match=r"^x\.xlf(:\d+:\d+)?: not an XLIFF file: ") as error:
        gate.parsed(data, "x.xlf", "an XLIFF file")
    assert "root:" not in str(error.value)
    assert "\n" not in str(error.value)


def archive(*entries):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for name, data in entries:
            made.writestr(name, data)
    return out.getvalue()


def _link():
    info = zipfile.ZipInfo("a")
    info.external_attr = (stat.S_IFLNK | 0o777) << 16
    return archive((info, "/etc/hostname"))


def _lying():
    data = bytearray(archive(("a", b"x" * 1000)))
    for at in range(len(data) - 4):
        if data[at : at + 4] == (1000).to_bytes(4, "little"):
            data[at : at + 4] = (10).to_bytes(4, "little")
    return bytes(data)


def _twice():
    with pytest.warns(UserWarning, match="Duplicate"):
        return archive(("a", "1"), ("a", "2"))


ZIPS = {
    "no zip": lambda: b"PK",
    "up": lambda: archive(("../a", "x")),
    "absolute": lambda: archive(("/a", "x")),
    "backslash": lambda: archive(("..\\a", "x")),
    "drive": lambda: archive(("C:/a", "x")),
    "bomb": lambda: archive(("a", b"\0" * (64 << 20))),
    "many": lambda: archive(*((str(n), "") for n in range(10_001))),
    "link": _link,
    "lying": _lying,
    "twice": _twice,
    "cut": lambda: archive(("a", "x" * 100))[:-30],
}


@pytest.mark.parametrize("make", ZIPS.values(), ids=ZIPS)
def test_hostile_archives(make):
    with pytest.raises(DragomanError, match=r"^x\.docx: not a DOCX file: ") as error:
        gate.members(make(), "x.docx", "a DOCX file")
    assert "\n" not in str(error.value)


def test_a_sound_archive():
    assert gate.members(archive(("a/b", b"x"), ("c", b""))) == {"a/b": b"x", "c": b""}
