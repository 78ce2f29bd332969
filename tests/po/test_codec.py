"""The layer of PO and MO files, case by case: plural rules, faults, rendering, odd charsets."""

from __future__ import annotations

import gettext
import struct

import pytest

from dragoman import po
from dragoman.errors import DragomanError
from dragoman.po import Entry, PoFile, plural
from dragoman.po.canonical import canonical
from dragoman.po.entry import automatic_comments
from dragoman.po.strings import escape, field, unescape, width
from dragoman.po.tokens import previous

RULES = [
    "nplurals=1; plural=0;",
    "nplurals=2; plural=(n != 1);",
    "nplurals=2; plural=n>1",
    "nplurals=3; plural=(n%10==1 && n%100!=11 ? 0 : n%10>=2 && n%10<=4 && (n%100<12 || n%100>14) ? 1 : 2);",
    "nplurals=4; plural=(n == 1 ? 0 : n == 2 ? 1 : n > 10 && n % 10 == 0 ? 2 : 3);",
    " nplurals = 6 ; plural = n==0 ? 0 : n==1 ? 1 : n==2 ? 2 : n%100>=3 && n%100<=10 ? 3 : n%100>=11 ? 4 : 5; ",
    "nplurals=2; plural=!(n == 1 || n/2 >= 3) && n-1 < 7+3 || n*2 <= 4;",
    "nplurals=2; plural=!!n;",
    "nplurals=2; plural=n % 2 ? 1 : 0 ? 1 : 0;",
]


@pytest.mark.parametrize("header", RULES)
def test_rules_choose_as_python_does(header):
    count, rule = plural.forms(header)
    expression = header.partition("plural=")[2] or header.rpartition("plural =")[2]
    oracle = gettext.c2py(expression.strip().rstrip(";"))
    assert [rule(n) for n in range(300)] == [int(oracle(n)) for n in range(300)]
    assert 1 <= count <= 6


@pytest.mark.parametrize(
    ("header", "says"),
    [
        ("", "is not of the form"),
        ("nplurals=2", "is not of the form"),
        ("nplurals=0; plural=0;", "from 1 to 10"),
        ("nplurals=11; plural=0;", "from 1 to 10"),
        ("nplurals=99999999999; plural=0;", "from 1 to 10"),
        ("nplurals=2; plural=;", "a number is missing"),
        ("nplurals=2; plural=n ?;", "a number is missing"),
        ("nplurals=2; plural=n ? 1;", ": is missing"),
        ("nplurals=2; plural=(n;", r"\) is missing"),
        ("nplurals=2; plural=n);", "'\\)' is out of place"),
        ("nplurals=2; plural=n n;", "'n' is out of place"),
        ("nplurals=2; plural=*n;", "'\\*' is out of place"),
        ("nplurals=2; plural=n = 1;", "'= 1' is not allowed"),
        ("nplurals=2; plural=" + "(" * 60 + "n" + ")" * 60, "nested too deep"),
        ("nplurals=2; plural=" + "!" * 60 + "n", "nested too deep"),
        ("nplurals=2; plural=" + "n+" * 600 + "n", "longer than 1000 characters"),
    ],
)
def test_rules_that_are_none(header, says):
    with pytest.raises(ValueError, match=says):
        plural.forms(header)


def test_depth_counts_what_is_open_only():
    _, rule = plural.forms("nplurals=2; plural=" + "+".join(["!(n)"] * 100))
    assert (rule(0), rule(1)) == (100, 0)
    deepest = "(" * 49 + "n" + ")" * 49
    before = "+".join(["!n", "(n)", "(n ? 1 : 0)"] * 9)
    assert plural.forms(f"nplurals=2; plural={deepest}")[1](1) == 1
    assert plural.forms(f"nplurals=2; plural={before}+{deepest}")[1](0) == 9
    with pytest.raises(ValueError, match="nested too deep"):
        plural.forms(f"nplurals=2; plural={before}+({deepest})")
    with pytest.raises(ZeroDivisionError):
        plural.forms("nplurals=2; plural=n/0;")[1](1)


def test_a_placeholder_for_a_rule_is_no_rule():
    head = 'msgid ""\nmsgstr "Plural-Forms: nplurals=INTEGER; plural=EXPRESSION;\\n"\n\n'
    text = head + 'msgid "a"\nmsgid_plural "as"\nmsgstr[0] ""\n'
    assert len(po.parse(text.encode()).entries) == 2


FAULTS = {
    'msgid "a"\n#| msgid "b"\nmsgstr ""\n': "2:4: a previous text is inside an entry",
    '#| "b"\nmsgid "a"\nmsgstr ""\n': "1:4: a string without keyword",
    '#| msgstr "b"\nmsgid "a"\nmsgstr ""\n': "1:4: 'msgstr' is not a keyword",
    'msgid[0] "a"\nmsgstr ""\n': r"1:1: msgid\[0\]; only msgstr has a number",
    'msgid\nmsgstr ""\n': "2:1: msgid has no string",
    'msgid "a"\nmsgstr\n': "2:7: msgstr has no string",
    'msgid "a"\nmsgctxt "b"\nmsgstr ""\n': "2:1: msgctxt after msgid",
    'msgid "a"\nmsgstr ""\nmsgstr ""\n': "3:1: msgstr without msgid",
    'msgctxt "a"\nmsgstr ""\n': "2:1: msgstr without msgid",
    'msgctxt "a"\n': "1:12: the entry has no msgid",
    '"a"\n': "1:1: a string without keyword",
    '#| msgid "a"\n': "1:13: previous texts without an entry",
    'msgid "a"\nmsgid_plural "b"\nmsgstr[10] ""\n': "3:1: more than 10 plural forms",
    'msgid "a"\nmsgstr "b"\n\n#~ msgid "c"\n#~ "d\n': "5:4: unterminated string",
    'msgid "' + "a" * 3 + '"\n' + "x" * 40 + "\n": "'xxxxxxxxxxxxxxxxxxxx…' is not a keyword",
    'msgctxt "a"b"\nmsgid "a"\nmsgstr ""\n': "1:12: 'b' is not a keyword",
    'msgctxt ""\n"a\nmsgid "a"\nmsgstr ""\n': "2:1: unterminated string",
    'msgid "a\n"\nmsgstr ""\n': "1:7: unterminated string",
    'msgid "a"\nmsgstr "b\n"\n': "2:8: unterminated string",
    'msgctxt "a\n"\nmsgid "b"\nmsgstr ""\n': "1:9: unterminated string",
    "&\n": "1:1: '&' is neither a keyword",
}


@pytest.mark.parametrize("text", FAULTS, ids=range(len(FAULTS)))
def test_faults(text):
    with pytest.raises(DragomanError, match=FAULTS[text]) as error:
        po.parse(text.encode())
    assert error.value.how_to_fix


def test_no_more_faults_are_told_than_a_person_reads():
    with pytest.raises(DragomanError) as error:
        po.parse(b"foo\n\n" * 100)
    assert str(error.value).count("is not a keyword") == 20
    twice = "".join('msgid "a"\nmsgstr ""\n\n' for _ in range(30))
    with pytest.raises(DragomanError) as error:
        po.parse(twice.encode())
    assert str(error.value).count("duplicate message") == 20


def test_previous_texts():
    assert previous("# x\n") is None
    assert previous('#| # x\n#| msgid "a"\n') == (None, "a")
    assert previous('#| msgctxt "c"\n#| msgid') == ("c", "")


def test_positions_of_fields_in_odd_files():
    text = (
        '\n\n# x\n#, fuzzy\n#| msgid "was"\n  msgctxt "c" msgid "a"\n\tmsgid_plural "as"\n'
        'msgstr[0] "1"\nmsgstr[1]\n"2"\n\n#~ msgid "gone" \n#~ msgstr ""\n'
    )
    file = po.parse(text.encode())
    first, second = file.positions(file.entries)
    assert first == {
        "#| msgid": (5, 4),
        "msgctxt": (6, 3),
        "msgid": (6, 15),
        "msgid_plural": (7, 2),
        "msgstr[0]": (8, 1),
        "msgstr[1]": (9, 1),
    }
    assert second == {"msgid": (12, 4), "msgstr": (13, 4)}
    file.entries[0] = file.entries[0].replaced(comments="")
    assert file.positions(file.entries[:1])[0]["msgctxt"] == (3, 1)
    assert file.positions(file.entries[1:]) == [{"msgid": (9, 4), "msgstr": (10, 4)}]
    one_line = po.parse(b'  msgid "a" msgstr "b" msgid "c" msgstr "d"')
    assert one_line.positions(one_line.entries) == [
        {"msgid": (1, 3), "msgstr": (1, 13)},
        {"msgid": (1, 24), "msgstr": (1, 34)},
    ]


def test_a_domain_on_the_line_of_its_entry():
    text = 'domain "d" msgid "a"\nmsgstr "b"\n'
    file = po.parse(text.encode())
    file.entries[0] = file.entries[0].replaced(msgstr="c")
    assert file.text() == text.replace('"b"', '"c"')


@pytest.mark.parametrize(
    ("comments", "fuzzy"),
    [
        ("", False),
        ("# fuzzy\n", False),
        ("#, fuzzy\n", True),
        ("#,fuzzy\n", True),
        ("#, c-format\n#, x, fuzzy\n", True),
        ("# fuzzy\n#, unfuzzy\n", False),
    ],
)
def test_which_entries_are_fuzzy(comments, fuzzy):
    (entry,) = po.parse(f'{comments}msgid "a"\nmsgstr "b"\n'.encode()).entries
    assert entry.fuzzy is fuzzy
    assert entry.replaced(msgstr="c").fuzzy is fuzzy


def test_comments_joined_by_a_backslash():
    text = '# a\\\n# b\nmsgid "a"\nmsgstr "b"\n'
    (entry,) = po.parse(text.encode()).entries
    assert (entry.comments, entry.msgstr) == ("# a\\\n# b\n", "b")


# --- charsets ---


def test_a_charset_that_does_not_give_back_its_bytes():
    data = b'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-7\\n"\n\nmsgid "+AGE-"\nmsgstr ""\n'
    with pytest.raises(DragomanError, match="cannot be written back byte for byte in UTF-7"):
        po.parse(data, "x.po")


@pytest.mark.parametrize("name", ["utf8", "UTF-8", "ascii", "utf-8-sig"])
def test_names_of_utf8(name):
    data = f'msgid ""\nmsgstr "Content-Type: text/plain; charset={name}\\n"\n'.encode()
    assert po.parse(data).charset == "utf-8"


# --- rendering ---


def test_an_entry_with_everything():
    entry = Entry("a", "1", "c", "# x\n", plural=("as", ("1", "2")), obsolete=True)
    assert entry.raw == (
        '# x\n#~ msgctxt "c"\n#~ msgid "a"\n#~ msgid_plural "as"\n#~ msgstr[0] "1"\n#~ msgstr[1] "2"\n'
    )
    assert Entry("a", "b", "c").as_obsolete().raw == '#~ msgctxt "c"\n#~ msgid "a"\n#~ msgstr "b"\n'


def test_what_becomes_of_an_entry_whose_source_changed():
    entry = Entry("a", "b", "c", "# x\n#: old:1\n#, c-format\n")
    draft = entry.proposed_for(("c", "z"), "#: new:1\n")
    assert draft.comments == '# x\n#: new:1\n#, fuzzy, c-format\n#| msgctxt "c"\n#| msgid "a"\n'
    again = draft.proposed_for(("c", "a"), "")
    assert again.comments == "# x\n#, fuzzy, c-format\n"
    two = entry.replaced(comments=entry.comments + "#, no-wrap\n")
    done = two.handed_to((None, "z"), "#: new:1\n")
    assert (done.comments, done.key) == ("# x\n#: new:1\n#, c-format, no-wrap\n", (None, "z"))


def test_previous_texts_are_obsolete_where_their_entry_is():
    live = Entry("a", "b", comments='#= x\n#| msgid "z"\n')
    gone = live.as_obsolete()
    assert gone.flagged("fuzzy", "# new\n").raw == (
        '# new\n#, fuzzy\n#= x\n#~| msgid "z"\n#~ msgid "a"\n#~ msgstr "b"\n'
    )
    assert gone.revived("#: a:1\n").flagged("x").comments == ('#: a:1\n#, x\n#= x\n#| msgid "z"\n')


def test_flags_without_one():
    entry = Entry("a", comments='#,x,fuzzy\n#, fuzzy\n#, fuzzy, y\n#| msgid "z"\n#: a:1\n')
    assert entry.without_flag("fuzzy") == "#, x\n#, y\n#: a:1\n"
    assert entry.without_flag("x") == '#, fuzzy\n#, fuzzy\n#, fuzzy, y\n#| msgid "z"\n#: a:1\n'


def test_entries_one_after_the_other():
    one = Entry("A.", "1.", "c", "# x\n#: a:1\n#, fuzzy\n")
    two = Entry("B.", "2.", "c", "# x\n# y\n#, no-wrap, fuzzy\n")
    both = one.followed_by([two])
    assert (both.key, both.msgstr) == (("c", "A. B."), "1. 2.")
    assert both.comments == "# x\n# y\n#, fuzzy, no-wrap\n"
    assert one.followed_by([two], "A; b.").msgid == "A; b."
    assert Entry("a", comments="# x\n").followed_by([Entry("b")]).comments == "# x\n"


def test_remarks_of_another_entry_come_once_and_first():
    entry = Entry("a", "b", comments="# x\n")
    assert entry.with_remarks(Entry("c", comments="# x\n# y\n")).comments == "# y\n# x\n"
    assert entry.with_remarks(Entry("c", comments="# x\n")) is entry


def test_references_are_wrapped():
    places = [f"texts/a_long_name_of_a_file.md:{n}" for n in range(5)]
    assert automatic_comments([], places) == (
        f"#: {places[0]} {places[1]}\n#: {places[2]} {places[3]}\n#: {places[4]}\n"
    )
    assert automatic_comments(["kind"], []) == "#. kind\n"


def test_an_empty_file_and_what_is_put_into_it():
    assert po.parse(b"").write() == b""
    assert PoFile().write() == b""
    file = po.parse(b"\n\n")
    file.entries.append(Entry("a", "b"))
    assert file.write() == b'\n\nmsgid "a"\nmsgstr "b"\n'
    assert file.positions([Entry("a")]) == []


@pytest.mark.parametrize("end", ["", "\n", "\n\n\n"])
@pytest.mark.parametrize("plural", ["", 'msgid_plural "as"\n'])
def test_what_is_added_stands_after_a_blank_line_and_the_file_ends_as_it_did(end, plural):
    text = f'msgid "a"\n{plural}msgstr{"[0]" if plural else ""} "b"'
    file = po.parse((text + end).encode())
    file.entries.append(Entry("c", "d"))
    assert file.text() == f'{text}\n\nmsgid "c"\nmsgstr "d"{end}'


@pytest.mark.parametrize("blank", [" ", "\t", "\n", "\n \n\t"])
def test_strings_that_go_on_behind_blanks(blank):
    text = f'msgid "a"\nmsgstr "b"\n{blank}"c"\n\nmsgid "d"\nmsgstr "e"\n'
    assert [entry.msgstr for entry in po.parse(text.encode()).entries] == ["bc", "e"]


def test_canonical_form_keeps_what_stands_between_comments():
    text = '# x\n\n#, fuzzy,  y\nmsgid  "a"\nmsgstr ""\n'
    assert canonical(po.parse(text.encode())).text() == text.replace("msgid  ", "msgid ")
    gone = '#, fuzzy\n#~| msgid "z"\n#~ msgid  "a"\n#~ msgstr "b"\n'
    assert canonical(po.parse(gone.encode())).text() == gone.replace("msgid  ", "msgid ")


@pytest.mark.parametrize("text", ["\\", '"', "\n", "\x00", "\udcff", "a\tb", "\a\b\f\v\r"])
def test_escaping_and_back(text):
    assert unescape(escape(text)) == text
    if text.isprintable() or text.strip():
        spelled = field("msgstr", text)
        assert spelled.startswith('msgstr "')


def test_escapes_are_those_of_gnu():
    assert escape('\\"\n\t\r\a\b\f\v') == r"\\\"\n\t\r\a\b\f\v"
    assert escape("\x00\udcff1") == r"\000\3771"


def test_unknown_escapes_are_refused():
    with pytest.raises(ValueError, match=r"unknown escape \\q"):
        unescape("a\\q")
    assert unescape("a\\\nb") == "ab"
    assert unescape("\\400\\x1ff") == "\x00\udcff"


def test_widths():
    assert [width(text) for text in ("abc", "日本", "שָׁ", "e\u0301", "\u200d", "ə")] == [
        3,
        4,
        1,
        1,
        0,
        1,
    ]


# --- compiled catalogs ---


def test_plural_forms_in_mo_files():
    forms = Entry("a", "1", plural=("as", ("1", "2")))
    half = Entry("b", "1", plural=("bs", ("1", "")))
    data = po.compile_mo(PoFile([forms, half]))
    assert po.read_mo(data) == {b"a\0as": b"1\x002"}


def test_only_the_header_leaves_out_when_its_template_was_made():
    text = "Language: he\nPOT-Creation-Date: 2026-11-26\nX-A: 1\n"
    found = po.read_mo(po.compile_mo(PoFile([Entry("", text), Entry("", text, "c")])))
    assert found == {b"": b"Language: he\nX-A: 1\n", b"c\x04": text.encode()}


def _mo(order="<", **changed):
    values = {"magic": 0x950412DE, "revision": 0, "count": 1, "sources": 28, "targets": 36, "hashes": 0, "place": 0}  # fmt: skip
    values |= changed
    tables = struct.pack(order + "4I", 1, 44, 1, 46)
    return struct.pack(order + "7I", *values.values()) + tables + b"a\0b\0"


@pytest.mark.parametrize("order", ["<", ">"])
def test_both_byte_orders(order):
    assert po.read_mo(_mo(order)) == {b"a": b"b"}
    assert po.read_mo(_mo(order, hashes=12)) == {b"a": b"b"}  # its table may end with the file


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"", "does not begin like one"),
        (_mo()[:20], "unpack_from requires a buffer"),
        (_mo(magic=1), "does not begin like one"),
        (_mo(revision=0x10000), "revision 1.0 is unknown"),
        (_mo(count=2), "its tables are longer than the file"),
        (_mo(sources=44), "its tables are longer than the file"),
        (_mo(targets=41), "its tables are longer than the file"),
        (_mo(hashes=13), "its tables are longer than the file"),
        (_mo()[:-1], "string 0 is not inside the file"),
        (_mo()[:-1] + b"c", "string 0 is not inside the file"),
    ],
)
def test_mo_files_that_are_none(data, says):
    with pytest.raises(DragomanError, match=rf"x\.mo: not a valid MO file: .*{says}"):
        po.read_mo(data, "x.mo")


def _shared(count, pairs, body):
    head = struct.pack("<7I", 0x950412DE, 0, count, 28, 28 + 8 * count, 0, 0)
    return head + pairs + body


def test_strings_may_share_bytes_but_are_no_bomb():
    count = 20
    start = 28 + 16 * count
    body = bytes(65 + n % 26 for n in range(50)) + b"\0"
    sources = b"".join(struct.pack("<2I", 50 - n, start + n) for n in range(count))
    targets = struct.pack("<2I", 50, start) * count
    assert len(po.read_mo(_shared(count, sources + targets, body))) == count
    whole = struct.pack("<2I", 20_000, start) * 2 * count
    with pytest.raises(DragomanError, match="share too many bytes"):
        po.read_mo(_shared(count, whole, b"x" * 20_000 + b"\0"))
