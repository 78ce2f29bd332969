"""XLSX: strings of chosen cells, texts of shapes and charts, alternative texts, names of sheets by choice.

Not translated: formulas and their results, numbers, dates, lists of allowed values, headers of printed pages,
pivot tables, and comments unless the settings say so. Sheets take the direction of the locale.
"""

from __future__ import annotations

from dragoman.formats.read_options import ReadOptions
from dragoman.model import Document

SAMPLES = (
    '<row><c t="inlineStr"><is><t>A cell. It has two sentences.</t></is></c></row>',
    '<row><c t="inlineStr"><is><r><t xml:space="preserve">Some </t></r><r><rPr><b/></rPr><t>bold</t></r>'
    '<r><t xml:space="preserve"> words</t></r></is></c><c><v>613</v></c></row>',
    '<row><c t="inlineStr"><is><t xml:space="preserve">R&amp;D &lt;b&gt;\nand more</t></is></c></row>',
    '<row><c t="str"><f>"a"&amp;"b"</f><v>ab</v></c><c t="inlineStr"><is><t>Words</t></is></c></row>',
)


def sample(text: str) -> bytes:
    """A workbook with one sheet."""
    from dragoman.formats.archives.sheets import workbooks

    return workbooks.sample(text)


def read(content: bytes, options: ReadOptions) -> Document:
    """Read the chosen cells of a workbook as lines with inline codes.

    Raises:
        DragomanError: it is damaged, or it is no workbook.

    >>> [unit.source for unit in read(sample(SAMPLES[1]), ReadOptions()).units]
    ['Some <b>bold</b> words']
    """
    from dragoman.formats.archives.sheets import workbooks

    return workbooks.read(content, options)


__all__ = ["SAMPLES", "read", "sample"]
