"""What CLDR says of a language that has no file, or whose file does not say it; through Babel.

Babel's own tables of months and days are not asked: looking up a name that stands by itself changes
what other locales then get (python-babel issue 1234). Here the data are read, and never written.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Any, NamedTuple

_LEAST = 2
"""Letters of an abbreviation that can be told from a word."""
_HUNDRED = 100


def script(language: str) -> str:
    """The script (ISO 15924) that a language is written in; nothing where CLDR does not know it.

    >>> script("ka"), script("xx")
    ('Geor', '')
    """
    from babel.core import get_global  # slow, seldom needed

    likely = str(get_global("likely_subtags").get(language.lower(), ""))
    return next((part for part in likely.split("_") if len(part) == len("Latn")), "")


class Names(NamedTuple):
    """Names of months or of days of the week, each with its number."""

    wide: tuple[tuple[int, str], ...]
    short: tuple[tuple[int, str], ...]


def months(language: str) -> Names:
    """The months from 1, in dates and by themselves, and their abbreviations.

    >>> [name for number, name in months("el").wide if number == 2]
    ['Φεβρουαρίου', 'Φεβρουάριος']
    """
    return _names(language, "months", 0)


def days(language: str) -> Names:
    """The days of the week from Monday, 1.

    >>> (1, "Montag") in days("de").wide
    True
    """
    return _names(language, "days", 1)


def _names(language: str, kind: str, offset: int) -> Names:
    data = _data(language)
    found: dict[str, list[tuple[int, str]]] = {"wide": [], "abbreviated": []}
    for width, names in found.items():
        for context in ("format", "stand-alone"):
            for number, name in _at(data, (kind, context, width)).items():
                if isinstance(name, str) and (number + offset, name) not in names:
                    names.append((number + offset, name))
    short = (one for one in found["abbreviated"] if len(one[1].rstrip(".")) >= _LEAST)
    return Names(tuple(found["wide"]), tuple(short))


class Figures(NamedTuple):
    """How numbers in figures are written, and the words that multiply them."""

    decimal: str
    group: str
    scales: tuple[tuple[int, str], ...]


@lru_cache
def figures(language: str) -> Figures:
    """Separators of a language in Latin digits, and its words for thousands and more.

    >>> figures("el").decimal, (1000000, "εκατομμύρια") in figures("el").scales
    (',', True)
    """
    data = _data(language)
    symbols = _at(data, ("number_symbols", "latn"))
    scales = dict.fromkeys(_scales(_at(data, ("compact_decimal_formats", "long"))))
    return Figures(str(symbols.get("decimal", ".")), str(symbols.get("group", ",")), tuple(scales))


def _scales(forms: Mapping[Any, Any]) -> Iterator[tuple[int, str]]:
    """The words of patterns such as `00 million` for tens of millions."""
    for patterns in forms.values():
        for size, pattern in patterns.items() if isinstance(patterns, Mapping) else ():
            text = str(getattr(pattern, "pattern", pattern))
            word = text.strip("0'. \u00a0\u200f").strip()
            if size.isdigit() and "0" in text and word and not any(map(str.isdigit, word)):
                factor = int(size) // 10 ** (text.count("0") - 1)
                if factor >= _HUNDRED:
                    yield factor, word


@lru_cache
def territories(language: str) -> tuple[str, ...]:
    """The names of countries and parts of the world in a language.

    >>> "Hungary" in territories("en")
    True
    """
    return tuple(map(str, _data(language).get("territories", {}).values()))


@lru_cache
def _data(language: str) -> Mapping[Any, Any]:
    from babel import localedata  # slow, seldom needed

    for name in (language, language.partition("_")[0]):
        if localedata.exists(name):
            return localedata.load(name)
    return {}


def _at(data: Mapping[Any, Any], path: tuple[str, ...]) -> Mapping[Any, Any]:
    """The table at a place of CLDR's data, with what it takes over from other places."""
    found: Any = data
    for key in path:
        found = _resolved(found.get(key, {}), data)
    return {key: _resolved(value, data) for key, value in found.items()}


def _resolved(value: Any, data: Mapping[Any, Any]) -> Any:
    """A value; where it is an alias, the table that it stands for, with its own additions."""
    from babel.localedata import Alias

    if isinstance(value, Alias):
        return _at(data, value.keys)
    if isinstance(value, tuple) and value and isinstance(value[0], Alias):
        return {**_at(data, value[0].keys), **value[1]}
    return value
