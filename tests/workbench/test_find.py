"""Search and replace over the project in a real browser: seen before, done at once, undone at once."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from playwright.sync_api import expect
from test_typing import CAME, EARLY, SLEPT

from conftest import Place
from dragoman.pipeline.session.replacing import Meant, Query, replace, search, undo
from dragoman.pipeline.session.session import Session
from dragoman.pipeline.session.step_journal import StepJournal
from dragoman.project import find

browser_test = [
    pytest.mark.browser,
    pytest.mark.filterwarnings("ignore::DeprecationWarning"),
    pytest.mark.xdist_group("workbench"),
]


def _marked(test):
    for mark in browser_test:
        test = mark(test)
    return test


@_marked
def test_replaced_where_it_is_ticked_and_undone_after_a_restart(browser, project, request):
    from desk import Desk

    request.getfixturevalue("state")
    project.update()
    desk = Desk(project)
    desk.elsewhere(EARLY, "באקו מוקדם.")
    desk.elsewhere(SLEPT, "איש בבאקו לא ישן.")
    desk.elsewhere(CAME, "ואז בא אלייב.")
    desk.elsewhere(SLEPT, "Никто в Баку.", locale="ru")
    page = desk.open(browser)
    page.get_by_role("link", name="Find and replace").click()
    expect(page.get_by_label("Find", exact=True)).to_be_focused()
    page.keyboard.type("באקו")
    page.get_by_label("Replace with").fill("שושה")
    page.keyboard.press("Enter")
    hits = page.locator(".hits > li")
    expect(hits).to_have_count(2)
    expect(hits.nth(1).locator("mark")).to_have_text("באקו")
    expect(hits.nth(1).locator("ins")).to_have_text("שושה")
    assert desk.target(EARLY) == ("באקו מוקדם.", False)
    hits.nth(0).get_by_role("checkbox").uncheck()
    page.get_by_role("button", name="Replace what is ticked").click()
    expect(page.locator("#count")).to_have_text("Replaced: 1")
    assert desk.target(SLEPT) == ("איש בשושה לא ישן.", False)
    assert desk.target(EARLY) == ("באקו מוקדם.", False)
    assert page.faults == []
    page.context.close()
    desk.stop()
    again = Desk(project)
    page = again.open(browser)
    page.goto(f"{again.root}/find")
    page.get_by_role("button", name="Undo the last replacement (1)").click()
    expect(page.locator("#count")).to_have_text("Undone: 1")
    assert again.target(SLEPT) == ("איש בבאקו לא ישן.", False)
    page.context.close()
    again.stop()


@_marked
def test_what_changed_meanwhile_is_left_alone(page, desk):
    desk.elsewhere(EARLY, "באקו מוקדם.")
    page.goto(f"{desk.root}/find")
    page.get_by_label("Find", exact=True).fill("באקו")
    page.get_by_label("Replace with").fill("שושה")
    page.keyboard.press("Enter")
    expect(page.locator(".hits > li")).to_have_count(1)
    desk.elsewhere(EARLY, "באקו, מוקדם מאוד.")
    page.get_by_role("button", name="Replace what is ticked").click()
    expect(page.locator("#count")).to_contain_text("left alone: 1")
    assert desk.target(EARLY) == ("באקו, מוקדם מאוד.", False)


WORDS = st.text("אב. aİiI\\1(", min_size=1, max_size=4)


@settings(max_examples=60)
@given(
    targets=st.lists(WORDS, min_size=4, max_size=4),
    text=WORDS,
    replacement=WORDS,
    case=st.booleans(),
)
def test_a_step_undone_gives_back_what_was(tmp_path_factory, targets, text, replacement, case):
    place = Place(tmp_path_factory.getbasetemp() / "steps")
    place.write(".git/HEAD", "")
    place.write("dragoman.toml", 'locales = ["he"]\n')
    place.write("source_texts/day.txt", "One.\nTwo.\nThree.\nFour.\n")
    place.update()
    said = dict(zip(("One.", "Two.", "Three.", "Four."), targets, strict=True))
    place.translate("he", "day", said.get)
    session = Session(find(str(place.root)))
    journal = StepJournal(str(place.root), {"XDG_STATE_HOME": str(place.root / "state")})
    query = Query(text, replacement, case)
    before = {
        line.unit.source: line.target for line in session.opened(session.text("day"), "he").lines
    }
    hits = list(search(session, query))
    assert {hit.line.unit.source for hit in hits} == {
        source for source, target in before.items() if query.pattern.search(target)
    }
    meant = [Meant(hit.opened.text, "he", hit.line.unit.key, hit.line.base) for hit in hits]
    step = replace(session, journal, query, meant, "Me")
    now = {
        line.unit.source: line.target for line in session.opened(session.text("day"), "he").lines
    }
    for hit in hits:
        assert now[hit.line.unit.source] == hit.after
    if step.replacements:
        assert journal.last() == step
        assert undo(session, journal, step, "Me") == len(step.replacements)
    assert journal.last() is None or not step.replacements
    back = {
        line.unit.source: line.target for line in session.opened(session.text("day"), "he").lines
    }
    assert back == before
