"""The reader of Word documents; loaded by `docx` when there is one."""

from __future__ import annotations

from dragoman import gate
from dragoman.formats.archives.line_documents import document_of
from dragoman.formats.archives.packages import OfficePackage
from dragoman.formats.archives.sample_archives import zipped
from dragoman.formats.archives.slots import Archive
from dragoman.formats.archives.word import word_layout, word_members
from dragoman.formats.read_options import ReadOptions
from dragoman.model import Document, Kind

_KIND = "a DOCX file"
_WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_STRICT = "http://purl.oclc.org/ooxml/wordprocessingml/main"
MOST_PARAGRAPHS = 25_000
"""Paragraphs of a part, cells of tables included; a thousand pages have fewer."""
_PREFIXES = {
    _WORD: "w",
    _STRICT: "w",
    "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing": "wp",
    "http://purl.oclc.org/ooxml/drawingml/wordprocessingDrawing": "wp",
    "urn:schemas-microsoft-com:vml": "v",
}
_KINDS = {
    "header": Kind.PARAGRAPH,
    "footer": Kind.PARAGRAPH,
    "footnotes": Kind.FOOTNOTE,
    "endnotes": Kind.FOOTNOTE,
}
"""Parts with paragraphs beside the main one, in the order in which they are read."""
_SMALL = {
    "styles": word_layout.styles,
    "numbering": word_members.levels,
    "settings": word_members.theme_language,
}
"""Parts without paragraphs, and their readers."""


def read(content: bytes, options: ReadOptions) -> Document:
    """Read a document as lines with inline codes."""
    return document_of(_archive(content, options), options)


def _archive(data: bytes, options: ReadOptions) -> Archive:
    package = OfficePackage(data, options.file, _KIND, _PREFIXES)
    main, root = package.main("w:document")
    package.properties()
    others = [(kind, part) for _, kind, part in package.relations(main) if part in package.members]
    sheets = (package.root(part) for kind, part in others if kind == "styles")
    known = word_members.styles(next(sheets, None))
    _read_part(package, main, root, known, Kind.PARAGRAPH)
    kinds = _KINDS | ({"comments": Kind.FOOTNOTE} if options.comments else {})
    for wanted, kind in kinds.items():
        for part in sorted({part for other, part in others if other == wanted}, key=_by_number):
            _read_part(package, part, package.root(part), known, kind)
    for other, part in others:
        if other in _SMALL:
            package.read(part, _SMALL[other])
    return package.archive()


def _read_part(
    package: OfficePackage, part: str, root: gate.Node, known: word_members.Styles, kind: Kind
) -> None:
    if part in package.pieces:
        return
    if sum(node.name == "w:p" for node in root.walk()) > MOST_PARAGRAPHS:
        raise package.error(
            f"more than {MOST_PARAGRAPHS} paragraphs in one part", "split it into smaller files"
        )
    uri = _STRICT if "purl.oclc.org" in root.tag else _WORD
    reader = word_members.MemberReader(dict(package.links(part)), known, kind, uri)
    package.keep(part, *reader.read(root))


def _by_number(part: str) -> tuple[int, str]:
    return len(part), part


_TYPES = (
    '<?xml version="1.0" encoding="UTF-8"?>'
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" '
    'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-'
    'officedocument.wordprocessingml.document.main+xml"/></Types>'
)
_RELATIONS = (
    '<?xml version="1.0" encoding="UTF-8"?>'
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    '<Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/'
    'relationships/officeDocument" Target="word/document.xml"/></Relationships>'
)


def sample(text: str) -> bytes:
    """A document with a body, for tests."""
    body = (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
        f'<w:document xmlns:w="{_WORD}"><w:body>{text}<w:sectPr/></w:body></w:document>'
    )
    return zipped(
        {"[Content_Types].xml": _TYPES, "_rels/.rels": _RELATIONS, "word/document.xml": body}
    )
