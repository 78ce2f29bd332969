"""Structure: what a text is made of is there in every edition: inline elements, tables, images, notes."""

from __future__ import annotations

import io
import zipfile

import pytest

from dragoman.catalogs.catalog import Catalog
from dragoman.exports import contents, export_named
from dragoman.exports.parts.export_options import ExportOptions
from dragoman.formats import Options, markdown
from dragoman.model import Parallel
from dragoman.parallel.rows import align
from dragoman.po import Entry, PoFile
from dragoman.segment import segmenter


def parallel(source: str, hebrew: dict[str, str] | None = None) -> Parallel:
    document = markdown.read(source, Options(split=segmenter("en").spans))
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
