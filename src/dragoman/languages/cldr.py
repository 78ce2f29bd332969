"""Facts from CLDR, through Babel, for languages without a file and for what a file leaves out.

Babel's own tables of months and days are not used: a look-up of stand-alone names changes what other
locales get later (python-babel issue 1234). This module reads the data and never changes them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Any, NamedTuple

_LEAST = 2
"""Least letters of an abbreviation; a shorter one could be any word."""
_HUNDRED = 100


def script(language: str) -> str:
    """The script (ISO 15924) of a language; empty if CLDR does not know it.

    >>> script("ka"), script("xx")
    ('Geor', '')
    """
    from babel.core import get_global  # slow, seldom needed

    likely = str(get_global("likely_subtags").get(language.lower(), ""))
    return next((part for part in likely.split("_") if len(part) == len("Latn")), "")


class Names(NamedTuple):
    """Names of months or days of the week, each with its number, in full and abbreviated."""

    wide: tuple[tuple[int, str], ...]
    short: tuple[tuple[int, str], ...]


def months(language: str) -> Names:
    """The months, numbered from 1: the forms used in dates and the stand-alone forms.

    >>> [name for number, name in months("el").wide if number == 2]
    ['Φεβρουαρίου', 'Φεβρουάριος']
    """
    return _names(language, "months", 0)


def days(language: str) -> Names:
    """The days of the week; Monday is 1.

    >>> (1, "Montag") in days("de").wide
    True
    """
    return _names(language, "days", 1)


def _names(language: str, kind: str, offset: int) -> Names:
    data = _data(language)
    by_width: dict[str, list[tuple[int, str]]] = {"wide": [], "abbreviated": []}
    for width, names in by_width.items():
        for context in ("format", "stand-alone"):
            for number, name in _at(data, (kind, context, width)).items():
                if isinstance(name, str) and (number + offset, name) not in names:
                    names.append((number + offset, name))
    short = (one for one in by_width["abbreviated"] if len(one[1].rstrip(".")) >= _LEAST)
    return Names(tuple(by_width["wide"]), tuple(short))


class Figures(NamedTuple):
    """Separators in numbers, and words such as `million` with their values."""

    decimal: str
    group: str
    scales: tuple[tuple[int, str], ...]


@lru_cache
def figures(language: str) -> Figures:
    """Number separators of a language in Latin digits, and its words for hundreds and more.

    >>> figures("el").decimal, (1000000, "εκατομμύρια") in figures("el").scales
    (',', True)
    """
    data = _data(language)
    symbols = _at(data, ("number_symbols", "latn"))
    scales = dict.fromkeys(_scales(_at(data, ("compact_decimal_formats", "long"))))
    return Figures(str(symbols.get("decimal", ".")), str(symbols.get("group", ",")), tuple(scales))


def _scales(forms: Mapping[Any, Any]) -> Iterator[tuple[int, str]]:
    """Values and words of patterns; `00 million`, for tens of millions, gives 1000000 and `million`."""
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
    """The table at a path of CLDR's data, with its aliases resolved."""
    table: Any = data
    for key in path:
        table = _resolved(table.get(key, {}), data)
    return {key: _resolved(value, data) for key, value in table.items()}


def _resolved(value: Any, data: Mapping[Any, Any]) -> Any:
    """A value; if it is an alias, the table it refers to, with the value's own entries added."""
    from babel.localedata import Alias

    if isinstance(value, Alias):
        return _at(data, value.keys)
    if isinstance(value, tuple) and value and isinstance(value[0], Alias):
        return {**_at(data, value[0].keys), **value[1]}
    return value
