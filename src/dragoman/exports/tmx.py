"""TMX 1.4b: one translation unit a row, with a variant for every locale that has a translation.

Direction is not written: TMX has no attribute for it, and a reader knows it by `xml:lang`.
Inline markup stands in the segments as in the source text.
"""

from __future__ import annotations

from collections.abc import Mapping
from xml.sax.saxutils import quoteattr

from dragoman import __version__, locales
from dragoman.exports import about
from dragoman.exports.escapes import content
from dragoman.exports.options import ExportOptions
from dragoman.model import Parallel, ParallelBlock, Row, State

NAME = "tmx"
ABOUT = "A translation memory for CAT tools."
NEEDS = ""
SUFFIX = ".tmx"
COLUMNS = False
PAIRS = False


def export(parallel: Parallel, options: ExportOptions) -> str:  # noqa: ARG001 - every export has the same form
    """The document, valid against the DTD of TMX 1.4b.

    >>> export(Parallel("x", "X", ("en", "az"), ()), ExportOptions()).splitlines()[2]
    '<tmx version="1.4">'
    """
    source = quoteattr(locales.language_tag(parallel.locales[0]))
    out = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        '<!DOCTYPE tmx SYSTEM "tmx14.dtd">',
        '<tmx version="1.4">',
        f'  <header creationtool="dragoman" creationtoolversion={quoteattr(__version__)}',
        f'    segtype="sentence" o-tmf="PO" adminlang="en" srclang={source} datatype="plaintext">',
        f'    <prop type="x-text">{content(parallel.name)}</prop>',
        *(
            f'    <prop type="x-{name}">{content(value)}</prop>'
            for name, value in about.fields(parallel).items()
        ),
        "  </header>",
        "  <body>",
    ]
    langs = {x: f"<tuv xml:lang={quoteattr(locales.language_tag(x))}>" for x in parallel.locales}
    for block in parallel.blocks:
        for row in block.units:
            out += _unit(block, row, langs)
    return "\n".join([*out, "  </body>", "</tmx>", ""])


def _unit(block: ParallelBlock, row: Row, langs: Mapping[str, str]) -> list[str]:
    source, *targets = row.cells
    done = [cell for cell in targets if not cell.stand_in]
    if not done:
        return []
    out = [f'    <tu tuid="{row.id}">']
    out += [f"      <note>{content(note)}</note>" for note in row.notes]
    out.append(f'      <prop type="x-number">{row.number}</prop>')
    out.append(f'      <prop type="x-kind">{block.kind.value}</prop>')
    if row.context is not None:
        out.append(f'      <prop type="x-context">{content(row.context)}</prop>')
    for cell in (source, *done):
        plain = cell.state is State.TRANSLATED
        state = "" if plain else f'<prop type="x-state">{cell.state.value}</prop>'
        out.append(f"      {langs[cell.locale]}{state}<seg>{content(cell.text)}</seg></tuv>")
    out.append("    </tu>")
    return out
