"""Structure: what a text is made of is there in every edition: inline elements, tables, images, notes."""

from __future__ import annotations

import io
import re
import zipfile
from xml.etree import ElementTree as ET

import pytest

from dragoman.catalogs.catalog import Catalog
from dragoman.exports import contents, export_named, pdf
from dragoman.exports.parts.export_options import ExportOptions
from dragoman.formats import ReadOptions, markdown
from dragoman.model import Parallel
from dragoman.parallel.rows import align
from dragoman.po import Entry, PoFile
from dragoman.segment import segmenter

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def parallel(source: str, hebrew: dict[str, str] | None = None) -> Parallel:
    document = markdown.read(source, ReadOptions(split=segmenter("en").spans))
    entries = [Entry(k, v) for k, v in (hebrew or {}).items()]
    return align(document, "x", "en", [Catalog("he", PoFile(entries))])


def made(name: str, text: Parallel, **options) -> str:
    """The edition as text: that of a book or a document is its main part."""
    content = next(iter(contents(export_named(name), text, ExportOptions(**options)).values()))
    if name not in ("epub", "docx"):
        return content.decode()
    part = {"epub": "EPUB/text.xhtml", "docx": "word/document.xml"}[name]
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return archive.read(part).decode()


POWERS = parallel(
    'About 10<sup>6</sup> of H<sub>2</sub>O; <abbr title="a &quot;b&quot;">ab</abbr>.',
    {
        'About 10<sup>6</sup> of H<sub>2</sub>O; <abbr title="a &quot;b&quot;">ab</abbr>.': (
            'כ־10<sup>6</sup> של H<sub>2</sub>O; <abbr title="א">אב</abbr>.'
        )
    },
)


@pytest.mark.parametrize(
    ("name", "raised"),
    [
        ("html", "10<sup>6</sup>"),
        ("epub", "10<sup>6</sup>"),
        ("markdown", "10<sup>6</sup>"),
        ("text", "10⁶"),
        ("moses", "10⁶"),
        ("latex", r"10\textsuperscript{6}"),
    ],
)
def test_what_is_raised_is_raised_in_every_language(name, raised):
    edition = made(name, POWERS.chosen(["en", "he"]) if name != "moses" else POWERS)
    assert edition.count(raised) == (2 if name != "moses" else 1)


def test_word_raises_and_lowers_runs():
    document = made("docx", POWERS)
    assert document.count('<w:vertAlign w:val="superscript"/>') == 2
    assert document.count('<w:vertAlign w:val="subscript"/>') == 2


@pytest.mark.parametrize("name", ["html", "epub", "markdown"])
def test_an_abbreviation_keeps_its_title(name):
    edition = made(name, POWERS)
    assert '<abbr title="a &quot;b&quot;">ab</abbr>' in edition
    assert '<abbr title="א">אב</abbr>' in edition


@pytest.mark.parametrize("tag", ["b", "i", "u", "mark", "kbd", "q", "cite", "small", "sup", "sub"])
def test_elements_of_html_are_kept(tag):
    edition = made("html", parallel(f"One <{tag}>two</{tag}> three."))
    assert f"One <{tag}>two</{tag}> three." in edition


@pytest.mark.parametrize(
    ("source", "shown"),
    [
        ("One <b>two three.", "One two three."),  # never closed
        ("One two</b> three.", "One two three."),  # never opened
        ("One <B>two</b > three.", "One <b>two</b> three."),
        ("<b>One <i>two</b> three</i>.", "<b>One two</b> three."),  # wrongly nested
        ("One <b onclick='x()' style=x>two</b>.", "One <b>two</b>."),
        ("One <script>two</script>.", "One two."),
        ("One <em>two</em> <del>three</del>.", "One <em>two</em> <s>three</s>."),
    ],
)
def test_tags_without_a_partner_and_attributes_are_left_out(source, shown):
    assert shown in made("html", parallel(source).chosen(["en"]))


def test_inline_quotations_have_the_marks_of_their_language():
    said = "He said <q>yes, <q>no</q></q>."
    text = made("text", parallel(said, {said: "הוא אמר <q>כן, <q>לא</q></q>."}))
    assert "He said “yes, ‘no’”." in text
    assert "הוא אמר ”כן, ’לא’”." in text


def test_a_reading_stands_in_brackets_where_it_cannot_stand_above():
    text = parallel("A <ruby>kanji<rt>reading</rt></ruby>.")
    assert "kanji(reading)." in made("text", text)
    assert "<ruby>kanji<rt>reading</rt></ruby>" in made("html", text)


TABLE = parallel(
    "| City | Count | Note |\n|---|--:|:-:|\n| Baku | 1,234 | Big. |\n| Ganja |\n\n| Second | Table |\n|---|---|\n| one | two |",
    {"City": "עיר", "Count": "מספר", "Baku": "באקו", "Big.": "גדולה."},
)


def test_a_page_has_a_table_in_each_language():
    page = made("html", TABLE)
    assert page.count("<table>") == 4
    assert page.count("<thead>") == page.count("<tbody>") == 4
    assert page.count('<th scope="col"') == 2 * (3 + 2)
    assert page.count(' class="end">') == page.count(' class="center">') == 2 * 3
    for unit in next(TABLE.rows), list(TABLE.rows)[-1]:  # they light up together
        assert page.count(f'data-row="{unit.id}"') == 2


def test_what_nobody_translates_is_aligned_as_its_column_is():
    """A number is in the source's language; its direction is that of a phrase, not of the cell."""
    page = made("html", TABLE.chosen(["he"]))
    [cell] = re.findall("<td[^>]*>(?=<[^/]*1,234).*?</td>", page)
    assert cell.startswith('<td class="end"><span lang="en" dir="ltr">')
    document = ET.fromstring(made("docx", TABLE.chosen(["he"])))
    [paragraph] = [p for p in document.iter(f"{W}p") if "1,234" in "".join(p.itertext())]
    assert paragraph.find(f"{W}pPr/{W}bidi") is None
    assert paragraph.find(f"{W}pPr/{W}jc") is None  # where its lines begin, a Hebrew column ends


def test_a_book_has_heads_with_a_scope():
    book = made("epub", TABLE)
    assert book.count("<thead>") == book.count("<tbody>") == 2
    assert book.count('<th scope="col"') == 3 + 2


def test_word_has_a_table_in_each_language_inside_its_column():
    document = ET.fromstring(made("docx", TABLE))
    inner = document.findall(f".//{W}tc/{W}tbl")
    assert [table.find(f"{W}tblPr/{W}bidiVisual") is not None for table in inner] == [
        False, True, False, False,  # nothing of the second is translated
    ]  # fmt: skip
    assert [len(table.findall(f"{W}tr")) for table in inner] == [3, 3, 2, 2]


def test_latex_has_a_table_in_each_language():
    source = made("latex", TABLE)
    assert source.count(r"\begin{tabular}{>{\raggedright") == 4
    assert source.count(r">{\raggedleft\arraybackslash}") == 2


def test_pages_of_paper_have_a_table_in_each_language():
    rows = pdf.data(TABLE, ExportOptions())["rows"]
    assert [[cell["dir"] for cell in row["cells"]] for row in rows] == [
        ["ltr", "rtl"], ["ltr", "ltr"],
    ]  # fmt: skip
    assert [len(cell["rows"]) for cell in rows[0]["cells"]] == [2, 2]
    assert [cell["align"] for cell in rows[0]["cells"][0]["head"]] == ["", "end", "center"]


TASKS = parallel("- [x] Done.\n- [ ] Open.\n- Plain.\n\nThen:\n\n1. One.\n2. [x] Two.\n")


@pytest.mark.parametrize("name", ["text", "markdown", "docx", "epub", "latex"])
def test_tasks_show_their_state(name):
    edition = made(name, TASKS.chosen(["en"]))
    assert [edition.count(box) for box in "☑☐"] == [2, 1]
    assert edition.index("☑") < edition.index("Done.") < edition.index("☐") < edition.index("Open.")


def test_on_a_page_the_box_of_a_task_is_its_bullet():
    page = made("html", TASKS.chosen(["en"]))
    assert re.findall('<span class="label">(.*?)</span>', page) == ["☑", "☐", "•", "1.", "2."]
    assert "☑ Two." in page


def test_quotations_inside_others_are_deeper():
    text = parallel("> One.\n>\n> > Two.\n")
    assert made("epub", text).count("<blockquote") == 3
    assert 'class="block k-quote d2' in made("html", text)
    assert r"\begin{quote}\begin{quote}" in made("latex", text)
    assert [row["depth"] for row in pdf.data(text, ExportOptions())["rows"]] == [1, 2]


NOTES = parallel(
    "One.[^private] Two.[^private] Three.[^other]\n\n[^private]: Said.\n[^lost]: Nowhere.\n",
    {"One.[^private]": "אחת.[^private]", "Said.": "נאמר."},
)


def test_marks_of_footnotes_lead_there_and_back_in_their_column():
    page = made("html", NOTES)
    places = re.findall(r' id="([^"]+)"', page)
    assert len(places) == len(set(places))
    leads = re.findall(r' href="#((?:note|ref)-[^"]+)"', page)
    assert leads
    assert set(leads) <= set(places)
    for column in "01":
        assert f'id="ref-1-{column}"' in page
        assert f'href="#ref-1-{column}"' in page
    assert '<sup dir="ltr">other</sup>' not in page  # a mark without a note has a number too


def test_marks_of_footnotes_lead_there_and_back_in_word():
    document = ET.fromstring(made("docx", NOTES))
    names = [start.get(f"{W}name") for start in document.iter(f"{W}bookmarkStart")]
    numbers = [start.get(f"{W}id") for start in document.iter(f"{W}bookmarkStart")]
    assert len(set(names)) == len(names)
    assert len(set(numbers)) == len(numbers)
    leads = {link.get(f"{W}anchor") for link in document.iter(f"{W}hyperlink")}
    assert leads == {"note_1", "mark_1"}


@pytest.mark.parametrize("name", ["text", "markdown"])
def test_a_footnote_has_a_number_and_not_its_private_label(name):
    edition = made(name, NOTES)
    assert "private" not in edition
    number, said = {
        "text": ("[1]", "[1] Said."),
        "markdown": ("<sup>1</sup>", "<sup>1</sup> Said."),
    }[name]
    assert f"One.{number}" in edition
    assert said in edition


def test_words_that_cannot_break_break_on_paper():
    """Every few characters: what is between two places is far narrower than any column."""
    word, address = "9f86d0" * 12, "https://example.org/" + "a/b-c.d" * 9
    text = parallel(f"See {word} and `{word}`, {address}.").chosen(["en"])
    latex = made("latex", text)
    assert max(map(len, re.findall("[0-9a-f]+", latex.partition("See")[2]))) <= 8
    [piece] = pdf.data(text, ExportOptions())["pieces"]
    shown = [n if isinstance(n, str) else n[1] for n in piece["nodes"]]
    assert max(map(len, " ".join(shown).split())) <= 12
    assert "".join(shown).replace("\u200b", "").startswith(f"See {word} and ")


def test_other_words_are_left_whole():
    assert r"\allowbreak" not in made("latex", parallel("Nothing here is extraordinarily long."))
