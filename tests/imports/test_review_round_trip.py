"""A review from the catalogs and back into them, by the command line, edited as people edit."""

from __future__ import annotations

import io

import pytest

from dragoman import po

docx = pytest.importorskip("docx", reason="*** no python-docx: pip install 'dragoman[office]'")
openpyxl = pytest.importorskip("openpyxl", reason="*** no openpyxl")

HEBREW = {"A day.": "יום.", "It began early.": "זה התחיל ב-5:30 (C++)."}


class Document:
    """A review document, as python-docx edits it."""

    FORM = "review-docx"

    def __init__(self, path):
        self.path = path
        self.whole = docx.Document(str(path))
        self.table = self.whole.tables[0]

    def write(self, row, column, text):
        self.table.rows[row].cells[column].text = text

    def delete(self, row):
        self.table._tbl.remove(self.table.rows[row]._tr)

    def save(self):
        self.whole.save(str(self.path))


class Workbook:
    """A review workbook, as openpyxl edits it."""

    FORM = "review-xlsx"

    def __init__(self, path):
        self.path = path
        self.whole = openpyxl.load_workbook(io.BytesIO(path.read_bytes()))

    def write(self, row, column, text):
        self.whole.active.cell(row + 1, column + 1).value = text

    def delete(self, row):
        self.whole.active.delete_rows(row + 1)

    def save(self):
        self.whole.save(self.path)


HE, RU, COMMENT = 3, 4, 5
FILES = {"review-docx": Document, "review-xlsx": Workbook}


@pytest.fixture(params=FILES)
def sent(request, project):
    """A project whose text went out for review, and the file."""
    project.fine("update")
    project.translate("he", "day", lambda source: HEBREW.get(source, ""))
    name = f"out.{request.param.rpartition('-')[2]}"
    out = ["--format", request.param, "--locale", "he", "--locale", "ru", "--output", name]
    project.fine("export", *out)
    return project, FILES[request.param](project.root / name)


def _targets(project, locale) -> dict[str, str]:
    found = po.parse((project.root / f"locales/{locale}/LC_MESSAGES/day.po").read_bytes())
    return {e.msgid: e.msgstr for e in found.entries if e.msgid and e.msgstr and not e.fuzzy}


def test_an_untouched_file_changes_nothing(sent):
    project, file = sent
    before = project.snapshot()
    run = project.fine("import", file.path.name)
    assert project.snapshot() == before
    assert "conflict" not in run.out + run.err


def test_a_saved_file_changes_nothing(sent):
    project, file = sent
    file.save()
    before = project.snapshot()
    project.fine("import", file.path.name)
    assert project.snapshot() == before


def test_what_a_reviewer_wrote_is_in_the_catalogs(sent):
    project, file = sent
    file.write(1, HE, "יום אחד.")
    file.write(3, HE, "אף אחד לא ישן – “=1+1”.")
    file.write(1, RU, "=День.")
    file.write(1, COMMENT, "Better so.")
    file.save()
    project.fine("import", file.path.name)
    assert _targets(project, "he") == {
        "A day.": "יום אחד.",
        "It began early.": HEBREW["It began early."],
        "Nobody slept.": "אף אחד לא ישן – “=1+1”.",
    }
    assert _targets(project, "ru") == {"A day.": "=День."}
    assert "Better so." in project.read("locales/he/LC_MESSAGES/day.po")
    again = project.snapshot()
    project.fine("import", file.path.name)
    assert project.snapshot() == again


def test_an_emptied_cell_deletes_nothing(sent):
    project, file = sent
    file.write(1, HE, None if isinstance(file, Workbook) else "")
    file.save()
    project.fine("import", file.path.name)
    assert _targets(project, "he") == HEBREW


def test_a_deleted_row_is_told(sent):
    project, file = sent
    file.delete(2)
    file.write(1, HE, "יום אחד.")
    file.save()
    run = project.run("import", file.path.name)
    assert run.code == 1
    assert "no row for it: “It began early.”" in run.out
    assert _targets(project, "he") == HEBREW | {"A day.": "יום אחד."}


def test_a_translation_that_changed_meanwhile_is_not_overwritten(sent):
    project, file = sent
    file.write(1, HE, "יום אחד.")
    file.save()
    changed = HEBREW | {"A day.": "היום."}
    project.translate("he", "day", lambda source: changed.get(source, ""))
    run = project.run("import", file.path.name)
    assert run.code == 1
    assert "conflict" in run.out
    catalog = project.read("locales/he/LC_MESSAGES/day.po")
    assert "היום." in catalog
    assert "יום אחד." in catalog


def test_a_source_that_changed_meanwhile_is_told(sent):
    project, file = sent
    file.write(2, HE, "זה התחיל.")
    file.save()
    text = project.read("source_texts/day.txt")
    project.write("source_texts/day.txt", text.replace("It began early.", "It began late."))
    project.fine("update")
    run = project.run("import", file.path.name)
    assert run.code == 1
    assert "It began early." in run.out
    assert "זה התחיל." not in _targets(project, "he").values()


def test_a_comment_on_an_untouched_row_is_kept(sent):
    project, file = sent
    file.write(1, COMMENT, "Is this\nthe title?")
    file.write(2, HE, "זה התחיל.")
    file.write(2, COMMENT, "Shorter.")
    file.write(3, COMMENT, "Who?")
    file.save()
    project.fine("import", file.path.name)
    hebrew, russian = (project.read(f"locales/{x}/LC_MESSAGES/day.po") for x in ("he", "ru"))
    name = file.path.name
    assert hebrew.count(f"# comment ({name}): Is this the title?\n") == 1
    assert hebrew.count(f"# comment ({name}): Shorter.\n") == 1
    assert "Shorter." not in russian
    assert hebrew.count(f"# comment ({name}): Who?\n") == 1
    assert _targets(project, "he") == HEBREW | {"It began early.": "זה התחיל."}
    again = project.snapshot()
    project.fine("import", name)
    assert project.snapshot() == again
