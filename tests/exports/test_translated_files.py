"""Translated files as forges and sites show them: their direction, and links from text to text."""

from __future__ import annotations

import html
import re
import zipfile
from urllib.parse import unquote

import polib
import pytest
from markdown_it import MarkdownIt
from mdit_py_plugins.anchors import anchors_plugin
from mdit_py_plugins.attrs import attrs_block_plugin, attrs_plugin

from dragoman.formats import ReadOptions, markdown
from dragoman.pipeline.build.direction_element import wrapped


def _settings(which: str) -> str:
    return f'locales = ["he", "ru"]\nexports = []\ndirection_element = "{which}"\n'


@pytest.mark.parametrize(("which", "he", "ru"), [("none", 0, 0), ("rtl", 1, 0), ("all", 1, 1)])
def test_the_body_stands_in_an_element_of_its_direction(place, which, he, ru):
    place.write("dragoman.toml", _settings(which))
    place.write("source_texts/a.md", "---\ntitle: A day\n---\n\n# Morning\n\nIt began.\n")
    place.write("source_texts/b.txt", "Plain text.\n")
    assert place.run("build").code == 0
    for locale, count in (("he", he), ("ru", ru)):
        text = place.read(f"build/{locale}/a.md")
        assert text.startswith("---\ntitle: A day\n---\n")
        assert text.count("<div") == text.count("</div>") == count
        assert "<div" not in place.read(f"build/{locale}/b.txt")
    if he:
        assert '---\n<div lang="he" dir="rtl">\n\n# Morning\n' in place.read("build/he/a.md")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "\n",
        "---\ntitle: x\n---\n",
        "Words.",
        "\ufeffWords.\n",
        "+++\na = 1\n+++\nWords.\r\nMore.\r\n",
    ],
)
def test_what_is_wrapped_says_the_same(text):
    shown = wrapped(text, "he", "rtl")
    body = shown.replace('<div lang="he" dir="rtl">', "").replace("</div>", "")
    assert body.replace("\ufeff", "").split() == text.replace("\ufeff", "").split()
    assert shown.startswith("\ufeff") == text.startswith("\ufeff")
    sources = [unit.source for unit in markdown.read(text, ReadOptions()).units]
    assert [unit.source for unit in markdown.read(shown, ReadOptions()).units] == sources


@pytest.mark.parametrize("dialect", ["jekyll", "mkdocs"])
def test_the_element_says_that_it_holds_markdown(dialect):
    """As kramdown and Python-Markdown ask."""
    assert wrapped("Words.\n", "he", "rtl", dialect).startswith(
        '<div lang="he" dir="rtl" markdown="1">\n\nWords.'
    )


def test_links_of_a_site_lead_to_pages_in_the_same_language(place):
    place.write("dragoman.toml", 'locales = ["he", "ru"]\nexports = []\n')
    place.write(
        "source_texts/a.md", "See [b](part/b.md#x), [gone](c.md), [web](https://x.org/b.md).\n"
    )
    place.write("source_texts/part/b.md", "Back to [a](../a.md).\n")
    place.run("update")
    for text, target in (("a", "ראו [ב](part/b.md#x)."), ("part/b", "חזרה אל [א](../a.md).")):
        path = f"locales/he/LC_MESSAGES/{text}.po"
        head, _, rest = place.read(path).rpartition('msgstr ""')
        place.write(path, f'{head}msgstr "{target}"{rest}')
    assert place.run("site").code == 0
    leads = {
        page: re.findall(
            r'<a href="([^"#]+(?:#x)?)" rel="noopener', place.read(f"build/site/{page}")
        )
        for page in ("en/a.html", "he/a.html", "he/part/b.html", "parallel/a.html")
    }
    assert leads == {
        "en/a.html": ["part/b.html#x", "c.md", "https://x.org/b.md"],
        "he/a.html": ["part/b.html#x"],
        "he/part/b.html": ["../a.html"],
        "parallel/a.html": ["part/b.html#x", "c.md", "https://x.org/b.md", "part/b.html#x"],
    }


HEADINGS = """\
# The *end* of snake_case

See [it](#the-end-of-snake_case), [again](#again-1), [own](#mine), [web](https://x.org/#again).

## Again

Untranslated [too](#again-1).

## Again

## Mine {#mine}
"""
IN_HEBREW = {
    "The *end* of snake_case": "ה*סוף* של snake_case",
    "See [it](#the-end-of-snake_case), [again](#again-1), [own](#mine), [web](https://x.org/#again).": (
        "ראו [את זה](#the-end-of-snake_case), [שוב](#שוב-1), [שלי](#mine), [רשת](https://x.org/#again)."
    ),
    "Again": "שוב",
    "Mine": "שלי",
}


def _linked(place, way):
    place.write("dragoman.toml", f'locales = ["he"]\nexports = []\nheading_ids = "{way}"\n')
    place.write("source_texts/a.md", HEADINGS)
    place.run("update")
    path = "locales/he/LC_MESSAGES/a.po"
    catalog = polib.pofile(str(place.root / path))
    for entry in catalog:
        entry.msgstr = IN_HEBREW.get(entry.msgid, "")
    catalog.save()
    assert place.run("build").code == 0
    return place.read("build/he/a.md")


def _ids(page):
    """The ids of a page's headings, as markdown-it with a plugin for anchors and attributes has them."""
    parser = MarkdownIt("commonmark", {"html": True}).use(attrs_block_plugin)
    parser = parser.use(attrs_plugin, spans=True).use(anchors_plugin, max_level=6)
    shown = parser.render(re.sub(r" \{(#[^}]+)\}\n", r"\n", page))
    found = re.findall(r' id="([^"]+)"', shown) + re.findall(r"\{#([^}]+)\}", page)
    return {html.unescape(one) for one in found}


@pytest.mark.parametrize("way", ["follow", "attribute", "element"])
def test_links_lead_to_translated_headings(place, way):
    text = _linked(place, way)
    leads = [unquote(one) for one in re.findall(r"\]\(#([^)]+)\)", text)]
    assert len(leads) == 4
    assert set(leads) <= _ids(text), text
    assert "(https://x.org/#again)" in text
    assert ("{#again-1}" in text) == (way == "attribute")
    assert ('<a id="again-1"></a>' in text) == (way == "element")
    check = place.run("check", "--locale", "he", "--min", "0")
    assert "anchor" not in check.out + check.err


def test_references_and_links_to_other_texts_follow_too(place):
    place.write("dragoman.toml", 'locales = ["he"]\nexports = []\n')
    place.write("source_texts/in/b.md", "# B head\n")
    source = """# The end

See [b](in/b.md#b-head), [c](./in/b.html#b-head), [d](../in/b/#b-head), [no](in/b.md#no), [x] and [y].

[x]: #the-end
[y]: <in/b.md#b-head> "Title"

    [x]: #the-end

```
[x]: #the-end
```
"""
    place.write("source_texts/a.md", source)
    assert place.run("build").code == 0
    assert place.read("build/he/a.md") == source
    for path, word, target in [("a", "The end", "סוף"), ("in/b", "B head", "ראש ב")]:
        place.run("po", "set", "-q", f"locales/he/LC_MESSAGES/{path}.po", word, target)
    assert place.run("build").err == "2 of 2 texts built, 4 files changed\n"
    text = place.read("build/he/a.md")
    assert text.count("ראש-ב") == 4
    assert "(in/b.md#no)" in text
    assert re.findall(r"^( *)\[x\]: #(\S+)", text, re.MULTILINE) == [
        ("", "סוף"),
        ("    ", "the-end"),
        ("", "the-end"),
    ]
    place.run("po", "set", "-q", "locales/he/LC_MESSAGES/in/b.po", "B head", "כותרת")
    assert place.run("build").err.startswith("2 of 2 texts built")
    assert place.read("build/he/a.md").count("#כותרת") == 4
    place.write("source_texts/in/b.md", "# Another\n")
    place.run("build")
    assert place.read("build/he/a.md").count("#b-head") == 4


@pytest.mark.parametrize(
    ("targets", "attribute", "element"),
    [
        (("סוף. ", "התחלה."), "# סוף. התחלה. {#an-end-a-start}", '# <a id="an-end-a-start"></a>סוף. התחלה.'),
        (("הכול.", "↑"), "# הכול. {#an-end-a-start}", '# <a id="an-end-a-start"></a>הכול.'),
        (("↓", "הכול."), "# הכול. {#an-end-a-start}", '# <a id="an-end-a-start"></a>הכול.'),
    ],
)  # fmt: skip
def test_headings_of_joined_sentences_have_their_id(place, targets, attribute, element):
    place.write("source_texts/a.md", "# An end. A start.\n")
    for way, line in (("attribute", attribute), ("element", element)):
        place.write("dragoman.toml", f'locales = ["he"]\nexports = []\nheading_ids = "{way}"\n')
        place.run("update")
        path = "locales/he/LC_MESSAGES/a.po"
        for source, target in zip(("An end.", "A start."), targets, strict=True):
            place.run("po", "set", "-q", path, source, target.strip())
        place.run("build")
        assert place.read("build/he/a.md") == f"{line}\n"


def test_links_stay_if_the_settings_say_so(place):
    text = _linked(place, "none")
    assert "(#the-end-of-snake_case)" in text
    check = place.run("check", "--locale", "he", "--min", "0")
    assert "no translated heading has the anchor #the-end-of-snake_case" in check.out + check.err


def test_a_link_to_no_heading_is_told(place):
    source = "# An end\n\nSee [it](#an-end).\n"
    place.write("dragoman.toml", 'locales = ["he"]\nexports = []\n')
    place.write("source_texts/a.md", source)
    place.run("update")
    path = "locales/he/LC_MESSAGES/a.po"
    catalog = polib.pofile(str(place.root / path))
    for entry, target in zip(catalog, ("סוף", "ראו [את זה](#סופף)."), strict=True):
        entry.msgstr = target
    catalog.save()
    check = place.run("check", "--locale", "he", "--min", "0")
    assert "no heading has the anchor #סופף" in check.out + check.err


def test_links_of_editions_lead_to_rows_of_headings(place):
    place.write("source_texts/b.md", "See [there](a.md#again-1).\n")
    _linked(place, "follow")
    assert place.run("site").code == 0
    for page in ("he/a.html", "parallel/a.html"):
        text = place.read(f"build/site/{page}")
        leads = re.findall(r'<a href="#([^"]+)" rel=', text)
        assert len(leads) == (4 if page == "he/a.html" else 8)
        there = set(re.findall(r' id="([^"]+)"', text))
        assert set(leads) <= there
    [lead] = re.findall(r'href="a.html#([^"]+)"', place.read("build/site/en/b.html"))
    assert f'id="{lead}"' in place.read("build/site/en/a.html")
    assert place.run("export", "-f", "epub").code == 0
    with zipfile.ZipFile(place.root / "build/parallel/a.epub") as book:
        text = book.read("EPUB/text.xhtml").decode()
    leads = re.findall(r'<a href="#(r-[^"]+)"', text)
    assert len(leads) == 8
    assert all(f'id="{lead}"' in text for lead in leads)
