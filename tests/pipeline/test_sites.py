"""Projects of sites: their dialect, what is written for each locale, and files that are hostile."""

from __future__ import annotations

import pytest

SIGNS = {
    "mkdocs.yml": ("site_name: x\n", "Press ++ctrl+c++.\n", "Press ++ctrl+c++."),
    "docusaurus.config.js": ("module.exports = {}\n", "export const a = 1;\n\nWords.\n", "Words."),
    "source_texts/conf.py": ("extensions = ['myst_parser']\n", "% no\n\nWords.\n", "Words."),
    "_quarto.yml": ("project: x\n", "| Words.\n", "Words."),
}
"""What tells a dialect, a text that only this dialect reads so, and its only unit."""


def _units(place):
    shown = place.run("export", "--format", "tsv", "--output", "-").out
    return [line.split("\t")[3] for line in shown.splitlines()[1:]]


@pytest.mark.parametrize("sign", SIGNS)
def test_a_site_shows_its_dialect(place, sign):
    said, text, unit = SIGNS[sign]
    place.write("dragoman.toml", 'locales = ["ru"]\n')
    place.write("source_texts/a.md", text)
    without = _units(place)
    place.write(sign, said)
    assert _units(place) == [unit]
    if sign != "mkdocs.yml":  # keys are no units, but they are in one
        assert without != [unit]
    place.write("dragoman.toml", 'locales = ["ru"]\ndialect = "commonmark"\n')
    if sign != "mkdocs.yml":
        assert _units(place) != [unit]


def test_a_sign_that_comes_later_is_heeded(place):
    """A build with nothing else to do reads the texts anew where the dialect is another."""
    place.write("dragoman.toml", 'locales = ["ru"]\nexports = []\n')
    place.write("source_texts/a.md", "% no\n\nWords.\n")
    assert place.run("build").code == 0
    assert "% no" in place.read("locales/a.pot")
    place.write("conf.py", "extensions = ['myst_parser']\n")
    assert place.run("build").code == 0
    assert "% no" not in place.read("locales/a.pot")


def _translated(place, locale, targets):
    place.run("update")
    path = f"locales/{locale}/LC_MESSAGES/a.po"
    text = place.read(path)
    for source, target in targets.items():
        assert f'msgid "{source}"\nmsgstr ""' in text
        text = text.replace(f'msgid "{source}"\nmsgstr ""', f'msgid "{source}"\nmsgstr "{target}"')
    place.write(path, text)


def test_a_handbook(place):
    """Frames, definitions, shortcodes and HTML are built with their lines in their places."""
    place.write("dragoman.toml", 'locales = ["he"]\nexports = []\n')
    place.write("mkdocs.yml", "site_name: Boats\n")
    source = (
        '!!! note "Mind"\n    Take care.\n\nRope\n: A line.\n\n'
        '{{< figure caption="A boat" >}}\n\n<p>Go <b>home</b>.</p>\n\n*One,\\\ntwo.*\n'
    )
    place.write("source_texts/a.md", source)
    targets = {
        "Mind": "שימו לב",
        "Take care.": "היזהרו.",
        "Rope": "חבל",
        "A line.": "קו.",
        "A boat": "סירה",
        "Go <b>home</b>.": "לכו <b>הביתה</b>.",
        "One,": "אחת,",
        "two.": "שתיים.",
    }
    _translated(place, "he", targets)
    assert place.run("build").code == 0
    built = source
    for said, target in sorted(targets.items(), key=lambda pair: -len(pair[0])):
        built = built.replace(said, target)
    assert place.read("build/he/a.md") == built


def test_front_matter_of_each_locale(place):
    place.write(
        "dragoman.toml",
        'locales = ["he", "pt_BR"]\nexports = []\nfront_matter = ["title", "tags[]"]\n'
        '[front_matter_set]\nlang = "{lang}"\npermalink = "/{locale}/x/"\ndir = "{direction}"\n',
    )
    place.write(
        "source_texts/a.md", "---\nlang: en\ntitle: A day\ntags: [sea, sand]\n---\n\nText.\n"
    )
    place.write("source_texts/b.md", '+++\nlang = "en"\n[params]\nx = 1\n+++\n\nText.\n')
    _translated(place, "he", {"A day": "יום", "sand": "חול"})
    assert place.run("build").code == 0
    assert place.read("build/he/a.md") == (
        "---\nlang: he\ntitle: יום\ntags: [sea, חול]\npermalink: /he/x/\ndir: rtl\n---\n\nText.\n"
    )
    assert place.read("build/pt_BR/b.md") == (
        '+++\nlang = "pt-BR"\npermalink = "/pt_BR/x/"\ndir = "ltr"\n[params]\nx = 1\n+++\n\nText.\n'
    )


def test_a_page_says_its_language(place):
    place.write("dragoman.toml", 'locales = ["he"]\nexports = []\n')
    place.write(
        "source_texts/a.html", "<!doctype html>\n<html class=x lang='en'><p>Hi <b>you</b>.\n"
    )
    _translated(place, "he", {"Hi <b>you</b>.": "שלום <b>לכם</b>."})
    assert place.run("build").code == 0
    assert place.read("build/he/a.html") == (
        "<!doctype html>\n<html class=x lang='he' dir=\"rtl\"><p>שלום <b>לכם</b>.\n"
    )


def test_a_covering_translation_begins_where_the_first_sentence_does(place):
    """What covers the sentence before it stands at the beginning of the line, and is escaped there."""
    place.write("dragoman.toml", 'locales = ["ru"]\nexports = []\n')
    place.write("source_texts/a.md", "One is here. Two are there.\n")
    _translated(place, "ru", {"One is here.": "↓", "Two are there.": "2. Оба."})
    assert place.run("build").code == 0
    assert place.read("build/ru/a.md") == "2\\. Оба.\n"


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.md", "*" * 4000 + "a" + "*" * 4000),
        ("a.md", "> " * 3000 + "a\n"),
        ("a.md", "+++\nx = " + "[" * 3000 + "]" * 3000 + "\n+++\n\nText.\n"),
        ("a.md", "---\nx: " + "[" * 3000 + "]" * 3000 + "\n---\n\nText.\n"),
        ("a.md", "---\n" + "".join(" " * i + "a:\n" for i in range(1500)) + "---\n\nText.\n"),
        ("a.html", "<b>" * 3000 + "a" + "</b>" * 3000),
        ("a.html", "<div>" * 3000 + "a"),
        ("a.mdx", "<A b={" * 500 + "a"),
    ],
)
def test_deep_texts_are_read_or_refused_in_a_sentence(place, name, text):
    place.write("dragoman.toml", 'locales = ["ru"]\n')
    place.write(f"source_texts/{name}", text)
    done = place.run("build")
    assert done.code in (0, 2), done
    if done.code:
        assert done.err.startswith(f"error: source_texts/{name}:")
        assert "internal" not in done.err
    assert place.run("check").code in (0, 1, 2)


def test_a_text_without_units_is_passed_over(place):
    """Verbs that ask about the neighbours of sentences meet a text of nothing but code."""
    place.write("dragoman.toml", 'locales = ["he"]\nexports = []\n')
    place.write("source_texts/code.md", "```\ncode\n```\n")
    place.write("source_texts/words.md", "Hello there.\n")
    assert place.run("update").code == 0
    for verb in (("translate", "--engine", "pseudo"), ("analyze",), ("pretranslate",)):
        done = place.run(*verb)
        assert done.code in (0, 1), done
        assert "internal" not in done.err
    assert 'msgstr ""\n' not in place.read("locales/he/LC_MESSAGES/words.po").split("Hello")[1]
