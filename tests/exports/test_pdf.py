"""PDF: every glyph where the bidi algorithm puts it, tagged, harmless, the same bytes, and bounded."""

from __future__ import annotations

import io
import re
import shutil
import unicodedata
from collections.abc import Iterable
from itertools import groupby

import pytest
from test_bidi import ALL

import mixtures
from bidi_oracle import levels, order
from conftest import LOCALES, ROOT
from dragoman import po
from dragoman.catalogs.catalog import Catalog
from dragoman.errors import DragomanError
from dragoman.exports import pdf
from dragoman.exports.parts.export_options import ExportOptions
from dragoman.formats import ReadOptions, markdown, text
from dragoman.languages import locales
from dragoman.model import Cell, Kind, Missing, Parallel, ParallelBlock, Row, Span, State
from dragoman.parallel.rows import align
from dragoman.po import Entry, PoFile
from dragoman.segment import segmenter
from dragoman.text import bidi
from dragoman.text.isolates import isolated

pdfplumber = pytest.importorskip("pdfplumber")
pytest.importorskip("typst")
FOOT = 60
"""Points at the foot of a page, where its number stands."""
_NO_INK = "".join(sorted({" ", *bidi.CONTROLS}))


def _parallel(source: str, said: dict[str, str], name="day") -> Parallel:
    document = markdown.read(source, ReadOptions(split=segmenter("en").spans))
    he = Catalog("he", PoFile([Entry(k, v) for k, v in said.items()]))
    return align(document, name, "en", [he], Missing.SOURCE)


def _paragraphs(locale: str, contents: Iterable[tuple[Span, ...]]) -> Parallel:
    """A text that has each content as a paragraph of its own."""
    blocks = []
    for number, spans in enumerate(contents):
        cell = Cell(locale, "…", State.TRANSLATED, locale, spans)
        blocks.append(ParallelBlock(Kind.PARAGRAPH, (Row(f"r{number}", f"{number}.1", (cell,)),)))
    return Parallel("x", "X", (locale,), tuple(blocks))


def _made(parallel: Parallel, **options) -> bytes:
    return pdf.export(parallel, ExportOptions(**options))


def _lines(made: bytes) -> list[str]:
    """What stands on each line, from left to right, as the characters that glyphs stand for."""
    out = []
    with pdfplumber.open(io.BytesIO(made)) as document:
        for page in document.pages:
            chars = [char for char in page.chars if char["top"] < page.height - FOOT]
            chars.sort(key=lambda char: (_line_of(char), char["x0"]))
            for _, found in groupby(chars, _line_of):
                out.append("".join(char["text"] for char in found).strip())
    return [line for line in out if line]


def _line_of(char) -> int:
    """The place of its baseline."""
    return round(-char["matrix"][5])


def _logical(spans: Iterable[Span], other: str) -> str:
    """Spans as one string, with the controls that stand for their elements."""
    out = ""
    for span in spans:
        inner = span.text or _logical(span.children, other)
        if span.name == "code":
            inner = f"{bidi.LRI}{inner}{bidi.PDI}"
        elif span.name == "isolate":
            inner = f"{other}{inner}{bidi.PDI}"
        out += inner
    return out


def _drawn_as(logical: str, base: str, lines: Iterable[str]) -> str:
    """Where lines are those of a text, broken anywhere at a space: nothing; else the first other.

    Each line must be in the order of rule L2, its spaces at the end apart (rule L1). Brackets of
    a pair count as one: the file names a glyph by the character that it stood for first.
    """
    found, at = levels(logical, base), 0
    for line in map(_folded, lines):
        end = next((e for e in _ends(logical, at) if _visual(logical, found, at, e) == line), None)
        if end is None:
            return line
        at = end
    return logical[at:].strip(_NO_INK)


def _ends(logical: str, start: int) -> Iterable[int]:
    return range(start + 1, len(logical) + 1)


def _visual(logical: str, found: list[int], start: int, end: int) -> str:
    while end > start and logical[end - 1] in _NO_INK:
        end -= 1
    while start < end and logical[start] == " ":
        start += 1
    shown = [logical[start + i] for i in order(found[start:end])]
    return _folded("".join(char for char in shown if char not in bidi.CONTROLS).strip())


def _folded(text: str) -> str:
    return text.translate(str.maketrans(")]}>»›", "([{<«‹"))


@pytest.mark.parametrize("locale", ["he", "en"])
def test_display_vectors_stand_as_the_algorithm_says(locale):
    rtl = locales.direction(locale) == "rtl"
    base = "rtl" if rtl else "ltr"
    wanted = [logical for b, logical, _ in ALL.values() if b in (base, "auto")]
    drawn = _lines(_made(_paragraphs(locale, [(Span("text", one),) for one in wanted])))
    assert len(drawn) == len(wanted)
    for logical, line in zip(wanted, drawn, strict=True):
        tame = bidi.tamed(logical)  # an override does nothing
        assert _drawn_as(bidi.isolated(tame, rtl), base, [line]) == "", (logical, line)


@pytest.mark.parametrize(("text", "rtl"), [(mixtures.HEBREW, True), (mixtures.LATIN, False)])
def test_mixtures_stand_as_a_typesetter_would_set_them(text, rtl):
    """Isolates stand where a careful hand set them: the oracle has those, the page has ours."""
    locale, base = ("he", "rtl") if rtl else ("en", "ltr")
    inline = markdown.read("x\n", ReadOptions()).inline
    marked = mixtures.lines(text)
    drawn = _lines(_made(_paragraphs(locale, [inline(mixtures.bare(one)) for one in marked])))
    for one in marked:
        logical = mixtures.logical(one)
        long = next((n for n in (1, 2) if _drawn_as(logical, base, drawn[:n]) == ""), None)
        assert long, (logical, drawn[:2])
        drawn = drawn[long:]
    assert drawn == []


def _own(locale: str) -> list[tuple[Span, ...]]:
    """The units of our own texts in a language, those without footnotes and pointed words.

    The letters of a pointed word stand in typst's text layer once for each of its points.
    """
    read = {".md": markdown.read, ".txt": text.read}
    out = []
    for path in sorted((ROOT / "source_texts").glob("*.*")):
        document = read[path.suffix](
            path.read_text("utf-8"), ReadOptions(split=segmenter("en").spans)
        )
        catalog = ROOT / f"locales/{locale}/LC_MESSAGES/{path.stem}.po"
        done = Catalog(locale, po.parse(catalog.read_bytes()))
        parallel = align(document, path.stem, "en", [done], Missing.SOURCE)
        out += [row.cells[1].spans for row in parallel.rows]
    return [spans for spans in out if not any(_not_read_back(span) for span in spans)]


def _not_read_back(span: Span) -> bool:
    return span.name in ("note", "break", "image") or any(map(unicodedata.combining, span.text))


@pytest.mark.parametrize("locale", LOCALES)
def test_our_own_texts_stand_as_the_algorithm_says(locale):
    rtl = locales.direction(locale) == "rtl"
    base, other = ("rtl", bidi.LRI) if rtl else ("ltr", bidi.RLI)
    contents = _own(locale)
    assert len(contents) > 100
    drawn = _lines(_made(_paragraphs(locale, contents)))
    for spans in contents:
        logical = _logical(isolated(spans, rtl), other)
        long = next(
            (n for n in range(1, 12) if _drawn_as(logical, base, drawn[:n]) == ""), None
        )  # fmt: skip
        assert long, (logical, drawn[:3])
        drawn = drawn[long:]
    assert drawn == []


SOURCE = """---
title: A day
author: Leyla Nur
---

# Morning[^n]

It began on Oct. 7. See [this](https://example.org/?a=1&b=2) and [that](javascript:x()).

- One.
  1. Inner.

| A | B |
|---|---|
| a | b |

### Deep

Last.[^n]

[^n]: The note.
"""
SAID = {"A day": "יום", "Morning[^n]": "בוקר[^n]", "Deep": "עמוק", "Last.[^n]": "אחרון.[^n]"}


@pytest.mark.parametrize("columns", [["he"], ["en"], ["en", "he"], ["he", "en"]])
def test_a_file_says_what_it_is(columns):
    pypdf = pytest.importorskip("pypdf")
    made = _made(_parallel(SOURCE, SAID).chosen(columns))
    reader = pypdf.PdfReader(io.BytesIO(made))
    root = reader.trailer["/Root"]
    assert root["/Lang"] == columns[0]
    assert root["/MarkInfo"]["/Marked"]
    assert "/StructTreeRoot" in root
    assert "pdfuaid:part" in root["/Metadata"].get_data().decode()
    title, headings = {"he": ("יום", ["בוקר", "עמוק"]), "en": ("A day", ["Morning", "Deep"])}[
        columns[0]
    ]
    assert (reader.metadata.title, reader.metadata.author) == (title, "Leyla Nur")
    assert [re.sub(r"[\W\d]", "", mark) for mark in _titles(reader.outline)] == headings
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    for font in _fonts(reader):
        assert re.match("/[A-Z]{6}[+]", font), "not a subset"


@pytest.mark.parametrize("columns", [["he"], ["en", "he"]])
@pytest.mark.parametrize("layout", ["columns", "interlinear"])
def test_thematic_breaks_stand_in_the_middle_of_the_page(columns, layout):
    parallel = _parallel("One.\n\n***\n\n- Two.\n\n  ***\n", {"One.": "אחת."})
    made = _made(parallel.chosen(columns), layout=layout)
    with pdfplumber.open(io.BytesIO(made)) as document:
        [page] = document.pages
        stars = [char for char in page.chars if char["text"] == "*"]
    assert len(stars) == 6
    assert sum(s["x0"] + s["x1"] for s in stars) / 12 == pytest.approx(float(page.width) / 2, abs=1)


def _titles(outline) -> list[str]:
    nested = (_titles(mark) if isinstance(mark, list) else [mark.title] for mark in outline)
    return [title for titles in nested for title in titles]


def _fonts(reader) -> set[str]:
    return {
        font.get_object()["/BaseFont"]
        for page in reader.pages
        for font in page["/Resources"]["/Font"].values()
    }


def test_links_lead_to_the_web_or_inside():
    pypdf = pytest.importorskip("pypdf")
    reader = pypdf.PdfReader(io.BytesIO(_made(_parallel(SOURCE, SAID).chosen(["en"]))))
    marks = [mark.get_object() for page in reader.pages for mark in page.get("/Annots", [])]
    addresses = [mark["/A"]["/URI"] for mark in marks if "/URI" in mark.get("/A", {})]
    assert set(addresses) == {"https://example.org/?a=1&b=2"}
    assert all(mark["/Subtype"] == "/Link" for mark in marks)
    assert "/JavaScript" not in str(reader.trailer["/Root"])


def test_same_text_same_bytes(monkeypatch):
    parallel = _parallel(SOURCE, SAID)
    first = _made(parallel)
    assert first == _made(parallel)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1772064000")
    assert b"20260226" in _made(parallel)


def test_nothing_is_read_as_markup():
    said = "#panic() $x$ *a* = b @c <d> `e` \\ // f /* g */ [h] #{1+1} ~ ---"
    drawn = _lines(_made(_paragraphs("en", [(Span("text", said),)])))
    assert drawn == [said]


def test_pages_have_numbers():
    made = _made(_paragraphs("he", [(Span("text", "שלום"),)] * 120))
    with pdfplumber.open(io.BytesIO(made)) as document:
        feet = [
            page.crop((0, page.height - FOOT, page.width, page.height)) for page in document.pages
        ]
        assert [foot.extract_text().strip() for foot in feet] == [
            str(number) for number in range(1, len(feet) + 1)
        ]
        assert len(feet) > 2


def test_a_row_stays_on_one_page():
    """Each row says its number at its beginning and at its end; both stand on one page."""
    rows = "\n\n".join(f"b{n} {'word ' * (20 + n % 40)} e{n}." for n in range(60))
    made = _made(_parallel(rows, {}))
    with pdfplumber.open(io.BytesIO(made)) as document:
        pages = [page.extract_text() for page in document.pages]
    assert len(pages) > 3
    for n in range(60):
        assert [bool(re.search(rf"\bb{n}\b", page)) for page in pages] == [
            bool(re.search(rf"\be{n}\b", page)) for page in pages
        ]


def test_a_missing_glyph_is_an_error_that_says_where():
    parallel = _parallel("# Fine\n\nThe sign 漢 is here.\n", {})
    with pytest.raises(DragomanError, match=r"“漢” \(U\+6F22\) in day 2\.1 \[en\] “The sign 漢"):
        _made(parallel)


def test_five_columns_are_too_many():
    document = text.read("A.\n", ReadOptions())
    catalogs = [Catalog(locale, PoFile()) for locale in ("az", "he", "ru", "de")]
    with pytest.raises(DragomanError, match="room for 4 languages"):
        _made(align(document, "x", "en", catalogs))


def test_without_typst_there_is_a_way_out(monkeypatch):
    monkeypatch.setitem(__import__("sys").modules, "typst", None)
    with pytest.raises(DragomanError, match="needs typst") as raised:
        _made(_parallel("A.\n", {}))
    assert "pip install 'dragoman[pdf]'" in str(raised.value)


def test_without_chromium_there_is_a_way_out(monkeypatch):
    monkeypatch.setenv("DRAGOMAN_CHROMIUM", "no-such-program")
    with pytest.raises(DragomanError, match="no program 'no-such-program'"):
        _made(_parallel("A.\n", {}), pdf_engine="chromium")


@pytest.mark.browser
@pytest.mark.skipif(shutil.which("chromium") is None, reason="*** no Chromium")
def test_chromium_prints_the_same_page_twice():
    parallel = _parallel(SOURCE, SAID)
    first = _made(parallel, pdf_engine="chromium")
    assert first == _made(parallel, pdf_engine="chromium")
    with pdfplumber.open(io.BytesIO(first)) as document:
        assert "It began on Oct. 7." in document.pages[0].extract_text()


def test_ten_thousand_headings_are_bounded():
    parallel = _parallel("".join(f"# H{n}\n\n" for n in range(10_000)), {}).chosen(["en"])
    assert _made(parallel).startswith(b"%PDF")


def test_a_unit_of_a_megabyte_is_bounded():
    parallel = _parallel("word and more " * 75_000, {}).chosen(["en"])
    assert _made(parallel).startswith(b"%PDF")


@pytest.mark.parametrize("columns", [("en", "he"), ("he", "en")])
def test_facing_pages_hold_the_same_rows_at_the_same_heights(columns):
    """The first language on even pages, the other on odd ones; a long paragraph is not cut apart."""
    source = "\n\n".join(f"({n:03}) " + "It began early. " * (5 + n % 40) for n in range(60))
    document = markdown.read(source, ReadOptions())
    said = {
        unit.source: unit.source[:6] + "היום " * (len(unit.source) // 9) for unit in document.units
    }
    he = Catalog("he", PoFile([Entry(k, v) for k, v in said.items()]))
    made = _made(align(document, "x", "en", [he]).chosen(columns), layout="facing")
    starts = []
    with pdfplumber.open(io.BytesIO(made)) as book:
        assert len(book.pages) > 7
        for page in book.pages:
            words = page.extract_words()
            numbers = [w for w in words if re.search(r"\d{3}", w["text"])]
            starts.append([(re.search(r"\d{3}", w["text"])[0], round(w["top"])) for w in numbers])
            assert all(word["bottom"] < page.height - 30 for word in words)
        folios = [page.extract_words()[-1]["text"] for page in book.pages[1:]]
    assert not starts[0]
    assert starts[1::2] == starts[2::2]
    assert [number for page in starts[1::2] for number, _ in page] == [f"{n:03}" for n in range(60)]
    assert folios == [str(n // 2) for n in range(2, len(folios) + 2)]


def test_chromium_prints_all_languages_whatever_the_width(monkeypatch):
    """The page's script would show as many languages as a window has room for."""
    from dragoman.exports.parts import chromium

    printed = []
    monkeypatch.setattr(chromium, "printed", lambda page: printed.append(page) or b"")
    _made(_parallel(SOURCE, SAID), pdf_engine="chromium")
    assert "<script" not in printed[0]
    assert 'id="show-1" data-show="he" checked' in printed[0]
