"""Runs and paragraphs of a Word document, each saying its direction and language.

Word does not take the direction of marks and signs from the letters around them, as UAX #9 does,
but from their run: in a run with `w:rtl` they go from right to left, in others from left to
right. So a line is cut into runs where its direction changes, and `w:rtl` stands on the runs in a
right-to-left script and on no other. The order of properties is that of the schema.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from html import escape
from itertools import groupby
from typing import NamedTuple

from dragoman.exports.ooxml.run_direction import directed
from dragoman.languages import language as languages
from dragoman.languages import locales

NAMESPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
)
SERIF, MONO = "Times New Roman", "Courier New"
"""Fonts that have Latin with ə, Cyrillic and Hebrew letters, or a like in every office suite."""

_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


class Look(NamedTuple):
    """How a run looks; `style` is the id of a character style."""

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


PLAIN = Look()


class Bit(NamedTuple):
    """A stretch of a line with one direction and one look."""

    text: str
    rtl: bool
    look: Look = PLAIN
    locale: str = "en"
    link: str = ""
    """The id of the relation that says where it leads."""
    element: str = ""
    """What stands there instead of a run of the text."""


def xml(text: str) -> str:
    """A text as the content of an element or attribute; what XML cannot hold is shown as U+FFFD.

    >>> xml("a<b\\x00")
    'a&lt;b\\ufffd'
    """
    return escape(plain(text)).replace("\r", "&#13;")


def plain(text: str) -> str:
    """A text in which every character is one that XML can hold."""
    return _NOT_XML.sub("\ufffd", text)


def tag(locale: str) -> str:
    """The name of a language for Word, whose spelling checkers are known by their country.

    >>> tag("he"), tag("pt_BR")
    ('he-IL', 'pt-BR')
    """
    known = languages.of(locale)
    own = known.exports.get("word") if known.code == locale else None
    return own or locales.language_tag(locale)


def run(text: str, rtl: bool, locale: str, look: Look = PLAIN) -> str:
    """A run of one direction; tabs and line ends are elements.

    Its language is said where it goes as the language does; a phrase the other way is of a
    language that nobody knows.

    >>> run("שלום", True, "he").partition("<w:t")[0]
    '<w:r><w:rPr><w:rFonts w:cs="Times New Roman"/><w:rtl/><w:lang w:bidi="he-IL"/></w:rPr>'
    """
    said = "".join(_said(part) for part in re.split(r"([\t\n])", text) if part)
    return f"<w:r>{properties(rtl, locale, look)}{said}</w:r>"


def _said(part: str) -> str:
    if part == "\t":
        return "<w:tab/>"
    return "<w:br/>" if part == "\n" else f'<w:t xml:space="preserve">{xml(part)}</w:t>'


def runs(text: str, rtl: bool, locale: str, look: Look = PLAIN) -> str:
    """A text as runs, cut where its direction changes; nothing is left out.

    >>> runs("ab", False, "az")
    '<w:r><w:rPr><w:lang w:val="az-Latn-AZ"/></w:rPr><w:t xml:space="preserve">ab</w:t></w:r>'
    """
    return "".join(run(piece, way, locale, look) for piece, way in directed(text, rtl) if piece)


def properties(rtl: bool, locale: str, look: Look = PLAIN) -> str:
    """The properties of a run; what complex scripts have of their own is said beside the rest."""
    out = [f'<w:rStyle w:val="{look.style}"/>'] if look.style else []
    if look.style == "Code":  # LibreOffice forgets the style's font where a table has a style
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
        out.append(f'<w:lang w:{"bidi" if rtl else "val"}="{tag(locale)}"/>')
    return f"<w:rPr>{''.join(out)}</w:rPr>" if out else ""


def line(bits: Iterable[Bit]) -> str:
    """Bits as runs, those of a link inside it.

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


class Place(NamedTuple):
    """Where a paragraph stands."""

    style: str = ""
    number: int = 0
    """The list that it is an item of; 0 where it is none."""
    depth: int = 0
    """How many lists it is in."""
    outline: bool = True
    """Whether a heading stands in the outline of the document."""
    align: str = ""
    """`center` or `end`; where lines begin if empty."""


BODY = Place()
INDENT = 425
"""What a level of a list is indented by, in twentieths of a point: 7.5 mm."""


def paragraph(inner: str, locale: str, place: Place = BODY) -> str:
    """A paragraph of runs; `w:bidi` where its language runs from right to left.

    Nothing is aligned; an indent is one from the side where lines begin, though it is called left.

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
    if rtl:  # the mark at its end, which the number of an item goes by
        out.append(f'<w:rPr><w:rtl/><w:lang w:bidi="{tag(locale)}"/></w:rPr>')
    said = f"<w:pPr>{''.join(out)}</w:pPr>" if out else ""
    return f"<w:p>{said}{inner}</w:p>"


def indent(depth: int) -> int:
    """How far the text of an item stands from the margin.

    A little farther than its number needs, which LibreOffice lets begin beyond the margin where
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
    """A row of a table, never parted by the end of a page; a head is repeated on each."""
    return f"<w:tr><w:trPr><w:cantSplit/>{'<w:tblHeader/>' if head else ''}</w:trPr>{cells}</w:tr>"


def table(rows: str, widths: Sequence[int], rtl: bool) -> str:
    """A table as wide as the page; its first column is on the right where `rtl` says so.

    A paragraph follows it, without which the next table would go on in this one.
    """
    visual = "<w:bidiVisual/>" if rtl else ""
    grid = "".join(f'<w:gridCol w:w="{2 * width}"/>' for width in widths)
    return (
        f'<w:tbl><w:tblPr><w:tblStyle w:val="TableGrid"/>{visual}'
        '<w:tblW w:w="5000" w:type="pct"/><w:tblLayout w:type="fixed"/></w:tblPr>'
        f"<w:tblGrid>{grid}</w:tblGrid>{rows}</w:tbl><w:p/>"
    )
