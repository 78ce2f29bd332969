"""What pages say themselves: every label is in the template, and in every catalog."""

from __future__ import annotations

import re
from string import Formatter

import pytest

from conftest import LOCALES, ROOT
from dragoman import po
from dragoman.chrome import chrome
from dragoman.text import bidi

FOLDER = ROOT / "src/dragoman/chrome"
SAID = re.compile(r'\bsay\(\s*"([^"]+)"|\blabel\(\s*"([^"]+)"')


def _messages(name: str) -> dict[str, str]:
    return {e.msgid: e.msgstr for e in po.parse((FOLDER / name).read_bytes()).messages()}


def _fields(text: str) -> list[str]:
    return sorted(name for _, name, _, _ in Formatter().parse(text) if name)


@pytest.mark.parametrize("locale", LOCALES)
@pytest.mark.parametrize("of", ["chrome.pot", "findings/findings.pot"])
def test_catalogs_are_complete(of, locale):
    template = _messages(of)
    catalog = _messages(f"{of.rpartition('/')[0]}/{locale}.po".removeprefix("/"))
    assert list(catalog) == list(template)
    for label, said in catalog.items():
        assert said.strip(), label
        assert _fields(said) == _fields(label)
        assert next(bidi.refused_controls(said, locale == "he"), None) is None


def test_every_language_has_its_own_words():
    for label in _messages("chrome.pot"):
        words = {chrome(locale).labels[label] for locale in LOCALES}
        assert len(words) == len(LOCALES), label
        assert label not in words
