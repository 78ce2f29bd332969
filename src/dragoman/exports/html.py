"""HTML: one self-contained page, side by side on a wide screen and stacked on a narrow one.

Nothing is fetched: style and script stand in the page, and its content security policy lets
nothing else run. Every cell says its language and direction; phrases of the other direction
stand in `bdi` with an explicit `dir`. Which columns show, and whether rows are paragraphs or
sentences, needs no script; that fellows light up does.
"""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from html import escape
from importlib.resources import files

from dragoman import locales
from dragoman.exports.options import ExportOptions
from dragoman.inline import isolated
from dragoman.model import Cell, Kind, Parallel, ParallelBlock, Span, State

NAME = "html"
SUFFIX = ".html"
COLUMNS = True
PAIRS = False

_SAFE_URL = re.compile(r"(?:https?:|mailto:|#|(?![A-Za-z][A-Za-z0-9+.-]*:)(?!//))", re.IGNORECASE)
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
    lang = locales.language_tag(parallel.locales[0])
    return "\n".join(
        [
            "<!doctype html>",
            f'<html lang="{lang}" dir="{locales.direction(parallel.locales[0])}">',
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
            *(line for block in _numbered(parallel).blocks for line in _block(block)),
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


def _numbered(parallel: Parallel) -> Parallel:
    """Footnotes under the numbers a reader expects, in the order the source refers to them."""
    spans = [span for row in parallel.rows for span in row.cells[0].spans]
    labels = dict.fromkeys([*_notes(spans), *(b.label for b in parallel.blocks if _is_note(b))])
    if not labels:
        return parallel
    numbers = {label: str(number) for number, label in enumerate(labels, 1)}
    blocks = tuple(
        block._replace(
            label=numbers[block.label] if _is_note(block) else block.label,
            rows=tuple(
                r._replace(cells=tuple(_cell(c, numbers) for c in r.cells)) for r in block.rows
            ),
        )
        for block in parallel.blocks
    )
    return replace(parallel, blocks=blocks)


def _is_note(block: ParallelBlock) -> bool:
    return block.kind is Kind.FOOTNOTE and bool(block.label)


def _notes(spans: Iterable[Span]) -> Iterator[str]:
    for span in spans:
        if span.name == "note":
            yield span.text
        yield from _notes(span.children)


def _cell(cell: Cell, numbers: dict[str, str]) -> Cell:
    return cell._replace(spans=tuple(_numbered_span(span, numbers) for span in cell.spans))


def _numbered_span(span: Span, numbers: dict[str, str]) -> Span:
    if span.name == "note":
        return span._replace(text=numbers.get(span.text, span.text))
    children = tuple(_numbered_span(child, numbers) for child in span.children)
    return span._replace(children=children) if children else span


def _controls(parallel: Parallel, options: ExportOptions) -> list[str]:
    out = [
        '<header class="bar" lang="en" dir="ltr">',
        f'<p class="title" {_lang(parallel.locales[0])}>{escape(parallel.title)}</p>',
        "<fieldset><legend>Languages</legend>",
    ]
    for index, locale in enumerate(parallel.locales):
        attributes = _lang(locale)
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
        f'<div class="c{index}" {_lang(locale)}>{escape(locales.name(locale))}</div>'
        for index, locale in enumerate(parallel.locales)
    ]
    return ['<div class="names" aria-hidden="true">', *cells, "</div>"]


def _lang(locale: str) -> str:
    return f'lang="{locales.language_tag(locale)}" dir="{locales.direction(locale)}"'


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
        out.append(f'<{tag} class="cell c{index}" {_lang(cells[0].locale)}>')
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
    direction = locales.direction(cell.lang)
    inner = _spans(isolated(cell.spans, direction == "rtl"), "ltr" if direction == "rtl" else "rtl")
    anchor = f' id="{row_id}"' if column == 0 else ""
    classes = f"u u{place}"
    attributes = ""
    if cell.state in _STATES:
        classes += f" {cell.state.value}"
        attributes = f' title="{_STATES[cell.state]}"'
    if cell.lang != cell.locale:
        attributes += f" {_lang(cell.lang)}"
    return f'<span class="{classes}"{anchor} data-row="{row_id}"{attributes}>{inner}</span>'


def _spans(spans: tuple[Span, ...], other: str) -> str:
    return "".join(_span(span, other) for span in spans)


_TAGS = {"strong": "strong", "emphasis": "em", "strike": "s"}


def _span(span: Span, other: str) -> str:
    inner = _spans(span.children, other)
    match span.name:
        case "text":
            return escape(span.text, quote=False)
        case "isolate":
            return f'<bdi dir="{other}">{inner}</bdi>'
        case "code":
            return f'<code dir="ltr">{escape(span.text, quote=False)}</code>'
        case "link":
            return _link(span.url, inner)
        case "image":
            return f'<span class="image">{escape(span.text, quote=False)}</span>'
        case "note":
            return f'<sup dir="ltr">{escape(span.text, quote=False)}</sup>'
        case "break":
            return "<br>"
    if span.name in _TAGS:
        tag = _TAGS[span.name]
        return f"<{tag}>{inner}</{tag}>"
    return inner


def _link(url: str, inner: str) -> str:
    """A link, where its scheme can do no harm."""
    if _SAFE_URL.match(url) is None:
        return inner
    return f'<a href="{escape(url)}" rel="noopener noreferrer">{inner}</a>'
