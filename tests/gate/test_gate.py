"""The gate: hostile XML and archives are refused in one sentence, quickly and in little memory."""

from __future__ import annotations

import io
import stat
import xml.etree.ElementTree as ET
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
    "attributes": b"<a " + b"".join(b"b%d='' " % n for n in range(2_000)) + b"/>",
    "names": b"<a>" + b"".join(b"<b%d/>" % n for n in range(11_000)) + b"</a>",
    "many": b"<a>" + b"<b/>" * 500_000 + b"</a>",
    "a long tag": b"<a b='" + b"x" * (2 << 20) + b"'/>",
    "a long comment": b"<a><!--" + b"x" * (2 << 20) + b"--></a>",
    "a long text": b"<a>" + b"x" * (17 << 20) + b"</a>",
    "a heavy text": b"<a>" + (b"<b>" + b"x" * 50_000 + "\U0001f600</b>".encode()) * 800 + b"</a>",
    "large": b"<a>" + b" " * (65 << 20) + b"</a>",
}


@pytest.mark.parametrize("data", XML.values(), ids=XML)
def test_hostile_xml(data):
    with pytest.raises(DragomanError, match=r"^x\.xlf(:\d+:\d+)?: not an XLIFF file: ") as error:
        gate.parsed(data, "x.xlf", "an XLIFF file")
    assert "root:" not in str(error.value)
    assert "\n" not in str(error.value)


@pytest.mark.parametrize("data", XML.values(), ids=XML)
def test_hostile_streams(data):
    """What no tree is made of may be heavier, but for a single item."""
    fine = b"<a><b/><b c='d'>e</b></a>"
    assert [item.tag for item, _ in gate.streamed([fine], "a", ["b"])] == ["b", "b"]
    if data not in (XML["many"], XML["a heavy text"], XML["large"]):
        with pytest.raises(DragomanError, match=r"^x\.tmx(:\d+:\d+)?: not a TMX file: "):
            list(gate.streamed([data], "a", ["a"], "x.tmx", "a TMX file"))


def test_elements_outside_of_items_are_bounded():
    for piece in (b"<c/>", b"<c><d/></c>"):
        with pytest.raises(DragomanError, match="do not belong there"):
            list(gate.streamed([b"<a>", piece * 20_000], "a", ["b"]))


def test_an_item_is_bounded_with_its_attributes():
    piece = b"<c d='" + b"x" * 500_000 + b"'/>"
    with pytest.raises(DragomanError, match="more than 16 MB in one element"):
        list(gate.streamed([b"<a><b>", *[piece] * 40], "a", ["b"]))


def test_what_is_held_besides_counts():
    text = b"<a>" + b"<b>" + b"x" * 1_000_000 + b"</b></a>"
    assert gate.parsed([text[:10], text[10:]], held=100 << 20)[0].text == "x" * 1_000_000
    with pytest.raises(DragomanError, match="too much for one file; split it into smaller files"):
        gate.parsed([text], held=128 << 20)


def test_a_tree_is_the_tree_of_the_standard_library():
    text = """<?xml version="1.0" encoding="windows-1251"?><!-- c --><p:a xmlns:p="u" xmlns="v" p:x="1" y="&lt;"
        xml:lang="he"> Ж <b/>t<p:c xmlns:p="w" z="2">&#1488;<![CDATA[<]]></p:c>\r\n</p:a>""".encode(
        "cp1251"
    )
    ours, theirs = gate.parsed([text[:99], text[99:]]), ET.fromstring(text)
    assert ET.tostring(ours) == ET.tostring(theirs)
    assert [e.attrib for e in ours.iter()] == [e.attrib for e in theirs.iter()]


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
    "head lost": lambda: archive(("a", "x" * 100))[10:],
    "cut": lambda: archive(("a", "x" * 100))[:-30],
}


@pytest.mark.parametrize("make", ZIPS.values(), ids=ZIPS)
def test_hostile_archives(make):
    with pytest.raises(DragomanError, match=r"^x\.docx: not a DOCX file: ") as error:
        gate.members(make(), "x.docx", "a DOCX file")
    assert "\n" not in str(error.value)


def test_a_sound_archive():
    found = gate.members(archive(("a/b", b"x"), ("c", b"")))
    assert found == {"a/b": b"x", "c": b""}
    assert ("c" in found, "d" in found, found.size("a/b")) == (True, False, 1)
