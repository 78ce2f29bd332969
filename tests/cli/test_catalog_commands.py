"""Catalogs at work: joined sentences, other texts, git, segmentation, approvals, other tools."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from conftest import needs_gettext
from dragoman import po
from dragoman.catalogs import joins, merge, provenance
from dragoman.errors import DragomanError
from dragoman.pipeline.catalogs import catalog_files, edit
from dragoman.pipeline.catalogs.history import history
from dragoman.pipeline.catalogs.put import put_at
from dragoman.pipeline.catalogs.update import update
from dragoman.pipeline.check.check import CheckOptions, check
from dragoman.po import Entry, PoFile
from dragoman.project import find

HE = "locales/he/LC_MESSAGES/day.po"
SENTENCES = ["It began early.", "Nobody slept.", "The market opened.", "A ferry crossed over."]


@pytest.fixture
def day(place):
    """A text of one paragraph, translated into Hebrew letters as far as `translate` says."""
    place.write("dragoman.toml", 'name = "day"\nlocales = ["he"]\n')
    rewrite(place, SENTENCES)
    return place


def rewrite(place, *paragraphs, text="day"):
    said = "\n\n".join(" ".join(sentences) for sentences in paragraphs)
    place.write(f"source_texts/{text}.md", said + "\n")
    return update(find(str(place.root)))


def entries(place, path=HE):
    return {e.msgid: e for e in po.parse((place.root / path).read_bytes()).entries if e.msgid}


def translate(place, said, path=HE):
    catalog = po.parse((place.root / path).read_bytes())
    catalog.entries = [
        e.replaced(msgstr=said[e.msgid]) if e.msgid in said else e for e in catalog.entries
    ]
    (place.root / path).write_bytes(catalog.write())


JOINED = {
    SENTENCES[0]: "זה התחיל מוקדם ואיש לא ישן.",
    SENTENCES[1]: joins.BEFORE,
    SENTENCES[2]: "השוק נפתח.",
    SENTENCES[3]: "מעבורת חצתה.",
}


# --- joined sentences ---


def test_a_mark_stays_where_its_neighbour_stays(day):
    translate(day, JOINED)
    rewrite(day, [*SENTENCES, "A new one."], ["Another paragraph."])
    mark = entries(day)[SENTENCES[1]]
    assert (mark.msgstr, mark.fuzzy) == (joins.BEFORE, False)
    held = provenance.read(mark.comments).joined
    assert held == provenance.source_hash((None, SENTENCES[0]))
    assert rewrite(day, [*SENTENCES, "A new one."], ["Another paragraph."]).changed == ()


@pytest.mark.parametrize("noted", [True, False])
def test_a_mark_never_hides_its_sentence_behind_another_one(day, noted):
    translate(day, JOINED)
    if noted:
        rewrite(day, SENTENCES)
    first, mark, other, last = SENTENCES
    did = rewrite(day, [first, other, mark, last])
    assert did.catalogs[0].changes.split == ((None, mark),)
    assert entries(day)[mark].fuzzy
    day.fine("build")
    assert mark in day.read("build/he/day.md")
    cleared = entries(day)[mark].without_flag("fuzzy")
    text = day.read(HE).replace(entries(day)[mark].comments, cleared)
    day.write(HE, text)
    assert rewrite(day, [first, other, mark, last]).changed == ()
    assert not entries(day)[mark].fuzzy


def test_a_mark_at_many_places_is_pointed_out(day):
    rewrite(day, SENTENCES, [SENTENCES[3], SENTENCES[1]])
    translate(day, JOINED)
    found = check(find(str(day.root)), CheckOptions()).findings
    assert [(p.code, p.severity) for p in found if p.code == "join"] == [("join", "warning")]


def test_joined_sentences_make_no_translation_with_an_arrow_in_it(day):
    translate(day, JOINED)
    rewrite(day, ["It began early, and nobody slept.", *SENTENCES[2:]])
    draft = entries(day)["It began early, and nobody slept."]
    assert draft.fuzzy
    assert draft.msgstr == JOINED[SENTENCES[0]]


@needs_gettext
def test_marks_provenance_and_waivers_outlive_other_tools(day):
    """msgmerge, msgcat and msgattrib, which stand for editors built on them, and polib."""
    import polib

    from dragoman.checks.waivers import entry_waivers

    translate(day, JOINED)
    rewrite(day, SENTENCES)
    here = find(str(day.root))
    edit.review(here, edit.Chosen(), "The Editor")
    catalog = po.parse((day.root / HE).read_bytes())
    catalog.entries[3] = entry_waivers.added(catalog.entries[3], ["number"], "a reason \\")
    (day.root / HE).write_bytes(catalog.write())
    before = {key: (e.msgstr, e.translator_comments) for key, e in entries(day).items()}
    assert any("dragoman-waive" in said for _, said in before.values())
    path = day.root / HE
    for command in (
        ["msgmerge", "-q", "--no-fuzzy-matching", "-o", path, path, day.root / "locales/day.pot"],
        ["msgcat", "--width=60", "-o", path, path],
        ["msgattrib", "--no-obsolete", "-o", path, path],
    ):
        subprocess.run(command, check=True)
        assert {k: (e.msgstr, e.translator_comments) for k, e in entries(day).items()} == before
    polib.pofile(str(path)).save()  # it wraps comments, but cuts off no hash
    assert all(provenance.read(e.comments).approves(e.key, e.msgstr) for e in entries(day).values())
    assert rewrite(day, SENTENCES).catalogs[0].changes.split == ()


# --- other texts ---


def test_a_sentence_cut_long_ago_comes_back_in_another_text(day):
    translate(day, JOINED)
    rewrite(day, SENTENCES[:2])
    rewrite(day, SENTENCES[:2])
    rewrite(day, [SENTENCES[2]], text="night")
    night = entries(day, "locales/he/LC_MESSAGES/night.po")
    assert (night[SENTENCES[2]].msgstr, night[SENTENCES[2]].fuzzy) == ("השוק נפתח.", False)


def test_a_mark_does_not_move_to_another_text(day):
    translate(day, JOINED)
    rewrite(day, SENTENCES[2:])
    rewrite(day, [SENTENCES[1], "One more."], text="night")
    assert entries(day, "locales/he/LC_MESSAGES/night.po")[SENTENCES[1]].msgstr == ""


# --- sentences and blocks ---


def test_the_unit_changes_both_ways(day):
    said = {source: f"משפט {n}." for n, source in enumerate(SENTENCES)}
    translate(day, said)
    before = (day.root / HE).read_bytes()
    settings = day.read("dragoman.toml")
    day.write("dragoman.toml", settings + 'unit = "block"\n')
    update(find(str(day.root)))
    (whole,) = [e for e in entries(day).values() if not e.obsolete]
    assert (whole.msgstr, whole.fuzzy) == (" ".join(said.values()), False)
    day.write("dragoman.toml", settings)
    update(find(str(day.root)))
    live = {e.msgid: e.msgstr for e in entries(day).values() if not e.obsolete}
    assert live == said
    assert po.parse(before).entries[0].raw == po.parse((day.root / HE).read_bytes()).entries[0].raw


# --- files as they are ---


def test_an_update_keeps_all_of_a_catalog_without_header(day):
    text = '\n# Remark.\nmsgid "It began early."\nmsgstr "התחיל."\n\n# Last words.\n'
    day.write(HE, text.replace("\n", "\r\n"))
    rewrite(day, SENTENCES)
    data = (day.root / HE).read_bytes()
    assert data.count(b"\r\n") == data.count(b"\n")
    assert data.startswith(b'\r\nmsgid ""\r\n')
    assert data.decode().endswith("\r\n\r\n# Last words.\r\n")
    assert entries(day)["It began early."].translator_comments == "# Remark.\r\n".replace("\r", "")


def test_a_draft_that_is_edited_says_that_a_person_did_it(day):
    translate(day, JOINED)
    catalog = po.parse((day.root / HE).read_bytes())
    catalog.entries[1] = catalog.entries[1].replaced(
        comments=provenance.write(
            f"{merge.CONFLICT}ours: “x”\n" + catalog.entries[1].comments + "#, fuzzy\n",
            provenance.Provenance("machine some engine", "0123456789"),
        )
    )
    (day.root / HE).write_bytes(catalog.write())
    here = find(str(day.root))
    key, path = (None, SENTENCES[0]), str(day.root / HE)
    assert put_at(here, path, key, None, "אחרת.").changed
    entry = entries(day)[SENTENCES[0]]
    assert provenance.read(entry.comments).origin == "human"
    assert (entry.fuzzy, merge.CONFLICT in entry.comments) == (False, False)
    assert not put_at(here, path, key, None, "אחרת.").changed


# --- git ---


def git(place, *arguments):
    who = {f"GIT_{role}_{what}": "x@example.org" for role in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")}  # fmt: skip
    command = ["git", "-c", "init.defaultBranch=main", *arguments]
    subprocess.run(command, cwd=place.root, env={**os.environ, **who}, check=True, capture_output=True)  # fmt: skip


def committed(place, message):
    git(place, "add", "-A")
    git(place, "commit", "-q", "-m", message)


@pytest.fixture
def repository(day):
    (day.root / ".git").rmdir()
    git(day, "init", "-q")
    translate(day, JOINED)
    committed(day, "first")
    return day


def told(place, unit=""):
    pasts = history(find(str(place.root)), "day", ["he"], unit)
    return [
        (past.change.what, past.change.new.msgstr if past.change.new else None) for past in pasts
    ]


def test_history_through_branches_damage_and_renames(repository):
    git(repository, "checkout", "-q", "-b", "side")
    translate(repository, {SENTENCES[2]: "מהצד."})
    committed(repository, "side")
    git(repository, "checkout", "-q", "main")
    translate(repository, {SENTENCES[3]: "מהראשי."})
    committed(repository, "main")
    git(repository, "merge", "-q", "-X", "ours", "side")
    good = repository.read(HE)
    repository.write(HE, good.replace('msgid "It began', 'msgid It began"'))
    committed(repository, "damaged")
    repository.write(HE, good)
    translate(repository, {SENTENCES[0]: "חדש."})
    committed(repository, "fixed")
    git(repository, "mv", HE, "locales/he/LC_MESSAGES/day2.po")
    git(repository, "mv", "locales/he/LC_MESSAGES/day2.po", HE)
    changes = [item for item in told(repository) if item[0] != "added"]
    assert sorted(changes) == [("changed", "חדש."), ("changed", "מהצד."), ("changed", "מהראשי.")]
    assert len(told(repository)) == 7


def test_history_goes_on_before_the_source_changed(repository):
    rewrite(repository, [SENTENCES[0], SENTENCES[1], "The big market opened.", SENTENCES[3]])
    committed(repository, "changed")
    translate(repository, {"The big market opened.": "השוק הגדול נפתח."})
    committed(repository, "translated")
    assert told(repository, "1.3") == [
        ("changed", "השוק הגדול נפתח."),
        ("source changed", "השוק נפתח."),
        ("added", "השוק נפתח."),
    ]
    with pytest.raises(DragomanError, match="no commit has the unit '9.9'"):
        told(repository, "9.9")


def _sides(tmp_path, base, ours, theirs):
    for name, said in (("base", base), ("ours", ours), ("theirs", theirs)):
        (tmp_path / f"{name}.po").write_text(said)
    return [str(tmp_path / f"{name}.po") for name in ("base", "ours", "theirs")]


def test_a_side_that_is_no_catalog_is_merged_by_lines(place):
    base = 'msgid "a"\nmsgstr "1"\n\nmsgid "b"\nmsgstr "2"\n'
    sides = _sides(place.root, base, base.replace("1", "ours"), base.replace('"1"', "theirs"))
    run = place.run("merge-driver", *sides)
    assert run.code == 2
    assert "Traceback" not in run.err
    said = place.read("ours.po")
    assert "<<<<<<< ours\n" in said
    assert 'msgstr "ours"' in said
    assert "msgstr theirs" in said


def test_a_merge_that_fails_leaves_the_words_of_both_sides(tmp_path, monkeypatch):
    sides = _sides(tmp_path, 'msgid "a"\n', 'msgid "b"\n', 'msgid "c"\n')
    monkeypatch.setattr(catalog_files, "merge", lambda *_: 1 / 0)
    monkeypatch.setattr(catalog_files, "_side", lambda _: PoFile())
    with pytest.raises(ZeroDivisionError):
        catalog_files.merge_into(*sides)
    assert (tmp_path / "ours.po").read_text() == (
        '<<<<<<< ours\nmsgid "b"\n=======\nmsgid "c"\n>>>>>>> theirs\n'
    )


@pytest.mark.parametrize("path", ["", "nowhere"])
def test_the_driver_in_git(repository, path, monkeypatch):
    """A merge in git, with dragoman on the path, and without."""
    from dragoman.pipeline import git_setup

    here = find(str(repository.root))
    git_setup.apply(here, git_setup.plan(here))
    committed(repository, "setup")
    git(repository, "checkout", "-q", "-b", "side")
    translate(repository, {SENTENCES[2]: "מהצד."})
    committed(repository, "side")
    git(repository, "checkout", "-q", "main")
    translate(repository, {SENTENCES[2]: "מהראשי."})
    committed(repository, "main")
    bin_folder = os.path.dirname(sys.executable) if not path else "/usr/bin"
    monkeypatch.setenv("PATH", f"{bin_folder}:/usr/bin:/bin")
    with pytest.raises(subprocess.CalledProcessError):
        git(repository, "merge", "-q", "side")
    said = repository.read(HE)
    assert "מהצד." in said
    assert "מהראשי." in said
    assert ("<<<<<<<" in said) == bool(path)


def test_comments_after_the_last_message_are_merged(tmp_path):
    base = 'msgid "a"\nmsgstr ""\n\n'
    sides = _sides(tmp_path, base, base + "# Ours.\n", base + "# Theirs.\n")
    assert catalog_files.merge_into(*sides) == ()
    assert (tmp_path / "ours.po").read_text() == base + "# Ours.\n# Theirs.\n"


# --- through polib ---


def test_what_polib_is_told_and_tells():
    from dragoman.po.bridge import to_polib, write_back

    text = (
        '# by hand\n#\n#. said\n#. twice\n#: a.md:3 b\n#: c:4\n#, fuzzy, x\n#| msgctxt "c"\n#| msgid "old"\n'
        'msgid "a"\nmsgid_plural "as"\nmsgstr[0] "1"\nmsgstr[1] "2"\n'
    )
    file = po.parse(text.encode())
    (item,) = to_polib(file)
    assert (item.tcomment, item.comment) == ("by hand\n", "said\ntwice")
    assert item.occurrences == [("a.md", "3"), ("b", ""), ("c", "4")]
    assert (item.previous_msgctxt, item.previous_msgid) == ("c", "old")
    item.msgstr_plural[1] = "two"
    item.flags = ["y", "fuzzy"]
    item.tcomment = "by hand\nagain"
    write_back(file, [item])
    assert file.write().decode() == text.replace('"2"', '"two"').replace(
        "# by hand\n#\n", "# by hand\n# again\n"
    ).replace("fuzzy, x", "y, fuzzy")
    assert file.entries[0].msgstr == "1"


def test_a_script_may_remark_on_an_obsolete_draft():
    """GNU gettext refuses previous texts that are live where their entry is not."""
    from dragoman.po.bridge import to_polib, write_back

    text = '#, fuzzy\n#~| msgid "z"\n#~ msgid "a"\n#~ msgstr "b"\n'
    file = po.parse(text.encode())
    (item,) = to_polib(file)
    item.tcomment = "new"
    write_back(file, [item])
    assert file.text() == "# new\n" + text


def test_a_script_may_take_everything_away():
    from dragoman.po.bridge import to_polib, write_back

    file = PoFile([Entry("a", "b", comments="# c\n#, fuzzy\n")])
    (item,) = to_polib(file)
    item.tcomment, item.flags, item.msgstr = "", [], ""
    write_back(file, [item, to_polib(PoFile([Entry("unknown")]))[0]])
    assert file.text() == 'msgid "a"\nmsgstr ""\n'


# --- editing ---


def changed_texts(day):
    """Drafts of four kinds of changes."""
    translate(day, {**JOINED, SENTENCES[1]: "איש לא ישן."})
    rewrite(day, ["It began early!", "Nobody slept at 7.", "The market reopened.", SENTENCES[3]])
    return find(str(day.root))


def fuzzy(day):
    return [msgid for msgid, e in entries(day).items() if e.fuzzy and not e.obsolete]


def test_blessing_by_kind_by_name_and_all(day):
    from dragoman.catalogs.source_changes import ChangeKind

    here = changed_texts(day)
    assert fuzzy(day) == ["It began early!", "Nobody slept at 7.", "The market reopened."]
    found = edit.bless(here, edit.Chosen(), frozenset([ChangeKind.PUNCTUATION]))
    assert [one.entry.msgid for one in found.cleared] == ["It began early!"]
    found = edit.bless(here, edit.Chosen(), None)
    assert [one.entry.msgid for one in found.cleared] == ["The market reopened."]
    assert [one.entry.msgid for one in found.kept] == ["Nobody slept at 7."]
    found = edit.bless(here, edit.Chosen(units=("1.2",)), None)
    assert [one.entry.msgid for one in found.cleared] == ["Nobody slept at 7."]
    assert "Changed" not in day.read(HE)
    assert "#|" not in day.read(HE)
    assert edit.bless(here, edit.Chosen(), None) == ([], [])


def test_approvals_fall_by_themselves(day):
    translate(day, JOINED)
    here = find(str(day.root))
    with pytest.raises(DragomanError, match=r"there is no unit '9\.9'"):
        edit.review(here, edit.Chosen(units=("9.9",)), "A")
    done = edit.review(here, edit.Chosen(("day",), ("he",), ("day:1.1", "1.3")), "A")
    assert [one.entry.msgid for one in done] == [SENTENCES[0], SENTENCES[2]]
    assert edit.review(here, edit.Chosen(units=("1.1",)), "B") == []
    translate(day, {SENTENCES[2]: "אחרת."})
    approved = {
        msgid: provenance.read(e.comments).approves(e.key, e.msgstr)
        for msgid, e in entries(day).items()
    }
    assert [msgid for msgid, is_so in approved.items() if is_so] == [SENTENCES[0]]
    undone = edit.review(here, edit.Chosen(), "", undo=True)
    assert len(undone) == 2
    assert "seal" not in day.read(HE)


# --- files by themselves ---


def test_canonical_form_of_a_project(day):
    here = find(str(day.root))
    day.write(HE, day.read(HE).replace('msgstr ""', 'msgstr    ""'))
    assert catalog_files.not_canonical(
        here, catalog_files.catalogs(here), fix=False
    ) == catalog_files.catalogs(here)
    assert 'msgstr    ""' in day.read(HE)
    catalog_files.not_canonical(here, catalog_files.catalogs(here), fix=True)
    assert catalog_files.not_canonical(here, catalog_files.catalogs(here), fix=True) == []
    for act in (lambda: catalog_files.not_canonical(here, [str(day.root / "x.po")], fix=False), lambda: catalog_files.read("x.po")):  # fmt: skip
        with pytest.raises(DragomanError, match="there is no such file"):
            act()


def test_differences_of_every_kind(tmp_path):
    seal = provenance.write(
        "", provenance.Provenance(reviewed="A", seal=provenance.seal_of((None, "approved"), "x"))
    )
    gone = Entry("revived", "x").as_obsolete()
    was = [("removed", "x", ""), ("same", "x", ""), ("translated", "", ""), ("changed", "x", ""), ("emptied", "x", ""), ("done", "x", "#, fuzzy\n"), ("draft", "x", ""), ("approved", "x", ""), ("remark", "x", "")]  # fmt: skip
    now = [("added", "x", ""), ("same", "x", "#: y:1\n"), ("translated", "x", ""), ("changed", "y", ""), ("emptied", "", ""), ("done", "x", ""), ("draft", "x", "#, fuzzy\n"), ("approved", "x", seal), ("remark", "x", "# r\n"), ("revived", "x", "")]  # fmt: skip
    plural = [Entry("forms", a, plural=("f", (a, b))) for a, b in (("1", "2"), ("1", "3"))]
    sides = (
        [*(Entry(i, s, None, c) for i, s, c in was), gone, plural[0]],
        [*(Entry(i, s, None, c) for i, s, c in now), plural[1]],
    )
    for name, side in zip(("old", "new"), sides, strict=True):
        (tmp_path / f"{name}.po").write_bytes(PoFile(side).write())
    found = list(catalog_files.compare(str(tmp_path / "old.po"), str(tmp_path / "new.po")))
    from dragoman.catalogs.catalog_diff import texts

    told = {placed.change.key[1]: placed.change.what for placed in found}
    assert told.pop("forms") == "changed"
    assert told == {what: what for what in told}
    assert set(told) == {*(i for i, _, _ in was + now)} - {"same"}
    assert [list(texts(p.change)) for p in found if p.change.key[1] == "forms"] == [
        ["[1] [-2-]{+3+}"]
    ]
    again = list(catalog_files.compare(str(tmp_path / "new.po"), str(tmp_path / "old.po")))
    assert {p.change.what for p in again} >= {"approval fell", "obsolete"}


def test_a_changed_source_is_one_difference(day):
    """A draft, a light change, and one that nobody had translated; not those that came and went."""
    translate(day, {**JOINED, SENTENCES[1]: "איש לא ישן.", SENTENCES[3]: ""})
    day.write("before.po", day.read(HE))
    rewrite(day, ["It  began early.", "Nobody slept well.", "Quite another thing.", "A ferry crossed under."])  # fmt: skip
    out = day.fine("diff", "before.po", HE).out
    assert [line.split(": ", 1)[1] for line in out.splitlines() if line.startswith(("before", "loc"))] == [
        "source changed: “It  began early.”",
        "source changed: “Nobody slept well.”",
        "added: “Quite another thing.”",
        "source changed: “A ferry crossed under.”",
        "obsolete: “The market opened.”",
    ]  # fmt: skip
    assert "  Nobody slept{+ well+}.\n  איש לא ישן.\n" in out
    assert "  A ferry crossed [-over-]{+under+}.\n" in out


def test_a_changed_source_whose_former_message_changed_too_is_two(day):
    translate(day, {SENTENCES[1]: "איש לא ישן."})
    day.write("before.po", day.read(HE))
    rewrite(day, [SENTENCES[0], "Nobody slept well.", *SENTENCES[2:]])
    day.write(HE, day.read(HE).replace('#~ msgstr "איש', '#~ msgstr "אף איש'))
    found = catalog_files.compare(str(day.root / "before.po"), str(day.root / HE))
    assert [placed.change.what for placed in found] == ["source changed", "obsolete"]


# --- git-setup ---


def test_git_is_set_up_once_and_only_on_yes(day):
    from dragoman.pipeline import git_setup

    with pytest.raises(DragomanError, match="run it inside a repository"):
        git_setup.plan(find(str(day.root)))
    (day.root / ".git").rmdir()
    git(day, "init", "-q")
    day.write(".gitattributes", "*.png binary")
    wanted = git_setup.plan(find(str(day.root)))
    assert day.read(".gitattributes") == "*.png binary"
    git_setup.apply(find(str(day.root)), wanted)
    assert day.read(".gitattributes").split("\n")[:2] == ["*.png binary", wanted.lines[0]]
    again = git_setup.plan(find(str(day.root)))
    assert (again.lines, again.config) == ((), ())
    git_setup.apply(find(str(day.root)), again)


def test_no_git_on_the_machine(day, monkeypatch):
    from dragoman.project.git import git as ask

    monkeypatch.setenv("PATH", "/nowhere")
    with pytest.raises(DragomanError, match="git is not installed"):
        ask(str(day.root), "status")


# --- what other tools lose in updates ---


def test_drafts_never_cross_contexts(day):
    """M3: one sentence in two contexts, both changed."""
    text = "\n\n".join(f"<!-- dragoman: context {c} -->\n{{}}" for c in ("one", "two"))
    day.write("source_texts/day.md", text.format("The gate is open.", "The gate is open.") + "\n")
    update(find(str(day.root)))
    catalog = po.parse((day.root / HE).read_bytes())
    catalog.entries = [
        e.replaced(msgstr=f"{e.msgctxt}!") if e.msgid and not e.obsolete else e
        for e in catalog.entries
    ]
    (day.root / HE).write_bytes(catalog.write())
    day.write(
        "source_texts/day.md", text.format("The gate was open.", "The gate is open now.") + "\n"
    )
    update(find(str(day.root)))
    live = po.parse((day.root / HE).read_bytes()).messages()
    assert {e.msgctxt: e.msgstr for e in live} == {"one": "one!", "two": "two!"}


def test_plural_forms_are_kept_when_nothing_asks_for_them(day):
    """M6: one form is not all of them."""
    forms = '\nmsgid "A boat."\nmsgid_plural "Boats."\nmsgstr[0] "1"\nmsgstr[1] "2"\n'
    day.write(HE, day.read(HE) + forms)
    rewrite(day, SENTENCES)
    assert entries(day)["A boat."].plural == ("Boats.", ("1", "2"))
    assert entries(day)["A boat."].obsolete


def test_a_file_may_be_written_onto_itself(day):
    """M7: it is read before it is written."""
    before = day.read(HE)
    day.fine("po", "cat", HE, "-o", HE)
    day.fine("po", "cat", HE, "-o", "new/copy.po")
    assert day.read(HE) == day.read("new/copy.po") == before
