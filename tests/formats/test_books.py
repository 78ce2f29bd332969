"""EPUB books: pages in order, contents and metadata; well-formed whatever a target says."""

from __future__ import annotations

import io
import re
import zipfile
from xml.etree import ElementTree as ET

import pytest

from archives import unzipped, zipped
from dragoman.errors import DragomanError
from dragoman.formats import ReadOptions, epub
from dragoman.formats.audit import audit_archive
from dragoman.segment import segmenter

OPTIONS = ReadOptions(split=segmenter("en").spans, file="a.epub")
_CONTAINER = (
    '<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container" version="1.0"><rootfiles>'
    '<rootfile full-path="E/a.opf" media-type="application/oebps-package+xml"/></rootfiles>'
    "</container>"
)
_DOCTYPE = '<!DOCTYPE ncx PUBLIC "-//NISO//DTD ncx 2005-1//EN" "http://www.daisy.org/z3986/2005/ncx-2005-1.dtd">'


def page(body: str, attributes: str = ' lang="en" xml:lang="en"') -> str:
    return (
        '<?xml version="1.0" encoding="utf-8"?>\n<!DOCTYPE html>\n'
        f'<html xmlns="http://www.w3.org/1999/xhtml"{attributes}>\n<head><title>A page</title>'
        f'<script src="a.js"/></head><body>{body}</body></html>\n'
    )


def book(body: str = "<p>Second.</p>", version: str = "3.0", **others: str) -> dict[str, str]:
    """The members of a book with two pages, whose files are not in the order of the spine."""
    return {
        "mimetype": "application/epub+zip",
        "META-INF/container.xml": _CONTAINER,
        "E/a.opf": (
            f'<package xmlns="http://www.idpf.org/2007/opf" version="{version}" xml:lang="en">'
            '<metadata xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>The Lamp &amp; I</dc:title>'
            "<dc:language>en</dc:language><dc:creator>A. Author</dc:creator></metadata><manifest>"
            '<item id="two" href="a%20b.xhtml" media-type="application/xhtml+xml"/>'
            '<item id="one" href="z.xhtml" media-type="application/xhtml+xml"/>'
            '<item id="nav" href="nav.xhtml" media-type="application/xhtml+xml" properties="nav"/>'
            '<item id="ncx" href="toc.ncx" media-type="application/x-dtbncx+xml"/></manifest>'
            '<spine toc="ncx"><itemref idref="one"/><itemref idref="two"/></spine></package>'
        ),
        "E/toc.ncx": (
            f'{_DOCTYPE}<ncx xmlns="http://www.daisy.org/z3986/2005/ncx/" xml:lang="en"><navMap>'
            "<navPoint><navLabel><text>Part &lt;1></text></navLabel></navPoint></navMap></ncx>"
        ),
        "E/a b.xhtml": page(body),
        "E/nav.xhtml": page('<nav><ol><li><a href="z.xhtml">Start</a></li></ol></nav>'),
        "E/z.xhtml": page("<h1>First</h1>", ""),
        **others,
    }


def built(members: dict[str, str], target: str | None = None, locale: str = "he") -> dict[str, str]:
    document = epub.read(zipped(members, "mimetype"), OPTIONS)
    rendering = document.render(lambda unit: target or unit.source.upper(), locale)
    return unzipped(document.encode(rendering, locale))


def test_pages_come_in_the_order_of_the_spine():
    document = epub.read(zipped(book()), OPTIONS)
    assert [unit.source for unit in document.units] == [
        "The Lamp & I", "Part <1>", "A page", "First", "A page", "Second.", "A page",
        '<a href="z.xhtml">Start</a>',
    ]  # fmt: skip
    assert document.title == "The Lamp & I"


def test_a_book_without_a_translation_is_the_same():
    data = zipped(book(), "mimetype")
    document = epub.read(data, OPTIONS)
    assert document.encode(document.render(lambda _: None, "he"), "he") == data


def test_language_and_direction_are_set():
    made = built(book(), "שלום")
    assert 'version="3.0" xml:lang="he" dir="rtl"' in made["E/a.opf"]
    assert "<dc:language>he</dc:language><dc:creator>A. Author<" in made["E/a.opf"]
    assert '<spine toc="ncx" page-progression-direction="rtl">' in made["E/a.opf"]
    assert 'lang="he" xml:lang="he" dir="rtl">' in made["E/a b.xhtml"]
    assert 'xhtml" xml:lang="he" lang="he" dir="rtl">' in made["E/z.xhtml"]
    assert 'lang="he" xml:lang="he" dir="rtl">' in made["E/nav.xhtml"]
    assert made["E/toc.ncx"].startswith(_DOCTYPE)
    assert "<text>שלום</text>" in made["E/toc.ncx"]


def test_epub_2_has_no_direction_of_pages():
    made = built(book(version="2.0"), "שלום")
    assert "progression" not in made["E/a.opf"]
    assert 'dir="' not in made["E/a.opf"]
    assert 'xhtml" xml:lang="he" dir="rtl">' in made["E/z.xhtml"]


def test_a_book_from_right_to_left_is_turned():
    members = book()
    members["E/a.opf"] = members["E/a.opf"].replace(
        "<spine", '<spine page-progression-direction="rtl"'
    )
    members["E/z.xhtml"] = page("<p>First</p>", ' dir="rtl"')
    made = built(members, "Слово", "ru")
    assert 'page-progression-direction="ltr"' in made["E/a.opf"]
    assert 'dir="ltr"' in made["E/z.xhtml"]


@pytest.mark.parametrize(
    ("target", "written"),
    [
        ("R&D <i>a", "R&amp;D <i>a</i>"),
        ("a</i> < b > c", "a&lt;/i> &lt; b > c"),
        ("a<br>b<img src='x'>", "a<br/>b<img src='x'/>"),
        ("a&nbsp;&mdash;&lt;b&bogus;", "a\xa0—&lt;b&amp;bogus;"),
        ("<b><i>a</b></i>", "<b><i>a</i></b>&lt;/i>"),
        ('<a href="x?a&b">c</a>', '<a href="x?a&amp;b">c</a>'),
        ("a\x00\x0b]]>", "a��]]>"),
        ("<!-- a --> <p", "<!-- a --> &lt;p"),
    ],
)
def test_pages_are_well_formed_whatever_a_target_says(target, written):
    made = built(book("<p>Second.</p>"), target)
    assert f"<p>{written}</p>" in made["E/a b.xhtml"]
    for name, text in made.items():
        if name.endswith((".xhtml", ".opf", ".ncx")):
            ET.fromstring(re.sub(r"\]\]>", "", text))


def test_empty_elements_of_xml():
    """`<script/>`, `<title/>` and anchors have no content, and what follows is read."""
    body = '<a id="x"/><p>One.</p><p><m:math><m:mtext>n</m:mtext></m:math></p><pre/><p title="A title">Two <span/>words.</p>'
    document = epub.read(zipped(book(body)), OPTIONS)
    sources = [unit.source for unit in document.units]
    assert sources[5:8] == ["One.", "A title", "Two <span/>words."]


def test_the_archive_keeps_its_order_and_its_first_member():
    data = zipped(book(), "mimetype")
    document = epub.read(data, OPTIONS)
    made = document.encode(document.render(lambda _: "x y", "ru"), "ru")
    with zipfile.ZipFile(io.BytesIO(made)) as archive:
        first = archive.infolist()[0]
        assert archive.namelist() == list(book())
    assert (first.filename, first.compress_type) == ("mimetype", zipfile.ZIP_STORED)
    assert made[30:58] == b"mimetypeapplication/epub+zip"


def test_the_audit_counts_words_of_pages():
    data = zipped(book("<p>Second.</p><svg><text>Hidden</text></svg>"))
    assert audit_archive(data, epub.read(data, OPTIONS)) == []
    other = epub.read(zipped(book("<p>Other.</p>")), OPTIONS)
    assert [one.words for one in audit_archive(data, other)] == [("second",)]


_LOCKED = (
    '<encryption xmlns:enc="http://www.w3.org/2001/04/xmlenc#"><enc:CipherReference '
    'URI="E/z.xhtml"/></encryption>'
)
HOSTILE = {
    "no archive": b"Hello",
    "no container": zipped({"mimetype": "application/epub+zip"}),
    "no package": zipped({**book(), "META-INF/container.xml": "<container/>"}),
    "copy protection": zipped({**book(), "META-INF/encryption.xml": _LOCKED}),
    "an entity": zipped({**book(), "E/toc.ncx": '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'}),
    "not in UTF-8": zipped({**book(), "E/z.xhtml": b"<p>\xff</p>"}),
    "another encoding": zipped(
        {**book(), "E/z.xhtml": '<?xml version="1.0" encoding="koi8-r"?><p/>'}
    ),
    "a NUL": zipped({**book(), "E/z.xhtml": "<p>\0\n</p>"}),
    "a million attributes": zipped(
        {**book(), "E/z.xhtml": "<p " + " ".join(f'a{n}="1"' for n in range(1_000_000)) + "/>"}
    ),
    "out of the archive": zipped({**book(), "../a": ""}),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_what_is_no_book_is_refused(name):
    with pytest.raises(DragomanError) as refused:
        epub.read(HOSTILE[name], OPTIONS)
    assert refused.value.exit_code == 2
    assert str(refused.value).startswith("a.epub")
    assert refused.value.how_to_fix
