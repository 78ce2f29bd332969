"""Three-way merges, case by case; laws over thousands of them are in `test_laws_of_catalogs`."""

from __future__ import annotations

import pytest

from dragoman import po
from dragoman.catalogs import provenance, similarity
from dragoman.catalogs.merge import MergeConflict, conflicts, merge
from dragoman.po import Entry, PoFile

LONG = [
    "Длинная фраза о реке и мосте.",
    "Совсем другая фраза про школу.",
    "Третья, о рынке и хлебе.",
]
ENGLISH = [
    "The river runs below the bridge.",
    "Children came to school at eight.",
    "Bread was sold.",
]


def catalog(*entries):
    """A catalog of entries, or of (msgid, msgstr) or (msgid, msgstr, comments)."""
    return PoFile([it if isinstance(it, Entry) else Entry(it[0], it[1], None, *it[2:]) for it in entries])  # fmt: skip


def merged(base, ours, theirs):
    made = merge(*(catalog(*side) for side in (base, ours, theirs)))
    return {e.msgid: e for e in made.po.entries}, [why for _, why in made.conflicts]


def test_what_they_added_follows_what_it_followed_there():
    base = [("a", "1"), ("b", "2")]
    found, _ = merged(base, base, [("0", ""), ("a", "1"), ("x", "3"), ("y", ""), ("b", "2")])
    assert list(found) == ["0", "a", "x", "y", "b"]


def test_the_header_stays_first():
    head = ("", "Language: ru\n")
    found, _ = merged([head], [head, ("a", "")], [("n", ""), head])
    assert list(found) == ["", "n", "a"]


@pytest.mark.parametrize(
    ("ours", "theirs", "left"),
    [
        ([], [("a", "1")], []),
        ([("a", "1")], [], []),
        ([], [("a", "2")], ["2"]),
        ([("a", "2")], [], ["2"]),
        ([], [], []),
    ],
)
def test_what_one_side_removed(ours, theirs, left):
    """It is gone if the other left it alone; what the other made of it stays."""
    found, why = merged([("a", "1")], ours, theirs)
    assert [e.msgstr for e in found.values()] == left
    assert why == []


def test_a_new_message_of_both_sides():
    found, why = merged([], [("a", "1")], [("a", "2")])
    assert why == ["both sides changed the translation"]
    assert found["a"].comments == "# Conflict, ours: “1”\n# Conflict, theirs: “2”\n#, fuzzy\n"
    assert [e.msgid for e in conflicts(found.values())] == ["a"]
    found, why = merged([], [("a", "1")], [("a", "1", "#, fuzzy\n")])
    assert (found["a"].msgstr, found["a"].fuzzy, why) == ("1", True, [])


@pytest.mark.parametrize(("ours", "theirs"), [("", "x"), ("x", "")])
def test_emptied_here_and_translated_there(ours, theirs):
    found, why = merged([("a", "1")], [("a", ours)], [("a", theirs)])
    assert (found["a"].msgstr, why) == ("x", [])


def test_plural_forms_of_both_sides_are_kept():
    def forms(*said):
        return Entry("a", said[0], plural=("as", said))

    found, why = merged([forms("", "")], [forms("1", "2")], [forms("1", "3")])
    assert found["a"].plural == ("as", ("1", "2"))
    assert "# Conflict, theirs: “1”\n# Conflict, theirs: “3”\n" in found["a"].comments
    assert why == ["both sides changed the translation"]
    found, _ = merged([forms("1", "2")], [forms("", "")], [forms("1", "3")])
    assert found["a"].plural == ("as", ("1", "3"))


def test_comments_references_and_flags_of_both_sides():
    base = [("a", "1", "# one\n# two\n#: x:1\n#, c-format\n")]
    ours = [("a", "1", "# one\n# ours\n#: x:2\n")]
    theirs = [("a", "2", "# one\n# two\n# theirs\n#: x:1\n#, c-format, no-wrap\n")]
    found, _ = merged(base, ours, theirs)
    assert found["a"].comments == "# one\n# ours\n# theirs\n#: x:2\n#, no-wrap\n"
    assert found["a"].msgstr == "2"


def test_provenance_goes_with_the_translation():
    def line(origin):
        return provenance.write("", provenance.Provenance(origin))

    base = [("a", "1", line("memory 80 %, x"))]
    ours = [("a", "1", "# note\n" + line("memory 80 %, x"))]
    found, _ = merged(base, ours, [("a", "2", line("human"))])
    assert found["a"].comments == "# note\n" + line("human")


def test_obsolete_here_and_edited_there():
    gone = Entry("a", "1").as_obsolete()
    found, why = merged([("a", "1")], [gone], [("a", "2")])
    assert (found["a"].obsolete, found["a"].msgstr, why) == (True, "2", [])
    found, _ = merged([], [gone], [("a", "2")])
    assert not found["a"].obsolete


def test_remarks_on_a_vanished_draft():
    def gone(remark):
        comments = f'{remark}#, fuzzy\n#| msgid "z"\n'
        return Entry("a", "1", comments=comments).as_obsolete()

    found, _ = merged([gone("")], [gone("# x\n")], [gone("# y\n")])
    assert found["a"].raw == gone("# x\n# y\n").raw


# --- the header ---


def header(**fields):
    return ("", "".join(f"{name.replace('_', '-')}: {value}\n" for name, value in fields.items()))


def test_the_later_revision_wins_with_its_author():
    """Ours, where both are of the same time."""
    base = header(PO_Revision_Date="2026-01-01", Last_Translator="A", X_Generator="x")
    ours = header(PO_Revision_Date="2026-01-02", Last_Translator="B", X_Generator="x")
    theirs = header(PO_Revision_Date="2026-01-03", Last_Translator="C", X_Generator="y")
    for one, other in ((ours, theirs), (theirs, ours)):
        found, why = merged([base], [one], [other])
        assert (found[""].msgstr, why) == (theirs[1], [])
    beside = header(PO_Revision_Date="2026-01-02", Last_Translator="D", X_Generator="x")
    assert merged([base], [ours], [beside])[0][""].msgstr == ours[1]
    undated = header(Last_Translator="E", X_Generator="x")
    for one, other in ((ours, undated), (undated, ours)):
        lines = merged([base], [one], [other])[0][""].msgstr.splitlines()
        assert sorted(lines) == sorted(ours[1].splitlines())


def test_fields_of_the_header_by_themselves():
    base = header(Language="ru", POT_Creation_Date="1", X_A="1", X_B="1", X_C="1")
    ours = header(Language="ru", POT_Creation_Date="2", X_A="2", X_B="1", X_O="new")
    theirs = header(Language="ru", POT_Creation_Date="3", X_A="1", X_B="2", X_C="1", X_T="new")
    found, why = merged([base], [ours], [theirs])
    assert found[""].msgstr == header(
        Language="ru", POT_Creation_Date="3", X_A="2", X_B="2", X_O="new", X_T="new"
    )[1]  # fmt: skip
    assert why == []


def test_the_later_template_wins():
    with_date = [header(X_A="1", POT_Creation_Date=value) for value in ("1", "2", "3")]
    without = header(X_A="1", X_B="1")
    for base, one, other, date in (
        (with_date[0], with_date[1], with_date[2], "3"),
        (with_date[0], with_date[2], with_date[1], "3"),
        (with_date[0], with_date[1], without, "2"),
        (with_date[0], without, with_date[1], "2"),
    ):
        found, why = merged([base], [one], [other])
        assert f"POT-Creation-Date: {date}\n" in found[""].msgstr
        assert why == []


def test_a_header_is_a_draft_where_both_say_so():
    texts = [header(X_A=value)[1] for value in ("1", "2", "3")]
    draft = "#, fuzzy\n"
    for one, other, fuzzy in ((draft, "", False), ("", draft, False), (draft, draft, True)):
        found, _ = merged([("", texts[0])], [("", texts[1], one)], [("", texts[2], other)])
        assert found[""].fuzzy is fuzzy


def test_a_field_that_both_changed_keeps_both_texts():
    sides = [header(Language="ru", Plural_Forms=value) for value in ("1", "2", "3")]
    made = merge(*(catalog(side) for side in sides))
    (head,) = made.po.entries
    assert head.msgstr == "Language: ru\nPlural-Forms: 2\n"
    assert head.comments == "# Conflict, theirs: “Plural-Forms: 3”\n"
    assert made.conflicts == (MergeConflict((None, ""), "both sides changed Plural-Forms"),)


def test_a_header_with_repeated_and_odd_lines_stays_where_nobody_changed_it():
    head = ("", "X: 1\nX: 2\nno colon\n", "# Title.\n")
    found, _ = merged([head], [head], [(*head[:2], "# Title.\n# Theirs.\n")])
    assert found[""].msgstr == head[1]
    assert found[""].comments == "# Title.\n# Theirs.\n"


def test_headers_that_one_side_lacks():
    head = header(Language="ru")
    found, _ = merged([], [head], [("a", "1")])
    assert list(found) == ["", "a"]
    found, _ = merged([], [head], [header(Language="ru", X_T="1")])
    assert found[""].msgstr == "Language: ru\nX-T: 1\n"


# --- pairs that belong to no one ---


@pytest.mark.parametrize("side", ["ours", "theirs"])
def test_a_translation_that_went_to_another_sentence(side):
    """A merge by lines can give a sentence its neighbour's translation, and nothing looks wrong."""
    base = list(zip(ENGLISH, LONG, strict=True))
    shifted = list(zip(ENGLISH, [LONG[0], LONG[0], LONG[2]], strict=True))
    sides = (shifted, base) if side == "ours" else (base, shifted)
    found, why = merged(base, *sides)
    assert why == [f"has the translation of “{ENGLISH[0]}”"]
    remark = f"# Conflict, translation of another sentence: “{ENGLISH[0]}”\n"
    assert found[ENGLISH[1]].comments == remark + "#, fuzzy\n"
    assert not found[ENGLISH[0]].fuzzy


def test_a_new_sentence_with_the_translation_of_another():
    base = list(zip(ENGLISH, LONG, strict=True))
    new = ("Nothing of the kind was ever told.", LONG[0])
    for sides in ((base, [*base, new]), ([*base, new], base)):
        found, why = merged(base, *sides)
        assert why == [f"has the translation of “{ENGLISH[0]}”"]
        assert found[new[0]].fuzzy
    _, why = merged(base, base, [*base, (*new, "#, fuzzy\n")])
    assert why == []


def test_translations_may_go_to_a_new_form_of_their_sentence():
    base = list(zip(ENGLISH, LONG, strict=True))
    gone = Entry(ENGLISH[0], LONG[0]).as_obsolete()
    theirs = [*base[1:], ("The river ran below the bridge.", LONG[0]), gone]
    assert merged(base, base, theirs)[1] == []
    theirs = [*base[1:], ("Something else altogether, at last.", LONG[0]), gone]
    assert merged(base, base, theirs)[1] == []
    short = [("Yes.", "Да."), ("Certainly.", "Да.")]
    assert merged([("Yes.", "Да."), ("Certainly.", "")], short, short)[1] == []


def test_like_sentences_may_share_a_translation():
    base = [(ENGLISH[0], LONG[0]), ("The river runs below the old bridge.", "")]
    theirs = [base[0], (base[1][0], LONG[0])]
    assert merged(base, base, theirs)[1] == []


@pytest.mark.parametrize(("length", "shown"), [(60, "a" * 60), (61, "a" * 59 + "…")])
def test_long_sentences_are_shortened_in_messages(length, shown):
    base = [("a" * length, LONG[0]), (ENGLISH[1], LONG[1])]
    _, why = merged(base, base, [base[0], (ENGLISH[1], LONG[0])])
    assert why == [f"has the translation of “{shown}”"]


# --- the file ---


def test_a_charset_that_lacks_their_characters_becomes_utf8():
    head = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=KOI8-R\\nLanguage: ru\\n"\n\n'
    ours = po.parse(f'{head}msgid "a"\nmsgstr "да"\n'.encode("koi8-r"))
    theirs = catalog(("", "Content-Type: text/plain; charset=UTF-8\nLanguage: ru\n"), ("a", "да"), ("b", "ə"))  # fmt: skip
    made = merge(ours, ours, theirs).po
    again = po.parse(made.write())
    assert [e.msgstr for e in again.messages()] == ["да", "ə"]
    said = "Language: ru\nContent-Type: text/plain; charset=UTF-8\n"
    assert again.header.msgstr == said


def test_no_header_needs_no_charset():
    ours = PoFile([Entry("a", "да")], charset="koi8-r")
    assert merge(PoFile(), ours, catalog(("b", "ə"))).po.charset == "utf-8"


# --- a translation made while its source changed ---

OLD, NEW = "The river rose in spring.", "The river rises in every spring."
HEIR = f'#, fuzzy\n#| msgid "{OLD}"\n'


def both_ways(base, text, words):
    """What comes of it, whichever side is ours; merging again changes nothing."""
    for one, other in ((text, words), (words, text)):
        sides = (catalog(*base), catalog(*one), catalog(*other))
        made = merge(*sides)
        assert made.conflicts == ()
        again = merge(sides[0], made.po, sides[2])
        assert again.po.write() == made.po.write()
        yield {e.msgid: e for e in made.po.entries}


def test_a_translation_of_a_sentence_that_changed_meanwhile_is_a_draft():
    base = [("A.", "А."), (OLD, ""), ("Z.", "Я.")]
    text = [("A.", "А."), (NEW, ""), ("Z.", "Я.")]
    words = [("A.", "А."), (OLD, "Река."), ("Z.", "Я.")]
    for found in both_ways(base, text, words):
        assert (found[NEW].msgstr, found[NEW].fuzzy) == ("Река.", True)
        assert found[NEW].previous == (None, OLD)
        assert (found[OLD].msgstr, found[OLD].obsolete) == ("Река.", True)


def test_it_is_looked_for_at_its_place_first():
    far = "In some springs the river rose too high."
    assert 0.5 <= similarity.likeness(OLD, far) < similarity.ALIKE
    base = [("A.", "А."), (OLD, ""), ("Z.", "Я.")]
    words = [("A.", "А."), (OLD, "Река."), ("Z.", "Я.")]
    for found in both_ways(base, [("A.", "А."), (far, ""), ("Z.", "Я.")], words):
        assert found[far].msgstr == "Река."
    for found in both_ways(base, [("A.", "А."), ("Z.", "Я."), (far, "")], words):
        assert found[far].msgstr == ""


def test_a_better_translation_reaches_the_draft_that_was_made_of_the_former_one():
    base = [(OLD, "Река.")]
    text = [(NEW, "Река.", HEIR), Entry(OLD, "Река.").as_obsolete()]
    for found in both_ways(base, text, [(OLD, "Река поднялась.")]):
        assert (found[NEW].msgstr, found[NEW].fuzzy) == ("Река поднялась.", True)
        assert (found[OLD].msgstr, found[OLD].obsolete) == ("Река поднялась.", True)


@pytest.mark.parametrize(
    ("source", "left"),
    [("“The river rose in spring.”", "Река поднялась."), (NEW, "Река.")],
)
def test_a_message_that_is_done_takes_it_only_where_its_source_is_the_same(source, left):
    old = '"The river rose in spring."'
    for found in both_ways([(old, "Река.")], [(source, "Река.")], [(old, "Река поднялась.")]):
        assert (found[source].msgstr, found[source].fuzzy) == (left, False)
        assert found[old].obsolete


def test_a_merge_proposes_nothing_that_was_obsolete_before():
    asleep = Entry(OLD, "Река.").as_obsolete()
    base = [(NEW, ""), asleep]
    for found in both_ways(base, [*base, ("B.", "")], [*base, ("C.", "Ц.")]):
        assert found[NEW].msgstr == ""
