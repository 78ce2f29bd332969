"""Pairs of prose, each with the codes of the findings it must have: none where it is right."""

from __future__ import annotations

from pathlib import Path

import pytest

from dragoman.checks.pair import Pair
from dragoman.checks.runner import examiner
from dragoman.formats.spans import inline

FOLDER = Path(__file__).parent / "pairs"


def pairs():
    for file in sorted(FOLDER.glob("*.txt")):
        for line in file.read_text("utf-8").splitlines():
            if line and not line.startswith("#"):
                locale, codes, source, target = map(str.strip, line.split("|", 3))
                yield pytest.param(locale, codes, source, target, id=f"{file.stem}-{source[:40]}")


@pytest.mark.parametrize(("locale", "codes", "source", "target"), list(pairs()))
def test_a_pair_has_the_findings_it_should(locale, codes, source, target):
    pair = Pair(source, target, locale, inline=inline)
    found = [(check, fault) for check, fault in examiner(locale).examine(pair)]
    heavy = {c.code for c, f in found if (f.severity or c.severity) != "info"}
    assert heavy == set(codes.split()), found
