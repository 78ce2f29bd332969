"""Direction while typing: after every key glyphs are in the oracle's order, and nothing moves them."""

from __future__ import annotations

import unicodedata

import pytest
from playwright.sync_api import expect
from test_bidi import ALL

from bidi_oracle import visual

pytestmark = [
    pytest.mark.browser,
    pytest.mark.filterwarnings("ignore::DeprecationWarning"),
    pytest.mark.xdist_group("workbench"),
]
RTL = [f"B{n}" for n in range(2, 11)]
LTR = ["B25", "B26", "B27", "B28"]
HEBREW = [
    "ב־7 באוקטובר 2023, בשעה 6:29.",
    'דובר צה"ל: „לא נשכח”.',
    "בְּרֵאשִׁית בָּרָא אֱלֹהִים",
    "שׂר האוצר, ד״ר כ׳ לוי־כהן",
    "הגרסה \u2066config.toml\u2069 (2.0)",
    "ה־BBC וה־NYT דיווחו: \u2066No. 5!\u2069",
    "מחיר: 1,234.56 ₪ (50%)",
    "5–10 אנשים; 26/2/1992",
    "*חוג׳אלי* [קישור](https://a.b/c/)",
    "ארגון AZIZ – Azerbaijan Israel",
    "טל׳ \u2066+972-2-123-4567\u2069.",
    "א\u200fב\u200eג",
    "Hello עולם!",
    "…ואז 100%.",
    "„שלום”, אמר ג׳ון־פול (John-Paul).",
    "שָׁלוֹם לְכֻלָּם – שׁוּב!",
    "צה״ל, או״ם וארה״ב (1948–2023)",
    "מה חדש? \u2066v1.2\u2069 / \u2066v2.0\u2069…",
]
RUSSIAN = [
    "Слово «שלום» (1992) значит «мир».",
    "Он сказал: “\u2067שלום!\u2069”",
    "С 26.02.1992 по 7.10.2023 — 613 человек.",
    "цена 1 234,56 ₪ и 5 > 3",
    "Файл config.toml, версия 2.0 (beta)",
    "Дом שלום 5, кв. 7",
    "Слово «צה״ל» — это «ЦАХАЛ».",
    "№ 7 (\u2067ה־7\u2069) – 100 %",
]
AZERBAIJANI = [
    "Xocalı – 613 nəfər",
    "“\u2067שלום!\u2069” dedi",
    "İstiqlal, ığdır, 34-cü il",
    "Kitab: \u2067בראשית\u2069, 1:1–3",
]
GLYPHS = """field => {
  const out = [];
  const walker = document.createTreeWalker(field, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const range = document.createRange();
    for (let i = 0; i < node.length; i++) {
      range.setStart(node, i);
      range.setEnd(node, i + 1);
      const box = [...range.getClientRects()].find(r => r.width > 0);
      if (box) out.push([node.data[i], box.left]);
    }
  }
  return out;
}"""
FOLDED = str.maketrans(")]}>»", "([{<«")


def drawn(field) -> str:
    """The letters and marks of a field from left to right; points belong to their letters."""
    glyphs = sorted(field.evaluate(GLYPHS), key=lambda glyph: glyph[1])
    return plain("".join(char for char, _ in glyphs))


def plain(text: str) -> str:
    return "".join(
        char
        for char in text
        if not char.isspace() and unicodedata.category(char) not in ("Mn", "Cf")
    ).translate(FOLDED)


@pytest.fixture(scope="module")
def lines(tmp_path_factory, browser):
    """A page whose fields are so wide that a sentence stands on one line."""
    from desk import Desk

    from conftest import Place

    place = Place(tmp_path_factory.mktemp("direction"))
    place.write(".git/HEAD", "")
    place.write("dragoman.toml", 'locales = ["az", "he", "ru"]\n')
    place.write("source_texts/day.txt", "A day.\nA night.\n")
    place.update()
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_STATE_HOME", str(tmp_path_factory.mktemp("state")))
        desk = Desk(place)
        page = desk.open(browser, viewport={"width": 3000, "height": 900})
        yield page, desk
        page.context.close()
        desk.stop()


def emptied(lines, locale):
    page, desk = lines
    page.keyboard.press("Enter")
    expect(page.locator("[data-save=typing]")).to_have_count(0)
    page.goto("about:blank")
    page.goto(desk.url(locale=locale, number="1.1"))
    field = page.locator('[id="1.1"] .t')
    expect(field).to_be_focused()
    page.keyboard.press("Control+a")
    page.keyboard.press("Backspace")
    assert field.inner_text().strip() == ""
    return page, field


@pytest.mark.parametrize(
    ("locale", "base", "logical"),
    [
        *(("he", "rtl", ALL[name][1]) for name in RTL),
        *(("ru", "ltr", ALL[name][1]) for name in LTR),
        *(("he", "rtl", line) for line in HEBREW),
        *(("ru", "ltr", line) for line in RUSSIAN),
        *(("az", "ltr", line) for line in AZERBAIJANI),
    ],
)
def test_after_every_key_the_order_is_the_oracles(lines, locale, base, logical):
    page, field = emptied(lines, locale)
    for end, char in enumerate(logical, 1):
        page.keyboard.type(char)
        assert drawn(field) == plain(visual(logical[:end], base)), logical[:end]
    assert field.evaluate("f => f.textContent") == logical


def test_controls_are_seen_and_move_nothing(lines):
    """Every control has a tick over it; with the ticks and without, each glyph is in its place."""
    page, field = emptied(lines, "he")
    page.keyboard.type("הגרסה \u2066C++\u2069 כאן\u200f!")
    ticks = page.locator('[id="1.1"] .tick')
    assert [tick.get_attribute("data-name") for tick in ticks.all()] == ["LRI", "PDI", "RLM"]
    with_ticks = field.evaluate(GLYPHS)
    page.evaluate("document.querySelectorAll('.tick').forEach(tick => tick.remove())")
    assert field.evaluate(GLYPHS) == with_ticks
    assert field.evaluate("f => f.childElementCount") == 0


def test_caret_backspace_and_selection_are_those_of_a_bare_field(lines):
    page, field = emptied(lines, "he")
    logical = "שלום \u2066C++\u2069 (1992) סוף"
    page.keyboard.type(logical)
    page.wait_for_timeout(500)  # the checks have drawn what they found
    page.evaluate(
        """() => {
          const bare = document.createElement("div");
          bare.id = "bare";
          bare.contentEditable = "plaintext-only";
          bare.dir = "rtl";
          bare.textContent = document.activeElement.textContent;
          document.body.append(bare);
        }"""
    )
    assert walked(page, field) == walked(page, page.locator("#bare"))
    assert len(set(walked(page, field))) > len(logical) - 3
    field.focus()
    page.keyboard.press("Control+End")
    for _ in range(3):
        page.keyboard.press("Backspace")
    assert field.evaluate("f => f.textContent") == logical[:-3]
    page.keyboard.press("Shift+Control+Home")
    assert page.evaluate("getSelection().toString()") == logical[:-3]


def walked(page, field):
    """The places that the arrow reaches from the beginning to the end."""
    field.focus()
    page.keyboard.press("Control+Home")
    places = []
    for _ in range(40):
        places.append(page.evaluate("getSelection().focusOffset"))
        page.keyboard.press("ArrowLeft")
    return places
