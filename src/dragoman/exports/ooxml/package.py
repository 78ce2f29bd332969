"""The OPC package of a Word document: parts, relationships and properties."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC
from importlib.resources import files
from typing import TYPE_CHECKING

from dragoman.errors import DragomanError
from dragoman.exports.ooxml import reproducible_zip
from dragoman.exports.ooxml.wordprocessing import (
    INDENT,
    MONO,
    NAMESPACES,
    SERIF,
    indent,
    plain,
)
from dragoman.exports.parts.fixed_dates import moment
from dragoman.languages import locales
from dragoman.languages.locales import office_tag
from dragoman.model import Picture

if TYPE_CHECKING:
    from docx.opc.coreprops import CoreProperties

_DEEPEST = 9
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'


@dataclass(frozen=True)
class DocumentProperties:
    """The core properties of a document."""

    title: str
    author: str = ""
    subject: str = ""
    remark: str = ""
    languages: tuple[str, ...] = ()
    """Its locales, the first one first."""


@dataclass
class Content:
    """The content of a document, collected while it is written."""

    body: list[str] = field(default_factory=list)
    links: dict[str, str] = field(default_factory=dict)
    """URL of each link, and its relationship id."""
    notes: list[str] = field(default_factory=list)
    """The paragraphs of each footnote."""
    starts: list[int | None] = field(default_factory=list)
    """The first number of each list; None for bullets."""
    landscape: bool = False

    pictures: dict[str, Picture] = field(default_factory=dict)
    """The images by name."""
    drawn: int = 0
    """Number of drawings so far."""

    def picture(self, picture: Picture) -> str:
        """Add an image, and return its relationship id."""
        self.pictures[picture.name] = picture
        return f"image{picture.name}"

    def link(self, url: str) -> str:
        return self.links.setdefault(url, f"link{len(self.links) + 1}")


def packed(said: DocumentProperties, content: Content) -> bytes:
    """The file.

    Raises:
        DragomanError: python-docx is not installed.
    """
    try:
        from docx.opc import constants  # large, and an optional dependency
        from docx.opc.packuri import PackURI
        from docx.opc.part import Part
        from docx.package import Package
    except ImportError:
        raise DragomanError(
            "DOCX needs python-docx", how_to_fix="pip install 'dragoman[office]'"
        ) from None
    kinds, relations = constants.CONTENT_TYPE, constants.RELATIONSHIP_TYPE
    package = Package()

    def part(name: str, kind: str, root: str) -> Part:
        return Part(PackURI(f"/word/{name}.xml"), kind, (_HEAD + root).encode(), package)

    main = part("document", kinds.WML_DOCUMENT_MAIN, _document(said, content))
    package.relate_to(main, relations.OFFICE_DOCUMENT)
    main.relate_to(part("styles", kinds.WML_STYLES, _styles(said)), relations.STYLES)
    main.relate_to(part("settings", kinds.WML_SETTINGS, _settings(content)), relations.SETTINGS)
    if content.starts:
        numbering = part("numbering", kinds.WML_NUMBERING, _numbering(content.starts))
        main.relate_to(numbering, relations.NUMBERING)
    if content.notes:
        notes = part("footnotes", kinds.WML_FOOTNOTES, _footnotes(content.notes))
        main.relate_to(notes, relations.FOOTNOTES)
        for url, name in content.links.items():
            notes.load_rel(relations.HYPERLINK, url, name, is_external=True)
    for url, name in content.links.items():
        main.load_rel(relations.HYPERLINK, url, name, is_external=True)
    for name, picture in content.pictures.items():
        uri = PackURI(f"/word/media/{name}.{picture.media.partition('/')[2].partition('+')[0]}")
        image = Part(uri, picture.media, picture.data, package)
        main.load_rel(relations.IMAGE, image, f"image{name}")
        if content.notes:
            notes.load_rel(relations.IMAGE, image, f"image{name}")
    _tell(package.core_properties, said)
    whole = io.BytesIO()
    package.save(whole)
    return reproducible_zip.archive(reproducible_zip.unpacked(whole.getvalue()))


def _document(said: DocumentProperties, content: Content) -> str:
    """The main document part: body and page setup."""
    width, height = (16838, 11906) if content.landscape else (11906, 16838)
    way = ' w:orient="landscape"' if content.landscape else ""
    bidi = "<w:bidi/>" if _rtl(said) else ""
    section = (
        f'<w:sectPr><w:pgSz w:w="{width}" w:h="{height}"{way}/>'
        '<w:pgMar w:top="1134" w:right="1134" w:bottom="1134" w:left="1134" '
        f'w:header="567" w:footer="567" w:gutter="0"/>{bidi}</w:sectPr>'
    )
    return (
        f"<w:document {NAMESPACES}><w:body>{''.join(content.body)}{section}</w:body></w:document>"
    )


def _rtl(said: DocumentProperties) -> bool:
    return bool(said.languages) and locales.direction(said.languages[0]) == "rtl"


def _styles(said: DocumentProperties) -> str:
    """The styles part, with default languages."""
    ltr = [locale for locale in said.languages if locales.direction(locale) == "ltr"]
    rtl = [locale for locale in said.languages if locales.direction(locale) == "rtl"]
    sheet = files("dragoman.exports.assets").joinpath("styles.xml").read_text("utf-8")
    for name, value in (
        ("SERIF", SERIF),
        ("MONO", MONO),
        ("LTR", office_tag([*ltr, "en"][0])),
        ("RTL", office_tag([*rtl, "he"][0])),
    ):
        sheet = sheet.replace(f"${name}", value)
    return sheet


def _settings(content: Content) -> str:
    notes = '<w:footnote w:id="-1"/><w:footnote w:id="0"/>' if content.notes else ""
    notes = f"<w:footnotePr>{notes}</w:footnotePr>" if notes else ""
    return (
        f'<w:settings {NAMESPACES}><w:defaultTabStop w:val="{INDENT}"/>{notes}'
        '<w:compat><w:compatSetting w:name="compatibilityMode" '
        'w:uri="http://schemas.microsoft.com/office/word" w:val="15"/></w:compat></w:settings>'
    )


def _numbering(starts: Sequence[int | None]) -> str:
    """The numbering part; each list has its own abstract numbering, or Word would continue counting."""
    kinds = "".join(_kind(number, start) for number, start in enumerate(starts, 1))
    lists = "".join(
        f'<w:num w:numId="{number}"><w:abstractNumId w:val="{number}"/></w:num>'
        for number in range(1, len(starts) + 1)
    )
    return f"<w:numbering {NAMESPACES}>{kinds}{lists}</w:numbering>"


def _kind(number: int, start: int | None) -> str:
    levels = "".join(_level(depth, start) for depth in range(_DEEPEST))
    return (
        f'<w:abstractNum w:abstractNumId="{number}"><w:nsid w:val="{0x10000000 + number:08X}"/>'
        f'<w:multiLevelType w:val="hybridMultilevel"/>{levels}</w:abstractNum>'
    )


def _level(depth: int, start: int | None) -> str:
    form, text = ("bullet", "•–"[depth % 2]) if start is None else ("decimal", f"%{depth + 1}.")
    return (
        f'<w:lvl w:ilvl="{depth}"><w:start w:val="{1 if start is None else start}"/>'
        f'<w:numFmt w:val="{form}"/><w:lvlText w:val="{text}"/><w:pPr>'
        f'<w:ind w:left="{indent(depth + 1)}" w:hanging="{INDENT}"/></w:pPr></w:lvl>'
    )


def _footnotes(notes: Sequence[str]) -> str:
    """The footnotes part; ids -1 and 0 are the separators."""
    lines = "".join(
        f'<w:footnote w:type="{kind}" w:id="{number}"><w:p><w:r><w:{kind}/></w:r></w:p></w:footnote>'
        for number, kind in ((-1, "separator"), (0, "continuationSeparator"))
    )
    said = "".join(
        f'<w:footnote w:id="{number}">{paragraphs}</w:footnote>'
        for number, paragraphs in enumerate(notes, 1)
    )
    return f"<w:footnotes {NAMESPACES}>{lines}{said}</w:footnotes>"


def _tell(properties: CoreProperties, said: DocumentProperties) -> None:
    """Set the core properties, each cut to the maximum of 255 characters."""
    made = moment().astimezone(UTC).replace(tzinfo=None)
    properties.title = plain(said.title)[:255]
    properties.author = plain(said.author)[:255]
    properties.subject = plain(said.subject)[:255]
    properties.language = ", ".join(map(locales.language_tag, said.languages))[:255]
    properties.last_modified_by = ""
    properties.comments = plain(said.remark)[:255]
    properties.revision = 1
    properties.created = properties.modified = made
