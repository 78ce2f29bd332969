"""What readers see of an archive, paragraph by paragraph, for the audit.

Written apart from the readers: it parses the members as trees.
"""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from collections.abc import Iterator, Mapping

from dragoman import gate

_UNSEEN = frozenset(
    ("del", "moveFrom", "instrText", "delText", "delInstrText", "Fallback", "pPrChange")
)
_BLANKS = frozenset(("tab", "br", "cr", "drawing", "pict", "object", "sym", "ptab"))
_FILE_NAME = re.compile(r"\S+\.\w{2,4}")
_WORD_PART = re.compile(r"word/(?:document|header|footer|footnotes|endnotes)\d*\.xml")


def paragraphs(data: bytes, file: str = "") -> Iterator[str]:
    """The texts of the paragraphs of an archive, and those of attributes that are read aloud.

    Raises:
        DragomanError: it is damaged.
    """
    members = gate.members(data, file)
    if "[Content_Types].xml" in members:
        yield from _word(members)
        yield from _drawings(members)
        yield from _strings(members)
    if members.get("mimetype", b"").startswith(b"application/vnd.oasis.opendocument.text"):
        yield from _opendocument(members)


def pages(data: bytes, file: str = "") -> Iterator[str]:
    """The pages of a book, in the order of the archive.

    Raises:
        DragomanError: the archive is damaged.
    """
    members = gate.members(data, file)
    for name in members:
        if "META-INF/container.xml" in members and name.endswith((".xhtml", ".html", ".htm")):
            yield gate.decoded(members[name], file)


def _word(members: Mapping[str, bytes]) -> Iterator[str]:
    for name in members:
        if _WORD_PART.fullmatch(name):
            yield from _paragraphs(gate.parsed(members[name]))


def _strings(members: Mapping[str, bytes]) -> Iterator[str]:
    """The strings of cells in sheets that are not hidden."""
    if "xl/workbook.xml" not in members:
        return
    rels = gate.parsed(members["xl/_rels/workbook.xml.rels"])
    targets = {one.get("Id"): one.get("Target", "").removeprefix("/xl/") for one in rels}
    shared: list[str] = []
    if "xl/sharedStrings.xml" in members:
        shared = [_string(item) for item in gate.parsed(members["xl/sharedStrings.xml"])]
    for sheet in gate.parsed(members["xl/workbook.xml"]).iter():
        part = ""
        if sheet.tag.endswith("}sheet") and "idden" not in sheet.get("state", ""):
            ids = (value for key, value in sheet.attrib.items() if key.endswith("}id"))
            part = f"xl/{targets.get(next(ids, ''), '')}"
        if part in members:
            for cell in gate.parsed(members[part]).iter():
                if cell.tag.endswith("}c"):
                    value = next((one.text for one in cell if one.tag.endswith("}v")), None)
                    if cell.get("t") == "s" and value:
                        yield shared[int(value)]
                        shared[int(value)] = ""  # it is one text, wherever it is
                    elif cell.get("t") == "inlineStr":
                        yield _string(cell)


def _string(element: ET.Element) -> str:
    runs = (one for one in element.iter() if not one.tag.endswith("}rPh"))
    return "".join(t.text or "" for run in runs for t in run if t.tag.endswith("}t"))


_DRAWN = re.compile(
    r"ppt/(?:slides|notesSlides|slideLayouts|slideMasters|diagrams|charts)/(?:slide|notesSlide"
    r"|slideLayout|slideMaster|data|chart)\d+\.xml|xl/(?:drawings|charts)/(?:drawing|chart)\d+\.xml"
)


def _drawings(members: Mapping[str, bytes]) -> Iterator[str]:
    """Paragraphs of DrawingML, alternative texts, and words beside the axes of charts."""
    for name in members:
        if _DRAWN.fullmatch(name):
            root = gate.parsed(members[name])
            unused = _placeholders(root) if "Layout" in name or "Master" in name else set()
            for element in root.iter():
                kind = element.tag.rpartition("}")[2]
                if kind == "p" and "drawingml" in element.tag and element not in unused:
                    runs = (run for run in element if not run.tag.endswith("}fld"))
                    yield "".join("".join(run.itertext()) or " " for run in runs)
                elif kind == "cNvPr":
                    values = (element.get(key, "") for key in ("title", "descr"))
                    yield from (value for value in values if not _FILE_NAME.fullmatch(value))
                elif kind == "strCache":
                    yield from element.itertext()


def _placeholders(root: ET.Element) -> set[ET.Element]:
    """Everything in shapes that only say where something of a slide goes."""
    shapes = (one for one in root.iter() if one.tag.endswith("}sp"))
    held = (one for one in shapes if any(part.tag.endswith("}ph") for part in one.iter()))
    return {part for one in held for part in one.iter()}


_ODT_MEMBER = re.compile(r"(?:[^/]+/)?content\.xml|styles\.xml")
_ODT_UNSEEN = frozenset(
    ("tracked-changes", "annotation", "styles", "automatic-styles", "scripts", "creator",
     "sequence-decls", "note-citation", "math")
)  # fmt: skip
_ODT_BLANKS = frozenset(("s", "tab", "line-break", "note", "frame"))


def _opendocument(members: Mapping[str, bytes]) -> Iterator[str]:
    for name in members:
        if _ODT_MEMBER.fullmatch(name):
            root = gate.parsed(members[name])
            if "/" not in name or any("chart" in one.tag for one in root.iter()):
                yield from _opendocument_paragraphs(root)


def _opendocument_paragraphs(root: ET.Element) -> Iterator[str]:
    """Each paragraph, title and description; one inside another comes after it."""
    found: list[list[str]] = []

    def walk(element: ET.Element, buffer: list[str]) -> None:
        name = element.tag.rpartition("}")[2]
        if name in _ODT_UNSEEN:
            return
        if name in ("p", "h", "title", "desc"):
            buffer = []
            found.append(buffer)
            buffer.append(element.text or "")
        elif name in _ODT_BLANKS:
            buffer.append(" ")
        elif element.tag.startswith("{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"):
            buffer.append(element.text or "")
        for child in element:
            walk(child, buffer)
            buffer.append(child.tail or "")

    walk(root, [])
    for buffer in found:
        text = "".join(buffer).replace("\u00ad", "")
        if not _FILE_NAME.fullmatch(text):
            yield text


def _paragraphs(root: ET.Element) -> Iterator[str]:
    """Each paragraph; one inside another, as in a text box, comes after it."""
    found: list[list[str]] = []

    def walk(element: ET.Element, buffer: list[str]) -> None:
        name = element.tag.rpartition("}")[2]
        if name in _UNSEEN:
            return
        if name == "docPr":
            values = [element.get(key, "") for key in ("title", "descr")]
            found.extend([value] for value in values if not _FILE_NAME.fullmatch(value))
        if name == "p" and "wordprocessingml" in element.tag:
            buffer = []
            found.append(buffer)
        elif name == "t" and "wordprocessingml" in element.tag:
            buffer.append((element.text or "").replace("\u00ad", ""))
        elif name in _BLANKS:
            buffer.append(" ")
        elif name == "noBreakHyphen":
            buffer.append("\u2011")
        for child in element:
            walk(child, buffer)

    walk(root, [])
    for buffer in found:
        yield "".join(buffer)


__all__ = ["pages", "paragraphs"]
