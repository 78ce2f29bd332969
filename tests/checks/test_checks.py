"""Every check does what its own examples say, and the vectors of numbers and dates hold."""

from __future__ import annotations

import re

import pytest

from dragoman.checks import CHECKS
from dragoman.checks.masking import CONTENT, masked
from dragoman.checks.pair import Pair
from dragoman.checks.runner import examiner
from dragoman.formats.spans import inline
from marked_text import spans_of

_EXAMPLE = re.compile(r"^ *(PASS|FAIL) (\w+): (.*?) \| (.*)$", re.MULTILINE)


def examples():
    for check in CHECKS:
        for verdict, locale, source, marked in _EXAMPLE.findall(check.doc):
            yield pytest.param(
                check, verdict, locale, source, marked, id=f"{check.code}-{source[:20]}"
            )


@pytest.mark.parametrize(("check", "verdict", "locale", "source", "marked"), list(examples()))
def test_examples(check, verdict, locale, source, marked):
    target, spans = spans_of(marked)
    pair = Pair(source, target, locale, inline=inline)
    found = [fault for one, fault in examiner(locale).examine(pair) if one is check]
    if verdict == "PASS":
        assert not found
    elif spans:
        assert sorted({(f.start, f.end) for f in found}) == sorted(spans)
    else:
        assert found
        assert all(f.source_end > f.source_start for f in found)


def test_every_check_has_examples_of_both_kinds():
    for check in CHECKS:
        if check.code not in ("long-sentence", "term", "forbidden-term", "edition"):
            verdicts = {found[0] for found in _EXAMPLE.findall(check.doc)}
            assert verdicts == {"PASS", "FAIL"}, check.code


@pytest.mark.parametrize(
    ("source", "target"),
    [
        ("Version -2.0.1 is out.", "Вышла версия 3.0.1."),
        ("At 40’25 north", "На 41’25 северной"),
        ("2.0.1 million of them", "их 3 миллиона"),
        (f"The sum is {'7' * 5_000} now.", "Сумма 8 теперь."),
    ],
)
def test_odd_figures_are_compared_as_they_are_written(source, target):
    pair = Pair(source, target, "ru", inline=inline)
    assert "number" in {rule.code for rule, _ in examiner("ru").examine(pair)}


def test_of_stretches_that_overlap_the_first_is_masked():
    seen = masked("`http://a`http://b_c_ a@b.org@c.org %s@d.org").replace(CONTENT, "#")
    assert seen == "##################### #######@c.org ##@d.org"
