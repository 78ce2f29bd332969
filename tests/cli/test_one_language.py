"""Commands speak one language: the same options, in any place, with the same meaning."""

from __future__ import annotations

import json
import subprocess

import click
import pytest

from conftest import ROOT
from dragoman.cli import COMMANDS, dragoman
from dragoman.cli.output import SUFFIXES, suffix_of
from dragoman.exports import EXPORTS, export_named

CATALOG = "locales/he/LC_MESSAGES/day.po"
WRITERS = {
    "update": ["update"],
    "extract": ["extract"],
    "build": ["build"],
    "fmt": ["fmt"],
    "review": ["review", "--all", "--by", "me"],
    "waive": ["waive", "terminator", "--reason", "a headline", "-t", "day", "-u", "1.1"],
    "bless": ["bless", "--all"],
    "pretranslate": ["pretranslate"],
    "translate": ["translate", "-e", "pseudo"],
    "adopt": ["adopt", "old.txt", "-t", "day", "-l", "he", "--force"],
    "po set": ["po", "set", CATALOG, "A day.", "יום טוב."],
    "glossary import": ["glossary", "import", "terms.csv"],
    "prune": ["prune", "--yes"],
    "memory import": ["memory", "import", "old.tmx"],
    "check --fix": ["check", "--fix"],
}
"""What every command that writes catalogs is called with, where there is something to write."""

TMX = """<tmx version="1.4"><header creationtool="a" creationtoolversion="1" segtype="sentence"
o-tmf="a" adminlang="en" srclang="en" datatype="plaintext"/><body><tu><tuv xml:lang="en">
<seg>Gone.</seg></tuv><tuv xml:lang="he"><seg>הלך.</seg></tuv></tu></body></tmx>
"""


@pytest.fixture
def busy(project):
    """A project in which each of these commands has something to write."""
    project.run("update")
    project.write(
        CATALOG,
        project.read(CATALOG).replace(
            'msgid "A day."\nmsgstr ""', 'msgid "A day."\nmsgstr   "יום  אחד"'
        ),
    )
    project.write("old.txt", "יום.\nזה התחיל מוקדם. איש לא ישן.\nואז בא מר אלייב.\n")
    project.write("old.tmx", TMX)
    project.write("terms.csv", "source,locale,preferred\nday,he,יום\n")
    project.write("locales/he/LC_MESSAGES/gone.po", 'msgid "Gone."\nmsgstr "הלך."\n')
    project.write("source_texts/day.txt", project.read("source_texts/day.txt") + "A day it was.\n")
    return project


@pytest.mark.parametrize("name", WRITERS)
def test_a_dry_run_writes_nothing_and_says_so(busy, name):
    before = busy.snapshot()
    run = busy.run(*WRITERS[name], "--dry-run")
    assert run.code in (0, 1), run
    assert busy.snapshot() == before
    if name in ("update", "extract", "build", "fmt", "review", "po set", "adopt", "prune"):
        assert "dry run, nothing is written: " in run.err
        busy.run(*WRITERS[name])
        assert busy.snapshot() != before


def test_every_option_may_stand_anywhere(project):
    root = str(project.root)
    for line in (
        ["-C", root, "-q", "update", "-l", "he"],
        ["update", "-C", root, "-q", "-l", "he"],
        ["update", "-l", "he", "-q", "-C", root],
    ):
        run = project.run(*line)
        assert (run.code, run.out, run.err) == (0, "", "")
    run = project.run("memory", "export", "-C", f"{root}/source_texts", "-q", "-o", "new/")
    assert (run.code, run.err) == (0, "")
    assert (project.root / "source_texts/new/catalogs.tmx").is_file()


def test_the_folder_counts_for_every_path(project):
    project.fine("-C", "source_texts", "export", "-f", "tmx", "-o", "day.tmx")
    assert (project.root / "source_texts/day.tmx").is_file()
    project.fine("-C", "source_texts", "check", "--min", "0", "-r", "json:found.json")
    assert json.loads(project.read("source_texts/found.json"))["passed"]


def test_what_changed_is_said_in_one_line_in_a_pipe(project):
    first = project.run("update")
    assert (first.out, first.err) == ("", "4 files changed; 12 new\n")
    assert project.run("update").err == "nothing to update\n"
    project.write("source_texts/day.txt", "A new day.\n")
    assert project.run("update", "-q").err == ""
    project.write("source_texts/day.txt", "A newer day.\n")
    named = project.run("-v", "update").err.splitlines()
    assert named[1:] == [
        "  locales/day.pot",
        *(f"  locales/{locale}/LC_MESSAGES/day.po" for locale in ("az", "he", "ru")),
    ]


@pytest.mark.parametrize("name", ["he", "he-IL", "iw", "HE", "hebrew", "עברית", "he_IL"])
def test_locales_are_what_was_meant(project, name):
    run = project.run("status", "-l", name, "--format", "json")
    assert [text["locale"] for text in json.loads(run.out)["texts"]] == ["he"]


def test_names_may_be_repeated_or_separated_by_commas(project):
    project.write("source_texts/a,b.txt", "One.\n")
    project.write("source_texts/c.txt", "Two.\n")
    run = project.run("status", "-t", "a,b", "-t", "day,c", "-l", "az, ru", "--format", "json")
    found = [(text["text"], text["locale"]) for text in json.loads(run.out)["texts"]]
    assert found == [(t, x) for t in ("a,b", "day", "c") for x in ("az", "ru")]


def test_output_is_a_file_or_a_folder(project):
    project.write("source_texts/night.txt", "A night.\n")
    project.fine("export", "-f", "csv", "-t", "day", "-o", "one/")
    project.fine("export", "-f", "csv", "-o", "two")
    assert (project.root / "one/day.csv").is_file()
    assert (project.root / "two/night.csv").is_file()
    for output in ("page.pdf", "page.tsv"):
        run = project.run("export", "-f", "html", "-t", "day", "-o", output)
        assert run.code == 2
        assert run.err == (
            f"error: {output}: the suffix {output[4:]} is of another format; "
            "name it page.html, or choose that format\n"
        )
    assert project.run("export", "-f", "html", "-t", "day", "-o", "v1.2").code == 0
    run = project.run("export", "-f", "html", "-o", "all.html")
    assert run.err == "error: all.html: there are several editions; name a folder for them\n"


def test_every_suffix_that_is_written_is_known():
    for name in EXPORTS:
        if name not in ("moses", "alignment"):  # they write several files, into a folder
            assert suffix_of(f"x{export_named(name).SUFFIX}"), name
    assert {suffix_of(f"x{suffix}") for suffix in SUFFIXES} == SUFFIXES


def test_a_search_without_a_match_says_so(project):
    project.fine("update")
    run = project.run("memory", "search", "Nothing of the kind.", "-l", "he")
    assert (run.out, run.err) == (
        "",
        "no match of 70 % or more in he; --least accepts lower scores\n",
    )


def test_init_offers_what_git_should_ignore(project):
    subprocess.run(["git", "init", "-q", str(project.root)], check=True)
    (project.root / "dragoman.toml").unlink()
    project.write(".gitignore", "/build/")
    run = project.fine("init", "--locale", "he-IL,Russian")
    assert 'locales = ["he_IL", "ru"]' in project.read("dragoman.toml")
    assert "add *.mo to .gitignore" in run.err
    assert "dragoman build; dragoman status; dragoman check" in run.err
    (project.root / "dragoman.toml").unlink()
    project.fine("init", "--gitignore")
    assert project.read(".gitignore") == "/build/\n*.mo\n"


def test_removed_outputs_are_told(project):
    project.fine("build")
    project.write("source_texts/night.txt", "A night.\n")
    project.fine("build")
    (project.root / "source_texts/night.txt").unlink()
    run = project.run("build")
    assert "removed that nothing makes any more" in run.err


@pytest.mark.parametrize(
    ("words", "wanted"),
    [
        ("dragoman status -t ", ["day"]),
        ("dragoman status -l az,", ["az,az", "az,he", "az,ru"]),
        ("dragoman export -f tm", ["tmx"]),
    ],
)
def test_completion_knows_texts_locales_and_formats(project, words, wanted):
    run = project.run(
        _DRAGOMAN_COMPLETE="bash_complete",
        COMP_WORDS=words,
        COMP_CWORD=str(len(words.split(" ")) - 1),
    )
    assert [line.partition(",")[2] for line in run.out.splitlines()] == wanted


def _all_commands():
    above = click.Context(dragoman, info_name="dragoman")
    for name in COMMANDS:
        command = dragoman.get_command(above, name)
        yield name, command
        for below in getattr(command, "commands", {}).values():
            yield f"{name} {below.name}", below


def test_an_option_has_one_name_and_one_help():
    """Common options are everywhere; texts and locales are never asked for in another way."""
    helps = {}
    for name, command in _all_commands():
        options = {option for param in command.params for option in param.opts}
        assert {"-q", "-v", "-C"} <= options, name
        for param in command.params:
            if isinstance(param, click.Option) and param.name in ("texts", "locales", "quiet"):
                if not name.startswith("init"):
                    helps.setdefault(param.name, set()).add(param.help)
    assert all(len(each) == 1 for each in helps.values())
    assert (ROOT / "docs/reference/cli.md").is_file()


# --- only some texts, only some locales ---------------------------------------------------------


@pytest.fixture
def two(project):
    """Two texts in three locales, built, of which both changed since."""
    project.write("source_texts/night.txt", "It ended late.\n")
    project.run("build")
    for name in ("day", "night"):
        path = f"source_texts/{name}.txt"
        project.write(path, project.read(path) + "More.\n")
    return project


def written(place, *arguments):
    """The files that a command changes, creates or removes, without those that only save work."""
    before = place.snapshot()
    run = place.run(*arguments)
    assert run.code == 0, run
    now = place.snapshot()
    names = [name for name in before | now if before.get(name) != now.get(name)]
    return sorted(name for name in names if not name.startswith("build/."))


def test_update_of_one_text_in_one_locale(two):
    assert written(two, "update", "-t", "night", "-l", "he") == [
        "locales/he/LC_MESSAGES/night.po",
        "locales/night.pot",
    ]


def test_build_of_one_text(two):
    changed = written(two, "build", "-t", "night")
    assert "build/ru/night.txt" in changed
    assert "build/parallel/night.html" in changed
    assert not any("day" in name for name in changed)
    assert "build/ru/day.txt" in written(two, "build")


def test_build_of_one_locale_leaves_editions_to_the_next_build(two):
    assert written(two, "build", "-t", "night", "-l", "he") == [
        "build/he/night.txt",
        "locales/he/LC_MESSAGES/night.po",
        "locales/night.pot",
    ]
    assert "build/parallel/night.html" in written(two, "build")


def test_what_is_not_named_is_not_removed(two):
    (two.root / "source_texts/day.txt").unlink()
    assert not any("day" in name for name in written(two, "build", "-t", "night"))
    assert "build/he/day.txt" in written(two, "build")


def test_prune_of_one_text_in_one_locale(two):
    for name in ("old", "older"):
        for locale in ("he", "ru"):
            two.write(f"locales/{locale}/LC_MESSAGES/{name}.po", f'msgid "{name}"\nmsgstr "x"\n')
    two.write("locales/old.pot", 'msgid "old"\nmsgstr ""\n')
    one = "locales/he/LC_MESSAGES/old.po"
    assert written(two, "prune", "--yes", "-t", "old", "-l", "he") == [one]
    assert written(two, "prune", "--yes", "-t", "old") == [
        "locales/old.pot",
        "locales/ru/LC_MESSAGES/old.po",
    ]
    run = two.run("prune", "--yes", "-t", "old")
    assert (run.code, run.err) == (
        2,
        "error: no catalogs without a text are named 'old'; orphans: older\n",
    )


def test_import_of_one_locale(two):
    two.run("build")
    two.translate("he", "day", lambda source: "כך " + source)
    two.run("export", "-t", "day", "-f", "review-xlsx", "-o", "all.review.xlsx")
    run = two.run("import", "all.review.xlsx", "-l", "he", "--dry-run")
    assert (run.code, "ru:" in run.out) == (0, False)
    run = two.run("import", "all.review.xlsx", "-l", "de")
    assert (run.code, "'de' is not a locale of this project" in run.err) == (2, True)
    two.run("export", "-t", "day", "-f", "xliff", "-l", "he", "-o", "one.xlf")
    nameless = two.read("one.xlf").replace(' trgLang="he"', "").replace(' xml:lang="he"', "")
    two.write("one.xlf", nameless)
    run = two.run("import", "one.xlf")
    assert (run.code, "name it with --locale" in run.err) == (2, True), run
    assert two.run("import", "one.xlf", "-l", "he").code == 0


def test_extract_and_audit_of_one_text_and_past_a_bad_one(two):
    assert written(two, "extract", "-t", "night") == ["locales/night.pot"]
    two.write(
        "source_texts/page.html", "<p>Seen.</p>\n<!-- dragoman: skip -->\n<p>Not offered.</p>\n"
    )
    two.write("source_texts/bad.html", b"<p>\xff</p>\n")
    run = two.run("extract", "--audit")
    assert (run.code, "bad.html:1" in run.err) == (2, True)
    run = two.run("extract", "--audit", "-t", "page")
    assert (run.code, "words not offered" in run.out) == (0, True)


def test_an_audit_goes_past_a_page_that_its_parser_refuses(two):
    two.write("source_texts/bad.html", "<![[[DOCTYPE html>\n<p>Seen.</p>\n")
    run = two.run("extract", "--audit")
    assert (run.code, "bad.html: html.parser cannot read the page" in run.err) == (2, True), run
    assert "0 words not offered" in run.out
    run = two.run("adopt", "source_texts/bad.html", "-t", "day", "-l", "he")
    assert run.code == 2, run


def test_check_tells_of_words_that_no_unit_has_if_all_is_asked_for(two):
    two.write(
        "source_texts/page.html", "<!-- dragoman: skip -->\n<p>Not offered.</p>\n<p>But this.</p>"
    )
    two.write("source_texts/bad.html", "<![[[DOCTYPE html>\n<p>Seen.</p>\n")
    two.run("update")
    said = "source_texts/page.html:2: info: not-offered: 2 words that readers see and no unit has"
    assert said not in two.run("check", "--min", "0").out
    run = two.run("check", "--min", "0", "--all")
    assert said in run.out, run
    assert "bad.html" not in run.out
    assert two.run("check", "--min", "0", "--fail-on", "info", "-t", "page").code == 1
    two.write("dragoman.toml", two.read("dragoman.toml") + '\n[checks]\nnot-offered = "off"\n')
    assert said not in two.run("check", "--min", "0", "--all").out
