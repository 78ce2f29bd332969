"""Review files: what comes back is what went out, whatever Word, LibreOffice or Excel did to it."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
import sys
import zipfile
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from test_docx import _faults

from dragoman.errors import DragomanError
from dragoman.exports import export_named
from dragoman.exports.ooxml import reproducible_zip
from dragoman.exports.parts.export_options import ExportOptions
from dragoman.formats import ReadOptions
from dragoman.formats import text as text_format
from dragoman.imports import docx, xlsx
from dragoman.interchange.review_rows import digest, fingerprint, guarded, sent, unguarded
from dragoman.model import Cell, Kind, Parallel, ParallelBlock, Row, State
from dragoman.parallel.rows import named_units
from dragoman.segment import segmenter

for package in ("docx", "openpyxl"):
    pytest.importorskip(package, reason="*** pip install 'dragoman[office]'")

READERS = {"review-docx": docx.read, "review-xlsx": xlsx.read}
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def _parallel(texts: list[tuple[str, str, str]]) -> Parallel:
    """Rows of English, Hebrew and Russian; an empty target is a missing one."""
    rows = tuple(
        Row(
            f"{at:010x}",
            f"1.{at}",
            (
                Cell("en", en, State.TRANSLATED, "en"),
                Cell("he", he or en, State.TRANSLATED, "he", stand_in=not he),
                Cell("ru", ru or en, State.TRANSLATED, "ru", stand_in=not ru),
            ),
        )
        for at, (en, he, ru) in enumerate(texts)
    )
    return Parallel("day", "A day", ("en", "he", "ru"), (ParallelBlock(Kind.PARAGRAPH, rows),))


TEXTS = [
    ("It began early.", "זה התחיל מוקדם (C++), +972-2.", "Началось рано."),
    ("“Go!” she said.", "", "=1+1 «Иди!»"),
    ("  spaces  and\ttabs\n", "שורה\nשנייה", "_x0041_ \x0b\r &lt;"),
]


def _made(form: str, texts=TEXTS) -> bytes:
    return export_named(form).export(_parallel(texts), ExportOptions())


def _said(rows):
    return [(row.source, row.targets.get("he", ""), row.targets.get("ru", "")) for row in rows]


@pytest.mark.parametrize("form", READERS)
def test_what_comes_back_is_what_went_out(form):
    rows = READERS[form](_made(form), "x")
    assert _said(rows) == TEXTS
    assert [row.id for row in rows] == [f"{at:010x}" for at in range(3)]
    assert "he" not in rows[1].targets
    assert {row.comment for row in rows} == {""}
    for row in rows:
        assert row.hash == fingerprint(row.source, row.targets)
        assert sent(row.hash) == (
            digest(row.source),
            {k: digest(v) for k, v in row.targets.items()},
        )


HOSTILE = st.text(
    st.one_of(
        st.sampled_from("אבָ abЖə=+-@'\"<>&_x0041\t\n\r\x00\x0b\x1f\ufffe\u2028\u200f\u202e\u2066\u2069🙂 "),
        st.characters(exclude_categories=["Cs"]),
    ),
    max_size=25,
)  # fmt: skip


@pytest.mark.parametrize("form", READERS)
@settings(max_examples=100)
@given(st.lists(st.tuples(HOSTILE, HOSTILE, HOSTILE), min_size=1, max_size=3))
def test_any_text_comes_back(form, texts):
    back = _said(READERS[form](_made(form, texts), "x"))
    assert back == [(en, *(t if t.strip() else "" for t in targets)) for en, *targets in texts]


@given(HOSTILE)
def test_guarding(text):
    assert unguarded(guarded(text)) == text
    ET.fromstring(f"<a>{guarded(text).replace('&', '').replace('<', '')}</a>")


def test_ids_name_the_units_of_a_text(project):
    """By way of the command line, and one file for the workbook and the document."""
    project.fine("update")
    project.translate("he", "day", lambda source: "שלום" if source == "A day." else "")
    options = ReadOptions(split=segmenter("en").spans)
    named = named_units(text_format.read(project.read("source_texts/day.txt"), options))
    for form, read in READERS.items():
        project.fine("export", "--format", form, "--locale", "he", "--output", form)
        rows = read((project.root / form).read_bytes(), form)
        assert [named[row.id] for row in rows] == [(None, row.source) for row in rows]
        assert {row.source: row.targets for row in rows}["A day."] == {"he": "שלום"}
        assert [row.targets for row in rows].count({}) == len(rows) - 1


# --- what Word does -------------------------------------------------------------------------


def _edited(change) -> bytes:
    """The review document after a change of its main part."""
    members = reproducible_zip.unpacked(_made("review-docx"))
    members["word/document.xml"] = change(members["word/document.xml"].decode()).encode()
    return reproducible_zip.archive(members)


def _texts(change):
    return _said(docx.read(_edited(change), "x"))


def test_split_runs_are_one_text():
    def split(xml):
        return re.sub(
            r'(<w:r>(?:<w:rPr>(?:(?!</w:rPr>).)*</w:rPr>)?)<w:t xml:space="preserve">([^<])([^<]+)</w:t></w:r>',
            r'\1<w:t xml:space="preserve">\2</w:t></w:r><w:proofErr w:type="spellStart"/>'
            r'<w:bookmarkStart w:id="9" w:name="x"/>'
            r'\1<w:lastRenderedPageBreak/><w:t xml:space="preserve">\3</w:t></w:r>',
            xml,
        )

    assert _edited(split) != _edited(str)
    assert _texts(split) == TEXTS


def test_tracked_changes_are_accepted():
    he = '<w:del w:id="1" w:author="x"><w:r><w:delText>מוקדם</w:delText></w:r></w:del>'
    he += '<w:ins w:id="2" w:author="x"><w:r><w:rPr><w:rtl/></w:rPr><w:t>מאוחר</w:t></w:r></w:ins>'
    moved = "<w:moveFrom><w:r><w:t>gone</w:t></w:r></w:moveFrom><w:moveTo><w:r><w:t>!</w:t></w:r></w:moveTo>"

    def change(xml):
        assert " מוקדם (" in xml
        return xml.replace(
            " מוקדם (</w:t></w:r>", f" </w:t></w:r>{he}{moved}<w:r><w:t>(</w:t></w:r>"
        ).replace(
            "זה התחיל מוקדם (</w:t></w:r>",
            f"זה התחיל </w:t></w:r>{he}{moved}<w:r><w:t>(</w:t></w:r>",
        )

    assert _texts(change)[0][1] == "זה התחיל מאוחר!(C++), +972-2."


def test_a_deleted_row_is_gone_and_a_joined_paragraph_joined():
    def delete(xml):
        rows = xml.split("<w:tr>")
        rows[3] = '<w:trPr><w:del w:id="1" w:author="x"/></w:trPr>' + rows[3]
        return "<w:tr>".join(rows)

    assert _texts(delete) == [TEXTS[0], TEXTS[2]]

    def join(xml):
        ends = '<w:p><w:pPr><w:rPr><w:del w:id="1"/></w:rPr></w:pPr><w:r><w:t>'
        return xml.replace("Началось рано.", "Начало</w:t></w:r></w:p><w:p><w:r><w:t>сь").replace(
            '<w:p><w:r><w:rPr><w:lang w:val="ru-RU"/></w:rPr><w:t xml:space="preserve">Начало',
            f"{ends}Начало",
        )

    assert _texts(join)[0][2] == "Началось"


def test_rows_moved_added_and_wrapped():
    def move(xml):
        head, *rows = re.findall(r"<w:tr>.*?</w:tr>", xml, re.DOTALL)
        added = "<w:tr>" + "<w:tc><w:p><w:r><w:t>new</w:t></w:r></w:p></w:tc>" * 2 + "</w:tr>"
        added = added.replace("new", "", 1)
        wrapped = f"<w:sdt><w:sdtContent><w:ins>{rows[0]}</w:ins></w:sdtContent></w:sdt>"
        whole = "".join((head, rows[2], added, head, rows[1], wrapped))
        return re.sub(r"<w:tr>.*</w:tr>", lambda _: whole, xml, flags=re.DOTALL)

    assert _texts(move) == [TEXTS[2], TEXTS[1], TEXTS[0]]


def test_a_line_end_is_kept_and_an_empty_paragraph_is_not():
    def change(xml):
        return xml.replace(
            "Началось рано.", "Началось</w:t></w:r></w:p><w:p><w:r><w:t>рано."
        ).replace("рано.</w:t></w:r></w:p>", "рано.</w:t></w:r></w:p><w:p/><w:p/>")

    assert _texts(change)[0][2] == "Началось\nрано."


def test_comments_come_back():
    def change(xml):
        first = xml.split("<w:tr>")
        first[2] = re.sub(
            r"<w:p></w:p></w:tc></w:tr>",
            "<w:p><w:r><w:t>Late?</w:t></w:r></w:p></w:tc></w:tr>",
            first[2],
        )
        return "<w:tr>".join(first)

    assert [r.comment for r in docx.read(_edited(change))] == ["Late?", "", ""]


def test_remarks_in_the_margin_come_back():
    """By python-docx, as Word writes them; and the notes of a workbook."""
    import docx as library
    from openpyxl.comments import Comment

    document = library.Document(io.BytesIO(_made("review-docx")))
    cell = document.tables[0].rows[2].cells[4]
    document.add_comment(cell.paragraphs[0].runs, text="Too loud?", author="")
    document.tables[0].rows[2].cells[5].text = "No."
    assert [r.comment for r in docx.read(_saved(document))] == ["", "No.\nToo loud?", ""]

    book = _book()
    book.active["D4"].comment = Comment("Two lines?", "")
    assert [r.comment for r in xlsx.read(_saved(book))] == ["", "", "Two lines?"]


def test_the_document_says_its_directions():
    root = ET.fromstring(reproducible_zip.unpacked(_made("review-docx"))["word/document.xml"])
    assert _faults(root) == []
    hebrew = [p for p in root.iter(f"{W}p") if re.search("[א-ת]", "".join(p.itertext()))]
    assert len(hebrew) == 2
    assert all(p.find(f"{W}pPr/{W}bidi") is not None for p in hebrew)


# --- what spreadsheets do -------------------------------------------------------------------


def _book():
    import openpyxl

    return openpyxl.load_workbook(io.BytesIO(_made("review-xlsx")))


def _saved(book) -> bytes:
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def test_a_formula_is_a_text():
    sheet = _book().active
    assert sheet["E3"].value == "=1+1 «Иди!»"
    assert sheet["E3"].data_type == "s"
    assert sheet["E3"].quotePrefix
    assert not sheet["E2"].quotePrefix
    assert {cell.number_format for row in sheet.iter_rows() for cell in row} == {"@"}
    assert sheet["D2"].alignment.readingOrder == 2
    assert sheet.column_dimensions["B"].hidden


def test_a_formula_that_somebody_wrote_is_not_calculated():
    book = _book()
    book.active["E2"] = '=HYPERLINK("http://localhost/", "x")'
    book.active["D2"] = 1992
    book.active["C2"] = True
    row = xlsx.read(_saved(book), "x")[0]
    assert row.targets == {"he": "1992", "ru": '=HYPERLINK("http://localhost/", "x")'}
    assert row.source == "TRUE"


def test_shared_texts_are_read():
    """Excel keeps texts apart from cells, with runs and how they are pronounced."""
    members = reproducible_zip.unpacked(_made("review-xlsx"))
    texts: list[str] = []

    def share(found):
        texts.append(f"<r>{found[2]}</r>")
        return f'{found[1]} t="s"><v>{len(texts) - 1}</v></c>'

    sheet = members["xl/worksheets/sheet1.xml"].decode()
    sheet = re.sub(r'(<c [^>]*?) t="inlineStr"><is>(.*?)</is></c>', share, sheet, flags=re.DOTALL)
    members["xl/worksheets/sheet1.xml"] = sheet.encode()
    said = "".join(f"<si>{t}<rPh><t>no</t></rPh></si>" for t in texts)
    members["xl/sharedStrings.xml"] = f"<sst>{said}</sst>".encode()
    relations = members["xl/_rels/workbook.xml.rels"].decode()
    if "sharedStrings" not in relations:
        shared = '<Relationship Id="x" Type="x/sharedStrings" Target="sharedStrings.xml"/>'
        relations = relations.replace("</Relationships>", f"{shared}</Relationships>")
    members["xl/_rels/workbook.xml.rels"] = relations.encode()
    assert len(texts) > 10
    assert _said(xlsx.read(reproducible_zip.archive(members), "x")) == TEXTS


def test_columns_and_rows_may_move():
    book = _book()
    sheet = book.active
    sheet.move_range("D1:D9", cols=5)
    sheet.delete_cols(6)
    sheet.insert_rows(3)
    sheet["C3"] = "somebody’s own row"
    rows = xlsx.read(_saved(book), "x")
    assert _said(rows) == TEXTS
    assert [row.place for row in rows] == ["row 2", "row 4", "row 5"]


def test_a_text_too_long_for_a_cell_is_refused():
    with pytest.raises(
        DragomanError, match="row 2 is longer than a cell can hold; use review-docx"
    ):
        _made("review-xlsx", [("a" * 40000, "", "")])


# --- files that are not ours ----------------------------------------------------------------


@pytest.mark.parametrize("form", READERS)
def test_other_files_are_refused(form):
    read = READERS[form]
    kind = "DOCX" if "docx" in form else "XLSX"
    other = next(name for name in READERS if name != form)
    with pytest.raises(DragomanError, match=f"x: not an? {kind} file"):
        read(b"PK\x03\x04", "x")
    with pytest.raises(DragomanError, match=r"x: has no rows of a review table; make one with"):
        read(_made(other), "x")
    with pytest.raises(DragomanError, match="no main part"):
        read(reproducible_zip.archive({"a": b""}), "x")
    bomb = io.BytesIO()
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", b"\0" * (64 << 20))
    with pytest.raises(DragomanError, match="grows more than"):
        read(bomb.getvalue(), "x")


@pytest.mark.parametrize("form", READERS)
def test_hostile_xml_in_a_part_is_refused(form):
    members = reproducible_zip.unpacked(_made(form))
    name = "word/document.xml" if "docx" in form else "xl/worksheets/sheet1.xml"
    members[name] = b'<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/hostname">]><a>&x;</a>'
    with pytest.raises(DragomanError, match="a DOCTYPE is not allowed"):
        READERS[form](reproducible_zip.archive(members), "x")


@settings(max_examples=60)
@given(st.data())
@pytest.mark.parametrize("form", READERS)
def test_damaged_parts_give_rows_or_a_sentence(form, data):
    members = reproducible_zip.unpacked(_made(form))
    name = data.draw(st.sampled_from(sorted(members)))
    at = data.draw(st.integers(0, len(members[name])))
    cut = members[name][:at] + data.draw(st.binary(max_size=6)) + members[name][at + 3 :]
    members[name] = cut
    try:
        READERS[form](reproducible_zip.archive(members), "x")
    except DragomanError as error:
        assert "\n" not in str(error)


@pytest.mark.parametrize("form", READERS)
def test_same_bytes_each_time(form, monkeypatch):
    assert _made(form) == _made(form)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1772064000")
    told = reproducible_zip.unpacked(_made(form))["docProps/core.xml"]
    assert told.count(b"2026-02-26T00:00:00Z") == 2
    assert b"<dc:subject>day</dc:subject>" in told or b">day</" in told


@pytest.mark.parametrize(
    ("form", "module"), [("review-docx", "docx.opc"), ("review-xlsx", "openpyxl")]
)
def test_without_the_library_a_sentence(form, module, monkeypatch):
    monkeypatch.setitem(sys.modules, module, None)
    with pytest.raises(DragomanError, match=r"pip install 'dragoman\[office\]'"):
        _made(form)


@pytest.mark.skipif(shutil.which("soffice") is None, reason="*** no LibreOffice")
@pytest.mark.parametrize(
    ("form", "wanted", "module"),
    [
        ("review-docx", "MS Word 2007 XML", "writer"),
        ("review-xlsx", "Calc MS Excel 2007 XML", "calc"),
    ],
)
def test_libreoffice_gives_it_back(form, wanted, module, tmp_path):
    """LibreOffice opens the file and saves it again."""
    suffix = form.rpartition("-")[2]
    (tmp_path / f"a.{suffix}").write_bytes(_made(form))
    command = ["soffice", f"-env:UserInstallation=file://{tmp_path}/profile", "--headless"]
    command += ["--convert-to", f"{suffix}:{wanted}", "--outdir", "out", f"a.{suffix}"]
    subprocess.run(command, cwd=tmp_path, check=True, capture_output=True, timeout=120)
    saved = tmp_path / f"out/a.{suffix}"
    if not saved.exists():
        pytest.skip(f"*** no LibreOffice: apt-get install libreoffice-{module}")
    back = READERS[form](saved.read_bytes(), "x")
    assert _said(back) == TEXTS
    assert [row.hash for row in back] == [fingerprint(r.source, r.targets) for r in back]
