"""Reports of projects that are half done: findings first, what is missing in a line, a last line that helps."""

from __future__ import annotations

import json

import pytest

WORDS = ("sea", "road", "house", "river", "tree", "stone", "bird", "field", "cloud", "door")


@pytest.fixture
def half_done(place):
    """Three texts of 40 sentences in two languages, nothing translated but one sentence, wrongly."""
    place.write("dragoman.toml", 'locales = ["he", "ru"]\nexports = []\n')
    for name in ("a", "b", "c"):
        lines = [f"The {word} of {name} is {n} years old." for n in range(4) for word in WORDS]
        place.write(f"source_texts/{name}.txt", "\n".join(lines) + "\n")
    place.run("update")
    say = {"The sea of c is 3 years old.": "Морю ц 5 лет."}
    place.translate("ru", "c", lambda source: say.get(source, ""))
    return place


def test_findings_come_before_what_is_missing(half_done):
    *lines, summary = half_done.run("check").out.splitlines()
    assert len(lines) == 9  # a finding with two excerpts, and a line for each text and locale
    assert ": error: number: the source says 3" in lines[0]
    assert lines[3] == (
        "a [he]: error: 40 of 40 not translated, first at locales/he/LC_MESSAGES/a.po:15; "
        "0 % translated, 100 % required"
    )
    assert summary == (
        "not passed: 1 error; 239 of 240 units not translated in 6 catalogs. "
        "To pass: fix or waive these findings; translate them, or lower --min to 0"
    )
    assert half_done.run("check", "--all").out.count(": missing: not translated: ") == 239


def test_the_summary_names_a_minimum_that_passes(half_done):
    half_done.translate("ru", "c", lambda source: f"Да {source}" if "3" in source else "")
    half_done.write("dragoman.toml", 'locales = ["ru"]\nexports = []\n[checks]\nresidue = "off"\n')
    said = half_done.run("check", "-t", "c", "--min", "90").out.splitlines()[-1]
    assert said.endswith("lower --min to 25")
    assert "c [ru]: error: 30 of 40" not in half_done.run("check", "-t", "c", "--min", "25").out


def test_few_missing_units_are_listed(half_done):
    half_done.translate("ru", "a", lambda source: "" if source.startswith("The sea") else "Да.")
    out = half_done.run("check", "-t", "a", "-l", "ru").out
    assert out.count(": error: missing: not translated: ") == 4


def test_annotations_end_at_ten_of_a_kind_and_the_summary_has_the_rest(half_done):
    half_done.translate(
        "ru", "b", lambda source: "Да 77." if "sea" in source or "door" in source else ""
    )
    half_done.translate("ru", "a", lambda source: "Да 77." if "sea" in source else "")
    summary = half_done.root / "summary.md"
    summary.write_text("before\n")
    run = half_done.run("check", "--format", "github", GITHUB_STEP_SUMMARY=str(summary))
    lines = run.out.splitlines()
    assert sum(line.startswith("::error") for line in lines) == 10
    assert "number" in lines[0]
    assert lines[-2].startswith("and more: ")
    assert lines[-1].startswith("not passed: ")
    written = summary.read_text()
    assert written.startswith("before\n## Translations: ")
    assert written.count("| locales/") > 10
    assert "not passed: " in written


def test_programs_get_a_result_a_text_and_locale_for_what_is_missing(half_done):
    log = json.loads(half_done.run("check", "--format", "sarif").out)
    missing = [r for r in log["runs"][0]["results"] if r["ruleId"] == "missing"]
    assert len(missing) == 6
    assert missing[0]["message"]["text"] == "40 of 40 not translated [he]"
    issues = json.loads(half_done.run("check", "--format", "gitlab").out)
    assert sum(issue["check_name"] == "missing" for issue in issues) == 6
    assert len({issue["fingerprint"] for issue in issues}) == len(issues)
    whole = json.loads(half_done.run("check", "--format", "json").out)
    assert sum(finding["code"] == "missing" for finding in whole["findings"]) == 239


@pytest.mark.parametrize("command", ["check", "build", "status", "update", "extract"])
def test_nothing_is_not_green(place, command):
    """No texts, or only files that no format reads: exit 2 and a sentence."""
    place.write("dragoman.toml", 'locales = ["he"]\n')
    (place.root / "source_texts").mkdir()
    run = place.run(command)
    assert run.code == 2
    assert "there is no text" in run.out + run.err
    for name in ("a.rtf", "b.rtf", "c.textile", "README", "d.png", "style.css", ".hidden.rtf"):
        place.write(f"source_texts/deep/{name}", "x")
    run = place.run(command)
    assert run.code == 2
    assert "not read, unknown formats: 1 without suffix, 2 .rtf, 1 .textile;" in run.err
    assert "that a format reads, but 4 other files" in run.out + run.err


def test_files_that_are_not_read_are_told_until_they_are_ignored(project):
    project.write("source_texts/deep/notes.rtf", "x")
    project.write("source_texts/map.svg", "<svg/>")
    assert "1 .rtf" in project.run("status").err
    assert project.run("status").code == 0
    settings = project.read("dragoman.toml")
    for pattern in ("*.rtf", "deep/*.rtf", "deep"):
        project.write("dragoman.toml", f'{settings}ignore = ["{pattern}"]\n')
        assert project.run("status").err == ""
    project.write("dragoman.toml", f'{settings}ignore = "*.rtf"\n')
    assert project.run("status").code == 2


def test_an_unreadable_catalog_is_in_every_form_and_exit_2(half_done):
    half_done.write("locales/he/LC_MESSAGES/a.po", 'msgid "A day.\nmsgstr ""\n')
    for form in ("text", "json", "sarif", "junit", "github", "gitlab", "markdown", "html"):
        run = half_done.run("check", "--format", form)
        assert run.code == 2, form
        assert "unterminated string" in run.out.replace("\\", ""), form
