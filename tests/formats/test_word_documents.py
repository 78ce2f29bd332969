"""Word documents: few codes, the same bytes, and direction as Word needs it."""

from __future__ import annotations

import io
import re
import zipfile
from xml.etree import ElementTree as ET

import pytest

from archives import W, unzipped, word, zipped
from dragoman.errors import DragomanError
from dragoman.formats import ReadOptions, docx
from dragoman.formats.audit import audit_archive
from dragoman.segment import segmenter

OPTIONS = ReadOptions(split=segmenter("en").spans, file="a.docx")
HEBREW = re.compile("[\u05d0-\u05ea]")


def run(text: str, look: str = "") -> str:
    return f'<w:r w:rsidR="1"><w:rPr>{look}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def field(code: str, result: str) -> str:
    marks = [f'<w:r><w:fldChar w:fldCharType="{k}"/></w:r>' for k in ("begin", "separate", "end")]
    return f"{marks[0]}<w:r><w:instrText>{code}</w:instrText></w:r>{marks[1]}{result}{marks[2]}"


def lines(body: str, **parts: str) -> list[str]:
    return [unit.source for unit in docx.read(word(body, **parts), OPTIONS).units]


def built(data: bytes, targets: dict[str, str], locale: str = "he") -> dict[str, str]:
    document = docx.read(data, OPTIONS)
    assert set(targets) <= {unit.source for unit in document.units}
    rendering = document.render(lambda unit: targets.get(unit.source), locale)
    return unzipped(document.encode(rendering, locale))


BOLD, SIZE = "<w:b/>", '<w:sz w:val="40"/>'
NOTE = '<w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr><w:footnoteReference w:id="2"/></w:r>'
PARAGRAPHS = {
    "runs that look the same": (
        run("Sa", '<w:lang w:val="en-GB"/>') + '<w:proofErr w:type="spellStart"/>'
        + run("me", "<w:noProof/>") + run(" word.", '<w:spacing w:val="-2"/>'),
        ["Same word."],
    ),
    "bold words": (run("Some ") + run("bold", BOLD) + run(" words."), ["Some <b>bold</b> words."]),
    "all bold": (run("All is bold. And this.", BOLD), ["All is bold.", "And this."]),
    "most letters are bold": (
        run("Nearly all is bold", BOLD) + run(" here."),
        ["Nearly all is bold<g1> here.</g1>"],
    ),
    "a bold blank": (run("Two") + run(" ", BOLD) + run("words."), ["Two words."]),
    "one more formatting twice": (
        run("Big ") + run("A", SIZE) + run(" and then ") + run("B", SIZE) + run(" letters."),
        ["Big <g1>A</g1> and then <g1>B</g1> letters."],
    ),
    "a style of characters": (
        run("Press ") + run("Enter", '<w:rStyle w:val="VerbatimChar"/>') + run(" now."),
        ["Press <code>Enter</code> now."],
    ),
    "signs of codes": (run("1 &lt; 2 &amp; &lt;b&gt; &amp;amp;"), ["1 < 2 & &lt;b> &amp;amp;"]),
    "signs of codes over runs": (run("a &lt;") + run("b", "<w:i/>") + run("&gt; is here"), ["a <<i>b</i>> is here"]),
    "a note in the middle": (run("Here") + NOTE + run(" it is."), ["Here<note1/> it is."]),
    "a note at the end": (run("Here it is.") + NOTE, ["Here it is."]),
    "a tab and a break": (
        "<w:r><w:t>Name</w:t><w:tab/><w:t>Anna</w:t><w:br/><w:t>More</w:t></w:r>",
        ["Name", "Anna", "More"],
    ),
    "a number of a page": (run("Page ") + field("PAGE", run("2")), ["Page <f1>2</f1>"]),
    "a field that is a link": (
        run("See ") + field('HYPERLINK "https://example.org/"', run("there", "<w:u/>")) + run("."),
        ['See <a href="https://example.org/">there</a>.'],
    ),
    "a field around everything": (field("TITLE", run("The report")), ["The report"]),
    "a field inside the code of another": (
        run("If ") + field("IF " + "</w:instrText></w:r>" + field("PAGE", run("x"))
        + "<w:r><w:instrText>", run("so")) + run(" it is."),
        ["If <f1>so</f1> it is."],
    ),
    "a caption": (
        '<w:bookmarkStart w:id="1" w:name="_Ref"/>' + run("Figure ") + field("SEQ Figure", run("1"))
        + '<w:bookmarkEnd w:id="1"/>' + run(": A map"),
        ["Figure <f1>1</f1>: A map"],
    ),
    "a link around everything": (
        '<w:hyperlink w:anchor="x">' + run("A link") + "</w:hyperlink>", ["A link"],
    ),
    "tracked changes": (
        '<w:del w:id="1"><w:r><w:delText>Old</w:delText></w:r></w:del><w:ins w:id="2">'
        + run("New") + "</w:ins>" + run(" text."),
        ["New text."],
    ),
    "a content control": (
        run("Dear ") + "<w:sdt><w:sdtPr/><w:sdtContent>" + run("Anna") + "</w:sdtContent></w:sdt>"
        + run(", hello."),
        ["Dear <x1>Anna</x1>, hello."],
    ),
    "smart tags": (run("In ") + "<w:smartTag>" + run("Baku") + "</w:smartTag>" + run("."), ["In Baku."]),
    "a hyphen that does not break": (
        "<w:r><w:t>A</w:t><w:noBreakHyphen/><w:t>Z so</w:t><w:softHyphen/><w:t>ft</w:t></w:r>",
        ["A\u2011Z soft"],
    ),
    "a formula": (run("So ") + "<m:oMath><m:r><m:t>xy</m:t></m:r></m:oMath>" + run(" holds."), ["So <math1/> holds."]),
    "a comment": (
        '<w:commentRangeStart w:id="0"/>' + run("Words") + '<w:commentRangeEnd w:id="0"/><w:r>'
        '<w:commentReference w:id="0"/></w:r>' + run(" here."),
        ["Words here."],
    ),
    "outer blanks that Word drops": ("<w:r><w:t>  a b\nc </w:t></w:r>", ["a b c"]),
    "no letters": (run("12 %"), []),
}  # fmt: skip


@pytest.mark.parametrize("name", PARAGRAPHS)
def test_a_paragraph_has_few_codes(name):
    content, wanted = PARAGRAPHS[name]
    data = word(f"<w:p>{content}</w:p>")
    document = docx.read(data, OPTIONS)
    assert [unit.source for unit in document.units] == wanted
    assert document.encode(document.render(lambda _: None, "he"), "he") == data


@pytest.mark.parametrize("name", [name for name in PARAGRAPHS if PARAGRAPHS[name][1]])
def test_a_translation_has_the_same_elements(name):
    """Everything but runs and texts is there again, once."""
    data = word(f"<w:p>{PARAGRAPHS[name][0]}</w:p>")
    targets = {
        source: re.sub("(?<![<&/])[a-z](?![^<]*>)", "ж", source) for source in PARAGRAPHS[name][1]
    }
    made = built(data, targets, "ru")["word/document.xml"]
    assert _shape(made) == _shape(unzipped(data)["word/document.xml"])
    assert "ж" in made


_LEFT_OUT = {"r", "rPr", "t", "proofErr", "del", "ins", "smartTag", "softHyphen", "lang", "noProof", "spacing", "b", "sz", "i", "u", "rStyle", "delText"}  # fmt: skip


def _shape(xml: str) -> list[str]:
    names = [element.tag.rpartition("}")[2] for element in ET.fromstring(xml).iter()]
    return sorted(name for name in names if name not in _LEFT_OUT)


def test_a_bookmark_encloses_the_number_of_a_caption():
    """A cross-reference repeats what is inside."""
    data = word(f"<w:p>{PARAGRAPHS['a caption'][0]}</w:p>")
    made = built(data, {"Figure <f1>1</f1>: A map": "Рисунок <f1>1</f1>: Карта"}, "ru")
    inside = made["word/document.xml"].split("bookmarkStart")[1].split("bookmarkEnd")[0]
    assert "Рисунок" in inside
    assert "Карта" not in inside


def test_a_link_keeps_its_address():
    link = f'<w:p>{run("See ")}<w:hyperlink r:id="rId7">{run("it", "<w:u/>")}</w:hyperlink>{run(".")}</w:p>'
    data = word(link, {"rId7": "https://example.org/?a=1&amp;b=2"})
    source = 'See <a href="https://example.org/?a=1&b=2">it</a>.'
    assert [unit.source for unit in docx.read(data, OPTIONS).units] == [source]
    target = 'Смотри <a href="https://example.org/?a=1&b=2">здесь</a>.'
    made = built(data, {source: target}, "ru")["word/document.xml"]
    assert re.search(
        r'<w:hyperlink r:id="rId7"><w:r><w:rPr><w:u/>.*здесь</w:t></w:r></w:hyper', made
    )


def test_codes_that_translators_break():
    """A code that is lost, repeated or unknown leaves a document that opens."""
    source = "Some <b>bold</b> words<note1/> and more."
    data = word(
        f"<w:p>{run('Some ')}{run('bold', BOLD)}{run(' words')}{NOTE}{run(' and more.')}</w:p>"
    )
    for target in (
        "א",
        "א</b>",
        "<b>א",
        "<i>א</b></i>",
        "<x9>א</x9> <zz/> </p><w:p>",
        "א\0\x0b&#0;",
    ):
        made = built(data, {source: target})["word/document.xml"]
        assert HEBREW.search("".join(ET.fromstring(made).itertext())), target
        assert made.count("<w:p>") == 1


TABLE = (
    "<w:tbl><w:tblPr><w:tblStyle w:val='x'/><w:tblW w:w='0'/></w:tblPr><w:tr><w:tc><w:p>"
    + run("Name") + "</w:p></w:tc><w:tc><w:p/></w:tc></w:tr></w:tbl>"
)  # fmt: skip
DIRECTED = (
    "<w:p><w:pPr><w:keepNext/><w:jc w:val='right'/><w:rPr><w:b/><w:lang w:val='en'/></w:rPr>"
    "</w:pPr>" + run("It is ") + run("version 7.10", f'{BOLD}<w:rFonts w:ascii="Arial"/>{SIZE}')
    + run(" of dragoman, 50% done.") + "</w:p>" + TABLE + "<w:p><w:pPr><w:sectPr><w:cols/><w:docGrid/>"
    "</w:sectPr></w:pPr></w:p><w:p/>"
)  # fmt: skip
TARGETS = {
    "It is <g1>version 7.10</g1> of dragoman, 50% done.": "זו <g1>גרסה 7.10</g1> של dragoman, 50% הושלמו.",
    "Name": "שם",
}


def test_direction_is_written_for_word():
    """Paragraphs, tables and sections are right-to-left; runs are, if their letters are."""
    xml = built(word(DIRECTED), TARGETS)["word/document.xml"]
    root = ET.fromstring(xml)
    paragraphs = [p for p in root.iter(f"{{{W}}}p") if len(p)]
    assert all(p.find(f"{{{W}}}pPr/{{{W}}}bidi") is not None for p in paragraphs)
    assert "<w:keepNext/><w:bidi/><w:jc w:val='end'/>" in xml
    assert "<w:b/><w:rtl/><w:lang w:val='en'/>" in xml  # of the paragraph mark
    assert "<w:tblStyle w:val='x'/><w:bidiVisual/><w:tblW" in xml
    assert "<w:sectPr><w:cols/><w:bidi/><w:docGrid/></w:sectPr>" in xml
    assert "<w:sectPr><w:bidi/></w:sectPr>" in xml
    for one in root.iter(f"{{{W}}}r"):
        text = "".join(t.text or "" for t in one.iter(f"{{{W}}}t"))
        rtl = one.find(f"{{{W}}}rPr/{{{W}}}rtl") is not None
        assert rtl == bool(HEBREW.search(text)) or not re.search(r"\w", text), text
    bold = '<w:rFonts w:ascii="Arial" w:cs="Arial"/><w:b/><w:bCs/><w:sz w:val="40"/>'
    assert f'{bold}<w:szCs w:val="40"/><w:rtl/><w:lang w:bidi="he-IL"/>' in xml


def test_a_document_from_right_to_left_is_turned_too():
    """From Hebrew to English."""
    body = "<w:p><w:pPr><w:bidi/></w:pPr>" + run("שלום וברכה", "<w:bCs/><w:rtl/>") + "</w:p>"
    xml = built(word(body), {"שלום וברכה": "Hello"}, "en")["word/document.xml"]
    assert "bidi/>" not in xml
    assert "rtl" not in xml
    assert '<w:r><w:rPr><w:b/><w:lang w:val="en-US"/></w:rPr><w:t xml:space="preserve">Hello' in xml


def test_styles_and_settings_follow_the_locale():
    styles = (
        '<w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:asciiTheme="minorHAnsi"/>'
        '<w:lang w:val="en-US" w:bidi="ar-SA"/></w:rPr></w:rPrDefault></w:docDefaults>'
        '<w:style w:styleId="a"><w:rPr><w:b/><w:sz w:val="32"/></w:rPr></w:style>'
    )
    data = word(
        f"<w:p>{run('Hello')}</w:p>", styles=styles, settings='<w:themeFontLang w:val="en-US"/>'
    )
    hebrew, russian = (
        built(data, {"Hello": said}, at) for at, said in (("he", "שלום"), ("ru", "Привет"))
    )
    assert 'w:cstheme="minorBidi"' in hebrew["word/styles.xml"]
    assert '<w:lang w:val="en-US" w:bidi="he-IL"/>' in hebrew["word/styles.xml"]
    assert '<w:b/><w:bCs/><w:sz w:val="32"/><w:szCs w:val="32"/>' in hebrew["word/styles.xml"]
    assert '<w:themeFontLang w:val="en-US" w:bidi="he-IL"/>' in hebrew["word/settings.xml"]
    assert '<w:lang w:val="ru-RU" w:bidi="ar-SA"/>' in russian["word/styles.xml"]
    assert "bCs" not in russian["word/styles.xml"]


def test_all_parts_that_readers_see():
    """Headers, footers, notes, text boxes, alternative texts and words before numbers."""
    box = (
        "<w:r><mc:AlternateContent><mc:Choice Requires='wps'><w:drawing><wp:docPr id='1' "
        "descr='A map &amp; a key' title='map.png'/><w:txbxContent><w:p>{0}</w:p></w:txbxContent>"
        "</w:drawing></mc:Choice><mc:Fallback><w:pict><w:txbxContent><w:p>{0}</w:p>"
        "</w:txbxContent></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
    ).format(run("In a box"))
    data = word(
        f"<w:p>{run('Before')}{box}{run(' and after.')}</w:p>",
        header1=f"<w:p>{run('The head')}</w:p>",
        footnotes=f'<w:footnote w:id="2"><w:p><w:r><w:footnoteRef/></w:r>{run(" A note.")}</w:p></w:footnote>',
        numbering='<w:abstractNum><w:lvl><w:lvlText w:val="Article %1."/></w:lvl></w:abstractNum>',
    )
    document = docx.read(data, OPTIONS)
    sources = [unit.source for unit in document.units]
    assert sources == [
        "Before<image1/> and after.", "A map & a key", "In a box", "The head", "A note.", "Article %1.",
    ]  # fmt: skip
    made = unzipped(
        document.encode(
            document.render(lambda unit: unit.source.upper().replace("IMAGE1", "image1"), "ru"),
            "ru",
        )
    )
    assert made["word/document.xml"].count("IN A BOX") == 2
    assert "descr='A MAP &amp; A KEY' title='map.png'" in made["word/document.xml"]
    assert 'w:val="ARTICLE %1."' in made["word/numbering.xml"]
    assert audit_archive(data, document) == []


def test_comments_are_translated_by_choice():
    data = word(
        f"<w:p>{run('Words')}</w:p>",
        comments=f"<w:comment><w:p>{run('Why these?')}</w:p></w:comment>",
    )
    assert [unit.source for unit in docx.read(data, OPTIONS).units] == ["Words"]
    chosen = docx.read(data, OPTIONS._replace(comments=True))
    assert [unit.source for unit in chosen.units] == ["Words", "Why these?"]


def test_the_audit_finds_what_is_left_out():
    data = word(f"<w:p>{run('Words that are seen.')}</w:p>")
    other = docx.read(word(f"<w:p>{run('Words that')}</w:p>"), OPTIONS)
    assert [one.words for one in audit_archive(data, other)] == [("are", "seen")]


def test_a_prefix_of_ones_own():
    """Names of WordprocessingML need not begin with `w:`."""
    with_other = word(f"<w:p>{run('Hello')}</w:p>")
    members = unzipped(with_other)
    members["word/document.xml"] = (
        members["word/document.xml"].replace("w:", "x:").replace("xmlns:w=", "xmlns:x=")
    )
    made = built(zipped(members), {"Hello": "שלום"})["word/document.xml"]
    assert "שלום" in "".join(t.text or "" for t in ET.fromstring(made).iter(f"{{{W}}}t"))


def test_headings_lists_and_cells():
    styles = (
        '<w:style w:type="paragraph" w:styleId="H"><w:name w:val="heading 2"/></w:style>'
        '<w:style w:type="paragraph" w:styleId="Own"><w:basedOn w:val="H"/></w:style>'
    )
    body = "".join(
        f"<w:p><w:pPr>{properties}</w:pPr>{run('Words')}</w:p>"
        for properties in ('<w:pStyle w:val="Own"/>', "<w:numPr><w:ilvl w:val='1'/></w:numPr>", "")
    )
    blocks = docx.read(
        word(body + TABLE.replace("<w:p/>", f"<w:p>{run('613')}</w:p>"), styles=styles), OPTIONS
    ).blocks
    shown = [
        (block.kind.value, block.level, block.first)
        for block in blocks
        if block.kind.value != "skeleton"
    ]
    assert shown == [
        ("heading", 2, False), ("list item", 2, False), ("paragraph", 0, False),
        ("table cell", 1, True), ("table cell", 1, False),
    ]  # fmt: skip


def _bad(change: str) -> bytes:
    members = dict(unzipped(word(f"<w:p>{run('Hello')}</w:p>")))
    members["word/document.xml"] = change
    return zipped(members)


_ROOT = f'<w:document xmlns:w="{W}"><w:body>'
HOSTILE = {
    "no archive": b"Hello",
    "nothing": b"",
    "cut off": word(f"<w:p>{run('Hello')}</w:p>")[:-40],
    "cut in the middle": word(f"<w:p>{run('Hello')}</w:p>")[:600],
    "an entity": _bad('<!DOCTYPE x [<!ENTITY a "b">]>' + _ROOT + "&a;</w:body></w:document>"),
    "a file from outside": _bad(
        '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>'
        + _ROOT
        + "&a;</w:body></w:document>"
    ),
    "nested deep": _bad(_ROOT + "<w:p>" * 10_000),
    "a million attributes": _bad(
        "<w:document " + " ".join(f'a{n}="1"' for n in range(1_000_000)) + "/>"
    ),
    "a bomb": zipped({"word/document.xml": b" " * (100 << 20)}),
    "too many paragraphs": word("<w:p/>" * 30 + "<w:p><w:r/></w:p>" * 25_000),
    "too many elements": _bad(
        _ROOT + "<w:p>" + "".join(f'<w:r w:x="{n * n}"/>' for n in range(600_001)) + "</w:p>"
    ),
    "no main part": zipped({"[Content_Types].xml": "<Types/>"}),
    "a table": zipped(
        {"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": "<a/>"}
    ),
    "not closed": _bad(_ROOT + "<w:p>"),
    "not in UTF-8": _bad(f"<?xml version='1.0' encoding='latin-1'?>{_ROOT}"),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_what_is_no_document_is_refused(name):
    with pytest.raises(DragomanError) as refused:
        docx.read(HOSTILE[name], OPTIONS)
    assert refused.value.exit_code == 2
    assert str(refused.value).startswith("a.docx")
    assert refused.value.how_to_fix


def test_members_keep_their_place_and_their_bytes():
    """Only members with translations change; the archive has the same order and dates."""
    data = word(f"<w:p>{run('Hello')}</w:p>", header1=f"<w:p>{run('12')}</w:p>")
    document = docx.read(data, OPTIONS)
    made = document.encode(document.render(lambda _: "Привет", "ru"), "ru")
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(io.BytesIO(made)) as new:
        assert old.namelist() == new.namelist()
        assert [e.date_time for e in old.infolist()] == [e.date_time for e in new.infolist()]
        changed = [name for name in old.namelist() if old.read(name) != new.read(name)]
    assert changed == ["word/document.xml"]
