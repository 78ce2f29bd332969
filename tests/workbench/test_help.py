"""Help while typing, in a real browser: matches, terms, findings, changes, signs, isolates, joins."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect
from test_typing import CAME, EARLY, SLEPT, field, shown, start

pytestmark = [
    pytest.mark.browser,
    pytest.mark.filterwarnings("ignore::DeprecationWarning"),
    pytest.mark.xdist_group("workbench"),
]


def part(page, heading):
    return page.locator("#panel section", has=page.get_by_role("heading", name=heading))


def soon(page, is_so):
    """Wait until something is so; a page's policy lets no test wait inside of it."""
    for _ in range(50):
        if is_so():
            return
        page.wait_for_timeout(100)
    raise AssertionError


def test_a_match_is_inserted_by_key_and_taken_back_by_undo(page, desk):
    desk.place.write("source_texts/other.txt", "Nobody slept well.\n")
    desk.place.update()
    desk.elsewhere("Nobody slept well.", "איש לא ישן היטב.", text="other")
    start(page, desk, "2.2")
    matches = part(page, "Translated before")
    expect(matches).to_contain_text("איש לא ישן היטב.")
    expect(matches.locator("del")).to_have_text("slept well.")
    page.keyboard.type("טיוטה")
    page.keyboard.press("Control+1")
    expect(field(page, "2.2")).to_have_text("איש לא ישן היטב.")
    page.keyboard.press("Control+z")
    expect(field(page, "2.2")).to_have_text("טיוטה")


def test_what_was_saved_helps_with_the_next(page, desk):
    desk.place.write("source_texts/other.txt", "It began very early.\n")
    desk.place.update()
    start(page, desk, "2.2")  # the memory is open from here on
    page.wait_for_timeout(400)
    page.keyboard.press("Alt+ArrowUp")
    page.keyboard.type("זה התחיל מוקדם.")
    page.keyboard.press("Enter")
    expect(page.locator('[id="2.1"]')).to_have_attribute("data-state", "translated")
    page.wait_for_timeout(400)
    page.goto(desk.url("other", number="1.1"))
    expect(part(page, "Translated before")).to_contain_text("זה התחיל מוקדם.")


def test_terms_are_inserted_and_known_in_any_inflection(page, desk):
    desk.place.write(
        "locales/glossary.toml",
        '[[term]]\nsource = "Aliyev"\nru = "Алиев"\nhe = "אלייב"\nnote = "a name"\n',
    )
    start(page, desk, "3.1", "ru")
    terms = part(page, "Terms")
    expect(terms).to_contain_text("Алиев")
    page.keyboard.type("О господине ")
    page.keyboard.press("Control+Shift+Digit1")
    expect(field(page, "3.1")).to_have_text("О господине Алиев")
    expect(terms).to_contain_text("said")
    page.keyboard.type("е.")
    expect(terms).to_contain_text("said")
    page.keyboard.press("Control+a")
    page.keyboard.type("Он пришёл.")
    expect(part(page, "Findings")).to_contain_text("“Aliyev” is “Алиев” in the glossary")


def test_findings_are_marked_fixed_and_accepted(page, desk):
    start(page, desk, "2.2", "ru")
    page.keyboard.type("Никто  не спал 17.")
    findings = part(page, "Findings")
    expect(findings).to_contain_text("17 is not in the source")
    marked = page.evaluate("[...CSS.highlights.get('warning')].map(range => range.toString())")
    assert "17" in marked
    assert field(page, "2.2").evaluate("f => f.childElementCount") == 0
    page.get_by_role("button", name="Fix it").first.click()
    expect(field(page, "2.2")).to_have_text("Никто не спал 17.")
    expect(field(page, "2.2")).to_be_focused()
    page.keyboard.press("Home")
    page.keyboard.press("F8")
    soon(page, lambda: page.evaluate("getSelection().toString()") == "17")
    findings.get_by_role("button", name="Accept it").first.click()
    page.keyboard.type("it is said elsewhere")
    page.keyboard.press("Enter")
    expect(findings).to_contain_text("Accepted: it is said elsewhere")
    assert "# dragoman-waive: " in desk.po("ru")
    assert "number: it is said elsewhere" in desk.po("ru")


def test_what_changed_in_the_source_is_said_in_words(page, desk):
    desk.place.write("source_texts/day.txt", "A day.\nIt began at 5 sharp in the cold morning.\n")
    desk.place.update()
    desk.elsewhere("It began at 5 sharp in the cold morning.", "זה התחיל ב-5.")
    desk.place.write("source_texts/day.txt", "A day.\nIt began at 6 sharp in the cold morning.\n")
    desk.place.update()
    start(page, desk, "2.1")
    changed = part(page, "The source has changed")
    expect(changed).to_contain_text("5 → 6; the translation still says 5")
    expect(changed.locator("del")).to_have_text("5")
    expect(changed.locator("ins")).to_have_text("6")
    page.keyboard.press("Enter")
    expect(page.locator('[id="2.1"]')).to_have_attribute("data-state", "translated")
    assert "#|" not in desk.po()


def test_other_languages_notes_and_what_was_saved_before(page, desk):
    desk.elsewhere(SLEPT, "Никто не спал.", locale="ru")
    start(page, desk, "2.2")
    others = part(page, "In other languages")
    expect(others.locator("[lang=ru]")).to_have_text("Никто не спал.")
    page.keyboard.type("ראשון.")
    page.keyboard.press("Enter")
    expect(page.locator('[id="2.2"]')).to_have_attribute("data-state", "translated")
    page.keyboard.press("Alt+ArrowUp")
    page.keyboard.press("Control+a")
    page.keyboard.type("שני.")
    page.keyboard.press("Enter")
    expect(shown(page, "2.2")).to_contain_text("Saved")
    page.keyboard.press("Alt+ArrowUp")
    before = part(page, "Saved here before")
    expect(before).to_contain_text("שני.")
    before.get_by_role("button", name="Bring the former back").first.click()
    expect(field(page, "2.2")).to_have_text("ראשון.")


def test_the_paragraph_is_shown_as_it_will_be_read(page, desk):
    desk.elsewhere(EARLY, "זה התחיל מוקדם.")
    start(page, desk, "2.2")
    page.keyboard.type("C++ היה **כאן**")
    preview = part(page, "As it is read").locator(".preview")
    expect(preview).to_contain_text("זה התחיל מוקדם. C++ היה")
    expect(preview.locator("bdi[dir=ltr]")).to_have_text("C++")


def test_signs_by_key(page, desk):
    start(page, desk, "2.1")
    page.keyboard.type("בית")
    page.keyboard.press("Control+Period")
    expect(page.get_by_role("menuitem", name="hebrew punctuation maqaf")).to_be_focused()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Home")
    page.keyboard.press("Enter")
    expect(field(page, "2.1")).to_be_focused()
    page.keyboard.type("ספר")
    expect(field(page, "2.1")).to_have_text("בית־ספר")
    page.keyboard.press("Control+Period")
    page.keyboard.press("Escape")
    expect(page.get_by_role("menu")).to_have_count(0)
    expect(field(page, "2.1")).to_be_focused()


def test_an_isolate_by_key_and_away_again(page, desk):
    start(page, desk, "2.1")
    page.keyboard.type("C++")
    page.keyboard.press("Control+a")
    page.keyboard.press("Control+Shift+KeyI")
    assert field(page, "2.1").evaluate("f => f.textContent") == "\u2066C++\u2069"
    page.keyboard.press("Control+Shift+KeyI")
    assert field(page, "2.1").evaluate("f => f.textContent") == "C++"
    page.goto(desk.url(locale="ru", number="2.1"))
    expect(field(page, "2.1")).to_be_focused()
    page.keyboard.type("C++")
    page.keyboard.press("Control+a")
    page.keyboard.press("Control+Shift+KeyI")
    expect(page.locator("#live")).to_contain_text("Isolates are not needed here")
    assert field(page, "2.1").evaluate("f => f.textContent") == "C++"


def test_sentences_are_joined_and_parted_by_key(page, desk):
    desk.elsewhere(EARLY, "זה התחיל מוקדם,")
    desk.elsewhere(SLEPT, "ואיש לא ישן.")
    start(page, desk, "2.2")
    page.keyboard.press("Control+j")
    expect(shown(page, "2.2")).to_contain_text("joined")
    expect(field(page, "2.1")).to_have_text("זה התחיל מוקדם, ואיש לא ישן.")
    expect(page.locator('[id="2.1"]')).to_have_attribute("data-state", "translated")
    expect(page.locator('[id="2.1"] .state')).to_contain_text("Saved")
    assert desk.target(SLEPT) == ("↑", False)
    assert desk.target(EARLY) == ("זה התחיל מוקדם, ואיש לא ישן.", False)
    field(page, "2.2").focus()
    page.keyboard.press("Control+j")
    expect(page.locator('[id="2.2"]')).to_have_attribute("data-state", "initial")
    assert desk.target(SLEPT) == ("", False)
    field(page, "3.1").focus()
    page.keyboard.press("Control+j")
    expect(page.locator("#live")).to_contain_text("There is no sentence before this one")
    assert desk.target(CAME) == ("", False)


def test_sentences_are_swapped_by_key(page, desk):
    """Both become one translation, in the order of its language, and read in that order."""
    desk.elsewhere(EARLY, "זה התחיל מוקדם.")
    desk.elsewhere(SLEPT, "איש לא ישן.")
    start(page, desk, "2.2")
    page.keyboard.press("Alt+Shift+ArrowUp")
    expect(shown(page, "2.2")).to_contain_text("joined")
    expect(field(page, "2.1")).to_have_text("איש לא ישן. זה התחיל מוקדם.")
    expect(page.locator('[id="2.1"] .state')).to_contain_text("Saved")
    assert desk.target(EARLY) == ("איש לא ישן. זה התחיל מוקדם.", False)
    assert desk.target(SLEPT) == ("↑", False)
    page.goto(desk.url(way="read"))
    expect(page.locator("article")).to_contain_text("איש לא ישן. זה התחיל מוקדם.")
    page.goto(desk.url(number="2.2"))
    expect(field(page, "2.2")).to_be_focused()
    page.keyboard.press("Alt+Shift+ArrowUp")  # they are one already
    expect(page.locator("#live")).to_contain_text("There is no sentence before this one")
    assert desk.target(SLEPT) == ("↑", False)


def test_only_some_sentences_are_shown_and_keys_walk_these(page, desk):
    desk.elsewhere(EARLY, "זה התחיל מוקדם 17.")
    start(page, desk, "2.2")
    rows = page.locator(".row:visible")
    page.get_by_label("Show:").focus()
    page.get_by_label("Show:").select_option("finding")
    expect(rows).to_have_count(1)
    expect(rows).to_have_attribute("id", "2.1")
    page.get_by_label("Show:").select_option("initial")
    expect(rows).to_have_count(3)
    field(page, "1.1").focus()
    page.keyboard.press("Alt+ArrowDown")
    expect(field(page, "2.2")).to_be_focused()
    page.keyboard.type("איש לא ישן.")
    page.keyboard.press("Enter")
    expect(page.locator('[id="2.2"]')).to_have_attribute("data-state", "translated")
    expect(page.locator('[id="2.2"]')).to_be_visible()  # not under one's hands
    page.get_by_label("Show:").select_option("")
    expect(rows).to_have_count(4)


def test_a_note_stands_in_the_catalog_for_every_tool(page, desk):
    start(page, desk, "2.2")
    page.get_by_role("button", name="Add a note").click()
    page.keyboard.type("is it “nobody”? \\")
    page.keyboard.press("Enter")
    expect(part(page, "Notes")).to_contain_text("is it “nobody”?")
    expect(field(page, "2.2")).to_be_focused()
    assert "# is it “nobody”?\n" in desk.po()
    page.keyboard.type("איש.")  # a note is no conflict
    expect(shown(page, "2.2")).to_contain_text("Saved")
