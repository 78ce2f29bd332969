"""Plain text of a cell on one line."""

from __future__ import annotations

from collections.abc import Iterable

from dragoman.exports.parts.quotations import quoted
from dragoman.model import Cell, Span, spoken


def line(cell: Cell) -> str:
    """The text of a cell without markup, footnote references and line breaks.

    >>> from dragoman.model import State
    >>> spans = (Span("strong", children=(Span("text", "a"),)), Span("break"), Span("text", "b"))
    >>> line(Cell("en", "", State.TRANSLATED, "en", spans))
    'a b'
    """
    return " ".join(_words(quoted(cell.spans, cell.lang)).split())


def _words(spans: Iterable[Span]) -> str:
    out = []
    for span in spans:
        if span.name == "break":
            out.append(" ")
        elif span.name != "note":
            out.append(span.text or spoken(span, _words(span.children)))
    return "".join(out)
