"""The reader of presentations; loaded by `pptx` when there is one."""

from __future__ import annotations

from dragoman.formats.archives.drawing.drawing_members import DrawingReader
from dragoman.formats.archives.line_documents import document_of
from dragoman.formats.archives.member_walk import without_twins
from dragoman.formats.archives.packages import OfficePackage
from dragoman.formats.archives.sample_archives import zipped
from dragoman.formats.archives.slots import Slot
from dragoman.formats.read_options import ReadOptions
from dragoman.model import Document

_KIND = "a PPTX file"
_MAIN = "http://schemas.openxmlformats.org/presentationml/2006/main"
PREFIXES = {
    _MAIN: "p",
    "http://purl.oclc.org/ooxml/presentationml/main": "p",
    "http://schemas.openxmlformats.org/drawingml/2006/chart": "c",
    "http://purl.oclc.org/ooxml/drawingml/chart": "c",
    "http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing": "xdr",
    "http://purl.oclc.org/ooxml/drawingml/spreadsheetDrawing": "xdr",
}
_SHOWN = ("chart", "chartUserShapes", "diagramData")
_COMMENTS = ("comments",)


def read(content: bytes, options: ReadOptions) -> Document:
    """Read a presentation as lines with inline codes."""
    package = OfficePackage(content, options.file, _KIND, PREFIXES)
    main, root = package.main("p:presentation")
    package.properties()
    by_id = {key: part for key, _, part in package.relations(main)}
    slides = [by_id.get(_relation(node.tag), "") for node in root.walk() if node.name == "p:sldId"]
    shown = [part for part in slides if part in package.members]
    for slide in shown:
        part_of(package, slide, DrawingReader())
        for notes in package.related(slide, "notesSlide"):
            part_of(package, notes, DrawingReader())
        for notes in package.related(slide, *_COMMENTS) if options.comments else ():
            part_of(package, notes, DrawingReader(comments=True))
    for below in _below(package, shown, main):
        part_of(package, below, DrawingReader(prompts=True))
    if main not in package.pieces:
        package.keep(main, *DrawingReader().read(root))
    return document_of(package.archive(), options)


def _relation(tag: str) -> str:
    """The value of `r:id`, which stands beside another `id`."""
    return tag.partition(":id=")[2][1:].partition(tag.partition(":id=")[2][:1])[0]


def _below(package: OfficePackage, slides: list[str], main: str) -> list[str]:
    """Layouts and masters, whose own shapes are on slides, and whose styles have directions."""
    layouts = [part for slide in slides for part in package.related(slide, "slideLayout")]
    masters = [part for layout in layouts for part in package.related(layout, "slideMaster")]
    masters += package.related(main, "notesMaster")
    return list(dict.fromkeys([*layouts, *masters]))


def part_of(package: OfficePackage, part: str, reader: DrawingReader) -> None:
    """Keep what is in a part, and in the charts and diagrams that it shows."""
    if part in package.pieces:
        return
    reader.links = dict(package.links(part))
    package.keep(part, *reader.read(package.root(part)))
    for other in package.related(part, *_SHOWN):
        if other not in package.pieces:
            slots, pieces = DrawingReader().read(package.root(other))
            package.keep(other, slots, pieces)
            _drawn(package, part, slots)
            for more in package.related(other, *_SHOWN):
                part_of(package, more, DrawingReader())


def _drawn(package: OfficePackage, part: str, slots: list[Slot]) -> None:
    """Keep the drawings of diagrams, which repeat the texts of their data."""
    for drawing in package.related(part, "diagramDrawing"):
        if drawing not in package.pieces:
            found, pieces = DrawingReader().read(package.root(drawing))
            if own := without_twins(found, slots):
                if len(own) == len(found):  # the drawing of another diagram
                    continue
            package.keep(drawing, own, pieces)


_TYPE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_RELATIONS = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    '<Relationship Id="rId1" Type="{type}/{kind}" Target="{target}"/></Relationships>'
)


def sample(text: str) -> bytes:
    """A presentation with one slide, for tests."""
    declared = f'xmlns:p="{_MAIN}" xmlns:r="{_TYPE}" xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
    slide = f"<p:sld {declared}><p:cSld><p:spTree>{text}</p:spTree></p:cSld></p:sld>"
    main = f'<p:presentation {declared}><p:sldIdLst><p:sldId id="256" r:id="rId1"/></p:sldIdLst></p:presentation>'
    return zipped(
        {
            "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>',
            "_rels/.rels": _RELATIONS.format(
                type=_TYPE, kind="officeDocument", target="ppt/presentation.xml"
            ),
            "ppt/presentation.xml": main,
            "ppt/_rels/presentation.xml.rels": _RELATIONS.format(
                type=_TYPE, kind="slide", target="slides/slide1.xml"
            ),
            "ppt/slides/slide1.xml": slide,
        }
    )


__all__ = ["PREFIXES", "part_of", "read", "sample"]
