"""Source sentences that stand in for translations: one phrase of the source, in every edition."""

from __future__ import annotations

import io
import re
import zipfile
from xml.etree import ElementTree as ET

import pytest
from test_docx import W, _flag, _said

from bidi_oracle import visual
from dragoman.catalogs.catalog import Catalog
from dragoman.exports import docx, epub, html, latex, markdown, pdf, text
from dragoman.exports.parts.export_options import ExportOptions
from dragoman.formats import ReadOptions
from dragoman.formats import markdown as reader
from dragoman.parallel.rows import align
from dragoman.po import Entry, PoFile
from dragoman.segment import segmenter
from dragoman.text.bidi import LRI, PDI, RLI, RLM

SOURCE = """\
One. Two (in *May*). Three, too! Four.

All of it, 5. Stands *in* here (1992).

| Word | 1.5 – 2 |
|------|---------|
| -3   | Name    |
"""
OPTIONS = ExportOptions()
MIXED = "One. Two (in May). Three, too! Four."
WHOLE = "All of it, 5. Stands in here (1992)."


def _parallel(columns: list[str]):
    document = reader.read(SOURCE, ReadOptions(split=segmenter("en").spans))
    said = {"One.": "אחת.", "Four.": "ארבע.", "Word": "מילה"}
    he = Catalog("he", PoFile([Entry(source, target) for source, target in said.items()]))
    return align(document, "x", "en", [he]).chosen(columns)


def _wanted() -> str:
    """The first block as it is to be drawn: what stands in is one phrase, from left to right."""
    return visual(f"אחת. {LRI}Two (in May). Three, too!{PDI} ארבע.", "rtl")


def _elements(source: str) -> list[tuple[str, str, str]]:
    """Each element's language, its direction, and what it says with isolates for directions."""
    root = ET.fromstring(f"<r>{source}</r>")

    def said(element: ET.Element, top: bool = True) -> str:
        parts = [element.text or "", *(said(e, False) + (e.tail or "") for e in element)]
        inner = "".join(parts)
        way = element.get("dir")
        if top or way is None:
            return inner
        return f"{RLI if way == 'rtl' else LRI}{inner}{PDI}"

    return [(e.get("lang", ""), e.get("dir", ""), " ".join(said(e).split())) for e in root.iter()]


def _page(columns: list[str]) -> list[tuple[str, str, str]]:
    made = html.export(_parallel(columns), OPTIONS)
    body = made.partition("<main")[2].partition(">")[2].partition("</main>")[0]
    return _elements(re.sub(r'<a class="cite".*?</a>|<(?:br|hr)>', "", body))


@pytest.mark.parametrize("columns", [["he"], ["en", "he"]])
def test_in_a_page_they_are_one_phrase(columns):
    cells = [cell for cell in _page(columns) if cell[2].startswith("אחת")]
    lang, way, said = next(cell for cell in cells if cell[1])
    assert (lang, way) == ("he", "rtl")
    assert visual(said, "rtl") == _wanted()
    assert said.count(LRI) == 1
    runs = [e for e in _page(columns) if e[2] == "Two (in May). Three, too!"]
    assert ("en", "ltr", runs[0][2]) in runs


@pytest.mark.parametrize("columns", [["he"], ["en", "he"]])
def test_a_block_of_nothing_else_is_of_the_source(columns):
    cells = [cell for cell in _page(columns) if cell[2] == WHOLE and cell[0]]
    assert cells == [("en", "ltr", WHOLE)] * len(columns)
    # in a Hebrew table; an English one says it for all of its cells
    assert [c[:2] for c in _page(columns) if c[2] == "-3" and c[1]] == [("en", "ltr")]


def test_in_a_book_they_are_one_phrase():
    made = zipfile.ZipFile(io.BytesIO(epub.export(_parallel(["he"]), OPTIONS)))
    body = made.read("EPUB/text.xhtml").decode().partition("<body")[2].partition(">")[2]
    inner = re.sub("xml:lang|epub:type", "x", body.partition("</body>")[0])
    found = [e for e in _elements(inner) if e[1]]
    assert [visual(said, way) for lang, way, said in found if "אחת" in said] == [_wanted()]
    assert ("en", "ltr", WHOLE) in found
    assert not any(lang == "he" for lang, _, said in found if said == WHOLE)


def test_in_a_printed_page_they_are_one_phrase():
    pieces = pdf.data(_parallel(["he"]), OPTIONS)["pieces"]
    first, second = pieces[:2]
    assert (first["dir"], second["dir"], second["lang"]) == ("rtl", "ltr", "en")
    assert visual(_flat(first["nodes"]), "rtl") == _wanted()
    assert ["emphasis", ["in"]] in _all_nodes(second["nodes"])


def _flat(nodes) -> str:
    return "".join(
        node if isinstance(node, str) else node[1] if node[0] == "control" else _flat(node[-1])
        for node in nodes
    )


def _all_nodes(nodes) -> list:
    inner = [node for node in nodes if isinstance(node, list)]
    return inner + [deep for n in inner if isinstance(n[-1], list) for deep in _all_nodes(n[-1])]


def test_in_a_word_document_they_are_one_phrase():
    made = zipfile.ZipFile(io.BytesIO(docx.export(_parallel(["he"]), OPTIONS)))
    body = ET.fromstring(made.read("word/document.xml"))
    first, second = list(body.iter(f"{W}p"))[:2]
    runs = [(_said(run), _flag(run, "rPr/rtl")) for run in first.iter(f"{W}r")]
    assert visual("".join(said for said, _ in runs), "rtl") == _wanted()
    ways = [rtl for said, rtl in runs if said]
    assert ways == [True] * 2 + [False] * (len(ways) - 4) + [True] * 2
    assert _flag(first, "pPr/bidi")
    assert not _flag(second, "pPr/bidi")
    slanted = [_said(run) for run in second.iter(f"{W}r") if _flag(run, "rPr/i")]
    assert slanted == ["in"]


def test_in_latex_they_are_one_phrase():
    made = latex.export(_parallel(["he"]), OPTIONS).partition(r"\begin{document}")[2]
    one = r"\foreignlanguage{english}{\untranslated{Two (in \emph{May}).}" + "\n"
    assert one + r"\untranslated{Three, too!}}" in made
    assert r"\begin{otherlanguage}{english}" + "\n" + r"\untranslated{All of it, 5.}" in made


def test_in_lines_each_is_of_the_source():
    lines = text.export(_parallel(["he"]), ExportOptions(bidi_marks=True)).split("\n")
    assert "Two (in May)." in lines
    assert f"{RLM}אחת." in lines
    assert '<span lang="en" dir="ltr">Three, too!</span>' in markdown.export(
        _parallel(["he"]), OPTIONS
    )


def test_a_phrase_says_its_language_where_only_one_can_be():
    document = reader.read("He said “שלום, אתה!” and “سلام”.\n", ReadOptions())
    made = html.export(align(document, "x", "en", [Catalog("he", PoFile([]))]), OPTIONS)
    assert made.count('<bdi lang="he" dir="rtl">שלום, אתה!</bdi>') == 2
    assert '<bdi dir="rtl">سلام</bdi>' in made
    alone = html.export(align(document, "x", "en", []), OPTIONS)
    assert '<bdi dir="rtl">שלום, אתה!</bdi>' in alone
