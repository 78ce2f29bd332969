"""Converts between TMX segments and texts with our inline markup.

Our codes are pieces of Markdown: an opening and a closing `**` are `bpt` and `ept`, inline code or
an HTML tag is `ph`. A segment with other codes keeps its XML, and its text is what is between the
codes.
"""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from collections.abc import Sequence
from typing import NamedTuple

from dragoman.interchange.code_ids import CodeIds
from dragoman.interchange.inline_codes import Code, Piece, has_codes, pieces
from dragoman.text.xml_escape import content as plain
from dragoman.text.xml_escape import quoted

_CODES = ("bpt", "ept", "ph", "it", "ut")
_BLANKS = re.compile(" {2,}")


class Segment(NamedTuple):
    """The content of a segment."""

    text: str
    markup: str
    """Its XML, if it differs from what we would write for its text."""
    bare: bool
    """Whether codes are missing in the text."""


def read(element: ET.Element) -> Segment:
    """Read a `seg` element; prefixed names are kept as written.

    >>> read(ET.fromstring('<seg>a <bpt i="1">**</bpt>b<ept i="1">**</ept></seg>'))
    Segment(text='a **b**', markup='', bare=False)
    >>> read(ET.fromstring('<seg>a <ph x="1"/>b</seg>'))
    Segment(text='a b', markup='a <ph x="1"/>b', bare=True)
    """
    whole: list[str] = []
    prose: list[str] = []
    codes: list[str] = []
    _collect(element, whole, prose, codes)
    text = "".join(whole)
    bare = bool(codes) and codes != [p.data for p in pieces(text) if isinstance(p, Code)]
    if bare:
        text = _BLANKS.sub(" ", "".join(prose)).strip(" ")
    inner = content(element)
    return Segment(text, "" if _is_known(text, inner) else inner, bare)


def _collect(element: ET.Element, whole: list[str], prose: list[str], codes: list[str]) -> None:
    whole.append(element.text or "")
    prose.append(element.text or "")
    for child in element:
        if child.tag in _CODES:
            data = "".join(child.itertext())
            codes.append(data)
            whole.append(data)
        else:  # `hi` and unknown elements contain text
            _collect(child, whole, prose, codes)
        whole.append(child.tail or "")
        prose.append(child.tail or "")


def marked(text: str, source: str = "") -> str:
    """A text as the content of a `seg`, with its markup as codes.

    Args:
        text: the text.
        source: the text that it translates; codes of both are matched by `x`.

    >>> marked("See `x` & **y**")
    'See <ph x="1">`x`</ph> &amp; <bpt i="1" x="2">**</bpt>y<ept i="1">**</ept>'
    >>> marked("**y** `x`", "See `x` & **y**")
    '<bpt i="1" x="2">**</bpt>y<ept i="1">**</ept> <ph x="1">`x`</ph>'
    """
    if not has_codes(text):
        return plain(text)
    ids = CodeIds()
    ids.of_source(source)
    return _coded(ids.of_target(text))


def _coded(found: Sequence[tuple[Piece, str]], matched: bool = True) -> str:
    """Pieces as XML codes, with or without the `x` numbers that match translations."""
    parts = []
    numbers: dict[int, int] = {}
    for index, (piece, number) in enumerate(found):
        x = f' x="{number}"' if matched else ""
        if isinstance(piece, str):
            parts.append(plain(piece))
        elif piece.partner == index:
            parts.append(f"<ph{x}>{plain(piece.data)}</ph>")
        elif piece.partner > index:
            numbers[piece.partner] = len(numbers) + 1
            parts.append(f'<bpt i="{numbers[piece.partner]}"{x}>{plain(piece.data)}</bpt>')
        else:
            parts.append(f'<ept i="{numbers[index]}">{plain(piece.data)}</ept>')
    return "".join(parts)


def _is_known(text: str, inner: str) -> bool:
    """Whether the XML of a segment is what we would write for its text, with or without `x`."""
    if not has_codes(text):
        return inner == plain(text)
    found = CodeIds().of_source(text)
    return inner in (_coded(found), _coded(found, matched=False))


def content(element: ET.Element) -> str:
    """The content of an element, as XML."""
    inside = "".join(serialized(child) + plain(child.tail or "") for child in element)
    return plain(element.text or "") + inside


def serialized(element: ET.Element) -> str:
    """An element as XML; equal elements give equal strings.

    >>> serialized(ET.fromstring("<prop type='x'>a &lt; b</prop>"))
    '<prop type="x">a &lt; b</prop>'
    """
    tag_attributes = attributes(element.attrib)
    inside = content(element)
    return (
        f"<{element.tag}{tag_attributes}>{inside}</{element.tag}>"
        if inside
        else f"<{element.tag}{tag_attributes}/>"
    )


def attributes(named: dict[str, str]) -> str:
    """Attributes for a tag, each with a blank before it."""
    return "".join(f" {name}={quoted(value)}" for name, value in named.items())
