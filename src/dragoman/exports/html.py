"""HTML: one self-contained page whose layout (columns, facing, stacked, interlinear) readers choose.

Nothing is fetched: style and script are inline, and the content security policy allows
no others. Every cell has `lang` and `dir`; phrases of the other direction
are in `bdi` with an explicit `dir`. Choosing columns and layout needs no
script; highlighting of corresponding sentences and search do.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from html import escape
from urllib.parse import quote

from dragoman.chrome import Chrome, chrome
from dragoman.exports.parts import fonts, page_controls
from dragoman.exports.parts.block_tree import Glosses, Table, column, page_pieces
from dragoman.exports.parts.elements import (
    Markup,
    formula,
    is_note,
    lang,
    language,
    numbered,
    together,
)
from dragoman.exports.parts.export_options import ExportOptions
from dragoman.exports.parts.tasks import boxed
from dragoman.exports.parts.web_page import Links, Page, alternates, resource, written
from dragoman.exports.reading import page_scripts, search_engines, view_bar
from dragoman.exports.reading.origin_lines import origin_line
from dragoman.exports.reading.outline import Outline, is_title, outline
from dragoman.languages import locales
from dragoman.model import MATH, Cell, Kind, Parallel, ParallelBlock, Row, State

NAME = "html"
ABOUT = "One page for a browser: every language, with controls, search and links to each unit."
NEEDS = ""
SUFFIX = ".html"
COLUMNS = True
PAIRS = False
INLINE = True

_PART = 48
"""Blocks that a browser lays out together, once they are near."""
_LONG = 96
"""Blocks of a text that is laid out part by part."""
_SHOWN = ("title", "description")
"""Front matter keys that are displayed without a label."""


def export(parallel: Parallel, options: ExportOptions) -> str:
    """The page.

    >>> page = export(Parallel("x", "X", ("en", "he"), ()), ExportOptions())
    >>> "<title>X</title>" in page and "src=" not in page
    True
    """
    return page(parallel, options, fonts=fonts.style([parallel]) if options.embed_fonts else "")


def page(
    parallel: Parallel,
    options: ExportOptions,
    links: Links = Links(),  # noqa: B008 - frozen
    fonts: str = "",
) -> str:
    """The page, with links to other pages of a site and a style sheet with embedded fonts.

    >>> ' href="../index.html"' in page(Parallel("x", "X", ("he",), ()), ExportOptions(), Links("../index.html"))
    True
    """
    first = parallel.locales[0]
    labels = chrome(first)
    shown = boxed(numbered(parallel), bullets=True)
    found = outline(shown)
    text = _Text(parallel, shown, labels, found)
    contents = page_controls.contents(parallel, labels)
    body: list[str | None] = [
        *view_bar.bar(parallel, options, labels, links, contents, found.in_bar),
        None,
        f'<main id="text" dir="{locales.direction(first)}" tabindex="-1">',
        *(page_controls.banner(parallel, labels) if options.readers == "editors" else []),
        *text.all(),
        "</main>",
        *page_controls.metadata_list(parallel, labels),
        *view_bar.downloads(labels, links),
        *view_bar.beside(labels, links, first),
        *links.footer,
        *view_bar.panels(parallel, labels, any(map(is_note, shown.blocks))),
    ]
    return written(
        Page(
            first,
            parallel.title_in(first) or parallel.title,
            resource("page.css") + _counted(parallel) + _columns(parallel) + links.style,
            [
                *page_controls.dublin_core(parallel),
                *alternates(links),
                *search_engines.described(parallel, links.canonical),
            ],
            body,
            page_scripts.after(),
            _classes(parallel, options),
            fonts,
            page_scripts.before(),
        )
    )


def _classes(parallel: Parallel, options: ExportOptions) -> str:
    """Classes of the page: `alone` with one language, `numbered` if it shows sentence numbers."""
    alone = ["alone"] if len(parallel.locales) == 1 else []
    return " ".join([*alone, *(["numbered"] if options.readers == "editors" else [])])


def _counted(parallel: Parallel) -> str:
    """CSS that aligns sentences across columns, for each number of rows a block has."""
    counts = sorted({len(block.rows) for block in parallel.blocks if block.rows})
    most = counts[-1] if counts else 0
    by_sentence = ".bar:has(#layout-columns:checked):has(#rows-sentence:checked) ~ main"
    spans = [f"{by_sentence} .n{n}>.cell{{grid-row:1/span {n}}}" for n in counts]
    order = [f".u{i}{{order:{i}}}" for i in range(1, most + 1)]
    return "\n".join(["", *spans, *order, ""])


def _columns(parallel: Parallel) -> str:
    """CSS that hides unselected columns, keeps a selection in its column, and lets the first span the others when facing."""
    others = max(1, len(parallel.locales) - 1)
    columns = range(len(parallel.locales))
    return "\n".join(
        [
            f".bar:has(#layout-facing:checked) ~ main .cell:first-child{{grid-row:1/span {others}}}",
            *(
                f".bar:has(#show-{i}:not(:checked)) ~ main .c{i}{{display:none!important}}"
                for i in columns
            ),
            *(f'[data-drag="{i}"] .cell:not(.c{i}){{user-select:none}}' for i in columns),
        ]
    )


def _names(parallel: Parallel) -> list[str]:
    """The names of the languages, which head the columns."""
    cells = [
        f'<div role="columnheader" class="c{index}" {lang(locale)}>{escape(locales.title(locale))}</div>'
        for index, locale in enumerate(parallel.locales)
    ]
    return [
        '<div role="rowgroup" class="heads"><div role="row" class="names">',
        *cells,
        "</div></div>",
    ]


class _Markup(Markup):
    """Inline content of a page; footnotes are linked both ways within each column."""

    def __init__(self, shown: Parallel, languages: Sequence[str]) -> None:
        super().__init__(languages, shown.pictures)
        self.column = 0
        self._known = {block.label for block in shown.blocks if is_note(block)}
        self._times: Counter[tuple[str, int]] = Counter()

    def note(self, number: str) -> str:
        if number not in self._known:
            return super().note(number)
        self._times[number, self.column] += 1
        nth = self._times[number, self.column]
        name = f"ref-{number}-{self.column}" + (f"-{nth}" if nth > 1 else "")
        return (
            f'<sup dir="ltr"><a id="{name}" role="doc-noteref" '
            f'href="#note-{number}-{self.column}">{self.text(number)}</a></sup>'
        )

    def back(self, number: str, attributes: str) -> str:
        """The number before a footnote, linked to its first reference in this column."""
        place = f'id="note-{number}-{self.column}"'
        if not self._times[number, self.column]:
            return f"<span {place} {attributes}>{self.text(number)}</span>"
        link = f'href="#ref-{number}-{self.column}" role="doc-backlink"'
        return f"<a {place} {attributes} {link}>{self.text(number)}</a>"


class _Text:
    """Writes the blocks of a page, with interface labels in the first column's language."""

    def __init__(
        self, parallel: Parallel, shown: Parallel, chrome: Chrome, outline: Outline
    ) -> None:
        self._outline = outline
        self._shown = shown
        self._chrome = chrome
        self._many = len(parallel.locales) > 1
        self._row = ' role="row"' if self._many else ""
        self._cell = ' role="cell"' if self._many else ""
        self._wide = f' role="cell" aria-colspan="{len(parallel.locales)}"' if self._many else ""
        self._name = "_".join(parallel.name.split())  # ids cannot contain white space
        self._stay = parallel.numbers_stay
        self._markup = _Markup(shown, parallel.known or parallel.locales)
        self._noted: set[str] = set()
        self._states = {
            State.INITIAL: escape(chrome.say("not translated")),
            State.DRAFT: escape(chrome.say("draft")),
        }

    def all(self) -> Iterator[str]:
        """The whole text: a table of rows and languages, if there are several."""
        found = list(page_pieces(self._shown.blocks))
        if self._many:
            names = [locales.name(x, self._chrome.locale) for x in self._shown.locales]
            label = self._chrome.say("Parallel text: {languages}", languages=", ".join(names))
            yield f'<div role="table" class="table" aria-label="{escape(label)}">'
            yield from _names(self._shown)
        long = " far" if len(found) > _LONG else ""
        group = ' role="rowgroup"' if self._many else ""
        for start in range(0, len(found), _PART):
            yield f'<div{group} class="part{long}">'
            for piece in found[start : start + _PART]:
                yield from self.piece(piece)
            yield "</div>"
        if self._many:
            yield "</div>"

    def piece(self, piece: ParallelBlock | Table | Glosses) -> list[str]:
        if isinstance(piece, Glosses):
            return self._glosses(piece)
        return self._table(piece) if isinstance(piece, Table) else self.block(piece)

    def _glosses(self, found: Glosses) -> list[str]:
        """A definition list per language, side by side."""
        depth = found.blocks[0].level
        deep = f" d{min(depth, 6)}" if depth > 1 else ""
        out = [f'<div{self._row} class="block k-table k-terms{deep}">']
        for index, _ in enumerate(found.blocks[0].rows[0].cells):
            locale = language(column(found.blocks, index))
            self._markup.column = index
            out.append(f'<div{self._cell} class="cell c{index}" {lang(locale)}><dl>')
            for block in found.blocks:
                tag = "dt" if block.kind is Kind.TERM else "dd"
                out.append(f"<{tag}>{self._spoken(block, index, locale)}</{tag}>")
            out.append("</dl></div>")
        return [*out, "</div>"]

    def _table(self, table: Table) -> list[str]:
        """A table per language, side by side."""
        out = [f'<div{self._row} class="block k-table">']
        for index, _ in enumerate(table.rows[0][0].rows[0].cells):
            locale = language(column(table.blocks, index))
            self._markup.column = index
            out.append(
                f'<div{self._cell} class="cell c{index}" {lang(locale)} tabindex="0"><table>'
            )
            if table.head:
                out += ["<thead>", *self._table_row(table.head[0], index, locale), "</thead>"]
            body = [line for row in table.body for line in self._table_row(row, index, locale)]
            out += ["<tbody>", *body, "</tbody>"] if body else []
            out.append("</table></div>")
        return [*out, "</div>"]

    def _table_row(self, row: Sequence[ParallelBlock], index: int, locale: str) -> list[str]:
        return ["<tr>", *(self._table_cell(cell, index, locale) for cell in row), "</tr>"]

    def _table_cell(self, block: ParallelBlock, index: int, locale: str) -> str:
        tag, scope = ("th", ' scope="col"') if block.level else ("td", "")
        align = f' class="{block.align}"' if block.align else ""
        return f"<{tag}{scope}{align}>{self._spoken(block, index, locale)}</{tag}>"

    def _spoken(self, block: ParallelBlock, index: int, locale: str) -> str:
        """A block in one column, in an element of its own if its language is not the column's."""
        cells = column([block], index)
        spoken = language(cells)
        units = [
            self._units(block.rows, cells, index, other, places)
            for other, places in together(cells, spoken)
        ]
        inner = "\n".join(units)
        if spoken != locale:  # inside the cell, so that a column is aligned on one side
            inner = f"<span {lang(spoken)}>{inner}</span>"
        return inner

    def block(self, block: ParallelBlock) -> list[str]:
        if block.kind is Kind.BREAK:
            return self._across("rule", "<hr>")
        if block.label == MATH and (math := formula(block.literal, block=True)):
            return self._across("wide", f'<div class="formula" dir="ltr" tabindex="0">{math}</div>')
        if block.kind is Kind.CODE:
            code = escape(block.literal)
            pre = f'<pre class="code" dir="ltr" tabindex="0"><code>{code}</code></pre>'
            return self._across("wide", pre)
        kind = block.kind.name.lower()
        first = " first" if block.first else ""
        depth = f" d{min(block.level, 6)}" if block.level else ""
        titled = is_title(block.kind, block.label)
        title = " k-title" if titled else ""
        out = [f'<div{self._row} class="block k-{kind}{title}{depth}{first} n{len(block.rows)}">']
        label_direction = ' dir="ltr"' if block.kind is Kind.METADATA else ""
        heads = titled or (block.kind is Kind.HEADING and block.level)
        columns = zip(*(row.cells for row in block.rows), strict=True)
        for index, cells in enumerate(columns):
            locale = language(cells)
            out.append(f'<div{self._cell} class="cell c{index}" {lang(locale)}>')
            self._markup.column = index
            if is_note(block) and block.label not in self._noted:
                out.append(self._markup.back(block.label, 'class="label"'))
            elif block.label and block.label not in _SHOWN:
                out.append(f'<span class="label"{label_direction}>{escape(block.label)}</span>')
            units = [
                self._units(block.rows, cells, index, spoken, places)
                for spoken, places in together(cells, locale)
            ]
            out += self._headed(block.rows[0].id, index, units) if heads else units
            out.append("</div>")
        self._noted |= {block.label} if is_note(block) else set()
        return [*out, "</div>"]

    def _headed(self, row_id: str, index: int, units: list[str]) -> list[str]:
        """A heading, once for all languages: those after the first look like one."""
        level = self._outline.level(row_id)
        tag = "p" if index else f"h{level}"
        return [f'<{tag} class="h" data-h="{level}">', *units, f"</{tag}>"]

    def _across(self, name: str, inner: str) -> list[str]:
        """What is the same in every language, across all columns."""
        return [f'<div{self._row} class="{name}"><div{self._wide}>{inner}</div></div>']

    def _units(
        self, rows: Sequence[Row], cells: Sequence[Cell], column: int, spoken: str, places: range
    ) -> str:
        """Adjacent units of one language, in one element if it is not the block's language."""
        alone = f" {lang(spoken)}" if spoken and len(places) == 1 else ""
        units = "\n".join(
            ("<br>" if rows[at].new_line else "")
            + self._unit(cells[at], rows[at], at + 1, column, alone)
            for at in places
        )
        return f'<span class="run" {lang(spoken)}>{units}</span>' if spoken and not alone else units

    def _unit(self, cell: Cell, row: Row, place: int, column: int, spoken: str) -> str:
        inner = self._markup.cell(cell)
        anchor = ""
        if column == 0:
            anchor = f' id="{row.id}"'
            inner = inner if row.verbatim else self._citation(row) + inner
        classes = f"u u{place} joined" if row.also else f"u u{place}"
        attributes = ""
        if origin := self._shown.origins.get((row.id, cell.locale)):
            attributes = f' data-from="{escape(origin_line(origin, self._chrome))}"'
        if cell.state in self._states:
            classes += f" {cell.state.value}"
            attributes += f' title="{self._states[cell.state]}"'
        return f'<span class="{classes}"{anchor} data-row="{row.id}"{attributes}{spoken}>{inner}</span>'

    def _citation(self, row: Row) -> str:
        """The unit's number: an anchor by number, and a link to the stable address.

        CSS draws the number, so it is not copied or found as text.
        """
        first, *others = map(self._cited, row.places or (row.number,))
        also = "".join(
            f'<span id="{joined}"></span><span id="{escape(place)}"></span>'
            for joined, place in zip(row.also, others, strict=True)
        )
        leads = quote(first, ":/") if self._stay else row.id
        return (
            f'<a class="cite" id="{escape(first)}" href="#{leads}" data-n="{row.number}" '
            f'dir="ltr" tabindex="-1" aria-hidden="true"></a>{also}'
        )

    def _cited(self, number: str) -> str:
        """The citation of a sentence, such as `khojaly-memorial-day:4.2`."""
        return f"{self._name}:{number}"
