"""Whole projects: building, editing, building again; parallel rows; the seed articles."""

from __future__ import annotations

import json
import shutil

import pytest

from conftest import LOCALES, ROOT, needs_gettext, pseudo

SEEDS = ROOT.parent / "shared/seeds"


def _catalog(project, locale="he", domain="day"):
    return project.read(f"locales/{locale}/LC_MESSAGES/{domain}.po")


def test_a_build_makes_everything_and_settles(project):
    project.fine("build")
    made = project.snapshot()
    assert {
        "locales/day.pot",
        "build/he/day.txt",
        "build/parallel/day.html",
        "build/.state.json",
    } <= set(made)
    for locale in LOCALES:
        assert f"locales/{locale}/LC_MESSAGES/day.po" in made
        assert f"locales/{locale}/LC_MESSAGES/day.mo" in made
        assert made[f"build/{locale}/day.txt"] == made["source_texts/day.txt"]
    assert project.run("build").out == ""
    assert project.snapshot() == made
    shutil.rmtree(project.root / "build")
    project.fine("build")
    again = project.snapshot()
    for name in ("build/.state.json", "build/.outputs.json"):
        del made[name], again[name]
    assert again == made


def test_drafts_stay_in_until_asked_for(project):
    project.fine("build")
    project.translate("he", "day", lambda s: "א " + s)
    path = project.root / "locales/he/LC_MESSAGES/day.po"
    path.write_text(
        path.read_text("utf-8").replace("#: source_texts/day.txt:1\n", "#, fuzzy\n"), "utf-8"
    )
    project.fine("build")
    assert project.read("build/he/day.txt").startswith("A day.\nא It began early.")
    assert "data-row" in project.read("build/parallel/day.html")
    assert "א A day" not in project.read("build/parallel/day.html")
    project.fine("build", "--drafts")
    assert project.read("build/he/day.txt").startswith("א A day.")


def test_an_edit_of_the_source_makes_one_draft(project):
    project.fine("build")
    for locale in LOCALES:
        project.translate(locale, "day", pseudo(locale))
    project.fine("build")
    text = project.read("source_texts/day.txt")
    project.write("source_texts/day.txt", text.replace("Nobody slept.", "Almost nobody slept."))
    project.fine("build")
    for locale in LOCALES:
        catalog = _catalog(project, locale)
        assert catalog.count("#, fuzzy") == 1
        assert '#| msgid "Nobody slept."' in catalog
        assert '#~ msgid "Nobody slept."' in catalog
    assert json.loads(project.run("status", "--format", "json").out)["texts"][0]["fuzzy"] == 1
    project.write("source_texts/day.txt", text)
    project.fine("build")
    for locale in LOCALES:
        assert "fuzzy" not in _catalog(project, locale)
        assert "#~" not in _catalog(project, locale)


def test_nothing_a_translator_wrote_is_dropped(project):
    project.fine("build")
    path = project.root / "locales/ru/LC_MESSAGES/day.po"
    text = path.read_text("utf-8").replace(
        'msgid "It began early."\nmsgstr ""', '#, x-flag\nmsgid "It began early."\nmsgstr "Рано."'
    )
    text = text.replace("#. paragraph", "# спросить автора\n#. paragraph", 1) + "\n# last words\n"
    path.write_text(text, "utf-8")
    project.write("source_texts/day.txt", "Quite different words stand here now.\n")
    project.fine("build")
    for kept in ("# спросить автора", "#, x-flag", '#~ msgstr "Рано."', "# last words"):
        assert kept in _catalog(project, "ru")


def test_outputs_alone(project):
    """Without updating, catalogs stay as they are, and outputs come from them."""
    project.fine("update")
    project.translate("ru", "day", pseudo("ru"))
    project.write("source_texts/day.txt", "A day.\nQuite new. Nobody slept.\n")
    before = {k: v for k, v in project.snapshot().items() if k.startswith("locales/")}
    project.fine("build", "--no-update")
    assert {k: v for k, v in project.snapshot().items() if k.startswith("locales/")} == before
    assert project.read("build/ru/day.txt").endswith(
        f"Quite new. {pseudo('ru')('Nobody slept.')}\n"
    )
    project.fine("build")
    assert '#~ msgid "It began early."' in _catalog(project, "ru")


@pytest.mark.parametrize(
    ("missing", "expected"),
    [
        ("source", "A day.\nIt began early. Nobody slept."),
        ("mark", "⟦…⟧\n⟦…⟧ ⟦…⟧"),
        ("blank", "\n "),
    ],
)
def test_missing_translations_by_policy(project, missing, expected):
    project.write("dragoman.toml", f'locales = ["he"]\nmissing = "{missing}"\n')
    project.fine("build")
    assert project.read("build/he/day.txt").startswith(expected)


def test_missing_translations_refused(project):
    project.write("dragoman.toml", 'locales = ["he"]\nmissing = "refuse"\n')
    run = project.run("build")
    assert run.code == 1
    assert run.err == (
        "error: source_texts/day.txt:1: 4 of its units are not translated into he; "
        "translate them in locales/he/LC_MESSAGES/day.po\n"
    )
    made = project.snapshot()
    assert "locales/he/LC_MESSAGES/day.po" in made  # there is something to translate in
    assert not any(name.startswith(("build/he", "build/parallel")) for name in made)
    project.translate("he", "day", pseudo("he"))
    project.fine("build")
    assert "build/he/day.txt" in project.snapshot()


def test_outputs_of_a_text_that_is_no_more(project):
    project.write("source_texts/night.txt", "A night.\n")
    project.fine("build")
    (project.root / "source_texts/night.txt").unlink()
    project.fine("build")
    made = project.snapshot()
    assert not any(name.startswith("build/") and "night" in name for name in made)
    assert "locales/he/LC_MESSAGES/night.po" in made  # the translator's own
    assert "build/he/day.txt" in made


def test_an_output_that_was_taken_away_comes_back(project):
    project.fine("build")
    made = project.snapshot()
    (project.root / "build/he/day.txt").unlink()
    (project.root / "locales/ru/LC_MESSAGES/day.mo").unlink()
    project.fine("build")
    again = project.snapshot()
    assert again["build/he/day.txt"] == made["build/he/day.txt"]
    assert "locales/ru/LC_MESSAGES/day.mo" in again


def test_settings_by_text_and_unit(place):
    place.write(
        "dragoman.toml",
        'locales = ["ru"]\nexports = []\n\n[[text]]\nmatch = "poems/*"\nunit = "block"\nparagraphs = "blank"\n\n'
        '[segmentation.en]\nnever_ends = ["Bd."]\n',
    )
    place.write("source_texts/poems/a.txt", "One. Two.\nthree\n\nFour.\n")
    place.write("source_texts/b.md", "See Bd. Two. And three.\n")
    place.fine("build")
    poem = place.read("locales/poems/a.pot")
    assert 'msgid "One. Two. three"' in poem
    assert 'msgid "See Bd. Two."' in place.read("locales/b.pot")


def test_srx_in_a_project(place):
    from test_segment import SRX

    place.write("dragoman.toml", 'locales = ["ru"]\nsrx = "rules.srx"\n')
    place.write("rules.srx", SRX.format(cascade="yes"))
    place.write("source_texts/a.txt", "See Bd. Two. Then Dr. Who came.\n")
    place.fine("extract")
    assert 'msgid "Then Dr."' in place.read("locales/a.pot")


def test_comments_in_the_source(place):
    place.write("dragoman.toml", 'locales = ["ru"]\nexports = ["jsonl"]\n')
    place.write(
        "source_texts/a.md",
        "<!-- dragoman: note The town, not the man. -->\n\nKhojaly. It.\n\n<!-- dragoman: skip -->\n\nSkipped.\n\n"
        "<!-- dragoman: context heading -->\n\nIt.\n\n<!-- dragoman: off -->\n\nOff.\n\n- Off too.\n\n<!-- dragoman: on -->\n\nOn.\n",
    )
    place.fine("build")
    pot = place.read("locales/a.pot")
    assert '#. Note: The town, not the man.\n#: source_texts/a.md:3\nmsgid "Khojaly."' in pot
    assert 'msgctxt "heading"\nmsgid "It."' in pot
    assert "Off" not in pot
    assert "Skipped" not in pot
    rows = [json.loads(line) for line in place.read("build/parallel/a.jsonl").splitlines()]
    assert [row["cells"]["en"]["text"] for row in rows] == ["Khojaly.", "It.", "It.", "On."]
    assert rows[2]["context"] == "heading"
    assert len({row["id"] for row in rows}) == 4


def test_row_ids_stay_when_neighbours_change(project):
    project.fine("export", "-f", "jsonl")
    before = {
        json.loads(x)["cells"]["en"]["text"]: json.loads(x)["id"]
        for x in project.read("build/parallel/day.jsonl").splitlines()
    }
    project.write(
        "source_texts/day.txt",
        "A day.\nNew one. It began late. Nobody slept.\nThen Mr. Aliyev came.\n",
    )
    project.fine("export", "-f", "jsonl")
    after = {
        json.loads(x)["cells"]["en"]["text"]: json.loads(x)["id"]
        for x in project.read("build/parallel/day.jsonl").splitlines()
    }
    for sentence in ("A day.", "Nobody slept.", "Then Mr. Aliyev came."):
        assert after[sentence] == before[sentence]


def test_a_project_is_found_from_below_but_not_above_a_repository(project):
    (project.root / "source_texts/deep/er").mkdir(parents=True)
    assert project.fine("-C", "source_texts/deep/er", "status").out.startswith("text")
    (project.root / "source_texts/deep/.git").mkdir()
    run = project.run("-C", "source_texts/deep/er", "status")
    assert run.code == 2
    assert (
        run.err
        == "error: no dragoman.toml in this folder or above it; make a project with 'dragoman init'\n"
    )


def test_pyproject_settings(place):
    place.write(
        "pyproject.toml",
        '[project]\nname = "book"\n\n[tool.dragoman]\nlocales = ["az"]\nexports = []\n',
    )
    place.write("source_texts/a.txt", "Hello.\n")
    place.fine("build")
    assert '"Project-Id-Version: book\\n"' in place.read("locales/az/LC_MESSAGES/a.po")


def test_check_names_both_places(project):
    project.fine("update")
    run = project.run("check", "-l", "he")
    assert run.code == 1
    assert run.out.splitlines()[0] == (
        "locales/he/LC_MESSAGES/day.po:15: error: missing: not translated: “A day.” (source_texts/day.txt:1)"
    )
    assert run.out.splitlines()[-2:] == [
        "day [he]: error: 4 of 4 not translated, first at locales/he/LC_MESSAGES/day.po:15; "
        "0 % translated, 100 % required",
        "not passed: 4 of 4 units not translated in 1 catalog. "
        "To pass: translate them, or lower --min to 0",
    ]
    assert project.run("check", "--min", "0").code == 0
    project.translate("he", "day", pseudo("he"))
    assert project.run("check", "-l", "he").code == 0
    found = json.loads(project.run("check", "--format", "json").out)
    assert found["passed"] is False
    assert {f["locale"] for f in found["findings"] if f["code"] == "missing"} == {"az", "ru"}
    assert found["findings"][0]["origin"] == {"file": "source_texts/day.txt", "line": 1}


def test_check_finds_what_is_not_in_the_text_any_more(project):
    project.fine("update")
    project.translate("he", "day", pseudo("he"))
    project.write("source_texts/day.txt", "A day.\nIt began early.\nThen Mr. Aliyev came.\n")
    run = project.run("check", "-l", "he")
    assert run.code == 1
    assert "stale: not in the text any more; run 'dragoman update': “Nobody slept.”" in run.out


# --- the seed articles and our own texts ---


@pytest.mark.skipif(not SEEDS.is_dir(), reason="the seed articles are not here")
def test_the_seed_articles(place):
    """39 and 16 sentences; equal rows; one word changed makes one draft in each locale."""
    place.fine("init")
    for path in SEEDS.glob("*.txt"):
        place.write(f"source_texts/{path.name}", path.read_bytes())
    place.write(
        "dragoman.toml",
        place.read("dragoman.toml").replace(
            '["html"]', '["html", "text", "markdown", "tsv", "csv", "jsonl", "tmx"]'
        ),
    )
    place.fine("build")
    counts = {
        c["text"]: c["units"]
        for c in json.loads(place.run("status", "--format", "json").out)["texts"]
    }
    assert counts == {"000_55a6da121105b12e": 39, "001_ebf9f1d3ccc6968a": 16}
    for domain in counts:
        source = place.read(f"source_texts/{domain}.txt")
        for locale in LOCALES:
            assert place.read(f"build/{locale}/{domain}.txt") == source
            place.translate(locale, domain, pseudo(locale))
    place.fine("build")
    # letter for letter is no language, and the checks say so; but nothing lacks
    found = json.loads(place.run("check", "--format", "json").out)["findings"]
    assert not {"missing", "fuzzy", "stale", "join"} & {problem["code"] for problem in found}
    for domain, units in counts.items():
        rows = [
            json.loads(line) for line in place.read(f"build/parallel/{domain}.jsonl").splitlines()
        ]
        assert len(rows) == units
        for row in rows:
            assert list(row["cells"]) == ["en", *LOCALES]
            for locale in LOCALES:
                assert row["cells"][locale]["text"] == pseudo(locale)(row["cells"]["en"]["text"])
        for suffix in ("html", "txt", "md", "tsv", "csv", "tmx"):
            assert (place.root / f"build/parallel/{domain}.{suffix}").stat().st_size > 1000
        lines = place.read(f"build/he/{domain}.txt").split("\n")
        assert len(lines) == len(place.read(f"source_texts/{domain}.txt").split("\n"))
    name = "000_55a6da121105b12e"
    lines = place.read(f"source_texts/{name}.txt").split("\n")
    longest = max(range(len(lines)), key=lambda i: len(lines[i]))
    words = lines[longest].split(" ")
    words[len(words) // 2] = "changed"
    lines[longest] = " ".join(words)
    place.write(f"source_texts/{name}.txt", "\n".join(lines))
    place.fine("build")
    for count in json.loads(place.run("status", "--format", "json").out)["texts"]:
        changed = count["text"] == name
        assert (count["fuzzy"], count["missing"]) == (int(changed), 0)


def test_our_texts_are_complete_but_the_unfinished_one(ours):
    """The baseline knows what it lacks; a check without it names that, and nothing else."""
    from conftest import Place

    place = Place(ours)
    assert place.run("check", "--base", "locales/baseline.json").code == 0
    run = place.run("check", "--format", "json")
    found = json.loads(run.out)["findings"]
    assert run.code == 1
    assert {finding["text"] for finding in found} == {"a-lamp-for-the-landing"}
    assert {finding["code"] for finding in found} == {"missing", "fuzzy"}


def test_our_catalogs_are_in_step(ours):
    """What is committed is what `dragoman build` makes."""
    for path in (ROOT / "locales").rglob("*.po*"):
        assert (ours / path.relative_to(ROOT)).read_bytes() == path.read_bytes(), path


@needs_gettext
def test_msgfmt_has_nothing_to_say(ours):
    import subprocess

    catalogs = sorted((ours / "locales").rglob("*.po"))
    assert len(catalogs) == 15
    for path in catalogs:
        done = subprocess.run(
            ["msgfmt", "--check", "-o", "/dev/null", str(path)], capture_output=True, check=False
        )
        assert (done.returncode, done.stderr) == (0, b"")
