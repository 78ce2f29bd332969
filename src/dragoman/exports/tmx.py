"""TMX 1.4b: one translation unit a row, with a variant for every locale that has a translation.

Direction is not written: TMX has no attribute for it, and a reader knows it by `xml:lang`.
Inline markup stands in the segments as in the source text.
"""

from __future__ import annotations

import re
from xml.sax.saxutils import escape, quoteattr

from dragoman import __version__, locales
from dragoman.exports.options import ExportOptions
from dragoman.model import Parallel, ParallelBlock, Row, State

NAME = "tmx"
ABOUT = "A translation memory for CAT tools."
NEEDS = ""
SUFFIX = ".tmx"
COLUMNS = False
PAIRS = False

_ILLEGAL = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def export(parallel: Parallel, options: ExportOptions) -> str:  # noqa: ARG001 - every export has the same form
    """The document, valid against the DTD of TMX 1.4b.

    >>> export(Parallel("x", "X", ("en", "az"), ()), ExportOptions()).split("\\n")[2]
    '<tmx version="1.4">'
    """
    source = quoteattr(locales.language_tag(parallel.locales[0]))
    out = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        '<!DOCTYPE tmx SYSTEM "tmx14.dtd">',
        '<tmx version="1.4">',
        f'  <header creationtool="dragoman" creationtoolversion={quoteattr(__version__)}',
        f'    segtype="sentence" o-tmf="PO" adminlang="en" srclang={source} datatype="plaintext">',
        f'    <prop type="x-text">{_text(parallel.name)}</prop>',
        "  </header>",
        "  <body>",
    ]
    for block in parallel.blocks:
        for row in block.rows:
            out += _unit(block, row)
    return "\n".join([*out, "  </body>", "</tmx>", ""])


def _unit(block: ParallelBlock, row: Row) -> list[str]:
    source, *targets = row.cells
    done = [cell for cell in targets if not cell.stand_in]
    if not done:
        return []
    out = [f"    <tu tuid={quoteattr(row.id)}>"]
    out += [f"      <note>{_text(note)}</note>" for note in row.notes]
    out.append(f'      <prop type="x-number">{row.number}</prop>')
    out.append(f'      <prop type="x-kind">{block.kind.value}</prop>')
    if row.context is not None:
        out.append(f'      <prop type="x-context">{_text(row.context)}</prop>')
    for cell in (source, *done):
        lang = quoteattr(locales.language_tag(cell.locale))
        state = "" if cell.state is State.TRANSLATED else '<prop type="x-state">draft</prop>'
        out.append(f"      <tuv xml:lang={lang}>{state}<seg>{_text(cell.text)}</seg></tuv>")
    return [*out, "    </tu>"]


def _text(text: str) -> str:
    return escape(_ILLEGAL.sub("\ufffd", text))
