"""No pattern makes a check slow: eight times as much of it takes about eight times as long."""

from __future__ import annotations

import importlib.util

import pytest

from conftest import ROOT
from dragoman.checks.pair import Pair
from dragoman.checks.runner import examiner
from dragoman.formats.spans import inline
from growth_rates import assert_grows_evenly

_SPEC = importlib.util.spec_from_file_location("growth", ROOT / "benchmarks/quality/growth.py")
growth = importlib.util.module_from_spec(_SPEC)
_SPEC.loader.exec_module(growth)
SMALL = 3_000


@pytest.mark.parametrize("lang", ["az", "he", "ru"])
@pytest.mark.parametrize("name", growth.GROWTH)
def test_work_grows_as_the_text_does(name, lang):
    def examine(size):
        pair = Pair(*growth.pair_of(name, size), lang, inline=inline)
        return list(examiner(lang).examine(pair))

    assert_grows_evenly(examine, SMALL)


def test_there_are_as_many_patterns_as_were_promised():
    assert len(growth.GROWTH) >= 43
