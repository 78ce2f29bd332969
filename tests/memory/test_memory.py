"""Memories: what is found, what TMX keeps, what comes into catalogs, and what is refused."""

from __future__ import annotations

import itertools
import json
import os
import random
import signal
import sqlite3
import subprocess
import sys
import time
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rapidfuzz import fuzz, process

import memory as bench
from dragoman import po
from dragoman.errors import DragomanError
from dragoman.memory import MemoryQuery, MemoryUnit, Penalties, Searcher, Variant, language
from dragoman.memory import tmx as tmx_files
from dragoman.memory.memory_units import place
from dragoman.memory.search_words import groups, terms, words
from dragoman.stores import opened, sqlite

HE = "locales/he/LC_MESSAGES/day.po"


def filled(units, path=":memory:"):
    store = opened(str(path), make=True)
    with store.importing() as importing:
        importing.add(list(units))
    return store


def pair(source, target, **more):
    return MemoryUnit((Variant("en", source), Variant("he", target)), "old", "en", **more)


def matches(store, text, least=70, **more):
    asked = MemoryQuery(
        text, **{k: more.pop(k) for k in ("before", "after", "context") if k in more}
    )
    return Searcher("m", store, **more).matches(asked, "en", ["he"], least)["he"]


# --- finding --------------------------------------------------------------------------------


def test_the_best_match_is_that_of_brute_force():
    writer = bench.Writer(7)
    said = bench.sentences(3000, writer)
    asked = bench.queries(said, 150, writer)
    searcher = Searcher("m", filled(bench.units(said)))
    exact = [bench.brute(one, said) for one in asked]
    found = [bench.by_memory(one, searcher) for one in asked]
    assert sum(one is not None for one in exact) > 100
    lost = [(a, b) for a, b in zip(exact, found, strict=True) if a and (not b or a[1] != b[1])]
    assert len(lost) <= 1, lost


SHORT = st.text("abcdə שл1.,'", min_size=1, max_size=25).filter(str.strip)


@given(st.lists(SHORT, min_size=1, max_size=20), st.data())
def test_what_was_brought_in_is_found_as_it_is(texts, data):
    store = filled(pair(text, "x") for text in texts)
    text = data.draw(st.sampled_from(texts))
    found = matches(store, text)
    assert found[0].source == text
    assert found[0].score == 100
    for match in found[1:]:
        assert match.score == min(99, int(fuzz.ratio(text, match.source) + 1e-9))
    best = process.extract(text, texts, scorer=fuzz.ratio, score_cutoff=100)
    assert len(best) >= 1


def test_the_same_neighbours_stand_above_a_hundred():
    unit = pair("Yes.", "כן.", place=place("Did he come?", "We saw him."))
    store = filled([unit, pair("Yes.", "אכן.", place=place("Other.", ""))])
    found = matches(store, "Yes.", before="Did he come?", after="We saw him.")
    assert [(m.score, m.target) for m in found] == [(101, "כן."), (100, "אכן.")]
    assert [m.score for m in matches(store, "Yes.", before="", after="")] == [100, 100]


def test_a_context_match_is_found_among_many_equal_texts():
    many = [pair("Yes.", f"{n}", place=place("A.", f"{n}.")) for n in range(500)]
    store = filled(many)
    assert [(m.score, m.target) for m in matches(store, "Yes.", before="A.", after="497.")][:2] == [
        (101, "497"),
        (100, "0"),
    ]


def test_what_a_match_loses():
    units = [
        pair("Open the door.", "פתח את הדלת.", context="a"),
        MemoryUnit((Variant("en", "Close it now."), Variant("he", "סגור.", state="draft")), "x"),
        MemoryUnit((Variant("en", "Leave it here."), Variant("he", "השאר.", bare=True)), "x"),
    ]
    store = filled(units)
    assert [m.score for m in matches(store, "Open the door.", context="b")] == [99]
    assert [m.score for m in matches(store, "Open the door.", context="a")] == [100]
    assert [m.score for m in matches(store, "Close it now.")] == [90]
    assert [m.score for m in matches(store, "Leave it here.")] == [99]
    penalties = Penalties(3, {"o*": 10})
    assert [m.score for m in matches(store, "Open the door.", penalties=penalties)] == [87]
    assert matches(store, "Open the door.", least=90, penalties=penalties) == []


def test_a_draft_does_not_hide_a_better_match():
    drafts = [
        MemoryUnit(
            (Variant("en", "He came home early."), Variant("he", f"{n}", state="draft")), "x"
        )
        for n in range(60)
    ]
    store = filled([*drafts, pair("He came home early!", "הוא בא.")])
    assert matches(store, "He came home early.")[0].target == "הוא בא."


def test_languages_are_apart():
    store = filled(
        [
            MemoryUnit((Variant("en-GB", "One thing."), Variant("iw", "דבר.")), "x"),
            MemoryUnit((Variant("de", "One thing."), Variant("he", "לא.")), "x"),
            MemoryUnit((Variant("en", "One thing."), Variant("ru", "Вещь.")), "x"),
        ]
    )
    assert [m.target for m in matches(store, "One thing.")] == ["דבר."]
    assert language("az-Cyrl") != language("az")


def test_words():
    assert words("İlham said: don’t—stop!") == ["i̇lham", "said", "don", "t", "stop"]
    assert words("e\u0301té") == ["été", "té"] or words("e\u0301té") == ["été"]
    assert words("日本語") == ["日", "本", "語"]
    assert words("... — !") == []
    assert terms("en", "A a b") == ["en_a", "en_b"]
    assert groups({}, 0) == []


# --- TMX ------------------------------------------------------------------------------------

RICH = """<?xml version="1.0" encoding="UTF-8"?>
<tmx version="1.4">
<header creationtool="Other" creationtoolversion="9" segtype="paragraph" o-tmf="x" adminlang="en" srclang="en-US" datatype="html" creationdate="20200101T000000Z">
<note>of the header</note><prop type="domain">history</prop><ude name="u"><map unicode="#xF8FF" code="#xF0"/></ude>
</header>
<body>
<tu tuid="a" datatype="html" usagecount="3" creationdate="20240102T030405Z" creationid="A &amp; B">
<note xml:lang="en">look &lt;here&gt;</note><prop type="x-client">north</prop>
<tuv xml:lang="en-US" changedate="20250203T000000Z"><seg>Press <bpt i="1" type="bold">&lt;b&gt;</bpt>Enter<ept i="1">&lt;/b&gt;</ept>.</seg></tuv>
<tuv xml:lang="he"><note>one</note><prop type="q">good</prop><seg>הקישו <bpt i="1" type="bold">&lt;b&gt;</bpt>Enter<ept i="1">&lt;/b&gt;</ept>.</seg></tuv>
<tuv xml:lang="he" changeid="C"><seg>לחצו על <hi type="x">Enter</hi>.</seg></tuv>
<tuv xml:lang="ru"><seg>Нажмите <ph x="1" type="image"/> Enter<it pos="begin">{\\b </it>.<ph>a<sub>note <bpt i="2">x</bpt>b<ept i="2"/></sub></ph></seg></tuv>
</tu>
<tu srclang="ru"><prop type="prev">A.</prop><prop type="next">B.</prop><prop type="x-context">menu</prop>
<tuv xml:lang="ru"><seg>2 * 3 * 4 и **важно**</seg></tuv><tuv xml:lang="en"><seg>  two  &#9;blanks </seg></tuv></tu>
</body></tmx>
"""


def canonical(document):
    root = ET.fromstring(document)
    for element in root.iter():
        if element.tag in ("tmx", "header", "body", "tu", "tuv", "ude"):
            element.text = None
        if element.tag in ("header", "note", "prop", "ude", "map", "body", "tu", "tuv", "seg"):
            element.tail = None
    header = root.find("header")
    for name in ("creationtool", "creationtoolversion"):
        del header.attrib[name]
    return [ET.canonicalize(ET.tostring(x)) for x in (header, *root.iter("tu"))]


def test_tmx_comes_out_as_it_went_in(project):
    project.write("rich.tmx", RICH)
    run = project.fine("memory", "import", "rich.tmx")
    assert run.out == (
        "rich.tmx:7: 1 segments have codes that our texts do not write; the memory keeps them\n"
    )
    project.fine("memory", "export", "--memory", "memory", "-o", "out.tmx")
    assert canonical(project.read("out.tmx")) == canonical(RICH)
    project.fine("memory", "import", "rich.tmx")  # nothing comes twice
    described = json.loads(project.fine("memory", "stats", "-m", "memory", "--format", "json").out)
    assert described["memories"][0]["units"] == 2
    assert described["memories"][0]["languages"] == {"en": 1, "en-US": 1, "he": 2, "ru": 2}
    [he] = json.loads(
        project.fine("memory", "search", "Press <b>Enter</b>.", "-l", "ru", "--format", "json").out
    ).values()
    assert [(m["score"], m["target"], m["date"]) for m in he] == [
        (99, "Нажмите Enter.", "2024-01-02")
    ]


_TEXT = st.text(st.characters(codec="utf-8", exclude_categories=["Cs", "Cc"]), max_size=30)


@given(st.lists(st.tuples(_TEXT, _TEXT, st.none() | _TEXT), max_size=5))
def test_any_text_goes_through_tmx(said):
    from dragoman.memory.tmx import kept

    units = [
        MemoryUnit((Variant("en", a), Variant("az", b, extra=kept({"x": a}, []))), "f.tmx", "en")
        for a, b, _ in said
    ]
    document = "".join(tmx_files.written(units, (), "en"))
    again = list(tmx_files.Reader("f.tmx").units([document.encode()]))
    legal = [
        [v.text.translate({0xFFFE: 0xFFFD, 0xFFFF: 0xFFFD}) for v in u.variants] for u in units
    ]
    assert [[v.text for v in u.variants] for u in again] == legal
    assert "".join(tmx_files.written(again, (), "en")) == document


def test_our_own_editions_come_back(project):
    project.fine("update")
    project.translate("he", "day", lambda source: f"ש {source}")
    project.fine("export", "-f", "tmx", "--output", "day.tmx")
    project.fine("memory", "import", "day.tmx")
    found = project.fine("memory", "search", "Nobody slept.", "-m", "memory", "-l", "he").out
    assert found == "100 % he  memory, day.tmx\n  Nobody slept.\n  ש Nobody slept.\n"


# --- what is refused ------------------------------------------------------------------------

HEAD = '<tmx version="1.4"><header srclang="en"/><body>'
PLAIN = '<!DOCTYPE tmx SYSTEM "tmx14.dtd">'
TU = '<tu><tuv xml:lang="en"><seg>A day.</seg></tuv><tuv xml:lang="he"><seg>יום.</seg></tuv></tu>'
END = "</body></tmx>"
BAD = {
    "doctype": (PLAIN + HEAD + TU + END, ":1:33: not a TMX file: a DOCTYPE is not allowed; remove that line, or import the file with --skip-doctype"),
    "entity": ('<!DOCTYPE tmx [<!ENTITY a SYSTEM "file:///etc/hostname">]>' + HEAD + "<tu>&a;</tu>" + END, ":1:15: not a TMX file: a DOCTYPE is not allowed; remove that line, or import the file with --skip-doctype"),
    "broken": (HEAD + TU * 3000 + "<tu>", ":1:273052: not a TMX file: no element found; export it again"),
    "mismatched": (HEAD + TU + "<tu><tuv></tu>" + END, ":1:150: not a TMX file: mismatched tag; export it again"),
    "no language": (HEAD + TU + "\n<tu><tuv><seg>x</seg></tuv></tu>" + END, ":2: a <tuv> without xml:lang; name its language"),
    "other root": ("<srx/>", ":1:7: not a TMX file: its root is 'srx'; export it again"),
    "empty": ("", ":1:1: not a TMX file: no element found; export it again"),
    "languages": (HEAD + TU.replace('"he"', '"fr"') + END, ": has en, fr; this project translates en, az, he, ru, and needs its source and another; check the xml:lang of its variants"),
}  # fmt: skip


@pytest.mark.parametrize("name", BAD)
def test_bad_tmx_changes_nothing(project, name):
    content, sentence = BAD[name]
    project.write("bad.tmx", content)
    before = project.snapshot()
    run = project.run("memory", "import", "bad.tmx")
    assert (run.code, run.out, run.err) == (2, "", f"error: bad.tmx{sentence}\n")
    assert project.snapshot() == before
    project.write("good.tmx", HEAD + TU + END)
    project.fine("memory", "import", "good.tmx")
    assert project.run("memory", "import", "bad.tmx").err == run.err
    described = project.fine("memory", "stats", "-m", "memory").out
    assert described.startswith("memory: 1 units")


def test_a_doctype_may_be_skipped_where_it_declares_nothing(project):
    project.write("a.tmx", PLAIN + HEAD + TU + END)
    project.fine("memory", "import", "--skip-doctype", "a.tmx")
    project.write("b.tmx", '<!DOCTYPE tmx [<!ENTITY a "b">]>' + HEAD + TU + END)
    assert (
        "a DOCTYPE is not allowed" in project.run("memory", "import", "--skip-doctype", "b.tmx").err
    )
    project.write("c.tmx", PLAIN + HEAD + TU.replace("day", "&day;") + END)
    assert "'day' is unknown" in project.run("memory", "import", "--skip-doctype", "c.tmx").err


ENDLESS = {
    "a segment": f'{HEAD}<tu><tuv xml:lang="en"><seg>',
    "an attribute": f'{HEAD}<tu x="',
    "a comment": f"{HEAD}<!--",
}


@pytest.mark.parametrize("what", ENDLESS)
def test_two_gigabytes_of_one_thing_are_refused_early(what):
    taken = []

    def pieces():
        yield ENDLESS[what].encode()
        for number in range(2048):
            taken.append(number)
            yield b"a" * (1 << 20)

    with pytest.raises(DragomanError, match="not a TMX file: (more than 16 MB|a tag or a comment)"):
        list(tmx_files.Reader("a.tmx").units(pieces()))
    assert len(taken) < 20


def test_databases_that_cannot_be_used(project):
    project.write("a.tmx", HEAD + TU + END)
    project.write("x.sqlite", b"no database at all, but long enough to be looked at" * 100)
    run = project.run("memory", "import", "a.tmx", "--memory", "x.sqlite")
    assert (run.code, run.err) == (2, "error: x.sqlite: not a memory; name another file\n")
    with sqlite3.connect(project.root / "other.sqlite") as other:
        other.execute("CREATE TABLE a (b)")
    other.close()
    run = project.run("memory", "import", "a.tmx", "--memory", "other.sqlite")
    assert run.err == "error: other.sqlite: a database, but not a memory; name another file\n"
    project.fine("memory", "import", "a.tmx")
    with sqlite3.connect(project.root / "locales/memory.sqlite") as mine:
        mine.execute("PRAGMA user_version = 9")
    mine.close()
    run = project.run("memory", "search", "A day.")
    sentence = "a memory of version 9; this dragoman knows versions up to 1; use a newer dragoman"
    assert (run.code, run.err) == (2, f"error: locales/memory.sqlite: {sentence}\n")
    assert project.run("memory", "stats", "-m", "gone.sqlite").code == 2


def test_a_locked_database(tmp_path, monkeypatch):
    path = tmp_path / "m.sqlite"
    filled([pair("A.", "B.")], path).close()
    monkeypatch.setattr(sqlite, "SECONDS", 0.05)
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    with pytest.raises(DragomanError, match="another program is using the memory; wait until"):
        filled([pair("C.", "D.")], path)
    other.execute("ROLLBACK")
    other.close()
    store = filled([pair("C.", "D.")], path)
    assert store.statistics().units == 2
    store.close()


def test_an_import_that_is_killed_leaves_the_memory_as_it_was(project):
    project.write("a.tmx", HEAD + TU + END)
    project.fine("memory", "import", "a.tmx")
    many = (TU.replace("A day.", f"A day {n} of {n * 7919 % 1000}.") for n in range(40_000))
    project.write("many.tmx", HEAD + "".join(many) + END)
    command = [sys.executable, "-m", "dragoman", "memory", "import", "many.tmx"]
    running = subprocess.Popen(command, cwd=project.root)
    journal = project.root / "locales/memory.sqlite-journal"
    until = time.monotonic() + 60
    while not journal.exists() and running.poll() is None and time.monotonic() < until:
        time.sleep(0.01)
    time.sleep(random.random() / 2)
    running.send_signal(signal.SIGKILL)
    running.wait()
    assert project.fine("memory", "stats", "-m", "memory").out.startswith(
        ("memory: 1 units", "memory: 40001 units")
    )
    assert "100 % he" in project.fine("memory", "search", "A day.", "-m", "memory").out


# --- into catalogs --------------------------------------------------------------------------


def archive(*pairs, extra=""):
    units = "".join(
        f'<tu>{extra}<tuv xml:lang="en"><seg>{a}</seg></tuv><tuv xml:lang="he"><seg>{b}</seg></tuv></tu>'
        for a, b in pairs
    )
    return HEAD + units + END


def test_matches_come_as_drafts_that_say_whence(project):
    project.write("archive.tmx", archive(("It began very early.", "זה התחיל מוקדם מאוד.")))
    project.fine("memory", "import", "archive.tmx")
    project.fine("update")
    path = project.root / HE
    place = '#. paragraph\n#: source_texts/day.txt:2\nmsgid "It'
    path.write_text(path.read_text("utf-8").replace(place, f"# Mine.\n{place}"), "utf-8")
    run = project.fine("pretranslate", "-l", "he")
    assert run.out == "he: 0 translated, 1 drafts\n3 left without a match\n"
    entry = next(e for e in po.parse(path.read_bytes()).messages() if e.msgstr)
    assert entry.raw == (
        "# Mine.\n"
        "# dragoman: source=5836d5d41b; origin=memory 85 %, memory: archive.tmx\n"
        "#. paragraph\n#. Changed (rewrite)\n#: source_texts/day.txt:2\n#, fuzzy\n"
        '#| msgid "It began very early."\n'
        'msgid "It began early."\n'
        'msgstr "זה התחיל מוקדם מאוד."\n'
    )
    before = project.snapshot()
    project.fine("update")
    assert project.fine("pretranslate", "-l", "he").out == "3 left without a match\n"
    assert project.snapshot() == before


def test_the_catalogs_are_a_memory_by_themselves(project):
    project.fine("update")
    project.translate("he", "day", lambda source: f"ש {source}")
    project.write(
        "source_texts/night.txt", "It began early. Nobody slept well.\nThen Mr. Aliyev came.\n"
    )
    project.fine("update")
    run = project.fine("pretranslate", "-l", "he", "--dry-run")
    assert run.out == (
        "night [he]: memory 100 %, day, draft: “It began early.”\n"
        "night [he]: memory 83 %, day, draft: “Nobody slept well.”\n"
        "night [he]: memory 100 %, day, draft: “Then Mr. Aliyev came.”\n"
        "he: 0 translated, 3 drafts\n0 left without a match\n"
    )
    assert not any(
        e.msgstr
        for e in po.parse((project.root / HE.replace("day", "night")).read_bytes()).messages()
    )


def test_only_a_trusted_exact_match_in_the_same_context_is_done(project):
    project.fine("update")
    project.translate("he", "day", lambda source: f"ש {source}")
    project.write("source_texts/copy.txt", project.read("source_texts/day.txt") + "One more.\n")
    project.fine("update")
    run = project.fine("pretranslate", "-l", "he", "--dry-run")
    assert "he: 0 translated, 4 drafts\n" in run.out
    run = project.fine("pretranslate", "-l", "he", "--accept-context")
    assert run.out == "he: 3 translated, 1 drafts\n1 left without a match\n"
    said = {
        e.msgid: e
        for e in po.parse((project.root / HE.replace("day", "copy")).read_bytes()).messages()
    }
    assert not said["Nobody slept."].fuzzy
    assert "origin=memory 101 %, day" in said["Nobody slept."].comments
    assert said["Then Mr. Aliyev came."].fuzzy  # something else follows it


HOSTILE = '<prop type="prev">A day.</prop><prop type="next">Nobody slept.</prop>'


def test_a_hostile_memory_translates_nothing(project):
    """It claims the right neighbours; only what the settings trust is believed."""
    project.write(
        "evil.tmx", archive(("It began early.", "\u202eרע <script>x()</script>"), extra=HOSTILE)
    )
    settings = project.read("dragoman.toml")
    memory = '\n[[memory]]\nname = "evil"\npath = "evil.tmx"\n'
    project.write("dragoman.toml", f"accept_context = true\n{settings}{memory}")
    project.fine("update")
    assert project.fine("pretranslate").out.startswith("he: 0 translated, 1 drafts\n")
    status = json.loads(project.fine("status", "--format", "json").out)["texts"]
    assert sum(one["translated"] for one in status) == 0
    project.write("dragoman.toml", f"accept_context = true\n{settings}{memory}trusted = true\n")
    os.remove(project.root / HE)
    project.fine("update")
    assert project.fine("pretranslate").out.startswith("he: 0 translated, 1 drafts\n")


def test_what_the_settings_say_of_a_memory(project):
    project.write("old.tmx", archive(("It began early.", "התחיל מוקדם."), extra=HOSTILE))
    settings = project.read("dragoman.toml")
    memory = '\n[[memory]]\nname = "old"\npath = "old.tmx"\n'
    project.write("dragoman.toml", f"{settings}{memory}trusted = true\n")
    project.fine("update")
    run = project.fine("pretranslate", "--dry-run", "--accept-context")
    assert "day [he]: memory 101 %, old: old.tmx, translated: “It began early.”" in run.out
    project.write(
        "dragoman.toml",
        f'{settings}{memory}trusted = true\npenalty = 2\npenalties = {{ "old.*" = 3 }}\n',
    )
    run = project.fine("pretranslate", "--dry-run", "--accept-context")
    assert "day [he]: memory 95 %, old: old.tmx, draft: “It began early.”" in run.out
    assert "0 translated" in run.out


def test_wrong_settings_of_memories(project):
    settings = project.read("dragoman.toml")
    project.write(
        "dragoman.toml",
        settings
        + '[[memory]]\nname = "catalogs"\npath = "../x.tmx"\n'
        + '[[memory]]\nname = "team"\nserver = "postgresql://me:secret@localhost/m"\n'
        + '[[memory]]\nname = "a"\npath = "a.docx"\npenalty = 200\ntrust = true\n'
        + '[[memory]]\nname = "b"\n',
    )
    run = project.run("analyze")
    assert run.code == 2
    assert [line.split(":")[2] for line in run.err.splitlines()] == [
        "4",
        "5",
        "8",
        "11",
        "12",
        "13",
        "14",
    ]
    assert "a password, which stays out of files" in run.err
    assert "unknown key 'trust'; did you mean 'trusted'?" in run.err
    assert run.err.endswith("the memory 'b' has no 'path' or 'server', or both; give it one\n")


def test_a_server_is_asked_only_where_it_is_named(project):
    settings = project.read("dragoman.toml")
    server = '\n[[memory]]\nname = "team"\nserver = "postgresql://me@127.0.0.1:1/m"\n'
    project.write("dragoman.toml", settings + server)
    project.fine("update")
    project.fine("pretranslate")
    project.fine("analyze")
    project.fine("memory", "search", "A day.")
    run = project.run("pretranslate", "-m", "catalogs", "-m", "team")
    assert run.code == 2
    assert run.err.startswith("error: team: the server cannot be reached: ")
    assert run.err.count("\n") == 1
    run = project.run("memory", "search", "A day.", "-m", "postgresql://me:secret@127.0.0.1:1/m")
    assert (run.code, "secret" in run.err) == (2, False)
    assert "~/.pgpass" in run.err


# --- counting and cleaning ------------------------------------------------------------------


def test_the_word_count(project):
    project.fine("update")
    project.translate("he", "day", lambda source: "" if source == "A day." else f"ש {source}")
    project.write(
        "source_texts/night.txt",
        "It began early. Nobody slept. All was new here. All was new here.\nNobody slept here.\n",
    )
    project.write("source_texts/other.txt", "All was new here. It ended so very early.\nA day.\n")
    project.fine("update")
    found = json.loads(project.fine("analyze", "-l", "he", "--format", "json").out)["texts"]
    told = {
        one["text"]: {k: v["units"] for k, v in one.items() if isinstance(v, dict) and v["units"]}
        for one in found
    }
    assert told == {
        "day": {"total": 4, "translated": 3, "new": 1, "no match": 1},
        "night": {"total": 5, "new": 5, "repetitions": 1, "100": 2, "75–84": 1, "no match": 1},
        "other": {"total": 3, "new": 3, "repetitions": 2, "no match": 1},
    }
    for one in found:
        for what in ("units", "words", "characters"):
            parts = [
                v[what] for k, v in one.items() if isinstance(v, dict) and k not in ("total", "new")
            ]
            assert sum(parts) == one["total"][what]
            assert one["new"][what] == one["total"][what] - one["translated"][what]
    rows = project.fine("analyze", "-l", "he", "--format", "csv").out.splitlines()
    assert rows[0] == "text,locale,category,units,words,characters"
    assert "other,he,repetitions,2,6,23" in rows
    table = project.fine("analyze", "-l", "he", "--count", "units").out.splitlines()
    assert table[-1].split()[:5] == ["all", "he", "12", "3", "9"]


def test_cleaning(project):
    bad = archive(
        ("Nobody came home.", "איש לא בא."), ("Nobody came home.", "איש לא בא."),
        ("Untranslated text.", "Untranslated text."), ("Nothing here.", ""),
        ("A whole sentence.", "Целое предложение."), ("BBC", "בי־בי־סי"), ("1992", "1992"),
    ).replace("<tu>", '<tu creationid="a">', 1)  # fmt: skip
    project.write("bad.tmx", bad)
    project.fine("memory", "import", "bad.tmx")
    shown = project.fine("memory", "clean").out
    assert shown == (
        "duplicate [en]: “Nobody came home.”\n"
        "untranslated [he]: “Untranslated text.”\n"
        "empty [he]: “”\n"
        "script [he]: “Целое предложение.”\n"
        "1 duplicate, 1 untranslated, 1 empty, 1 script: nothing is changed; --yes removes them\n"
    )
    assert project.fine("memory", "clean").out == shown
    project.fine("memory", "clean", "--what", "empty", "--yes")
    assert project.fine("memory", "clean", "--yes").out.endswith(": removed\n")
    assert project.fine("memory", "clean").out == "nothing to clean\n"
    assert project.fine("memory", "stats", "-m", "memory").out.startswith("memory: 3 units")
    assert "100 % he" in project.fine("memory", "search", "Nobody came home.").out
    assert project.fine("memory", "search", "A whole sentence.").out == ""
    assert project.fine("memory", "search", "Nothing here.").out == ""


def test_cleaning_keeps_what_is_sound():
    store = filled(
        [MemoryUnit((Variant("en", "One two."), Variant("he", ""), Variant("ru", "Раз два.")), "x")]
    )
    from dragoman.memory.cleaning import faults

    [fault] = faults(store.units())
    store.replace({fault.unit: fault.left})
    [(_, unit)] = store.units()
    assert [v.lang for v in unit.variants] == ["en", "ru"]
    found = Searcher("m", store).matches(MemoryQuery("One two three."), "en", ["ru", "he"], 70)
    assert [m.target for m in found["ru"]] == ["Раз два."]
    assert found["he"] == []
    assert store.frequencies(["en_", "ru_", "he_", "en_two"]) == {"en_": 1, "ru_": 1, "en_two": 1}


def test_a_database_goes_into_another(project):
    project.write("a.tmx", RICH)
    project.fine("memory", "import", "a.tmx")
    project.fine("memory", "import", "locales/memory.sqlite", "--memory", "b.sqlite")
    first = project.fine("memory", "export", "--memory", "memory").out
    second = project.fine("memory", "export", "--memory", "b.sqlite").out
    assert canonical(first) == canonical(second)
    only = project.fine("memory", "export", "--memory", "b.sqlite", "-l", "he").out
    assert {
        e.get("{http://www.w3.org/XML/1998/namespace}lang") for e in ET.fromstring(only).iter("tuv")
    } == {"en-US", "he"}
    assert next(itertools.islice(ET.fromstring(only).iter("tu"), 1)).get("tuid") == "a"
