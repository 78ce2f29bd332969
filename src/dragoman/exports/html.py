"""HTML: one self-contained page, side by side on a wide screen and stacked on a narrow one.

Nothing is fetched: style and script stand in the page, and its content security policy lets
nothing else run. Every cell says its language and direction; phrases of the other direction
stand in `bdi` with an explicit `dir`. Which columns show, and whether rows are paragraphs or
sentences, needs no script; that fellows light up does.
"""

from __future__ import annotations

import base64
import hashlib
from html import escape
from importlib.resources import files

from dragoman import locales
from dragoman.exports.markup import Markup, lang, numbered
from dragoman.exports.options import ExportOptions
from dragoman.model import Cell, Kind, Parallel, ParallelBlock, State

NAME = "html"
ABOUT = "One page for a browser: every language, with controls, search and links to each unit."
NEEDS = ""
SUFFIX = ".html"
COLUMNS = True
PAIRS = False

_MARKUP = Markup()
_STATES = {State.INITIAL: "not translated", State.DRAFT: "draft"}


def export(parallel: Parallel, options: ExportOptions) -> str:
    """The page.

    >>> page = export(Parallel("x", "X", ("en", "he"), ()), ExportOptions())
    >>> "<title>X</title>" in page and "src=" not in page
    True
    """
    style = _resource("page.css") + _counted(parallel) + _columns(parallel)
    script = _resource("page.js")
    policy = f"default-src 'none'; style-src {_hash(style)}; script-src {_hash(script)}"
    return "\n".join(
        [
            "<!doctype html>",
            f"<html {lang(parallel.locales[0])}>",
            "<head>",
            '<meta charset="utf-8">',
            f'<meta http-equiv="Content-Security-Policy" content="{policy}">',
            '<meta name="viewport" content="width=device-width, initial-scale=1">',
            '<meta name="generator" content="dragoman">',
            f"<title>{escape(parallel.title)}</title>",
            f"<style>{style}</style>",
            "</head>",
            "<body>",
            *_controls(parallel, options),
            '<main dir="ltr">',
            *_names(parallel),
            *(line for block in numbered(parallel).blocks for line in _block(block)),
            "</main>",
            f"<script>{script}</script>",
            "</body>",
            "</html>",
            "",
        ]
    )


def _resource(name: str) -> str:
    return files("dragoman.exports").joinpath(name).read_text("utf-8")


def _hash(content: str) -> str:
    digest = hashlib.sha256(content.encode()).digest()
    return f"'sha256-{base64.b64encode(digest).decode()}'"


def _counted(parallel: Parallel) -> str:
    """Style for blocks of so many rows: their sentences share the lines of one grid."""
    counts = sorted({len(block.rows) for block in parallel.blocks if block.rows})
    most = counts[-1] if counts else 0
    spans = [f"body:has(#rows-sentence:checked) .n{n}>.cell{{grid-row:1/span {n}}}" for n in counts]
    order = [f".u{i}{{order:{i}}}" for i in range(1, most + 1)]
    return "\n".join(["", *spans, *order, ""])


def _columns(parallel: Parallel) -> str:
    """Style that hides the columns that are not chosen."""
    return "\n".join(
        f"body:has(#show-{index}:not(:checked)) .c{index}{{display:none!important}}"
        for index, _ in enumerate(parallel.locales)
    )


def _controls(parallel: Parallel, options: ExportOptions) -> list[str]:
    out = [
        '<header class="bar" lang="en" dir="ltr">',
        f'<p class="title" {lang(parallel.locales[0])}>{escape(parallel.title)}</p>',
        "<fieldset><legend>Languages</legend>",
    ]
    for index, locale in enumerate(parallel.locales):
        attributes = lang(locale)
        out.append(
            f'<label><input type="checkbox" id="show-{index}" checked>'
            f"<span {attributes}>{escape(locales.name(locale))}</span></label>"
        )
    out.append("</fieldset>")
    out.append("<fieldset><legend>Rows</legend>")
    for value, label in (("paragraph", "Paragraphs"), ("sentence", "Sentences")):
        checked = " checked" if options.rows == value else ""
        out.append(
            f'<label><input type="radio" name="rows" id="rows-{value}"{checked}>{label}</label>'
        )
    return [*out, "</fieldset>", "</header>"]


def _names(parallel: Parallel) -> list[str]:
    cells = [
        f'<div class="c{index}" {lang(locale)}>{escape(locales.name(locale))}</div>'
        for index, locale in enumerate(parallel.locales)
    ]
    return ['<div class="names" aria-hidden="true">', *cells, "</div>"]


def _block(block: ParallelBlock) -> list[str]:
    if block.kind is Kind.CODE:
        return [f'<pre class="code" dir="ltr"><code>{escape(block.literal)}</code></pre>']
    kind = block.kind.name.lower()
    first = " first" if block.first else ""
    depth = f" d{min(block.level, 6)}" if block.level else ""
    out = [f'<section class="block k-{kind}{depth}{first} n{len(block.rows)}">']
    columns = zip(*(row.cells for row in block.rows), strict=True)
    for index, cells in enumerate(columns):
        tag = f"h{block.level}" if block.kind is Kind.HEADING and block.level else "div"
        out.append(f'<{tag} class="cell c{index}" {lang(cells[0].locale)}>')
        if block.label:
            out.append(f'<span class="label">{escape(block.label)}</span>')
        pairs = enumerate(zip(block.rows, cells, strict=True), 1)
        units = [
            ("<br>" if row.new_line else "") + _unit(cell, row.id, place, index)
            for place, (row, cell) in pairs
        ]
        out.append("\n".join(units))
        out.append(f"</{tag}>")
    return [*out, "</section>"]


def _unit(cell: Cell, row_id: str, place: int, column: int) -> str:
    inner = _MARKUP.cell(cell)
    anchor = f' id="{row_id}"' if column == 0 else ""
    classes = f"u u{place}"
    attributes = ""
    if cell.state in _STATES:
        classes += f" {cell.state.value}"
        attributes = f' title="{_STATES[cell.state]}"'
    if cell.lang != cell.locale:
        attributes += f" {lang(cell.lang)}"
    return f'<span class="{classes}"{anchor} data-row="{row_id}"{attributes}>{inner}</span>'
