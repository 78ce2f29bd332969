"""Projects of po4a become ours, with the translations of their paragraphs cut into sentences."""

from __future__ import annotations

CONFIG = """\
[po4a_langs] ru he
[po4a_paths] po/docs.pot $lang:po/$lang.po
[po4a_alias:md] text opt:"-o markdown"
# a comment
[type: md] doc/day.md $lang:out/day.$lang.md \\
    he:out/other.md
[type: man] doc/day.1 $lang:out/day.$lang.1
"""
TEXT = """\
# A day

It began early. Nobody slept on
5 May. Then *he* came.

- One thing.
- Another thing.
"""
RU = """\
msgid ""
msgstr ""
"Content-Type: text/plain; charset=UTF-8\\n"

msgid "A day"
msgstr "День"

msgid ""
"It began early. Nobody slept on\\n"
"5 May. Then *he* came."
msgstr ""
"Он начался рано. Никто не спал\\n"
"5 мая. Потом пришёл *он*."

#, fuzzy
msgid "One thing."
msgstr "Одна вещь."
"""


def _po4a(place) -> None:
    place.write("old/po4a.cfg", CONFIG)
    place.write("old/doc/day.md", TEXT)
    place.write("old/po/ru.po", RU)
    place.write("old/po/he.po", RU.replace("ru", "he").replace("День", ""))


def test_paragraphs_become_sentences(place):
    _po4a(place)
    run = place.fine("import-config", "old/po4a.cfg")
    assert "ru: 6 units, 4 translated, 1 drafts, 1 not carried over" in run.out
    assert "not read, unknown formats: 1 texts, first doc/day.1" in run.err
    catalog = place.read("locales/ru/LC_MESSAGES/doc/day.po")
    assert 'msgid "Nobody slept on 5 May."\nmsgstr "Никто не спал 5 мая."' in catalog
    assert '#, fuzzy\nmsgid "One thing."\nmsgstr "Одна вещь."' in catalog
    assert 'msgid "Another thing."\nmsgstr ""' in catalog
    assert place.read("source_texts/doc/day.md") == TEXT


def test_a_second_import_changes_nothing(place):
    _po4a(place)
    place.fine("import-config", "old/po4a.cfg")
    before = place.snapshot()
    place.fine("import-config", "old/po4a.cfg")
    assert place.snapshot() == before


def test_a_text_of_ours_is_not_replaced(place):
    _po4a(place)
    place.write("source_texts/doc/day.md", "mine\n")
    assert place.run("import-config", "old/po4a.cfg").code == 2
    assert place.read("source_texts/doc/day.md") == "mine\n"


def test_a_configuration_without_texts_is_refused(place):
    place.write("po4a.cfg", "[po4a_langs] ru\n")
    run = place.run("import-config", "po4a.cfg")
    assert run.code == 2
    assert "po4a.cfg: names no texts" in run.err


def test_no_text_leaves_the_folder_of_texts(place):
    _po4a(place)
    place.write("old/po4a.cfg", CONFIG + "[type: md] doc/../../day.md $lang:x.md\n")
    place.write("day.md", TEXT)
    place.run("import-config", "old/po4a.cfg")
    found = {name for name in place.snapshot() if name.endswith("day.md")}
    texts = {"source_texts/day.md", "source_texts/doc/day.md"}
    assert found == {"day.md", "old/doc/day.md", *texts}
