"""Images in a Word document: their size, and the drawing element."""

from __future__ import annotations

import io

from dragoman.exports.ooxml.wordprocessing import xml
from dragoman.model import Picture

_PIXEL = 9525
"""English metric units (EMU) of a pixel at 96 pixels an inch; a centimetre has 360,000."""
PAGE, WIDE_PAGE, MARGIN = 6_120_000, 9_252_000, 144_000
"""Text width in portrait and in landscape, and the horizontal padding of a cell; in EMU."""
_SHOWN = ("image/png", "image/jpeg", "image/gif")
_MAIN = "http://schemas.openxmlformats.org/drawingml/2006/main"
_PICTURE = "http://schemas.openxmlformats.org/drawingml/2006/picture"
_SVG = "http://schemas.microsoft.com/office/drawing/2016/SVG/main"
_VECTOR = "{96DAC541-7B7A-43D3-8B79-37D633B846F1}"
_DRAWING = "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"


def size(picture: Picture, widest: int, density: int = 1) -> tuple[int, int] | None:
    """Width and height in EMU, scaled down to fit; None if Word cannot show the image.

    `density` is the number of its pixels for each pixel that it is wide.
    """
    if picture.media not in _SHOWN:
        return None
    from docx.image.exceptions import (
        InvalidImageStreamError,
        UnexpectedEndOfFileError,
        UnrecognizedImageError,
    )
    from docx.image.image import Image

    try:
        image = Image.from_file(io.BytesIO(picture.data))
        wide, high = (n * _PIXEL // density for n in (image.px_width, image.px_height))
    except (InvalidImageStreamError, UnexpectedEndOfFileError, UnrecognizedImageError):
        return None
    if not wide or not high:
        return None
    return (wide, high) if wide <= widest else (widest, max(1, high * widest // wide))


def drawing(
    relation: str, number: int, size: tuple[int, int], text: str, title: str, vector: str = ""
) -> str:
    """A run with a picture.

    Args:
        relation: the id of the relation to the file.
        number: a number that no other drawing has.
        size: width and height in EMU.
        text: its alternative text.
        title: its title; may be empty.
        vector: the id of the relation to an SVG file, which programs that know SVG show instead.
    """
    extent = f'cx="{size[0]}" cy="{size[1]}"'
    titled = f' title="{xml(title)}"' if title else ""
    return (
        f'<w:r><w:drawing><wp:inline xmlns:wp="{_DRAWING}" distT="0" distB="0" distL="0" distR="0">'
        f'<wp:extent {extent}/><wp:docPr id="{number}" name="Picture {number}" '
        f'descr="{xml(text)}"{titled}/>'
        f'<a:graphic xmlns:a="{_MAIN}"><a:graphicData uri="{_PICTURE}"><pic:pic xmlns:pic="{_PICTURE}">'
        f'<pic:nvPicPr><pic:cNvPr id="{number}" name="Picture {number}"/><pic:cNvPicPr/></pic:nvPicPr>'
        f"<pic:blipFill>{_blip(relation, vector)}<a:stretch><a:fillRect/></a:stretch></pic:blipFill>"
        f'<pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext {extent}/></a:xfrm>'
        '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr></pic:pic></a:graphicData>'
        "</a:graphic></wp:inline></w:drawing></w:r>"
    )


def _blip(relation: str, vector: str) -> str:
    """The reference to an image, with its SVG as Office writes it since 2016 (MS-ODRAWXML, svgBlip)."""
    if not vector:
        return f'<a:blip r:embed="{relation}"/>'
    return (
        f'<a:blip r:embed="{relation}"><a:extLst><a:ext uri="{_VECTOR}">'
        f'<asvg:svgBlip xmlns:asvg="{_SVG}" r:embed="{vector}"/></a:ext></a:extLst></a:blip>'
    )
