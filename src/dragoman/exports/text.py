"""Plain text: the languages of each unit on lines of their own, a blank line between units.

No line begins with letters of a label, so that programs detect the direction of each line by its
first letter. Emphasis, links and states are lost.
Superscripts and subscripts are kept: `10⁶`, `H₂O`, `n^(k+2)`.
"""

from __future__ import annotations

from dragoman.exports.parts import about
from dragoman.exports.parts.elements import is_note, numbered
from dragoman.exports.parts.export_options import ExportOptions
from dragoman.exports.parts.quotations import quoted
from dragoman.exports.parts.tasks import boxed
from dragoman.languages import locales
from dragoman.model import Cell, Parallel, Span, spoken
from dragoman.text import bidi
from dragoman.text.isolates import isolated

NAME = "text"
ABOUT = "Plain text: the languages of a unit on lines of their own."
NEEDS = ""
SUFFIX = ".txt"
COLUMNS = True
PAIRS = False
INLINE = True


def export(parallel: Parallel, options: ExportOptions) -> str:
    """One group of lines per unit, in the order of the locales.

    >>> export(Parallel("x", "X", ("en", "az"), ()), ExportOptions())
    'X\\n\\nen · az\\n'
    """
    parallel = boxed(numbered(parallel), bullets=False)
    metadata = " · ".join([cell.text for cell in about.cells(parallel)])
    out = [parallel.title, *([metadata] if metadata else []), "", " · ".join(parallel.locales)]
    for block in parallel.blocks:
        if block.literal:
            out += ["", block.literal.rstrip("\n")]
        for place, row in enumerate(block.rows):
            label = f"[{block.label}] " if is_note(block) and place == 0 else ""
            out.append("")
            out += [_line(cell, options, label) for cell in row.cells]
    return "\n".join(out) + "\n"


def _line(cell: Cell, options: ExportOptions, label: str) -> str:
    """The line of a cell, after its label, which has no strong characters."""
    spans = quoted(cell.spans, cell.lang)
    if label and spans:
        spans = (Span("text", label), *spans)
    if not options.bidi_marks:
        return bidi.tamed(plain(spans))
    rtl = locales.direction(cell.lang) == "rtl"
    marked = bidi.tamed(plain(isolated(spans, rtl), bidi.LRI if rtl else bidi.RLI))
    return f"{bidi.RLM}{marked}" if rtl else marked


def plain(spans: tuple[Span, ...], isolate: str = "") -> str:
    """Spans as plain text: note numbers in brackets, without the URLs of links.

    Args:
        spans: inline content.
        isolate: the control that starts an isolate, LRI or RLI; empty for no isolates.

    >>> plain((Span("isolate", children=(Span("text", "C++"),)),), bidi.LRI) == f"{bidi.LRI}C++{bidi.PDI}"
    True
    """
    out = []
    for span in spans:
        if span.name == "note":
            text = f"[{span.text}]"
        elif span.name == "break":
            text = " "
        else:
            text = span.text or spoken(span, plain(span.children, isolate))
        out.append(_isolated(span, text, isolate) if isolate else text)
    return "".join(out)


def _isolated(span: Span, text: str, isolate: str) -> str:
    """Isolate the text of a phrase of the other direction, or of code."""
    if span.name == "isolate":
        return f"{isolate}{text}{bidi.PDI}"
    turns = isolate == bidi.LRI or not text.isascii()
    return f"{bidi.LRI}{text}{bidi.PDI}" if span.name in ("code", "math") and turns else text
