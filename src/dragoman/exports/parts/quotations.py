"""Quotation marks for `q` elements, in formats whose viewers do not draw them."""

from __future__ import annotations

from collections.abc import Sequence

from dragoman.languages import language as languages
from dragoman.model import Span

_MARKS = ("“”", "‘’")
"""Outer and inner marks for languages without data."""


def quoted(spans: Sequence[Span], locale: str, depth: int = 0) -> tuple[Span, ...]:
    """Replace every `q` by its content in the quotation marks of a language.

    Args:
        spans: inline content.
        locale: the language of the text.
        depth: nesting depth; odd depths get inner marks.

    >>> quoted([Span("q", children=(Span("text", "Да"),))], "ru")[0].children[0].text
    '«'
    """
    return tuple([_quoted(span, locale, depth) for span in spans])


def _quoted(span: Span, locale: str, depth: int) -> Span:
    if not span.children:
        return span
    if span.name != "q":
        return span._replace(children=quoted(span.children, locale, depth))
    marks = languages.of(locale).quotes
    pair = marks.get("inner" if depth % 2 else "outer") or _MARKS[depth % 2]
    inner = quoted(span.children, locale, depth + 1)
    return Span("group", children=(Span("text", pair[0]), *inner, Span("text", pair[-1])))
