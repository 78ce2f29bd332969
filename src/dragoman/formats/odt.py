"""ODT: paragraphs, headings, lists, tables, notes, headers, footers, frames, charts and alternative texts.

Not translated: comments unless the settings say so, deleted text, embedded documents and formulas.
Spans that look the same are one; formatting is inline codes. Direction and language are set to those of the locale.
"""

from __future__ import annotations

from dragoman.formats.read_options import ReadOptions
from dragoman.model import Document

SAMPLES = (
    '<text:p text:style-name="P1">A paragraph. It has <text:span text:style-name="T1">two</text:span>'
    '<text:span text:style-name="T2"> sen</text:span>tences.</text:p>',
    '<text:h text:outline-level="2">R&amp;D &lt;b&gt;</text:h>',
    "<table:table><table:table-column/><table:table-row><table:table-cell><text:p>A cell</text:p>"
    "</table:table-cell><table:table-cell><text:p>613</text:p></table:table-cell>"
    "</table:table-row></table:table>",
    '<text:p><text:a xlink:href="https://example.org/">A link</text:a><text:tab/>and<text:line-break/>'
    "lines,  of<text:s text:c='2'/>blanks</text:p>",
    '<text:list><text:list-item><text:p>An item<text:note text:note-class="footnote">'
    "<text:note-citation>1</text:note-citation><text:note-body><text:p>A note.</text:p>"
    "</text:note-body></text:note> is here.</text:p></text:list-item></text:list>",
    "<text:p>Page <text:page-number>2</text:page-number> of ten.<draw:frame><draw:text-box>"
    "<text:p>In a box</text:p></draw:text-box><svg:desc>A map</svg:desc></draw:frame></text:p>",
)


def sample(text: str) -> bytes:
    """A text with paragraphs."""
    from dragoman.formats.archives.opendocument import odt_documents

    return odt_documents.sample(text)


def read(content: bytes, options: ReadOptions) -> Document:
    """Read a text as lines with inline codes.

    Raises:
        DragomanError: it is damaged or encrypted, or it is no OpenDocument text.

    >>> [unit.source for unit in read(sample(SAMPLES[0]), ReadOptions()).units]
    ['A paragraph. It has <b>two</b> sentences.']
    """
    from dragoman.formats.archives.opendocument import odt_documents

    return odt_documents.read(content, options)


__all__ = ["SAMPLES", "read", "sample"]
