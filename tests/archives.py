"""Archives for tests: office files made of pieces of XML."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping, Sequence

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_NAMESPACES = (
    f'xmlns:w="{W}" xmlns:r="{R}" xmlns:v="urn:schemas-microsoft-com:vml" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'
)
_ROOTS = {
    "styles": "styles",
    "header": "hdr",
    "footer": "ftr",
    "footnotes": "footnotes",
    "endnotes": "endnotes",
    "numbering": "numbering",
    "settings": "settings",
    "comments": "comments",
}


def zipped(members: Mapping[str, str | bytes], stored: str = "") -> bytes:
    """A zip archive, always with the same bytes."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "x", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            info = zipfile.ZipInfo(name, (2026, 1, 2, 3, 4, 6))
            info.compress_type = zipfile.ZIP_STORED if name == stored else zipfile.ZIP_DEFLATED
            archive.writestr(info, content)
    return made.getvalue()


def unzipped(data: bytes) -> dict[str, str]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert archive.testzip() is None
        return {name: archive.read(name).decode() for name in archive.namelist()}


def word(body: str, links: Mapping[str, str] | None = None, **parts: str) -> bytes:
    """A Word document with a body, links by their ids, and other parts."""
    heads = "".join(
        f'<w:headerReference w:type="default" r:id="{name}"/>' for name in parts if "header" in name
    )
    section = f"<w:sectPr>{heads}</w:sectPr>" if heads else "<w:sectPr/>"
    relations = [
        f'<Relationship Id="{name}" Type="{R}/{name.rstrip("0123456789")}" Target="{name}.xml"/>'
        for name in parts
    ]
    relations += [
        f'<Relationship Id="{key}" Type="{R}/hyperlink" Target="{url}" TargetMode="External"/>'
        for key, url in (links or {}).items()
    ]
    members = {
        "[Content_Types].xml": _types(parts),
        "_rels/.rels": (
            f'<Relationships xmlns="{_RELATIONS}"><Relationship Id="rId1" '
            f'Type="{R}/officeDocument" Target="word/document.xml"/></Relationships>'
        ),
        "word/document.xml": _part("document", f"<w:body>{body}{section}</w:body>"),
        "word/_rels/document.xml.rels": (
            f'<Relationships xmlns="{_RELATIONS}">{"".join(relations)}</Relationships>'
        ),
    }
    for name, content in parts.items():
        members[f"word/{name}.xml"] = _part(_ROOTS[name.rstrip("0123456789")], content)
    return zipped(members)


def _part(root: str, content: str) -> str:
    head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    return f"{head}<w:{root} {_NAMESPACES}>{content}</w:{root}>"


def _types(parts: Mapping[str, str]) -> str:
    kind = "application/vnd.openxmlformats-officedocument.wordprocessingml"
    overrides = [("document", "document.main"), *((n, n.rstrip("0123456789")) for n in parts)]
    return (
        '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        + "".join(
            f'<Override PartName="/word/{name}.xml" ContentType="{kind}.{type_}+xml"/>'
            for name, type_ in overrides
        )
        + "</Types>"
    )


_OASIS = "urn:oasis:names:tc:opendocument:xmlns:"
_ODT_NAMESPACES = " ".join(
    [f'xmlns:{name}="{_OASIS}{name}:1.0"' for name in ("office", "text", "style", "table", "form", "meta")]
    + [f'xmlns:draw="{_OASIS}drawing:1.0"', f'xmlns:fo="{_OASIS}xsl-fo-compatible:1.0"']
    + [f'xmlns:svg="{_OASIS}svg-compatible:1.0"', 'xmlns:xlink="http://www.w3.org/1999/xlink"']
    + ['xmlns:dc="http://purl.org/dc/elements/1.1/"', 'office:version="1.2"']
)  # fmt: skip


def odt_document(body: str, automatic: str = "", styles: str = "") -> bytes:
    """An OpenDocument text with a body, automatic styles, and the content of `styles.xml`."""
    head = '<?xml version="1.0" encoding="UTF-8"?>\n'
    members = {
        "mimetype": "application/vnd.oasis.opendocument.text",
        "content.xml": (
            f"{head}<office:document-content {_ODT_NAMESPACES}><office:automatic-styles>{automatic}"
            f"</office:automatic-styles><office:body><office:text>{body}</office:text></office:body>"
            "</office:document-content>"
        ),
        "META-INF/manifest.xml": (
            f'<m:manifest xmlns:m="{_OASIS}manifest:1.0" m:version="1.2"><m:file-entry m:full-path="/" '
            'm:media-type="application/vnd.oasis.opendocument.text"/><m:file-entry '
            'm:full-path="content.xml" m:media-type="text/xml"/>'
            + '<m:file-entry m:full-path="styles.xml" m:media-type="text/xml"/>' * bool(styles)
            + "</m:manifest>"
        ),
    }
    if styles:
        whole = f"<office:document-styles {_ODT_NAMESPACES}>{styles}</office:document-styles>"
        members["styles.xml"] = head + whole
    return zipped(members, "mimetype")


_SLIDES = (
    'xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    f'xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart" xmlns:r="{R}"'
)
_MASTER = (
    '<p:sp><p:nvSpPr><p:nvPr><p:ph type="title"/></p:nvPr></p:nvSpPr><p:txBody><a:p><a:r><a:t>'
    "Click to edit</a:t></a:r></a:p></p:txBody></p:sp><p:sp><p:txBody><a:p><a:r><a:t>Our society"
    '</a:t></a:r></a:p></p:txBody></p:sp><p:titleStyle><a:lvl1pPr algn="ctr"/></p:titleStyle>'
    "<p:bodyStyle><a:lvl1pPr/></p:bodyStyle>"
)


def _related(**targets: str) -> str:
    inner = "".join(
        f'<Relationship Id="rId{number}" Type="{R}/{kind.rstrip("0123456789")}" Target="{target}"/>'
        for number, (kind, target) in enumerate(targets.items(), 1)
    )
    return f'<Relationships xmlns="{_RELATIONS}">{inner}</Relationships>'


def presentation(slide: str, **parts: str) -> bytes:
    """A presentation with one slide, its master, and parts that belong to the slide."""
    members = {
        "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>',
        "_rels/.rels": _related(officeDocument="ppt/presentation.xml"),
        "ppt/presentation.xml": (
            f'<p:presentation {_SLIDES}><p:sldIdLst><p:sldId id="256" r:id="rId1"/></p:sldIdLst></p:presentation>'
        ),
        "ppt/_rels/presentation.xml.rels": _related(slide="slides/slide1.xml"),
        "ppt/slides/slide1.xml": f"<p:sld {_SLIDES}>{slide}</p:sld>",
        "ppt/slides/_rels/slide1.xml.rels": _related(
            slideLayout="../slideLayouts/slideLayout1.xml",
            **{name: f"../{name}1.xml" for name in parts},
        ),
        "ppt/slideLayouts/slideLayout1.xml": f"<p:sldLayout {_SLIDES}/>",
        "ppt/slideLayouts/_rels/slideLayout1.xml.rels": _related(
            slideMaster="../slideMasters/slideMaster1.xml"
        ),
        "ppt/slideMasters/slideMaster1.xml": f"<p:sldMaster {_SLIDES}>{_MASTER}</p:sldMaster>",
    }
    for name, content in parts.items():
        members[f"ppt/{name}1.xml"] = f"<p:part {_SLIDES}>{content}</p:part>"
    return zipped(members)


_CELLS = f'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="{R}"'


def workbook(sheets: Mapping[str, str], strings: Sequence[str], **parts: str) -> bytes:
    """A workbook with the rows of its sheets, shared strings, and parts of the first sheet."""
    items = "".join(
        f"<si>{text}</si>"
        if text.startswith("<r>")
        else f'<si><t xml:space="preserve">{text}</t></si>'
        for text in strings
    )
    listed = "".join(
        f'<sheet name="{name}" sheetId="{number}" r:id="rId{number}"/>'
        for number, name in enumerate(sheets, 1)
    )
    members = {
        "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>',
        "_rels/.rels": _related(officeDocument="xl/workbook.xml"),
        "xl/workbook.xml": f"<workbook {_CELLS}><sheets>{listed}</sheets></workbook>",
        "xl/_rels/workbook.xml.rels": _related(
            **{
                f"worksheet{number}": f"worksheets/sheet{number}.xml"
                for number in range(1, len(sheets) + 1)
            },
            sharedStrings="sharedStrings.xml",
            styles="styles.xml",
        ),
        "xl/sharedStrings.xml": f"<sst {_CELLS}>{items}</sst>",
        "xl/styles.xml": f'<styleSheet {_CELLS}><cellXfs><xf><alignment horizontal="left"/></xf></cellXfs></styleSheet>',
        "xl/worksheets/_rels/sheet1.xml.rels": _related(
            **{name: f"../{name}1.xml" for name in parts}
        ),
    }
    for number, rows in enumerate(sheets.values(), 1):
        view = '<sheetViews><sheetView workbookViewId="0"/></sheetViews>'
        members[f"xl/worksheets/sheet{number}.xml"] = (
            f"<worksheet {_CELLS}>{view}<sheetData>{rows}</sheetData></worksheet>"
        )
    for name, content in parts.items():
        members[f"xl/{name}1.xml"] = f'<{name} {_CELLS} ref="A1:B3">{content}</{name}>'
    return zipped(members)
