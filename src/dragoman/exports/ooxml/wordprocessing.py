"""Runs and paragraphs of a Word document, each with its direction and language.

Word does not resolve the direction of punctuation from the letters around it, as UAX #9 does,
but from its run: in a run with `w:rtl` it is right-to-left, in others left-to-
right. So a line is split into runs where its direction changes, and `w:rtl` is set on runs in a
right-to-left script only. Properties are in the order of the schema.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from html import escape
from itertools import groupby
from typing import NamedTuple

from dragoman.languages import locales
from dragoman.languages.locales import office_tag
from dragoman.text.run_direction import directed

NAMESPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
)
SERIF, MONO = "Times New Roman", "Courier New"
"""Fonts with Latin (and ə), Cyrillic and Hebrew that every office suite has or substitutes."""

_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


class RunStyle(NamedTuple):
    """Formatting of a run; `style` is the id of a character style."""

    bold: bool = False
    italic: bool = False
    strike: bool = False
    faint: bool = False
    raised: bool = False
    small: bool = False
    lowered: bool = False
    smaller: bool = False
    underlined: bool = False
    marked: bool = False
    style: str = ""


PLAIN = RunStyle()


class Bit(NamedTuple):
    """A stretch of a line with one direction and one look."""

    text: str
    rtl: bool
    look: RunStyle = PLAIN
    locale: str = "en"
    link: str = ""
    """Relationship id of its link; empty if it is not linked."""
    element: str = ""
    """XML that is written in place of a text run."""


def xml(text: str) -> str:
    """Escape a text for XML; characters XML forbids become U+FFFD.

    >>> xml("a<b\\x00")
    'a&lt;b\\ufffd'
    """
    return escape(plain(text)).replace("\r", "&#13;")


def plain(text: str) -> str:
    """Replace characters that XML forbids by U+FFFD."""
    return _NOT_XML.sub("\ufffd", text)


def run(text: str, rtl: bool, locale: str, look: RunStyle = PLAIN) -> str:
    """A run of one direction; tabs and line breaks become elements.

    `w:lang` is set if the direction is the locale's; a phrase of the other direction has an
    unknown language.

    >>> run("שלום", True, "he").partition("<w:t")[0]
    '<w:r><w:rPr><w:rFonts w:cs="Times New Roman"/><w:rtl/><w:lang w:bidi="he-IL"/></w:rPr>'
    """
    said = "".join(_said(part) for part in re.split(r"([\t\n])", text) if part)
    return f"<w:r>{properties(rtl, locale, look)}{said}</w:r>"


def _said(part: str) -> str:
    if part == "\t":
        return "<w:tab/>"
    return "<w:br/>" if part == "\n" else f'<w:t xml:space="preserve">{xml(part)}</w:t>'


def runs(text: str, rtl: bool, locale: str, look: RunStyle = PLAIN) -> str:
    """A text as runs, split where its direction changes.

    >>> runs("ab", False, "az")
    '<w:r><w:rPr><w:lang w:val="az-Latn-AZ"/></w:rPr><w:t xml:space="preserve">ab</w:t></w:r>'
    """
    return "".join(run(piece, way, locale, look) for piece, way in directed(text, rtl) if piece)


def properties(rtl: bool, locale: str, look: RunStyle = PLAIN) -> str:
    """Run properties, with the complex-script variant of each where needed."""
    out = [f'<w:rStyle w:val="{look.style}"/>'] if look.style else []
    if look.style == "Code":  # LibreOffice ignores the style's font inside styled tables
        out.append(f'<w:rFonts w:ascii="{MONO}" w:hAnsi="{MONO}" w:cs="{MONO}"/>')
    elif rtl:
        out.append(f'<w:rFonts w:cs="{SERIF}"/>')
    if look.bold:
        out.append("<w:b/><w:bCs/>" if rtl else "<w:b/>")
    if look.italic:
        out.append("<w:i/><w:iCs/>" if rtl else "<w:i/>")
    if look.strike:
        out.append("<w:strike/>")
    if look.faint:
        out.append('<w:color w:val="6B6B6B"/>')
    if look.small:
        out.append('<w:sz w:val="12"/><w:szCs w:val="12"/>' if rtl else '<w:sz w:val="12"/>')
    elif look.smaller:
        out.append('<w:sz w:val="18"/><w:szCs w:val="18"/>' if rtl else '<w:sz w:val="18"/>')
    if look.marked:
        out.append('<w:highlight w:val="yellow"/>')
    if look.underlined:
        out.append('<w:u w:val="single"/>')
    if look.raised or look.lowered:
        out.append(f'<w:vertAlign w:val="{"superscript" if look.raised else "subscript"}"/>')
    if rtl:
        out.append("<w:rtl/>")
    if (locales.direction(locale) == "rtl") == rtl:
        out.append(f'<w:lang w:{"bidi" if rtl else "val"}="{office_tag(locale)}"/>')
    return f"<w:rPr>{''.join(out)}</w:rPr>" if out else ""


def line(bits: Iterable[Bit]) -> str:
    """Bits as runs, grouped into hyperlinks.

    >>> line([Bit("a", False, link="x"), Bit("b", False, link="x")]).count("<w:hyperlink")
    1
    """
    out = []
    for link, group in groupby(bits, lambda bit: bit.link):
        inner = "".join(
            bit.element or run(bit.text, bit.rtl, bit.locale, bit.look) for bit in group
        )
        out.append(f'<w:hyperlink r:id="{link}">{inner}</w:hyperlink>' if link else inner)
    return "".join(out)


class ParagraphPlace(NamedTuple):
    """Style, list level, outline level and alignment of a paragraph."""

    style: str = ""
    number: int = 0
    """Number of its list; 0 outside lists."""
    depth: int = 0
    """Nesting depth of lists or quotations."""
    outline: bool = True
    """Whether a heading is part of the document outline."""
    align: str = ""
    """`center` or `end`; where lines begin if empty."""


BODY = ParagraphPlace()
INDENT = 425
"""Indentation of one list level, in twentieths of a point: 7.5 mm."""


def paragraph(inner: str, locale: str, place: ParagraphPlace = BODY) -> str:
    """A paragraph of runs, with `w:bidi` if its language is right-to-left.

    `w:left` of an indent means the side where lines begin.

    >>> paragraph("", "he")
    '<w:p><w:pPr><w:bidi/><w:rPr><w:rtl/><w:lang w:bidi="he-IL"/></w:rPr></w:pPr></w:p>'
    >>> paragraph("", "ru")
    '<w:p></w:p>'
    """
    rtl = locales.direction(locale) == "rtl"
    out = [f'<w:pStyle w:val="{place.style}"/>'] if place.style else []
    if place.number:
        out.append(
            f'<w:numPr><w:ilvl w:val="{min(place.depth, 9) - 1}"/>'
            f'<w:numId w:val="{place.number}"/></w:numPr>'
        )
    if rtl:
        out.append("<w:bidi/>")
    if place.depth and not place.number:
        out.append(f'<w:ind w:left="{indent(min(place.depth, 9))}"/>')
    if place.align:
        out.append(f'<w:jc w:val="{place.align}"/>')
    if not place.outline:
        out.append('<w:outlineLvl w:val="9"/>')
    if rtl:  # the paragraph mark, whose direction the list number follows
        out.append(f'<w:rPr><w:rtl/><w:lang w:bidi="{office_tag(locale)}"/></w:rPr>')
    said = f"<w:pPr>{''.join(out)}</w:pPr>" if out else ""
    return f"<w:p>{said}{inner}</w:p>"


def indent(depth: int) -> int:
    """Distance of a list item's text from the margin, in twentieths of a point.

    Slightly more than the number needs, since LibreOffice would place it outside the margin where
    lines begin on the right.

    >>> indent(2) - indent(1) == INDENT
    True
    """
    return INDENT * depth + 142


def cell(paragraphs: str, width: int, spanning: int = 1) -> str:
    """A cell of a table; `width` is in fiftieths of a percent."""
    span = f'<w:gridSpan w:val="{spanning}"/>' if spanning > 1 else ""
    return (
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="pct"/>{span}</w:tcPr>'
        f"{paragraphs or '<w:p/>'}</w:tc>"
    )


def row(cells: str, head: bool = False) -> str:
    """A table row, which may break across pages; a header row may not, and is repeated on each page."""
    return f"<w:tr>{'<w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>' if head else ''}{cells}</w:tr>"


def table(rows: str, widths: Sequence[int], rtl: bool) -> str:
    """A full-width table; with `rtl` its first column is on the right.

    An empty paragraph follows, or Word would merge adjacent tables.
    """
    visual = "<w:bidiVisual/>" if rtl else ""
    grid = "".join(f'<w:gridCol w:w="{2 * width}"/>' for width in widths)
    return (
        f'<w:tbl><w:tblPr><w:tblStyle w:val="TableGrid"/>{visual}'
        '<w:tblW w:w="5000" w:type="pct"/><w:tblLayout w:type="fixed"/></w:tblPr>'
        f"<w:tblGrid>{grid}</w:tblGrid>{rows}</w:tbl><w:p/>"
    )
