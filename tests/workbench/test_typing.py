"""Typing in a real browser: saved by pauses and keys, in conflict in plain sight, never lost."""

from __future__ import annotations

import json

import pytest
from playwright.sync_api import expect

pytestmark = [
    pytest.mark.browser,
    pytest.mark.filterwarnings("ignore::DeprecationWarning"),
    pytest.mark.xdist_group("workbench"),
]

EARLY, SLEPT, CAME = "It began early.", "Nobody slept.", "Then Mr. Aliyev came."


def field(page, number):
    return page.locator(f'[id="{number}"] .t')


def shown(page, number):
    return page.locator(f'[id="{number}"] .state')


def start(page, desk, number, locale="he"):
    page.goto(desk.url(locale=locale, number=number))
    expect(field(page, number)).to_be_focused()


def test_a_pause_saves_a_draft_and_enter_what_is_done(page, desk):
    start(page, desk, "2.1")
    page.keyboard.type("זה התחיל מוקדם.")
    expect(shown(page, "2.1")).to_contain_text("Saved")
    assert desk.target(EARLY) == ("זה התחיל מוקדם.", True)
    page.keyboard.press("Enter")
    expect(field(page, "2.2")).to_be_focused()
    expect(page.locator('[id="2.1"]')).to_have_attribute("data-state", "translated")
    assert desk.target(EARLY) == ("זה התחיל מוקדם.", False)
    page.keyboard.press("Alt+ArrowUp")
    expect(field(page, "2.1")).to_be_focused()
    page.keyboard.press("Control+Enter")
    expect(shown(page, "2.1")).to_have_text("approved")
    assert "reviewed=Tester" in desk.po()
    assert page.faults == []


def test_what_is_left_keeps_the_state_it_had(page, desk):
    """A pause makes a draft of what was translated; leaving it makes it translated again."""
    desk.elsewhere(SLEPT, "איש לא ישן.")
    start(page, desk, "2.2")
    page.keyboard.type(" באמת")
    expect(page.locator('[id="2.2"]')).to_have_attribute("data-state", "draft")
    page.keyboard.press("Alt+ArrowDown")
    expect(page.locator('[id="2.2"]')).to_have_attribute("data-state", "translated")
    assert desk.target(SLEPT) == ("איש לא ישן. באמת", False)


def test_undo_is_the_browsers_own(page, desk):
    desk.elsewhere(SLEPT, "איש לא ישן.")
    start(page, desk, "2.2")
    page.keyboard.type(" כלל")
    page.keyboard.press("Control+z")
    assert "כלל" not in field(page, "2.2").inner_text()
    page.keyboard.press("Control+Shift+z")
    assert field(page, "2.2").inner_text() == "איש לא ישן. כלל"


def test_lines_that_are_pasted_become_one(page, desk):
    start(page, desk, "2.1")
    page.locator('[id="2.1"] .t').evaluate(
        """field => {
          const data = new DataTransfer();
          data.setData("text/plain", "one\\n two\\tthree");
          field.dispatchEvent(new InputEvent("beforeinput",
            {inputType: "insertFromPaste", dataTransfer: data, bubbles: true, cancelable: true}));
        }"""
    )
    assert field(page, "2.1").inner_text() == "one  two three"
    page.keyboard.press("Shift+Enter")
    assert "\n" not in field(page, "2.1").inner_text()


def test_a_change_elsewhere_comes_in_where_nothing_is_unsaved(page, desk):
    start(page, desk, "2.1")
    desk.elsewhere(SLEPT, "אף אחד לא ישן.")
    expect(field(page, "2.2")).to_have_text("אף אחד לא ישן.")
    expect(page.locator('[id="2.2"]')).to_have_attribute("data-state", "translated")


@pytest.mark.parametrize("choice", ["Keep mine", "Take theirs", "Edit mine further"])
def test_a_conflict_shows_both_and_chooses_nothing(page, desk, choice):
    """Poedit writes the sentence that somebody is typing: both texts are shown, and both stay."""
    start(page, desk, "2.2")
    page.keyboard.type("איש")
    desk.elsewhere(SLEPT, "אף אחד לא ישן.")
    page.keyboard.type(" לא נרדם.")
    box = page.locator('[id="2.2"] .box')
    expect(box).to_contain_text("אף אחד")
    assert desk.target(SLEPT) == ("אף אחד לא ישן.", False)
    assert field(page, "2.2").inner_text() == "איש לא נרדם."
    expect(page.locator("#live")).to_have_text("Somebody else changed this sentence")
    page.get_by_role("button", name=choice).press("Enter")
    if choice == "Take theirs":
        expect(field(page, "2.2")).to_have_text("אף אחד לא ישן.")
        page.wait_for_timeout(900)
        assert desk.target(SLEPT) == ("אף אחד לא ישן.", False)
        return
    if choice == "Edit mine further":
        expect(field(page, "2.2")).to_be_focused()
        page.keyboard.type(" סוף.")
        page.keyboard.press("Enter")
    expect(shown(page, "2.2")).to_contain_text("Saved")
    expect(box).to_have_count(0)
    assert desk.target(SLEPT)[0].startswith("איש לא נרדם.")


def test_two_people_on_two_sentences_and_on_one(browser, desk):
    one, other = desk.open(browser), desk.open(browser)
    start(one, desk, "2.1")
    start(other, desk, "2.2")
    one.keyboard.type("ראשון.")
    other.keyboard.type("שני.")
    expect(field(one, "2.2")).to_have_text("שני.")
    expect(field(other, "2.1")).to_have_text("ראשון.")
    field(other, "2.1").press("End")
    other.keyboard.type("ב")
    field(one, "2.1").press("End")
    one.keyboard.type("א")
    boxes = [page.locator('[id="2.1"] .box') for page in (one, other)]
    for _ in range(40):
        if any(box.count() for box in boxes):
            break
        one.wait_for_timeout(100)
    assert any(box.count() for box in boxes)
    assert desk.target(EARLY)[0] in ("ראשון.א", "ראשון.ב", "ראשון.בא", "ראשון.אב")
    one.context.close()
    other.context.close()


def test_a_page_that_closes_in_mid_word_has_saved_or_kept_it(browser, desk):
    page = desk.open(browser)
    start(page, desk, "2.1")
    page.keyboard.type("חצי מש")
    page.wait_for_timeout(100)
    page.goto("about:blank")
    for _ in range(50):
        if desk.target(EARLY)[0]:
            break
        page.wait_for_timeout(50)
    assert desk.target(EARLY) == ("חצי מש", True)
    page.context.close()


def test_a_server_that_dies_loses_nothing(browser, project, request):
    """The browser keeps what was typed, and offers it when there is a server again."""
    request.getfixturevalue("state")
    from desk import Desk

    project.update()
    first = Desk(project)
    page = first.open(browser)
    start(page, first, "2.1")
    first.stop()
    page.keyboard.type("מה שהוקלד")
    expect(page.locator('[id="2.1"] .state')).to_contain_text("Not connected")
    page.evaluate("() => { window.fetch = () => Promise.reject(new Error()); }")  # it dies too
    port = int(first.root.rpartition(":")[2])
    again = _restarted(project, port)
    page.goto(again.addresses[-1])
    page.wait_for_url(f"{again.root}/")
    page.goto(again.url(number="2.1"))
    offer = page.locator('[id="2.1"] .box')
    expect(offer).to_contain_text("מה שהוקלד")
    assert again.target(EARLY) == ("", False)
    page.goto(f"{again.root}/recover")
    page.get_by_role("button", name="Take it up").click()
    expect(field(page, "2.1")).to_have_text("מה שהוקלד")
    expect(shown(page, "2.1")).to_contain_text("Saved")
    assert again.target(EARLY) == ("מה שהוקלד", True)
    page.context.close()
    again.stop()


def _restarted(project, port):
    """A server at the port of one that died, as a person starts it again."""
    import desk as desks

    from dragoman.workbench import server

    real = server._listening
    server._listening = lambda _: real(port)
    try:
        desk = desks.Desk(project)
    finally:
        server._listening = real
    return desk


def test_a_sentence_that_vanished_keeps_what_was_typed(page, desk):
    start(page, desk, "2.2")
    desk.place.write("source_texts/day.txt", "A day.\nIt began early. Nobody slept well.\n")
    desk.place.update()
    expect(page.locator("#changed")).to_be_visible()
    page.keyboard.type("איש לא ישן.")
    expect(shown(page, "2.2")).to_contain_text("what you typed is kept")
    page.goto(f"{desk.root}/recover")
    expect(page.locator(".kept li")).to_contain_text("איש לא ישן.")


def test_a_composition_is_left_alone(page, desk):
    """An input method's Enter ends its composition, and does not leave the field."""
    start(page, desk, "2.1")
    session = page.context.new_cdp_session(page)
    session.send("Input.imeSetComposition", {"text": "שלו", "selectionStart": 3, "selectionEnd": 3})
    field(page, "2.1").evaluate(
        "f => f.dispatchEvent(new KeyboardEvent('keydown', {key: 'Enter', isComposing: true, bubbles: true}))"
    )
    expect(field(page, "2.1")).to_be_focused()
    session.send("Input.insertText", {"text": "שלום"})
    assert field(page, "2.1").inner_text() == "שלום"
    expect(shown(page, "2.1")).to_contain_text("Saved")
    assert desk.target(EARLY)[0] == "שלום"


def test_the_journal_has_it_before_the_catalog(page, desk, state):
    """While a command holds the lock, the page says kept; it says saved when it is."""
    from dragoman.project import find

    start(page, desk, "2.1")
    held = find(str(desk.place.root))
    with held.files.locked(held.lock_folder):
        page.keyboard.type("ממתין")
        expect(page.locator('[id="2.1"] .state')).to_contain_text("Kept, not saved yet")
        [journal] = state.rglob("typed.jsonl")
        last = json.loads(journal.read_text("utf-8").strip().split("\n")[-1])
        assert last["target"] == "ממתין"
        assert desk.target(EARLY) == ("", False)
    expect(page.locator('[id="2.1"] .state')).to_contain_text("Saved")
    assert desk.target(EARLY) == ("ממתין", True)


def test_what_cannot_be_written_is_said_and_tried_again(page, desk, monkeypatch):
    """A full disk: the sentence says so, keeps the text, and is saved when there is room."""
    from dragoman.errors import DragomanError
    from dragoman.pipeline.session import saving

    real, full = saving.put, [True]

    def put(*arguments):
        if full:
            raise DragomanError("the disk is full; nothing was written", how_to_fix="make room")
        return real(*arguments)

    monkeypatch.setattr(saving, "put", put)
    start(page, desk, "2.1")
    page.keyboard.type("זה התחיל.")
    expect(shown(page, "2.1")).to_contain_text("the disk is full")
    expect(page.locator("#live")).to_contain_text("the disk is full")
    assert field(page, "2.1").inner_text() == "זה התחיל."
    full.clear()
    expect(shown(page, "2.1")).to_contain_text("Saved")
    assert desk.target(EARLY) == ("זה התחיל.", True)


def test_a_whole_session_by_keyboard_alone(page, desk):
    """From the project to the last sentence approved; every change is said in the live region."""
    for _ in range(40):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.getAttribute('aria-label')") == "day, עברית: 0%":
            break
    page.keyboard.press("Enter")
    expect(page).to_have_url(desk.url())
    expect(page.locator("#main")).not_to_have_attribute("inert", "")
    for _ in range(40):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.getAttribute('role')") == "textbox":
            break
    expect(field(page, "1.1")).to_be_focused()
    for number, said in (("1.1", "יום."), ("2.1", "מוקדם."), ("2.2", "איש."), ("3.1", "ואז.")):
        expect(field(page, number)).to_be_focused()
        page.keyboard.type(said)
        page.keyboard.press("Control+Enter")
        expect(page.locator(f'[id="{number}"]')).to_have_attribute("data-state", "reviewed")
        expect(page.locator("#live")).to_have_text("Approved")
    assert desk.po().count("reviewed=Tester") == 4
    tree = page.locator("#main").aria_snapshot()
    assert 'textbox "Hebrew 2.1"' in tree
    assert tree.count("text: approved") == 4
    assert page.locator("[role=status]").count() == 1


def test_a_page_of_an_older_server_says_what_to_do_and_saves_then(browser, project, request):
    """The server was started again: the old page is refused until its browser came in again."""
    request.getfixturevalue("state")
    from desk import Desk

    project.update()
    first = Desk(project)
    page = first.open(browser)
    start(page, first, "2.1")
    first.stop()
    again = _restarted(project, int(first.root.rpartition(":")[2]))
    page.keyboard.type("ובכל זאת")
    expect(shown(page, "2.1")).to_contain_text("Open the address")
    other = page.context.new_page()
    other.goto(again.addresses[-1])
    other.wait_for_url(f"{again.root}/")
    other.close()
    page.bring_to_front()
    expect(shown(page, "2.1")).to_contain_text("Saved", timeout=15_000)
    assert again.target(EARLY)[0] == "ובכל זאת"
    desk = again
    desk.elsewhere(SLEPT, "איש לא ישן.")
    expect(field(page, "2.2")).to_have_text("איש לא ישן.", timeout=15_000)
    page.context.close()
    again.stop()
