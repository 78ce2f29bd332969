"""No pattern makes a check slow: eight times as much of it takes about eight times as long."""

from __future__ import annotations

import importlib.util
import time

import pytest

from conftest import ROOT
from dragoman.checks.pair import Pair
from dragoman.checks.runner import examiner
from dragoman.formats.spans import inline

_SPEC = importlib.util.spec_from_file_location("growth", ROOT / "benchmarks/quality/growth.py")
growth = importlib.util.module_from_spec(_SPEC)
_SPEC.loader.exec_module(growth)
SMALL, TIMES = 3_000, 8
ENOUGH = 0.4
"""Seconds for the large one that are no harm, however long the small one took."""


def work(name, size, lang):
    pair = Pair(*growth.pair_of(name, size), lang, inline=inline)
    start = time.process_time()
    for _ in examiner(lang).examine(pair):
        pass
    return time.process_time() - start


@pytest.mark.parametrize("lang", ["az", "he", "ru"])
@pytest.mark.parametrize("name", growth.GROWTH)
def test_time_grows_as_the_text_does(name, lang):
    large = work(name, SMALL * TIMES, lang)
    # what grows with the square takes 64 times as long
    assert large < ENOUGH or large < 32 * work(name, SMALL, lang)


def test_there_are_as_many_patterns_as_were_promised():
    assert len(growth.GROWTH) >= 43
