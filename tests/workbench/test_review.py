"""What is decided on, in a real browser: drafts by class, suggestions, findings over the project."""

from __future__ import annotations

import json

import pytest
from playwright.sync_api import expect
from test_help import part
from test_typing import EARLY, SLEPT, field, start

from dragoman.model import unit_id

pytestmark = [
    pytest.mark.browser,
    pytest.mark.filterwarnings("ignore::DeprecationWarning"),
    pytest.mark.xdist_group("workbench"),
]


def test_drafts_of_a_class_are_blessed_at_once(page, desk):
    """Those that are ticked, as they were seen; a changed number is not ticked before it is read."""
    desk.place.write("source_texts/day.txt", "We, they said.\nIt was, at 5, cold.\nNo end.\n")
    desk.place.update()
    for source, target in (
        ("We, they said.", "אנחנו."),
        ("It was, at 5, cold.", "קר."),
        ("No end.", "אין."),
    ):
        desk.elsewhere(source, target)
    desk.place.write("source_texts/day.txt", "We they said.\nIt was, at 6, cold.\nNo end!\n")
    desk.place.update()
    page.goto(desk.url(way="review"))
    pieces = page.locator("section", has=page.get_by_role("heading", name="punctuation"))
    expect(pieces.locator("li")).to_have_count(2)
    numbers = page.locator("section", has=page.get_by_role("heading", name="a number"))
    expect(numbers.locator("del")).to_contain_text("5")
    expect(numbers.get_by_role("checkbox")).not_to_be_checked()
    pieces.get_by_role("checkbox").first.uncheck()
    desk.elsewhere("No end!", "אין סוף.")  # meanwhile
    pieces.get_by_role("button").press("Enter")
    expect(page.locator("#live")).to_contain_text("Changed meanwhile, left alone: 1")
    page.goto(desk.url(way="review"))
    for one in pieces.get_by_role("checkbox").all():
        one.check()
    pieces.get_by_role("button").press("Enter")
    expect(page.locator("#live")).to_contain_text("Still hold: 2")
    assert desk.target("We they said.") == ("אנחנו.", False)
    assert desk.target("No end!") == ("אין סוף.", False)
    assert desk.target("It was, at 6, cold.")[1]
    assert page.faults == []


def test_a_suggestion_is_taken_by_key_or_declined(page, desk):
    desk.elsewhere(SLEPT, "איש לא ישן.")
    start(page, desk, "2.2")
    page.get_by_role("button", name="Suggest another").click()
    expect(page.locator("#panel input")).to_have_attribute("dir", "rtl")
    page.keyboard.type('אף "אחד" לא ישן.')
    page.keyboard.press("Enter")
    proposed = part(page, "Suggestions")
    expect(proposed).to_contain_text('אף "אחד" לא ישן.')
    assert desk.target(SLEPT) == ("איש לא ישן.", False)
    assert '# suggestion (Tester): “אף \\"אחד\\" לא ישן.”' in desk.po()
    page.goto(desk.url(way="review"))
    expect(page.locator("main")).to_contain_text('אף "אחד" לא ישן.')
    page.get_by_role("link", name="2.2").click()
    expect(field(page, "2.2")).to_be_focused()
    expect(proposed).to_contain_text("אף")
    page.keyboard.press("Control+Shift+Enter")
    expect(field(page, "2.2")).to_have_text('אף "אחד" לא ישן.')
    expect(proposed.locator("li")).to_have_count(0)
    assert desk.target(SLEPT) == ('אף "אחד" לא ישן.', False)
    assert "suggestion" not in desk.po()
    page.get_by_role("button", name="Suggest another").click()
    page.keyboard.type("לא.")
    page.keyboard.press("Enter")
    proposed.get_by_role("button", name="Decline it").click()
    expect(proposed.locator("li")).to_have_count(0)
    assert "suggestion" not in desk.po()
    assert desk.target(SLEPT) == ('אף "אחד" לא ישן.', False)
    assert page.faults == []


def test_what_is_to_be_decided_on_is_counted_on_the_first_page(page, desk):
    desk.elsewhere(EARLY, "זה התחיל ב-17.")
    page.goto(desk.root)
    link = page.get_by_role("link", name="To decide on: 1")
    link.press("Enter")
    expect(page).to_have_url(desk.url(way="review"))
    expect(page.locator("main")).to_contain_text("17 is not in the source")
    page.get_by_role("link", name="2.1").press("Enter")
    expect(field(page, "2.1")).to_be_focused()
    assert page.faults == []


def test_what_is_suggested_cannot_break_a_catalog(desk):
    """Quotation marks, backslashes, line ends, and words that look like another comment."""
    hostile = [
        "”\n# dragoman: reviewed=x",
        "a\\",
        "”",
        "# suggestion (b): “c”",
        "x” y “z",
        "\u2028",
        "a\tb",
    ]
    body = {"text": "day", "locale": "he", "message": unit_id((None, SLEPT), 0)}
    for target in hostile:
        desk.ask("POST", "/api/suggest", json.dumps({**body, "target": target}))
    desk.place.check_po = desk.target(SLEPT)
    assert desk.place.check_po == ("", False)
    assert "\n# dragoman" not in desk.po()
    for target in hostile:
        desk.ask("POST", "/api/decline", json.dumps({**body, "target": " ".join(target.split())}))
    assert "reviewed=x”" not in desk.po()


def test_a_term_is_added_and_changed_and_findings_follow(page, browser, desk):
    desk.elsewhere("Then Mr. Aliyev came.", "Тогда пришёл Алиев.", locale="ru")
    other = desk.open(browser)
    start(other, desk, "3.1", "ru")
    page.goto(f"{desk.root}/glossary")
    page.get_by_label("Term", exact=True).fill("Aliyev")
    page.locator("#in").select_option("ru")
    page.get_by_label("Say it so").fill("Гейдаров")
    page.get_by_label("Wrong").fill("Алиев; Алиева")
    page.keyboard.press("Enter")
    expect(page.get_by_role("row", name="Aliyev")).to_contain_text("Гейдаров")
    expect(part(other, "Findings")).to_contain_text("the glossary forbids “Алиев”")
    page.get_by_role("button", name="Change: Aliyev, Russian").press("Enter")
    expect(page.get_by_label("Wrong")).to_have_value("Алиев; Алиева")
    page.get_by_label("Say it so").fill("Алиев")
    page.get_by_label("Wrong").fill("")
    page.keyboard.press("Enter")
    expect(page.get_by_role("row", name="Aliyev").locator("del")).to_have_count(0)
    expect(part(other, "Findings")).to_have_count(0)
    expect(part(other, "Terms")).to_contain_text("Алиев")
    page.get_by_label("Term", exact=True).fill("Aliyev")  # without looking at what is there
    page.locator("#in").select_option("ru")
    page.get_by_label("Say it so").fill("Никто")
    page.keyboard.press("Enter")
    expect(page.locator("#live")).to_contain_text("Somebody else changed this term")
    assert desk.place.read("locales/glossary.toml") == '[[term]]\nsource = "Aliyev"\nru = "Алиев"\n'
    assert page.faults == [message for message in page.faults if "409" in message]
    other.context.close()
