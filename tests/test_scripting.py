"""The door for scripts: entries are changed through the one writer, and nothing of others is lost."""

from __future__ import annotations

import pytest

import dragoman
from dragoman.errors import DragomanError


@pytest.fixture
def ferry(place):
    place.write("dragoman.toml", 'locales = ["he", "ru"]\n')
    place.write("source_texts/ferry.txt", "The ferry left.\n\nNobody waved. The ferry left.\n")
    place.update()
    place.translate(
        "he", "ferry", lambda msgid: {"The ferry left.": "המעבורת הפליגה."}.get(msgid, "")
    )
    return place


def test_a_project_shows_its_texts(ferry):
    project = dragoman.open_project(ferry.root)
    assert (project.source, project.locales) == ("en", ("he", "ru"))
    assert [text.name for text in project.texts] == ["ferry"]
    assert [u.source for u in project.text("ferry").document.units][1] == "Nobody waved."


def test_saving_without_a_change_keeps_the_bytes(ferry):
    before = ferry.snapshot()
    assert dragoman.open_project(ferry.root).text("ferry").catalog("he").save() is False
    assert ferry.snapshot() == before


def test_a_changed_entry_is_all_that_changes(ferry):
    before = ferry.read("locales/he/LC_MESSAGES/ferry.po")
    catalog = dragoman.open_project(ferry.root).text("ferry").catalog("he")
    catalog.entry("Nobody waved.").msgstr = "איש לא נופף."
    assert catalog.save() is True
    after = ferry.read("locales/he/LC_MESSAGES/ferry.po")
    assert after == before.replace(
        'msgid "Nobody waved."\nmsgstr ""', 'msgid "Nobody waved."\nmsgstr "איש לא נופף."'
    )
    assert catalog.save() is False


def test_what_somebody_saved_meanwhile_stays(ferry):
    catalog = dragoman.open_project(ferry.root).text("ferry").catalog("he")
    ferry.translate("he", "ferry", lambda msgid: "המעבורת יצאה." if "ferry" in msgid else "")
    catalog.entry("Nobody waved.").msgstr = "איש לא נופף."
    catalog.save()
    after = ferry.read("locales/he/LC_MESSAGES/ferry.po")
    assert "המעבורת יצאה." in after
    assert "איש לא נופף." in after


def test_two_scripts_at_one_message_lose_neither_text(ferry):
    catalogs = [dragoman.open_project(ferry.root).text("ferry").catalog("he") for _ in range(2)]
    for catalog, said in zip(catalogs, ("איש לא נופף.", "אף אחד לא נופף."), strict=True):
        catalog.entry("Nobody waved.").msgstr = said
        catalog.save()
    after = ferry.read("locales/he/LC_MESSAGES/ferry.po")
    assert "איש לא נופף." in after
    assert "אף אחד לא נופף." in after


def test_rows_and_problems_are_those_of_the_commands(ferry):
    project = dragoman.open_project(ferry.root)
    rows = list(project.text("ferry").parallel(["he"], missing="blank").rows)
    assert [row.number for row in rows] == ["1.1", "2.1", "2.2"]
    assert [row.cells[1].text for row in rows] == ["המעבורת הפליגה.", "", "המעבורת הפליגה."]
    assert {(p.code, p.locale) for p in project.problems()} == {
        ("missing", "he"),
        ("missing", "ru"),
    }


@pytest.mark.parametrize(
    ("ask", "told"),
    [
        (lambda p: p.text("nobody"), "there is no text 'nobody'; texts: ferry"),
        (lambda p: p.text("ferry").catalog("fr"), "'fr' is not a locale of this project"),
    ],
)
def test_what_is_not_there_is_said_in_a_sentence(ferry, ask, told):
    with pytest.raises(DragomanError, match=told.replace("'", ".")):
        ask(dragoman.open_project(ferry.root))


def test_importing_the_package_loads_nothing_else():
    """The command line begins with `import dragoman`, and must not wait for scripts' needs."""
    import subprocess
    import sys

    script = "import sys, dragoman; print([m for m in sys.modules if m.startswith('dragoman.')])"
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "[]"
