"""Texts that are renamed, moved, split or joined, and what becomes of catalogs without a text."""

from __future__ import annotations

import pytest

from dragoman import po
from dragoman.catalogs.former.inherit import Legacy, inherited
from dragoman.catalogs.former.successors import Present, Vanished, successors
from dragoman.errors import DragomanError
from dragoman.pipeline.catalogs.orphans import orphans
from dragoman.pipeline.catalogs.update import update
from dragoman.po import Entry, PoFile
from dragoman.project import Files, find

DAY = ["It began early.", "Nobody slept.", "The market opened.", "A ferry crossed."]
NIGHT = ["It ended late.", "Everybody slept.", "The market shut.", "No ferry crossed."]
SETTINGS = 'name = "day"\nlocales = ["he", "ru"]\nkeep_numbers = true\n'
WAIVER = """# By hand.
[[waiver]]
text = "day"  # the first one
locale = "ru"
source = "{}"
codes = ["number"]
reason = "so"
"""


def catalog_path(domain, locale="ru"):
    return f"locales/{locale}/LC_MESSAGES/{domain}.po"


def write(place, domain, sentences):
    place.write(f"source_texts/{domain}.md", "\n\n".join(sentences) + "\n")


def bring(place, *only):
    """What an update tells of renamed texts."""
    told = []
    update(find(str(place.root)), only=only, tell=told.append)
    return told


def entries(place, domain, locale="ru"):
    file = po.parse((place.root / catalog_path(domain, locale)).read_bytes())
    return {entry.msgid: entry for entry in file.entries if entry.msgid}


def said(place, domain, locale="ru"):
    """What each live message of a catalog says, and `?` after a draft."""
    return {
        source: entry.msgstr + "?" * entry.fuzzy
        for source, entry in entries(place, domain, locale).items()
        if not entry.obsolete
    }


def put(place, path, edit):
    file = po.parse((place.root / path).read_bytes())
    file.entries = [edit(e) if e.msgid and not e.obsolete else e for e in file.entries]
    place.write(path, file.write())


def translate(place, domain, locales=("he", "ru")):
    for locale in locales:
        put(
            place,
            catalog_path(domain, locale),
            lambda e, x=locale: e.replaced(msgstr=f"{x} {e.msgid}"),
        )


def names(place):
    return sorted(name for name in place.snapshot() if name.startswith("locales"))


@pytest.fixture
def day(place):
    """A translated text with a remark, a draft, a review, an obsolete message and a waiver."""
    place.write("dragoman.toml", SETTINGS)
    write(place, "day", [*DAY, "Gone soon."])
    bring(place)
    translate(place, "day")
    write(place, "day", DAY)
    bring(place)
    put(
        place,
        catalog_path("day"),
        lambda e: e.flagged("fuzzy", "# Look again.\n") if e.msgid == DAY[1] else e,
    )
    place.fine("review", "-t", "day", "-l", "ru", "-u", "1.1", "--by", "A. Reader")
    place.write("locales/waivers.toml", WAIVER.format(DAY[2]))
    place.write("locales/de/LC_MESSAGES/day.po", 'msgid "It began early."\nmsgstr "Früh."\n')
    return place


def rename(place, old, new):
    (place.root / f"source_texts/{new}.md").parent.mkdir(parents=True, exist_ok=True)
    (place.root / f"source_texts/{old}.md").rename(place.root / f"source_texts/{new}.md")


def test_a_split_waits_until_all_its_parts_are_named(day):
    (day.root / "source_texts/day.md").unlink()
    write(day, "early", DAY[:2])
    write(day, "later", DAY[2:])
    assert bring(day, "early") == []
    assert (day.root / catalog_path("day")).exists()
    assert bring(day) == ["day → early, later: catalogs split"]
    assert said(day, "later")["The market opened."]


@pytest.mark.parametrize("command", ["update", "build"])
def test_everything_goes_along_with_a_renamed_text(day, command):
    before = {locale: entries(day, "day", locale) for locale in ("he", "ru")}
    numbers = day.read("locales/day.numbers")
    rename(day, "day", "news/first")
    run = day.fine(command)
    assert "day → news/first: catalogs moved\n" in run.out
    for locale, known in before.items():
        made = entries(day, "news/first", locale)
        assert {k: e.replaced(comments="").raw for k, e in made.items()} == {
            k: e.replaced(comments="").raw for k, e in known.items()
        }
        assert all(e.translator_comments == known[k].translator_comments for k, e in made.items())
        assert all(e.flags == known[k].flags for k, e in made.items())
    assert day.read("locales/news/first.numbers") == numbers
    assert day.read("locales/waivers.toml") == WAIVER.format(DAY[2]).replace(
        '"day"', '"news/first"'
    )
    assert "Früh." in day.read(catalog_path("news/first", "de"))
    assert not [name for name in names(day) if "day" in name]
    before = day.snapshot()
    assert day.fine("update").out == ""
    assert {k: v for k, v in day.snapshot().items() if k.startswith("locales")} == {
        k: v for k, v in before.items() if k.startswith("locales")
    }


def test_a_renamed_text_may_change_at_the_same_time(day):
    rename(day, "day", "first")
    write(day, "first", [DAY[0], "Nobody slept well.", *DAY[2:]])
    bring(day)
    assert said(day, "first")["Nobody slept well."] == f"ru {DAY[1]}?"
    assert said(day, "first")[DAY[3]] == f"ru {DAY[3]}"


def test_what_was_started_anew_takes_what_was_there(day):
    """As where another program made empty catalogs for the new name first."""
    old = {name: day.read(name) for name in names(day)}
    rename(day, "day", "first")
    bring(day)
    for name in names(day):
        if "waivers" not in name:
            (day.root / name).unlink()
    write(day, "first", DAY)
    bring(day)
    put(
        day, catalog_path("first"), lambda e: e.replaced(msgstr="Своё.") if e.msgid == DAY[3] else e
    )
    for name, content in old.items():
        day.write(name, content)
    bring(day)
    found = entries(day, "first")
    assert found[DAY[0]].msgstr == f"ru {DAY[0]}"
    assert found[DAY[3]].msgstr == "Своё."
    assert f"# In day: “ru {DAY[3]}”\n" in found[DAY[3]].comments
    assert not [name for name in names(day) if "day" in name]


def test_a_split_text_shares_its_catalogs_out(day):
    (day.root / "source_texts/day.md").unlink()
    write(day, "early", DAY[:2])
    write(day, "later", [DAY[2], "A ferry crossed over."])
    assert bring(day) == ["day → early, later: catalogs split"]
    assert said(day, "early") == {DAY[0]: f"ru {DAY[0]}", DAY[1]: f"ru {DAY[1]}?"}
    assert said(day, "later") == {DAY[2]: f"ru {DAY[2]}", "A ferry crossed over.": f"ru {DAY[3]}?"}
    assert entries(day, "early")["Gone soon."].obsolete
    assert "Gone soon." not in entries(day, "later")
    assert 'text = "later"' in day.read("locales/waivers.toml")
    assert "3.1 " in day.read("locales/later.numbers")


@pytest.mark.parametrize("existing", [False, True])
def test_joined_texts_leave_their_catalogs_to_one(day, existing):
    write(day, "night", NIGHT)
    bring(day)
    translate(day, "night")
    (day.root / "source_texts/day.md").unlink()
    if not existing:
        (day.root / "source_texts/night.md").unlink()
    write(day, "night" if existing else "all", [*DAY, *NIGHT])
    bring(day)
    assert said(day, "night" if existing else "all") == {
        source: f"ru {source}" + "?" * (source == DAY[1]) for source in [*DAY, *NIGHT]
    }
    assert not [name for name in names(day) if "day" in name]


def test_a_text_with_little_in_common_is_another_one(day):
    (day.root / "source_texts/day.md").unlink()
    write(day, "night", [*NIGHT, DAY[2]])
    run = day.fine("update")
    assert "→" not in run.out
    assert said(day, "night")[DAY[2]] == f"ru {DAY[2]}"  # moved, from catalogs without a text
    assert {o.domain for o in orphans(find(str(day.root)), find(str(day.root)).texts())} == {"day"}


def test_texts_with_the_same_boilerplate_are_no_renames(day):
    """A text is deleted that had nothing of its own but one sentence."""
    write(day, "night", [*NIGHT, *DAY[:2]])
    write(day, "note", [*DAY[:2], "A note."])
    bring(day)
    for domain in ("night", "note"):
        translate(day, domain)
    (day.root / "source_texts/note.md").unlink()
    assert bring(day) == []
    assert "A note." in entries(day, "note")


def test_a_move_that_was_cut_short_goes_on(day, monkeypatch):
    rename(day, "day", "first")
    real = Files.write

    def write_some(files, out, merge=None):
        kept = {path: data for path, data in out.items() if "/he/" in path}
        real(files, kept, merge)
        raise KeyboardInterrupt

    monkeypatch.setattr(Files, "write", write_some)
    with pytest.raises(KeyboardInterrupt):
        bring(day)
    monkeypatch.setattr(Files, "write", real)
    assert said(day, "first", "he")[DAY[0]] == f"he {DAY[0]}"
    bring(day)
    assert said(day, "first")[DAY[0]] == f"ru {DAY[0]}"
    assert not [name for name in names(day) if "day" in name]


def test_a_move_that_only_lacks_the_removal_is_finished(day, monkeypatch):
    rename(day, "day", "first")
    with monkeypatch.context() as patched:
        patched.setattr(Files, "remove", lambda *_: (_ for _ in ()).throw(KeyboardInterrupt))
        with pytest.raises(KeyboardInterrupt):
            bring(day)
    before = {k: v for k, v in day.snapshot().items() if "first" in k}
    bring(day)
    assert not [name for name in names(day) if "day" in name]
    assert {k: v for k, v in day.snapshot().items() if "first" in k} == before


def test_nothing_moves_where_somebody_saves_the_old_catalog_meanwhile(day, monkeypatch):
    rename(day, "day", "first")
    real = Files.require_unchanged

    def saved(files, paths):
        put(day, catalog_path("day"), lambda e: e.replaced(msgstr="Позже."))
        monkeypatch.setattr(Files, "require_unchanged", real)
        return real(files, paths)

    monkeypatch.setattr(Files, "require_unchanged", saved)
    with pytest.raises(DragomanError, match="changed while this command ran"):
        bring(day)
    bring(day)
    assert set(said(day, "first").values()) == {"Позже.", "Позже.?"}


# --- what goes back to what ---


def keys(*sources):
    return [(None, source) for source in sources]


@pytest.mark.parametrize(
    ("present", "found"),
    [
        ({"one": "ABCD"}, ["one"]),
        ({"one": "ABXY"}, ["one"]),
        ({"one": "AXYZ"}, []),
        ({"one": "AB", "two": "CD"}, ["one", "two"]),
        ({"one": "ABC", "two": "DXYZ"}, ["one"]),
        ({"one": "A"}, []),
        ({"one": "ABCDEFGHIJKL"}, ["one"]),
    ],
)
def test_successors(present, found):
    vanished = Vanished("old", keys(*"ABCD"), {})
    assert (
        successors(vanished, [Present(n, set(keys(*k)), {}) for n, k in present.items()]) == found
    )


def test_of_two_translations_the_own_one_stays_and_the_other_is_told():
    own = PoFile([Entry("a", "1", None, "# Mine.\n"), Entry("b"), Entry("c", "3").as_obsolete()])
    other = PoFile([Entry("a", "2", None, "# Theirs.\n"), Entry("b", "4"), Entry("c", "5")])
    made = {e.msgid: e for e in inherited(own, [Legacy("old", other, keys(*"abc"))]).entries}
    assert made["a"].comments == "# In old: “2”\n# Theirs.\n# Mine.\n"
    assert [made[x].msgstr for x in "abc"] == ["1", "4", "5"]
    assert made["c"].comments == "# In this text: “3”\n"


# --- orphans ---


@pytest.fixture
def orphan(day):
    (day.root / "source_texts/day.md").unlink()
    write(day, "night", NIGHT)
    bring(day)
    return day


def test_orphans_are_told(orphan):
    line = "locales/ru/LC_MESSAGES/day.po: its source text is gone, 5 translations left"
    assert line in orphan.fine("status").out
    run = orphan.run("check", "--min", "0", "-l", "ru")
    assert run.code == 0
    assert "locales/ru/LC_MESSAGES/day.po:1: warning: orphan: its source text is gone" in run.out
    assert "/he/" not in run.out
    assert orphan.run("check", "--min", "0", "--fail-on", "warning").code == 1
    assert "orphan" not in orphan.fine("check", "--min", "0", "-t", "night").out
    orphan.write("dragoman.toml", SETTINGS + '[checks]\norphan = "off"\n')
    assert "orphan" not in orphan.fine("check", "--min", "0").out


def test_memory_knows_what_orphans_say(orphan):
    assert "ru The market opened." in orphan.fine("memory", "search", DAY[2], "-l", "ru").out
    write(orphan, "night", [*NIGHT, "All markets were opened."])
    bring(orphan)
    assert said(orphan, "night")["All markets were opened."] == ""
    orphan.fine("pretranslate", "--least", "60")
    assert said(orphan, "night")["All markets were opened."] == f"ru {DAY[2]}?"


def test_pruning_lists_and_removes_only_on_request(orphan):
    foreign = '#: src/main.c:3\nmsgid "Open"\nmsgstr "Открыть"\n'
    orphan.write("locales/ru/LC_MESSAGES/program.po", foreign)
    orphan.write("locales/ru/LC_MESSAGES/old/broken.po", "msgid oops\n")
    before = orphan.snapshot()
    for options in ([], ["--dry-run"], ["--dry-run", "--yes"]):
        run = orphan.fine("prune", *options)
        assert "locales/ru/LC_MESSAGES/day.po: 5 translations\n" in run.out
        assert "locales/ru/LC_MESSAGES/old/broken.po: cannot be read\n" in run.out
        assert "program" not in run.out
        assert orphan.snapshot() == before
    orphan.fine("prune", "--yes")
    assert not [name for name in names(orphan) if "day" in name or "broken" in name]
    assert not (orphan.root / "locales/ru/LC_MESSAGES/old").exists()
    assert orphan.read("locales/ru/LC_MESSAGES/program.po") == foreign
    assert orphan.fine("prune", "--yes").out == ""


# --- what cannot be read ---


@pytest.mark.parametrize(
    "path", ["locales/waivers.toml", catalog_path("day"), catalog_path("first", "de")]
)
def test_nothing_moves_before_everything_can_be_read(day, path):
    rename(day, "day", "first")
    sound = (day.root / path).read_bytes() if (day.root / path).exists() else b""
    day.write(path, b"oops\n")
    before = {name: day.snapshot()[name] for name in names(day)}
    assert "→" not in day.run("update").out
    after = day.snapshot()
    assert all(after[name] == data for name, data in before.items())
    day.write(path, sound)
    assert day.fine("update").out == "day → first: catalogs moved\n"
    assert said(day, "first")[DAY[0]] == f"ru {DAY[0]}"


def test_an_unreadable_text_does_not_keep_others_from_moving(day):
    rename(day, "day", "first")
    day.write("source_texts/bad.md", b"A \xff day.\n")
    assert day.run("update").code == 2
    assert said(day, "first")[DAY[0]] == f"ru {DAY[0]}"


@pytest.mark.parametrize("command", ["update", "build"])
def test_a_move_is_told_where_another_text_is_unreadable(day, command):
    (day.root / "source_texts/day.md").rename(day.root / "source_texts/dawn.md")
    day.write("source_texts/bad.md", b"\xff\n")
    run = day.run(command)
    assert (run.code, "bad.md" in run.err) == (2, True)
    assert "day → dawn: catalogs moved" in run.out
