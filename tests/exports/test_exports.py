"""Exports: golden editions of one small text, and what each format must never do."""

from __future__ import annotations

import csv
import io
import json
import os
import re
from html.parser import HTMLParser
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conftest import LOCALES, ROOT
from dragoman.catalogs.catalog import Catalog
from dragoman.exports import EXPORTS, contents, export_named
from dragoman.exports.parts.export_options import ExportOptions
from dragoman.exports.table import formula_safe
from dragoman.formats import ReadOptions, markdown
from dragoman.model import Cell, Kind, Missing, Parallel, ParallelBlock, Row, State
from dragoman.parallel.rows import align
from dragoman.po import Entry, PoFile
from dragoman.segment import segmenter
from dragoman.text.bidi import CONTROLS
from dragoman.text.isolates import isolated, reading
from dragoman.text.phrases import opposite_runs

GOLDEN = ROOT / "tests/exports/golden"
SOURCE = """# A *small* page

It began on Oct. 7. “Go!” she said, and [left](https://example.org/a?b=1&c=2).

***

- See `x.y`.[^1]

| Name | Value |
|------|-------|
| Baku | a \\| b |

[^1]: =1+1 is no formula.
"""
HEBREW = {
    "A *small* page": "דף *קטן*",
    "It began on Oct. 7.": "זה התחיל ב-7 באוקטובר (לפי BBC, +972-2-123).",
    "“Go!” she said, and [left](https://example.org/a?b=1&c=2).": "”לך!” אמרה, [והלכה](https://example.org/a?b=1&c=2).",
    "See `x.y`.[^1]": "ראו `x.y`.[^1]",
    "Name": "שם",
    "=1+1 is no formula.": "=1+1 אינה נוסחה.",
}
RUSSIAN = {"A *small* page": "*Маленькая* страница", "Baku": "Баку"}


def _catalog(locale, targets, drafts=()):
    entries = [
        Entry(k, v, comments="#, fuzzy\n" if k in drafts else "") for k, v in targets.items()
    ]
    return Catalog(locale, PoFile(entries))


def _parallel(missing=Missing.SOURCE, drafts=False):
    document = markdown.read(SOURCE, ReadOptions(split=segmenter("en").spans))
    catalogs = [_catalog("he", HEBREW, drafts=("Name",)), _catalog("ru", RUSSIAN)]
    return align(document, "small", "en", catalogs, missing, drafts)


def _given(export):
    """What an export is given: a pair, where each locale gets a file of its own."""
    return _parallel().chosen(["en", "he"]) if export.PAIRS else _parallel()


ELSEWHERE = {
    "epub", "pdf", "parquet", "xliff", "xliff12", "docx", "review-docx", "review-xlsx",
}  # fmt: skip


@pytest.mark.parametrize("export", [export_named(name) for name in EXPORTS], ids=lambda e: e.NAME)
def test_golden(export):
    """ACCEPT=1 writes what is made now; look at it before you commit it."""
    if export.NAME in ELSEWHERE:
        pytest.skip(f"{export.NAME} has tests of its own")
    options = ExportOptions(bidi_marks=True)
    for suffix, content in contents(export, _given(export), options).items():
        made = content.decode()
        if export.NAME == "html":  # style and script are not the edition
            made = re.sub(r"<(style|script)>.*?</\1>", r"<\1></\1>", made, flags=re.DOTALL)
            made = re.sub(r"sha256-[^']*", "sha256-…", made)
        path = GOLDEN / f"small{suffix}"
        if os.environ.get("ACCEPT"):
            path.write_bytes(made.encode())
        assert made == path.read_bytes().decode()


SCARCE = """# 1992

1,234 – 5

| Year |   | Code |
|------|---|------|
| 1993 |   | `x`  |
|      | b | **5** %  |

He said so. 12:30!\\
7.10. Then he left.[^a] [^b]

[^a]: 1994
[^b]: Words.

* * *

<!-- dragoman: skip -->
| 9999 |
|------|
"""


def test_what_has_no_letters_is_shown_and_is_no_unit():
    """Numbers, marks and code need no translation, and no reader may miss them."""
    document = markdown.read(SCARCE, ReadOptions(split=segmenter("en").spans))
    said = ["Year", "Code", "b", "He said so.", "Then he left.[^a] [^b]", "Words."]
    assert [unit.source for unit in document.units] == said
    assert document.render(lambda _: None) == SCARCE
    parallel = align(
        document, "x", "en", [_catalog("he", {"He said so.": "כך אמר."})], Missing.BLANK
    )
    assert [row.cells[0].text for row in parallel.rows] == said
    shown = ["1992", "1,234 – 5", "1993", "x", "5", "12:30!", "7.10.", "1994"]
    for name in ("html", "text", "markdown", "latex"):
        made = export_named(name).export(parallel.chosen(["he"]), ExportOptions())
        plain = re.sub(r"<style>.*?</style>|<[^>]*>|\\", "", made, flags=re.DOTALL)
        places = [plain.rfind(one) for one in shown[:2]] + [plain.find(one) for one in shown]
        assert -1 not in places, name
        assert "9999" not in plain
    for name in ("jsonl", "tsv", "tmx", "xliff", "xliff12"):
        assert "1993" not in export_named(name).export(parallel, ExportOptions())
    numbers = [row.number for row in parallel.rows]
    assert numbers == ["1.1", "2.1", "3.1", "4.1", "4.2", "5.1"]


BROKEN = """---
title: Day
---
Dusk
----

One.
***
Two.

- Three.

  ___

  Four.
- * * *

> Five.
>
> ---

<!-- dragoman: off -->

Left out.

***

<!-- dragoman: on -->

<!-- dragoman: skip -->
> Left out.
>
> ***

Six.[^1]

[^1]: Seven.

    ***

    Eight.

- - -
"""


def test_thematic_breaks_are_seen_and_are_no_units():
    """Fences of front matter and underlines of headings are none; in what is left out none shows."""
    options = ReadOptions(split=segmenter("en").spans)
    document = markdown.read(BROKEN, options)
    assert document.render(lambda _: None) == BROKEN
    said = "Day Dusk One. Two. Three. Four. Five. Six.[^1] Seven. Eight."
    assert " ".join(unit.source for unit in document.units) == said
    parallel = align(document, "x", "en", [_catalog("he", {})])
    seen = [b.literal or b.rows[0].cells[0].text for b in parallel.blocks]
    assert seen == ["Day", "Dusk", "One.", "* * *", "Two.", "Three.", "* * *", "Four.", "* * *", "Five.",
                    "* * *", "Six.[^1]", "Seven.", "Eight.", "* * *"]  # fmt: skip
    for name in ("jsonl", "tsv", "tmx", "xliff", "xliff12", "datasheet"):
        made = export_named(name).export(parallel, ExportOptions())
        assert not re.search(r"\* \* \*|thematic", str(made)), name
    for name, mark in (("html", "<hr>"), ("text", "\n\n* * *\n"), ("markdown", "\n\n---\n")):
        made = export_named(name).export(parallel, ExportOptions())
        assert made.count(mark) == 5, name


@pytest.mark.parametrize("source", ["***\n", "\ufeff---\n\nA.\n\n---", "ə\n\n___\r\nЖ\n\n***\n"])
def test_a_break_alone_first_or_last(source):
    parallel = align(markdown.read(source, ReadOptions()), "x", "en", [_catalog("he", {})])
    assert sum(b.kind is Kind.BREAK for b in parallel.blocks) == len(
        re.findall("---|___|\\*{3}", source)
    )
    for export in map(export_named, sorted(set(EXPORTS) - {"pdf", "parquet"})):
        for columns in (["en"], ["he", "en"])[export.PAIRS :]:
            assert contents(export, parallel.chosen(columns), ExportOptions())


def test_an_empty_cell_keeps_its_place():
    from dragoman.exports.parts.block_tree import Table, pieces

    document = markdown.read(SCARCE, ReadOptions())
    (table,) = (
        piece for piece in pieces(align(document, "x", "en", []).blocks) if isinstance(piece, Table)
    )
    cells = [[cell.rows[0].cells[0].text for cell in row] for row in table.rows]
    assert cells == [["Year", "", "Code"], ["1993", "", "`x`"], ["", "b", "**5** %"]]


def test_policies():
    from dragoman.exports import text

    lines = text.export(_parallel(Missing.MARK), ExportOptions()).split("\n")
    assert lines[3:7] == ["", "A small page", "דף קטן", "Маленькая страница"]
    assert "⟦…⟧" in lines
    blank = _parallel(Missing.BLANK)
    assert [cell.text for row in blank.rows for cell in row.cells if cell.stand_in][:2] == ["", ""]
    drafts = _parallel(drafts=True)
    cell = next(row.cells[1] for row in drafts.rows if row.cells[0].text == "Name")
    assert (cell.text, cell.state.value) == ("שם", "draft")


class Lint(HTMLParser):
    """Every Hebrew run stands in an element that says right-to-left; nothing is fetched."""

    def __init__(self):
        super().__init__()
        self.stack = []
        self.problems = []

    def handle_starttag(self, tag, attrs):
        found = dict(attrs)
        if "src" in found or (tag == "link"):
            self.problems.append(f"{tag} fetches")
        if found.get("dir") == "auto" or "align" in found or "style" in found:
            self.problems.append(f"{tag} {found}")
        if tag not in ("meta", "br", "hr", "input", "link"):
            self.stack.append((tag, found.get("dir")))

    def handle_endtag(self, tag):
        name, _ = self.stack.pop()
        assert name == tag

    def handle_data(self, data):
        if self.stack and self.stack[-1][0] in ("style", "script", "title"):
            return
        direction = next((d for _, d in reversed(self.stack) if d), None)
        if re.search("[\u0590-\u05ff]", data) and direction != "rtl":
            self.problems.append(f"{data!r} in {direction}")
        if re.search("[\u200e\u200f\u202a-\u202e\u2066-\u2069]", data):
            self.problems.append(f"control in {data!r}")


def test_html_direction_of_every_run():
    from dragoman.exports import html

    for missing in (Missing.SOURCE, Missing.MARK):
        lint = Lint()
        lint.feed(html.export(_parallel(missing), ExportOptions()))
        assert lint.problems == []


def test_our_css_is_logical():
    css = Path(html_resource()).read_text("utf-8")
    assert not re.search(r"(?<![-\w])(left|right|direction|margin-left|padding-right)\s*:", css)


def html_resource():
    return ROOT / "src/dragoman/exports/assets/page.css"


HOSTILE = "<script>zq9()</script> [a](javascript:zq9()) <img src=x onerror=zq9()> ![i](http://x/y.png) \"'&"


def test_nothing_hostile_gets_into_a_page():
    from dragoman.exports import html

    document = markdown.read("Fine text here.\n", ReadOptions())
    parallel = align(document, '<b>&"', "en", [_catalog("ru", {"Fine text here.": HOSTILE})])
    page = html.export(parallel, ExportOptions())
    body = re.sub(
        r"<script>.*?</script>", "", page.partition("<body>")[2], count=2, flags=re.DOTALL
    )
    assert (
        "zq9()" not in re.sub(r"&lt;.*?&gt;", "", body).replace("zq9()]", "")
        or "<script" not in body
    )
    assert "<script" not in body
    assert "<img" not in body
    assert "javascript:" not in body
    assert "onerror" not in body


@pytest.mark.parametrize("text", ["=1+1", "+1+1", "-x", "@x", "\t=1", "＝1"])
def test_formulas_are_disarmed(text):
    assert formula_safe(text) == "'" + text


@pytest.mark.parametrize("text", ["-5", "+972", "1992", "plain", "- 5 %"[2:]])
def test_numbers_and_words_stay(text):
    assert formula_safe(text) == text


def test_a_carriage_return_stays_inside_its_cell():
    """RFC 4180 quotes a cell with any line end; a reader would take it for the end of the row."""
    from dragoman.text.csv_line import csv_line

    cells = ["a\rb", "c\nd", "e\r\nf", '"g"', "h,i"]
    line = csv_line(cells)
    assert line.startswith('"a\rb",')
    assert list(csv.reader(io.StringIO(line, newline=""))) == [cells]


def test_csv_reads_back():
    from dragoman.exports.table import Csv

    content = Csv.export(_parallel(), ExportOptions(bom=True))
    assert content.startswith("\ufeff")
    rows = list(csv.DictReader(io.StringIO(content[1:])))
    assert rows[0]["he"] == "דף *קטן*"
    assert rows[-1]["en"] == "'=1+1 is no formula."
    assert {row["he.state"] for row in rows} == {"translated", "draft", "initial"}


def test_rows_are_the_same_in_every_export():
    parallel = _parallel()
    count = len(list(parallel.rows))
    names = ("jsonl", "tsv", "html", "text")
    made = {name: export_named(name).export(parallel, ExportOptions()) for name in names}
    assert len(made["jsonl"].splitlines()) == count
    assert len(made["tsv"].splitlines()) == count + 1
    assert made["html"].count('data-row="') == count * 3
    assert made["text"].count("\n\n") == count + 2  # head and thematic break
    ids = [json.loads(line)["id"] for line in made["jsonl"].splitlines()]
    assert len(set(ids)) == count
    assert all(f'id="{row}"' in made["html"] for row in ids)


STATED = st.sampled_from((State.INITIAL, State.DRAFT, State.TRANSLATED, State.REVIEWED))
SAID = st.text(st.sampled_from('ab א"&<>*_`[]() \x00\r'), max_size=12)


@st.composite
def _rows(draw):
    """Rows of three languages that say anything, in any state."""
    cells = tuple(
        Cell(locale, draw(SAID), draw(STATED), locale, (), draw(st.booleans()))
        for locale in ("en", "he", "ru")
    )
    context = draw(st.none() | SAID)
    return Row(draw(st.sampled_from(("1f", "2e-2"))), "1.1", cells, context, (draw(SAID),))


@given(st.lists(_rows(), max_size=4))
def test_rows_as_elements_are_their_units_written(rows):
    """An edition and an exported memory are the same TMX."""
    from dragoman.memory import row_units as memory
    from dragoman.memory import tmx

    parallel = Parallel("x", "X", ("en", "he", "ru"), (ParallelBlock(Kind.ITEM, tuple(rows)),))
    slow = "".join(tmx.written(memory.units(parallel), source="en"))
    fast = "".join(tmx.document(memory.elements(parallel), {**tmx.OURS, "srclang": "en"}, ()))
    assert fast == slow


def test_tmx_is_valid():
    lxml = pytest.importorskip("lxml.etree")
    dtd = ROOT.parent / "shared/schemas/tmx14.dtd"
    if not dtd.exists():
        pytest.skip("the DTD of TMX 1.4b is not here")
    from dragoman.exports import tmx

    content = tmx.export(_parallel(), ExportOptions()).encode()
    root = lxml.fromstring(content, lxml.XMLParser(load_dtd=False, no_network=True))
    assert lxml.DTD(str(dtd)).validate(root)
    assert [t.get("{http://www.w3.org/XML/1998/namespace}lang") for t in root.iter("tuv")][:3] == [
        "en",
        "he",
        "ru",
    ]


@given(st.text(st.sampled_from('אב ab*_`[]()+1.,!"“”C:/@'), max_size=40), st.booleans())
def test_isolating_spans_keeps_what_they_say(text, rtl):
    document = markdown.read("x\n", ReadOptions())
    spans = document.inline(text)

    def said(spans):
        return "".join(s.text or said(s.children) for s in spans)

    assert said(isolated(spans, rtl)) == said(spans)
    assert reading(spans[0]) is not None if spans else True


@given(
    st.text(st.sampled_from("אבג Road*_~`[]().,!-+1\u2066\u2069\u202e"), max_size=50), st.booleans()
)
def test_every_run_is_one_isolate(text, rtl):
    """However elements and runs cross; what a translator isolated comes on top."""
    document = markdown.read("x\n", ReadOptions())
    spans = document.inline(text.replace("~", "~~"))
    whole = "".join(map(reading, spans))
    if not CONTROLS.isdisjoint(whole):
        return
    runs = [whole[a:b] for a, b in opposite_runs(whole, rtl)]
    assert list(_isolates(isolated(spans, rtl))) == runs


def _isolates(spans):
    for span in spans:
        if span.name == "isolate":
            yield "".join(map(reading, span.children))
        else:
            yield from _isolates(span.children)


def test_a_bold_stretch_that_begins_inside_a_name_is_cut():
    from dragoman.exports.parts.elements import Markup

    spans = markdown.read("x\n", ReadOptions()).inline("ספר Long **Road הביתה** אזל")
    assert Markup().line(spans, "he") == (
        'ספר <bdi dir="ltr">Long <strong>Road</strong></bdi><strong> הביתה</strong> אזל'
    )


@pytest.mark.parametrize(
    ("text", "page"),
    [
        ("\u2066Hi **all**!\u2069 ב", '<bdi dir="ltr">Hi <strong>all</strong>!</bdi> ב'),
        ("\u2068Hi!\u2069 ב", '<bdi dir="ltr">Hi!</bdi> ב'),
        ("\u2068ב!\u2069 ב", "ב! ב"),
        ("ב **\u2066-1** ב\u2069", 'ב <strong><bdi dir="ltr">-1</bdi></strong> ב'),
        ("\u202e613\u202c ב\u2069", "613 ב"),
        ("\u200e-1 ב", '\u200e<bdi dir="ltr">-1</bdi> ב'),
    ],
)
def test_what_a_translator_isolated_is_an_element(text, page):
    from dragoman.exports.parts.elements import Markup

    assert Markup().line(markdown.read("x\n", ReadOptions()).inline(text), "he") == page


def test_a_run_across_elements_is_isolated_as_one():
    document = markdown.read("x\n", ReadOptions())
    spans = isolated(document.inline("אמר English **bold** more וגם"), rtl=True)
    inner = next(span for span in spans if span.name == "isolate")
    assert [span.name for span in inner.children] == ["text", "strong", "text"]
    assert LOCALES
