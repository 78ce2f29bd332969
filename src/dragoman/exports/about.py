"""What a text's front matter says of the text as a whole."""

from __future__ import annotations

from dragoman.model import Parallel


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


def lines(parallel: Parallel) -> list[str]:
    """Author, date, origin and licence, as far as they are said."""
    told = (author(parallel), date(parallel), origin(parallel), licence(parallel))
    return [value for value in told if value]
