"""Presentations: few codes, the same bytes, all parts that are shown, and direction as PowerPoint needs it."""

from __future__ import annotations

import re

import pytest

from archives import R, presentation, unzipped, zipped
from dragoman.errors import DragomanError
from dragoman.formats import ReadOptions, pptx
from dragoman.formats.audit import audit_archive
from dragoman.segment import segmenter

OPTIONS = ReadOptions(split=segmenter("en").spans, file="a.pptx")


def run(text: str, look: str = "", inner: str = "") -> str:
    return f'<a:r><a:rPr lang="en-US" dirty="0" {look}>{inner}</a:rPr><a:t>{text}</a:t></a:r>'


def shape(content: str, holder: str = "") -> str:
    place = f'<p:nvSpPr><p:nvPr><p:ph type="{holder}"/></p:nvPr></p:nvSpPr>' if holder else ""
    return f"<p:sp>{place}<p:txBody><a:bodyPr rtlCol='0'/>{content}</p:txBody></p:sp>"


def built(data: bytes, targets: dict[str, str], locale: str = "he") -> dict[str, str]:
    document = pptx.read(data, OPTIONS)
    assert set(targets) <= {unit.source for unit in document.units}
    rendering = document.render(lambda unit: targets.get(unit.source), locale)
    return unzipped(document.encode(rendering, locale))


OWN = "Our society"
"""What the master shows."""
RED = '<a:solidFill><a:srgbClr val="FF0000"/></a:solidFill>'
PARAGRAPHS = {
    "runs that look the same": (run("Sa") + '<a:r><a:rPr lang="en-GB"/><a:t>me</a:t></a:r>' + run(" word."), ["Same word."]),
    "bold words": (run("Some ") + run("bold", 'b="1"') + run(" words."), ["Some <b>bold</b> words."]),
    "raised": (run("10") + run("th", 'baseline="30000"') + run(" of May"), ["10<sup>th</sup> of May"]),
    "coloured": (run("A ") + run("red", "", RED) + run(" word."), ["A <g1>red</g1> word."]),
    "a break and a tab": (run("Name\tAnna") + "<a:br><a:rPr/></a:br>" + run("More"), ["Name", "Anna", "More"]),
    "a number": (run("Page ") + '<a:fld id="{1}" type="slidenum"><a:rPr/><a:t>2</a:t></a:fld>' + run(" of ten"), ["Page <f1/> of ten"]),
    "an end": (run("The end.") + '<a:endParaRPr lang="en-US" b="1"/>', ["The end."]),
    "signs of codes": (run("1 &lt; 2 &amp; &lt;b&gt;"), ["1 < 2 & &lt;b>"]),
    "no letters": (run("12 %"), []),
}  # fmt: skip


@pytest.mark.parametrize("name", PARAGRAPHS)
def test_a_paragraph_has_few_codes(name):
    content, wanted = PARAGRAPHS[name]
    data = presentation(shape(f"<a:p>{content}</a:p>"))
    document = pptx.read(data, OPTIONS)
    assert [unit.source for unit in document.units] == [*wanted, OWN]
    assert document.encode(document.render(lambda _: None, "he"), "he") == data
    assert audit_archive(data, document) == []
    targets = {
        source: re.sub("(?<![<&/])[a-z](?![^<]*>)", "ж", source) for source in [*wanted, OWN]
    }
    made = document.encode(document.render(lambda unit: targets[unit.source], "ru"), "ru")
    assert [unit.source for unit in pptx.read(made, OPTIONS).units] == list(targets.values())


def test_direction_is_written_for_powerpoint():
    """Paragraphs and tables are right-to-left, and sides of alignment change."""
    table = "<a:tbl><a:tblPr firstRow='1'/><a:tr><a:tc><a:txBody><a:p/></a:txBody></a:tc></a:tr></a:tbl>"
    font = '<a:latin typeface="Arial"/>'
    data = presentation(
        shape(f'<a:lstStyle><a:lvl1pPr algn="l"/></a:lstStyle><a:p><a:pPr lvl="1" algn="r"><a:buNone/></a:pPr>{run("Hello", "", font)}</a:p>')
        + shape(f"<a:p>{run('World')}</a:p>") + table,
    )  # fmt: skip
    made = built(data, {"Hello": "<b>שלום</b>", "World": "עולם AQ-7!"})
    slide = made["ppt/slides/slide1.xml"]
    assert '<a:lvl1pPr algn="r" rtl="1"/>' in slide
    assert '<a:pPr lvl="1" algn="l" rtl="1"><a:buNone/></a:pPr>' in slide
    assert "<a:tblPr firstRow='1' rtl=\"1\"/>" in slide
    assert "<a:bodyPr rtlCol='1'/>" in slide
    assert (
        '<a:rPr lang="he-IL" b="1"><a:latin typeface="Arial"/><a:cs typeface="Arial"/></a:rPr>'
        in slide
    )
    assert (
        '<a:p><a:pPr rtl="1"/><a:r><a:rPr lang="he-IL"/><a:t>עולם AQ-7\u200e!</a:t></a:r></a:p>'
        in slide
    )
    assert '<a:lvl1pPr algn="r" rtl="1"/>' in made["ppt/slideMasters/slideMaster1.xml"]
    assert '<a:lvl1pPr algn="ctr" rtl="1"/>' in made["ppt/slideMasters/slideMaster1.xml"]
    again = pptx.read(zipped(made), OPTIONS)
    back = unzipped(again.encode(again.render(lambda _: "Hello", "en"), "en"))
    assert 'rtl="1"' not in back["ppt/slides/slide1.xml"]


def test_a_link_keeps_its_address():
    """It is a property of each of its runs."""
    link = '<a:hlinkClick r:id="rId9"/>'
    look = f'<a:rPr lang="en-US" b="1">{link}</a:rPr>'
    content = run("See ") + f"<a:r>{look}<a:t>the</a:t></a:r>" + run(" gard", "", link) + run("en.")
    members = unzipped(presentation(shape(f"<a:p>{content}</a:p>")))
    name = "ppt/slides/_rels/slide1.xml.rels"
    members[name] = members[name].replace(
        "</Relationships>",
        f'<Relationship Id="rId9" Type="{R}/hyperlink" Target="https://example.org/" TargetMode="External"/></Relationships>',
    )
    data = zipped(members)
    source = 'See <a href="https://example.org/"><b>the</b> gard</a>en.'
    assert pptx.read(data, OPTIONS).units[0].source == source
    made = built(data, {source: '<a href="https://example.org/">Сад</a> там.'}, "ru")
    assert (
        f'<a:rPr lang="ru-RU">{link}</a:rPr><a:t>Сад</a:t></a:r><a:r><a:rPr lang="ru-RU"/><a:t> там.'
        in (made["ppt/slides/slide1.xml"])
    )


def test_all_parts_that_are_shown():
    """Titles, notes, charts, diagrams with their drawing, and shapes of the master that are no prompts."""
    data = presentation(
        shape(f"<a:p>{run('The garden')}</a:p>", "ctrTitle")
        + '<p:pic><p:nvPicPr><p:cNvPr id="4" name="x" descr="A map"/></p:nvPicPr></p:pic>',
        notesSlide=shape(f"<a:p>{run('Say thanks.')}</a:p>"),
        chart=f"<c:title><a:p>{run('Harvest')}</a:p></c:title><c:strCache><c:pt><c:v>Mint</c:v></c:pt></c:strCache>",
        diagramData=f"<a:p>{run('A step')}</a:p>",
        diagramDrawing="<a:p>" + run("A step", "sz='1200'") + "</a:p>",
    )
    document = pptx.read(data, OPTIONS)
    sources = [unit.source for unit in document.units]
    assert sources == [
        "The garden", "A map", "Harvest", "Mint", "A step", "Say thanks.", "Our society",
    ]  # fmt: skip
    assert document.title == "The garden"
    made = unzipped(document.encode(document.render(lambda unit: unit.source.upper(), "ru"), "ru"))
    assert "A STEP" in made["ppt/diagramDrawing1.xml"]
    assert "Click to edit" in made["ppt/slideMasters/slideMaster1.xml"]


HOSTILE = {
    "no archive": b"Hello",
    "cut": presentation("")[:500],
    "no main part": zipped({"[Content_Types].xml": "<Types/>"}),
    "entities": zipped({
        **unzipped(presentation("")),
        "ppt/presentation.xml": '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>',
    }),
    "a document of Word": zipped({**unzipped(presentation("")), "ppt/presentation.xml": "<w/>"}),
}  # fmt: skip


@pytest.mark.parametrize("name", HOSTILE)
def test_what_is_no_presentation_is_refused_with_one_sentence(name):
    with pytest.raises(DragomanError) as failed:
        pptx.read(HOSTILE[name], OPTIONS)
    assert str(failed.value).startswith("a.pptx:")
    assert "\n" not in str(failed.value)
