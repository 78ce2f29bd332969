"""What a text's front matter says of the text as a whole."""

from __future__ import annotations

from dragoman.chrome import chrome
from dragoman.languages import locales
from dragoman.model import Cell, Parallel, Span, State


def said(parallel: Parallel, *keys: str) -> str:
    """The value of the first of these keys that says something.

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
    """Title, author, date, origin and licence as they are said, for programs.

    >>> fields(Parallel("x", "X", ("en",), (), {"author": "A. B."}))
    {'title': 'X', 'author': 'A. B.'}
    """
    told = {
        "title": parallel.title,
        "author": author(parallel),
        "date": date(parallel),
        "origin": origin(parallel),
        "licence": licence(parallel),
    }
    return {name: value for name, value in told.items() if value}


def cells(parallel: Parallel) -> list[Cell]:
    """Author, date, origin and licence, as far as they are said, each in its language.

    The date is written as the first column's language writes it; the rest is as somebody said it.

    >>> [cell.text for cell in cells(Parallel("x", "X", ("he",), (), {"date": "1992-02-26"}))]
    ['26 בפברואר 1992']
    """
    first = chrome(parallel.locales[0]).locale
    source = parallel.source or parallel.locales[0]
    told = [
        (source, author(parallel)),
        (first, locales.date(date(parallel), first)),
        (source, origin(parallel)),
        (source, licence(parallel)),
    ]
    return [
        Cell(locale, value, State.TRANSLATED, locale, (Span("text", value),))
        for locale, value in told
        if value
    ]
