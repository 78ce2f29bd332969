"""Machine drafts in a real browser: shown before anything leaves, a suggestion, never sent otherwise."""

from __future__ import annotations

import json

import pytest
from playwright.sync_api import expect
from test_typing import SLEPT, field, start

from dragoman.pipeline.machine.consent import EngineChoice
from machine_server import Recorder, Server, said

SETTINGS = 'name = "small"\nlocales = ["az", "he", "ru"]\n[translate]\nengine = "libretranslate"\nexclude = ["private*"]\n'
SETTINGS += "[translate.libretranslate]\ntimeout = 2\nwait = 0.01\nrate = 0\n"


@pytest.fixture
def asked(project, state):
    """A project whose settings name an engine, and the server that answers for it."""
    from desk import Desk

    assert state
    project.write("dragoman.toml", SETTINGS)
    project.write("source_texts/private.txt", "A secret.\n")
    project.update()
    with Server() as server:
        desk = Desk(project, engine=EngineChoice(endpoint=server.url))
        yield desk, server
        desk.stop()


@pytest.mark.browser
@pytest.mark.xdist_group("workbench")
@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_it_is_shown_sent_and_suggested_by_key(asked, browser):
    desk, server = asked
    page = desk.open(browser)
    start(page, desk, "2.2", "ru")
    machine = page.locator("#panel .machine")
    expect(machine).to_contain_text("Machine draft by libretranslate")
    page.keyboard.type("Моё.")
    page.keyboard.press("Control+Comma")
    expect(machine.locator(".leaving")).to_contain_text(SLEPT)
    expect(machine).to_contain_text(server.url)
    expect(machine.get_by_role("button", name="Send it")).to_be_focused()
    page.keyboard.press("Escape")
    expect(field(page, "2.2")).to_be_focused()
    assert server.seen == []
    page.keyboard.press("Control+Comma")
    page.keyboard.press("Enter")
    draft = said(SLEPT, "ru")
    expect(machine.locator(".prose")).to_have_text(draft)
    assert server.asked == [SLEPT]
    assert field(page, "2.2").inner_text() == "Моё."
    field(page, "2.2").focus()
    page.keyboard.press("Control+Comma")
    expect(field(page, "2.2")).to_have_text(draft)
    page.keyboard.press("Control+z")
    expect(field(page, "2.2")).to_have_text("Моё.")
    assert page.faults == []
    page.context.close()


def ask(desk, source, text="day", **more):
    from dragoman.model import unit_id

    body = {"text": text, "locale": "ru", "message": unit_id((None, source), 0), **more}
    status, answer = desk.ask("POST", "/api/machine", json.dumps(body))
    return status, json.loads(answer)


def test_only_what_was_shown_is_sent(asked):
    """Another seal, a text that is never sent, an answer that is known: nothing leaves."""
    desk, server = asked
    for seal in ("", "x", "0" * 16):
        assert ask(desk, SLEPT, seal=seal)[0] == 200
    assert ask(desk, "A secret.", text="private")[0] == 422
    assert server.seen == []
    view = ask(desk, SLEPT)[1]["view"]
    seal = view[-1][1]["data-machine"]
    desk.place.write("dragoman.toml", SETTINGS.replace("libretranslate", "deepl"))
    assert ask(desk, SLEPT, seal=seal)[0] in (200, 422)
    assert server.seen == []
    desk.place.write("dragoman.toml", SETTINGS)
    assert said(SLEPT, "ru") in json.dumps(ask(desk, SLEPT, seal=seal)[1], ensure_ascii=False)
    assert len(server.seen) == 1
    assert said(SLEPT, "ru") in json.dumps(ask(desk, SLEPT)[1], ensure_ascii=False)
    assert len(server.seen) == 1


def test_an_answer_that_is_no_draft_is_sent_once(asked):
    desk, server = asked
    server.faults.append("copied")
    seal = ask(desk, SLEPT)[1]["view"][-1][1]["data-machine"]
    status, answer = ask(desk, SLEPT, seal=seal)
    assert status == 200
    assert "libretranslate: " in json.dumps(answer)
    assert len(server.seen) == 1


def test_without_an_engine_nothing_is_offered_or_sent(desk):
    recorder = Recorder()
    desk.place.write(
        "dragoman.toml", SETTINGS + f'endpoint = "{recorder.url}"\n'
    )  # settings may come from others: they lead into no private network
    seal = ask(desk, SLEPT)[1]["view"][-1][1]["data-machine"]
    assert ask(desk, SLEPT, seal=seal)[0] == 422
    desk.place.write("dragoman.toml", 'locales = ["ru"]\n')
    status, answer = ask(desk, SLEPT, seal="x")
    assert (status, "no engine is named" in answer["error"]) == (422, True)
    assert recorder.connections == 0
    recorder.close()
