r"""What other tools have lost: one test for each known fault of reading and writing catalogs.

R01 to R38 are faults that were reported or measured of polib, Babel, translate-toolkit, po4a and
GNU gettext. Each text is read, written, edited in one entry, and asked for what it says.
"""

from __future__ import annotations

import subprocess
import tracemalloc
import unicodedata

import pytest

from conftest import needs_gettext
from dragoman import po
from dragoman.errors import DragomanError
from dragoman.po import Entry, PoFile
from dragoman.po.canonical import canonical

HEAD = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n\n'
TAIL = '\nmsgid "last"\nmsgstr "one"\n'


def kept(text: str | bytes, encoding: str = "utf-8") -> list[Entry]:
    """The entries of a text that is written as it came, and stays so when another one is edited."""
    data = text if isinstance(text, bytes) else text.encode(encoding)
    file = po.parse(data, "x.po")
    assert file.write() == data
    whole = data + TAIL.encode(encoding) if data.endswith(b"\n") else data
    other = po.parse(whole, "x.po")
    last = other.entries[-1]
    other.entries[-1] = last.replaced(msgstr="two")
    if whole != data:
        assert other.write() == whole.replace(b'"one"', b'"two"')
    return file.entries


def refused(text: str | bytes) -> str:
    """What is said against a text."""
    data = text if isinstance(text, bytes) else text.encode()
    with pytest.raises(DragomanError) as error:
        po.parse(data, "x.po")
    assert "x.po:" in str(error.value)
    assert error.value.how_to_fix or "\n" in str(error.value)
    return str(error.value)


def said(entry: Entry) -> tuple[str, str]:
    return entry.msgid, entry.msgstr


def test_r01_every_escape_of_c():
    (entry,) = kept('msgid "\\v\\f\\b\\a\\r\\t\\n\\101\\x41"\nmsgstr "\\303\\251\\xd0\\xb6"\n')
    assert said(entry) == ("\v\f\b\a\r\t\nAA", "éж")
    again = po.parse(entry.replaced().raw.encode()).entries[0]
    assert said(again) == said(entry)


def test_r02_backslashes_of_paths():
    (entry,) = kept('msgid "c:\\\\various\\\\new"\nmsgstr "c:\\\\\\\\r"\n')
    assert said(entry) == (r"c:\various\new", r"c:\\r")
    assert entry.replaced().raw == entry.raw


@pytest.mark.parametrize("text", ["\\", '"', "é", "ə\u0301", "אָ", "👩\u200d👧", "日", "\n"])
def test_r03_lines_are_never_broken_inside_a_character(text):
    for size in range(60, 90):
        said = "a" * size + text * 40
        made = Entry("x", said)
        assert po.parse(made.raw.encode()).entries[0].msgstr == said
        lines = made.raw.removesuffix("\n").split("\n")[2:]
        alone = [po.parse(f'msgid "x"\nmsgstr {line}\n'.encode()).entries[0] for line in lines]
        assert "".join(entry.msgstr for entry in alone) == (said if lines else "")
        assert not any(unicodedata.combining(entry.msgstr[0]) for entry in alone)


SEPARATORS = "\u0085\u2028\u2029\v\f\x1c\x1d\x1e"


@pytest.mark.parametrize("mark", SEPARATORS, ids=ascii)
def test_r04_only_line_feeds_end_lines(mark):
    text = (
        f"# remark{mark}#: no place\n#. said{mark}#, fuzzy\n#: a b{mark}\n#, c-format\n"
        f'msgid "one{mark}msgid \\"x\\""\nmsgstr "{mark}two{mark}"\n'
    )
    (entry,) = kept(text)
    assert said(entry) == (f'one{mark}msgid "x"', f"{mark}two{mark}")
    assert entry.flags == ("c-format",)
    assert entry.translator_comments == f"# remark{mark}#: no place\n"
    moved = entry.with_automatic("#. new\n#: b:1\n")
    assert f"# remark{mark}#: no place\n#. new\n#: b:1\n#, c-format\n" in moved.raw
    gone = moved.as_obsolete()
    assert gone.comments == f"# remark{mark}#: no place\n#, c-format\n"
    assert po.parse(gone.revived("#: b:1\n").raw.encode()).entries[0].msgstr == entry.msgstr


def test_r05_mixed_line_ends():
    text = "".join(
        f'msgid "{n}"{end}msgstr "x"\n\n' for n in range(123) for end in ["\r\n", "\n"][n % 2 :][:1]
    )
    assert len(kept(text)) == 123


def test_r06_a_flag_in_a_file_with_crlf():
    data = b'# x\r\n#, fuzzy\r\nmsgid "a"\r\nmsgstr "b"\r\n'
    file = po.parse(data)
    file.entries[0] = file.entries[0].flagged("no-wrap")
    written = file.write()
    assert written == b'# x\r\n#, no-wrap, fuzzy\r\nmsgid "a"\r\nmsgstr "b"\r\n'
    assert po.parse(written).entries[0].flags == ("no-wrap", "fuzzy")


def test_r07_cr_alone_is_refused():
    assert "lines end with CR alone" in refused(b'msgid "a"\rmsgstr "b"\r')


def test_r08_a_byte_order_mark():
    first, _ = kept("\ufeff" + HEAD + 'msgid "a"\nmsgstr "b"\n')
    assert "charset" in first.msgstr
    file = po.parse(("\ufeff" + HEAD).encode())
    file.entries.append(Entry("a", "b"))
    assert file.write().startswith(b'\xef\xbb\xbfmsgid ""')
    assert not canonical(file).write().startswith(b"\xef\xbb\xbf")


def test_r08_a_byte_order_mark_in_a_text(project):
    project.write("source_texts/day.txt", "\ufeffA day.\nIt began early.\n")
    project.fine("update")
    assert 'msgid "A day."' in project.read("locales/he/LC_MESSAGES/day.po")


def test_r09_comments_without_a_charset_are_utf8_or_refused():
    (entry,) = kept('# жизнь\nmsgid "a"\nmsgstr "b"\n')
    assert entry.comments == "# жизнь\n"
    assert "is not UTF-8" in refused("# жизнь\n".encode("koi8-r") + b'msgid "a"\nmsgstr "b"\n')


@pytest.mark.parametrize(
    ("charset", "word"), [("EUC-KR", "말"), ("KOI8-R", "речь"), ("ISO-8859-8", "שלום")]
)
@needs_gettext
def test_r10_the_charset_of_the_header(charset, word, tmp_path):
    head = f'msgid ""\nmsgstr "Content-Type: text/plain; charset={charset}\\n"\n\n'
    text = f'{head}msgid "a"\nmsgstr "{word}"\n'
    entries = kept(text, charset)
    path = tmp_path / "x.po"
    path.write_bytes(text.encode(charset))
    done = subprocess.run(["msgcat", "-t", "UTF-8", path], capture_output=True, check=True)
    assert entries[1].msgstr == word == po.parse(done.stdout).entries[1].msgstr


BAD_BYTES = {
    "invalid": b'msgid "a"\nmsgstr "\xff"\n',
    "truncated": b'msgid "a"\nmsgstr "\xd0"\n',
    "surrogate": b'msgid "a"\nmsgstr "\xed\xa0\xbd\xed\xb0\x80"\n',
    "utf-16": 'msgid "a"\nmsgstr "b"\n'.encode("utf-16"),
    "a NUL": b'msgid "a\0b"\nmsgstr ""\n',
    "nothing but NUL": b"\0" * 4096,
}


@pytest.mark.parametrize("name", BAD_BYTES)
def test_r11_bytes_that_are_no_text(name, project):
    assert refused(BAD_BYTES[name]).startswith("x.po:")
    project.fine("update")
    path = project.write("locales/he/LC_MESSAGES/day.po", BAD_BYTES[name])
    run = project.run("update")
    assert (run.code, path.read_bytes()) == (2, BAD_BYTES[name])


def test_r12_previous_texts_of_obsolete_entries():
    text = '#, fuzzy\n#~| msgctxt "was"\n#~| msgid "older"\n#~ msgid "gone"\n#~ msgstr "away"\n'
    (entry,) = kept(text)
    assert entry.previous == ("was", "older")
    live = entry.revived("#: a:1\n")
    assert live.raw == text.replace("#~|", "#|").replace("#~ ", "").replace(
        "#, fuzzy", "#: a:1\n#, fuzzy"
    )
    assert live.as_obsolete().raw == text


def test_r13_long_previous_texts():
    long = "".join(f'#| "line {n} of it, a\\n"\n' for n in range(40))
    text = f'#, fuzzy\n#| msgid ""\n{long}#| msgid_plural ""\nmsgid "a"\nmsgstr "b"\n'
    (entry,) = kept(text)
    assert entry.previous == (None, "".join(f"line {n} of it, a\n" for n in range(40)))
    assert entry.replaced(msgstr="c").raw == text.replace('"b"', '"c"')
    assert entry.proposed_for((None, "z"), "").raw.count("line ") == 40


def test_r14_comments_and_flags_of_obsolete_entries():
    text = '# by hand\n#. said\n#: a:1\n#, fuzzy, c-format\n#~ msgid "a"\n#~ msgstr "b"\n'
    (entry,) = kept(text)
    assert (entry.flags, entry.fuzzy, entry.obsolete) == (("fuzzy", "c-format"), True, True)
    assert entry.replaced(msgstr="c").raw == text.replace('"b"', '"c"')


def test_r15_obsolete_entries_of_many_contexts():
    text = "".join(
        f'#~ msgctxt "{n}"\n#~ msgid ""\n#~ "same "\n#~ "text"\n#~ msgstr "{n}"\n\n'
        for n in range(5)
    )
    assert [e.msgctxt for e in kept(text)] == list("01234")


def test_r16_comments_are_neither_wrapped_nor_thinned():
    text = f'#. same\n#. same\n#. {"long " * 60}\n# {"word " * 60}\n#\n#\nmsgid "a"\nmsgstr "b"\n'
    (entry,) = kept(text)
    assert entry.replaced(msgstr="c").raw == text.replace('"b"', '"c"')


def test_r17_no_flag_is_invented():
    (entry,) = kept('msgid "100% sure"\nmsgstr "на 100% прав"\n')
    assert entry.replaced(msgstr="x").flags == ()


def test_r18_unknown_flags():
    (entry,) = kept('#, markdown-text,x-y , range: 0..5\nmsgid "a"\nmsgstr "b"\n')
    assert entry.flags == ("markdown-text", "x-y", "range: 0..5")
    assert entry.flagged("fuzzy").flags == ("fuzzy", "markdown-text", "x-y", "range: 0..5")


def test_r19_references_as_they_are():
    many = "".join(f"#: b.c:{n} a.c:0 a.c:0\n" for n in range(300))
    text = f'#: \u2068a b.c:3\u2069 c\n{many}msgid "a"\nmsgstr "b"\n'
    (entry,) = kept(text)
    assert entry.replaced(msgstr="c").raw == text.replace('"b"', '"c"')


def test_r20_headers_as_they_are():
    header = (
        '# Title.\n#\n# Second paragraph.\nmsgid ""\nmsgstr ""\n"X-Own: 1\\n"\n"X-Own: 2\\n"\n'
        '"no colon\\n"\n"Plural-Forms: \\n"\n"Language: ru\\n"\n'
    )
    entries = kept(header + '\nmsgid "a"\nmsgstr "b"\n')
    assert entries[0].msgstr.startswith("X-Own: 1\nX-Own: 2\nno colon\n")
    assert po.parse(header.encode()).header_field("Plural-Forms") == ""


@pytest.mark.parametrize("date", ["", "YEAR-MO-DA HO:MI+ZONE", "2007-10-18 14:00 GMT", "+EDT 7:61"])
def test_r21_dates_are_text(date):
    text = HEAD.replace("\\n", f"\\nPOT-Creation-Date: {date}\\nPO-Revision-Date: {date}\\n", 1)
    assert len(kept(text + 'msgid "a"\nmsgstr "b"\n')) == 2


def test_r21_no_stale_output_stays_where_a_catalog_is_damaged(project):
    project.fine("update")
    project.fine("build")
    project.write("locales/he/LC_MESSAGES/day.po", 'msgid "x\n')
    run = project.run("build")
    assert run.code == 2
    assert "locales/he/LC_MESSAGES/day.po:1:7: unterminated string" in run.err


def test_r22_the_placeholder_for_a_charset():
    text = HEAD.replace("UTF-8", "CHARSET")
    assert len(kept(text + 'msgid "a"\nmsgstr "b"\n')) == 2
    assert "the charset 'XY-1' is unknown" in refused(HEAD.replace("UTF-8", "XY-1"))


def test_r23_odd_but_sound_forms():
    entries = kept('\tmsgid "a" "b"\n  "c"\n\n\tmsgstr"d"\nmsgid "e" msgstr "f"')
    assert [said(e) for e in entries] == [("abc", "d"), ("e", "f")]


def test_r24_an_empty_context_is_a_context():
    entries = kept('msgctxt ""\nmsgid "a"\nmsgstr "1"\n\nmsgid "a"\nmsgstr "2"\n')
    assert [e.key for e in entries] == [("", "a"), (None, "a")]
    assert po.read_mo(po.compile_mo(PoFile(entries))) == {b"a": b"2", b"\x04a": b"1"}


def test_r25_contexts_are_data():
    (entry,) = kept('msgctxt "__proto__"\nmsgid "a"\nmsgstr "b"\n')
    assert entry.key == ("__proto__", "a")
    (entry,) = kept('msgctxt "x\\004y"\nmsgid "a"\nmsgstr "b"\n')
    with pytest.raises(DragomanError, match="U\\+0004"):
        po.compile_mo(PoFile([entry]))


def test_r26_more_or_fewer_plural_forms_than_due():
    head = HEAD.replace("\\n", "\\nPlural-Forms: nplurals=2; plural=(n != 1);\\n", 1)
    text = (
        f'{head}msgid "a"\nmsgid_plural "as"\nmsgstr[0] "0"\nmsgstr[1] "1"\nmsgstr[2] "2"\n\n'
        'msgid "b"\nmsgid_plural "bs"\nmsgstr[0] "0"\n'
    )
    _, more, fewer = kept(text)
    assert more.plural == ("as", ("0", "1", "2"))
    assert fewer.plural == ("bs", ("0",))
    assert more.replaced(comments="# x\n").plural == more.plural


@pytest.mark.parametrize(
    "text",
    [
        'msgid "a"\nmsgid_plural "b"\nmsgstr[1000000000] "c"\n',
        HEAD.replace("\\n", "\\nPlural-Forms: nplurals=100000000; plural=n;\\n", 1)
        + 'msgid "a"\nmsgid_plural "b"\nmsgstr[0] "c"\n',
    ],
)
def test_r27_huge_numbers_of_forms(text):
    """In no time, and without making room for them."""
    tracemalloc.start()
    assert refused(text)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 1_000_000


def test_r28_duplicate_messages(project):
    twice = 'msgid "a"\nmsgstr "1"\n\nmsgid "a"\nmsgstr "2"\n'
    assert refused(twice).startswith("x.po:4:1: duplicate message, first at line 1")
    twin = 'msgid "a"\nmsgstr "1"\n\n#~ msgid "a"\n#~ msgstr "2"\n'
    assert refused(twin).startswith("x.po:4:1: duplicate message, first at line 1")
    path = project.write("locales/he/LC_MESSAGES/day.po", twice)
    assert project.run("update").code == 2
    assert path.read_text() == twice


def test_r29_quotes_that_are_missing_or_too_many():
    assert refused('msgid "a"\nb"\nmsgstr "c"\n').startswith("x.po:2:1:")
    assert refused('msgid "say "hi""\nmsgstr "c"\n').startswith("x.po:1:")


@pytest.mark.parametrize("marker", ["<<<<<<< HEAD", "=======", ">>>>>>> theirs", "||||||| base"])
def test_r30_conflict_markers(marker):
    text = f'msgid "a"\nmsgstr "b"\n\n{marker}\nmsgid "c"\nmsgstr "d"\n'
    assert refused(text).startswith("x.po:4:1: a conflict marker of version control")


@pytest.mark.parametrize("cut", range(1, 34))
def test_r31_truncated_files(cut):
    """Cut anywhere, a file is refused, or all of its whole entries are there."""
    whole = 'msgid "a"\nmsgstr "b"\n\nmsgid "c"\nmsgstr "dd"\n'
    try:
        entries = kept(whole[:cut])
    except DragomanError:
        return
    assert [said(e) for e in entries] in ([], [("a", "b")])


def test_r32_a_translation_that_stands_twice_is_found(project):
    project.fine("update")
    path = "locales/ru/LC_MESSAGES/day.po"
    text = project.read(path).replace(
        'msgid "Then Mr. Aliyev came."\nmsgstr ""\n',
        'msgid "Then Mr. Aliyev came."\nmsgstr "Потом пришёл господин Алиев."\n'
        '"Потом пришёл господин Алиев."\n',
    )
    project.write(path, text)
    run = project.run("check", "-l", "ru", "--fail-on", "warning")
    assert "doubled-text" in run.out


def test_r33_nothing_changes_but_the_entry_that_changed():
    text = HEAD + "\n\n".join(f'#:  odd:{n}\nmsgid   "{n}"\nmsgstr "x{n}"' for n in range(99))
    file = po.parse(text.encode())
    file.entries[50] = file.entries[50].replaced(msgstr="new")
    assert file.write().decode() == text.replace(
        'msgid   "49"\nmsgstr "x49"', 'msgid "49"\nmsgstr "new"'
    )


@pytest.mark.parametrize("piece", ["a", "\u00a0", "- ", "日", "\\\\"])
def test_r34_a_token_of_a_megabyte(piece):
    text = piece * (1_000_000 // len(piece))
    (entry,) = kept(f'msgid "a"\nmsgstr "{text}"\n')
    made = Entry("a", entry.msgstr[:100_000])
    assert po.parse(made.raw.encode()).entries[0].msgstr == entry.msgstr[:100_000]


def test_r35_a_translation_of_white_space_is_none(project):
    project.fine("update")
    path = "locales/he/LC_MESSAGES/day.po"
    project.write(path, project.read(path).replace('msgstr ""\n\n', 'msgstr "  "\n\n'))
    assert "missing" in project.run("check", "-l", "he").out
    project.fine("build")
    assert "Nobody slept." in project.read("build/he/day.txt")


def test_r36_fifty_saves_and_fifty_edits():
    text = 'msgid "a \\"b\\" \\\\c"\nmsgstr "None \\\\n \\t"\n'
    file = po.parse(text.encode())
    for turn in range(50):
        file = po.parse(file.write())
        assert file.write() == text.encode()
        file.entries[0] = file.entries[0].replaced(msgstr=f"{turn}")
        file = po.parse(file.write())
        file.entries[0] = file.entries[0].replaced(msgstr="None \\n \t")
    assert file.write() == text.encode()


def test_r37_a_stray_cr_in_a_comment():
    (entry,) = kept('#: a.c:1\r b.c:2\n#. x\ry\nmsgid "a"\nmsgstr "b"\n')
    assert entry.automatic == "#: a.c:1\r b.c:2\n#. x\ry\n"


def test_r38_no_blank_lines_between_entries():
    entries = kept("".join(f'# {n}\nmsgid "{n}"\nmsgstr "{n}"\n' for n in range(3)))
    assert [(e.comments, e.msgid) for e in entries] == [(f"# {n}\n", f"{n}") for n in range(3)]
