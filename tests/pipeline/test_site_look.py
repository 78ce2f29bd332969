"""A site's own title, logo, colour, footer and style sheet, in every page of it and in no other file."""

from __future__ import annotations

import json
import re

import pytest

SETTINGS = """locales = ["he"]
[site]
title = { en = "Letters", he = "מכתבים" }
footer = "© A. B. <b>"
accent = "#005f5a"
logo = "logo.svg"
css = "own.css"
"""
LOGO = '<svg xmlns="http://www.w3.org/2000/svg"/>'


@pytest.fixture
def looks(place):
    place.write("dragoman.toml", SETTINGS)
    place.write("logo.svg", LOGO)
    place.write("own.css", ".title { color: teal }\n")
    place.write("source_texts/day.md", "# A day\n\nIt began early.\n")
    place.write("source_texts/night.md", "# A night\n")
    place.update()
    place.translate("he", "day", lambda said: {"A day": "יום"}.get(said, "הכול"))
    place.translate("he", "night", lambda said: "לילה" if said else said)
    return place


def test_pages_look_as_the_settings_say(looks):
    looks.fine("site", "--base-url", "https://example.org/x")
    page = looks.read("build/site/he/day.html")
    home = re.search('<a class="home".*?</a>', page)[0]
    assert "מכתבים" in home
    assert 'src="data:image/svg+xml;base64,' in home
    assert "© A. B. &lt;b&gt;" in page
    assert "--accent: #005f5a" in page
    assert ".title { color: teal }" in page
    index = looks.read("build/site/index.he.html")
    assert "מכתבים</h1>" in index
    assert "© A. B. &lt;b&gt;" in index
    assert re.search('rel="next" href="night.html"', page)
    said = json.loads(re.search('ld.json">(.*?)</script>', page)[1])
    assert said["translationOfWork"] == {
        "@type": "CreativeWork",
        "inLanguage": "en",
        "name": "A day",
    }
    looks.fine("export", "-f", "html")
    assert "#005f5a" not in looks.read("build/parallel/day.html")


@pytest.mark.parametrize(
    ("settings", "error"),
    [
        ('logo = "own.css"', "own.css: is not an image; name a PNG, JPEG, GIF, SVG or WebP"),
        (
            'css = "../own.css"',
            "dragoman.toml:3: css = '../own.css' is not a folder inside the project",
        ),
        ('titel = "x"', "dragoman.toml:3: unknown key 'titel'"),
        (
            "title = 1",
            "dragoman.toml:3: title = 1 is not a string, nor a table of strings by locale",
        ),
    ],
)
def test_what_is_wrong_is_a_sentence(looks, settings, error):
    looks.write("dragoman.toml", f'locales = ["he"]\n[site]\n{settings}\n')
    run = looks.run("site")
    assert run.code == 2
    assert error in run.err


def test_a_style_sheet_cannot_end_its_element(looks):
    looks.write("own.css", "a{} </StYle><script>x()</script>")
    run = looks.run("site")
    assert run.code == 2
    assert "own.css: has '</style'; remove it" in run.err


def test_readers_take_a_text_with_them(looks):
    looks.fine("site", "--downloads", "epub,tmx")
    page = looks.read("build/site/he/day.html")
    assert re.findall('<a href="([^"]+)" download', page) == [
        "../files/day.epub",
        "../files/day.tmx",
    ]
    assert looks.read("build/site/files/day.tmx").startswith("<?xml")
    assert (looks.root / "build/site/files/night.epub").read_bytes()[:2] == b"PK"
    run = looks.run("site", "--downloads", "xliff")
    assert run.code == 2
    assert "choose another format" in run.err
