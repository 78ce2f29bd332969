"""What neighbouring sentences explain is no finding: quotations over sentences, and joined ones."""

from __future__ import annotations

import pytest

from dragoman.catalogs.catalog import Catalog
from dragoman.checks.families.heading_anchors import anchor
from dragoman.checks.text_context import TextContext, examined
from dragoman.formats import ReadOptions, markdown
from dragoman.po import Entry, PoFile
from dragoman.segment import segmenter


def codes(source, locale, *targets):
    """The codes of the findings about a text, given the target of each of its sentences."""
    document = markdown.read(source + "\n", ReadOptions(split=segmenter("en").spans))
    units = document.units
    assert len(units) == len(targets), [unit.source for unit in units]
    entries = [Entry(unit.source, target) for unit, target in zip(units, targets, strict=True)]
    subject = TextContext("t", document, Catalog(locale, PoFile(entries)), "t.po", "t.md")
    return {problem.code for problem in examined(subject) if problem.severity != "info"}


TWO = "“We came early,” said Ann. “We left late.”"


def test_a_quotation_may_run_over_two_sentences_of_the_target():
    assert not codes(TWO, "ru", "«Мы пришли рано, — сказала Анна.", "Ушли поздно».")
    assert not codes(TWO, "az", "Anna dedi: “Biz erkən gəldik.", "Gec getdik”.")


def test_a_quotation_that_is_never_closed_is_found():
    assert codes(TWO, "ru", "«Мы пришли рано, — сказала Анна.", "Ушли поздно.") == {"quotation"}
    assert codes(TWO, "ru", "«Мы пришли рано», — сказала Анна.", "«Ушли поздно.") == {"quotation"}


def test_a_quotation_may_run_over_paragraphs():
    source = "“We came early.\n\n“We left late,” said Ann."
    assert not codes(source, "ru", "«Мы пришли рано.", "Ушли мы поздно», — сказала Анна.")


def test_a_paragraph_may_be_a_dialogue_with_a_dash():
    assert not codes(TWO, "ru", "— Мы пришли рано, — сказала Анна.", "— Ушли поздно.")
    assert not codes(TWO, "ru", "— Мы пришли рано, — сказала Анна.", "Ушли поздно.")


@pytest.mark.parametrize("mark", ["↑"])
def test_sentences_that_were_joined_are_one(mark):
    source = "He thanked the town for everything. He left the hall."
    assert not codes(source, "ru", "Поблагодарив город за всё, он покинул зал.", mark)
    assert not codes(TWO, "ru", "«Мы пришли рано и ушли поздно», — сказала Анна.", mark)


SAYING_NO = "# Say no kindly\n\nSee [how](#say-no-kindly)."


@pytest.mark.parametrize(
    ("source", "link", "found"),
    [
        (SAYING_NO, "say-no-kindly", {"anchor"}),
        (SAYING_NO, "отказывайте-вежливо", set()),
        (
            SAYING_NO.replace("kindly\n", 'kindly <a id="say-no-kindly"></a>\n'),
            "say-no-kindly",
            set(),
        ),
    ],
)
def test_a_link_to_a_translated_heading_has_its_anchor(source, link, found):
    document = markdown.read(source + "\n", ReadOptions(split=segmenter("en").spans))
    heading, line = document.units
    targets = [
        heading.source.replace("Say no kindly", "Отказывайте вежливо"),
        f"См. [как](#{link}).",
    ]
    entries = [Entry(heading.source, targets[0]), Entry(line.source, targets[1])]
    subject = TextContext("t", document, Catalog("ru", PoFile(entries)), "t.po", "t.md")
    assert {problem.code for problem in anchor(subject)} == found
    assert not {problem.code for problem in examined(subject) if problem.severity == "error"}


def test_a_name_that_the_text_translates_everywhere_is_no_finding():
    source = "He came to Grimpen. Nobody lives in Grimpen."
    assert not codes(source, "ru", "Он пришёл в Мрачнотопь.", "В Мрачнотопи никто не живёт.")
    assert codes(source, "ru", "Он пришёл в Гримпен.", "В Мрачнотопи никто не живёт.") >= {"name"}


def test_a_habit_of_the_text_is_a_warning_once():
    document = markdown.read("In 2004.\n\nIn 2005.\n", ReadOptions(split=segmenter("en").spans))
    entries = [Entry("In 2004.", "ב- 2004."), Entry("In 2005.", "ב- 2005.")]
    subject = TextContext("t", document, Catalog("he", PoFile(entries)), "t.po", "t.md")
    found = [problem.severity for problem in examined(subject) if problem.code == "white-space"]
    assert found == ["warning", "info"]
