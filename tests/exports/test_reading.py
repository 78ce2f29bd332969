"""The reading page in a real browser: keys, the accessibility tree, notes, copying, what stays."""

from __future__ import annotations

import re

import pytest
from desk import CHROMIUM

from conftest import ROOT, Place
from dragoman.catalogs import provenance
from dragoman.catalogs.catalog import Catalog
from dragoman.exports import html
from dragoman.exports.parts.export_options import ExportOptions
from dragoman.formats import ReadOptions, markdown
from dragoman.parallel.origins import with_origins
from dragoman.parallel.rows import align
from dragoman.po import Entry, PoFile
from dragoman.segment import segmenter

AXE = ROOT / ".cache/node_modules/axe-core/axe.min.js"
pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None, reason="no Chromium"),
    pytest.mark.filterwarnings("ignore::DeprecationWarning"),
    pytest.mark.xdist_group("browser"),
]
SOURCE = """# A day

It began early.[^a] Nobody slept in the house of C++ that night.

## Later

Then they left.[^a] The road was long.

| Name | Value |
|------|-------|
| Baku | Three |

[^a]: A note of some length.
"""
TARGETS = {
    "he": {
        "A day": "יום", "It began early.[^a]": "זה התחיל מוקדם.[^a]", "Later": "אחר כך",
        "Nobody slept in the house of C++ that night.": "איש לא ישן בבית C++ באותו לילה.",
        "Then they left.[^a]": "אחר כך יצאו.[^a]", "The road was long.": "הדרך הייתה ארוכה.",
        "A note of some length.": "הערה באורך מסוים.", "Name": "שם", "Value": "ערך",
        "Baku": "באקו", "Three": "שלוש",
    },
    "az": {
        "A day": "Gün", "It began early.[^a]": "Erkən başladı.[^a]", "Later": "Sonra",
        "Nobody slept in the house of C++ that night.": "O gecə C++ evində heç kim yatmadı.",
        "Then they left.[^a]": "Sonra getdilər.[^a]", "The road was long.": "Yol uzun idi.",
        "A note of some length.": "Bir az uzun qeyd.", "Name": "Ad", "Value": "Dəyər",
        "Baku": "Bakı", "Three": "Üç",
    },
    "ru": {
        "A day": "День", "It began early.[^a]": "Началось рано.[^a]", "Later": "Потом",
        "Nobody slept in the house of C++ that night.": "В доме C++ той ночью никто не спал.",
        "Then they left.[^a]": "Потом они ушли.[^a]", "The road was long.": "Дорога была длинной.",
        "A note of some length.": "Примечание подлиннее.", "Name": "Имя", "Value": "Значение",
        "Baku": "Баку", "Three": "Три",
    },
}  # fmt: skip


@pytest.fixture(scope="module")
def pages(tmp_path_factory):
    """A page of the same text in four languages, beginning with each."""
    folder = tmp_path_factory.mktemp("reading")
    document = markdown.read(SOURCE, ReadOptions(split=segmenter("en").spans))
    catalogs = [
        Catalog(x, PoFile([Entry(k, v) for k, v in said.items()])) for x, said in TARGETS.items()
    ]
    parallel = align(document, "day", "en", catalogs)
    for first in parallel.locales:
        order = [first, *(x for x in parallel.locales if x != first)]
        content = html.export(parallel.chosen(order), ExportOptions())
        (folder / f"{first}.html").write_text(content, "utf-8")
        (folder / f"{first}.alone.html").write_text(
            html.export(parallel.chosen([first]), ExportOptions()), "utf-8"
        )
    return folder


@pytest.fixture
def opened(started, pages):
    """Opens a page in a browser that remembers nothing; every request but for the file is a fault."""
    contexts, faults = [], []

    def go(name="en", width=1700, query="", **options):
        context = options.pop("context", None) or started.new_context(
            viewport={"width": width, "height": 900}, **options
        )
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(10_000)
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.on("console", lambda message: faults.append(message.text))
        page.on(
            "request", lambda request: request.url.startswith("file:") or faults.append(request.url)
        )
        page.goto((pages / f"{name}.html").as_uri() + query)
        return page

    yield go
    for context in dict.fromkeys(contexts):
        context.close()
    assert faults == []


def _choose(page, name):
    page.evaluate("name => document.getElementById(name).click()", name)


def _focus(unit):
    """Put the focus on a sentence, as arrows do."""
    unit.evaluate("unit => { unit.tabIndex = 0; unit.focus(); }")


def _here(page):
    """The language and the text of the sentence that has the focus."""
    return page.evaluate(
        "[document.activeElement.closest('.cell')?.lang, document.activeElement.textContent]"
    )


def _tree(page):
    """Role and name of each node of the accessibility tree that is not ignored."""
    session = page.context.new_cdp_session(page)
    nodes = session.send("Accessibility.getFullAXTree")["nodes"]
    return [
        (node["role"]["value"], node.get("name", {}).get("value", ""))
        for node in nodes
        if not node.get("ignored")
    ]


def test_arrows_go_where_they_point(opened):
    """On a page that begins in Hebrew, Left leads to what is drawn on the left."""
    page = opened("he")
    unit = page.locator(".c0 .u").nth(1)
    unit.click()
    seen = []
    for key in ("ArrowLeft", "ArrowLeft", "ArrowRight", "ArrowDown", "ArrowRight", "ArrowRight"):
        before = page.evaluate("document.activeElement.getBoundingClientRect().x")
        page.keyboard.press(key)
        after = page.evaluate("document.activeElement.getBoundingClientRect().x")
        side = {"ArrowLeft": after < before, "ArrowRight": after > before}.get(key, True)
        seen.append((_here(page)[0], side))
    assert seen == [
        ("en", True),
        ("az", True),
        ("en", True),
        ("en", True),
        ("he", True),
        ("he", False),
    ]
    page.keyboard.press("End")
    assert _here(page) == ["he", "הערה באורך מסוים."]
    page.keyboard.press("Home")
    assert _here(page) == ["he", "יום"]
    _choose(page, "layout-stacked")  # nothing stands beside: the arrow to the left goes on
    page.locator(".c0 .u").first.focus()
    page.keyboard.press("ArrowLeft")
    assert _here(page) == ["en", "A day"]


def test_a_session_by_keyboard(opened):
    """Skip to the text, choose a language away, find a word, open a note and come back, copy a row."""
    page = opened()
    page.context.grant_permissions(["clipboard-read"])
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    for _ in range(12):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.classList.contains('u')"):
            break
    assert _here(page) == ["en", "A day"]
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowRight")
    assert _here(page)[0] == "he"
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.getAttribute('role')") == "doc-noteref"
    page.keyboard.press("Enter")
    note = page.locator("#note")
    assert note.is_visible()
    assert "הערה באורך מסוים." in note.inner_text()
    assert (note.get_attribute("lang"), note.get_attribute("dir")) == ("he", "rtl")
    page.keyboard.press("Escape")
    assert page.evaluate("document.activeElement.getAttribute('role')") == "doc-noteref"
    _focus(page.locator(".c0 .u").nth(2))
    page.keyboard.press("Enter")
    assert page.locator("#here b").inner_text() == "2.2"
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    copied = page.evaluate("navigator.clipboard.readText()").split("\n")
    assert copied == [
        "Nobody slept in the house of C++ that night.", "איש לא ישן בבית \u2066C++\u2069 באותו לילה.",
        "O gecə C++ evində heç kim yatmadı.", "В доме C++ той ночью никто не спал.", "A day, 2.2",
    ]  # fmt: skip
    page.keyboard.press("Escape")
    assert page.locator("#here").is_hidden()
    assert _here(page)[1] == "Nobody slept in the house of C++ that night."


def test_names_and_roles(opened):
    """A table of languages, one heading of the first level, and no link that nobody sees."""
    page = opened()
    tree = _tree(page)
    assert [name for role, name in tree if role == "columnheader"] == [
        "English", "עברית", "Azərbaycan", "Русский", "Name", "Value", "שם", "ערך", "Ad", "Dəyər", "Имя", "Значение",
    ]  # fmt: skip
    assert ("table", "Parallel text: English, Hebrew, Azerbaijani, Russian") in tree
    assert [name for role, name in tree if role == "heading"] == ["A day", "Later"]
    assert page.locator("h1").count() == 1
    assert not [
        name for role, name in tree if role == "link" and name not in ("1", "Skip to the text")
    ]
    assert len([1 for role, _ in tree if role == "row"]) == 7 + 8
    _choose(page, "show-0")  # then the headings are those of the next language
    assert [name for role, name in _tree(page) if role == "heading"] == ["יום", "אחר כך"]


def test_headings_have_one_size_in_all_languages(opened):
    """Hebrew letters are set a little larger, in headings as in the text."""
    page = opened()
    sizes = page.evaluate(
        """() => ['title', 'heading', 'paragraph'].flatMap(kind => {
          const row = document.querySelector('.k-' + kind);
          if (!row) return [];
          return [['en', 'he'].map(lang =>
            parseFloat(getComputedStyle(row.querySelector(`.cell[lang="${lang}"]`)).fontSize))];
        })"""
    )
    assert [round(he / en, 2) for en, he in sizes] == [1.08] * len(sizes)
    assert len(sizes) >= 2


def test_what_is_chosen_stays(opened):
    """A choice is saved and in the address; a link's choice is not saved, and a line says whose it is."""
    page = opened()
    _choose(page, "show-2")
    _choose(page, "rows-sentence")
    _choose(page, "theme-sepia")
    assert page.url.endswith("?s=en,he,ru&b=sentence")
    again = opened(context=page.context)
    assert again.locator("#linked").is_hidden()
    assert not again.is_checked("#show-2")
    assert again.is_checked("#rows-sentence")
    assert again.is_checked("#theme-sepia")
    linked = opened(context=page.context, query="?s=ru,he&l=stacked")
    assert linked.locator("#linked").is_visible()
    assert [linked.is_checked(f"#show-{n}") for n in range(4)] == [False, True, False, True]
    first = linked.locator(".block").first.locator(".cell:visible")
    assert first.first.get_attribute("lang") == "ru"
    linked.click("#linked button")
    assert linked.is_checked("#layout-columns")
    third = opened(context=page.context)
    assert [third.is_checked(f"#show-{n}") for n in range(4)] == [True, True, False, True]


def test_languages_change_places(opened):
    """The order is that of what is seen, and the page has the direction of its first language."""
    page = opened()
    page.click("[popovertarget=view]")
    page.click("#languages li:nth-child(2) [data-move='-1']")
    cells = page.locator(".block").nth(1).locator(".cell")
    assert [cell.get_attribute("lang") for cell in cells.all()] == ["he", "en", "az", "ru"]
    assert page.locator("main").get_attribute("dir") == "rtl"
    boxes = [cell.bounding_box()["x"] for cell in cells.all()]
    assert boxes == sorted(boxes, reverse=True)
    assert "s=he,en,az,ru" in page.url


def test_translation_on_tap(opened):
    """On a phone: one language; a tap on the whole line of a sentence opens it, Escape closes it."""
    page = opened(width=390, locale="he-IL", has_touch=True)
    assert page.is_checked("#mode-tap")
    assert page.locator(".u").first.bounding_box()["y"] <= 100
    hebrew = page.locator(".c1 .u").nth(1)
    assert hebrew.is_hidden()
    unit = page.locator(".c0 .u").nth(1)
    box = unit.bounding_box()
    assert box["width"] > 350
    page.touchscreen.tap(box["x"] + box["width"] - 3, box["y"] + 5)
    assert hebrew.is_visible()
    assert page.locator(".c1 .u:visible").count() == 1
    page.keyboard.press("Escape")
    assert hebrew.is_hidden()
    unit.focus()
    page.keyboard.press("Space")
    assert hebrew.is_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


def test_practice(opened):
    """The translation is covered where it stands; Space uncovers it and then goes on."""
    page = opened()
    _choose(page, "mode-practice")
    _focus(page.locator(".c0 .u").nth(1))
    covered = page.locator(".c1 .u").nth(1)
    assert covered.evaluate("unit => getComputedStyle(unit).visibility") == "hidden"
    page.keyboard.press("Space")
    assert covered.evaluate("unit => getComputedStyle(unit).visibility") == "visible"
    page.keyboard.press("Space")
    assert _here(page)[1].startswith("Nobody slept")
    assert page.locator("#told").inner_text().startswith("Practised: 1/")


def test_a_selection_stays_in_its_column(opened):
    """A drag over two paragraphs of Hebrew copies Hebrew, with its direction and its isolates."""
    page = opened()
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    first = page.locator(".c1 .u").nth(1).bounding_box()
    last = page.locator(".c1 .u").nth(5).bounding_box()
    page.mouse.move(first["x"] + first["width"] - 1, first["y"] + 8)
    page.mouse.down()
    page.mouse.move(last["x"] + 1, last["y"] + last["height"] - 8, steps=4)
    page.mouse.up()
    page.keyboard.press("Control+c")
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied.split("\n") == [
        "זה התחיל מוקדם. איש לא ישן בבית \u2066C++\u2069 באותו לילה.", "אחר כך",
        "אחר כך יצאו. הדרך הייתה ארוכה.",
    ]  # fmt: skip


def test_without_script_all_is_there(opened):
    page = opened(java_script_enabled=False, width=1000)
    assert page.locator(".c3 .u").first.is_visible()
    page.click("[popovertarget=view]")
    page.click("label:has(#show-3)")
    assert page.locator(".c3 .u").first.is_hidden()
    page.keyboard.press("Escape")
    page.locator(".c1 [role=doc-noteref]").first.click()
    assert page.url.endswith("#note-1-1")


@pytest.mark.parametrize(
    ("scheme", "query", "width", "languages"),
    [
        ("light", "", 1280, ("en", "he", "az", "ru")),
        ("light", "?t=sepia&r=practice&n=1&d=1", 1280, ("he",)),
        ("dark", "?r=first", 320, ("az",)),
        ("light", "?r=tap&t=sepia", 320, ("he",)),
        ("dark", "?l=stacked&n=1", 1280, ("ru.alone", "he")),
    ],
)
def test_axe_finds_nothing_to_read(opened, scheme, query, width, languages):
    """Light, dark and sepia, wide and narrow, in each language of the interface, with all that opens."""
    if not AXE.exists():
        pytest.skip("no axe-core: tests/prepare installs it")
    for name in languages:
        page = opened(name, width=width, query=query, color_scheme=scheme, bypass_csp=True)
        page.add_script_tag(path=str(AXE))
        opens = ["[popovertarget=view]", *[".c0 [role=doc-noteref]"][: name == languages[0]]]
        for target in opens:  # the text behind what is open is looked at too
            page.locator(target).first.click()
            found = page.evaluate(
                "axe.run().then(r => r.violations.map(v => [v.id, v.nodes.map(n => n.html + n.failureSummary)]))"
            )
            assert found == [], (name, target)
            page.keyboard.press("Escape")
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        page.close()


def test_what_changed_since_it_was_read(opened, pages):
    """A sentence that changed meanwhile is marked, until the reader has read it."""
    page = opened("ru")
    page.locator("#changes[data-looked]").wait_for(state="attached")
    path = pages / "ru.html"
    before = path.read_text("utf-8")
    path.write_text(before.replace("Дорога была длинной.", "Дорога была короткой."), "utf-8")
    again = opened("ru", context=page.context)
    again.locator("#changes").wait_for()
    assert {u.get_attribute("data-row") for u in again.locator(".new").all()} == {
        again.get_by_text("Дорога была короткой.").get_attribute("data-row")
    }
    again.click("#changes button:nth-of-type(2)")
    assert again.locator("#changes").is_hidden()
    other = opened("ru", context=page.context, query="?s=he,ru&r=tap")  # the same, shown otherwise
    other.locator("#changes[data-looked]").wait_for(state="attached")
    assert other.locator("#changes").is_hidden()
    path.write_text(before, "utf-8")


def test_languages_are_read_aloud_in_turn_by_voices_of_this_machine(started, pages):
    context = started.new_context()
    context.add_init_script("""
        window.said = [];
        const voice = (lang, localService) => ({ lang, localService, name: lang });
        Object.defineProperty(window, "speechSynthesis", { value: {
            getVoices: () => [voice("he-IL", true), voice("en-US", true), voice("ru-RU", false)],
            speak: (one) => { said.push([one.lang, one.text]); if (said.length < 6) one.onend?.(); },
            cancel: () => {}, addEventListener: () => {},
        }});
        window.SpeechSynthesisUtterance = class { constructor(text) { this.text = text; } };
    """)
    page = context.new_page()
    page.set_default_timeout(10_000)
    page.set_viewport_size({"width": 1700, "height": 900})
    page.goto((pages / "en.html").as_uri())
    page.locator(".c0 .u").nth(1).click()
    page.click("[data-act=aloud]")
    assert page.evaluate("said.slice(0, 4)") == [
        ["en", "It began early."], ["he", "זה התחיל מוקדם."],
        ["en", "Nobody slept in the house of C++ that night."],
        ["he", "איש לא ישן בבית C++ באותו לילה."],
    ]  # fmt: skip
    context.close()


def test_points_come_and_go(opened, pages):
    document = markdown.read("In the beginning.\n", ReadOptions())
    he = Catalog("he", PoFile([Entry("In the beginning.", "בְּרֵאשִׁית־בָּרָא")]))
    page = html.export(align(document, "x", "en", [he]), ExportOptions())
    (pages / "pointed.html").write_text(page, "utf-8")
    assert 'id="points"' not in (pages / "en.html").read_text("utf-8")
    page = opened("pointed", width=1000)
    _choose(page, "points")
    assert page.locator(".c1 .u").inner_text() == "בראשית־ברא"
    again = opened("pointed", context=page.context)
    assert again.locator(".c1 .u").inner_text() == "בראשית־ברא"
    _choose(again, "points")
    assert again.locator(".c1 .u").inner_text() == "בְּרֵאשִׁית־בָּרָא"


def test_a_sentence_says_where_its_translation_comes_from(opened, pages):
    """Who or what translated it, and who approved it: only if nothing changed since."""
    document = markdown.read("One.\n\nTwo.\n", ReadOptions())
    key = (None, "Two.")
    sealed = provenance.write(
        "",
        provenance.Provenance(
            "human",
            provenance.source_hash(key),
            "A. B. 2026-11-24",
            provenance.seal_of(key, "שתיים."),
        ),
    )
    entries = [
        Entry("One.", "אחת.", comments="# dragoman: origin=machine google; source=0000000000\n"),
        Entry("Two.", "שתיים.", comments=sealed),
    ]
    catalogs = [Catalog("he", PoFile(entries))]
    parallel = with_origins(align(document, "x", "en", catalogs), document, catalogs)
    (pages / "origins.html").write_text(html.export(parallel, ExportOptions()), "utf-8")
    page = opened("origins", width=1000)
    told = []
    for place in range(2):
        page.locator(".c0 .u").nth(place).click()
        told.append(page.locator("#here li").all_inner_texts())
    assert told == [
        ["עברית: translated by a machine (google), made for an earlier wording, not approved"],
        ["עברית: translated by a person, approved by A. B., November 24, 2026"],
    ]


def test_a_site_keeps_the_sentence_and_finds_it_without_a_server(started, ours):
    """The language changes and the sentence stays; what is found in Hebrew is read in Russian."""
    Place(ours).fine("site")
    faults = []
    context = started.new_context(viewport={"width": 1000, "height": 700}, bypass_csp=AXE.exists())
    page = context.new_page()
    page.set_default_timeout(10_000)
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on("console", lambda message: faults.append(message.text))
    page.on("request", lambda one: one.url.startswith("file:") or faults.append(one.url))
    page.goto((ours / "build/site/he/khojaly-memorial-day.html").as_uri())
    page.locator(".u").nth(12).click()
    row = page.locator(".u").nth(12).get_attribute("data-row")
    page.click("[popovertarget=fellows]")
    page.click("#fellows [hreflang=ru]")
    page.wait_for_url(f"**/ru/khojaly-memorial-day.html#{row}")
    assert page.locator(".u.lit").get_attribute("data-row") == row
    page.goto((ours / "build/site/search.html").as_uri() + "?ui=he&read=ru")
    page.locator("#q").fill("ילדים")
    page.locator("#hits li").first.wait_for()
    assert page.locator("html").get_attribute("dir") == "rtl"
    first = page.locator("#hits li").first
    assert [line.get_attribute("lang") for line in first.locator("p").all()] == ["ru", "he"]
    assert "ילדים" in first.locator("p").nth(1).inner_text()
    if AXE.exists():
        page.add_script_tag(path=str(AXE))
        assert page.evaluate("axe.run().then(r => r.violations.map(v => v.id))") == []
    first.locator("a").first.click()
    page.wait_for_url("**/ru/*.html#*")
    assert page.locator(".u.lit").count() == 1
    context.close()
    assert faults == []


def test_joined_sentences_stand_in_a_bracket(opened, pages):
    """Where a translator made one sentence of two, the row has a bracket on each side of the pair."""
    document = markdown.read("One. Two. Three.\n", ReadOptions(split=segmenter("en").spans))
    entries = [Entry("One.", "אחת ושתיים."), Entry("Two.", "↑"), Entry("Three.", "שלוש.")]
    parallel = align(document, "x", "en", [Catalog("he", PoFile(entries))])
    (pages / "joined.html").write_text(
        html.export(parallel, ExportOptions(rows="sentence")), "utf-8"
    )
    page = opened("joined", width=1000)
    widths = [
        unit.evaluate("unit => getComputedStyle(unit).borderInlineStartWidth")
        for unit in page.locator(".u").all()
    ]
    assert widths == ["2px", "0px", "2px", "0px"]


def test_scripts_are_safe():
    """No text becomes markup or code, and no address is fetched."""
    for path in (ROOT / "src/dragoman/exports/assets/reading").glob("*.js"):
        said = path.read_text("utf-8")
        assert not re.search(
            r"innerHTML|outerHTML\s*=|insertAdjacentHTML|document\.write|\beval\(|new Function|fetch\(|XMLHttp|https?:",
            said,
        )


def test_editors_see_progress_states_and_numbers_at_once():
    """Readers can show states and numbers; how much is translated is for editors."""
    document = markdown.read("One.\n\nTwo.\n", ReadOptions())
    parallel = align(document, "x", "en", [Catalog("he", PoFile([Entry("One.", "אחת.")]))])
    readers = html.export(parallel, ExportOptions())
    editors = html.export(parallel, ExportOptions(readers="editors"))
    for page, shown in ((readers, False), (editors, True)):
        assert ("Translated: 50%" in page) == shown
        assert ('id="states" checked' in page) == shown
        assert ('id="numbers" checked' in page) == shown
        assert ('<body class="numbered">' in page) == shown
