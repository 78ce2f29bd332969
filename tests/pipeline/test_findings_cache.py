"""Findings that are kept are those that a new check finds, whatever changed in between."""

from __future__ import annotations

import os
import sqlite3

import pytest

from dragoman.errors import DragomanError
from dragoman.pipeline.check import findings_cache, text_findings
from dragoman.pipeline.check.check import CheckOptions, check, status
from dragoman.pipeline.workers import in_processes
from dragoman.project import find

TEXT = "# A day\n\nIn 1992 there were 613 people. Anna came early.\n"
OTHER = "Anna came early.\n\nAnna slept in Baku.\n"
TARGETS = {
    "A day": "День",
    "In 1992 there were 613 people.": "В 1992 году было 614 человек.",
    "Anna came early.": "Анна пришла рано.",
    "Anna slept in Baku.": "Анна спала в Баку.",
}


@pytest.fixture
def checked(place, monkeypatch):
    """A function that checks, and says whether that gave what a check without a file gives."""
    place.write("dragoman.toml", 'locales = ["ru", "he"]\nexports = []\n')
    place.write("source_texts/a.md", TEXT)
    place.write("source_texts/b.md", OTHER)
    place.update()
    for name in "ab":
        place.translate("ru", name, TARGETS.__getitem__)
    place.run("build")
    examined = []
    real = text_findings.found_in
    monkeypatch.setattr(
        findings_cache,
        "found_in",
        lambda loader, loaded, catalog: (
            examined.append((loaded.text.domain, catalog.locale)) or real(loader, loaded, catalog)
        ),
    )

    def run():
        examined.clear()
        found = check(find(str(place.root)), CheckOptions())
        seen = sorted(examined)
        path = place.root / "build/.findings.sqlite"
        os.rename(path, place.root / "aside")
        assert check(find(str(place.root)), CheckOptions()) == found
        os.replace(place.root / "aside", path)
        return seen, [problem.code for problem in found.problems if problem.locale == "ru"]

    return run


def changed(place, name, before, after):
    path = place.root / name
    text = path.read_text("utf-8")
    assert before in text
    path.write_text(text.replace(before, after), "utf-8")


ALL = [("a", "he"), ("a", "ru"), ("b", "he"), ("b", "ru")]


def test_what_changed_is_examined_again_and_nothing_else(place, checked):
    seen, codes = checked()
    assert seen == ALL
    assert codes == ["number"]
    assert checked() == ([], ["number"])
    catalog = "locales/ru/LC_MESSAGES/a.po"
    changed(place, catalog, "614", "613")
    assert checked() == ([("a", "ru")], [])
    changed(place, catalog, "Анна пришла рано.", "Анна явилась рано.")
    assert checked() == ([("a", "ru")], ["two-translations"])
    counts = list(status(find(str(place.root))))
    assert counts == list(check(find(str(place.root)), CheckOptions()).counts)
    changed(place, "source_texts/b.md", "slept in", "left")
    place.update()
    renewed = list(status(find(str(place.root))))
    assert [one.fuzzy for one in renewed if one not in counts] == [1, 0]
    assert checked()[0] == [("b", "he"), ("b", "ru")]


def test_settings_glossary_and_waivers_count_too(place, checked):
    checked()
    place.write(
        "dragoman.toml", 'locales = ["ru", "he"]\nexports = []\n[checks]\nnumber = "info"\n'
    )
    assert checked() == (ALL, ["number"])
    place.write("locales/glossary.toml", '[[term]]\nsource = "people"\nru = "душа"\n')
    assert checked() == (ALL, ["term", "number"])
    assert place.run("waive", "term", "-l", "ru", "--reason", "so it is said").code == 0
    for _ in range(2):  # a text with waivers is examined each time, since others' findings count
        seen, codes = checked()
        assert ("a", "ru") in seen
        assert codes == ["term", "number"]


def test_rules_of_its_count_too(place):
    """Files that the settings of one text name make what depends on them stale, in builds as in checks."""
    rules = '<its:rules xmlns:its="http://www.w3.org/2005/11/its" version="2.0">{}</its:rules>'
    settings = 'locales = ["ru"]\nexports = []\n[[text]]\nmatch = "*.xml"\nits = ["rules.its"]\n'
    place.write("dragoman.toml", settings)
    place.write("rules.its", rules.format('<its:translateRule selector="//p" translate="yes"/>'))
    place.write("source_texts/a.xml", "<doc><p>Some words.</p><q>Others.</q></doc>\n")
    place.run("build")
    assert check(find(str(place.root)), CheckOptions()).counts[0].units == 2
    no = '<its:translateRule selector="//q" translate="no"/>'
    place.write("rules.its", rules.format(no))
    assert check(find(str(place.root)), CheckOptions()).counts[0].units == 1
    assert place.run("build").err.startswith("1 of 1 text built")


def test_a_text_that_goes_is_forgotten(place, checked):
    checked()
    (place.root / "source_texts/b.md").unlink()
    for locale in ("ru", "he"):
        (place.root / f"locales/{locale}/LC_MESSAGES/b.po").unlink()
    assert checked()[0] == []
    with sqlite3.connect(place.root / "build/.findings.sqlite") as database:
        names = database.execute("select distinct name from records order by name").fetchall()
    assert names == [("",), ("a",)]


@pytest.mark.parametrize("content", [b"", b"no database", b"SQLite format 3\0" + b"\1" * 5000])
def test_a_damaged_file_is_as_good_as_none(place, checked, content):
    checked()
    place.write("build/.findings.sqlite", content)
    check(find(str(place.root)), CheckOptions())
    checked()
    assert checked()[0] == []


def test_a_dry_run_keeps_nothing(place, checked):
    checked()
    path = place.root / "build/.findings.sqlite"
    path.unlink()
    check(find(str(place.root), dry_run=True), CheckOptions())
    assert not path.exists()
    assert checked()[0] == ALL
    assert path.exists()


def test_without_an_output_folder_there_is_no_file(place):
    place.write("dragoman.toml", 'locales = ["ru"]\n')
    place.write("source_texts/a.md", TEXT)
    before = sorted(place.root.rglob("*"))
    check(find(str(place.root)), CheckOptions())
    assert sorted(place.root.rglob("*")) == before


def test_several_processes_find_the_same_in_the_same_order(place, checked):
    checked()
    place.run("waive", "number", "-l", "ru", "--reason", "so it is said")
    for name in "defghijklmnop":
        place.write(f"source_texts/{name}.md", f"In 19{ord(name)} there were 613 people.\n")
    place.update()
    for name in "defgklmnop":
        place.translate("ru", name, lambda _: "Было 614 человек.")
    place.write("locales/ru/LC_MESSAGES/e.po", "msgid\n")
    place.write("source_texts/c.md", b"\xff")
    root = str(place.root)
    path = place.root / "build/.findings.sqlite"
    path.unlink(missing_ok=True)
    alone = check(find(root), CheckOptions(jobs=1)).problems
    path.unlink()
    assert check(find(root), CheckOptions(jobs=2)).problems == alone
    assert {problem.code for problem in alone} >= {"number", "unreadable", "missing"}
    assert check(find(root), CheckOptions(jobs=2)).problems == alone


def test_a_killed_process_is_told():
    with pytest.raises(DragomanError, match="one of the processes was killed"):
        list(in_processes(os._exit, [1] * 4, 2))
