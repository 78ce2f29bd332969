"""Five hundred damaged catalogs beside GNU gettext; `benchmarks/fuzz_catalogs.py` does thousands."""

from __future__ import annotations

import pytest

import fuzz_catalogs
from conftest import needs_gettext
from dragoman import po
from dragoman.errors import DragomanError


@needs_gettext
def test_the_verdict_is_that_of_gnu_gettext():
    found = fuzz_catalogs.differences(range(250), jobs=2)
    assert [it for it in found if not it[1].startswith("allowed")] == []


def test_the_seeds_make_many_kinds_of_inputs():
    """Sound ones and damaged ones, so that neither verdict is idle."""
    verdicts = [fuzz_catalogs.judge(seed) for seed in range(100)]
    refused = sum(bool(text.refused) for text, _ in verdicts)
    assert 20 < refused < 80


def test_msgid_plural_first():
    with pytest.raises(DragomanError, match=r"x\.po:1:1: msgid_plural not after msgid"):
        po.parse(b'msgid_plural "b"\nmsgid "a"\nmsgstr ""\n', "x.po")


def test_strings_go_on_after_blank_lines():
    data = b'msgid "a"\nmsgstr "b"\n\t\n"c"\n\nmsgid "d"\nmsgstr "e"\n\n"f"\n'
    file = po.parse(data)
    assert [(e.msgid, e.msgstr) for e in file.entries] == [("a", "bc"), ("d", "ef")]
    assert file.write() == data


def test_comments_after_a_domain():
    data = b'domain "d"\n\n# remark\nmsgid "a"\nmsgstr "b"\n'
    file = po.parse(data)
    assert [(e.msgid, e.msgstr) for e in file.entries] == [("a", "b")]
    assert "# remark\n" in file.entries[0].comments
    assert file.write() == data


def test_mo_files_with_strings_of_the_system_are_refused():
    data = bytearray(po.compile_mo(po.PoFile([po.Entry("a", "b")])))
    data[4] = 1
    with pytest.raises(DragomanError, match=r"revision 0\.1 is unknown"):
        po.read_mo(bytes(data))


def test_mo_files_without_hash_table_may_have_it_anywhere():
    data = bytearray(po.compile_mo(po.PoFile([po.Entry("a", "b")])))
    data[24:28] = b"\xff\xff\xff\xff"
    assert po.read_mo(bytes(data)) == {b"a": b"b"}
    data[20] = 1
    with pytest.raises(DragomanError, match="its tables are longer than the file"):
        po.read_mo(bytes(data))


def test_one_string_after_domain_and_nothing_of_it_in_the_entry():
    with pytest.raises(DragomanError, match=r"x\.po:2:1: a second string after domain"):
        po.parse(b'domain "d"\n"e"\nmsgid "a"\nmsgstr ""\n', "x.po")
    file = po.parse(b'domain "d"\ndomain "e"\nmsgctxt "c"\nmsgid "a"\nmsgstr ""\n')
    assert [(e.key, e.comments) for e in file.entries] == [(("c", "a"), 'domain "d"\ndomain "e"\n')]


@pytest.mark.parametrize("follows", ['msgid "a"\n', '#~ msgid "a"\n', '#| msgid "b"\n'])
def test_comments_that_take_in_the_next_line_are_refused(follows):
    """GNU gettext joins lines at a backslash, in comments too."""
    with pytest.raises(DragomanError, match=r"x\.po:1:6: a comment ends with a backslash"):
        po.parse(b"# C:\\\\\n" + follows.encode() + b'msgid "c"\nmsgstr ""\n', "x.po")


def test_comments_that_take_in_nothing_are_read():
    one = b'# a\\\n# b\\\n\nmsgid "c"\nmsgstr "d"\n# last\\\n'
    other = b'# a\\\r\nmsgid "c"\r\nmsgstr "d"\r\n'
    for data in (one, other):
        file = po.parse(data)
        assert [(e.msgid, e.msgstr) for e in file.entries] == [("c", "d")]
        assert file.write() == data
