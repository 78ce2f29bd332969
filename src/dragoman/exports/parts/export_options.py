"""What an export may be told."""

from __future__ import annotations

from typing import NamedTuple

LAYOUTS = ("columns", "facing", "stacked", "interlinear")
"""Languages side by side; the first beside all others; blocks below one another; sentences so."""


class ExportOptions(NamedTuple):
    """How an edition is to be written."""

    rows: str = "paragraph"
    """HTML: rows shown first, `paragraph` or `sentence`; EPUB, PDF, DOCX, LaTeX: what stands in a row."""
    bidi_marks: bool = False
    """Plain text: isolates around opposite runs, and around lines of the other direction."""
    bom: bool = False
    """TSV and CSV: a byte order mark, which Excel needs to see UTF-8."""
    formula_safe: bool = True
    """TSV and CSV: an apostrophe before what a spreadsheet would calculate."""
    pdf_engine: str = "typst"
    """PDF: what sets the pages, `typst` or `chromium`."""
    embed_fonts: bool = False
    """HTML, EPUB: the fonts of the text's letters stand in the file."""
    layout: str = "columns"
    """HTML: the layout shown first, one of `LAYOUTS`; PDF, LaTeX: how languages are laid out."""
    fill_targets: bool = False
    """XLIFF: an untranslated unit has its source as target, for tools that translate targets."""
