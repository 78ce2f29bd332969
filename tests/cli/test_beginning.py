"""The first commands of a newcomer: an example to look at, a pile of files that becomes a project."""

from __future__ import annotations

import re

import pytest


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


_TEXT = {
    "en": "# A day\n\nIt began on 7 May. Mr. Amirov (613) came to Baku.\n",
    "he": "# יום\n\nהוא התחיל ב-7 במאי. מר אמירוב (613) בא לבאקו.\n",
    "ru": "# День\n\nОн начался 7 мая. Господин Амиров (613) приехал в Баку.\n",
}


@pytest.mark.parametrize("form", ["old/news/day.{}.md", "old/{}/news/day.md", "old/news/{}/day.md"])
def test_a_pile_of_files_becomes_a_project_in_one_command(place, form):
    for locale, text in _TEXT.items():
        place.write(form.format(locale), text)
    place.write("old/news/notes.is.md", "Not Icelandic.\n")
    run = place.fine("adopt", "old")
    assert "made dragoman.toml and 1 file in source_texts/" in run.err
    assert "old/news/notes.is.md: of no text" in run.err
    assert 'locales = ["he", "ru"]' in place.read("dragoman.toml")
    assert place.read("source_texts/news/day.md") == _TEXT["en"]
    place.fine("build", "--drafts")
    assert place.read("build/he/news/day.md") == _TEXT["he"]
    assert place.read("build/ru/news/day.md") == _TEXT["ru"]


def test_the_source_of_a_pile_may_have_no_tag(place):
    place.write("old/day.md", _TEXT["en"])
    place.write("old/day_ru.md", _TEXT["ru"])
    place.fine("adopt", "old")
    assert place.read("source_texts/day.md") == _TEXT["en"]
    assert 'locales = ["ru"]' in place.read("dragoman.toml")


def test_a_folder_that_is_no_pile_makes_nothing(place):
    place.write("old/day.md", _TEXT["en"])
    run = place.run("adopt", "old")
    assert run.code == 2
    assert "no dragoman.toml" in run.err
    assert set(place.snapshot()) == {"old/day.md"}


def test_a_catalog_of_paragraphs_is_adopted(place):
    place.write("dragoman.toml", 'locales = ["ru"]\n')
    place.write("source_texts/day.md", _TEXT["en"])
    place.write(
        "old.po",
        'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n\n'
        'msgid "It began on 7 May. Mr. Amirov (613) came to Baku."\n'
        'msgstr "Он начался 7 мая. Господин Амиров (613) приехал в Баку."\n',
    )
    place.fine("update")
    assert (
        "day: 2 translated, 0 draft, 0 kept, 1 not carried over"
        in place.fine("adopt", "old.po", "-t", "day", "-l", "ru").err
    )
    assert 'msgstr "Он начался 7 мая."' in place.read("locales/ru/LC_MESSAGES/day.po")
