r"""LaTeX: source for a text in one language, or in several side by side or on facing pages.

It is for LuaLaTeX with `babel` (`bidi=basic`) and `paracol`; on facing pages the first language
is on one side and the others on the other, aligned. Every block has its language; a
phrase of the other direction is in `\ltr` or `\rtl`. No text is interpreted as
markup: special characters, ligatures and URLs are escaped, and `{}` follows a
command that would read a following bracket as its argument.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from dragoman.exports.formulas.formula_tree import has_formulas
from dragoman.exports.formulas.latex_formula import latex_formula
from dragoman.exports.parts import about, long_words
from dragoman.exports.parts.block_tree import (
    Glosses,
    ItemList,
    ListItem,
    Note,
    Table,
    column,
    depths,
    pieces,
    text_pieces,
)
from dragoman.exports.parts.elements import absolute, is_note, language, numbered, together
from dragoman.exports.parts.export_options import ExportOptions
from dragoman.exports.parts.quotations import quoted
from dragoman.exports.parts.tasks import BOXES, boxed
from dragoman.languages import language as languages
from dragoman.languages import locales
from dragoman.model import MATH, Cell, Kind, Parallel, ParallelBlock, Row, Span, State
from dragoman.text.isolates import isolated

NAME = "latex"
ABOUT = "Source for LuaLaTeX."
NEEDS = ""
SUFFIX = ".tex"
COLUMNS = True
PAIRS = False
INLINE = True

_ESCAPES = {
    "\\": r"\textbackslash{}",
    "{": r"\{",
    "}": r"\}",
    "$": r"\$",
    "&": r"\&",
    "#": r"\#",
    "_": r"\_",
    "%": r"\%",
    "^": r"\textasciicircum{}",
    "~": r"\textasciitilde{}",
    '"': r"\textquotedbl{}",
    "'": r"\textquotesingle{}",
    "`": r"\textasciigrave{}",
}
_ESCAPED = str.maketrans(_ESCAPES)
_LIGATURES = re.compile("(?<=([-,<>]))(?=\\1)")
_CONTROLS = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_NOT_TEX = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_HEADINGS = ("section", "subsection", "subsubsection", "paragraph", "subparagraph")
_UNTRANSLATED = (State.INITIAL, State.DRAFT)
_DEEPEST = 9


def export(parallel: Parallel, options: ExportOptions) -> str:
    r"""The source.

    >>> export(Parallel("x", "X", ("he",), ()), ExportOptions()).split("\n")[0]
    '% Compile with lualatex.'
    """
    several = len(parallel.locales) > 1
    parallel = boxed(numbered(parallel), bullets=several)
    body = _Columns(parallel, options).lines() if several else _Alone(parallel).lines()
    preamble = _preamble(parallel, options.layout)
    return "\n".join([*preamble, r"\begin{document}", *body, r"\end{document}", ""])


def escaped(text: str) -> str:
    r"""Escape a text for LaTeX; bidi controls are removed, since commands set the direction.

    >>> escaped("50 % -- a_b")
    '50 \\% -{}- a\\_b'
    """
    text = _NOT_TEX.sub("\ufffd", re.sub(r"\s*[\t\r\n]\s*", " ", text))
    return _LIGATURES.sub("{}", _CONTROLS.sub("", text).translate(_ESCAPED))


def _name(locale: str) -> str:
    """The name of a language for babel; any word of letters will do.

    >>> _name("he"), _name("pt_BR")
    ('hebrew', 'ptbr')
    """
    known = languages.of(locale)
    own = known.exports.get("latex") if known.code == locale else None
    return own or re.sub("[^a-z]", "", locale.lower())


def _preamble(parallel: Parallel, layout: str) -> list[str]:
    """The preamble: packages, languages and our commands."""
    several = len(parallel.locales) > 1
    first = parallel.locales[0]
    main = "en" if several else first  # paracol lays out columns from left to right
    source = parallel.source or first
    metadata = [cell.lang for cell in about.cells(parallel)]
    used = dict.fromkeys([main, source, *parallel.locales, *metadata, "en", "he"])
    wide = layout == "columns" and len(parallel.locales) > 2
    paper = "a4paper" + (",landscape" if wide else "") + (",twoside" if layout == "facing" else "")
    title = escaped(parallel.title_in(first) or parallel.title or parallel.name)
    own = ",layout=lists.tabular"
    return [
        "% Compile with lualatex.",
        rf"\documentclass[11pt,{paper}]{{article}}",
        r"\usepackage[margin=20mm]{geometry}",
        rf"\usepackage[bidi=basic{own}]{{babel}}",
        *(
            rf"\babelprovide[import={locales.language_tag(x)}{',main' if x == main else ''}]"
            rf"{{{_name(x)}}}"
            for x in used
        ),
        r"% Any fonts that have the letters of all the languages will do.",
        r"\babelfont{rm}{FreeSerif}",
        r"\babelfont{sf}{FreeSans}",
        r"\babelfont{tt}{FreeMono}",
        *([r"\usepackage{amsmath,amssymb}"] if has_formulas(parallel) else []),
        r"\usepackage{xcolor,enumitem,array,longtable,lua-ul,paracol}",
        r"\usepackage[hidelinks]{hyperref}",
        rf"\hypersetup{{pdftitle={{{title}}},pdfauthor={{{escaped(about.author(parallel))}}},"
        rf"pdflang={{{locales.language_tag(first)}}}}}",
        r"\setcounter{secnumdepth}{-1}",
        rf"\setlistdepth{{{_DEEPEST}}}",
        r"\setlength{\parindent}{0pt}\setlength{\parskip}{4pt}\setlength{\emergencystretch}{3em}",
        r"\setlength{\columnsep}{2.2em}",
        r"\renewcommand{\arraystretch}{1.25}",
        *([r"\setlength{\tabcolsep}{3pt}", r"\AtBeginDocument{\raggedright}"] if several else []),
        r"\setlist{topsep=0pt,parsep=0pt}",
        *(
            line
            for kind, label in (("itemize", r"\textbullet"), ("enumerate", r"\arabic*."))
            for line in (
                rf"\renewlist{{{kind}}}{{{kind}}}{{{_DEEPEST}}}",
                rf"\setlist[{kind}]{{label={label}}}",
            )
        ),
        r"\newcommand\ltr[1]{\foreignlanguage{english}{#1}}",
        r"\newcommand\rtl[1]{\foreignlanguage{hebrew}{#1}}",
        r"\newcommand\untranslated[1]{\textcolor{gray}{#1}}",
    ]


class _Writer:
    """Writes blocks as LaTeX source."""

    def __init__(self, parallel: Parallel) -> None:
        self._parallel = parallel
        self._first = parallel.locales[0]
        self._depths = depths(parallel.blocks)
        blocks = parallel.blocks
        front = [block for block in blocks if block.kind is Kind.METADATA]
        self._front = sorted(front, key=lambda block: block.label != "title")
        self._body = [block for block in blocks if block.kind is not Kind.METADATA]

    def note(self, number: str) -> str:
        """A reference to a footnote."""
        return rf"\textsuperscript{{{escaped(number)}}}"

    def about(self) -> list[str]:
        metadata = [
            rf"\foreignlanguage{{{_name(cell.lang)}}}{{{_Line(self, cell).source()}}}"
            for cell in about.cells(self._parallel)
        ]
        return [_in(self._first, " · ".join(metadata)), ""] if metadata else []

    def units(self, rows: Sequence[Row], cells: Sequence[Cell]) -> str:
        """Units of a block in one language."""
        locale = language(cells)
        out: list[str] = []
        for spoken, places in together(cells, locale):
            run: list[str] = []
            for at in places:
                if at and rows[at].new_line:
                    (run if at > places.start else out).append(r"\\{}")
                run.append(_Line(self, cells[at]).source())
            text = "\n".join(part for part in run if part)
            out.append(rf"\foreignlanguage{{{_name(spoken)}}}{{{text}}}" if spoken else text)
        return "\n".join(part for part in out if part)

    def dressed(self, block: ParallelBlock, text: str, column: int = 0) -> str:
        """Wrap the text of a block in the commands of its kind."""
        if block.kind is Kind.METADATA:
            spoken = language([row.cells[column] for row in block.rows])
            slanted = r"\itshape" if locales.direction(spoken) == "ltr" else r"\small"
            size = r"\LARGE\bfseries" if block.label == "title" else slanted
            return rf"{{{size} {text}\par}}"
        if block.kind is Kind.HEADING:
            depth = min(self._depths[block.rows[0].id], len(_HEADINGS))
            # each heading is in the outline once, without footnotes
            outline = "*" if column else f"[{{{_outlined(block, column)}}}]"
            return rf"\{_HEADINGS[depth - 1]}{outline}{{{text}}}"
        if block.kind is Kind.QUOTE:
            deep = max(block.level, 1)
            begin, end = "\\begin{quote}" * deep, "\\end{quote}" * deep
            return f"{begin}\n{text}\n{end}"
        if block.kind is Kind.TERM or (block.kind is Kind.CELL and block.level):
            return rf"\textbf{{{text}}}"
        return text

    def table_row(self, row: Sequence[ParallelBlock], index: int, locale: str) -> str:
        """A row of a table in one language."""
        cells = []
        for block in row:
            found = column([block], index)
            text = self.dressed(block, self.units(block.rows, found), index)
            spoken = language(found)
            cells.append(text if spoken == locale or not text else _spoken(spoken, text))
        return "{}" + " &\n".join(cells) + r" \\"

    def literal(self, block: ParallelBlock) -> str:
        """A block without units: code, or a thematic break."""
        if block.kind is Kind.BREAK:
            return rf"{{\centering\medskip {escaped(block.literal)}\par\medskip}}"
        if block.label == MATH and (formula := latex_formula(block.literal, block=True)):
            return _in("en", formula)
        lines = block.literal.rstrip("\n").split("\n")
        text = "\\\\\n".join(_typed(line) for line in lines)
        return _in("en", f"{{\\ttfamily\\raggedright\n{text}\\par}}")


def _spoken(locale: str, text: str) -> str:
    return rf"\foreignlanguage{{{_name(locale)}}}{{{text}}}"


def _measured(table: Table) -> str:
    r"""Column specification of a table: equal widths, aligned, ragged lines.

    >>> _measured(Table([[ParallelBlock(Kind.CELL, (), align="end")]]))
    '>{\\raggedleft\\arraybackslash}p{\\dimexpr(\\linewidth-2\\tabcolsep)/1\\relax}'
    """
    longest = max(table.rows, key=len)
    width = rf"\dimexpr(\linewidth-{2 * table.width}\tabcolsep)/{table.width}\relax"
    return "".join(
        rf">{{\{_RAGGED.get(cell.align, 'raggedright')}\arraybackslash}}p{{{width}}}"
        for cell in longest
    )


_RAGGED = {"center": "centering", "end": "raggedleft"}


def _outlined(block: ParallelBlock, column: int) -> str:
    def text(spans: Iterable[Span]) -> str:
        return "".join("" if s.name == "note" else s.text or text(s.children) for s in spans)

    return escaped(" ".join(text(row.cells[column].spans) for row in block.rows))


def _breakable(code: str) -> str:
    r"""Escaped code that may break after punctuation, so that paths stay in their column.

    >>> _breakable("a/b")
    'a/\\allowbreak{}b'
    """
    marked = re.split(r"(?<=[/._\-:=,])(?=\w)", code)
    parts = [part for piece in marked for part in long_words.pieces(piece)]
    return r"\allowbreak{}".join(map(escaped, parts))


def _typed(line: str) -> str:
    """A line of a code block, with its spaces kept."""
    indent = len(line) - len(line.lstrip(" "))
    return r"\mbox{}" + r"\ " * indent + escaped(line.expandtabs()[indent:])


def _in(locale: str, text: str) -> str:
    name = _name(locale)
    return f"\\begin{{otherlanguage}}{{{name}}}\n{text}\\par\n\\end{{otherlanguage}}"


class _Alone(_Writer):
    """A text in one language."""

    def __init__(self, parallel: Parallel) -> None:
        super().__init__(parallel)
        self._all_notes = [piece for piece in pieces(self._body) if isinstance(piece, Note)]
        # if two notes have one label, the first counts
        self._notes = {note.blocks[0].label: note for note in reversed(self._all_notes)}
        self._seen: set[str] = set()
        self._in_note = False

    def lines(self) -> list[str]:
        out = [line for block in self._front for line in (self._block(block), "")]
        out += self.about()
        for piece in pieces(self._body):
            if isinstance(piece, ItemList):
                out += [*self._list(piece), ""]
            elif isinstance(piece, Table):
                out += [*self._table(piece), ""]
            elif isinstance(piece, Glosses):
                out += [*self._glosses(piece), ""]
            elif isinstance(piece, ParallelBlock):
                out += [self._block(piece) if piece.rows else self.literal(piece), ""]
        shown = [self._notes[label] for label in self._seen]
        lost = [note for note in self._all_notes if not any(note is known for known in shown)]
        for note in lost:
            mark = super().note(note.blocks[0].label)
            out += [mark + " " + "\n\n".join(map(self._block, note.blocks)), ""]
        return out

    def _block(self, block: ParallelBlock) -> str:
        cells = [row.cells[0] for row in block.rows]
        text = self.dressed(block, self.units(block.rows, cells))
        locale = language(cells)
        return text if locale == self._first else _in(locale, text)

    def _list(self, found: ItemList) -> Iterator[str]:
        kind = "itemize" if found.start is None else "enumerate"
        start = f"[start={found.start}]" if found.start not in (None, 1) else ""
        yield rf"\begin{{{kind}}}{start}"
        for item in found.items:
            yield from self._item(item)
        yield rf"\end{{{kind}}}"

    def _item(self, item: ListItem) -> Iterator[str]:
        yield "\\item{}\n" + "\n\n".join(map(self._block, item.blocks))
        for inner in item.lists:
            yield from self._list(inner)

    def _glosses(self, found: Glosses) -> Iterator[str]:
        yield r"\begin{description}"
        for terms, definitions in found.groups:
            for term in terms:
                yield rf"\item[{{{self._block(term)}}}]"
            yield "\n\n".join(map(self._block, definitions))
        yield r"\end{description}"

    def _table(self, table: Table) -> Iterator[str]:
        yield rf"\begin{{longtable}}{{{_measured(table)}}}"
        for row in table.rows:
            yield self.table_row(row, 0, self._first)
            if row[0].level:
                yield r"\hline\endhead"
        yield r"\end{longtable}"

    def note(self, number: str) -> str:
        """The footnote at its first reference; later ones are only its number."""
        if number not in self._notes or number in self._seen or self._in_note:
            return super().note(number)
        self._seen.add(number)
        self._in_note = True
        text = "\n\n".join(map(self._block, self._notes[number].blocks))
        self._in_note = False
        return rf"\footnote[{number}]{{{text}}}"


class _Columns(_Writer):
    """A text in several languages; the first column is on the side where its language starts."""

    def __init__(self, parallel: Parallel, options: ExportOptions) -> None:
        super().__init__(parallel)
        self._options = options
        columns = list(enumerate(parallel.locales))
        rtl = locales.direction(self._first) == "rtl"
        self._beside = options.layout in ("columns", "facing")
        self._columns = columns[::-1] if rtl and self._beside else columns
        self._on_left = len(columns) - 1 if rtl else 1
        self._places = dict(self._placed(list(pieces(self._body)), 1))

    def lines(self) -> list[str]:
        out = self.about()
        if self._beside:
            left = f"[{self._on_left}]" if self._options.layout == "facing" else ""
            out.append(rf"\begin{{paracol}}{left}{{{len(self._columns)}}}")
        for block in (*self._front, *text_pieces(self._body)):
            if isinstance(block, Table):
                out += self._tables(block)
                continue
            if not block.rows:
                text = self.literal(block)
                out.append(f"\\switchcolumn[0]*[{{{text}}}]" if self._beside else text)
                continue
            sentences = self._options.rows == "sentence" or self._options.layout == "interlinear"
            by_row = sentences and block.kind is not Kind.HEADING
            for rows in [(row,) for row in block.rows] if by_row else [block.rows]:
                out += self._row(block, rows)
        return [*out, r"\end{paracol}"] if self._beside else out

    def _tables(self, table: Table) -> Iterator[str]:
        """A table in each language."""
        for place, (index, _) in enumerate(self._columns):
            locale = language(column(table.blocks, index))
            if self._beside:
                yield r"\switchcolumn[0]*" if place == 0 else r"\switchcolumn"
            rows = [self.table_row(row, index, locale) for row in table.rows]
            if table.head:
                rows[0] += r"\hline"
            text = "\n".join([rf"\begin{{tabular}}{{{_measured(table)}}}", *rows, r"\end{tabular}"])
            yield _in(locale, text)

    def _row(self, block: ParallelBlock, rows: Sequence[Row]) -> Iterator[str]:
        for place, (index, locale) in enumerate(self._columns):
            cells = [row.cells[index] for row in rows]
            text = self.dressed(block, self.units(rows, cells), index)
            if rows[0] is block.rows[0]:
                text = self._begun(block, text)
            if self._beside:
                yield r"\switchcolumn[0]*" if place == 0 else r"\switchcolumn"
            yield _in(language(cells) if cells else locale, text)

    def _begun(self, block: ParallelBlock, text: str) -> str:
        """Put the bullet or number before a list item, and the number before a footnote."""
        if is_note(block):
            return f"{super().note(block.label)} {text}"
        found = self._places.get(block.rows[0].id)
        if block.kind is Kind.DEFINITION:
            found = "", max(block.level, 1)
        if found is None:
            return text
        label, depth = found
        return (
            rf"\begin{{itemize}}[label={{{label}}},leftmargin={1.8 * depth:.1f}em]"
            f"\n\\item{{}} {text}\n\\end{{itemize}}"
        )

    def _placed(self, found: Iterable[object], depth: int) -> Iterator[tuple[str, tuple[str, int]]]:
        """Bullet or number and nesting depth of each list item, by the id of its first row."""
        for piece in found:
            if not isinstance(piece, ItemList):
                continue
            for place, item in enumerate(piece.items):
                label = r"\textbullet" if piece.start is None else f"{piece.start + place}."
                if item.blocks and item.blocks[0].label in BOXES:
                    label = item.blocks[0].label
                for block in item.blocks:
                    yield block.rows[0].id, (label, depth)
                    label = ""
                yield from self._placed(item.lists, depth + 1)


_COMMANDS = {
    "strong": "textbf",
    "b": "textbf",
    "strike": "strikeThrough",
    "u": "underLine",
    "mark": "underLine",
    "sup": "textsuperscript",
    "sub": "textsubscript",
    "kbd": "texttt",
}
"""LaTeX command of each inline element."""


class _Line:
    """Converts the inline content of one unit."""

    def __init__(self, writer: _Writer, cell: Cell) -> None:
        self._writer = writer
        self._cell = cell
        self._rtl = locales.direction(cell.lang) == "rtl"

    def source(self) -> str:
        text = self._all(isolated(quoted(self._cell.spans, self._cell.lang), self._rtl))
        return rf"\untranslated{{{text}}}" if self._cell.state in _UNTRANSLATED and text else text

    def _all(self, spans: Iterable[Span]) -> str:
        return "".join(map(self._span, spans))

    def _span(self, span: Span) -> str:
        match span.name:
            case "text" | "image":
                return r"\allowbreak{}".join(map(escaped, long_words.pieces(span.text)))
            case "math" if formula := latex_formula(span.text):
                return rf"\ltr{{{formula}}}"
            case "code" | "math":
                return rf"\ltr{{\texttt{{{_breakable(span.text)}}}}}"
            case "note":
                return self._writer.note(span.text)
            case "break":
                return r"\\{}"
        inner = self._all(span.children)
        match span.name:
            case "isolate":
                return rf"\{'ltr' if self._rtl else 'rtl'}{{{inner}}}"
            case "link":
                url = re.sub(r"[$']", lambda found: f"%{ord(found[0]):02X}", absolute(span.url))
                safe = re.sub("([%#&])", r"\\\1", url)
                return rf"\href{{{safe}}}{{{inner}}}" if url else inner
            case "emphasis" | "i" | "cite":  # Hebrew fonts have no italics
                return rf"\{'textbf' if self._rtl else 'emph'}{{{inner}}}"
            case "rt":
                return f" ({inner})"
            case "small":
                return rf"{{\small {inner}}}"
        command = _COMMANDS.get(span.name)
        return rf"\{command}{{{inner}}}" if command else inner
