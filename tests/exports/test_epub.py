"""EPUB: valid, in the right direction, the same bytes for the same text, and harmless."""

from __future__ import annotations

import io
import re
import subprocess
import zipfile
from importlib.util import find_spec
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

import mixtures
from conftest import EPUBCHECK, needs_epubcheck
from dragoman.catalogs.catalog import Catalog
from dragoman.errors import DragomanError
from dragoman.exports import epub
from dragoman.exports.parts.export_options import ExportOptions
from dragoman.formats import ReadOptions, markdown, text
from dragoman.model import Missing, Parallel
from dragoman.parallel.rows import align
from dragoman.po import Entry, PoFile
from dragoman.segment import segmenter
from growth_rates import assert_grows_evenly

XHTML = "{http://www.w3.org/1999/xhtml}"
OPF = "{http://www.idpf.org/2007/opf}"
DC = "{http://purl.org/dc/elements/1.1/}"
OPS = "{http://www.idpf.org/2007/ops}"
HEBREW = re.compile("[\u0590-\u05ff]")

SOURCE = """---
title: A *day*
author: Leyla Nur
date: "2026-02-26"
licence: CC BY 4.0
source: https://example.org/a day
---

# Morning[^n]

It began on Oct. 7. See [this](https://example.org/?a=1&b=2) and [that](b.md).\\
A new line.

### Deep

- One.

  Of one.
  1. Inner.
- Two.

> Quoted.

3. Third.
4. Fourth.

| A | B |
|---|---|
| a | b |

```
x < "שלום"
```

![An image](i.png) again.[^n]

* * *

Later.

---

## Evening

End.

[^n]: The note.
[^z]: Nobody refers to it.
"""
SAID = {
    "A *day*": "יום (BBC)",
    "Morning[^n]": "בוקר[^n]",
    "It began on Oct. 7.": "זה התחיל ב-7 באוקטובר (C++), +972-2-123.",
    "See [this](https://example.org/?a=1&b=2) and [that](b.md).": "ראו [זאת](https://example.org/?a=1&b=2) ו[זו](b.md).",
    "A new line.": "שורה *חדשה*.",
    "Deep": "עמוק",
    "One.": "אחת.",
    "Inner.": "פנימית.",
    "Quoted.": "מצוטט.",
    "A": "א",
    "b": "ב",
    "Third.": "שלישי.",
    "Evening": "ערב",
    "The note.": "ההערה.",
    "![An image](i.png) again.[^n]": "![תמונה](i.png) שוב.[^n]",
}


def _parallel(source=SOURCE, said=SAID, missing=Missing.SOURCE) -> Parallel:
    document = markdown.read(source, ReadOptions(split=segmenter("en").spans))
    he = Catalog("he", PoFile([Entry(k, v) for k, v in said.items()]))
    return align(document, "day", "en", [he, Catalog("ru", PoFile())], missing)


def _members(book: bytes) -> dict[str, str]:
    with zipfile.ZipFile(io.BytesIO(book)) as archive:
        assert archive.testzip() is None
        return {name: archive.read(name).decode() for name in archive.namelist()}


def _made(parallel: Parallel, rows="paragraph") -> dict[str, str]:
    return _members(epub.export(parallel, ExportOptions(rows=rows)))


EDITIONS = {
    "he": (_parallel().chosen(["he"]), "paragraph"),
    "en": (_parallel().chosen(["en"]), "paragraph"),
    "all": (_parallel(), "paragraph"),
    "he-en": (_parallel(missing=Missing.MARK).chosen(["he", "en"]), "sentence"),
}


@pytest.fixture(params=EDITIONS)
def edition(request) -> dict[str, str]:
    return _made(*EDITIONS[request.param])


def test_mimetype_comes_first_and_plain():
    book = epub.export(_parallel(), ExportOptions())
    with zipfile.ZipFile(io.BytesIO(book)) as archive:
        first = archive.infolist()[0]
        assert (first.filename, first.compress_type, first.extra) == ("mimetype", 0, b"")
        assert archive.read("mimetype") == b"application/epub+zip"


def test_same_text_same_bytes(monkeypatch):
    first = epub.export(_parallel(), ExportOptions())
    assert first == epub.export(_parallel(), ExportOptions())
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1772064000")
    dated = epub.export(_parallel(), ExportOptions())
    assert dated != first
    assert "2026-02-26T00:00:00Z" in _members(dated)["EPUB/package.opf"]
    with zipfile.ZipFile(io.BytesIO(dated)) as archive:
        assert {entry.date_time[:3] for entry in archive.infolist()} == {(2026, 2, 26)}


@pytest.mark.parametrize("said", ["soon", "-1", "99999999999"])
def test_a_wrong_date_is_a_sentence(monkeypatch, said):
    monkeypatch.setenv("SOURCE_DATE_EPOCH", said)
    with pytest.raises(DragomanError, match="SOURCE_DATE_EPOCH"):
        epub.export(_parallel(), ExportOptions())


def test_the_identifier_is_made_of_the_content():
    def identifier(parallel):
        package = ET.fromstring(_made(parallel)["EPUB/package.opf"])
        return package.find(f".//{DC}identifier").text

    assert identifier(_parallel()) == identifier(_parallel())
    assert identifier(_parallel()) != identifier(_parallel().chosen(["he"]))


def _walk(element, direction=None, lang=None):
    direction, lang = element.get("dir", direction), element.get("lang", lang)
    tag = element.tag.removeprefix(XHTML)
    yield tag, element, element.text or "", direction, lang
    for child in element:
        yield from _walk(child, direction, lang)
        yield tag, element, child.tail or "", direction, lang


def test_every_hebrew_text_stands_right_to_left(edition):
    """And nothing else does, but for digits and marks; code runs from left to right."""
    seen = sum(_directed(edition[f"EPUB/{name}.xhtml"]) for name in ("title", "nav", "text"))
    assert seen or "<dc:language>he" not in edition["EPUB/package.opf"]


@pytest.mark.parametrize(
    "parallel", [mixtures.parallel(), mixtures.nested()], ids=["rows", "nested"]
)
def test_mixtures_stand_in_their_directions(parallel):
    for rows in ("paragraph", "sentence"):
        assert _directed(_made(parallel, rows)["EPUB/text.xhtml"]) > 5


def _directed(document: str) -> int:
    """How many stretches of Hebrew a document has, all of them from right to left."""
    seen = 0
    for tag, element, said, direction, lang in _walk(ET.fromstring(document)):
        assert element.get("dir") in (None, "ltr", "rtl"), element.attrib
        if tag in ("code", "pre"):
            assert direction == "ltr"
        elif HEBREW.search(said):
            seen += 1
            assert direction == "rtl", said
            assert lang == "he" or tag == "bdi", said  # nobody said which language a phrase is in
        elif tag not in ("bdi", "title") and re.search("[A-Za-z]", said):
            assert direction == "ltr" or element.get("dir") == "ltr", said
    return seen


def test_no_language_is_left_unsaid(edition):
    for name in ("title", "nav", "text"):
        root = ET.fromstring(edition[f"EPUB/{name}.xhtml"])
        for element in root.iter():
            if element.tag.removeprefix(XHTML) in {
                "html", "body", "nav", "p", "li", "ol", "ul", "h1", "h2", "h3", "blockquote",
                "table", "td", "th", "aside",
            }:  # fmt: skip
                xml_lang = element.get("{http://www.w3.org/XML/1998/namespace}lang")
                assert element.get("lang") == xml_lang, element.attrib
                assert element.get("lang"), element.tag
                assert element.get("dir"), element.tag


def test_pages_turn_as_the_first_language_reads():
    for columns, direction in ((["he"], "rtl"), (["en", "he"], "ltr"), (["he", "en"], "rtl")):
        package = ET.fromstring(_made(_parallel().chosen(columns))["EPUB/package.opf"])
        assert package.find(f"{OPF}spine").get("page-progression-direction") == direction
        assert [e.text for e in package.iter(f"{DC}language")] == columns
        assert package.get("dir") == direction


def test_what_the_front_matter_says_is_told():
    package = ET.fromstring(_made(_parallel().chosen(["he", "en"]))["EPUB/package.opf"])
    told = {key: [e.text for e in package.iter(f"{DC}{key}")] for key in
            ("title", "creator", "date", "rights", "source")}  # fmt: skip
    assert told == {
        "title": ["יום (BBC)", "A day"],
        "creator": ["Leyla Nur"],
        "date": ["2026-02-26"],
        "rights": ["CC BY 4.0"],
        "source": ["https://example.org/a day"],
    }


def test_ids_are_names_and_links_lead_somewhere(edition):
    targets = {}
    for name in ("title", "nav", "text"):
        ids = [e.get("id") for e in ET.fromstring(edition[f"EPUB/{name}.xhtml"]).iter()]
        targets[f"{name}.xhtml"] = [found for found in ids if found]
    for ids in targets.values():
        assert len(ids) == len(set(ids))
        assert all(re.fullmatch(r"[A-Za-z_][\w.-]*", found) for found in ids)
    for name in ("title", "nav", "text"):
        for link in ET.fromstring(edition[f"EPUB/{name}.xhtml"]).iter(f"{XHTML}a"):
            href = link.get("href")
            if href.startswith(("https:", "mailto:")):
                continue
            file, _, place = href.partition("#")
            assert place in targets[file or f"{name}.xhtml"], href


def test_every_row_of_the_text_has_its_id():
    parallel = _parallel()
    body = _made(parallel)["EPUB/text.xhtml"]
    rows = [row.id for b in parallel.blocks if b.kind.name != "METADATA" for row in b.rows]
    assert all(body.count(f'id="r-{row}"') == 1 for row in rows)


def test_structure_of_the_text():
    root = ET.fromstring(EDITION_HE["EPUB/text.xhtml"])
    tags = [element.tag.removeprefix(XHTML) for element in root.iter()]
    assert [tag for tag in tags if re.fullmatch("h[1-6]", tag)] == ["h1", "h3", "h2"]
    assert [tags.count(tag) for tag in ("ul", "ol", "li", "blockquote", "table", "th", "td")] == [
        1, 2, 5, 1, 1, 2, 2,
    ]  # fmt: skip
    starts = [element.get("start") for element in root.iter(f"{XHTML}ol")]
    assert starts == [None, "3"]
    assert tags.count("hr") == 2
    assert root.find(f".//{XHTML}pre").get("dir") == "ltr"
    images = [e.text for e in root.iter(f"{XHTML}span") if e.get("class") == "image"]
    assert images == ["תמונה"]
    assert not list(root.iter(f"{XHTML}img"))


EDITION_HE = _made(*EDITIONS["he"])


def test_footnotes_lead_there_and_back():
    root = ET.fromstring(EDITION_HE["EPUB/text.xhtml"])
    references = [a for a in root.iter(f"{XHTML}a") if a.get(f"{OPS}type") == "noteref"]
    assert [(a.get("id"), a.get("href"), a.text) for a in references] == [
        ("ref-1-1", "#note-1", "1"),
        ("ref-1-2", "#note-1", "1"),
    ]
    notes = [e for e in root.iter(f"{XHTML}aside") if e.get(f"{OPS}type") == "footnote"]
    assert [note.get("id") for note in notes] == ["note-1", "note-2"]
    back = [[a.get("href") for a in note.iter(f"{XHTML}a")] for note in notes]
    assert back == [["#ref-1-1"], []]


def test_contents_nest_as_headings_do():
    root = ET.fromstring(EDITION_HE["EPUB/nav.xhtml"])

    def tree(ol):
        return [
            ("".join(li.find(f"{XHTML}a").itertext()), [tree(o) for o in li.findall(f"{XHTML}ol")])
            for li in ol
        ]

    assert tree(root.find(f".//{XHTML}nav/{XHTML}ol")) == [("בוקר", [[("עמוק", []), ("ערב", [])]])]


def test_sentences_are_stacked_one_by_one():
    made = _made(_parallel().chosen(["en", "he"]), "sentence")["EPUB/text.xhtml"]
    paragraphs = [
        "".join(p.itertext()) for p in ET.fromstring(made).iter(f"{XHTML}p") if "A new" in
        "".join(p.itertext())
    ]  # fmt: skip
    assert paragraphs == ["A new line."]
    whole = _made(_parallel().chosen(["en", "he"]))["EPUB/text.xhtml"]
    assert re.search(r"It began on Oct\. 7\.</span>\n<span[^>]*>See", whole)


HOSTILE = (
    "<script>zq9()</script> [a](javascript:zq9()) [b](data:text/html,x) [c](//evil.example/) "
    "<img src=x onerror=zq9()> ![i](http://x/y.png) ]]> &amp;zq9; \"'& [d](file:///etc/passwd) "
    '[e](https://a.example/"onclick=x) [f](HTTPS://u@a.example/)'
)


def test_hostile_strings_are_words_or_nothing():
    said = {"Fine text here.": HOSTILE}
    source = f"---\ntitle: '<b onload=x>&\"'\nauthor: '</dc:creator><x/>'\n---\n\nFine text here.\n\n```\n{HOSTILE}\n```\n"
    parallel = _parallel(source, said)
    made = _made(parallel)
    hrefs = []
    for name in ("title.xhtml", "nav.xhtml", "text.xhtml", "package.opf"):
        root = ET.fromstring(made[f"EPUB/{name}"])
        tags = {element.tag.rpartition("}")[2] for element in root.iter()}
        assert not tags & {"script", "img", "b", "x", "iframe", "object", "style"}
        for element in root.iter():
            assert not [key for key in element.attrib if key.startswith("on")]
            hrefs += [element.get("href", "")] if element.tag == f"{XHTML}a" else []
    assert {h for h in hrefs if ":" in h} == {"https://a.example/%22onclick=x"}


def test_what_xml_cannot_hold_is_shown():
    document = text.read("A\x00b \x0b and \ufffe.\n", ReadOptions())
    made = _made(align(document, "x", "en", []))
    said = "".join(ET.fromstring(made["EPUB/text.xhtml"]).itertext())
    assert "A\ufffdb" in said
    assert "\ufffd." in said


def test_a_text_without_headings_has_contents():
    made = _made(align(markdown.read("Only this.\n", ReadOptions()), "x", "en", []))
    assert 'href="text.xhtml"' in made["EPUB/nav.xhtml"]


# --- the judge ------------------------------------------------------------------------------


@needs_epubcheck
def test_epubcheck_finds_nothing(tmp_path: Path):
    """All books in one folder and one call for each: Java starts slowly, so they start together."""
    calls = []
    for name, (parallel, rows) in EDITIONS.items():
        book = tmp_path / f"{name}.epub"
        fonts = name == "all" and find_spec("fontTools") is not None
        book.write_bytes(epub.export(parallel, ExportOptions(rows=rows, embed_fonts=fonts)))
        calls.append(subprocess.Popen([*EPUBCHECK, str(book)], stdout=-1, stderr=-2, text=True))
    for call in calls:
        said, _ = call.communicate(timeout=300)
        assert "0 fatals / 0 errors / 0 warnings" in said
        assert call.returncode == 0


@pytest.mark.parametrize(
    ("piece", "times"),
    [("# H\n\n", 8_000), ("word שלום and ", 40_000)],
    ids=["headings", "unit"],
)
def test_large_books_are_made_in_even_time(piece, times):
    def book(size):
        return _made(align(markdown.read(piece * size, ReadOptions()), "x", "en", []))

    assert_grows_evenly(book, times // 8)
    ET.fromstring(book(times)["EPUB/text.xhtml"])


def test_a_long_text_has_chapters_that_lead_to_each_other():
    """A file for each chapter; notes stand in the file that refers to them, and links find them."""
    words = "It began early, and nobody slept. " * 300
    source = "# Book\n\n" + "".join(f"## Part {n}\n\n{words}\n\nSee.[^n{n}]\n\n" for n in range(8))
    source += "See again.[^n1]\n\n" + "".join(f"[^n{n}]: Note {n}.\n\n" for n in range(8))
    book = epub.export(_parallel(source, {}), ExportOptions())
    members = _members(book)
    texts = {name: said for name, said in members.items() if name.startswith("EPUB/text")}
    assert len(texts) == 8
    package = members["EPUB/package.opf"]
    spine = re.findall(r'<itemref idref="([^"]+)"', package)
    assert spine == ["title", "nav", "text", *(f"text-{n}" for n in range(2, 9))]
    assert all("Note" in said for said in texts.values())
    assert 'href="text-2.xhtml#note-2"' in texts["EPUB/text-8.xhtml"]
    for name, said in [
        *texts.items(),
        ("EPUB/nav.xhtml", members["EPUB/nav.xhtml"]),
        ("EPUB/toc.ncx", members["EPUB/toc.ncx"]),
    ]:
        for file, place in re.findall(r'(?:href|src)="([^"#:]*)#([^"]+)"', said):
            assert f'id="{place}"' in members[f"EPUB/{file}" if file else name], (name, place)
    points = re.findall(r"<navLabel><text>(.*?)</text>", members["EPUB/toc.ncx"])
    assert points == ["Book", *(f"Part {n}" for n in range(8))]
    assert 'properties="cover-image"' in package
    assert 'epub:type="landmarks"' in members["EPUB/nav.xhtml"]
