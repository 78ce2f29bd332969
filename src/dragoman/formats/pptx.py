"""PPTX: slides with their tables, charts, diagrams and notes, alternative texts, shapes of layouts and masters.

Not translated: prompts of placeholders, embedded workbooks, and comments unless the settings say so.
Runs that look the same are one; formatting is inline codes. Direction and language are set to those of the locale.
"""

from __future__ import annotations

from dragoman.formats.read_options import ReadOptions
from dragoman.model import Document

SAMPLES = (
    '<p:sp><p:nvSpPr><p:nvPr><p:ph type="title"/></p:nvPr></p:nvSpPr><p:txBody><a:bodyPr/><a:p><a:r>'
    '<a:rPr lang="en-US"/><a:t>A title. It has </a:t></a:r><a:r><a:rPr b="1" dirty="0"/><a:t>two</a:t></a:r>'
    '<a:r><a:rPr lang="en-GB"/><a:t> sentences.</a:t></a:r></a:p></p:txBody></p:sp>',
    '<p:sp><p:txBody><a:p><a:pPr algn="l"/><a:r><a:t>R&amp;D &lt;b&gt;</a:t></a:r><a:br/><a:r>'
    '<a:t>more</a:t></a:r><a:endParaRPr lang="en-US"/></a:p></p:txBody></p:sp>',
    "<p:graphicFrame><a:tbl><a:tblPr/><a:tr><a:tc><a:txBody><a:p><a:r><a:t>A cell</a:t></a:r></a:p>"
    "</a:txBody></a:tc><a:tc><a:txBody><a:p><a:r><a:t>613</a:t></a:r></a:p></a:txBody></a:tc></a:tr>"
    "</a:tbl></p:graphicFrame>",
    '<p:pic><p:nvPicPr><p:cNvPr id="4" name="Picture 3" descr="A map"/></p:nvPicPr></p:pic>',
    "<p:sp><p:txBody><a:p><a:r><a:t>Page </a:t></a:r><a:fld type='slidenum'><a:t>2</a:t></a:fld>"
    "<a:r><a:t> of ten.</a:t></a:r></a:p></p:txBody></p:sp>",
)


def sample(text: str) -> bytes:
    """A presentation with one slide."""
    from dragoman.formats.archives.drawing import presentations

    return presentations.sample(text)


def read(content: bytes, options: ReadOptions) -> Document:
    """Read a presentation as lines with inline codes.

    Raises:
        DragomanError: it is damaged, or it is no presentation.

    >>> [unit.source for unit in read(sample(SAMPLES[0]), ReadOptions()).units]
    ['A title. It has <b>two</b> sentences.']
    """
    from dragoman.formats.archives.drawing import presentations

    return presentations.read(content, options)


__all__ = ["SAMPLES", "read", "sample"]
