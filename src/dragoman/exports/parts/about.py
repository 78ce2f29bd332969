"""Author, date, origin and licence of a text."""

from __future__ import annotations

from dragoman.chrome import chrome
from dragoman.languages import locales
from dragoman.model import Cell, Parallel, Span, State


def said(parallel: Parallel, *keys: str) -> str:
    """The first non-empty metadata value among these keys.

    >>> said(Parallel("x", "X", ("en",), (), {"license": "MIT"}), "licence", "license")
    'MIT'
    """
    return next((parallel.metadata[key] for key in keys if parallel.metadata.get(key)), "")


def author(parallel: Parallel) -> str:
    return said(parallel, "author")


def date(parallel: Parallel) -> str:
    return said(parallel, "date")


def origin(parallel: Parallel) -> str:
    return said(parallel, "source", "origin")


def licence(parallel: Parallel) -> str:
    return said(parallel, "licence", "license")


def fields(parallel: Parallel) -> dict[str, str]:
    """Title, author, date, origin and licence as written; empty ones are left out.

    >>> fields(Parallel("x", "X", ("en",), (), {"author": "A. B."}))
    {'title': 'X', 'author': 'A. B.'}
    """
    metadata = {
        "title": parallel.title,
        "author": author(parallel),
        "date": date(parallel),
        "origin": origin(parallel),
        "licence": licence(parallel),
    }
    return {name: value for name, value in metadata.items() if value}


def cells(parallel: Parallel) -> list[Cell]:
    """Author, date, origin and licence as cells, each in its language; empty ones are left out.

    The date is formatted for the first column's language; the rest is in the source language.

    >>> [cell.text for cell in cells(Parallel("x", "X", ("he",), (), {"date": "1992-02-26"}))]
    ['26 בפברואר 1992']
    """
    first = chrome(parallel.locales[0]).locale
    source = parallel.source or parallel.locales[0]
    metadata = [
        (source, author(parallel)),
        (first, locales.date(date(parallel), first)),
        (source, origin(parallel)),
        (source, licence(parallel)),
    ]
    return [
        Cell(locale, value, State.TRANSLATED, locale, (Span("text", value),))
        for locale, value in metadata
        if value
    ]
