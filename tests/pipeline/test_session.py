"""A session without a web: read once, checked unit by unit, saved through a journal."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from conftest import Place
from dragoman.catalogs.joins import BEFORE
from dragoman.model import State
from dragoman.pipeline.catalogs.put import Conflict, Gone, Saved
from dragoman.pipeline.session.saving import UnitEdit, approve, save
from dragoman.pipeline.session.session import Session
from dragoman.pipeline.session.typed_journal import Typed, TypedJournal
from dragoman.project import find

SLEPT = (None, "Nobody slept.")


@pytest.fixture
def session(project):
    project.update()
    time.sleep(0.06)  # until a stamp tells this change from the next
    return Session(find(str(project.root)))


def opened(session, locale="ru", text="day"):
    return session.opened(session.text(text), locale)


def change(session, target, base=None, draft=False, key=SLEPT, locale="ru"):
    text = session.text("day")
    if base is None:
        base = next(line.base for line in opened(session, locale).lines if line.unit.key == key)
    return UnitEdit(text, locale, key, base, target, draft, "Me", "")


def test_lines_are_the_units_in_order(session):
    lines = list(opened(session).lines)
    assert [line.number for line in lines] == ["1.1", "2.1", "2.2", "3.1"]
    assert [line.unit.source for line in lines][2] == "Nobody slept."
    assert {line.state for line in lines} == {State.INITIAL}
    assert all(line.base for line in lines)


def test_files_are_read_again_when_they_change(session, project):
    first = opened(session)
    assert opened(session) is first
    project.translate("ru", "day", lambda said: f"{said} да")
    second = opened(session)
    assert [line.target for line in second.lines][2] == "Nobody slept. да"
    project.write("source_texts/day.txt", "A day.\n")
    assert len(list(opened(session).lines)) == 1
    project.write("dragoman.toml", 'name = "small"\nlocales = ["ru"]\nunit = "block"\n')
    project.write("source_texts/day.txt", "A day. A night.\n")
    assert [line.unit.source for line in opened(session).lines] == ["A day. A night."]


def test_what_is_read_again_is_what_is_read_anew(session, project):
    """Names and hashes that are taken over from the former reading are those of a new one."""
    first = opened(session)
    assert first.versions
    path = "locales/ru/LC_MESSAGES/day.po"
    for change in (
        lambda said: said.replace('msgid "A day."\nmsgstr ""', 'msgid "A day."\nmsgstr "День."'),
        lambda said: said.replace('msgid "A day."', '#, fuzzy\nmsgid "A day."').replace(
            "#, fuzzy\n#:", "#:"
        ),
        lambda said: said.replace('msgid "Nobody slept."\nmsgstr ""\n', ""),
    ):
        time.sleep(0.06)
        project.write(path, change(project.read(path)))
        again = opened(session)
        anew = opened(Session(find(str(project.root))))
        assert again.versions == anew.versions
        assert [line[:3] for line in again.lines] == [line[:3] for line in anew.lines]


def test_a_unit_is_checked_before_it_is_saved(session, project):
    now = opened(session)
    line = list(now.lines)[2]
    [found] = [p for p in session.check(now, line, "Никто не спал 17 ночей.") if p.code == "number"]
    assert found.target[slice(*found.span)] == "17"
    assert session.check(now, line, "Никто не спал.") == []
    assert project.read("locales/ru/LC_MESSAGES/day.po").count('msgstr ""') == 5


def test_a_joined_unit_is_checked_with_what_it_covers(session, project):
    project.translate("ru", "day", lambda said: BEFORE if said == SLEPT[1] else "")
    now = opened(session)
    early = list(now.lines)[1]
    assert now.covered(early.id, "Было рано, никто не спал.") == "It began early. Nobody slept."
    assert list(now.lines)[2].joined


@settings(max_examples=50)
@given(target=st.text(st.characters(exclude_categories=["Cs", "Cc", "Zl", "Zp"]), min_size=1))
def test_a_block_is_shown_as_it_will_be_read(tmp_path_factory, target):
    """What the live view shows of an unsaved text is what the reading view shows once it is saved."""
    place = Place(tmp_path_factory.getbasetemp() / "live")
    if not place.root.exists():
        place.write(".git/HEAD", "")
        place.write("dragoman.toml", 'locales = ["he"]\n')
        place.write("source_texts/day.md", "# A *day*\n\nIt began. Nobody **slept**.\n")
        place.update()
    session = Session(find(str(place.root)))
    target = target.strip() or "a"
    now = opened(session, "he")
    line = list(now.lines)[2]
    before = session.rendered(now, line.id, target)
    outcome = save(
        session.own_project(),
        TypedJournal(str(place.root), {"XDG_STATE_HOME": str(place.root / "state")}),
        UnitEdit(now.text, "he", line.unit.key, line.base, target, False, "Me"),
    )
    assert isinstance(outcome, Saved)
    after = session.reading(opened(session, "he"))[1]
    assert [row.cells for row in before.rows] == [row.cells for row in after.rows]


def test_saved_conflict_gone(session, project):
    journal = TypedJournal(str(project.root), {"XDG_STATE_HOME": str(project.root / "state")})
    stale = change(session, "Никто не заснул.")
    assert isinstance(save(session.own_project(), journal, change(session, "Никто.")), Saved)
    refused = save(session.own_project(), journal, stale)
    assert isinstance(refused, Conflict)
    assert refused.theirs.target == "Никто."
    assert isinstance(
        save(session.own_project(), journal, change(session, "x", "y", key=(None, "No."))), Gone
    )
    assert [(t.target, t.outcome) for t in journal.lines()] == [
        ("Никто.", "saved"), ("Никто не заснул.", "conflict"), ("x", "gone"),
    ]  # fmt: skip
    assert [typed.target for typed in journal.pending()] == ["Никто не заснул.", "x"]


def test_the_journal_is_for_its_owner_alone_and_holds_what_no_catalog_takes(session, project):
    journal = TypedJournal(str(project.root), {"XDG_STATE_HOME": str(project.root / "state")})
    damaged = project.read("locales/ru/LC_MESSAGES/day.po")
    wanted = change(session, "Никто не спал.")
    project.write("locales/ru/LC_MESSAGES/day.po", damaged + "msgid\n")
    kept = []
    with pytest.raises(Exception, match="day.po"):
        save(session.own_project(), journal, wanted, lambda: kept.append(True))
    assert kept == [True]
    assert [(t.target, t.outcome) for t in journal.pending()] == [("Никто не спал.", "failed")]
    import os
    import stat

    for path, mode in (
        (journal.folder, 0o700),
        (os.path.join(journal.folder, "typed.jsonl"), 0o600),
    ):
        assert stat.S_IMODE(os.stat(path).st_mode) == mode


def test_a_save_needs_no_journal(session, project):
    """Where the state folder cannot be written, the catalog still is."""
    project.write("state", "a file")
    journal = TypedJournal(str(project.root), {"XDG_STATE_HOME": str(project.root / "state")})
    assert isinstance(save(session.own_project(), journal, change(session, "Никто.")), Saved)
    assert journal.lines() == []
    assert opened(session).by_id


@settings(max_examples=50)
@given(cut=st.integers(0, 2000))
def test_a_journal_cut_off_anywhere_loses_no_whole_line(tmp_path_factory, cut):
    """A power cut leaves a beginning of the file: each text whose line is whole is in it."""
    root = tmp_path_factory.getbasetemp() / "cut"
    journal = TypedJournal("/x", {"XDG_STATE_HOME": str(root)})
    path = root / "dragoman" / journal.folder.rpartition("/")[2] / "typed.jsonl"
    typed = [
        Typed(f"id{n}", "day", "he", (None, f"S{n}"), "b", f"שלום {n}\u2028", True, "Me", 1.5)
        for n in range(5)
    ]
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(b"")
    for one in typed:
        journal.add(one)
    journal.end(typed[1], "saved", "x")
    whole = path.read_bytes()
    path.write_bytes(whole[:cut])
    count = min(whole[:cut].count(b"\n"), 5)
    assert [t.id for t in journal.lines()[:count]] == [t.id for t in typed[:count]]
    again = TypedJournal("/x", {"XDG_STATE_HOME": str(root)})
    again.add(typed[4]._replace(id="more"))  # and writing goes on
    again.add(typed[4]._replace(id="last"))
    assert [t.id for t in again.lines()][-2:] == ["more", "last"]


def test_an_approval_is_of_what_was_seen(session, project):
    project.translate("ru", "day", lambda said: f"{said} да")
    line = list(opened(session).lines)[2]
    text = session.text("day")
    project.translate("ru", "day", lambda said: f"{said} нет")
    assert not approve(session.own_project(), text, "ru", line.unit.key, line.base, "Me")
    assert "reviewed" not in project.read("locales/ru/LC_MESSAGES/day.po")
    line = list(opened(session).lines)[2]
    assert approve(session.own_project(), text, "ru", line.unit.key, line.base, "Me")
    assert list(opened(session).lines)[2].state is State.REVIEWED
