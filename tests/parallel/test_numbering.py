"""Numbers that stay: a sentence is cited by the same number whatever is written around it."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from dragoman.model import Block, Document, Kind, Unit
from dragoman.parallel import numbering
from dragoman.parallel.numbering import Numbers
from dragoman.parallel.rows import Ids

TEXTS = st.lists(st.lists(st.sampled_from("abcdefghij"), min_size=1, max_size=5), max_size=5)


def _document(blocks):
    units = [tuple([Unit(said, said) for said in block]) for block in blocks]
    return Document(tuple([Block(Kind.PARAGRAPH, one) for one in units]))


def _ids(document):
    ids = Ids()
    return [ids.of(unit.key) for unit in document.units]


@given(st.lists(TEXTS, min_size=1, max_size=5))
def test_what_stays_keeps_its_number(versions):
    kept = Numbers({})
    given_once: dict[str, str] = {}
    for blocks in versions:
        document = _document(blocks)
        renewed = numbering.renewed(document, kept)
        here = _ids(document)
        numbers = [renewed.numbers[name] for name in here]
        assert len(set(numbers)) == len(numbers)
        stayed = [name for name in here if name in kept.numbers]
        assert all(renewed.numbers[name] == kept.numbers[name] for name in stayed)
        # a number is given again only to what was reworded in its place
        again = {n: x for x, n in renewed.numbers.items() if x not in kept.numbers}
        reused = [x for n, x in given_once.items() if n in again]
        assert all(name not in renewed.numbers for name in reused)
        assert numbering.renewed(document, renewed) == renewed
        assert numbering.read(numbering.written(renewed)) == renewed
        given_once |= {number: name for name, number in renewed.numbers.items()}
        kept = renewed


def test_a_new_text_is_numbered_by_place():
    document = _document(["abc", "de"])
    numbers = numbering.renewed(document, Numbers({})).numbers
    assert [numbers[name] for name in _ids(document)] == ["1.1", "1.2", "1.3", "2.1", "2.2"]


def test_new_blocks_and_sentences_go_between():
    first = numbering.renewed(_document(["ab", "cd"]), Numbers({}))
    document = _document(["x", "ayb", "z", "w", "cd", "u"])
    numbers = numbering.renewed(document, first).numbers
    assert [numbers[name] for name in _ids(document)] == [
        "0a.1", "1.1", "1.1a", "1.2", "1a.1", "1b.1", "2.1", "2.2", "3.1",
    ]  # fmt: skip


def test_a_number_of_what_is_gone_is_not_given_again():
    first = numbering.renewed(_document(["abc"]), Numbers({}))
    without = numbering.renewed(_document(["ac"]), first)
    assert numbering.written(without).count(" gone\n") == 1
    more = numbering.renewed(_document(["axyc"]), without).numbers
    assert sorted(more.values()) == ["1.1", "1.1a", "1.1b", "1.2", "1.3"]
    assert numbering.renewed(_document(["abc"]), without) == first


def test_links_of_a_page_stay(project):
    settings = project.read("dragoman.toml")
    project.write("dragoman.toml", settings + "keep_numbers = true\n")
    project.fine("build")
    cited = r'id="(day:[^"]+)" href="#([^"]+)"'
    before = re.findall(cited, project.read("build/parallel/day.html"))
    assert before[0] == ("day:1.1", "day:1.1")
    text = (
        "A day.\nFirst of all it was dark. It began early. Nobody slept.\n\nThen Mr. Aliyev came.\n"
    )
    project.write("source_texts/day.txt", text)
    project.fine("build")
    after = re.findall(cited, project.read("build/parallel/day.html"))
    assert set(before) <= set(after)
    assert {name for name, _ in after} - {name for name, _ in before} == {"day:2.0a"}
    html = project.read("build/parallel/day.html")
    assert html.index("First of all") < html.index("It began early")
