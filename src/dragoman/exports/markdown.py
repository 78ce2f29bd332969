"""Markdown: a table for each section, a row for each unit, a column for each locale.

Markdown cannot express direction: every cell is in a `span` with `lang` and `dir`, which
GitHub and CommonMark renderers that allow HTML keep; others show only the text.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import partial
from html import escape

from dragoman.exports.parts import about
from dragoman.exports.parts.elements import Markup, is_note, is_safe, numbered
from dragoman.exports.parts.export_options import ExportOptions
from dragoman.exports.parts.tasks import boxed
from dragoman.languages import locales
from dragoman.model import ELEMENTS, MATH, Cell, Kind, Parallel, ParallelBlock, Span, said
from dragoman.text.isolates import isolated

NAME = "markdown"
ABOUT = "Markdown tables, for a repository or a wiki."
NEEDS = ""
SUFFIX = ".md"
COLUMNS = True
PAIRS = False
INLINE = True

_SPECIAL = re.compile(r"([\\`*_{}\[\]<>#|~&])")


def export(parallel: Parallel, options: ExportOptions) -> str:
    """Tables between headings, code blocks and thematic breaks.

    >>> print(export(Parallel("x", "X", ("en", "az"), ()), ExportOptions()), end="")
    # X
    """
    parallel = boxed(numbered(parallel), bullets=False)
    markup = Markup(parallel.known or parallel.locales)
    metadata = " · ".join([_said(cell, markup) for cell in about.cells(parallel)])
    out = [f"# {_escaped(parallel.title)}", "", *([metadata, ""] if metadata else [])]
    in_table = False
    for block in parallel.blocks:
        if not block.rows:
            out += [*([""] if in_table else []), *_literal(block), ""]
            in_table = False
            continue
        if block.kind is Kind.HEADING and in_table:
            out.append("")
            in_table = False
        if not in_table:
            out += _head(parallel)
            in_table = True
        for place, cells in enumerate(block.rows):
            label = block.label if is_note(block) and place == 0 else ""
            out.append(_row(block, cells.cells, markup, label))
    return "\n".join(out).rstrip("\n") + "\n"


def _literal(block: ParallelBlock) -> list[str]:
    """Fenced code, a formula, or a thematic break."""
    if block.kind is Kind.BREAK:
        return ["---"]
    if block.label == MATH and "$$" not in block.literal:
        return ["$$", block.literal.rstrip("\n"), "$$"]
    fence = "`" * max(3, 1 + max(map(len, re.findall("`+", block.literal)), default=0))
    return [fence, block.literal.rstrip("\n"), fence]


def _head(parallel: Parallel) -> list[str]:
    names = [locales.name(locale) for locale in parallel.locales]
    rules = ["--:" if locales.direction(x) == "rtl" else ":--" for x in parallel.locales]
    return [f"| {' | '.join(names)} |", f"| {' | '.join(rules)} |"]


def _row(block: ParallelBlock, cells: tuple[Cell, ...], markup: Markup, label: str) -> str:
    return f"| {' | '.join(_cell(block, cell, markup, label) for cell in cells)} |"


def _cell(block: ParallelBlock, cell: Cell, markup: Markup, label: str) -> str:
    """A cell; that of a footnote begins with the footnote's number."""
    if not cell.text:
        return " "
    if label:
        cell = cell._replace(spans=(Span("note", label), Span("text", " "), *cell.spans))
    return _said(cell, markup, "**" if block.kind is Kind.HEADING else "")


def _said(cell: Cell, markup: Markup, mark: str = "") -> str:
    """The text of a cell in a `span` with its language and direction, inside `mark` on both sides."""
    direction = locales.direction(cell.lang)
    other = "ltr" if direction == "rtl" else "rtl"
    inner = _spans(isolated(cell.spans, other == "ltr"), partial(markup.phrase, direction=other))
    tag = locales.language_tag(cell.lang)
    return f'<span lang="{tag}" dir="{direction}">{mark}{inner}{mark}</span>'


def _spans(spans: tuple[Span, ...], phrase: Callable[[str], str]) -> str:
    return "".join(_span(span, phrase) for span in spans)


def _span(span: Span, phrase: Callable[[str], str]) -> str:
    inner = _spans(span.children, phrase)
    match span.name:
        case "text" | "image":
            return _escaped(span.text)
        case "isolate":
            return f"<bdi {phrase(said(span.children))}>{inner}</bdi>"
        case "strong":
            return f"**{inner}**"
        case "emphasis":
            return f"*{inner}*"
        case "code":
            return f'<code dir="ltr">{_escaped(span.text)}</code>'
        case "math":
            return span.text.replace("|", r"\vert ")
        case "link":
            return f"[{inner}](<{_address(span.url)}>)" if _may_lead_to(span.url) else inner
        case "note":
            return f"<sup>{_escaped(span.text)}</sup>"
        case "break":
            return "<br>"
        case "strike":
            return f"~~{inner}~~"
    if span.name not in ELEMENTS:
        return inner
    title = f' title="{escape(span.title)}"' if span.title else ""
    return f"<{span.name}{title}>{inner}</{span.name}>"


def _may_lead_to(url: str) -> bool:
    """Whether a URL is safe and can be written in angle brackets inside a table."""
    return is_safe(url) and re.fullmatch(r"[^<>\\|\x00-\x1f]*", url) is not None


def _address(url: str) -> str:
    """Escape ampersands of a URL that would start an entity.

    >>> _address("a?b&c&#115;")
    'a?b&c&amp;#115;'
    """
    return re.sub("&(?=#?[A-Za-z0-9]+;)", "&amp;", url)


def _escaped(text: str) -> str:
    return _SPECIAL.sub(r"\\\1", text).replace("\n", " ")
