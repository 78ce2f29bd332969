"""Sentences: golden paragraphs in five languages, the engine's laws, SRX files."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conftest import ROOT
from dragoman.errors import DragomanError
from dragoman.segment import extended, segmenter, srx
from growth_rates import assert_grows_evenly


def _paragraphs(language):
    text = (ROOT / f"tests/segment/golden/{language}.txt").read_text("utf-8")
    for paragraph in text.split("\n\n"):
        lines = [line for line in paragraph.split("\n") if line and not line.startswith("#")]
        if lines:
            yield lines


CASES = [(lang, lines) for lang in ("en", "ru", "he", "az", "tr") for lines in _paragraphs(lang)]


@pytest.mark.parametrize(
    ("language", "lines"), CASES, ids=lambda x: x if isinstance(x, str) else x[0][:24]
)
def test_golden_paragraphs(language, lines):
    text = " ".join(lines)
    assert [text[a:b] for a, b in segmenter(language).spans(text)] == lines


@pytest.mark.parametrize("language", ["en", "ru", "he", "az", "tr", "xx"])
@given(
    text=st.text(st.sampled_from("Aa Dr. г.“”\"!?…()[]12٣\n\t\u00a0א'´_*:;😀\ufe0f"), max_size=60)
)
def test_spans_rebuild_the_text(language, text):
    """Spans are in order and hold everything but white space."""
    spans = segmenter(language).spans(text)
    done = 0
    for a, b in spans:
        assert not text[done:a].strip()
        assert text[a:b] == text[a:b].strip() != ""
        done = b
    assert not text[done:].strip()


def test_nothing_ends_inside_protected_stretches():
    text = "Call a. B now. Then go."
    assert len(segmenter("en").spans(text)) == 2
    assert [text[a:b] for a, b in segmenter("en").spans(text, [(5, 20)])] == [text]


def test_project_abbreviations():
    text = "See Bd. Two and Bd. 3 of it."
    assert len(segmenter("en").spans(text)) == 3
    assert len(extended("en", {"never_ends": ["Bd."]}).spans(text)) == 1


@pytest.mark.parametrize(
    "piece",
    [
        "e.g. ",
        "![",
        "a. ",
        ". . ",
        "“",
        '.") ',
        "—. ",
        "[1]",
        ". [1]",
        "!? ",
        "U.S. ",
        "т. е. ",
        ".",
        ".)",
        " ",
        ". .",
        "?!…",
        "…) ",
        "1. ",
        "1) A ",
        ":) ",
        "))",
        "😀 ",
        "“A?” ",
        '"א?" ',
    ],
)
def test_any_long_line_takes_even_time(piece):
    """A long line of anything is cut in time that grows as the line does, whatever follows it."""

    def cut(size):
        for end in ("", "x", " A"):
            segmenter("en").spans(piece * (size // len(piece)) + end)
            segmenter("he").spans(piece * (size // len(piece)) + end)

    assert_grows_evenly(cut, 6_000)


SRX = """<?xml version="1.0"?>
<srx xmlns="http://www.lisa.org/srx20" version="2.0">
<header segmentsubflows="yes" cascade="{cascade}"/>
<body><languagerules>
<languagerule languagerulename="English">
<rule break="no"><beforebreak>\\bBd\\.</beforebreak><afterbreak>\\s</afterbreak></rule>
</languagerule>
<languagerule languagerulename="Default">
<rule break="yes"><beforebreak>[.?!]+</beforebreak><afterbreak>\\s+\\p{{Lu}}</afterbreak></rule>
</languagerule>
</languagerules><maprules>
<languagemap languagepattern="[Ee][Nn].*" languagerulename="English"/>
<languagemap languagepattern=".*" languagerulename="Default"/>
</maprules></body></srx>
"""


def test_the_srx_of_our_pages_is_valid():
    """What the tests and the how-to read as SRX is SRX 2.0, by its schema."""
    lxml = pytest.importorskip("lxml.etree")
    path = ROOT.parent / "shared/schemas/srx20.xsd"
    if not path.exists():
        pytest.skip("the schema of SRX 2.0 is not here")
    schema = lxml.XMLSchema(lxml.parse(str(path)))
    page = (ROOT / "docs/how-to/add-abbreviations-or-srx.md").read_text("utf-8")
    shown = re.search(r"> (<\?xml.*?</srx>)", page, re.DOTALL)[1].replace("\n> ", "\n")
    for said in (shown, SRX.format(cascade="yes")):
        schema.assertValid(lxml.fromstring(said.encode()))


def test_srx_rules_in_cascade():
    text = "See Bd. Two. Then Dr. Who."
    found = srx.read(SRX.format(cascade="yes").encode(), "en").spans(text)
    assert [text[a:b] for a, b in found] == ["See Bd. Two.", "Then Dr.", "Who."]
    found = srx.read(SRX.format(cascade="yes").encode(), "he").spans(text)
    assert len(found) == 4
    assert len(srx.read(SRX.format(cascade="no").encode(), "en").spans(text)) == 1


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"<srx",
        b"<tmx/>",
        b'<!DOCTYPE srx [<!ENTITY a "b">]><srx>&a;</srx>',
        b"<srx>" * 100_000,
        b'<srx><languagerule languagerulename="a"><rule><beforebreak>(</beforebreak></rule></languagerule>'
        b'<languagemap languagepattern="en" languagerulename="a"/></srx>',
        b"<srx/>",
    ],
)
def test_what_is_no_srx_is_said_in_one_sentence(data):
    with pytest.raises(DragomanError) as error:
        srx.read(data, "en", "rules.srx")
    assert "\n" not in str(error.value)
    assert str(error.value).startswith("rules.srx")


@pytest.mark.parametrize(
    ("language", "text", "sentences"),
    [
        ("en", "“Who is there?” I asked. “Nobody!” I shouted.", 2),
        ("ru", "Старик вошёл и сел. Все молчали.", 2),
        ("ru", "Свободных мест. Он так и сказал.", 2),
        ("ru", "Стучу не я. Анна стучит.", 2),
        ("ru", "Рост 180 см. Вес неизвестен.", 2),
        ("ru", "См. Приложение 2 к отчёту.", 1),
        ("he", "הוא האמין בי. היא הלכה.", 2),
        ("he", "היא כתבה לרולינג. הוא קרא.", 2),
    ],
)
def test_words_that_look_like_abbreviations_end_sentences(language, text, sentences):
    assert len(segmenter(language).spans(text)) == sentences


@pytest.mark.parametrize(
    ("language", "sentences"),
    [
        ("en", ["ok see you there.", "bring the map!", "who has it?", "Rustam does."]),
        ("en", ["he said “why? nobody came” and left.", "ask Dr. Smith, e.g. on Monday."]),
        ("en", ["wait... no.", "it costs approx. 5 euros."]),
        ("ru", ["да, приду.", "а ты?", "возьми хлеб, соль и т. д. и позвони."]),
    ],
)
def test_in_a_chat_sentences_begin_small(language, sentences):
    text = " ".join(sentences)
    spans = extended(language, {}, small=True).spans(text)
    assert [text[a:b] for a, b in spans] == sentences
