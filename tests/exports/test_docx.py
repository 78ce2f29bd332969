"""DOCX: every run and paragraph says its direction, Word's own structure, the same bytes each time."""

from __future__ import annotations

import io
import re
import sys
import zipfile
from itertools import groupby
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st
from test_bidi import ALL, FIXED
from test_epub import EDITIONS, HOSTILE, _parallel

import mixtures
from bidi_oracle import visual
from conftest import LOCALES, ROOT
from dragoman import po
from dragoman.catalogs.catalog import Catalog
from dragoman.errors import DragomanError
from dragoman.exports import docx
from dragoman.exports.parts.export_options import ExportOptions
from dragoman.formats import ReadOptions, markdown
from dragoman.formats import text as plain_text
from dragoman.languages.locales import office_tag
from dragoman.model import Block, Document, Kind, Missing, Unit
from dragoman.parallel.rows import align
from dragoman.segment import segmenter
from dragoman.text import run_direction
from dragoman.text.bidi import CONTROLS, LRM, PDI, RLM
from growth_rates import assert_grows_evenly

pytest.importorskip("docx", reason="*** no python-docx: pip install 'dragoman[office]'")

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
HEBREW = re.compile("[\u05d0-\u05ea]")
LETTER = re.compile(r"[^\W\d_\u0590-\u05ff]")


def _parts(made: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(made)) as archive:
        assert archive.testzip() is None
        return {name: archive.read(name) for name in archive.namelist()}


def _made(parallel, rows="paragraph") -> dict[str, ET.Element]:
    parts = _parts(docx.export(parallel, ExportOptions(rows=rows)))
    return {name: ET.fromstring(data) for name, data in parts.items()}


def _said(run: ET.Element) -> str:
    return "".join(e.text or "" for e in run.iter(f"{W}t"))


def _flag(element: ET.Element, path: str) -> bool:
    return element.find("/".join(W + step for step in path.split("/"))) is not None


def _faults(root: ET.Element) -> list[str]:
    """What breaks the rules of direction in a part."""
    faults = []
    for paragraph in root.iter(f"{W}p"):
        runs = list(paragraph.iter(f"{W}r"))
        whole = "".join(map(_said, runs))
        for jc in paragraph.iter(f"{W}jc"):
            faults += [whole] if jc.get(f"{W}val") in ("left", "right") else []
        for run in runs:
            said, rtl = _said(run), _flag(run, "rPr/rtl")
            if rtl and LETTER.search(said):
                faults.append(f"w:rtl on {said}")
            if not rtl and HEBREW.search(said):
                faults.append(f"no w:rtl on {said}")
            if rtl and run.find(f"{W}rPr/{W}rFonts[@{W}cs]") is None and said:
                faults.append(f"no font for {said}")
            for simple, complex_one in (("b", "bCs"), ("i", "iCs"), ("sz", "szCs")):
                if rtl and _flag(run, f"rPr/{simple}") != _flag(run, f"rPr/{complex_one}"):
                    faults.append(f"{simple} without {complex_one}: {said}")
    return faults


def _of(locale: str, root: ET.Element) -> list[ET.Element]:
    """The paragraphs with text in a language."""
    attribute = "bidi" if locale == "he" else "val"
    tag = office_tag(locale)
    return [
        p for p in root.iter(f"{W}p")
        if any(lang.get(W + attribute) == tag for lang in p.iterfind(f".//{W}r/{W}rPr/{W}lang"))
    ]  # fmt: skip


def _ours(name: str):
    path = next((ROOT / "source_texts").glob(f"{name}.*"))
    reader = markdown if path.suffix == ".md" else plain_text
    document = reader.read(path.read_text("utf-8"), ReadOptions(split=segmenter("en").spans))
    catalogs = []
    for locale in LOCALES:
        file = ROOT / f"locales/{locale}/LC_MESSAGES/{name}.po"
        catalogs.append(Catalog(locale, po.parse(file.read_bytes())))
    return align(document, name, "en", catalogs)


OURS = {path.stem: _ours(path.stem) for path in sorted((ROOT / "source_texts").glob("*.*"))}


@pytest.mark.parametrize("columns", [["he"], ["az"], ["en", "he"], ["he", "en"], None])
@pytest.mark.parametrize("name", OURS)
def test_our_texts_say_their_direction(name, columns):
    parallel = OURS[name]
    shown = parallel.chosen(columns) if columns else parallel
    body = _made(shown)["word/document.xml"]
    assert _faults(body) == []
    found = {locale: _of(locale, body) for locale in shown.locales}
    assert all(found.values())
    hebrew = found.pop("he", [])
    assert all(_flag(paragraph, "pPr/bidi") for paragraph in hebrew)
    for paragraph in (p for ps in found.values() for p in ps if p not in hebrew):
        about = "Subtitle" in _styles_of(paragraph)  # said in English, whatever the page is in
        assert about or not _flag(paragraph, "pPr/bidi")
    whole = "".join(map(_said, body.iter(f"{W}r")))
    assert set(whole) & CONTROLS <= {LRM, RLM}


@pytest.mark.parametrize("name", EDITIONS)
def test_other_texts_too(name):
    for part in _made(*EDITIONS[name]).values():
        assert _faults(part) == []


# --- how Word draws a line ------------------------------------------------------------------


def _as_word_does(pieces: list[tuple[str, bool]], rtl: bool) -> str:
    """A line as Word draws it: signs and marks go as their run goes, wherever letters stand.

    Each run is what UAX #9 makes of it alone, in its own direction; runs follow the paragraph.
    Runs of a right-to-left script keep their marks right to left, whatever is beside a number.
    """
    shown = [_drawn(text, way) for text, way in pieces]
    return "".join(reversed(shown) if rtl else shown)


def _drawn(text: str, rtl: bool) -> str:
    if not rtl:
        return visual(text, "ltr")
    strong = re.sub(r"(?<=[0-9])(?=[^0-9\w])|(?<=[^0-9\w])(?=[0-9])", RLM, text)
    return visual(strong, "rtl")


NO_MARKS = dict.fromkeys(map(ord, (LRM, RLM)))
NO_ISOLATES = dict.fromkeys(map(ord, CONTROLS))
VECTORS = [name for name in ALL if name not in ("B11", "B13", "B29", "B30", "B32", "B33")]


@pytest.mark.parametrize("name", VECTORS)
def test_vectors_are_drawn_right(name):
    base, logical, _ = ALL[name]
    rtl = base == "rtl"
    pieces = run_direction.Turns(rtl).pieces(logical)
    assert _as_word_does(pieces, rtl) == ALL[FIXED.get(name, name)][2]
    marked = [
        (before + text + after, way)
        for (text, way), (before, after) in zip(
            pieces, run_direction.marks(pieces, rtl), strict=True
        )
    ]
    assert _as_word_does(marked, rtl) == ALL[FIXED.get(name, name)][2]
    assert visual("".join(text for text, _ in marked), base) == ALL[FIXED.get(name, name)][2]


@pytest.mark.parametrize("columns", [["he"], ["en"]])
def test_mixtures_are_drawn_as_a_typesetter_would(columns):
    """By Word, and by a program that looks at letters: isolates stand where a careful hand set them."""
    body = _made(mixtures.parallel().chosen(columns))["word/document.xml"]
    rtl = columns == ["he"]
    assert _faults(body) == []
    rows = mixtures.lines(mixtures.HEBREW if rtl else mixtures.LATIN)
    found = [
        p for p in body.iter(f"{W}p") if rtl or HEBREW.search("".join(map(_said, p.iter(f"{W}r"))))
    ]
    for marked, paragraph in zip(rows, found, strict=False):
        wanted = visual(mixtures.logical(marked), "rtl" if rtl else "ltr")
        runs = [(_said(run), _flag(run, "rPr/rtl")) for run in paragraph.iter(f"{W}r")]
        whole = "".join(said for said, _ in runs)
        assert visual(whole, "rtl" if rtl else "ltr") == wanted
        joined = [("".join(s for s, _ in same), way) for way, same in groupby(runs, lambda r: r[1])]
        assert _as_word_does(joined, rtl) == wanted


def test_nested_mixtures_keep_the_rules():
    body = _made(mixtures.nested())["word/document.xml"]
    assert _faults(body) == []
    assert all(
        _flag(p, "pPr/bidi")
        for p in body.iter(f"{W}p")
        if HEBREW.search("".join(map(_said, p.iter(f"{W}r"))))
    )


@pytest.mark.parametrize("name", ALL)
def test_vectors_keep_the_rules(name):
    base, logical, _ = ALL[name]
    locale = "he" if base == "rtl" else "en"
    document = Document((Block(Kind.PARAGRAPH, (Unit(logical, logical),)),))
    body = _made(align(document, "x", locale, []))["word/document.xml"]
    assert _faults(body) == []
    said = "".join(map(_said, body.iter(f"{W}r")))
    assert said.translate(NO_MARKS) == logical.translate(NO_MARKS | NO_ISOLATES)
    assert _flag(next(body.iter(f"{W}p")), "pPr/bidi") == (locale == "he")


LINE = st.text(st.sampled_from("אבגֹ abЖə 12-+.,()“”\"'/:@#!?%–־״׳₪\u2066\u2067\u2068\u2069\u200f\u200e"), max_size=40)  # fmt: skip


@given(LINE, st.booleans())
def test_pieces_are_the_line_and_keep_the_rules(text, rtl):
    pieces = run_direction.directed(text, rtl)
    assert "".join(piece for piece, _ in pieces) == text
    for piece, way in pieces:
        assert not (LETTER if way else HEBREW).search(piece)
    turned = run_direction.Turns(rtl).pieces(text)
    assert "".join(p for p, _ in turned) == re.sub("[\u2066-\u2069]", "", text)
    for piece, way in turned:
        assert not (LETTER if way else HEBREW).search(piece)


def test_a_number_between_letters_is_theirs():
    """As the 2 of H<sub>2</sub>O is, which stands in a run of its own."""
    pieces = [("H", False), ("2", False), ("O", False), (" ו-", True), ("7", False)]
    assert run_direction.marks(pieces, rtl=True) == [("", "")] * 5


def test_a_translators_isolates_become_runs():
    turns = run_direction.Turns(rtl=True)
    assert turns.pieces(f"\u2066+1 (a){PDI} ב") == [("+1 (a)", False), (" ב", True)]
    assert turns.pieces("\u2067") == []
    assert run_direction.Turns(rtl=False).pieces("\u2068!ב!\u2069!") == [
        ("!ב!", True),
        ("!", False),
    ]


@pytest.mark.parametrize("piece", ["\u2068", "\u2066", "$", "1.", "ב1,", "a ב "])
def test_long_lines_are_cut_quickly(piece):
    """A long line that looks for a match all along is cut in time that grows as the line does."""

    def cut(size):
        pieces = run_direction.Turns(rtl=True).pieces(piece * (size // len(piece)))
        run_direction.marks(pieces, rtl=True)

    assert_grows_evenly(cut, 8_000)


# --- Word's own structure -------------------------------------------------------------------

HE = _made(*EDITIONS["he"])
ALL_LANGUAGES = _made(*EDITIONS["all"])


def _styles_of(root: ET.Element) -> list[str]:
    return [
        style.get(f"{W}val") for style in root.iter(f"{W}pStyle")
    ]  # fmt: skip


def test_headings_have_their_styles_and_names_that_word_knows():
    styles = _styles_of(HE["word/document.xml"])
    assert [s for s in styles if s.startswith(("Title", "Heading"))] == [
        "Title", "Heading1", "Heading2", "Heading2",
    ]  # fmt: skip
    known = {s.get(f"{W}styleId"): s for s in HE["word/styles.xml"].iter(f"{W}style")}
    assert known["Heading1"].find(f"{W}name").get(f"{W}val") == "heading 1"
    for part in (*HE.values(), *ALL_LANGUAGES.values()):
        for kind in ("pStyle", "rStyle", "tblStyle"):
            assert {e.get(f"{W}val") for e in part.iter(W + kind)} <= set(known)
    for style in known.values():
        assert _flag(style, "rPr/b") == _flag(style, "rPr/bCs")
        sizes = [[e.get(f"{W}val") for e in style.iter(W + kind)] for kind in ("sz", "szCs")]
        assert sizes[0] == sizes[1] or style.get(f"{W}styleId") == "TableGrid"


def _lists(root: ET.Element) -> list[tuple[str, str]]:
    return [
        (e.find(f"{W}numId").get(f"{W}val"), e.find(f"{W}ilvl").get(f"{W}val"))
        for e in root.iter(f"{W}numPr")
    ]


def test_lists_are_numbered_by_word():
    body, numbering = HE["word/document.xml"], HE["word/numbering.xml"]
    assert _lists(body) == [("1", "0"), ("2", "1"), ("1", "0"), ("3", "0"), ("3", "0"), ("4", "0")]
    kinds = [
        (e.find(f"{W}lvl/{W}numFmt").get(f"{W}val"), e.find(f"{W}lvl/{W}start").get(f"{W}val"))
        for e in numbering.iter(f"{W}abstractNum")
    ]
    assert kinds == [("bullet", "1"), ("decimal", "1"), ("decimal", "3"), ("decimal", "2")]


def test_columns_count_for_themselves():
    numbers = _lists(ALL_LANGUAGES["word/document.xml"])
    assert len({number for number, _ in numbers}) == 9
    assert numbers[:3] == [("1", "0"), ("3", "0"), ("5", "0")]


def test_footnotes_are_footnotes():
    references = list(HE["word/document.xml"].iter(f"{W}footnoteReference"))
    assert [e.get(f"{W}id") for e in references] == ["1"]
    again = [e.get(f"{W}instr") for e in HE["word/document.xml"].iter(f"{W}fldSimple")]
    assert again == [" NOTEREF note_1 \\f \\h "]
    notes = {e.get(f"{W}id"): e for e in HE["word/footnotes.xml"].iter(f"{W}footnote")}
    assert list(notes) == ["-1", "0", "1"]
    assert "".join(map(_said, notes["1"].iter(f"{W}r"))) == " ההערה."
    assert _flag(notes["1"], "p/pPr/bidi")


def test_footnotes_of_a_table_are_rows():
    body = ALL_LANGUAGES["word/document.xml"]
    assert "word/footnotes.xml" not in ALL_LANGUAGES
    marks = [e.get(f"{W}anchor") for e in body.iter(f"{W}hyperlink") if e.get(f"{W}anchor")]
    names = [e.get(f"{W}name") for e in body.iter(f"{W}bookmarkStart")]
    assert set(marks) == {"note_1", "mark_1"}  # there, and back to the first mark
    assert names == ["mark_1", "note_1", "note_2"]


def test_heads_repeat_and_rows_may_split():
    for name, rtl in (("all", False), ("he-en", True), ("he", True)):
        body = _made(*EDITIONS[name])["word/document.xml"]
        table = next(body.iter(f"{W}tbl"))
        rows = table.findall(f"{W}tr")  # not those of the tables inside
        assert [_flag(row, "trPr/cantSplit") for row in rows] == [True] + [False] * (len(rows) - 1)
        assert [_flag(row, "trPr/tblHeader") for row in rows] == [True] + [False] * (len(rows) - 1)
        assert _flag(table, "tblPr/bidiVisual") == rtl
        assert _flag(body, "body/sectPr/bidi") == rtl
        widths = {
            sum(int(s.get(f"{W}val")) for s in row.iter(f"{W}gridSpan")) or len(row.findall(f"{W}tc"))
            for row in rows
        }  # fmt: skip
        assert widths == {len(table.findall(f"{W}tblGrid/{W}gridCol"))}


@pytest.mark.parametrize("columns", [["he"], ["en", "he"]])
def test_thematic_breaks_go_across(columns):
    body = _made(_parallel("One.\n\n***\n\nTwo.\n", {}).chosen(columns))["word/document.xml"]
    [found] = [
        p for p in body.iter(f"{W}p") if p.find(f"{W}pPr/{W}pStyle[@{W}val='Break']") is not None
    ]
    assert _said(found) == "* * *"
    cells = [cell for cell in body.iter(f"{W}tc") if found in cell]
    spans = [cell.find(f"{W}tcPr/{W}gridSpan").get(f"{W}val") for cell in cells]
    assert spans == (["2"] if len(columns) > 1 else [])


def test_columns_stand_in_the_order_chosen():
    body = _made(_parallel().chosen(["he", "ru", "en"]))["word/document.xml"]
    head = next(body.iter(f"{W}tr"))
    assert [_said(cell) for cell in head.iter(f"{W}tc")] == ["עברית", "русский", "English"]


def test_sentences_have_rows():
    rows = [len(list(_made(_parallel(), r)["word/document.xml"].iter(f"{W}tr"))) for r in
            ("paragraph", "sentence")]  # fmt: skip
    assert rows[1] == rows[0] + 2


def test_links_lead_where_they_can_do_no_harm():
    parallel = _parallel(
        "Fine text here.\n\n```\n<x> & \x0b]]>\n```\n", {"Fine text here.": HOSTILE}
    )
    parts = _parts(docx.export(parallel, ExportOptions()))
    relations = ET.fromstring(parts["word/_rels/document.xml.rels"])
    outside = [e.get("Target") for e in relations if e.get("TargetMode") == "External"]
    assert outside == ["https://a.example/%22onclick=x"]
    body = ET.fromstring(parts["word/document.xml"])
    names = {e.get("Id") for e in relations}
    assert {e.get(f"{R}id") for e in body.iter(f"{W}hyperlink")} <= names
    assert "<x> & \ufffd]]>" in "".join(map(_said, body.iter(f"{W}r")))


# --- the file -------------------------------------------------------------------------------


def test_same_text_same_bytes(monkeypatch):
    first = docx.export(_parallel(), ExportOptions())
    assert first == docx.export(_parallel(), ExportOptions())
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1772064000")
    dated = docx.export(_parallel(), ExportOptions())
    assert dated != first
    assert b"2026-02-26T00:00:00Z" in _parts(dated)["docProps/core.xml"]
    with zipfile.ZipFile(io.BytesIO(dated)) as archive:
        assert {entry.date_time[:3] for entry in archive.infolist()} == {(2026, 2, 26)}


def test_python_docx_reads_it():
    import docx as library

    made = docx.export(EDITIONS["he"][0], ExportOptions())
    document = library.Document(io.BytesIO(made))
    told = document.core_properties
    assert (told.title, told.author, told.language) == ("יום (BBC)", "Leyla Nur", "he")
    assert document.paragraphs[0].text == "יום (BBC)"
    assert document.paragraphs[0].style.name == "Title"


def test_a_long_title_is_cut():
    document = markdown.read(f"# {'long ' * 100}\n", ReadOptions())
    made = _parts(docx.export(align(document, "x", "en", []), ExportOptions()))
    assert b"long long" in made["docProps/core.xml"]


def test_without_python_docx_a_sentence(monkeypatch):
    monkeypatch.setitem(sys.modules, "docx.opc", None)
    with pytest.raises(DragomanError, match=r"needs python-docx; pip install 'dragoman\[office\]'"):
        docx.export(_parallel(missing=Missing.BLANK), ExportOptions())


def test_an_empty_text_is_a_document():
    made = _made(align(markdown.read("", ReadOptions()), "x", "en", []))
    assert list(made["word/document.xml"].iter(f"{W}t")) == []


# --- any text -------------------------------------------------------------------------------

PIECES = [
    "# Head[^a] *a*", "### Deep **b**", "Words, C++ `x y` and [link](https://a.example/?b=1&c=2).",
    "ראו [שלום **עולם**](https://a.example/x) ו-C++[^b].\\\nסוף.", "![image](x.png) <b>raw</b> ~~gone~~[^zz]",
    "- one\n  - two\n    1. three\n       - four\n\n  more[^a]", "7. seven\n8. eight\n10. ten", "- [ ] task\n+ other",
    "> quote\n>\n> > deep\n> - item", "| a | 1 |\n|---|---|\n| **ב** | c[^b] |\n| 2 | 3 |",
    '```\ncode "שלום"\n\tx\n```', "[^a]: First *note* with [link](https://b.example/).", "[^b]: Second[^a].\n\n    Goes on.",
    "---", "<!-- note -->", "\u2066open", "שלום \u202bbad",
]  # fmt: skip


@given(
    st.lists(st.sampled_from(PIECES), max_size=9),
    st.sampled_from([["he"], ["en"], ["en", "he"], ["he", "ru", "en"]]),
    st.sampled_from(["paragraph", "sentence"]),
    st.sampled_from(Missing),
)
def test_any_text_is_a_sound_document(blocks, columns, rows, missing):
    """Relations, lists, notes and styles that are referred to are there, and rules are kept."""
    document = markdown.read("\n\n".join(blocks) + "\n", ReadOptions(split=segmenter("en").spans))
    said = {unit.source: unit.source.replace("one", "אחד") for unit in document.units[::2]}
    he = Catalog("he", po.PoFile([po.Entry(k, v) for k, v in said.items()]))
    parallel = align(document, "x", "en", [he, Catalog("ru", po.PoFile())], missing)
    parts = _made(parallel.chosen(columns), rows)
    body = parts["word/document.xml"]
    notes = parts.get("word/footnotes.xml", ET.Element("none"))
    numbering = parts.get("word/numbering.xml", ET.Element("none"))
    assert [fault for part in (body, notes) for fault in _faults(part)] == []
    assert {e.get(f"{W}val") for e in body.iter(f"{W}numId")} <= {
        e.get(f"{W}numId") for e in numbering.iter(f"{W}num")
    }
    references = [e.get(f"{W}id") for e in body.iter(f"{W}footnoteReference")]
    assert references == [str(n) for n in range(1, len(references) + 1)]
    assert {e.get(f"{W}id") for e in notes} - {"-1", "0"} == set(references)
    for name, root in (("document", body), ("footnotes", notes)):
        relations = parts.get(f"word/_rels/{name}.xml.rels", ET.Element("none"))
        ids = {e.get("Id") for e in relations}
        assert {e.get(f"{R}id") for e in root.iter(f"{W}hyperlink")} - {None} <= ids
    marks = {e.get(f"{W}name") for e in body.iter(f"{W}bookmarkStart")}
    anchors = {e.get(f"{W}anchor") for e in body.iter(f"{W}hyperlink")} - {None}
    anchors |= {e.get(f"{W}instr").split()[1] for e in body.iter(f"{W}fldSimple")}
    assert anchors <= marks
    identifiers = [e.get(f"{W}id") for e in body.iter(f"{W}bookmarkStart")]
    assert len(identifiers) == len(set(identifiers))
    for tc in body.iter(f"{W}tc"):
        assert tc[-1].tag == f"{W}p"
