"""Right sentences are silent, and planted faults are found: by a language's file alone, or by CLDR."""

from __future__ import annotations

import re

import pytest

from conftest import ROOT
from dragoman.checks.pair import Pair
from dragoman.checks.runner import examiner, lacking
from dragoman.formats.spans import inline
from dragoman.languages import language as languages
from marked_text import spans_of

FILES = sorted((ROOT / "tests/checks/languages").glob("*.txt"))
WITHOUT = sorted((ROOT / "tests/checks/without_files").glob("*.txt"))
_LINE = re.compile(r"^(PASS|FAIL)(?: ([a-z-]+))?: (.*?) \| (.*)$", re.MULTILINE)


def lines():
    for file in FILES + WITHOUT:
        for _, code, source, marked in _LINE.findall(file.read_text("utf-8")):
            label = f"{file.stem}-{code or 'right'}-{source[:20]}"
            yield pytest.param(file.stem, code, source, marked, id=label)


@pytest.mark.parametrize(("locale", "code", "source", "marked"), list(lines()))
def test_sentences(locale, code, source, marked):
    target, spans = spans_of(marked)
    pair = Pair(source, target, locale, inline=inline)
    found = [(check.code, fault) for check, fault in examiner(locale).examine(pair)]
    if not code:
        assert not found
        return
    given = sorted((fault.start, fault.end) for name, fault in found if name == code)
    assert given, found
    assert not spans or given == sorted(spans)


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_each_has_twenty_of_both(file):
    verdicts = [line[0] for line in _LINE.findall(file.read_text("utf-8"))]
    assert min(verdicts.count("PASS"), verdicts.count("FAIL")) >= 20


@pytest.mark.parametrize("file", FILES + WITHOUT, ids=lambda file: file.stem)
def test_they_are_what_they_say(file):
    assert bool(languages.of(file.stem).sections) == (file in FILES)


def test_what_is_lacking_is_told():
    assert all(not lacking(locale) for locale in ("az", "he", "ru", "ka", "tr", "uk", "de", "ar"))
    assert "number" not in lacking("el")
    assert set(lacking("el")) >= {"magnitude", "wrong-language"}
