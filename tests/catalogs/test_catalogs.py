"""PO files and catalogs: nothing is lost, merging settles, drafts stay in."""

from __future__ import annotations

import gettext
import io
import random
import subprocess

import polib
import pytest
from babel import Locale
from hypothesis import given
from hypothesis import strategies as st

from conftest import LOCALES, needs_gettext
from dragoman import po
from dragoman.catalogs import template, updating
from dragoman.catalogs.catalog import Catalog
from dragoman.catalogs.template import TemplateMessage
from dragoman.errors import DragomanError
from dragoman.languages import locales
from dragoman.model import State
from dragoman.po.entry import automatic_comments

WORDS = st.text(st.sampled_from('ab \\"\n\té“–א日\u2028\x0b\x85%{}#|~'), min_size=1, max_size=120)
COMMENTS = st.lists(
    st.sampled_from(
        ["# note", "#", "#. kind", "#: a.txt:1 b.txt:2", "#, fuzzy, x-y", "#, c-format"]
    ),
    max_size=3,
)


@st.composite
def files(draw):
    """PO files in many forms, all of which GNU gettext accepts."""
    keys = draw(st.lists(WORDS, unique=True, max_size=5))
    parts = (
        ['msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n']
        if draw(st.booleans())
        else []
    )
    for key in keys:
        comments = "".join(f"{line}\n" for line in draw(COMMENTS))
        entry = po.Entry(key, draw(WORDS) if draw(st.booleans()) else "", comments=comments)
        parts.append(entry.as_obsolete().raw if draw(st.booleans()) else entry.raw)
    text = draw(st.sampled_from(["\n", "\n\n", ""])).join(parts)
    if draw(st.booleans()):
        text = text.rstrip("\n")
    if draw(st.booleans()):
        text = text.replace("\n", "\r\n")
    return (("\ufeff" if draw(st.booleans()) else "") + text).encode()


@given(files())
def test_a_file_read_and_written_is_the_same_file(data):
    assert po.parse(data).write() == data


@given(files(), st.data())
def test_an_edit_changes_only_its_own_lines(data, draw):
    """Replacing one entry leaves every other line where and as it was."""
    catalog_file = po.parse(data)
    if not catalog_file.entries:
        return
    index = draw.draw(st.integers(0, len(catalog_file.entries) - 1))
    old = catalog_file.entries[index]
    new = old.replaced(msgstr="changed")
    catalog_file.entries[index] = new
    newline = catalog_file.newline
    written = catalog_file.write().decode().replace(newline, "\n")
    before = data.decode().replace(newline, "\n")
    assert (written + "\n").replace(new.raw, old.raw, 1).rstrip("\n") == before.rstrip("\n")


@given(WORDS, WORDS)
def test_what_is_rendered_is_what_is_read(msgid, msgstr):
    entry = po.parse(po.Entry(msgid, msgstr).raw.encode()).entries[0]
    assert (entry.msgid, entry.msgstr) == (msgid, msgstr)
    assert polib.pofile(
        po.Entry(msgid, msgstr).raw.replace("\u2028", "x").replace("\x85", "x").replace("\x0b", "x")
    )


@needs_gettext
@given(
    st.lists(
        st.text(st.sampled_from("ab cdé ш, ."), min_size=1, max_size=300), min_size=1, max_size=6
    )
)
def test_wrapping_is_gnu_wrapping(texts):
    """msgcat would write prose in the same lines."""
    header = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n'
    entries = "\n".join([header, *(po.Entry(text, text).raw for text in dict.fromkeys(texts))])
    done = subprocess.run(["msgcat", "-"], input=entries.encode(), capture_output=True, check=True)
    assert done.stdout.decode().rstrip("\n") == entries.rstrip("\n")


def _nasty(dice):
    """Words in quotes, brackets and links, with dashes, numbers and addresses."""
    said = []
    for _ in range(dice.randint(8, 40)):
        word, other = ("".join(dice.choices("abcdeшəא", k=dice.randint(1, 9))) for _ in "ab")
        forms = (
            f"“{word}”", f"({word})", f'"{word}"', f"{word}-{other}", f"{word}/{other}", f"«{word}»",
            f"{word}.{other}", f"{word}—{other}", f"{dice.randint(1, 3000)}{dice.choice([',', ',5', '.5', '%'])}",
            f"[{word}](http://{other}.org/{word})", f"*{word}*", "–", "—", "…", f"'{word}'", f"{word}’s",
        )  # fmt: skip
        said.append(dice.choice([word, word, *forms]) + dice.choice([""] * 8 + list(",.!?:;")))
    return " ".join(said)


@needs_gettext
def test_wrapping_is_gnu_wrapping_for_marks_and_scripts():
    dice = random.Random(1918)
    _gnu_writes([po.Entry(f"{n}", _nasty(dice)) for n in range(300)])


def _gnu_writes(entries):
    """msgcat would write these entries in the same lines."""
    head = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n'
    text = "\n".join([head, *(entry.raw for entry in entries)])
    done = subprocess.run(["msgcat", "-"], input=text.encode(), capture_output=True, check=True)
    assert done.stdout.decode().rstrip("\n") == text.rstrip("\n")


def _plain(dice):
    """Words with neither hyphen nor quotation mark, or words alone: these are wrapped quickly."""
    marks = dice.choice([[".", ":", ")(", " (", " 3,5 ", " ! "], [". "]])
    words = ["".join(dice.choices("abcdeшə", k=dice.randint(1, 9))) for _ in range(80)]
    said = (word + dice.choice([" ", " ", " ", ", ", *marks]) for word in words)
    return "".join(said)[: dice.randint(40, 400)].strip()


def _long(dice):
    """Words that are longer than a line."""
    words = ["".join(dice.choices("abш", k=dice.randint(40, 120))) for _ in range(4)]
    return "".join(word + dice.choice([" ", "-", "—", "/", ", "]) for word in words) + "."


def _pointed(dice):
    """Hebrew with points, which take no column."""
    words = []
    for _ in range(dice.randint(2, 40)):
        letters = dice.choices("אבגדהוזחטיכלמנ", k=dice.randint(1, 8))
        words.append("".join(x + dice.choice(["", "\u05b8", "\u05bc\u05b7"]) for x in letters))
    return " ".join(words)


def _wide(dice):
    """Chinese and Japanese, of which a character takes two columns."""
    said = [
        "".join(dice.choices("日本語中文字かなカナ", k=dice.randint(1, 20))) + dice.choice("、。！")
        for _ in range(dice.randint(1, 9))
    ]
    return "".join(said)


@needs_gettext
@pytest.mark.parametrize("say", [_nasty, _plain, _long, _pointed, _wide])
def test_wrapping_is_gnu_wrapping_for_columns_and_lines(say):
    """Of scripts whose characters take none or two columns, of texts of several lines, behind `#~`."""
    dice = random.Random(1920)
    entries = []
    for n in range(100):
        key = f"{n}"
        entries += [
            po.Entry(key, say(dice)),
            po.Entry(key, f"{say(dice)}\n{say(dice)}", "lines"),
            po.Entry(key, say(dice), "plural", plural=(say(dice), (say(dice), say(dice)))),
        ]
    old = [po.Entry(f"{n}", say(dice), "old", obsolete=True) for n in range(100)]
    _gnu_writes(entries + old)


BROKEN = {
    'msgid "a\nmsgstr "b"\n': "x.po:1:7: unterminated string",
    'msgid "a"\n': "x.po:1:10: the entry has no msgstr",
    'msgid "a"\nmsgstr "b"\n<<<<<<< HEAD\n': "x.po:3:1: a conflict marker",
    'msgid "a"\n=======\nmsgstr "b"\n': "x.po:2:1: a conflict marker",
    'msgid "a"\nmsgstr "\\q"\n': "x.po:2:8: unknown escape",
    'msgid "a"\nmsgstr "b"\n\nmsgid "a"\nmsgstr "c"\n': "x.po:4:1: duplicate message, first at line 1",
    'foo "a"\n': "x.po:1:1: 'foo' is not a keyword",
    'msgid "a"\nmsgstr "b" c\n': "x.po:2:12: 'c' is not a keyword",
    'msgid "a" "b"c"\nmsgstr ""\n': "x.po:1:14",
    'msgstr "b"\n': "x.po:1:1: msgstr without msgid",
    'msgid "a"\nmsgid "b"\nmsgstr ""\n': "x.po:2:1: msgid is repeated",
    'msgid "a"\nmsgid_plural "b"\nmsgstr[1] "c"\n': "x.po:3:1: msgstr[1] instead of msgstr[0]",
    'msgid "a"\nmsgstr[1000000000] "c"\n': "x.po:2:1: msgstr[1000000000] without msgid_plural",
    'msgid "a\0"\nmsgstr ""\n': "x.po:1:9: there is a NUL byte",
    'msgid "a"\rmsgstr ""\r': "x.po:1: lines end with CR alone",
    'msgid "a"\nmsgid_plural "b"\nmsgstr "c"\n': "x.po:3:1: msgstr in an entry with plural forms",
    '#~ msgid "a"\nmsgstr "b"\n': "x.po:2:1: the entry is obsolete (#~) in one line and not in another",
    'msgid "a"\n# in\nmsgstr "b"\n': "x.po:2:1: a comment is inside an entry",
    'msgid ""\nmsgstr "Plural-Forms: nplurals=100000000; plural=n;\\n"\n\n'
    'msgid "a"\nmsgid_plural "b"\nmsgstr[0] "c"\n': "x.po:1:1: Plural-Forms: nplurals has to be from 1 to 10",
    'msgid ""\nmsgstr "Plural-Forms: nplurals=2; plural=__import__(1);\\n"\n\n'
    'msgid "a"\nmsgid_plural "b"\nmsgstr[0] "c"\n': "x.po:1:1: Plural-Forms: '__import__' is not allowed",
    'msgid "a"\nmsgstr "b"\n\n#~ msgid "a"\n#~ msgstr "c"\n': "x.po:4:1: duplicate message, first at line 1",
}


@pytest.mark.parametrize("text", BROKEN, ids=range(len(BROKEN)))
def test_damaged_files_are_refused_where_they_are_damaged(text):
    with pytest.raises(DragomanError) as error:
        po.parse(text.encode(), "x.po")
    assert str(error.value).startswith(BROKEN[text]), str(error.value)
    assert error.value.how_to_fix


@pytest.mark.parametrize(
    ("data", "says"),
    [
        ('msgid "a"\nmsgstr "ж"\n'.encode("cp1251"), "x.po:2:9: byte 0xE6 is not UTF-8"),
        (
            b'msgid ""\nmsgstr "Content-Type: text/plain; charset=XY-9\\n"\n',
            "x.po:2:35: the charset 'XY-9' is unknown",
        ),
    ],
)
def test_what_is_no_text_of_its_charset_is_refused(data, says):
    with pytest.raises(DragomanError, match="msgconv") as error:
        po.parse(data, "x.po")
    assert str(error.value).startswith(says)


@pytest.mark.parametrize(
    ("charset", "word"),
    [("CP1251", "жизнь"), ("KOI8-R", "речь"), ("EUC-KR", "말"), ("ISO-8859-8", "שלום")],
)
def test_the_charset_of_the_header_is_kept(charset, word):
    head = f'msgid ""\nmsgstr "Content-Type: text/plain; charset={charset}\\n"\n\n'
    data = f'{head}msgid "a"\nmsgstr "{word}"\n'.encode(charset)
    file = po.parse(data, "x.po")
    assert file.entries[1].msgstr == word
    assert file.write() == data
    file.entries[1] = file.entries[1].replaced(msgstr=word * 2)
    assert file.write() == data.replace(word.encode(charset), (word * 2).encode(charset))
    file.entries[1] = file.entries[1].replaced(msgstr="\N{SNOWMAN}")
    with pytest.raises(DragomanError, match="x.po:5: '☃' cannot be written in .*msgconv"):
        file.write()


def test_several_faults_are_told_in_one_pass():
    text = 'msgid "a\nmsgstr ""\n\nmsgid "ok"\nmsgstr ""\n\nfoo\n\nmsgid "b"\nmsgstr "\\q"\n'
    with pytest.raises(DragomanError) as error:
        po.parse(text.encode(), "x.po")
    said = [line.split(";")[0] for line in str(error.value).split("\n")]
    assert said == [
        "x.po:1:7: unterminated string",
        "x.po:7:1: 'foo' is not a keyword",
        "x.po:10:8: unknown escape \\q",
    ]


def test_mixed_line_ends_are_kept():
    data = b'msgid "a"\r\nmsgstr "b"\n\nmsgid "c"\nmsgstr "d"\r\n#\r\n'
    file = po.parse(data)
    assert [entry.msgstr for entry in file.entries] == ["b", "d"]
    assert file.write() == data
    file.entries[1] = file.entries[1].replaced(msgstr="e")
    assert file.write() == data.replace(b'msgstr "d"\r\n', b'msgstr "e"\n')


def test_forms_gnu_accepts():
    text = (
        '# head\n\n#, fuzzy\nmsgid "" "a"\n\t"b"\nmsgstr"c"\n'
        'msgctxt ""\nmsgid "ab"\nmsgstr ""\n'
        '#, fuzzy\n#| msgctxt "old"\n#| msgid ""\n#| "for"\n#| "mer"\nmsgid "n"\nmsgid_plural "ns"\nmsgstr[0] "1"\nmsgstr[1] "2"\n\n\n'
        '#~| msgid "older"\n#~ msgid "gone"\n#~ msgstr ""\n#~ "away"\n# last words\n'
    )
    file = po.parse(text.encode())
    assert file.write() == text.encode()
    first, context, plural, gone = file.entries
    assert (first.msgid, first.msgstr, first.fuzzy, first.line) == ("ab", "c", True, 4)
    assert (context.key, context.msgstr) == (("", "ab"), "")
    assert plural.plural == ("ns", ("1", "2"))
    assert plural.previous == ("old", "former")
    assert (gone.obsolete, gone.msgstr, gone.previous) == (True, "away", (None, "older"))
    assert file.trailer == "# last words\n"


@needs_gettext
def test_headers_are_right(tmp_path):
    """msgfmt has nothing to say about a new catalog, and everyone agrees on its plural forms."""
    for locale in LOCALES:
        head = template.header("texts", locale)
        path = tmp_path / f"{locale}.po"
        path.write_bytes(po.PoFile([head, po.Entry("a", "b")]).write())
        done = subprocess.run(
            ["msgfmt", "--check", "-o", "-", str(path)], capture_output=True, check=True
        )
        assert done.stderr == b""
        assert gettext.GNUTranslations(io.BytesIO(done.stdout)).gettext("a") == "b"


def test_mo_files_hold_what_is_translated():
    entries = [
        template.header("texts", "he"),
        po.Entry("a", "א"),
        po.Entry("b", "ב", "ctx"),
        po.Entry("draft", "ג", comments="#, fuzzy\n"),
        po.Entry("none"),
        po.Entry("gone", "ד", obsolete=True),
    ]
    found = gettext.GNUTranslations(io.BytesIO(po.compile_mo(po.PoFile(entries))))
    assert found.gettext("a") == "א"
    assert found.pgettext("ctx", "b") == "ב"
    assert [found.gettext(x) for x in ("draft", "none", "gone")] == ["draft", "none", "gone"]


def test_frozen_facts_agree_with_cldr():
    for locale in ("en", *LOCALES):
        assert locales.direction(locale) == Locale.parse(locale).text_direction


# --- updating ---

SENTENCES = [
    "The town lies in a valley between two rivers.",
    "Nobody remembers who built the first bridge.",
    "In spring the water rises and covers the lower road.",
    "A ferry carries people across until the summer.",
    "The school stands on the hill above the market.",
    "Every morning a bell calls the children.",
    "Old photographs show a railway that is gone.",
    "The station is now a library with two rooms.",
]


def _messages(sentences):
    keys = dict.fromkeys(sentences)
    return [
        TemplateMessage((None, s), automatic_comments(["paragraph"], [f"a.txt:{i}"]))
        for i, s in enumerate(keys, 1)
    ]


def _translated(sentences):
    file = po.PoFile([template.header("texts", "ru")])
    updating.update(file, _messages(sentences))
    file.entries = [
        e if not e.msgid else po.Entry(e.msgid, f"«{e.msgid}»", None, "# by hand\n" + e.comments)
        for e in file.entries
    ]
    return po.parse(file.write())


EDITS = st.lists(
    st.one_of(
        st.sampled_from(SENTENCES),
        st.sampled_from([s.replace("the", "that").replace("two", "three") for s in SENTENCES]),
        st.sampled_from(["A new sentence about snow.", "Another one, on bread."]),
    ),
    max_size=10,
)


@given(st.lists(EDITS, min_size=1, max_size=4))
def test_merging_settles_and_is_kind(versions):
    """Merging twice is merging once; no target is lost while its source stays, moves or comes back."""
    file = _translated(SENTENCES)
    for sentences in versions:
        updating.update(file, _messages(sentences))
        once = file.write()
        file = po.parse(once)
        updating.update(file, _messages(sentences))
        assert file.write() == once
        live = {e.msgid: e for e in file.messages()}
        assert list(live) == list(dict.fromkeys(sentences))
        for sentence in set(sentences) & set(SENTENCES):
            assert live[sentence].msgstr == f"«{sentence}»"
            assert not live[sentence].fuzzy
            assert live[sentence].comments.startswith("# by hand\n")
        everything = " ".join(e.msgstr for e in file.entries)
        assert all(f"«{s}»" in everything for s in SENTENCES)
    updating.update(file, _messages(SENTENCES))
    assert [e.msgstr for e in file.messages()] == [f"«{s}»" for s in SENTENCES]


def test_a_changed_sentence_finds_its_former_one():
    changed = [*SENTENCES]
    changed[2] = "In spring the brown water rises and covers the whole lower road."
    changed.insert(5, "A new sentence about snow.")
    file = _translated(SENTENCES)
    updating.update(file, _messages(changed))
    live = {e.msgid: e for e in file.messages()}
    draft = live[changed[2]]
    assert draft.fuzzy
    assert draft.msgstr == f"«{SENTENCES[2]}»"
    assert draft.previous == (None, SENTENCES[2])
    assert draft.comments.startswith("# by hand\n")
    assert live["A new sentence about snow."].msgstr == ""
    assert sum(e.fuzzy for e in live.values()) == 1


def test_drafts_stay_in():
    file = po.PoFile(
        [po.Entry("a", "א", comments="#, fuzzy\n"), po.Entry("b", "ב\u202e"), po.Entry("c", " ")]
    )
    found = Catalog("he", file)
    assert found.target((None, "a")) is None
    assert found.target((None, "a"), drafts=True) == "א"
    assert [found.state((None, x)) for x in "abcd"] == [
        State.DRAFT,
        State.DRAFT,
        State.INITIAL,
        State.INITIAL,
    ]


@needs_gettext
@given(
    st.lists(
        st.tuples(st.one_of(st.none(), WORDS), WORDS, WORDS), max_size=6, unique_by=lambda x: x[:2]
    )
)
def test_mo_files_are_read_by_gettext_itself(messages):
    """msgunfmt and polib read back every message, and the same ones."""
    entries = [template.header("texts", "ru"), *(po.Entry(i, s, c) for c, i, s in messages)]
    data = po.compile_mo(po.PoFile(entries))
    done = subprocess.run(["msgunfmt", "-"], input=data, capture_output=True, check=True)
    found = {e.key: e.msgstr for e in po.parse(done.stdout).messages()}
    assert found == {(c, i): s for c, i, s in messages}
    assert {(e.msgctxt, e.msgid): e.msgstr for e in polib.mofile(data)} == found


@given(files())
def test_the_bridge_to_polib_gives_back_the_same_bytes(data):
    from dragoman.po.bridge import to_polib, write_back

    file = po.parse(data)
    write_back(file, to_polib(file))
    assert file.write() == data


def test_what_a_script_changes_through_polib_comes_back():
    from dragoman.po.bridge import to_polib, write_back

    text = (
        '# by hand\n#, fuzzy, x\n#| msgid "old"\nmsgid "a"\nmsgstr "b"\n\n\nmsgid "c"\nmsgstr  ""\n'
    )
    file = po.parse(text.encode())
    items = to_polib(file)
    items[0].msgstr = "B"
    items[0].flags.remove("fuzzy")
    write_back(file, items)
    assert (
        file.write().decode()
        == '# by hand\n#, x\nmsgid "a"\nmsgstr "B"\n\n\nmsgid "c"\nmsgstr  ""\n'
    )
