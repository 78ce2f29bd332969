"""OpenDocument texts: few codes, the same bytes, and direction as LibreOffice needs it."""

from __future__ import annotations

import re
from xml.etree import ElementTree as ET

import pytest

from archives import odt_document, unzipped, zipped
from dragoman.errors import DragomanError
from dragoman.formats import ReadOptions, odt
from dragoman.formats.audit import audit_archive
from dragoman.segment import segmenter

OPTIONS = ReadOptions(split=segmenter("en").spans, file="a.odt")


def span(text: str, style: str = "T1") -> str:
    return f'<text:span text:style-name="{style}">{text}</text:span>'


def built(data: bytes, targets: dict[str, str], locale: str = "he") -> dict[str, str]:
    document = odt.read(data, OPTIONS)
    assert set(targets) <= {unit.source for unit in document.units}
    rendering = document.render(lambda unit: targets.get(unit.source), locale)
    return unzipped(document.encode(rendering, locale))


STYLES = (
    '<style:style style:name="T1" style:family="text"><style:text-properties '
    'fo:font-weight="bold" style:font-weight-asian="bold"/></style:style>'
    '<style:style style:name="T2" style:family="text"><style:text-properties fo:language="en" '
    'fo:letter-spacing="1pt"/></style:style>'
    '<style:style style:name="T3" style:family="text"><style:text-properties fo:color="#ff0000"/>'
    "</style:style>"
    '<style:style style:name="P1" style:family="paragraph" style:parent-style-name="Standard"/>'
    '<style:style style:name="P2" style:family="paragraph" style:parent-style-name="Standard">'
    '<style:paragraph-properties fo:text-align="end"/></style:style>'
)
NOTE = (
    '<text:note text:id="n" text:note-class="footnote"><text:note-citation>1</text:note-citation>'
    "<text:note-body><text:p>A note.</text:p></text:note-body></text:note>"
)
PARAGRAPHS = {
    "spans that look the same": (f"Sa{span('me', 'T2')} wo{span('rd', 'T2')}.", ["Same word."]),
    "bold words": (f"Some {span('bold')} words.", ["Some <b>bold</b> words."]),
    "all bold": (span("All is bold. And this."), ["All is bold.", "And this."]),
    "coloured twice": (
        f"A {span('red', 'T3')} word and {span('red', 'T3')} again.",
        ["A <g1>red</g1> word and <g1>red</g1> again."],
    ),
    "a span in a span": (span(f"Red and {span('bold')}, most of it", "T3"), ["Red and <b>bold</b>, most of it"]),
    "a style of characters": (
        f"Press {span('Enter', 'Source_20_Text')} now, {span('please', 'Emphasis')}.",
        ["Press <code>Enter</code> now, <em>please</em>."],
    ),
    "signs of codes": ("1 &lt; 2 &amp; &lt;b&gt; &amp;amp;", ["1 < 2 & &lt;b> &amp;amp;"]),
    "a note": (f"Here{NOTE} it is.", ["Here<note1/> it is.", "A note."]),
    "a tab and a break": ("Name<text:tab/>Anna<text:line-break/>More", ["Name", "Anna", "More"]),
    "blanks": ("\n  One\n two<text:s/>three", ["One two three"]),
    "a number of a page": ("Page <text:page-number>2</text:page-number>", ["Page <f1>2</f1>"]),
    "a link": (
        'See <text:a xlink:href="https://example.org/">there</text:a>.',
        ['See <a href="https://example.org/">there</a>.'],
    ),
    "a field before a break": (
        "<text:title>The report</text:title><text:line-break/>of May", ["<f1>The report</f1>", "of May"],
    ),
    "a bookmark": (
        '<text:bookmark-start text:name="x"/>Some<text:bookmark-end text:name="x"/> words.', ["Some words."],
    ),
    "a comment": (
        "Words<office:annotation><text:p>Why these?</text:p></office:annotation> here.", ["Words here."],
    ),
    "no letters": ("12 %", []),
}  # fmt: skip


def body(content: str) -> bytes:
    return odt_document(f'<text:p text:style-name="P1">{content}</text:p>', STYLES)


@pytest.mark.parametrize("name", PARAGRAPHS)
def test_a_paragraph_has_few_codes(name):
    content, wanted = PARAGRAPHS[name]
    data = body(content)
    document = odt.read(data, OPTIONS)
    assert [unit.source for unit in document.units] == wanted
    assert document.encode(document.render(lambda _: None, "he"), "he") == data
    assert audit_archive(data, document) == []


@pytest.mark.parametrize("name", [name for name in PARAGRAPHS if PARAGRAPHS[name][1]])
def test_a_translation_has_the_same_texts_and_formatting(name):
    """Read again, the lines of a translation are those that were written."""
    data = body(PARAGRAPHS[name][0])
    targets = {
        source: re.sub("(?<![<&/])[a-z](?![^<]*>)", "ж", source) for source in PARAGRAPHS[name][1]
    }
    document = odt.read(data, OPTIONS)
    made = document.encode(document.render(lambda unit: targets[unit.source], "ru"), "ru")
    assert [unit.source for unit in odt.read(made, OPTIONS).units] == list(targets.values())


def test_formatting_that_a_translator_adds():
    data = body("Some words.")
    made = built(data, {"Some words.": "<b>Не</b>сколько  <i>слов</i> <zz/>."}, "ru")["content.xml"]
    assert (
        '<text:span text:style-name="dragoman_b">Не</text:span>сколько <text:s/>'
        '<text:span text:style-name="dragoman_i">слов</text:span> &lt;zz/&gt;.' in made
    )
    assert '<style:style style:name="dragoman_i"' in made


def test_comments_are_translated_by_choice():
    data = body(PARAGRAPHS["a comment"][0])
    sources = [unit.source for unit in odt.read(data, OPTIONS._replace(comments=True)).units]
    assert sources == ["Words here.", "Why these?"]


COMMON = (
    '<office:styles><style:default-style style:family="paragraph"><style:paragraph-properties '
    'style:writing-mode="page"/><style:text-properties fo:language="en" fo:country="US" '
    'style:language-complex="hi" style:country-complex="IN"/></style:default-style><style:style '
    'style:name="Title" style:family="paragraph"><style:text-properties fo:font-size="28pt" '
    'fo:font-weight="bold"/></style:style></office:styles><office:automatic-styles>'
    '<style:page-layout style:name="M"><style:page-layout-properties fo:margin-left="4cm" '
    'fo:margin-right="2cm" style:writing-mode="lr-tb"><style:footnote-sep style:adjustment="left"/></style:page-layout-properties></style:page-layout></office:automatic-styles>'
    '<office:master-styles><style:master-page style:name="Standard"><style:header><text:p>The head'
    "</text:p></style:header></style:master-page></office:master-styles>"
)


def test_direction_is_written_for_libreoffice():
    """Paragraphs, tables and pages are right-to-left, and lines begin at the right."""
    table = '<table:table table:style-name="X"><table:table-row/></table:table>'
    tables = '<style:style style:name="X" style:family="table"><style:table-properties table:align="left"/></style:style>'
    data = odt_document(f"<text:p>Version 7.10 it is.</text:p>{table}", STYLES + tables, COMMON)
    made = built(data, {"Version 7.10 it is.": "זו <b>גרסה 7.10</b> של dragoman!"})
    content, styles = made["content.xml"], made["styles.xml"]
    assert (
        'style:parent-style-name="Standard"><style:paragraph-properties style:writing-mode="rl-tb"/>'
        in content
    )
    assert (
        '<style:paragraph-properties fo:text-align="left" style:writing-mode="rl-tb"/>' in content
    )
    assert '<style:table-properties table:align="right" style:writing-mode="rl-tb"/>' in content
    assert (
        '<style:paragraph-properties style:writing-mode="rl-tb" fo:text-align="right"/>' in styles
    )
    assert 'style:language-complex="he" style:country-complex="IL"' in styles
    assert 'fo:margin-right="4cm" fo:margin-left="2cm" style:writing-mode="rl-tb"' in styles
    assert '<style:footnote-sep style:adjustment="right"/>' in styles
    assert 'style:font-weight-complex="bold" style:font-size-complex="28pt"' in styles
    assert "של dragoman\u200e!" not in content
    assert ET.fromstring(content) is not None


def test_a_document_from_right_to_left_is_turned_too():
    rtl = COMMON.replace('"page"', '"rl-tb"').replace('"lr-tb"', '"rl-tb"')
    data = odt_document("<text:p>שלום וברכה</text:p>", STYLES, rtl)
    styles = built(data, {"שלום וברכה": "Hello"}, "en")["styles.xml"]
    assert "rl-tb" not in styles
    assert 'fo:margin-right="4cm"' in styles


def test_a_document_without_styles_gets_a_direction():
    """As libraries make them."""
    data = odt_document("<text:p>Hello</text:p>", "", "<office:styles/>")
    styles = built(data, {"Hello": "שלום"})["styles.xml"]
    assert 'style:writing-mode="rl-tb"' in styles
    data = odt_document('<text:p text:style-name="P1">Hello</text:p>', STYLES)
    content = built(data, {"Hello": "שלום"})["content.xml"]
    assert 'fo:text-align="right" style:writing-mode="rl-tb"' in content


def test_all_parts_that_readers_see():
    frame = (
        "<draw:frame><draw:text-box><text:p>In a box</text:p></draw:text-box><svg:title>A map</svg:title>"
        "<svg:desc>map.png</svg:desc></draw:frame>"
    )
    data = odt_document(
        f'<text:tracked-changes><text:p>Gone</text:p></text:tracked-changes><text:h text:outline-level="2">'
        f"Head</text:h><text:p>Before{frame} and after.</text:p><text:list><text:list-item><text:list>"
        "<text:list-item><text:p>Item</text:p></text:list-item></text:list></text:list-item></text:list>"
        '<form:button form:label="Press"/>',
        STYLES,
        COMMON,
    )
    document = odt.read(data, OPTIONS)
    shown = [
        (block.kind.value, block.level, *(unit.source for unit in block.units))
        for block in document.blocks
        if block.units
    ]
    assert shown == [
        ("heading", 2, "Head"), ("paragraph", 0, "Before<image1/> and after."),
        ("paragraph", 0, "In a box"), ("paragraph", 0, "A map"), ("list item", 2, "Item"),
        ("paragraph", 0, "Press"), ("paragraph", 0, "The head"),
    ]  # fmt: skip
    assert audit_archive(data, document) == []


HOSTILE = {
    "no archive": b"Hello",
    "cut": body("Hello")[:600],
    "no content": zipped({"mimetype": "application/vnd.oasis.opendocument.text"}),
    "a sheet": zipped({"mimetype": "application/vnd.oasis.opendocument.spreadsheet", "content.xml": "<a/>"}),
    "entities": zipped({"content.xml": '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>'}),
    "attributes": zipped({"content.xml": "<a " + " ".join(f'a{n}=""' for n in range(100_000)) + "/>"}),
    "deep": zipped({"content.xml": "<a>" * 10_000 + "</a>" * 10_000}),
    "encrypted": zipped({
        "content.xml": "<a/>",
        "META-INF/manifest.xml": '<m:x xmlns:m="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"><m:encryption-data/></m:x>',
    }),
}  # fmt: skip


@pytest.mark.parametrize("name", HOSTILE)
def test_what_is_no_text_is_refused_with_one_sentence(name):
    with pytest.raises(DragomanError) as failed:
        odt.read(HOSTILE[name], OPTIONS)
    assert str(failed.value).startswith("a.odt:")
    assert "\n" not in str(failed.value)
