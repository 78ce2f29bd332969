"""The first commands of a newcomer: an example to look at, a pile of files that becomes a project."""

from __future__ import annotations

import re


def test_the_example_is_complete_sound_and_worth_looking_at(place):
    place.fine("init", "--example")
    place.fine("build")
    assert place.fine("check", "--fail-on", "warning").out.startswith("complete and sound")
    page = place.read("build/parallel/ferry.html")
    for direction in ('lang="az" dir="ltr"', 'lang="he" dir="rtl"', 'lang="ru" dir="ltr"'):
        assert direction in page
    assert place.read("build/he/ferry.md").startswith("# המעבורת האחרונה")
    assert (place.root / "build/he/ferry.svg").exists()
    before = place.snapshot()
    place.fine("update")
    place.fine("fmt", "--check")
    assert place.snapshot() == before


def test_the_example_never_writes_over_anything(place):
    place.write("source_texts/ferry.md", "mine")
    run = place.run("init", "--example")
    assert run.code == 2
    assert "source_texts/ferry.md: is there already" in run.err
    assert set(place.snapshot()) == {"source_texts/ferry.md"}
    assert place.run("init", "--example", "-l", "he").code == 2


def test_the_version_is_that_of_the_package(place):
    assert re.fullmatch(r"dragoman \d+\.\d+\.\d+\n", place.fine("--version").out)
