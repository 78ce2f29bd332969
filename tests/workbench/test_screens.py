"""The screens in a real browser: in four languages, for every text, inert whatever a text says."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import expect

from conftest import ROOT

pytestmark = [
    pytest.mark.browser,
    pytest.mark.filterwarnings("ignore::DeprecationWarning"),
    pytest.mark.xdist_group("workbench"),
]
AXE = ROOT / ".cache/node_modules/axe-core/axe.min.js"
SCREENS = [
    "/", "/t/day/he", "/read/day/he", "/review/day/he", "/preview/day/he", "/files/day/he", "/find", "/glossary", "/recover",
    "/t/day/nowhere",
]  # fmt: skip


def test_from_the_project_to_a_sentence_and_back(page, desk):
    expect(page.get_by_role("row")).to_have_count(2)
    page.get_by_role("link", name="day, עברית: 0%").click()
    expect(page).to_have_url(desk.url())
    page.get_by_role("link", name="Read", exact=True).click()
    page.get_by_role("link", name="Nobody slept.").press("Enter")
    expect(page.locator('[id="2.2"] .t')).to_be_focused()
    assert page.faults == []


@pytest.mark.parametrize(
    ("ui", "way"), [("en", "ltr"), ("az", "ltr"), ("he", "rtl"), ("ru", "ltr")]
)
def test_the_interface_speaks_four_languages(page, desk, ui, way):
    """The page has the direction of its language, and each cell that of its own."""
    english = page.locator("body").inner_text()
    page.goto(f"{desk.root}/?ui={ui}")
    assert page.locator("html").get_attribute("dir") == way
    assert page.locator("html").get_attribute("lang") == ui
    assert ui == "en" or page.locator("body").inner_text() != english
    page.goto(desk.url(number="2.1"))
    assert page.locator("html").get_attribute("lang") == ui
    source, field = page.locator('[id="2.1"] .s'), page.locator('[id="2.1"] .t')
    assert (source.get_attribute("dir"), field.get_attribute("dir")) == ("ltr", "rtl")
    assert (source.get_attribute("lang"), field.get_attribute("lang")) == ("en", "he")
    first, second = source.bounding_box()["x"], field.bounding_box()["x"]
    assert (first > second) == (way == "rtl")
    assert page.evaluate("document.documentElement.scrollWidth") <= 1280


def test_one_bad_file_hides_no_other(page, desk):
    desk.place.write("locales/ru/LC_MESSAGES/day.po", "msgid\n")
    desk.place.write("source_texts/night.txt", b"\xff")
    page.goto(desk.root)
    expect(page.locator("td .error").first).to_contain_text("locales/ru/LC_MESSAGES/day.po:1")
    expect(page.get_by_role("row", name="night.txt")).to_contain_text("is not UTF-8")
    expect(page.get_by_role("link", name="day, עברית: 0%")).to_be_visible()
    page.goto(desk.url(locale="ru"))
    expect(page.locator("main")).to_contain_text("locales/ru/LC_MESSAGES/day.po:1")


def test_space_approves_what_is_read(page, desk):
    desk.elsewhere("Nobody slept.", "איש לא ישן.")
    page.goto(desk.url(way="read"))
    sentence = page.get_by_role("link", name="איש לא ישן.")
    sentence.press(" ")
    expect(page.locator("#live")).to_have_text("Approved")
    assert "reviewed=Tester" in desk.po()
    sentence.press(" ")
    expect(page.locator("#live")).to_have_text("No longer approved")
    assert "reviewed=" not in desk.po()
    page.get_by_role("link", name="It began early.").press(" ")
    expect(page.locator("#live")).to_contain_text("it cannot be approved")


def test_the_browsers_own_search_and_links_reach_every_row(project, state, browser):
    """5,000 sentences: all are in the page, and only those in sight are laid out."""
    from desk import Desk

    assert state
    lines = [f"Sentence number {n} is here." for n in range(5000)]
    project.write("source_texts/long.txt", "\n".join(lines) + "\n")
    project.update()
    desk = Desk(project)
    page = desk.open(browser)
    page.goto(desk.url("long", number="4801.1"))
    expect(page.locator('[id="4801.1"] .t')).to_be_focused()
    assert page.evaluate("window.find('number 4990 is')")
    found = page.evaluate("getSelection().anchorNode.parentElement.getBoundingClientRect().top")
    assert 0 <= found <= 900
    page.keyboard.press("Control+Home")
    page.goto(desk.url("long"))
    field = page.locator('[id="3.1"] .t')
    field.click()
    page.keyboard.type("שלום לכולם.")
    expect(page.locator('[id="3.1"] .state')).to_contain_text("Saved")
    assert desk.target(lines[2], text="long")[0] == "שלום לכולם."
    page.context.close()
    desk.stop()


HOSTILE = [
    "<script>document.title = 'owned'</script>",
    "<img src=x onerror=alert(1)>",
    '[a](javascript:alert(1)) [b](https://example.org/?q="><b>)',
    "</textarea></template><svg onload=alert(1)>",
    "&lt;b&gt; \u202eevil\u202c \"'`${1}",
]


def test_texts_are_inert_on_every_screen(project, state, browser):
    from desk import Desk

    assert state
    project.write("source_texts/bad.md", "\n\n".join(HOSTILE) + "\n")
    project.write("source_texts/a <b> & 'c'.txt", "Odd name.\n")
    project.update()
    project.translate("he", "bad", lambda said: said)
    desk = Desk(project)
    page = desk.open(browser)
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("dialog", lambda dialog: page.faults.append(dialog.message))
    for path in (desk.root, desk.url("bad"), desk.url("bad", way="read"), f"{desk.root}/recover"):
        page.goto(path)
        assert page.title() != "owned"
        assert page.locator("main img, main script, main svg, a[href^=javascript]").count() == 0
    page.goto(desk.url("bad"))
    for row in page.locator(".t").all():
        row.click()
        page.keyboard.type("<b>x</b>")
    page.wait_for_timeout(800)
    page.goto(desk.url("a <b> & 'c'", number="1.1"))
    expect(page.locator('[id="1.1"] .t')).to_be_focused()
    assert page.faults == []
    assert all(url.startswith(desk.root) for url in asked)
    page.context.close()
    desk.stop()


@pytest.mark.parametrize(
    ("scheme", "width", "languages"),
    [
        ("light", 1280, ("en", "he")),
        ("light", 320, ("az",)),
        ("dark", 1280, ("ru",)),
        ("dark", 320, ("he",)),
    ],
)
def test_axe_finds_nothing(desk, browser, scheme, width, languages):
    """Every screen, in every interface language, light and dark, wide and narrow."""
    if not Path(AXE).exists():
        pytest.skip("no axe-core: tests/prepare installs it")
    desk.elsewhere("Nobody slept.", "איש לא ישן, 17")
    desk.elsewhere("It began early.", "הכול.")
    desk.place.write(
        "source_texts/day.txt", "A day.\nIt began, early. Nobody slept.\nThen Mr. Aliyev came.\n"
    )
    desk.place.update()
    desk.place.write(
        "locales/glossary.toml",
        '[[term]]\nsource = "Aliyev"\nhe = { preferred = "אלייב", forbidden = ["עלייב"] }\n',
    )
    suggestion = "# suggestion (A.): “אף אחד.”\n"
    made = re.sub(r'(?m)^(?=#.*\n(?:#.*\n)*msgid "Nobody)', suggestion, desk.po(), count=1)
    assert "suggestion" in made
    desk.place.write("locales/he/LC_MESSAGES/day.po", made)
    page = desk.open(
        browser, color_scheme=scheme, viewport={"width": width, "height": 800}, bypass_csp=True
    )
    for ui in languages:
        for path in SCREENS:
            page.goto(f"{desk.root}{path}?ui={ui}")
            if path.startswith("/t/day/he"):
                page.locator('[id="2.2"] .t').click()
                expect(page.locator("#panel ul").first).to_be_visible()
            page.add_script_tag(path=str(AXE))
            found = page.evaluate(
                "axe.run().then(r => r.violations.map(v => [v.id, v.nodes.map(n => n.html + n.failureSummary)]))"
            )
            assert found == [], (ui, path)
            assert page.evaluate("document.documentElement.scrollWidth") <= width, (ui, path)
    page.context.close()
