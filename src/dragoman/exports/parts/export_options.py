"""Options of exports."""

from __future__ import annotations

from typing import NamedTuple

LAYOUTS = ("columns", "facing", "stacked", "interlinear")
"""Side by side; first language facing the others; stacked blocks; stacked sentences."""


class ExportOptions(NamedTuple):
    """Options of an edition."""

    rows: str = "paragraph"
    """Content of a row, `paragraph` or `sentence`; in HTML only the initial choice."""
    bidi_marks: bool = False
    """Plain text: isolates around phrases of the other direction, RLM before right-to-left lines."""
    bom: bool = False
    """TSV and CSV: a byte order mark, which Excel needs to see UTF-8."""
    formula_safe: bool = True
    """TSV and CSV: an apostrophe before cells a spreadsheet would evaluate."""
    pdf_engine: str = "typst"
    """PDF: the typesetting engine, `typst` or `chromium`."""
    embed_fonts: bool = False
    """HTML, EPUB: embed fonts, subset to the text's characters."""
    layout: str = "columns"
    """The layout, one of `LAYOUTS`; in HTML only the initial choice."""
    fill_targets: bool = False
    """XLIFF: copy the source to the target of untranslated units."""
    readers: str = "readers"
    """HTML, site: for whom the page is, `readers` or `editors`, who see progress, states and numbers."""
