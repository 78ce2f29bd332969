"""XLIFF: valid, in the right direction, and back again as it went out."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conftest import ROOT, Place
from dragoman.exports import export_named
from dragoman.exports.parts.export_options import ExportOptions
from dragoman.imports import xliff as incoming
from dragoman.interchange.inline_codes import pieces
from dragoman.model import Cell, Kind, Parallel, ParallelBlock, Row, State

SCHEMAS = ROOT.parent / "shared/schemas/xliff-2.1"
TEXTS = st.text(
    st.sampled_from("ab אבג ж*_`[]()!<>&\"'~\\^\x01\ud7ff\u2066\u200e|/:.-")
    | st.characters(exclude_categories=["Cs"]),
    min_size=1,
    max_size=60,
).filter(str.strip)


def edition(source, target, locale="he", state=State.TRANSLATED):
    cells = (
        Cell("en", source, State.TRANSLATED, "en"),
        Cell(locale, target, state, locale, stand_in=not target),
    )
    row = Row("1f", "1.1", cells, "ctx", ("mind & this",))
    return Parallel(
        "day",
        "Day",
        ("en", locale),
        (ParallelBlock(Kind.PARAGRAPH, (row, row._replace(id="2e", number="1.2"))),),
    )


@given(TEXTS)
def test_pieces_join_to_the_text(text):
    found = pieces(text)
    assert "".join(p if isinstance(p, str) else p.data for p in found) == text
    for place, piece in enumerate(found):
        if not isinstance(piece, str):
            assert found[piece.partner].partner == place


@pytest.mark.parametrize("name", ["xliff", "xliff12"])
@given(source=TEXTS, target=TEXTS)
def test_what_comes_back_is_what_went_out(name, source, target):
    made = export_named(name).export(edition(source, target), ExportOptions())
    for row in incoming.read(made.encode(), "x.xlf"):
        assert row.source == source
        assert row.targets == {"he": target}
        assert row.state == "translated"


def test_codes_keep_their_ids_in_the_target():
    made = export_named("xliff").export(
        edition("a **b** `c` [d](e)", "[ד](e) `c` **ב**"), ExportOptions()
    )
    lxml = pytest.importorskip("lxml.etree")
    root = lxml.fromstring(made.encode())
    ns = {"x": "urn:oasis:names:tc:xliff:document:2.0"}
    for segment in root.iterfind(".//x:segment", ns):
        ids = [
            {
                e.get("id"): e.get("dataRef") or e.get("dataRefStart")
                for e in segment.find(f"x:{side}", ns).iter()
                if e.get("id")
            }
            for side in ("source", "target")
        ]
        assert ids[0] == ids[1] != {}
    file = root.find("x:file", ns)
    assert (file.get("srcDir"), file.get("trgDir")) == ("ltr", "rtl")


needs_schemas = pytest.mark.skipif(not SCHEMAS.is_dir(), reason="the XLIFF schemas are not here")


def _problems(made: bytes, rules=("xliff_core_2.1.sch", "metadata.sch")) -> list[str]:
    """What the schema of XLIFF 2.1, that of its metadata, and the rules beside them refuse."""
    lxml = pytest.importorskip("lxml.etree")
    pytest.importorskip("elementpath")
    from schematron import failures

    root = lxml.fromstring(made)
    found = []
    for file, elements in (
        ("xliff_core_2.0.xsd", [root]),
        ("metadata.xsd", root.iter("{urn:oasis:names:tc:xliff:metadata:2.0}metadata")),
    ):
        schema = lxml.XMLSchema(lxml.parse(str(SCHEMAS / file)))
        found += [str(schema.error_log) for element in elements if not schema.validate(element)]
    return found + [line for name in rules for line in failures(SCHEMAS / name, root)]


@needs_schemas
@pytest.mark.parametrize("state", list(State))
def test_xliff_is_valid(state):
    for target in ("", "*a* \x02 `b` [c](d) <br> [^1] **ב** unpaired * and _"):
        made = export_named("xliff").export(
            edition("*a* \x02 `b` [c](d) <br> [^1] **x** unpaired * and _", target, state=state),
            ExportOptions(),
        )
        assert _problems(made.encode()) == []


@needs_schemas
def test_an_empty_text_is_valid():
    empty = export_named("xliff").export(Parallel("x", "X", ("en", "ru"), ()), ExportOptions())
    assert _problems(empty.encode()) == []


@needs_schemas
@pytest.mark.parametrize(
    ("name", "locale"),
    [
        ("baku-remembrance-address", "az"),
        ("four-lines", "he"),
        ("khojaly-memorial-day", "ru"),
        ("translators-guide", "he"),
    ],
)
def test_our_own_texts_are_valid(ours, name, locale):
    place = Place(ours)
    place.fine("export", "-f", "xliff", "-t", name, "-l", locale, "-o", f"{name}.xlf")
    rules = ("xliff_core_2.1.sch",) if locale == "ru" else ()  # slow; benchmarks/schemas.py has all
    assert _problems(place.read(f"{name}.xlf").encode(), rules) == []
    assert _valid_in_2_2(place.read(f"{name}.xlf"))


def _valid_in_2_2(made: str) -> bool:
    """Whether the document, called one of XLIFF 2.2, keeps its schema."""
    lxml = pytest.importorskip("lxml.etree")
    folder = SCHEMAS.parent / "xliff-2.2"
    copies = SCHEMAS / "informativeCopiesOf3rdPartySchemas"

    class Nearby(lxml.Resolver):
        def resolve(self, url, _public_id, context):
            if url.endswith("xml.xsd"):
                return self.resolve_filename(str(copies / "w3c/xml.xsd"), context)
            return None

    parser = lxml.XMLParser()
    parser.resolvers.add(Nearby())
    schema = lxml.XMLSchema(lxml.parse(str(folder / "xliff_core_2.2.xsd"), parser))
    said = made.replace("document:2.0", "document:2.2").replace('version="2.1"', 'version="2.2"')
    return schema.validate(lxml.fromstring(said.encode()))


@needs_schemas
def test_hostile_strings_are_valid():
    """By the schema all of them, by the slow rules some, and those without U+FFFE and U+FFFF.

    These XML cannot hold, so that `cp` has to name them; the rule F25 has forgotten them.
    """
    from test_hostile import HOSTILE

    def made(strings):
        blocks = [
            block._replace(rows=(block.rows[0]._replace(id=f"{at}a"),))
            for at, said in enumerate(strings)
            for block in edition(said[:500], strings[-1 - at][:500]).blocks
        ]
        parallel = Parallel("x", "X", ("en", "he"), tuple(blocks))
        return export_named("xliff").export(parallel, ExportOptions()).encode()

    assert _problems(made(HOSTILE), ()) == []
    some = [one for one in HOSTILE if not re.search("[\ufffe\uffff]", one)]
    assert _problems(made(some[::6])) == []


@needs_schemas
@pytest.mark.parametrize(
    ("old", "new"),
    [
        (' trgLang="he"', ""),
        (' trgLang="he"', ' trgLang="nonsense_1"'),
        ('<segment id="s2e"', '<segment id="s1f"'),
        ('<unit id="u0"', '<unit id="f 1"'),
        ('state="translated"', 'state="done"'),
        ('state="translated"', 'subState="dragoman:x"'),
        ('dataRef="d2"', 'dataRef="d99"'),
        ('<data id="d2"', '<data id="d1"'),
        ('<target xml:space="preserve">', '<target xml:space="preserve"><pc id="c1.1">x</pc>'),
        ("<segment ", '<segment><source/><target xml:lang="ru">x</target></segment><segment '),
    ],
)
def test_the_judges_see_what_is_wrong(old, new):
    made = export_named("xliff").export(edition("*a* `b` `c`", "*a* `c`"), ExportOptions())
    assert old in made
    assert _problems(made.encode()) == []
    assert _problems(made.replace(old, new, 1).encode()) != []


@pytest.fixture
def sent(place):
    place.fine("init", "--locale", "ru", "--locale", "he")
    place.write(
        "source_texts/day.md", "# A day\n\nIt *began* early. Nobody slept.\n\nThen it ended.\n"
    )
    place.fine("update")
    told = {
        "A day": "День",
        "It *began* early.": "Он *начался* рано.",
        "Nobody slept.": "",
        "Then it ended.": "Потом он кончился.",
    }
    place.translate("ru", "day", told.get)
    place.fine("export", "-f", "xliff", "-l", "ru", "-o", "day.xlf")
    return place


def edited(place, old, new, name="day.xlf"):
    text = place.read(name)
    assert old in text
    place.write(name, text.replace(old, new))


def targets(place, locale="ru"):
    from dragoman import po

    found = po.parse((place.root / f"locales/{locale}/LC_MESSAGES/day.po").read_bytes())
    return {e.msgid: e for e in found.entries if e.msgid}


def test_an_unchanged_file_changes_nothing(sent):
    before = sent.snapshot()
    sent.fine("import", "day.xlf")
    assert sent.snapshot() == before


def test_a_changed_cell_becomes_the_translation(sent):
    edited(sent, "Потом он кончился.", "Затем он кончился.")
    sent.fine("import", "day.xlf")
    entry = targets(sent)["Then it ended."]
    assert (entry.msgstr, entry.fuzzy) == ("Затем он кончился.", False)
    assert "origin=imported day.xlf" in entry.comments


def test_a_suggestion_stands_beside(sent):
    edited(sent, "Потом он кончился.", "Затем он кончился.")
    sent.fine("import", "day.xlf", "--as", "suggestion")
    entry = targets(sent)["Then it ended."]
    assert entry.msgstr == "Потом он кончился."
    assert "# suggestion (day.xlf): “Затем он кончился.”" in entry.comments


def test_what_changed_meanwhile_is_a_conflict_with_both_texts(sent):
    edited(sent, "Потом он кончился.", "Затем он кончился.")
    sent.fine(
        "po", "set", "locales/ru/LC_MESSAGES/day.po", "Then it ended.", "А потом он кончился."
    )
    run = sent.run("import", "day.xlf")
    assert run.code == 1
    assert "conflict: the translation has changed since" in run.out
    entry = targets(sent)["Then it ended."]
    assert (entry.msgstr, entry.fuzzy) == ("А потом он кончился.", True)
    assert "Затем он кончился." in entry.comments
    assert "conflict" in sent.run("check", "-l", "ru").out


def test_a_stale_row_is_told_and_kept_beside(sent):
    edited(sent, "Потом он кончился.", "Затем он кончился.")
    text = sent.read("day.xlf")
    row = next(r for r in incoming.read(text.encode()) if r.source == "Then it ended.")
    sent.write(
        "day.xlf",
        text.replace(row.hash, ("1" if row.hash[0] == "0" else "0") + row.hash[1:]),
    )
    run = sent.run("import", "day.xlf")
    assert run.code == 1
    assert "stale: the source has changed since: “Then it ended.”" in run.out
    entry = targets(sent)["Then it ended."]
    assert entry.msgstr == "Потом он кончился."
    assert "Затем он кончился." in entry.comments


def test_a_dry_run_writes_nothing(sent):
    edited(sent, "Потом он кончился.", "Затем он кончился.")
    before = sent.snapshot()
    sent.fine("import", "day.xlf", "--dry-run")
    assert sent.snapshot() == before


def test_a_removed_and_an_unknown_row_are_told(sent):
    text = sent.read("day.xlf")
    row = next(r for r in incoming.read(text.encode()) if r.source == "A day")
    sent.write("day.xlf", text.replace(f'id="s{row.id}"', 'id="sffffffff"'))
    run = sent.run("import", "day.xlf")
    assert run.code == 1
    assert "unknown: no such unit in the text: “A day”" in run.out
    assert "missing: the file has no row for it: “A day”" in run.out


@pytest.mark.parametrize(
    ("data", "said"),
    [
        ("<xliff", "not an XLIFF file"),
        ('<!DOCTYPE x [<!ENTITY a "b">]><xliff version="2.1"/>', "a DOCTYPE is not allowed"),
        ('<xliff version="3.0"/>', "its version is '3.0'"),
        ('<xliff version="2.1"/>', "has no segments"),
    ],
)
def test_bad_files_are_refused_in_a_sentence(sent, data, said):
    sent.write("bad.xlf", data)
    run = sent.run("import", "bad.xlf")
    assert (run.code, run.err.count("\n")) == (2, 1)
    assert said in run.err


def test_a_file_without_end_is_not_read(sent):
    """Refused by its size; a sparse file of a gigabyte takes no room."""
    with open(sent.root / "large.xlf", "wb") as file:
        file.truncate(1 << 30)
    run = sent.run("import", "large.xlf")
    assert (run.code, run.err) == (
        2, "error: large.xlf: more than 64 MB; split it into smaller files\n",
    )  # fmt: skip


@pytest.mark.parametrize("form", ["review-docx", "review-xlsx"])
def test_the_review_round_trip(sent, form):
    pytest.importorskip("docx")
    suffix = form.removeprefix("review-")
    sent.fine("export", "-f", form, "-o", f"day.{suffix}")
    before = sent.snapshot()
    sent.fine("import", f"day.{suffix}")
    assert sent.snapshot() == before


# --- what CAT tools do to our files ----------------------------------------------------------


def segments_of(place, name="day.xlf"):
    return re.findall(r"<segment .*?</segment>", place.read(name), re.DOTALL)


def filled(segment, target):
    """A segment with a finished translation."""
    without = re.sub(r"\n<target.*?</target>", "", segment)
    done = without.replace('state="initial"', 'state="translated"')
    return done.replace("</source>", f"</source><target>{target}</target>")


def test_every_change_is_told_in_a_pipe_and_on_a_dry_run(sent):
    edited(sent, "Потом он кончился.", "Затем он кончился.")
    for more in (["--dry-run"], []):
        run = sent.fine("import", "day.xlf", *more)
        assert "edited: “Then it ended.”: “Потом он кончился.” → “Затем он кончился.”" in run.out
        assert "1 not translated in the file" in run.out
    assert sent.fine("-q", "import", "day.xlf").out == ""


def test_two_segments_with_one_id_are_refused(sent):
    third = segments_of(sent)[2]
    assert "Nobody slept." in third
    again = filled(third, "Никто не спал.") + filled(third, "Никто не заснул.")
    edited(sent, third, again)
    run = sent.run("import", "day.xlf")
    assert run.code == 1
    assert run.out.count("ambiguous: left alone (two of its segments have the id") >= 2
    assert "“Никто не спал.”" in run.out
    assert "“Никто не заснул.”" in run.out
    assert targets(sent)["Nobody slept."].msgstr == ""


def test_halves_are_put_together(sent):
    third = segments_of(sent)[2]
    half = third.replace("Nobody slept.", "Nobody ")
    new = "<segment><source>slept.</source></segment>"
    edited(sent, third, filled(half, "Никто ") + filled(new.replace("<segment>", '<segment state="initial">'), "не спал."))  # fmt: skip
    sent.fine("import", "day.xlf")
    entry = targets(sent)["Nobody slept."]
    assert (entry.msgstr, entry.fuzzy) == ("Никто не спал.", False)


def test_another_source_makes_a_draft_or_a_suggestion(sent):
    """A draft where there was nothing; beside the translation where there is a finished one."""
    third, last = segments_of(sent)[2:4]
    edited(sent, third, filled(third.replace("Nobody slept.", "Nobody sleeps."), "Никто не спит."))
    edited(sent, last, filled(last.replace("Then it ended.", "Then it ends."), "Потом конец."))
    run = sent.run("import", "day.xlf")
    assert run.code == 1
    assert run.out.count("taken as a draft (the file has another source)") == 2
    entry, finished = targets(sent)["Nobody slept."], targets(sent)["Then it ended."]
    assert (entry.msgstr, entry.fuzzy) == ("Никто не спит.", True)
    assert (finished.msgstr, finished.fuzzy) == ("Потом он кончился.", False)
    assert "“Потом конец.”" in finished.comments


@pytest.mark.parametrize("form", ["xliff", "xliff12"])
def test_a_draft_that_came_back_finished_is_confirmed(sent, form):
    path = "locales/ru/LC_MESSAGES/day.po"
    sent.fine("po", "set", path, "Nobody slept.", "Никто не спал.", "--fuzzy")
    sent.fine("export", "-f", form, "-l", "ru", "--drafts", "-o", "day.xlf")
    before = sent.snapshot()
    sent.fine("import", "day.xlf")
    assert sent.snapshot() == before
    for old, new in ((' subState="dragoman:draft"', ""), ('state="initial"', 'state="translated"'), ("needs-review-translation", "translated")):  # fmt: skip
        sent.write("day.xlf", sent.read("day.xlf").replace(old, new))
    run = sent.fine("import", "day.xlf")
    assert "draft confirmed: “Nobody slept.”" in run.out
    assert not targets(sent)["Nobody slept."].fuzzy


def test_a_translation_of_a_sentence_that_went_away_is_kept(sent):
    third = segments_of(sent)[2]
    edited(sent, third, filled(third, "Никто не спал."))
    text = sent.read("source_texts/day.md")
    sent.write("source_texts/day.md", text.replace(" Nobody slept.", " Nobody could sleep."))
    sent.fine("update")
    run = sent.run("import", "day.xlf")
    assert run.code == 1
    assert "unknown: no such unit in the text" in run.out
    entry = targets(sent)["Nobody slept."]
    assert (entry.msgstr, entry.obsolete) == ("Никто не спал.", True)
    before = sent.snapshot()
    sent.run("import", "day.xlf")
    assert sent.snapshot() == before


@pytest.mark.parametrize("form", ["xliff", "xliff12", "tmx"])
def test_codes_have_the_ids_of_the_source(sent, form):
    """By the markup that they stand for, however the translation orders them."""
    text = "A *b* and `c` and [d](e), and `c`."
    sent.write("source_texts/day.md", text + "\n")
    sent.fine("update")
    told = "[д](e), *б*, `c`, `c` и ещё `c`."
    sent.translate("ru", "day", {text: told}.get)
    name = f"codes{export_named(form).SUFFIX}"
    sent.fine("export", "-f", form, "-l", "ru", "-o", name)
    lxml = pytest.importorskip("lxml.etree")
    root = lxml.fromstring((sent.root / name).read_bytes())
    data = {e.get("id"): e.text for e in root.iter("{*}data")}
    sides = []
    for side in root.iter("{*}source", "{*}target", "{*}seg"):
        codes = [e for e in side.iter() if e.get("id") or e.get("x")]
        said = [(data.get(e.get("dataRef") or e.get("dataRefStart")) or e.text, e.get("id") or e.get("x")) for e in codes]  # fmt: skip
        ids = [id_ for _, id_ in said]
        assert len(ids) == len(set(ids))
        sides.append(set(said))
    assert sides[0] < sides[1]
    assert {said for said, _ in sides[1] - sides[0]} == {"`c`"}


def test_the_head_of_1_2_names_tool_and_format(sent):
    sent.fine("export", "-f", "xliff12", "-l", "ru", "-o", "day.12.xlf")
    made = sent.read("day.12.xlf")
    assert 'datatype="x-markdown" tool-id="dragoman"' in made
    assert '<tool tool-id="dragoman" tool-name="dragoman" tool-version="' in made
    assert "dragoman-hash" not in re.sub(r'extradata="[^"]*"', "", made)
    before = sent.snapshot()
    sent.fine("import", "day.12.xlf")
    assert sent.snapshot() == before


@pytest.mark.parametrize("form", ["xliff", "xliff12"])
def test_targets_filled_with_sources_are_untranslated(sent, form):
    sent.fine("export", "-f", form, "-l", "ru", "--target", "source", "-o", "day.xlf")
    assert sent.read("day.xlf").count("Nobody slept.") == 2
    before = sent.snapshot()
    run = sent.fine("import", "day.xlf")
    assert "1 not translated in the file" in run.out
    assert sent.snapshot() == before
    old = re.search(r"<target[^>]*>Nobody slept.</target>", sent.read("day.xlf"))[0]
    edited(sent, old, old.replace("Nobody slept.", "Никто не спал."))
    sent.fine("import", "day.xlf")
    entry = targets(sent)["Nobody slept."]
    assert (entry.msgstr, entry.fuzzy) == ("Никто не спал.", True)


@pytest.mark.parametrize("form", ["xliff", "xliff12"])
def test_a_join_in_another_language_is_no_concern(sent, form):
    sent.fine("export", "-f", form, "-l", "ru", "-o", "day.xlf")
    joined = {"It *began* early.": "זה *התחיל* מוקדם ואיש לא ישן.", "Nobody slept.": "↑"}
    sent.translate("he", "day", lambda source: joined.get(source, ""))
    edited(sent, "Он <", "Оно <")
    sent.fine("import", "day.xlf")
    assert targets(sent)["It *began* early."].msgstr == "Оно *начался* рано."


@pytest.mark.parametrize("form", ["review-docx", "review-xlsx"])
def test_an_edit_of_one_of_two_sentences_that_another_language_joined(sent, form):
    """The row is one for both languages; what changed in it is of one sentence."""
    joined = {"It *began* early.": "זה *התחיל* מוקדם ואיש לא ישן.", "Nobody slept.": "↑"}
    sent.translate("he", "day", lambda source: joined.get(source, ""))
    told = {"It *began* early.": "Он *начался* рано.", "Nobody slept.": "Никто не спал."}
    sent.translate("ru", "day", lambda source: told.get(source, ""))
    suffix = form.removeprefix("review-")
    sent.fine("export", "-f", form, "-o", f"day.{suffix}")
    if suffix == "docx":
        whole = pytest.importorskip("docx").Document(str(sent.root / "day.docx"))
        cells = [cell for row in whole.tables[0].rows for cell in row.cells]
        cell = next(c for c in cells if "Никто" in c.text)
        cell.text = cell.text.replace("Никто не спал.", "Никто не заснул.")
        whole.save(str(sent.root / "day.docx"))
    else:
        book = pytest.importorskip("openpyxl").load_workbook(sent.root / "day.xlsx")
        cell = next(c for r in book.active.iter_rows() for c in r if "Никто" in str(c.value))
        cell.value = cell.value.replace("Никто не спал.", "Никто не заснул.")
        book.save(sent.root / "day.xlsx")
    sent.fine("import", f"day.{suffix}")
    assert targets(sent)["Nobody slept."].msgstr == "Никто не заснул."
    assert targets(sent)["It *began* early."].msgstr == told["It *began* early."]
    assert targets(sent, "he")["Nobody slept."].msgstr == "↑"
