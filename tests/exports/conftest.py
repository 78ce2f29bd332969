"""A browser for the tests of pages."""

from __future__ import annotations

import pytest
from desk import CHROMIUM, FLAGS


@pytest.fixture(scope="module")
def started():
    """Chromium, without anything that would ask the network."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()
