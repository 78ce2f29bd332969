"""Segments of TMX: their inline codes as markup of ours, and back.

A code of ours is a piece of Markdown: `**` that opens and closes is `bpt` and `ept`, inline code or
an HTML tag is `ph`. A segment whose codes are of another kind keeps its XML, and its text is what
stands between the codes.
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
    """What a segment says."""

    text: str
    markup: str
    """Its XML, where that is not what we write of its text."""
    bare: bool
    """Whether the text lacks codes."""


def read(element: ET.Element) -> Segment:
    """A `seg` element; names with prefixes are as they are written.

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
        else:  # `hi`, and what nobody knows: text goes on inside
            _collect(child, whole, prose, codes)
        whole.append(child.tail or "")
        prose.append(child.tail or "")


def marked(text: str, source: str = "") -> str:
    """A text as the content of a `seg`, its markup as codes.

    Args:
        text: the text.
        source: the text that it translates, with whose codes its own are matched by their `x`.

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
    """Pieces as codes, with the numbers by which translations match them, or without."""
    out = []
    numbers: dict[int, int] = {}
    for place, (piece, number) in enumerate(found):
        x = f' x="{number}"' if matched else ""
        if isinstance(piece, str):
            out.append(plain(piece))
        elif piece.partner == place:
            out.append(f"<ph{x}>{plain(piece.data)}</ph>")
        elif piece.partner > place:
            numbers[piece.partner] = len(numbers) + 1
            out.append(f'<bpt i="{numbers[piece.partner]}"{x}>{plain(piece.data)}</bpt>')
        else:
            out.append(f'<ept i="{numbers[place]}">{plain(piece.data)}</ept>')
    return "".join(out)


def _is_known(text: str, inner: str) -> bool:
    """Whether the XML of a segment is what we write of its text, with `x` or without."""
    if not has_codes(text):
        return inner == plain(text)
    found = CodeIds().of_source(text)
    return inner in (_coded(found), _coded(found, matched=False))


def content(element: ET.Element) -> str:
    """What stands inside an element, as XML."""
    inside = "".join(serialized(child) + plain(child.tail or "") for child in element)
    return plain(element.text or "") + inside


def serialized(element: ET.Element) -> str:
    """An element as XML, in one form for equal elements.

    >>> serialized(ET.fromstring("<prop type='x'>a &lt; b</prop>"))
    '<prop type="x">a &lt; b</prop>'
    """
    said = attributes(element.attrib)
    inside = content(element)
    return f"<{element.tag}{said}>{inside}</{element.tag}>" if inside else f"<{element.tag}{said}/>"


def attributes(named: dict[str, str]) -> str:
    """Attributes as they stand in a tag, each with a blank before it."""
    return "".join(f" {name}={quoted(value)}" for name, value in named.items())
