"""Reports: each form holds what was found, in a shape that its reader takes."""

from __future__ import annotations

import json
from xml.etree import ElementTree as ET

import pytest

from conftest import ROOT
from dragoman import po


@pytest.fixture
def faulty(place):
    """A text with one finding of each severity, one missing unit, one waiver."""
    place.fine("init", "--locale", "he", "--locale", "ru")
    place.write(
        "source_texts/day.txt", "In 1992 he left.\nWhat | <happened>?\nIt began.\n3.5 percent\n"
    )
    place.fine("update")
    told = {
        "ru": ["В 1991 году он ушёл.", "Что | <случилось>.", "Началось", "3.5 процента"],
        "he": ["ב-1992 הוא עזב.", "מה | <קרה>?", "", "3.5 אחוזים"],
    }
    sources = ["In 1992 he left.", "What | <happened>?", "It began.", "3.5 percent"]
    for locale, targets in told.items():
        place.translate(locale, "day", dict(zip(sources, targets, strict=True)).get)
    place.fine("waive", "terminator", "-l", "ru", "-u", "3.1", "--reason", "a headline")
    return place


def also(place, locale, targets):
    """Put some translations into a catalog and leave the others."""
    told = {
        entry.msgid: entry.msgstr
        for entry in po.parse(
            (place.root / f"locales/{locale}/LC_MESSAGES/day.po").read_bytes()
        ).entries
    } | targets
    place.translate(locale, "day", told.get)


def report(place, form, *more):
    return place.run("check", "--format", form, *more).out


def test_json_is_of_its_schema(faulty):
    jsonschema = pytest.importorskip("jsonschema")
    schema = json.loads((ROOT / "docs/reference/check.schema.json").read_text("utf-8"))
    found = json.loads(report(faulty, "json"))
    jsonschema.validate(found, schema)
    (number,) = [f for f in found["findings"] if f["code"] == "number"]
    assert number["target"][slice(*number["span"])] == "1991"
    assert number["source"][slice(*number["source_span"])] == "1992"
    assert [w["reason"] for w in found["waived"]] == ["a headline"]


def test_sarif_points_at_the_catalog_and_the_text(faulty):
    log = json.loads(report(faulty, "sarif"))
    (run,) = log["runs"]
    results = {r["ruleId"]: r for r in run["results"] if "suppressions" not in r}
    number = results["number"]
    assert number["level"] == "error"
    place = number["locations"][0]["physicalLocation"]
    line = faulty.read(place["artifactLocation"]["uri"]).split("\n")[
        place["region"]["startLine"] - 1
    ]
    assert line.startswith(("#", "msgid"))
    related = number["relatedLocations"][0]["physicalLocation"]
    assert related == {
        "artifactLocation": {"uri": "source_texts/day.txt"},
        "region": {"startLine": 1},
    }
    ids = [rule["id"] for rule in run["tool"]["driver"]["rules"]]
    assert all(ids[r["ruleIndex"]] == r["ruleId"] for r in run["results"])
    assert [
        r["suppressions"][0]["justification"] for r in run["results"] if "suppressions" in r
    ] == ["a headline"]


def test_junit_counts_what_fails(faulty):
    root = ET.fromstring(report(faulty, "junit"))
    assert int(root.get("failures")) == len(root.findall(".//failure"))
    assert int(root.get("tests")) == len(root.findall(".//testcase"))
    assert {f.get("type") for f in root.iter("failure")} == {"number", "incomplete", "markup"}


def test_github_escapes_what_would_be_a_command(faulty):
    *lines, summary = report(faulty, "github").splitlines()
    assert summary.startswith("not passed: ")
    assert all(line.startswith("::") for line in lines)
    assert any(
        line.startswith("::error file=locales/ru/LC_MESSAGES/day.po,line=") for line in lines
    )


def test_gitlab_fingerprints_are_unique(faulty):
    issues = json.loads(report(faulty, "gitlab"))
    prints = [issue["fingerprint"] for issue in issues]
    assert len(set(prints)) == len(prints) > 2
    assert {issue["severity"] for issue in issues} <= {
        "info",
        "minor",
        "major",
        "critical",
        "blocker",
    }


def test_markdown_cells_stay_cells(faulty):
    rows = [
        line for line in report(faulty, "markdown").splitlines() if line.startswith("| locales")
    ]
    assert rows
    for row in rows:
        assert row.replace("\\|", "").count("|") == 5
        assert "<" not in row.replace("\\<", "")


def test_html_gives_each_language_its_direction(faulty):
    page = report(faulty, "html")
    assert '<td lang="ru" dir="ltr">В <mark>1991</mark> году' in page
    assert "<случилось>" not in page
    assert '<bdi lang="he" dir="rtl">עברית</bdi>' in page


def test_the_dashboard_has_every_text_language_and_check(faulty):
    faulty.fine("status", "--html", "page.html")
    page = faulty.read("page.html")
    assert page.count('<section class="card">') == 2
    assert "75 % of units <small>(3 of 4)</small>" in page
    assert '<th scope="row">day</th>' in page
    assert '<th scope="row">number</th><td class="error">error</td>' in page
    assert '<td lang="ru" dir="ltr">В <mark>1991</mark> году' in page
    assert "complete and sound" not in page


def test_text_groups_and_marks_both_places(faulty):
    out = report(faulty, "text")
    heads = [line for line in out.splitlines() if line.startswith("day [")]
    assert heads == [
        "day [he]: 1 error",
        "day [ru]: 2 errors, 1 warning",
        "day [he]: error: 1 of 4 not translated, first at locales/he/LC_MESSAGES/day.po:25; "
        "75 % translated, 100 % required",
    ]
    assert "    → In ⟦1992⟧ he left.\n    → В ⟦1991⟧ году он ушёл.\n" in out
    also(faulty, "he", {"It began.": "זה\u202e התחיל."})
    out = report(faulty, "text")
    assert "    ← זה⟦<U+202E>⟧ התחיל." in out
    for form in ("github", "markdown"):
        assert "\u202e" not in report(faulty, form)
    faulty.run("check", "-r", "text:log.txt")
    assert "\u202e" not in faulty.read("log.txt")


def test_badge(faulty):
    assert json.loads(report(faulty, "badge"))["message"] == "87 %"


def test_several_reports_of_one_run(faulty):
    run = faulty.run("check", "-r", "sarif:a.sarif", "-r", "junit:b.xml")
    assert run.code == 1
    assert "number: the source says 1992" in run.out
    assert json.loads(faulty.read("a.sarif"))["version"] == "2.1.0"
    assert faulty.read("b.xml").startswith("<?xml")
    run = faulty.run("check", "-r", "serif:a")
    assert (run.code, run.err.count("\n")) == (2, 1)


def test_severities_are_the_settings_to_say(faulty):
    settings = faulty.read("dragoman.toml")
    faulty.write(
        "dragoman.toml",
        settings + '\n[checks]\nnumber = "info"\n[checks.ru]\nterminator = "error"\n',
    )
    found = json.loads(report(faulty, "json"))["findings"]
    assert {(f["code"], f["severity"]) for f in found if f["locale"] == "ru"} >= {
        ("number", "info"),
        ("terminator", "error"),
    }
    faulty.write("dragoman.toml", settings + '\n[checks]\nnumbr = "off"\n')
    run = faulty.run("check")
    assert run.code == 2
    assert "unknown key 'numbr'; did you mean 'number'?" in run.err


def test_a_waiver_falls_when_the_text_changes(faulty):
    also(faulty, "ru", {"It began.": "Началось же"})
    out = faulty.run("check", "-l", "ru").out
    assert "waiver: the waiver of terminator is of another text" in out
    assert "terminator: the source ends with a statement" in out


def test_the_ratchet(faulty):
    faulty.run("check", "--save-baseline", "base.json")
    assert faulty.run("check", "--base", "base.json").code == 0
    also(faulty, "ru", {"It began.": "В 7 часов."})
    run = faulty.run("check", "--base", "base.json", "--fail-on", "warning")
    assert run.code == 1
    assert "number: 7 is not in the source" in run.out
    assert "1991" not in run.out
    faulty.write("base.json", "{}")
    run = faulty.run("check", "--base", "base.json")
    assert (run.code, run.err) == (
        2,
        "error: base.json: not a baseline; write it anew with --save-baseline\n",
    )


def test_safe_fixes_are_shown_and_written(faulty):
    also(faulty, "ru", {"It began.": "Он сказал  «да.»"})
    shown = faulty.run("check", "--fix", "--dry-run").out
    assert '-msgstr "Он сказал  «да.»"' in shown
    before = faulty.read("locales/ru/LC_MESSAGES/day.po")
    faulty.run("check", "--fix")
    after = faulty.read("locales/ru/LC_MESSAGES/day.po")
    assert 'msgstr "Он сказал «да»."' in after
    assert len(after.split("\n")) == len(before.split("\n"))


def test_require_and_words(faulty):
    run = faulty.run("check", "-l", "ru", "--require", "reviewed", "--min", "10")
    assert "day [ru]: error: 4 of 4 not reviewed; 0 % reviewed, 10 % required" in run.out
    run = faulty.run("check", "-l", "he", "--by", "words", "--min", "90")
    assert "81.8 % of the words translated, 90 % required" in run.out
