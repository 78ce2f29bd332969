"""The parallel page in a real browser: what is drawn is what UAX #9 says, and nothing is fetched."""

from __future__ import annotations

import unicodedata
from pathlib import Path

import pytest
from desk import CHROMIUM
from test_bidi import ALL, FIXED

import mixtures
from bidi_oracle import visual

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None, reason="no Chromium"),
    pytest.mark.filterwarnings("ignore::DeprecationWarning"),
    pytest.mark.xdist_group("browser"),
]

# Every character of a cell with the box it is drawn in; marks that join a letter are left out.
GLYPHS = """cell => {
  const out = [];
  const walker = document.createTreeWalker(cell, NodeFilter.SHOW_TEXT);
  let place = 0;
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const range = document.createRange();
    for (let i = 0; i < node.length; i++) {
      range.setStart(node, i);
      range.setEnd(node, i + 1);
      const box = [...range.getClientRects()].find(r => r.width > 0);
      out.push([node.data[i], box ? box.left : null, box ? box.top + box.height / 2 : null, place++]);
    }
  }
  return out;
}"""


@pytest.fixture
def page(started):
    """A page that remembers nothing of the others."""
    context = started.new_context(viewport={"width": 12000, "height": 900})
    yield context.new_page()
    context.close()


def _choose(page, name):
    """Change a setting, as a click on it does while the settings are open."""
    page.evaluate("name => document.getElementById(name).click()", name)


@pytest.fixture(scope="module")
def built(ours) -> Path:
    return ours / "build/parallel"


def _open(page, path):
    seen = []
    page.on("request", lambda request: seen.append(request.url))
    page.goto(path.as_uri())
    return seen


TEXTS = ["baku-remembrance-address", "four-lines", "khojaly-memorial-day", "translators-guide"]


@pytest.mark.parametrize("text", TEXTS)
def test_hebrew_is_drawn_as_the_algorithm_says(page, built, text):
    """For every Hebrew sentence, glyphs from left to right are in the oracle's order.

    The oracle gets the sentence with isolates where the page has elements with a direction;
    that these are the right ones is what the display vectors test. The page is made so wide
    that every sentence stands on one line.
    """
    _open(page, built / f"{text}.html")
    _choose(page, "rows-sentence")
    page.evaluate("document.querySelector('main').style.maxInlineSize = 'none'")
    cells = page.query_selector_all('[lang="he"][dir="rtl"].cell .u:not([lang], :has(img))')
    assert len(cells) > 25
    for cell in cells:
        wanted = "".join(visual(cell.evaluate(LOGICAL), "rtl").split())
        assert _folded(_drawn(cell)) == _folded(wanted)


def _drawn(unit) -> str:
    """The glyphs of a unit from left to right; those of one line."""
    glyphs = [g for g in unit.evaluate(GLYPHS) if g[1] is not None and not g[0].isspace()]
    heights = [g[2] for g in glyphs]
    assert max(heights) - min(heights) < 14, "the sentence is on several lines"
    return "".join(g[0] for g in sorted(glyphs, key=lambda g: g[1]))


def _page_of(page, tmp_path, parallel, layout="columns") -> list:
    """The units of a text on a page of its own, so wide that each stands on one line."""
    from dragoman.exports import html
    from dragoman.exports.parts.export_options import ExportOptions

    path = tmp_path / "page.html"
    path.write_text(html.export(parallel, ExportOptions(rows="sentence", layout=layout)), "utf-8")
    _open(page, path)
    page.evaluate("document.querySelector('main').style.maxInlineSize = 'none'")
    return page.query_selector_all(".u")


@pytest.mark.parametrize("base", ["rtl", "ltr"])
def test_display_vectors_are_drawn_as_the_algorithm_says(page, tmp_path, base):
    """B1 to B33, those that need help as their fixed rows."""
    from dragoman.model import Block, Document, Kind, Unit
    from dragoman.parallel.rows import align

    names = [n for n, (b, *_) in ALL.items() if b in (base, "auto") and n not in ("B30", "B32")]
    blocks = [Block(Kind.PARAGRAPH, (Unit(ALL[n][1], ALL[n][1]),)) for n in names]
    locale = "he" if base == "rtl" else "en"
    units = _page_of(page, tmp_path, align(Document(tuple(blocks)), "x", locale, []))
    assert len(units) == len(names)
    for name, unit in zip(names, units, strict=True):
        _, logical, shown = ALL[FIXED.get(name, name)]
        if name == "B29":  # a page knows its direction
            shown = visual(logical, "rtl" if base == "rtl" else "ltr")
        if name == "B33":  # an override does nothing
            shown = "613 people were"
        drawn = _drawn(unit).replace("\u200e", "")
        assert _folded(drawn) == _folded("".join(shown.split())), name


@pytest.mark.parametrize("layout", ["columns", "stacked", "interlinear"])
def test_mixtures_are_drawn_as_a_typesetter_would(page, tmp_path, layout):
    """Isolates stand where a careful hand set them: the oracle has those, the page has ours."""
    units = _page_of(page, tmp_path, mixtures.parallel(), layout)
    hebrew = [u for u in units if u.evaluate("u => u.closest('[lang]').lang") == "he"]
    rows = mixtures.lines(mixtures.HEBREW)
    for marked, unit in zip(rows, hebrew[: len(rows)], strict=True):
        wanted = visual(mixtures.logical(marked), "rtl")
        assert _folded(_drawn(unit)) == _folded("".join(wanted.split())), marked
    english = [u for u in units if u.evaluate("u => u.closest('.c0') !== null")]
    for marked, unit in zip(mixtures.lines(mixtures.LATIN), english[len(rows) :], strict=False):
        wanted = visual(mixtures.logical(marked), "ltr")
        assert _folded(_drawn(unit)) == _folded("".join(wanted.split())), marked


def _folded(text: str) -> str:
    """Brackets of a pair as one: which way they open is the oracle's rule L4, tested apart.

    Without points, which stand above and below their letters and not beside them.
    """
    bare = "".join(c for c in text if not unicodedata.combining(c))
    return bare.translate(str.maketrans(")]}>»", "([{<«"))


LOGICAL = """cell => {
  const walk = node => {
    if (node.nodeType === 3) return node.data;
    const inner = [...node.childNodes].map(walk).join("");
    const dir = node !== cell && node.getAttribute && node.getAttribute("dir");
    if (!dir) return inner;
    return (dir === "rtl" ? "\\u2067" : "\\u2066") + inner + "\\u2069";
  };
  return walk(cell);
}"""


@pytest.mark.parametrize("text", TEXTS)
def test_nothing_is_fetched_and_nothing_breaks(page, built, text):
    errors = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.on("console", lambda message: errors.append(message.text))
    seen = _open(page, built / f"{text}.html")
    assert [url for url in seen if not url.startswith("file:")] == []
    assert errors == []


def test_hebrew_begins_on_the_right(page, built):
    """Every Hebrew cell starts at its right edge, every other at its left."""
    _open(page, built / "khojaly-memorial-day.html")
    page.set_viewport_size({"width": 1400, "height": 900})
    for cell in page.query_selector_all(".cell"):
        glyphs = [g for g in cell.evaluate(GLYPHS) if g[1] is not None and g[0].isalpha()]
        box = cell.bounding_box()
        first = glyphs[0][1] - box["x"]
        if cell.get_attribute("lang") == "he":
            assert first > box["width"] * 0.85
        else:
            assert first < box["width"] * 0.15


def test_columns_rows_and_fellows(page, built):
    """Columns hide, sentences stand side by side, fellows light up, arrows walk."""
    _open(page, built / "khojaly-memorial-day.html")
    page.set_viewport_size({"width": 1400, "height": 900})
    assert page.locator(".c2 >> visible=true").count() > 5
    _choose(page, "show-2")
    assert page.locator(".c2 >> visible=true").count() == 0
    _choose(page, "rows-sentence")
    section = page.locator(".block.n3").first
    tops = [
        [round(u.bounding_box()["y"]) for u in section.locator(f".c{column} .u").all()]
        for column in (0, 1, 3)
    ]
    assert tops[0] == tops[1] == tops[2]
    unit = section.locator(".c0 .u").nth(1)
    unit.hover()
    row = unit.get_attribute("data-row")
    assert page.locator(".u.lit").count() == 4
    assert {u.get_attribute("data-row") for u in page.locator(".u.lit").all()} == {row}
    unit.click()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowRight")
    focused = page.evaluate(
        "[document.activeElement.dataset.row, document.activeElement.closest('.cell').lang]"
    )
    assert focused[1] == "az"
    assert focused[0] != row


def test_stacked_on_a_phone(page, built):
    """On a narrow screen the languages of a paragraph stand one below the other, in the window."""
    page.set_viewport_size({"width": 400, "height": 800})
    _open(page, built / "baku-remembrance-address.html")
    for column in range(2, 4):
        _choose(page, f"show-{column}")
    _choose(page, "mode-both")
    section = page.locator(".block.k-paragraph").first
    boxes = [section.locator(f".c{column}").bounding_box() for column in range(4)]
    assert [box["y"] for box in boxes] == sorted({box["y"] for box in boxes})
    assert page.evaluate("document.documentElement.scrollWidth") <= 400


def test_fonts_in_the_page_have_every_letter(page, tmp_path):
    """Latin with ə, Cyrillic, and Hebrew with points: no glyph comes from the machine's fonts."""
    pytest.importorskip("fontTools")
    from dragoman.catalogs.catalog import Catalog
    from dragoman.exports import html
    from dragoman.exports.parts.export_options import ExportOptions
    from dragoman.formats import ReadOptions, markdown
    from dragoman.parallel.rows import align
    from dragoman.po import Entry, PoFile

    said = {
        "az": "Ədliyyə, *müstəqillik*, İstiqlal, ığdır, şöhrət, güç",
        "he": "בְּרֵאשִׁית בָּרָא אֱלֹהִים",
        "ru": "Съешь ещё *этих* мягких булок — № 5, „да“",
    }
    catalogs = [Catalog(x, PoFile([Entry("In the *beginning*.", y)])) for x, y in said.items()]
    document = markdown.read("In the *beginning*.\n", ReadOptions())
    parallel = align(document, "day", "en", catalogs)
    path = tmp_path / "day.html"
    path.write_bytes(html.export(parallel, ExportOptions(embed_fonts=True)).encode())
    assert path.stat().st_size < 250_000
    seen = _open(page, path)
    page.evaluate("document.fonts.ready")
    session = page.context.new_cdp_session(page)
    session.send("DOM.enable")
    session.send("CSS.enable")
    root = session.send("DOM.getDocument")["root"]["nodeId"]
    cells = session.send("DOM.querySelectorAll", {"nodeId": root, "selector": ".cell"})["nodeIds"]
    assert len(cells) == 4
    for cell in cells:
        used = session.send("CSS.getPlatformFontsForNode", {"nodeId": cell})["fonts"]
        assert used
        assert all(font["isCustomFont"] for font in used), used
    assert [url for url in seen if not url.startswith(("file:", "data:"))] == []
