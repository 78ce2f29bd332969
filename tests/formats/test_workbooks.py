"""Workbooks: strings of chosen cells, and everything else as it is."""

from __future__ import annotations

import io
import re

import pytest

from archives import unzipped, workbook, zipped
from dragoman.errors import DragomanError
from dragoman.formats import ReadOptions, xlsx
from dragoman.formats.audit import audit_archive
from dragoman.segment import segmenter

OPTIONS = ReadOptions(split=segmenter("en").spans, file="a.xlsx")
STRINGS = ["Plant", "Tomato", "<r><t>Some </t></r>", "12 kg", "Two. Lines\nhere"]
SHEET = (
    '<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="str"><f>"Plant"&amp;"s"</f><v>Plants</v></c></row>'
    '<row r="2"><c r="A2" s="1" t="s"><v>1</v></c><c r="B2" t="s"><v>1</v></c><c r="C2"><v>12</v></c></row>'
    '<row r="3"><c r="A3" t="inlineStr"><is><t>A note</t></is></c><c r="B3" t="s"><v>4</v></c></row>'
)


def sources(data: bytes, **options: object) -> list[str]:
    return [unit.source for unit in xlsx.read(data, OPTIONS._replace(**options)).units]


def built(
    data: bytes, targets: dict[str, str], locale: str = "he", **options: object
) -> dict[str, str]:
    document = xlsx.read(data, OPTIONS._replace(**options))
    rendering = document.render(lambda unit: targets.get(unit.source), locale)
    return unzipped(document.encode(rendering, locale))


def test_strings_are_offered_in_the_order_of_cells():
    data = workbook({"One": SHEET}, STRINGS)
    assert sources(data) == ["Plant", "Tomato", "A note", "Two.", "Lines", "here"]
    document = xlsx.read(data, OPTIONS)
    assert document.encode(document.render(lambda _: None, "he"), "he") == data
    assert audit_archive(data, document) == []


@pytest.mark.parametrize(
    ("cells", "wanted"),
    [
        (["A:A"], ["Plant", "Tomato", "A note", "Key"]),
        (["B2:B3"], ["Tomato", "Two.", "Lines", "here"]),
        (["One!A1", "Two"], ["Plant", "Key"]),
        (["T*!A"], ["Key"]),
        (["Other"], []),
    ],
)
def test_cells_are_chosen(cells, wanted):
    data = workbook(
        {"One": SHEET, "Two": '<row r="1"><c r="A1" t="inlineStr"><is><t>Key</t></is></c></row>'},
        STRINGS,
    )
    assert sources(data, cells=cells) == wanted


def test_a_string_of_chosen_and_other_cells():
    """What is not chosen keeps its words in a string of its own."""
    data = workbook({"One": SHEET}, STRINGS)
    made = built(data, {"Tomato": "עגבנייה"}, cells=["A:A"])
    sheet = made["xl/worksheets/sheet1.xml"]
    assert '<c r="A2" s="1" t="s"><v>1</v></c>' in sheet
    assert '<c r="B2" t="inlineStr"><is><t xml:space="preserve">Tomato</t></is></c>' in sheet
    assert '<t xml:space="preserve">עגבנייה</t>' in made["xl/sharedStrings.xml"]
    untouched = built(data, {"Plant": "צמח"}, cells=["A:A"])["xl/worksheets/sheet1.xml"]
    assert '<c r="B2" t="s"><v>1</v></c>' in untouched


def test_rich_text_and_lines():
    rich = (
        '<r><t xml:space="preserve">Some </t></r><r><rPr><b/><sz val="11"/></rPr><t>bold</t></r>'
        '<r><rPr><sz val="11"/></rPr><t xml:space="preserve"> words</t></r>'
    )
    data = workbook(
        {"One": '<row><c t="s"><v>0</v></c><c t="s"><v>1</v></c></row>'}, [rich, "a\nb"]
    )
    assert sources(data)[0] == "<g1>Some </g1><b>bold</b> words"
    made = built(
        data, {"<g1>Some </g1><b>bold</b> words": "<b>Слова</b>", "a": "в", "b": "г & д"}, "ru"
    )
    strings = made["xl/sharedStrings.xml"]
    assert (
        '<si><r><rPr><sz val="11"/><b/></rPr><t xml:space="preserve">Слова</t></r></si>' in strings
    )
    assert '<si><t xml:space="preserve">в\nг &amp; д</t></si>' in strings


def test_formulas_numbers_and_direction():
    data = workbook({"One": SHEET}, STRINGS)
    targets = {"Plant": "dragoman צמח", "Tomato": "AQ-7"}
    made = built(data, targets)
    sheet = made["xl/worksheets/sheet1.xml"]
    assert '<c r="B1" t="str"><f>"Plant"&amp;"s"</f><v>Plants</v></c>' in sheet
    assert '<c r="C2"><v>12</v></c>' in sheet
    assert '<sheetView workbookViewId="0" rightToLeft="1"/>' in sheet
    assert "\u200fdragoman צמח" in made["xl/sharedStrings.xml"]
    assert ">AQ-7<" in made["xl/sharedStrings.xml"]
    assert '<alignment horizontal="right"/>' in made["xl/styles.xml"]
    assert "rightToLeft" not in built(data, {"Plant": "x"}, "ru")["xl/worksheets/sheet1.xml"]


TABLE = '<tableColumns><tableColumn id="1" name="Plant"/><tableColumn id="2" name="Plants"/></tableColumns>'


def test_the_columns_of_a_table_are_named_as_its_cells():
    data = workbook({"One": SHEET}, STRINGS, table=TABLE)
    made = built(data, {"Plant": "A & צמח"})
    name = re.search(r'id="1" name="([^"]*)"', made["xl/table1.xml"])
    text = re.search(r">([^<]*צמח)<", made["xl/sharedStrings.xml"])
    assert name is not None
    assert text is not None
    assert name[1] == text[1] == "\u200fA &amp; צמח"
    assert sources(data).count("Plant") == 1


def test_a_column_that_formulas_name_keeps_its_name():
    cell = '<row r="9"><c r="A9"><f>SUM(T[Plant])</f><v>1</v></c></row>'
    assert "Plant" not in sources(workbook({"One": SHEET + cell}, STRINGS, table=TABLE))


def test_names_of_sheets_by_choice():
    refer = '<row r="1"><c r="A1"><f>\'My data\'!A1</f><v>1</v></c></row>'
    data = workbook({"My data": SHEET, "Two": refer, "2026": ""}, STRINGS)
    assert "Two" not in sources(data)
    assert sources(data, sheet_names=True)[0] == "Two"  # a formula names the other
    made = built(data, {"Two": "Итог/[всё]: " + "очень " * 9}, "ru", sheet_names=True)
    assert 'name="Итог-[' not in made["xl/workbook.xml"]
    name = re.search(r'name="(Итог[^"]*)"', made["xl/workbook.xml"])
    assert name is not None
    assert len(name[1]) <= 31


def test_hidden_sheets_are_left_unless_they_are_named():
    data = workbook({"One": SHEET}, STRINGS)
    members = unzipped(data)
    members["xl/workbook.xml"] = members["xl/workbook.xml"].replace(
        'name="One"', 'name="One" state="hidden"'
    )
    hidden = zipped(members)
    assert sources(hidden) == []
    assert sources(hidden, cells=["One!A1"]) == ["Plant"]


def test_openpyxl_reads_a_translated_workbook():
    openpyxl = pytest.importorskip("openpyxl")
    book = openpyxl.Workbook()
    book.active.append(["Plant", "Beds"])
    book.active.append(["Tomato", "=1+1"])
    book.save(made := io.BytesIO())
    document = xlsx.read(made.getvalue(), OPTIONS)
    rendering = document.render(lambda unit: f"ת {unit.source}", "he")
    again = openpyxl.load_workbook(io.BytesIO(document.encode(rendering, "he"))).active
    assert [[cell.value for cell in row] for row in again.rows] == [
        ["ת Plant", "ת Beds"], ["ת Tomato", "=1+1"],
    ]  # fmt: skip
    assert again.sheet_view.rightToLeft


HOSTILE = {
    "no archive": b"Hello",
    "cut": workbook({"One": SHEET}, STRINGS)[:500],
    "no main part": zipped({"[Content_Types].xml": "<Types/>"}),
    "entities": zipped({
        **unzipped(workbook({"One": SHEET}, STRINGS)),
        "xl/sharedStrings.xml": '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><sst><si><t>&x;</t></si></sst>',
    }),
    "an open tag": zipped({
        **unzipped(workbook({"One": SHEET}, STRINGS)), "xl/worksheets/sheet1.xml": "<worksheet><c r='A1' t='s'>",
    }),
}  # fmt: skip


@pytest.mark.parametrize("name", HOSTILE)
def test_what_is_no_workbook_is_refused_with_one_sentence(name):
    with pytest.raises(DragomanError) as failed:
        xlsx.read(HOSTILE[name], OPTIONS)
    assert str(failed.value).startswith("a.xlsx:")
    assert "\n" not in str(failed.value)
