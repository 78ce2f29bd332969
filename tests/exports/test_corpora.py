"""Corpora: lines that stay in step, columns that say what the objects say, offsets that cut exactly."""

from __future__ import annotations

import io
import json
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st
from test_exports import _parallel as small

from dragoman.catalogs.catalog import Catalog
from dragoman.errors import DragomanError
from dragoman.exports import alignment, contents, datasheet, export_named, jsonl, moses, parquet
from dragoman.exports.parts.export_options import ExportOptions
from dragoman.exports.parts.plain_cells import line
from dragoman.formats import ReadOptions, markdown, text
from dragoman.model import Missing
from dragoman.parallel.rows import align
from dragoman.po import Entry, PoFile
from dragoman.segment import segmenter

AWKWARD = "aא б1.\t\r\u2028\u2029\x85\x0b\x1c\u202e\U0001f600é*`[\\|"
WORDS = st.text(st.sampled_from(AWKWARD), min_size=1, max_size=12)


def _aligned(said, missing=Missing.SOURCE):
    """A text of one unit a paragraph, some of them translated."""
    sources = [f"Unit {n}." for n in range(len(said))]
    entries = [Entry(s, t) for s, t in zip(sources, said, strict=True) if t]
    document = text.read("\n\n".join(sources) + "\n", ReadOptions(split=segmenter("en").spans))
    return align(document, "in/day", "en", [Catalog("he", PoFile(entries))], missing)


@given(st.lists(WORDS | st.none(), min_size=1, max_size=6), st.sampled_from(list(Missing)[:3]))
def test_lines_of_moses_stay_in_step(said, missing):
    """By any program's idea of a line; what is not translated has none."""
    parallel = _aligned(said, missing)
    made = moses.export(parallel, ExportOptions())
    english, hebrew = made[".moses.en"], made[".moses.he"]
    pairs = [row.cells for row in parallel.rows]
    wanted = [a.text for a, b in pairs if not b.stand_in and b.text.split()]
    assert english.splitlines() == wanted
    assert [len(one.splitlines()) for one in (english, hebrew)] == [len(wanted)] * 2
    assert [one.count("\n") for one in (english, hebrew)] == [len(wanted)] * 2
    assert all(one.strip() for one in hebrew.splitlines())


@given(st.lists(WORDS | st.none(), min_size=1, max_size=6))
def test_offsets_cut_the_texts_exactly(said):
    _cut_exactly(_aligned(said))


@pytest.mark.parametrize("missing", [Missing.SOURCE, Missing.BLANK, Missing.MARK])
def test_offsets_cut_a_text_with_everything(missing):
    parallel = small(missing)
    _cut_exactly(parallel)
    source = "```\ncode\n```\n\nVerse one.\\\nVerse two. And three.\n\n```\nmore\n```\n"
    document = markdown.read(source, ReadOptions(split=segmenter("en").spans))
    _cut_exactly(align(document, "x", "en", [Catalog("he", PoFile())], missing))


def _cut_exactly(parallel):
    made = contents(alignment, parallel, ExportOptions())
    told = json.loads(made[".alignment.json"])
    rows = list(parallel.rows)
    assert [unit["id"] for unit in told["units"]] == [row.id for row in rows]
    for place, locale in enumerate(parallel.locales):
        named = told["languages"][locale]["file"]
        whole = made[named[named.index(".") :]].decode()
        end = 0
        for unit, row in zip(told["units"], rows, strict=True):
            at = unit["offsets"][locale]
            assert end <= at["start"] <= at["end"]
            assert whole[at["start"] : at["end"]] == line(row.cells[place])
            end = at["end"]


def test_code_stands_in_every_text():
    document = markdown.read("A.\n\n```\nx < y\n```\n\nB.\n", ReadOptions())
    made = alignment.export(align(document, "x", "en", []), ExportOptions())
    assert made[".alignment.en.txt"] == "A.\n\nx < y\n\nB.\n"


@given(st.lists(WORDS | st.none(), min_size=1, max_size=6))
def test_parquet_says_what_jsonl_says(said):
    _same(_aligned(said))


def test_parquet_keeps_context_and_notes():
    source = "<!-- dragoman: note Said twice. -->\n<!-- dragoman: context c -->\nHere.\n"
    parallel = align(markdown.read(source, ReadOptions()), "x", "en", [Catalog("he", PoFile())])
    [found] = _same(parallel)
    assert (found["notes"], found["context"]) == (["Said twice."], "c")


def _same(parallel):
    columns = pytest.importorskip("pyarrow.parquet")
    made = parquet.export(parallel, ExportOptions())
    assert made == parquet.export(parallel, ExportOptions())
    read = columns.read_table(io.BytesIO(made)).to_pylist()
    for record in read:
        record["cells"] = {cell.pop("locale"): cell for cell in record["cells"]}
    wanted = [json.loads(one) for one in jsonl.export(parallel, ExportOptions()).split("\n")[:-1]]
    assert read == [{"context": None, "notes": []} | one for one in wanted]
    return read


def test_without_pyarrow_there_is_a_way_out(monkeypatch):
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    with pytest.raises(DragomanError, match=r"pip install 'dragoman\[corpus\]'"):
        export_named("parquet").export(small(), ExportOptions())


def test_a_datasheet_counts_and_says_the_licence():
    source = "---\ntitle: A *day*\nlicence: CC BY 4.0\n---\n\nOne two. Three.\n"
    document = markdown.read(source, ReadOptions(split=segmenter("en").spans))
    he = Catalog("he", PoFile([Entry("One two.", "אחת שתיים שלוש.")]))
    page = datasheet.export(align(document, "x", "en", [he]), ExportOptions())
    assert "- Licence: CC BY 4.0\n" in page
    assert "| en | English | ltr | 3 | 5 |" in page
    assert "| he | עברית | rtl | 1 | 3 | 15 | 2 | 0 | 1 | 0 |" in page


def test_files_of_one_export_stand_side_by_side(project):
    project.fine("update")
    project.translate("he", "day", lambda _: "שלום")
    project.fine("export", "-f", "moses")
    project.fine("export", "-f", "alignment")
    there = {path.name for path in (project.root / "build/parallel").iterdir()}
    assert {"day.he.moses.en", "day.he.moses.he", "day.az.moses.az"} <= there
    assert {"day.alignment.json", "day.alignment.en.txt", "day.alignment.he.txt"} <= there
    told = json.loads(project.read("build/parallel/day.alignment.json"))
    assert {language["file"] for language in told["languages"].values()} < there
    assert project.read("build/parallel/day.he.moses.he") == "שלום\n" * 4


def test_many_texts_are_exported_in_turns_and_all(place):
    from dragoman.pipeline.build.export import AT_ONCE

    place.write("dragoman.toml", 'name = "many"\nlocales = ["he"]\n')
    for number in range(AT_ONCE + 1):
        place.write(f"source_texts/in/{number:03}.txt", f"Text {number}.\n")
    place.fine("export", "-f", "text", "-o", "out")
    found = sorted(path.name for path in (place.root / "out/in").iterdir())
    assert found == [f"{number:03}.txt" for number in range(AT_ONCE + 1)]
    assert place.fine("export", "-f", "text", "-o", "-").out.count("en · he") == AT_ONCE + 1
    refused = place.run("export", "-f", "text", "--missing", "refuse", "-o", "none")
    assert refused.code
    assert not (place.root / "none").exists()
