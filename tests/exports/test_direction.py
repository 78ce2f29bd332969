"""Lines that a careful hand isolated, in every edition: each glyph in the place that UAX #9 gives it."""

from __future__ import annotations

import io
import re
import shutil
import zipfile
from itertools import groupby
from unicodedata import combining, normalize

import pytest
from test_docx import W, _as_word_does, _flag, _said
from test_latex import _read
from test_phrases import bare, gold, is_rtl, with_isolates

from bidi_oracle import visual
from dragoman.exports import docx, epub, html, latex, pdf, text
from dragoman.exports.parts.export_options import ExportOptions
from dragoman.model import Cell, Kind, Parallel, ParallelBlock, Row, Span, State
from dragoman.text.bidi import LRI, LRM, PDI, RLI, RLM

_JOINS = re.compile("[\u05b0-\u05bd\u05bf-\u05c7\u0620-\u06ff]")
"""Points, and letters that are joined: a printed file does not name their glyphs one by one."""
LOCALES = ("he", "en", "ru", "az", "fa")
LINES = {locale: [marked for one, marked in gold() if one == locale] for locale in LOCALES}
ENGINES = ["typst", "chromium"]
CHROMIUM = shutil.which("chromium")
_NO_GLYPHS = re.compile("[\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2069]|\\s")


def _parallel(locale: str, lines: list[str] | None = None) -> Parallel:
    """A text in one language that has each line as a paragraph."""
    blocks = []
    for number, marked in enumerate(LINES[locale] if lines is None else lines):
        said = bare(marked)
        cell = Cell(locale, said, State.TRANSLATED, locale, (Span("text", said),))
        blocks.append(ParallelBlock(Kind.PARAGRAPH, (Row(f"r{number}", f"{number}.1", (cell,)),)))
    return Parallel("x", "X", (locale,), tuple(blocks))


def _wanted(locale: str, marked: str) -> str:
    base = "rtl" if is_rtl(locale) else "ltr"
    return _folded(visual(with_isolates(marked, is_rtl(locale)), base))


def _folded(shown: str) -> str:
    """A line without what has no width; brackets of a pair, and ligatures and their letters, as one."""
    letters = normalize("NFKC", _NO_GLYPHS.sub("", shown))
    glyphs = "".join(char for char in letters if not combining(char))
    return glyphs.translate(str.maketrans(")]}>»›", "([{<«‹"))


# --- browsers -------------------------------------------------------------------------------

# For each paragraph its characters with the boxes that they are drawn in.
GLYPHS = """selector => [...document.querySelectorAll(selector)].map(cell => {
  const out = [];
  const walker = document.createTreeWalker(cell, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const range = document.createRange();
    for (const [at, char] of [...node.data].entries()) {
      range.setStart(node, at);
      range.setEnd(node, at + 1);
      const box = [...range.getClientRects()].find(r => r.width > 0);
      if (box) out.push([char, box.left]);
    }
  }
  return out;
})"""


@pytest.fixture(scope="module")
def page():
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        flags = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=flags)
        yield browser.new_page(viewport={"width": 3000, "height": 900})
        browser.close()


def _shown(page, path, selector: str) -> list[str]:
    """Each paragraph of a file as a browser draws it, from left to right."""
    page.goto(path.as_uri())
    page.evaluate("document.querySelectorAll('main').forEach(e => e.style.maxInlineSize = 'none')")
    return [
        _folded("".join(char for char, _ in sorted(glyphs, key=lambda glyph: glyph[1])))
        for glyphs in page.evaluate(GLYPHS, selector)
    ]


@pytest.mark.browser
@pytest.mark.skipif(CHROMIUM is None, reason="no Chromium")
@pytest.mark.filterwarnings("ignore::DeprecationWarning")
@pytest.mark.xdist_group("browser")
@pytest.mark.parametrize("locale", LOCALES)
def test_a_browser_draws_pages_and_books_so(page, tmp_path, locale):
    wanted = [_wanted(locale, marked) for marked in LINES[locale]]
    path = tmp_path / "page.html"
    path.write_text(html.export(_parallel(locale), ExportOptions()), "utf-8")
    assert _shown(page, path, ".u") == wanted
    book = zipfile.ZipFile(io.BytesIO(epub.export(_parallel(locale), ExportOptions())))
    path = tmp_path / "text.xhtml"
    path.write_bytes(book.read("EPUB/text.xhtml"))
    assert _shown(page, path, "section p") == wanted


# --- printed pages --------------------------------------------------------------------------


def _printed(made: bytes) -> list[str]:
    pdfplumber = pytest.importorskip("pdfplumber")
    out = []
    with pdfplumber.open(io.BytesIO(made)) as document:
        for sheet in document.pages:
            chars = [c for c in sheet.chars if 40 < c["top"] < sheet.height - 50]
            chars.sort(key=lambda c: (round(-c["matrix"][5] / 2), c["x0"]))
            for _, line in groupby(chars, lambda c: round(-c["matrix"][5] / 2)):
                out.append(_folded("".join(c["text"] for c in line)))
    return [line for line in out if line]


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("locale", [locale for locale in LOCALES if locale != "fa"])
def test_printed_pages_have_them_so(locale, engine):
    if engine == "typst":
        pytest.importorskip("typst")
    elif CHROMIUM is None:
        pytest.skip("no Chromium")
    lines = [marked for marked in LINES[locale] if not _JOINS.search(marked)]
    made = pdf.export(_parallel(locale, lines), ExportOptions(pdf_engine=engine))
    assert len(lines) > 5
    assert {_wanted(locale, marked) for marked in lines} - set(_printed(made)) == set()


# --- what other programs set ----------------------------------------------------------------


@pytest.mark.parametrize("locale", LOCALES)
def test_word_documents_say_them_so(locale):
    """To a program that goes by runs, as Word does, and to one that goes by letters."""
    from xml.etree import ElementTree as ET

    rtl = is_rtl(locale)
    made = zipfile.ZipFile(io.BytesIO(docx.export(_parallel(locale), ExportOptions())))
    body = ET.fromstring(made.read("word/document.xml"))
    paragraphs = [p for p in body.iter(f"{W}p") if p.find(f"{W}r") is not None]
    for marked, paragraph in zip(LINES[locale], paragraphs, strict=True):
        runs = [(_said(run), _flag(run, "rPr/rtl")) for run in paragraph.iter(f"{W}r")]
        whole = "".join(said for said, _ in runs)
        assert _folded(visual(whole, "rtl" if rtl else "ltr")) == _wanted(locale, marked)
        if locale != "fa":  # the model of Word knows Hebrew
            joined = [("".join(s for s, _ in g), way) for way, g in groupby(runs, lambda r: r[1])]
            assert _folded(_as_word_does(joined, rtl)) == _wanted(locale, marked)


@pytest.mark.parametrize("locale", LOCALES)
def test_latex_is_told_so(locale):
    rtl = is_rtl(locale)
    body = latex.export(_parallel(locale), ExportOptions()).partition(r"\begin{document}")[2]
    paragraphs = [p for p in body.partition(r"\end{document}")[0].split("\n\n") if p.strip()]
    for marked, source in zip(LINES[locale], paragraphs, strict=True):
        said = re.sub(r"(?<!\\)\\(ltr|rtl)\{((?:[^{}\\]|\\.|\{\})*)\}",
                      lambda m: f"{LRI if m[1] == 'ltr' else RLI}{m[2]}{PDI}", source.replace("\\allowbreak{}", "").strip())  # fmt: skip
        assert _folded(visual(_read(said), "rtl" if rtl else "ltr")) == _wanted(locale, marked)


@pytest.mark.parametrize("locale", LOCALES)
def test_plain_text_with_marks_says_them_so(locale):
    rtl = is_rtl(locale)
    made = text.export(_parallel(locale), ExportOptions(bidi_marks=True))
    lines = [line for line in made.split("\n")[3:] if line]
    assert all(line.startswith(RLM) for line in lines) == rtl
    assert all(LRM not in line for line in lines)
    for marked, line in zip(LINES[locale], lines, strict=True):
        assert _folded(visual(line, "rtl" if rtl else "ltr")) == _wanted(locale, marked)
