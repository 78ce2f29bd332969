"""Small whole projects whose texts are archives, each built to Hebrew."""

from __future__ import annotations

import re
import shutil
import subprocess
from xml.etree import ElementTree as ET

import pytest

from archives import W, odt_document, presentation, unzipped, word, workbook, zipped
from conftest import EPUBCHECK, Place, Run, needs_epubcheck
from dragoman import po

HEBREW = re.compile("[\u05d0-\u05ea]")
SETTINGS = 'name = "office"\nlocales = ["he"]\n'


def done(place: Place, *arguments: str) -> Run:
    """Run a command that must succeed."""
    result = place.run(*arguments)
    assert result.code == 0, result
    return result


def fill(place: Place, text: str, targets: dict[str, str]) -> None:
    """Write translations into a catalog, as an editor does."""
    path = place.root / f"locales/he/LC_MESSAGES/{text}.po"
    content = path.read_text("utf-8")
    for source, target in targets.items():
        quoted = source.replace('"', '\\"')
        before = f'msgid "{quoted}"\nmsgstr ""'
        assert before in content, source
        content = content.replace(before, before[:-1] + target.replace('"', '\\"') + '"')
    path.write_bytes(content.encode())
    po.parse(path.read_bytes())


def run(text: str, look: str = "") -> str:
    return f'<w:r><w:rPr>{look}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def paragraph(inner: str, style: str = "") -> str:
    properties = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>' if style else ""
    return f"<w:p>{properties}{inner}</w:p>"


def row(*cells: str) -> str:
    inner = "".join(f"<w:tc><w:tcPr/>{paragraph(run(cell))}</w:tc>" for cell in cells)
    return f"<w:tr>{inner}</w:tr>"


NOTE = '<w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr><w:footnoteReference w:id="2"/></w:r>'
BORDERS = "".join(
    f'<w:{side} w:val="single" w:sz="4"/>'
    for side in ("top", "left", "bottom", "right", "insideH", "insideV")
)
REPORT = word(
    paragraph(run("The garden in its third year"), "Heading1")
    + paragraph(
        run("The garden has ") + run("forty", "<w:b/>") + run(" beds")
        + NOTE + run(" and a pump of type AQ-7. Last summer 85% of the seedlings lived.")
    )
    + f"<w:tbl><w:tblPr><w:tblBorders>{BORDERS}</w:tblBorders></w:tblPr>"
    + row("Plant", "Beds", "Harvest") + row("Tomato", "12", "340 kg") + row("Mint", "3", "18 kg")
    + "</w:tbl>"
    + paragraph(run("What we need:")) + paragraph(run("a longer hose"), "Item")
    + paragraph(run("two volunteers on Fridays"), "Item"),
    styles=(
        '<w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii="DejaVu Sans" '
        'w:hAnsi="DejaVu Sans"/><w:sz w:val="24"/><w:lang w:val="en-US"/></w:rPr></w:rPrDefault>'
        '</w:docDefaults><w:style w:type="paragraph" w:styleId="Heading1"><w:name w:val="heading 1"/>'
        '<w:rPr><w:b/><w:sz w:val="36"/></w:rPr></w:style><w:style w:type="paragraph" '
        'w:styleId="Item"><w:name w:val="Item"/><w:pPr><w:ind w:left="700"/></w:pPr></w:style>'
    ),
    footnotes=f'<w:footnote w:id="2">{paragraph("<w:r><w:footnoteRef/></w:r>" + run(" Two of them lie fallow."))}</w:footnote>',
    header1=paragraph(run("Report of the garden society")),
)  # fmt: skip
REPORT_HE = {
    "The garden in its third year": "הגינה בשנתה השלישית",
    "The garden has <b>forty</b> beds<note1/> and a pump of type AQ-7.": (
        "בגינה <b>ארבעים</b> ערוגות<note1/> ומשאבה מדגם AQ-7."
    ),
    "Last summer 85% of the seedlings lived.": "בקיץ האחרון שרדו 85% מהשתילים.",
    "Plant": "צמח",
    "Beds": "ערוגות",
    "Harvest": "יבול",
    "Tomato": "עגבנייה",
    "340 kg": '340 ק"ג',
    "Mint": "נענע",
    "18 kg": '18 ק"ג',
    "What we need:": "מה דרוש לנו:",
    "a longer hose": "צינור ארוך יותר",
    "two volunteers on Fridays": "שני מתנדבים בימי שישי",
    "Two of them lie fallow.": "שתיים מהן מושבתות.",
    "Report of the garden society": "דוח אגודת הגינה",
}


def report(place: Place) -> dict[str, str]:
    place.write("dragoman.toml", SETTINGS)
    place.write("source_texts/report.docx", REPORT)
    done(place, "update")
    fill(place, "report", REPORT_HE)
    done(place, "build")
    return unzipped((place.root / "build/he/report.docx").read_bytes())


def test_a_report_is_built(place):
    made = report(place)
    root = ET.fromstring(made["word/document.xml"])
    paragraphs = list(root.iter(f"{{{W}}}p"))
    assert all(p.find(f"{{{W}}}pPr/{{{W}}}bidi") is not None for p in paragraphs)
    assert root.find(f".//{{{W}}}tblPr/{{{W}}}bidiVisual") is not None
    texts = [t.text or "" for t in root.iter(f"{{{W}}}t")]
    assert "".join(texts).startswith("הגינה בשנתה השלישיתבגינה ארבעים ערוגות")
    assert not re.search("[a-z]", "".join(texts))
    assert "AQ-7" in [
        text.strip("\u200e") for text in texts
    ]  # a run of its own, from left to right
    assert made["word/document.xml"].count("footnoteReference") == 1
    assert "שתיים מהן" in made["word/footnotes.xml"]
    assert "דוח אגודת" in made["word/header1.xml"]


def test_every_command_takes_a_report(place):
    """Status, check, the audit, editions, adopting its own translation, and a new name."""
    report(place)
    assert "100 %" in done(place, "status").out
    assert "0 words not offered" in done(place, "extract", "--audit").out
    done(place, "check", "--min", "100")
    done(place, "export", "-f", "html,docx,xliff")
    place.write("old/report.he.docx", (place.root / "build/he/report.docx").read_bytes())
    shutil.rmtree(place.root / "locales")
    done(place, "update")
    adopted = done(place, "adopt", "old/report.he.docx", "-t", "report", "-l", "he")
    assert "translated" in adopted.err
    catalog = po.parse(place.read("locales/he/LC_MESSAGES/report.po").encode())
    found = {entry.msgid: entry.msgstr for entry in catalog.messages()}
    assert found["Tomato"] == "עגבנייה"
    assert found["The garden in its third year"] == "הגינה בשנתה השלישית"
    place.root.joinpath("source_texts/report.docx").rename(place.root / "source_texts/third.docx")
    done(place, "build")
    assert (
        "הגינה" in unzipped((place.root / "build/he/third.docx").read_bytes())["word/document.xml"]
    )


def test_an_edited_report_keeps_its_translations(place):
    report(place)
    edited = unzipped(REPORT)
    edited["word/document.xml"] = edited["word/document.xml"].replace("forty", "fifty")
    place.write("source_texts/report.docx", zipped(edited))
    done(place, "build")
    made = unzipped((place.root / "build/he/report.docx").read_bytes())
    assert "fifty" in made["word/document.xml"]
    assert "שרדו" in made["word/document.xml"]
    assert "fuzzy" in place.read("locales/he/LC_MESSAGES/report.po")


@pytest.mark.parametrize(
    "content", [b"", b"no zip", REPORT[:900], zipped({"word/document.xml": "<a/>"})]
)
def test_what_is_no_document_is_an_error_of_one_line(place, content):
    place.write("dragoman.toml", SETTINGS)
    place.write("source_texts/report.docx", content)
    place.write("source_texts/day.txt", "It began early.\n")
    failed = place.run("build")
    assert failed.code == 2
    assert failed.err.count("source_texts/report.docx") == 1
    assert (place.root / "build/he/day.txt").exists()


def page(title: str, body: str) -> str:
    return (
        '<?xml version="1.0" encoding="utf-8"?>\n<!DOCTYPE html>\n<html '
        'xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops" lang="en" '
        f'xml:lang="en"><head><title>{title}</title></head><body>{body}</body></html>\n'
    )


NOVEL = zipped(
    {
        "mimetype": "application/epub+zip",
        "META-INF/container.xml": (
            '<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container" version="1.0">'
            '<rootfiles><rootfile full-path="OPS/book.opf" '
            'media-type="application/oebps-package+xml"/></rootfiles></container>'
        ),
        "OPS/book.opf": (
            '<package xmlns="http://www.idpf.org/2007/opf" version="3.0" unique-identifier="id">'
            '<metadata xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:identifier id="id">'
            "urn:uuid:0d7a4d6e-5a47-4b4e-9f6c-7f1d5a3b2c10</dc:identifier><dc:title>The Ferry"
            '</dc:title><dc:language>en</dc:language><meta property="dcterms:modified">'
            "2026-01-02T03:04:06Z</meta></metadata><manifest>"
            '<item id="nav" href="nav.xhtml" media-type="application/xhtml+xml" properties="nav"/>'
            '<item id="one" href="one.xhtml" media-type="application/xhtml+xml"/></manifest>'
            '<spine><itemref idref="one"/></spine></package>'
        ),
        "OPS/nav.xhtml": page(
            "Contents",
            '<nav epub:type="toc"><ol><li><a href="one.xhtml">The last crossing</a></li></ol></nav>',
        ),
        "OPS/one.xhtml": page(
            "The last crossing",
            "<h1>The last crossing</h1><p>The ferry left at six. Nobody waved, "
            "<em>nobody at all</em>, and the gulls went with it.</p><p>“Is it far?” asked the boy."
            "<br/>“Farther than it looks &amp; nearer than you think,” said Ruth.</p>"
            "<blockquote><p>He kept the ticket for thirty years.</p></blockquote>",
        ),
    },
    "mimetype",
)  # fmt: skip
NOVEL_HE = {
    "The Ferry": "המעבורת",
    "Contents": "תוכן העניינים",
    "The last crossing": "החצייה האחרונה",
    '<a href="one.xhtml">The last crossing</a>': '<a href="one.xhtml">החצייה האחרונה</a>',
    "The ferry left at six.": "המעבורת יצאה בשש.",
    "Nobody waved, <em>nobody at all</em>, and the gulls went with it.": (
        "איש לא נופף, <em>איש</em> ממש, והשחפים ליוו אותה."
    ),
    "“Is it far?” asked the boy.": "“זה רחוק?” שאל הילד.",
    "“Farther than it looks &amp; nearer than you think,” said Ruth.": (
        "“רחוק משנדמה & קרוב משחושבים,” אמרה רות."
    ),
    "He kept the ticket for thirty years.": "הוא שמר את הכרטיס שלושים שנה.",
}


def novel(place: Place) -> dict[str, str]:
    place.write("dragoman.toml", SETTINGS)
    place.write("source_texts/novel.epub", NOVEL)
    done(place, "update")
    fill(place, "novel", NOVEL_HE)
    done(place, "build")
    return unzipped((place.root / "build/he/novel.epub").read_bytes())


def test_a_novel_is_built(place):
    made = novel(place)
    assert 'page-progression-direction="rtl"' in made["OPS/book.opf"]
    for name in ("OPS/nav.xhtml", "OPS/one.xhtml"):
        root = ET.fromstring(made[name])
        assert (root.get("lang"), root.get("dir")) == ("he", "rtl")
        assert not re.search("[a-z]", "".join(root.itertext()))
    assert "משנדמה &amp; קרוב" in made["OPS/one.xhtml"]
    assert "0 words not offered" in done(place, "extract", "--audit").out


@needs_epubcheck
def test_epubcheck_finds_nothing_in_a_translated_novel(place):
    novel(place)
    path = str(place.root / "build/he/novel.epub")
    judged = subprocess.run(
        [*EPUBCHECK, path], capture_output=True, text=True, timeout=300, check=False
    )
    assert "0 fatals / 0 errors / 0 warnings" in judged.stdout + judged.stderr


@pytest.mark.skipif(shutil.which("soffice") is None, reason="*** no LibreOffice")
def test_libreoffice_reads_a_translated_report(place, tmp_path):
    report(place)
    command = ["soffice", f"-env:UserInstallation=file://{tmp_path}/profile", "--headless"]
    command += ["--convert-to", "txt:Text (encoded):UTF8", "--outdir", str(tmp_path)]
    source = str(place.root / "build/he/report.docx")
    subprocess.run([*command, source], capture_output=True, timeout=300, check=True)
    said = (tmp_path / "report.txt").read_text("utf-8-sig")
    assert "בגינה ארבעים ערוגות" in said
    assert "מהשתילים" in said


def cell(text: str) -> str:
    return f"<table:table-cell><text:p>{text}</text:p></table:table-cell>"


def table_row(*cells: str) -> str:
    return f"<table:table-row>{''.join(map(cell, cells))}</table:table-row>"


ODT_NOTE = (
    '<text:note text:id="n1" text:note-class="footnote"><text:note-citation>1</text:note-citation>'
    "<text:note-body><text:p>Two of them lie fallow.</text:p></text:note-body></text:note>"
)
TEXT_REPORT = odt_document(
    '<text:h text:outline-level="1">The garden in its third year</text:h><text:p text:style-name="P1">'
    f'The garden has <text:span text:style-name="T1">forty</text:span> beds{ODT_NOTE} and a pump of type '
    "AQ-7. Last summer 85% of the seedlings lived.</text:p><table:table><table:table-column "
    'table:number-columns-repeated="3"/>'
    + table_row("Plant", "Beds", "Harvest") + table_row("Tomato", "12", "340 kg") + table_row("Mint", "3", "18 kg")
    + "</table:table><text:p>What we need:</text:p><text:list><text:list-item><text:p>a longer hose</text:p>"
    "</text:list-item><text:list-item><text:p>two volunteers on Fridays</text:p></text:list-item></text:list>",
    '<style:style style:name="T1" style:family="text"><style:text-properties fo:font-weight="bold"/></style:style>'
    '<style:style style:name="P1" style:family="paragraph"/>',
    '<office:styles><style:default-style style:family="paragraph"><style:text-properties '
    'fo:font-family="DejaVu Sans" fo:language="en" fo:country="US"/></style:default-style></office:styles>'
    '<office:automatic-styles><style:page-layout style:name="M1"><style:page-layout-properties '
    'fo:page-width="21cm" fo:page-height="29.7cm" fo:margin="2cm"/><style:header-style/></style:page-layout>'
    '</office:automatic-styles><office:master-styles><style:master-page style:name="Standard" '
    'style:page-layout-name="M1"><style:header><text:p>Report of the garden society</text:p></style:header>'
    "</style:master-page></office:master-styles>",
)  # fmt: skip


def text_report(place: Place) -> dict[str, str]:
    place.write("dragoman.toml", SETTINGS)
    place.write("source_texts/report.odt", TEXT_REPORT)
    done(place, "update")
    fill(place, "report", REPORT_HE)
    done(place, "build")
    return unzipped((place.root / "build/he/report.odt").read_bytes())


def test_a_report_in_opendocument_is_built(place):
    """The same words and codes as in Word, so one catalog does for both."""
    made = text_report(place)
    content = ET.fromstring(made["content.xml"])
    texts = "".join(content.itertext())
    assert texts.startswith("הגינה בשנתה השלישיתבגינה ארבעים ערוגות1שתיים מהן מושבתות. ומשאבה")
    assert re.findall("[A-Za-z]+", texts) == ["AQ"]
    assert 'style:writing-mode="rl-tb"' in made["styles.xml"]
    assert "דוח אגודת הגינה" in made["styles.xml"]
    assert "100 %" in done(place, "status").out
    assert "0 words not offered" in done(place, "extract", "--audit").out
    done(place, "export", "-f", "html")


def test_a_translated_report_is_adopted(place):
    """Both sides are OpenDocument texts."""
    text_report(place)
    place.write("old/report.he.odt", (place.root / "build/he/report.odt").read_bytes())
    shutil.rmtree(place.root / "locales")
    done(place, "update")
    done(place, "adopt", "old/report.he.odt", "-t", "report", "-l", "he")
    catalog = po.parse(place.read("locales/he/LC_MESSAGES/report.po").encode())
    found = {entry.msgid: entry.msgstr for entry in catalog.messages()}
    assert found["Tomato"] == "עגבנייה"
    assert found["Last summer 85% of the seedlings lived."] == "בקיץ האחרון שרדו 85% מהשתילים."


def test_slides_and_sheets_are_built(place):
    """Settings choose the cells."""
    slide = "<p:sp><p:txBody><a:p><a:r><a:t>What we need:</a:t></a:r></a:p></p:txBody></p:sp>"
    rows = '<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c></row>'
    place.write("dragoman.toml", SETTINGS + 'cells = ["A:A"]\n')
    place.write("source_texts/talk.pptx", presentation(slide))
    place.write("source_texts/beds.xlsx", workbook({"Beds": rows}, ["Tomato", "tomato_key"]))
    done(place, "update")
    fill(place, "talk", {"What we need:": "מה דרוש לנו:"})
    fill(place, "beds", {"Tomato": "עגבנייה"})
    done(place, "build")
    talk = unzipped((place.root / "build/he/talk.pptx").read_bytes())
    beds = unzipped((place.root / "build/he/beds.xlsx").read_bytes())
    assert "מה דרוש לנו:" in talk["ppt/slides/slide1.xml"]
    assert "עגבנייה" in beds["xl/sharedStrings.xml"]
    assert "tomato_key" not in place.read("locales/beds.pot")


MANUAL = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE book PUBLIC "-//OASIS//DTD DocBook XML V4.5//EN" "docbookx.dtd" [
<!ENTITY pump "AQ-7">
<!ENTITY licence SYSTEM "licence.xml">
]>
<book lang="en">
  <title>The &pump; pump</title>
  <chapter id="start">
    <title>Before you begin</title>
    <para>Fill &pump; up<footnote><para>Rain will do.</para></footnote>. Press
      <guibutton>Start</guibutton> for three seconds.</para>
    <screen>pump --start</screen>
  </chapter>
  &licence;
</book>
"""
MANUAL_HE = {
    "The &pump; pump": "משאבת &pump;",
    "Before you begin": "לפני שמתחילים",
    "Fill &pump; up<footnote><para>Rain will do.</para></footnote>.": (
        "מלאו את &pump; במים<footnote><para>גם מי גשם טובים.</para></footnote>."
    ),
    "Press <guibutton>Start</guibutton> for three seconds.": (
        "לחצו על <guibutton>Start</guibutton> למשך שלוש שניות."
    ),
}


def test_a_manual_in_docbook_is_built(place):
    """Its DOCTYPE, its entities and its code are as they were."""
    place.write("dragoman.toml", SETTINGS)
    place.write("source_texts/manual.xml", MANUAL)
    done(place, "update")
    fill(place, "manual", MANUAL_HE)
    done(place, "build")
    made = place.read("build/he/manual.xml")
    head = MANUAL.partition("<book")[0]
    assert made.startswith(head + '<book lang="he" dir="rtl">\n  <title>משאבת &pump;</title>')
    assert made.endswith("    <screen>pump --start</screen>\n  </chapter>\n  &licence;\n</book>\n")
    assert "מי גשם טובים.</para></footnote>. לחצו" in " ".join(made.split())
    assert "100 %" in done(place, "status").out
    assert "0 words not offered" in done(place, "extract", "--audit").out


def test_rules_of_the_settings(place):
    place.write("dragoman.toml", SETTINGS + 'its = ["rules.its"]\n')
    place.write("source_texts/data.xml", "<doc><p>Tomato</p><key>tomato_key</key></doc>")
    rules = (
        '<its:rules xmlns:its="http://www.w3.org/2005/11/its" version="2.0">'
        '<its:translateRule selector="//key" translate="no"/></its:rules>'
    )
    failed = place.run("update")
    assert "rules.its" in failed.err
    place.write("rules.its", rules)
    done(place, "update")
    assert 'msgid "Tomato"' in place.read("locales/data.pot")
    assert "tomato_key" not in place.read("locales/data.pot")


@pytest.mark.skipif(shutil.which("soffice") is None, reason="*** no LibreOffice")
def test_libreoffice_reads_a_translated_report_in_opendocument(place, tmp_path):
    text_report(place)
    command = ["soffice", f"-env:UserInstallation=file://{tmp_path}/profile", "--headless"]
    command += ["--convert-to", "txt:Text (encoded):UTF8", "--outdir", str(tmp_path)]
    source = str(place.root / "build/he/report.odt")
    subprocess.run([*command, source], capture_output=True, timeout=300, check=True)
    said = (tmp_path / "report.txt").read_text("utf-8-sig")
    assert "בגינה ארבעים ערוגות" in said
    assert "שני מתנדבים בימי שישי" in said


def test_the_audit_knows_that_cells_are_chosen(place):
    rows = '<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c></row>'
    place.write("dragoman.toml", SETTINGS + 'cells = ["A:A"]\n')
    place.write("source_texts/beds.xlsx", workbook({"Beds": rows}, ["Tomato", "Mint"]))
    assert "0 words not offered" in done(place, "extract", "--audit").out


def test_a_translation_is_adopted_by_the_same_rules(place):
    rules = (
        '<its:rules xmlns:its="http://www.w3.org/2005/11/its" version="2.0">'
        '<its:translateRule selector="//key" translate="no"/></its:rules>'
    )
    place.write("dragoman.toml", SETTINGS + 'its = ["rules.its"]\n')
    place.write("rules.its", rules)
    text = "<doc><p>{}</p><key>mint_key</key><p>{}</p></doc>"
    place.write("source_texts/data.xml", text.format("Two of them lie fallow.", "Mint"))
    place.write("old/data.he.xml", text.format("שתיים מהן מושבתות.", "נענע"))
    done(place, "update")
    done(place, "adopt", "old/data.he.xml", "-t", "data", "-l", "he")
    catalog = po.parse(place.read("locales/he/LC_MESSAGES/data.po").encode())
    found = {entry.msgid: entry.msgstr for entry in catalog.messages()}
    assert found == {"Two of them lie fallow.": "שתיים מהן מושבתות.", "Mint": "נענע"}
