"""Editions down and review files up, in a real browser."""

from __future__ import annotations

import base64
import json
from pathlib import Path

import pytest
from playwright.sync_api import expect
from test_typing import EARLY, SLEPT

from dragoman.exports import EXPORTS, export_named, is_installed

browser_test = pytest.mark.filterwarnings("ignore::DeprecationWarning")


@pytest.mark.browser
@pytest.mark.xdist_group("workbench")
@browser_test
def test_a_review_file_goes_out_and_comes_back(page, desk, tmp_path):
    desk.elsewhere(EARLY, "זה התחיל מוקדם.")
    page.goto(desk.url(way="files"))
    with page.expect_download() as started:
        page.get_by_role("link", name="xliff", exact=True).click()
    path = tmp_path / "day.xlf"
    path.write_bytes(Path(started.value.path()).read_bytes())
    said = path.read_text("utf-8")
    assert "זה התחיל מוקדם." in said
    path.write_text(said.replace("זה התחיל מוקדם.", "הכול התחיל מוקדם."), "utf-8")
    page.get_by_label("File:").set_input_files(path)
    expect(page.locator("#brought")).to_contain_text("edited: 1")
    assert desk.target(EARLY) == ("זה התחיל מוקדם.", False)
    page.get_by_role("button", name="Take it in").click()
    expect(page.locator("#live")).to_have_text("Taken in")
    assert desk.target(EARLY) == ("הכול התחיל מוקדם.", False)
    assert page.faults == []


def test_every_edition_that_can_be_made_is_a_file(desk):
    desk.elsewhere(SLEPT, "איש לא ישן.")
    for name in EXPORTS:
        if not is_installed(export_named(name)) or name == "pdf":
            continue
        status, said = desk.bytes(f"/edition/{name}/day/he")
        assert status == 200, name
        assert said, name
    assert (
        desk.bytes("/edition/itself/day/he")[1].decode().split("\n")[1]
        == "It began early. איש לא ישן."
    )
    assert desk.bytes("/edition/nothing/day/he")[0] == 404
    assert desk.bytes("/edition/html/../he")[0] == 404


@pytest.mark.parametrize(
    ("name", "data"),
    [("x.exe", b"a"), ("../x", b"a"), ("x.docx", b"PK no"), ("x.xlf", b"<a>"), ("x.xlsx", b"")],
)
def test_a_file_that_is_none_is_refused_in_a_sentence(desk, state, name, data):
    before = desk.place.snapshot()
    body = json.dumps({"name": name, "data": base64.b64encode(data).decode(), "write": True})
    status, said = desk.ask("POST", "/api/bring", body)
    assert status in (400, 422)
    assert json.loads(said)["error"]
    assert desk.place.snapshot() == before
    assert not list(state.rglob("returned*"))
