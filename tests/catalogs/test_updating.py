"""Updates case by case; laws over thousands of them are in `test_laws_of_catalogs`."""

from __future__ import annotations

import pytest

from dragoman.catalogs import joins, source_changes
from dragoman.catalogs.source_changes import Kind
from dragoman.catalogs.template import TemplateMessage
from dragoman.catalogs.updating import Elsewhere, update
from dragoman.po import Entry, PoFile


def messages(*sources):
    return [
        TemplateMessage((None, s) if isinstance(s, str) else s, f"#: a.md:{n}\n")
        for n, s in enumerate(sources, 1)
    ]


def split(target):
    return [f"{part}." for part in target.rstrip(".").split(". ")]


def updated(entries, sources, **options):
    file = PoFile([e if isinstance(e, Entry) else Entry(*e) for e in entries])
    did = update(file, messages(*sources), **options)
    return {e.msgid: e for e in file.entries if not e.obsolete}, did


# --- what a change is ---


@pytest.mark.parametrize(
    ("old", "new", "kinds"),
    [
        ("He came.", "He  came.", ["white space"]),
        ('"Yes" - he said...', "“Yes” — he said…", ["typography"]),
        ('He said "yes" .', "He said “yes”.", ["white space", "typography"]),
        ("He came.", "He came!", ["punctuation"]),
        ("The Town slept.", "The town slept.", ["case"]),
        ("They recieve it.", "They receive it.", ["spelling"]),
        ("They form it.", "They from it.", ["spelling"]),
        ("It is *here*.", "It is **here**.", ["markup"]),
        ("See [it](a).", "See [it](b).", ["markup"]),
        ("Then Aliyev came.", "Then Akhundov came.", ["name"]),
        ("It was 12 km.", "It was 13 km.", ["number"]),
        ("In May it rained.", "In June it rained.", ["number"]),
        ("Two came.", "Three came.", ["number"]),
        ("It was Two.", "It was two.", ["case"]),
        ("You must go.", "You must not go.", ["negation"]),
        ("You can go.", "You can't go.", ["negation"]),
        ("You can go.", "You cannot go.", ["negation"]),
        ("He was able.", "He was unable.", ["negation"]),
        ("He was happy.", "He was unhappy.", ["negation"]),
        ("He walks home.", "He walked home.", ["rewrite"]),
        ("He came home.", "He left town.", ["rewrite"]),
        ("He came on 5 May.", "He came.", ["number", "rewrite"]),
        ("The cat.", "The cot.", ["rewrite"]),
        ("He came.", "He came.", []),
    ],
)
def test_kinds_of_changes(old, new, kinds):
    assert [str(kind) for kind in source_changes.classify(old, new).kinds] == kinds


@pytest.mark.parametrize(
    ("old", "new", "target", "says"),
    [
        ("It was 1,200 km.", "It was 1,300 km.", "1 200 км", "1,200 → 1,300; the translation still says 1,200"),
        ("On the 5th.", "On the 6th.", "5-го", "5th → 6th; the translation still says 5th"),
        ("It was 12 km.", "It was km.", "112 км", "12 → —"),
        ("Two came.", "Three came.", "Двое", "Two → Three"),
        ("He can go.", "He can't go.", "", "negation: +not"),
    ],
)  # fmt: skip
def test_notes(old, new, target, says):
    said = source_changes.note(old, new, target)
    assert said.endswith(f": {says}")
    assert source_changes.note(old, old, target) == ""


# --- entries ---


def test_a_policy_keeps_what_it_names():
    entries = [("He came.", "Он пришёл."), ("It was 12.", "12.")]
    sources = ["He came!", "It was 13."]
    found, did = updated(entries, sources, keep=frozenset([Kind.PUNCTUATION]))
    assert not found["He came!"].fuzzy
    assert found["It was 13."].fuzzy
    assert (did.kept, did.drafts) == (1, 1)
    found, _ = updated(entries, sources, keep=frozenset())
    assert found["He came!"].fuzzy


def test_only_the_context_changed():
    found, _ = updated([("He came.", "Он пришёл.")], [("c", "He came.")])
    assert found["He came."].fuzzy
    assert found["He came."].comments == '#: a.md:1\n#, fuzzy\n#| msgid "He came."\n'
    assert "Changed" not in found["He came."].comments


def test_units_put_together_and_torn():
    entries = [("One came.", "Один пришёл."), ("Two left.", "")]
    found, did = updated(entries, ["One came. Two left."], split=split)
    assert found["One came. Two left."].fuzzy
    assert did.torn == ((None, "One came. Two left."),)


def test_units_cut_apart_unevenly_are_joined_by_marks():
    whole = "One came early. Two left late."
    found, did = updated([(whole, "Все ушли.")], ["One came early.", "Two left late."], split=split)
    assert found["One came early."].msgstr == "Все ушли."
    assert found["Two left late."].msgstr == joins.BEFORE
    assert did.carried == 2
    lengths = "И. Очень длинная вторая фраза, которая не может быть переводом второй."
    found, _ = updated([(whole, lengths)], ["One came early.", "Two left late."], split=split)
    assert found["Two left late."].msgstr == joins.BEFORE


def test_marks_do_not_stand_where_they_would_hide_a_translation():
    whole = "One came early. Two left late."
    known = Entry("Two left late.", "Двое ушли поздно.").as_obsolete()
    found, _ = updated(
        [Entry(whole, "Все ушли."), known], ["One came early.", "Two left late."], split=split
    )
    assert found["Two left late."].msgstr == "Двое ушли поздно."
    assert found["One came early."].fuzzy
    found, _ = updated([(whole, "Все ушли.")], ["One came early.", "Two left late.", "Two left late."], split=split)  # fmt: skip
    assert joins.BEFORE in [e.msgstr for e in found.values()] or found["Two left late."].fuzzy


def test_the_former_whole_wakes_rather_than_its_sleeping_parts():
    asleep = [Entry(s, t).as_obsolete() for s, t in (("One came.", "А."), ("Two left.", "Б."), ("One came. Two left.", "Целое."))]  # fmt: skip
    found, did = updated(asleep, ["One came. Two left."], split=split)
    assert found["One came. Two left."].msgstr == "Целое."
    assert did.revived == 1


# --- other texts ---


def test_sentences_of_other_texts():
    other = Elsewhere()
    assert other.is_empty
    former = [
        Entry("The market opened at eight.", "Рынок открылся в восемь."),
        Entry("In a context it slept.", "Спало.", "c"),
        Entry("One boat.", "1", plural=("Boats.", ("1", "2"))),
    ]
    other.add("speech", former)
    assert not other.is_empty
    file = PoFile([Entry("The market opened at nine."), Entry("In a context it slept!", "", "d"), Entry("The market opened at eight."), Entry("One boat."), Entry("Nothing like it.")])  # fmt: skip
    assert other.fill(file, [e.key for e in file.entries]) == 2
    like, stranger, same, boat, none = file.entries
    assert (same.msgstr, same.fuzzy) == ("Рынок открылся в восемь.", False)
    assert like.fuzzy
    assert "origin=memory" in like.comments
    assert "number" in like.comments
    assert [e.msgstr for e in (stranger, boat, none)] == ["", "", ""]
    before = file.write()
    assert other.fill(file, [e.key for e in file.entries[3:]]) == 0
    assert file.write() == before


def test_arrows_in_a_row():
    assert joins.leads(["all", joins.BEFORE, joins.BEFORE]) == [0, 0, 0]
    assert joins.leads([joins.AFTER, joins.AFTER, "all"]) == [2, 2, 2]
    assert joins.leads([joins.AFTER, None]) == [joins.NOWHERE, 1]
    assert joins.leads([joins.BEFORE, joins.AFTER]) == [joins.NOWHERE, joins.NOWHERE]
