"""The shape of an archive, from its members as trees: two with one shape differ in their texts only."""

from __future__ import annotations

import io
import re
import zipfile
from collections import Counter
from collections.abc import Iterator
from xml.etree import ElementTree as ET

_WORD_RUNS = frozenset(
    [
        "sheetViews",
        "sheetView",
        "phoneticPr",
        "rPh",
        "r",
        "t",
        "rPr",
        "proofErr",
        "lastRenderedPageBreak",
        "softHyphen",
        "noBreakHyphen",
        "ins",
        "moveTo",
        "smartTag",
        "smartTagPr",
        "customXml",
        "dir",
        "bdo",
        "bidi",
        "bidiVisual",
        "pPr",
        "tab",
        "br",
        "cr",
        "jc",
        "rtl",
        "lang",
        "cs",
        "bCs",
        "iCs",
        "szCs",
        "annotationRef",
        "delText",
    ]
)
"""What a paragraph of Word that is written anew may have more or less of."""
_RUNS_IN = ("word/", "ppt/", "xl/")
_WORD_GONE = frozenset(["del", "moveFrom"])
_ODT_RUNS = frozenset(
    (
        "span",
        "s",
        "tab",
        "line-break",
        "soft-page-break",
        "annotation-end",
        "change-start",
        "change-end",
    )
)
_ODT_GONE = frozenset(("styles", "automatic-styles"))
"""Styles, which are turned and added to."""
_FOR_READERS = frozenset(
    [
        "lang",
        "dir",
        "alt",
        "title",
        "placeholder",
        "aria-label",
        "content",
        "label",
        "summary",
        "page-progression-direction",
        "descr",
    ]
)


def shape(data: bytes) -> dict[str, list[str]]:
    """The elements of each member of XML, in order."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert archive.testzip() is None
        return {
            name: list(_elements(archive.read(name), name.startswith(_RUNS_IN)))
            for name in archive.namelist()
            if name.endswith((".xml", ".xhtml", ".html", ".opf", ".ncx"))
        }


def _elements(data: bytes, is_word: bool) -> Iterator[str]:
    """The elements; marks in a paragraph of Word may change their places in it."""
    try:
        root = ET.fromstring(data)
    except ET.ParseError:  # books have entities, and pages that are not well-formed
        yield from re.findall(r"<[A-Za-z][^\s>/]*", data.decode("utf-8", "replace"))
        return
    if "opendocument" in root.tag:
        for block in _paragraphs(root, _ODT_RUNS, _ODT_GONE):
            yield " ".join(f"{name}×{count}" for name, count in sorted(block.items()))
        return
    if not is_word:
        for element in root.iter():
            kept = sorted(
                f"{key}={value}"
                for key, value in element.attrib.items()
                if key.rpartition("}")[2] not in _FOR_READERS
            )
            yield f"{element.tag} {' '.join(kept)}"
        return
    for block in _paragraphs(root, _WORD_RUNS, _WORD_GONE):
        yield " ".join(f"{name}×{count}" for name, count in sorted(block.items()))


def _paragraphs(
    root: ET.Element, runs: frozenset[str], gone: frozenset[str]
) -> Iterator[Counter[str]]:
    blocks: list[Counter[str]] = [Counter()]

    def walk(element: ET.Element) -> None:
        name = element.tag.rpartition("}")[2]
        if name in gone:
            return
        if name in ("p", "h", "tbl", "tr", "tc"):
            blocks.append(Counter())
        if name not in runs:
            blocks[-1][name] += 1
        for child in element if name != "rPr" else ():
            walk(child)

    walk(root)
    yield from blocks
