"""Formulas and definition lists: drawn in every edition that can, and readable in the others."""

from __future__ import annotations

import io
import re
import zipfile
from xml.etree import ElementTree as ET

import pytest

from dragoman.catalogs.catalog import Catalog
from dragoman.exports import contents, export_named, pdf
from dragoman.exports.formulas.formula_tree import read
from dragoman.exports.formulas.latex_formula import latex_formula
from dragoman.exports.formulas.mathml import mathml
from dragoman.exports.formulas.omml import omml
from dragoman.exports.formulas.typst_formula import typst_formula
from dragoman.exports.parts.export_options import ExportOptions
from dragoman.formats import ReadOptions, html, markdown
from dragoman.model import Parallel
from dragoman.parallel.rows import align
from dragoman.po import Entry, PoFile
from dragoman.segment import segmenter

M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def parallel(source: str, hebrew: dict[str, str] | None = None, reader=markdown) -> Parallel:
    document = reader.read(source, ReadOptions(split=segmenter("en").spans))
    entries = [Entry(k, v) for k, v in (hebrew or {}).items()]
    return align(document, "x", "en", [Catalog("he", PoFile(entries))])


def made(name: str, text: Parallel) -> str:
    """The edition as text: that of a book or a document is its main part."""
    content = next(iter(contents(export_named(name), text, ExportOptions()).values()))
    part = {"epub": "EPUB/text.xhtml", "docx": "word/document.xml"}.get(name)
    if part is None:
        return content.decode()
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return archive.read(part).decode()


SOURCE = r"Energy is $E = mc^2$ here."
TEXT = parallel(
    SOURCE + "\n\n$$\n\\frac{a}{b}\n$$\n\n```math\n\\sqrt{x}\n```\n\nStays: $\\foo{x}$.\n",
    {SOURCE: "האנרגיה היא $E = mc^2$ כאן.", r"Stays: $\foo{x}$.": r"נשאר: $\foo{x}$."},
)


@pytest.mark.parametrize("name", ["html", "epub"])
def test_pages_and_books_have_mathml(name):
    page = made(name, TEXT)
    found = re.findall(r"<math .*?</math>", page)
    assert len(found) == 4
    assert all(' dir="ltr"' in math for math in found)
    assert found[0] == found[1]
    assert "<msup><mi>c</mi><mn>2</mn></msup>" in found[0]
    assert "<mfrac>" in found[2]
    assert "<msqrt>" in found[3]
    assert page.count(r'<code dir="ltr">$\foo{x}$</code>') == 2


def test_a_book_says_that_it_has_mathml():
    content = next(iter(contents(export_named("epub"), TEXT, ExportOptions()).values()))
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        package = archive.read("EPUB/package.opf").decode()
    assert 'href="text.xhtml" media-type="application/xhtml+xml" properties="mathml"' in package
    assert 'href="title.xhtml" media-type="application/xhtml+xml"/>' in package


def test_documents_have_formulas_of_the_office():
    pytest.importorskip("docx")
    body = ET.fromstring(made("docx", TEXT))
    assert len(list(body.iter(f"{M}oMath"))) == 4
    assert [found.tag for found in body.iter(f"{M}oMathPara")] == [f"{M}oMathPara"] * 2
    [inline, *_] = body.iter(f"{M}oMath")
    assert "".join(text.text for text in inline.iter(f"{M}t")) == "E=mc2"


def test_latex_and_plain_editions_keep_the_source():
    page = made("latex", TEXT)
    assert page.count(r"\ltr{\(E = mc^2\)}") == 2
    assert r"\[\frac{a}{b}\]" in page
    assert r"\[\sqrt{x}\]" in page
    assert r"\texttt{\$\textbackslash{}foo" in page
    assert "amsmath" in page
    assert "amsmath" not in made("latex", parallel("Words."))
    assert "$$\n\\frac{a}{b}\n$$" in made("markdown", TEXT)
    assert "האנרגיה היא $E = mc^2$ כאן." in made("text", TEXT)


def test_paper_sets_formulas():
    pytest.importorskip("typst")
    pdfplumber = pytest.importorskip("pdfplumber")
    with pdfplumber.open(io.BytesIO(pdf.export(TEXT, ExportOptions()))) as file:
        chars = [char for page in file.pages for char in page.chars]
    math = [char["text"] for char in chars if "Math" in char["fontname"]]
    assert math.count("𝐸") == math.count("𝑐") == 2
    assert "√" in math


@pytest.mark.parametrize(
    "tex",
    [
        r"\frac{1}{2} + \sqrt[3]{x} - \binom{n}{k}",
        r"\begin{cases} 1 & x > 0 \\ 0 & \text{else} \end{cases}",
        r"\begin{aligned} a &= b \\ c &\le d \end{aligned}",
        r"\sum_{i=1}^{n} \hat{x}_i \cdot \overline{ab} \to \underbrace{c}_{d}",
        r"\left( \int_0^1 f(x)\,dx \right]",
        r"\begin{pmatrix} a \\ b \end{pmatrix}",
        r"a < b \& \operatorname{Tr} A \quad \lim_{x \to 0}",
    ],
)
def test_every_edition_has_the_same_formulas(tex):
    assert ET.fromstring(mathml(tex)).tag.endswith("math")
    assert (
        ET.fromstring(omml(tex).replace("<m:oMath ", f'<m:oMath xmlns:w="{W[1:-1]}" ', 1)).tag
        == f"{M}oMath"
    )
    assert latex_formula(tex).startswith(r"\(")
    assert typst_formula(tex)


@pytest.mark.parametrize(
    "tex",
    [
        r"\input{/etc/passwd}",
        r"\write18{ls}",
        r"x\) \input{y} \(",
        r"x $y$",
        r"x % y",
        "^^5cinput{x}",
        r"\begin{document}x\end{document}",
        r"x_{1",
        r"x}",
        r"x^",
        r"a & b",
        r"\cancel{x}",
        "",
        "{" * 3000,
    ],
)
def test_what_is_not_understood_stays_code(tex):
    assert read(tex) is None
    assert mathml(tex) == omml(tex) == latex_formula(tex) == ""
    assert typst_formula(tex) == []


def test_nothing_in_a_formula_leads_anywhere():
    page = mathml(r"\href{javascript:x()}{y} \color{red}{z} \text{<script>}")
    assert "javascript" not in page.partition(">")[2]
    assert "<script" not in page


TERMS = "Dragoman\n: An interpreter. A guide.\n: A word.\n\nTargum\n\n: A translation.\n"
HEBREW = {"Dragoman": "דרגומן", "An interpreter.": "מתורגמן.", "Targum": "תרגום"}


@pytest.mark.parametrize(
    ("reader", "source"),
    [
        (markdown, TERMS),
        (
            html,
            "<dl><dt>Dragoman</dt><dd>An interpreter. A guide.</dd><dd>A word.</dd>"
            "<dt>Targum</dt><dd>A translation.</dd></dl>",
        ),
    ],
)
def test_definition_lists_are_lists_of_terms(reader, source):
    text = parallel(source, HEBREW, reader)
    page = re.sub(r"<(d[ltd])[^>]*>", r"<\1>", made("html", text))
    shown = [
        re.sub(r"<(?!/?d[td])[^>]*>|\n", " ", dl) for dl in re.findall("(?s)<dl>.*?</dl>", page)
    ]
    shown = [" ".join(dl.split()) for dl in shown]
    assert [re.findall(r"<(d[td])> ?(.*?) ?</d[td]>", dl) for dl in shown[::2]] == [
        [
            ("dt", "Dragoman"),
            ("dd", "An interpreter. A guide."),
            ("dd", "A word."),
        ],
        [("dt", "Targum"), ("dd", "A translation.")],
    ]
    assert "דרגומן" in shown[1]
    assert "תרגום" in shown[3]
    book = made("epub", text)
    assert [len(re.findall(f"<{tag} ", book)) for tag in ("dt", "dd")] == [2, 3]
    assert len(re.findall("<dl ", book)) == 1


def test_definition_lists_have_styles_in_documents():
    pytest.importorskip("docx")
    body = ET.fromstring(made("docx", parallel(TERMS).chosen(["en"])))
    styles = [style.get(f"{W}val") for style in body.iter(f"{W}pStyle")]
    assert styles == ["DefinitionTerm", "Definition", "Definition", "DefinitionTerm", "Definition"]


def test_definition_lists_on_paper_and_in_latex():
    page = made("latex", parallel(TERMS, HEBREW).chosen(["he"]))
    assert page.count(r"\item[") == 2
    assert r"\textbf{דרגומן}" in page
    data = pdf.data(parallel(TERMS, HEBREW).chosen(["he"]), ExportOptions())
    [terms] = [piece for piece in data["pieces"] if piece["kind"] == "terms"]
    assert [(len(g["terms"]), len(g["definitions"])) for g in terms["groups"]] == [(1, 2), (1, 1)]


def test_a_term_without_definition_is_a_paragraph():
    page = made(
        "html",
        parallel("<dl><dt>Alone</dt></dl><p>Between.</p><dl><dd>Only said</dd></dl>", reader=html),
    )
    assert "<dl>" not in page
    assert "k-term" in page
    assert "k-definition" in page
