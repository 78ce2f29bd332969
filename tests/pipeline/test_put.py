"""Two writers at one message: who comes later and read the same sees the other's text."""

from __future__ import annotations

import json
import threading

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman import po
from dragoman.errors import DragomanError
from dragoman.pipeline.catalogs.put import Conflict, Gone, Saved, base_of, get_at, put, put_at
from dragoman.po import Entry
from dragoman.project import Files, find

HE = "locales/he/LC_MESSAGES/day.po"
FIRST, SECOND = "A day.", "Nobody slept."
KEY = (None, FIRST)


@pytest.fixture
def here(project):
    project.update()
    return find(str(project.root))


@pytest.fixture
def path(project):
    return str(project.root / HE)


def entries(project):
    return {e.msgid: e for e in po.parse((project.root / HE).read_bytes()).messages()}


def test_who_read_the_same_and_comes_later_gets_the_other_text(project, here, path):
    read = get_at(here, path, KEY).base
    text = here.texts()[0]
    mine = put(here, text, "he", KEY, read, "יום.", by="A. Translator")
    assert mine == Saved(get_at(here, path, KEY), changed=True)
    theirs = put(here, text, "he", KEY, read, "היום.")
    assert theirs == Conflict(mine.now)
    assert theirs.theirs.by == "A. Translator"
    assert entries(project)[FIRST].msgstr == "יום."
    chosen = put(here, text, "he", KEY, theirs.theirs.base, "היום.", draft=True)
    assert isinstance(chosen, Saved)
    assert (entries(project)[FIRST].msgstr, entries(project)[FIRST].fuzzy) == ("היום.", True)


def test_who_says_the_same_is_not_in_conflict(here, path):
    read = get_at(here, path, KEY).base
    first = put_at(here, path, KEY, read, "יום.")
    assert put_at(here, path, KEY, read, "יום.") == Saved(first.now, changed=False)


def test_a_remark_from_elsewhere_is_no_conflict(project, here, path):
    read = get_at(here, path, KEY).base
    remarked = project.read(HE).replace('msgid "A day."', '# Short, please.\nmsgid "A day."')
    project.write(HE, remarked)
    assert isinstance(put_at(here, path, KEY, read, "יום."), Saved)
    assert "# Short, please.\n" in entries(project)[FIRST].comments


def test_a_message_that_went_away_is_gone(project, here, path):
    read = get_at(here, path, KEY).base
    project.write("source_texts/day.txt", "Another day.\nIt began early.\n")
    project.update()
    before = project.snapshot()
    assert put_at(here, path, KEY, read, "יום.") == Gone(KEY)
    assert put(here, here.texts()[0], "he", (None, ""), None, "x") == Gone((None, ""))
    assert put_at(here, path.replace("/he/", "/az/x"), KEY, None, "x") == Gone(KEY)
    assert project.snapshot() == before


def test_forms_of_a_plural_are_refused(project, here, path):
    project.write(
        HE, project.read(HE) + '\nmsgid "1"\nmsgid_plural "n"\nmsgstr[0] ""\nmsgstr[1] ""\n'
    )
    with pytest.raises(DragomanError, match="plural forms"):
        put_at(here, path, (None, "1"), None, "x")


def _meanwhile(monkeypatch, act):
    """Something happens after the catalog was read under the lock, and before it is written."""
    real = Files.write

    def write(writer, out, merge=None):
        monkeypatch.setattr(Files, "write", real)
        act()
        return real(writer, out, merge)

    monkeypatch.setattr(Files, "write", write)


@pytest.mark.parametrize("named", [True, False])
def test_an_editor_saves_in_between(project, here, path, monkeypatch, named):
    said = {FIRST: "שלהם.", SECOND: "גם."}
    read = get_at(here, path, KEY).base if named else None
    _meanwhile(monkeypatch, lambda: project.translate("he", "day", lambda s: said.get(s, "")))
    outcome = put_at(here, path, KEY, read, "שלנו.")
    assert isinstance(outcome, Conflict)
    assert outcome.theirs.target == "שלהם."
    assert {s: entries(project)[s].msgstr for s in said} == said


def test_an_editor_saves_another_message_in_between(project, here, path, monkeypatch):
    _meanwhile(
        monkeypatch,
        lambda: project.translate("he", "day", lambda s: "גם." if s == SECOND else ""),
    )
    assert isinstance(put_at(here, path, KEY, None, "שלנו."), Saved)
    assert [entries(project)[s].msgstr for s in (FIRST, SECOND)] == ["שלנו.", "גם."]


def test_of_many_threads_with_one_base_one_wins(project, here, path):
    """In one process with one project, as a server is; each of the others sees a text put before."""
    read = get_at(here, path, KEY).base
    outcomes: list[object] = []
    threads = [
        threading.Thread(
            target=lambda n=n: outcomes.append(put_at(here, path, KEY, read, f"נוסח {n}"))
        )
        for n in range(8)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    saved = [one for one in outcomes if isinstance(one, Saved)]
    assert len(saved) == 1
    assert {one.theirs for one in outcomes if isinstance(one, Conflict)} == {saved[0].now}
    assert len(outcomes) == 8
    assert entries(project)[FIRST].msgstr == saved[0].now.target


_STRINGS = st.text(
    st.characters(exclude_categories=["Cs"]) | st.sampled_from('\x04\0",'), max_size=4
)
_ENTRIES = st.tuples(_STRINGS, _STRINGS, st.none() | _STRINGS, st.booleans())


@given(_ENTRIES, _ENTRIES)
def test_the_base_is_of_what_is_read(one, other):
    bases = []
    for msgid, msgstr, context, fuzzy in (one, other):
        bases.append(base_of(Entry(msgid, msgstr, context, "#, fuzzy\n" if fuzzy else "")))
    assert (bases[0] == bases[1]) == (one == other)


def test_by_the_command_line(project):
    project.update()
    project.fine("po", "set", HE, FIRST, "יום.")
    shown = project.fine("po", "get", HE, FIRST).out
    known = json.loads(project.fine("po", "get", HE, FIRST, "--format", "json").out)
    assert shown == f"base: {known['base']}\nstate: translated\ntarget: יום.\n"
    project.fine("po", "set", HE, FIRST, "היום.", "--base", known["base"], "--by", "Two", "--fuzzy")
    run = project.run("po", "set", HE, FIRST, "אתמול.", "--base", known["base"])
    now = json.loads(project.fine("po", "get", HE, FIRST, "--format", "json").out)
    assert run.code == 1
    assert run.err == (
        f"error: {HE}: conflict: “{FIRST}” has another translation since it was read: draft “היום.” "
        f"by Two; nothing was written; choose, then set it with --base {now['base']}\n"
    )
    assert (now["target"], now["draft"], now["by"]) == ("היום.", True, "Two")
    for verb in (("get",), ("set", "x")):
        run = project.run("po", verb[0], HE, "No such.", *verb[1:])
        assert (run.code, "there is no message “No such.”" in run.err) == (2, True)
    run = project.run("po", "get", HE + "x", FIRST)
    assert (run.code, "there is no such file" in run.err) == (2, True)
