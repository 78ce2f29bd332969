"""Gates and waivers: never worse than a base, findings accepted in the catalog or in a file."""

from __future__ import annotations

import json
import subprocess

import pytest


@pytest.fixture
def half(place):
    """A text of two sentences, one translated, with a finding."""
    place.fine("init", "--locale", "ru")
    place.write("source_texts/day.txt", "In 1992 he left.\nIt began.\n")
    place.fine("update")
    place.translate("ru", "day", {"In 1992 he left.": "В 1991 году он ушёл."}.get)
    return place


def says(place, text, targets):
    """The text anew, updated, with these translations."""
    place.write("source_texts/day.txt", text)
    place.fine("update")
    place.translate("ru", "day", targets.get)


KNOWN = {"In 1992 he left.": "В 1991 году он ушёл."}


@pytest.mark.parametrize(
    ("text", "targets", "code"),
    [
        ("In 1992 he left.\nIt began.\n", KNOWN, 0),  # as before
        ("In 1992 he left.\nIt began.\nIt ended.\n", KNOWN, 1),  # a new sentence without a target
        ("In 1992 he left.\nIt began.\nIt ended.\n", KNOWN | {"It ended.": "Кончилось."}, 0),
        # one translated and one new: the percentage rises, and still a new one lacks
        ("In 1992 he left.\nIt began.\nIt ended.\n", KNOWN | {"It began.": "Началось."}, 1),
        ("It began.\n", {}, 0),  # a translated sentence cut: nothing worse
        ("In 1992 he left.\nIt began.\n", {}, 1),  # a translation lost
        ("In 1992 he left.\nIt began.\n", KNOWN | {"It began.": "В 7 часов"}, 0),  # only a warning
    ],
)
def test_the_ratchet_counts_units(half, text, targets, code):
    half.run("check", "--save-baseline", "base.json")
    says(half, text, targets)
    run = half.run("check", "--base", "base.json")
    assert run.code == code, run.out
    assert (": error: worse than the base: " in run.out) == bool(code)


def test_a_base_may_be_a_commit(half):
    def git(*arguments):
        command = ["git", "-c", "user.name=a", "-c", "user.email=a@b", *arguments]
        subprocess.run(command, cwd=half.root, check=True, capture_output=True)

    git("init", "-q", "-b", "main")
    git("add", "-A")
    git("commit", "-q", "-m", "Begin")
    assert half.run("check", "--base", "main").code == 0
    says(half, "In 1992 he left.\nIt began.\nIt ended.\n", KNOWN)
    run = half.run("check", "--base", "main", "--format", "markdown")
    assert run.code == 1
    assert "❌ worse than the base" in run.out
    run = half.run("check", "--base", "nowhere")
    assert (run.code, run.err.count("\n")) == (2, 1)


def waive(place, *more):
    return place.run("waive", "number", "-l", "ru", "--reason", "a misprint there", *more)


def codes(place):
    """Codes of what is found and of what is waived."""
    found = json.loads(place.run("check", "--min", "0", "--format", "json").out)
    return [[f["code"] for f in found[kind]] for kind in ("findings", "waived")]


def test_a_waiver_in_a_file_leaves_the_catalog_alone(half):
    before = half.read("locales/ru/LC_MESSAGES/day.po")
    assert waive(half, "--in-file").code == 0
    assert half.read("locales/ru/LC_MESSAGES/day.po") == before
    assert codes(half) == [["missing"], ["number"]]
    waive(half, "--in-file")
    assert half.read("locales/waivers.toml").count("[[waiver]]") == 1


def test_a_waiver_in_a_file_falls_when_the_text_changes(half):
    waive(half, "--in-file")
    half.translate("ru", "day", {"In 1992 he left.": "Он ушёл в 1991 году."}.get)
    found, waived = codes(half)
    assert (sorted(found), waived) == (["missing", "number", "waiver"], [])
    half.write("source_texts/day.txt", "It began.\n")
    half.fine("update")
    run = half.run("check", "--min", "0")
    assert "waivers.toml:1: warning: waiver: the waiver of number is of a message" in run.out


@pytest.mark.parametrize(
    ("said", "wrong"),
    [
        ('[[waiver]]\ntext = "day"\n', "waivers.toml:1: a waiver without 'locale'"),
        ("[[waiver]", "waivers.toml: not TOML"),
        (
            '[[waiver]]\ntext = "a"\nlocale = "ru"\nsource = "b"\nreason = "c"\ncodes = ["numbr"]',
            "there is no check 'numbr'",
        ),
    ],
)
def test_a_wrong_file_of_waivers_is_refused_in_a_sentence(half, said, wrong):
    half.write("locales/waivers.toml", said)
    run = half.run("check")
    assert (run.code, run.err.count("\n")) == (2, 1)
    assert wrong in run.err


def test_findings_of_a_project_are_waived_too(place):
    place.fine("init", "--locale", "ru")
    place.write("source_texts/a.txt", "The road to Agdam is long.\nHe came back to Agdam.\n")
    place.fine("update")
    told = {
        "The road to Agdam is long.": "Дорога на Агдам длинная.",
        "He came back to Agdam.": "Он вернулся в Акдам.",
    }
    place.translate("ru", "a", told.get)
    out = place.run("check").out
    assert "two-names: “Agdam” is “Агдам” in locales/ru/LC_MESSAGES/a.po:16" in out
    assert "⟦Акдам⟧" in out
    place.fine("waive", "two-names", "-l", "ru", "--reason", "as the map has it")
    assert place.run("check", "--fail-on", "warning").code == 0
