"""A preview of the edition, loaded again when anything changes; what is built while one works."""

from __future__ import annotations

import time

import pytest
from playwright.sync_api import expect
from test_help import soon
from test_typing import EARLY, SLEPT

pytestmark = [
    pytest.mark.browser,
    pytest.mark.filterwarnings("ignore::DeprecationWarning"),
    pytest.mark.xdist_group("workbench"),
]


def test_what_changes_is_built_and_the_preview_follows(project, state, browser):
    from desk import Desk

    assert state
    project.update()
    desk = Desk(project, watch=True)
    page = desk.open(browser)
    page.goto(desk.url(way="preview"))
    shown = page.frame_locator("#preview").locator("body")
    expect(shown).to_contain_text(SLEPT)
    desk.elsewhere(EARLY, "זה התחיל מוקדם.")
    expect(shown).to_contain_text("זה התחיל מוקדם.")
    built = project.root / "build/he/day.txt"
    soon(page, lambda: built.exists() and "זה התחיל מוקדם." in built.read_text("utf-8"))
    project.write("source_texts/day.txt", "A day.\nIt ended late.\n")
    expect(shown).to_contain_text("It ended late.")
    soon(page, lambda: "It ended late." in desk.po())
    assert all("sandboxed" in fault for fault in page.faults)
    page.context.close()
    desk.stop()


def test_nothing_in_a_preview_runs_or_is_ours(project, state, browser):
    from desk import Desk

    assert state
    project.write(
        "source_texts/bad.md",
        "# Bad\n\n<script>parent.document.title = 'owned'</script>\n\n"
        "<img src=x onerror=\"parent.document.title='owned'\"> and [a](javascript:alert(1)).\n",
    )
    project.update()
    desk = Desk(project)
    page = desk.open(browser)
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(desk.url("bad", way="preview"))
    expect(page.frame_locator("#preview").locator("body")).to_contain_text("Bad")
    assert page.title() != "owned"
    assert page.evaluate("document.getElementById('preview').contentDocument") is None
    assert all(url.startswith(desk.root) for url in asked)
    status, _ = desk.ask(
        path="/rendition/bad/he",
        Sec_Fetch_Site="cross-site",
        Sec_Fetch_Mode="navigate",
        Sec_Fetch_Dest="iframe",
    )
    assert status == 403
    page.context.close()
    desk.stop()


def test_what_changes_during_a_build_is_built_next(project, state, monkeypatch):
    from desk import Desk

    from dragoman.pipeline.build import build as builds

    assert state
    project.update()
    real, done = builds.build, []

    def build(here, *more):
        made = real(here, *more)
        if not done:
            project.write("source_texts/day.txt", "A day.\nIt ended late.\n")
        done.append(made.renewed)
        return made

    monkeypatch.setattr(builds, "build", build)
    desk = Desk(project, watch=True)
    try:
        for _ in range(300):
            if len(done) > 1:
                break
            time.sleep(0.1)
        assert "It ended late." in desk.po()
        time.sleep(1.2)  # nothing is built for what the build itself wrote
        assert len(done) == 2
    finally:
        desk.stop()
