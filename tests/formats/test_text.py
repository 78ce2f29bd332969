"""Plain text: which texts are taken to have a paragraph a line."""

from __future__ import annotations

import textwrap

import pytest

from dragoman.formats import ReadOptions
from dragoman.formats.text import read
from dragoman.model import Kind

PROSE = (
    "The ferry leaves at seven in the morning and comes back late at night. Nobody in the town knows "
    "who built it, or when. Old people say that it was there before the bridge, and the bridge is old."
)


def _units(text, **more):
    return [unit.source for unit in read(text, ReadOptions(**more)).units]


@pytest.mark.parametrize("width", [40, 60, 72, 80, 100])
def test_wrapped_paragraphs_are_joined(width):
    wrapped = "\n\n".join(textwrap.fill(PROSE, width) for _ in range(3)) + "\n"
    assert _units(wrapped) == [PROSE] * 3


@pytest.mark.parametrize(
    "text",
    [
        f"The ferry\n{PROSE}\n",
        f"{PROSE}\n{PROSE}\n{PROSE}\n",
        "It came.\nIt went.\nIt stayed.\n",
        f"A headline\n\n{PROSE}\n\n{PROSE}\n",
        "The Ferry\nBy the Shore\nIt came at dawn.\n",
    ],
)
def test_a_paragraph_a_line(text):
    assert _units(text) == [line for line in text.split("\n") if line]


def test_settings_decide():
    assert _units("One\ntwo.\n", paragraphs="line") == ["One", "two."]
    assert _units("One.\nTwo.\n", paragraphs="blank") == ["One. Two."]


def test_the_headline():
    blocks = read(f"A headline\n{PROSE}\n", ReadOptions()).blocks
    assert [block.kind for block in blocks] == [Kind.HEADING, Kind.PARAGRAPH]
