"""The files of languages: every section is read as TOML reads the whole, and CLDR fills in."""

from __future__ import annotations

import re
import tomllib

import pytest

from conftest import ROOT
from dragoman.languages import cldr, scripts
from dragoman.languages import language as languages
from dragoman.quantities import amounts, dates, numerals
from dragoman.segment import load

FOLDER = ROOT / "src/dragoman/languages"


@pytest.mark.parametrize("code", languages.codes())
def test_sections_are_those_of_the_whole_file(code):
    whole = tomllib.loads((FOLDER / f"{code}.toml").read_text("utf-8"))
    language = languages.of(code)
    tables = {name for name, value in whole.items() if isinstance(value, dict)}
    assert tables == set(language.sections) - {""}
    assert all(language.section(name) == whole[name] for name in tables)
    for name in tables:
        for key in whole[name]:
            assert language.has(f"{name}.{key}") or key.isdecimal(), (name, key)


@pytest.mark.parametrize("code", languages.codes())
def test_expressions_and_lists_can_be_read(code):
    """What only some texts would ask for is asked for here."""
    language = languages.of(code)
    assert not language.script or language.script == cldr.script(code)
    assert load(code)
    tables = numerals(code)
    assert isinstance(amounts("1992 7 ½", tables), list)
    assert isinstance(dates("7.10.2023", tables), list)
    for name in ("own_letters", "odd_letters", "not_plain", "after_prefix", "before_ending"):
        assert getattr(language, name) is None or isinstance(getattr(language, name), re.Pattern)


def _keys(table, inside=()):
    for key, value in table.items():
        if key.isidentifier():
            yield (*inside, key)
        if isinstance(value, dict) and key not in FREE:
            yield from _keys(value, (*inside, key))


FREE = {
    "folds",
    "lookalikes",
    "finals",
    "softened",
    "few",
    "parts",
    "alone",
    "short_scales",
    "spans",
}
"""Tables whose keys are words or letters."""


@pytest.mark.parametrize("code", languages.codes())
def test_every_key_is_read(code):
    whole = tomllib.loads((FOLDER / f"{code}.toml").read_text("utf-8"))
    source = "".join(path.read_text("utf-8") for path in (ROOT / "src/dragoman").rglob("*.py"))
    for path in _keys(whole):
        assert re.search(rf"\b{path[-1]}\b", source), path


@pytest.mark.parametrize("code", languages.codes())
def test_every_expression_can_be_compiled(code):
    """Strings with signs of expressions are expressions."""
    for section in languages.of(code).sections:
        for value in _strings(languages.of(code).section(section)):
            if any(sign in value for sign in ("(?", "\\d", "\\w", "\\b")):
                re.compile(value.replace("·", ""))


def _strings(value):
    if isinstance(value, str):
        yield value
    elif isinstance(value, list):
        for item in value:
            yield from _strings(item)
    elif hasattr(value, "values"):
        for item in value.values():
            yield from _strings(item)


def test_numbers_of_every_list_are_found_again():
    for code in languages.codes():
        tables = numerals(code)
        for word, value in tables.words.items():
            found = tables.word(word)
            assert found, (code, word)
            assert found[0] in (value, tables.scales.get(word)), (code, word)


def test_a_script_that_a_locale_names_counts():
    assert languages.of("az_Cyrl").script == "Cyrl"
    assert not languages.of("az_Cyrl").sections
    assert languages.of("sr_Latn").latin
    assert languages.of("iw") is languages.of("he")


def test_names_by_themselves_change_no_other_locale():
    """Babel's own tables would give Portuguese the months of Japanese here."""
    before = cldr.months("pt")
    for language in ("ja", "az", "he", "el"):
        cldr.months(language)
    assert cldr.months("pt") == before
    assert (2, "fevereiro") in before.wide


def test_digits_of_every_script_are_known():
    text = "".join(chr(zero + 7) for zero in scripts.DIGITS_FROM)
    assert {int(char) for char in text} == {7}
