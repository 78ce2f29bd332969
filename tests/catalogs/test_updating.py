"""Updates case by case; laws over thousands of them are in `test_laws_of_catalogs`."""

from __future__ import annotations

import random
import sys

import pytest

from dragoman.catalogs import joins, source_changes
from dragoman.catalogs.former.elsewhere import Elsewhere, fill
from dragoman.catalogs.former.refill import refill
from dragoman.catalogs.source_changes import ChangeKind
from dragoman.catalogs.template import TemplateMessage, header
from dragoman.catalogs.updating import update
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
    found, did = updated(entries, sources, keep=frozenset([ChangeKind.PUNCTUATION]))
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


def elsewhere(former, file, new=True, text="night"):
    """What a catalog takes from another text, and that it takes nothing the second time."""
    for _ in range(2):
        other = Elsewhere()
        other.add_former("speech", former)
        other.add_messages(text, file.messages(), [e.key for e in file.entries] if new else ())
        finds = other.finds()
        count = fill(file, finds.get(text, {}))
        if _ == 0:
            first, data = count, file.write()
    assert (count, file.write()) == (0, data)
    return first


FORMER = [
    Entry("The market opened at eight.", "Рынок открылся в восемь."),
    Entry("In a context it slept.", "Спало.", "c"),
    Entry("One boat.", "1", plural=("Boats.", ("1", "2"))),
]


def test_sentences_of_other_texts():
    file = PoFile([Entry("In a context it slept!", "", "d"), Entry("The market opened at eight."), Entry("One boat."), Entry("Nothing like it.")])  # fmt: skip
    assert elsewhere(FORMER, file) == 1
    stranger, same, boat, none = file.entries
    assert (same.msgstr, same.fuzzy) == ("Рынок открылся в восемь.", False)
    assert [e.msgstr for e in (stranger, boat, none)] == ["", "", ""]
    assert Elsewhere().finds() == {}


def test_an_equal_sentence_is_a_draft_where_the_message_was_empty_before():
    file = PoFile([Entry("The market opened at eight.", "", None, "# Mine.\n#: a.md:1\n")])
    assert elsewhere(FORMER, file, new=False) == 1
    assert file.entries[0].comments == (
        "# Mine.\n# dragoman: origin=memory 100 %, speech\n#: a.md:1\n#, fuzzy\n"
    )


@pytest.mark.parametrize("new", [True, False])
def test_a_similar_sentence_of_another_text_is_a_draft_once(new):
    file = PoFile([Entry("The market opened at nine."), Entry("The market opened at ten.")])
    assert elsewhere(FORMER, file, new) == 1
    (draft,) = [entry for entry in file.entries if entry.msgstr]
    assert draft.fuzzy
    assert "origin=memory" in draft.comments
    assert "number" in draft.comments


def test_what_another_text_says_already_is_not_proposed():
    file = PoFile(
        [Entry("The market opened at nine."), Entry("The market shut.", FORMER[0].msgstr)]
    )
    assert elsewhere(FORMER, file) == 0


def test_arrows_in_a_row():
    assert joins.leads(["all", joins.BEFORE, joins.BEFORE]) == [0, 0, 0]
    assert joins.leads([joins.AFTER, joins.AFTER, "all"]) == [2, 2, 2]
    assert joins.leads([joins.AFTER, None]) == [joins.NOWHERE, 1]
    assert joins.leads([joins.BEFORE, joins.AFTER]) == [joins.NOWHERE, joins.NOWHERE]


# --- short sentences, and many ---


@pytest.mark.parametrize(
    ("old", "new", "draft"),
    [
        ("Guide", "Guids", True),
        ("Instalation", "Installation", True),
        ("Fist stpes", "First steps", True),
        ("Notation", "Notations", True),
        ("Guide", "Index", False),
        ("Notes", "Contents", False),
        ("Yes", "No", False),
    ],
)
def test_a_slip_in_a_heading_of_few_words(old, new, draft):
    """At its place, and where it moved behind sentences that stayed."""
    stay = [("One stays here.", "А."), ("Another stays there.", "Б.")]
    sources = [source for source, _ in stay]
    for order in ([*sources, new], [new, *sources]):
        found, _ = updated([*stay, (old, "Слово")], order)
        assert found[new].fuzzy == draft
        assert found[new].msgstr == ("Слово" if draft else "")


def _steps(act):
    """How many lines of Python an act runs through."""
    count = 0

    def step(_frame, event, _value):
        nonlocal count
        count += event == "line"
        return step

    before = sys.gettrace()
    sys.settrace(step)
    try:
        act()
    finally:
        sys.settrace(before)
    return count


@pytest.mark.parametrize("reworded", [False, True])
@pytest.mark.parametrize("head", [False, True])
def test_the_work_grows_with_the_text(head, reworded):
    """Half of a text moved before the other half, with and without every sentence reworded."""

    def steps(size):
        rng = random.Random(size)
        words = [f"w{n}" for n in range(size)]
        sources = [" ".join(rng.sample(words, 8)) for _ in range(size)]
        entries = [Entry(source, source.upper()) for source in sources]
        file = PoFile([header("x", "ru"), *entries] if head else entries)
        now = sources[size // 2 :] + sources[: size // 2]
        wanted = messages(*(f"{source} and more" if reworded else source for source in now))
        return _steps(lambda: update(file, wanted))

    few, many = (100, 400) if reworded else (300, 1200)
    assert steps(many) < 5 * steps(few)


# --- translations that come late ---


def late(*entries, places=()):
    """The catalog as text, before and after empty messages took what is there for them."""
    file = PoFile([e if isinstance(e, Entry) else Entry(*e) for e in entries])
    filled = refill(file, places)
    settled = file.write()
    assert refill(file) == ()
    assert file.write() == settled
    return {e.msgid: e for e in file.entries if not e.obsolete}, [key[1] for key in filled]


def gone(source, target, comments="", context=None):
    return Entry(source, target, context, comments).as_obsolete()


def test_an_empty_message_takes_the_translation_of_its_former_sentence():
    found, filled = late(
        Entry(
            "It floods in the spring.", "", None, "# Mine.\n#. paragraph\n#: a.md:3\n#, no-wrap\n"
        ),
        ("Nothing else.", ""),
        gone("It flooded in the spring.", "Весной.", "# Theirs.\n"),
    )
    draft = found["It floods in the spring."]
    assert filled == ["It floods in the spring."]
    assert (draft.msgstr, draft.fuzzy) == ("Весной.", True)
    assert draft.previous == (None, "It flooded in the spring.")
    assert draft.translator_comments == "# Mine.\n# Theirs.\n"
    assert draft.automatic == "#. paragraph\n#. Changed (rewrite)\n#: a.md:3\n"
    assert set(draft.flags) == {"fuzzy", "no-wrap"}
    assert found["Nothing else."].msgstr == ""


def test_a_heading_with_a_slip_is_found_among_obsolete_ones():
    found, _ = late(("Guids", ""), ("Contents", ""), gone("Guide", "Путеводитель"))
    assert (found["Guids"].msgstr, found["Guids"].fuzzy) == ("Путеводитель", True)
    assert found["Contents"].msgstr == ""


@pytest.mark.parametrize(
    "there",
    [
        Entry("The river rises in spring.", "Река.", None, '#, fuzzy\n#| msgid "The river rose in spring."\n'),
        Entry("The river rises in spring.", "Другая.", None, '#, fuzzy\n#| msgid "The river rose in spring."\n'),
        Entry("The river rises in spring.", "Река."),
    ],
)  # fmt: skip
def test_a_translation_that_is_there_is_not_proposed_again(there):
    asleep = gone("The river rose in spring.", "Река.")
    found, filled = late(there, ("The river rose in the spring.", ""), asleep)
    assert filled == []
    assert found["The river rose in the spring."].msgstr == ""


def test_one_translation_goes_to_one_message():
    empty = [("The river rises in spring.", ""), ("The river rises in spring!", "")]
    twice = [gone("The river rose in spring.", "Река."), gone("The river rose in spring!", "Река.")]
    _, filled = late(*empty, *twice)
    assert len(filled) == 1


def test_marks_plural_forms_and_strangers_are_not_proposed():
    plural = Entry("One boat came.", "1", plural=("Boats came.", ("1", "2"))).as_obsolete()
    _, filled = late(
        ("One boat went.", ""),
        ("Nobody slept well.", ""),
        Entry("In a context it sleeps.", "", "c"),
        plural,
        gone("Nobody slept.", joins.BEFORE),
        gone("In a context it slept.", "Спало.", context="d"),
    )
    assert filled == []


def test_a_draft_that_was_emptied_comes_back():
    emptied = Entry("It is gone.", "", None, '#, fuzzy\n#| msgid "Such a thing was here."\n')
    found, _ = late(emptied, gone("Such a thing was here.", "Было."))
    assert (found["It is gone."].msgstr, found["It is gone."].flags) == ("Было.", ("fuzzy",))


def test_a_vanished_neighbour_is_looked_for_at_its_place_first():
    """Both were live after a merge of texts; less alike is enough at one place."""
    entries = [("A stays.", "А."), ("It happened in the year of the flood.", "Год."), ("In the year of a great flood it all happened.", ""), ("Z stays.", "Я.")]  # fmt: skip
    found, did = updated(
        entries, ["A stays.", "In the year of a great flood it all happened.", "Z stays."]
    )
    assert did.refilled == ((None, "In the year of a great flood it all happened."),)
    assert found["In the year of a great flood it all happened."].fuzzy
    far = [*entries[:1], entries[3], entries[2], gone(*entries[1])]
    assert late(*far)[1] == []
