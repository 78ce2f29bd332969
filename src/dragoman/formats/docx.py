"""DOCX: paragraphs, tables, notes, headers, footers, text boxes and alternative texts of images.

Not translated: comments unless the settings say so, deleted text, instructions of fields, embedded objects, charts and diagrams.
Runs that look the same are one; formatting is inline codes. Direction and language are set to those of the locale.
"""

from __future__ import annotations

from dragoman.formats.read_options import ReadOptions
from dragoman.model import Document

SAMPLES = (
    "<w:p><w:r><w:t xml:space='preserve'>A paragraph. It has </w:t></w:r><w:r><w:rPr><w:b/></w:rPr><w:t>two</w:t></w:r>"
    '<w:r w:rsidR="1"><w:rPr><w:lang w:val="en-GB"/></w:rPr>'
    '<w:t xml:space="preserve"> sentences.</w:t></w:r></w:p>',
    '<w:p><w:pPr><w:pStyle w:val="Heading1"/></w:pPr><w:r><w:t>R&amp;D &lt;b&gt;</w:t></w:r></w:p>',
    "<w:tbl><w:tblPr/><w:tr><w:tc><w:p><w:r><w:t>A cell</w:t></w:r></w:p></w:tc>"
    "<w:tc><w:p><w:r><w:t>613</w:t></w:r></w:p></w:tc></w:tr></w:tbl>",
    '<w:p><w:hyperlink w:anchor="x"><w:r><w:t>A link</w:t></w:r></w:hyperlink>'
    "<w:r><w:tab/><w:t>and</w:t><w:br/><w:t>lines</w:t></w:r></w:p>",
    '<w:p><w:del w:id="1"><w:r><w:delText>Gone</w:delText></w:r></w:del><w:ins w:id="2"><w:r>'
    "<w:t>Come</w:t></w:r></w:ins></w:p>",
    "<w:p><w:r><w:t>Page </w:t></w:r><w:r><w:fldChar w:fldCharType='begin'/></w:r><w:r>"
    "<w:instrText>PAGE</w:instrText></w:r><w:r><w:fldChar w:fldCharType='separate'/></w:r><w:r>"
    "<w:t>2</w:t></w:r><w:r><w:fldChar w:fldCharType='end'/></w:r><w:r><w:t xml:space='preserve'> of"
    " ten.</w:t></w:r></w:p>",
)


def sample(text: str) -> bytes:
    """A document with paragraphs."""
    from dragoman.formats.archives.word import word_documents

    return word_documents.sample(text)


def read(content: bytes, options: ReadOptions) -> Document:
    """Read a document as lines with inline codes.

    Raises:
        DragomanError: it is damaged, or it is no Word document.

    >>> [unit.source for unit in read(sample(SAMPLES[0]), ReadOptions()).units]
    ['A paragraph. It has <b>two</b> sentences.']
    """
    from dragoman.formats.archives.word import word_documents

    return word_documents.read(content, options)


__all__ = ["SAMPLES", "read", "sample"]
