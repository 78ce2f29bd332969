"""A workbench of a small project in a thread, and one browser for all tests."""

from __future__ import annotations

import pytest
from desk import CHROMIUM, FLAGS, Desk


@pytest.fixture
def state(tmp_path_factory, monkeypatch):
    """A state folder of its own."""
    folder = tmp_path_factory.mktemp("state")
    monkeypatch.setenv("XDG_STATE_HOME", str(folder))
    return folder


@pytest.fixture
def desk(project, state):  # noqa: ARG001 - it sets the environment
    project.update()
    running = Desk(project)
    yield running
    running.stop()


@pytest.fixture(scope="session")
def browser():
    if CHROMIUM is None:
        pytest.skip("no Chromium")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield started
        started.close()


@pytest.fixture
def page(desk, browser):
    opened = desk.open(browser)
    yield opened
    opened.context.close()
