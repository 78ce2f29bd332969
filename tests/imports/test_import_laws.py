"""Laws of files that come back: nothing a person wrote is lost, and importing twice is importing once.

A text in two languages goes out in each form, is edited at random, and comes back, with or without
changes of the catalogs in between.
"""

from __future__ import annotations

import io
import shutil
import tempfile
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from conftest import Place
from dragoman import po

docx = pytest.importorskip("docx", reason="*** no python-docx: pip install 'dragoman[office]'")
openpyxl = pytest.importorskip("openpyxl", reason="*** no openpyxl")

SENTENCES = ["It *began* early.", "Nobody slept.", "Then it ended.", "We left `home`."]
TEXT = "{} {} {}\n\n- {}\n".format(*SENTENCES)
LOCALES = ("he", "ru")
FORMS = {"xliff": "xlf", "xliff12": "xlf", "review-docx": "docx", "review-xlsx": "xlsx"}


def _path(locale):
    return f"locales/{locale}/LC_MESSAGES/day.po"


@pytest.fixture(scope="module")
def empty():
    """A project of one text, nothing translated."""
    folder = Path(tempfile.mkdtemp())
    (folder / ".git").mkdir()
    place = Place(folder)
    place.write("dragoman.toml", 'locales = ["he", "ru"]\n')
    place.write("source_texts/day.md", TEXT)
    place.update()
    yield place
    shutil.rmtree(folder)


# --- editors ---------------------------------------------------------------------------------


def _edit_xliff(path, edits):
    """Edit targets by their sources; give back the sources that were there."""
    there = set()
    tree = ET.parse(path)
    for unit in tree.iter():
        source = next((x for x in unit if x.tag.endswith("}source")), None)
        if unit.tag.rpartition("}")[2] not in ("segment", "trans-unit") or source is None:
            continue
        new = edits.get("".join(source.itertext()))
        if new is None:
            continue
        there.add("".join(source.itertext()))
        for target in [x for x in unit if x.tag.endswith("}target")]:
            unit.remove(target)
        target = ET.Element(source.tag.replace("source", "target"))
        target.text = new
        unit.insert(list(unit).index(source) + 1, target)
        if unit.tag.endswith("}segment"):
            unit.set("state", "translated")
            unit.attrib.pop("subState", None)
    tree.write(path, "UTF-8")
    return there


def _edit_docx(path, edits, column):
    whole, there = docx.Document(str(path)), set()
    for row in whole.tables[0].rows:
        source = row.cells[2].text
        if source in edits:
            row.cells[column].text = edits[source]
            there.add(source)
    whole.save(str(path))
    return there


def _edit_xlsx(path, edits, column):
    whole, there = openpyxl.load_workbook(io.BytesIO(path.read_bytes())), set()
    for row in whole.active.iter_rows():
        source = row[2].value
        if source in edits:
            row[column].value = edits[source]
            there.add(source)
    whole.save(path)
    return there


def _edited(place, form, edits):
    """The files of a form, and what was edited in them: by locale, the new target of a source.

    Sentences that a translator joined have one row, so that their edits have no place.
    """
    names, there = [], {}
    for locale in LOCALES if "xliff" in form else ("all",):
        name = f"came.{locale}.{FORMS[form]}"
        chosen = ["-l", locale] if locale != "all" else []
        assert (
            place.run("export", "-f", form, "--drafts", *chosen, "-o", str(place.root / name)).code
            == 0
        )
        path = place.root / name
        if "xliff" in form:
            plain = {_plain(form, source): source for source in edits[locale]}
            new = {said: edits[locale][source] for said, source in plain.items()}
            there[locale] = {plain[said] for said in _edit_xliff(path, new)}
        else:
            for column, one in enumerate(LOCALES, 3):
                edit = _edit_docx if "docx" in form else _edit_xlsx
                there[one] = edit(path, edits[one], column)
        names.append(name)
    done = {x: {source: edits[x][source] for source in there[x]} for x in LOCALES}
    return names, done


def _plain(form, source):
    """What a source says in an XLIFF element, codes and all, to one who knows no codes."""
    return source if form == "xliff12" else source.replace("*", "").replace("`home`", "")


# --- what happens ----------------------------------------------------------------------------

STATES = st.sampled_from(["", "draft", "done"])
WORDS = st.text("אבגжяab ,.!?-*`", min_size=1, max_size=12).filter(lambda x: x.strip(" ↑↓"))
TARGETS = st.fixed_dictionaries({locale: st.lists(STATES, min_size=4, max_size=4) for locale in LOCALES})  # fmt: skip
EDITS = st.fixed_dictionaries(
    {locale: st.dictionaries(st.sampled_from(SENTENCES), WORDS.map(str.strip), max_size=4) for locale in LOCALES}
)  # fmt: skip


def _fill(place, states, joined, tag=""):
    for locale in LOCALES:
        catalog = po.parse((place.root / _path(locale)).read_bytes())
        for at, entry in enumerate(catalog.entries):
            if entry.msgid not in SENTENCES:
                continue
            number = SENTENCES.index(entry.msgid)
            state = states[locale][number]
            target = f"{locale} {number}{tag}." if state else ""
            made = entry.replaced(msgstr=target)
            if joined == (locale, number) and number in (1, 2):
                made = entry.replaced(msgstr="↑")
            catalog.entries[at] = made.flagged("fuzzy") if state == "draft" else made
        place.write(_path(locale), catalog.write())


def _entries(place, locale):
    found = po.parse((place.root / _path(locale)).read_bytes())
    return {e.msgid: e for e in found.messages()}


@settings(
    max_examples=20,
    phases=(Phase.explicit, Phase.generate),
    suppress_health_check=list(HealthCheck),
)
@given(
    states=TARGETS,
    edits=EDITS,
    joined=st.none() | st.tuples(st.sampled_from(LOCALES), st.sampled_from([1, 2])),
    meanwhile=st.booleans(),
)
@pytest.mark.parametrize("form", FORMS)
def test_what_was_written_stays_and_twice_is_once(empty, form, states, edits, joined, meanwhile):
    place = Place(Path(tempfile.mkdtemp()))
    try:
        shutil.copytree(empty.root, place.root, dirs_exist_ok=True)
        _fill(place, states, joined)
        names, edits = _edited(place, form, edits)
        if meanwhile:
            _fill(place, states, joined, tag=" anew")
        before = {locale: _entries(place, locale) for locale in LOCALES}
        codes = [place.run("import", str(place.root / name)).code for name in names]
        assert set(codes) <= {0, 1}
        once = place.snapshot()
        for locale in LOCALES:
            _holds_what_was_written(place, locale, before[locale], edits[locale])
            if joined is None and not meanwhile:
                _takes(place, locale, before[locale], edits[locale])
        for name in names:
            place.run("import", str(place.root / name))
        assert place.snapshot() == once
    finally:
        shutil.rmtree(place.root)


def _holds_what_was_written(place, locale, before, edits):
    """Whatever was in the catalog or came with the file is in the catalog, or in a comment of it."""
    text = (place.root / _path(locale)).read_bytes().decode()
    now = _entries(place, locale)
    for source, entry in before.items():
        if source not in edits and entry.msgstr:
            assert (
                now[source].msgstr in (entry.msgstr, "↑", *edits.values()) or entry.msgstr in text
            )
        if entry.msgstr and source in edits and entry.msgstr != now[source].msgstr:
            assert now[source].msgstr == edits[source]  # replaced by whom it was sent to
    if before == now:
        return
    for source, new in edits.items():
        if now[source].msgstr != "↑":
            assert any(
                new in (e.msgstr, *e.comments.split("“")) or f"“{new}”" in e.comments
                for e in now.values()
            ), (source, new)


def _takes(place, locale, before, edits):
    """Nothing stood in the way: what was edited is the translation, all else is as it was."""
    now = _entries(place, locale)
    for source, entry in before.items():
        if source in edits:
            assert now[source].msgstr == edits[source]
            assert not now[source].fuzzy or edits[source] == entry.msgstr
        else:
            assert now[source].raw == entry.raw
