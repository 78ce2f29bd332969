"""SVG drawings as images of pixels, for word processors that show no SVG."""

from __future__ import annotations

from dragoman.model import Picture, digest

DENSITY = 2
"""Pixels for each pixel of the drawing, so that it is sharp in print."""
_PAGE = (
    "#set page(width: auto, height: auto, margin: 0pt, fill: none)\n"
    '#image(bytes(sys.inputs.svg), format: "svg")'
)
_INCH = 96
"""Pixels of SVG in an inch."""


def in_pixels(picture: Picture) -> Picture | None:
    """A drawing as PNG, `DENSITY` times as large; None if it is not SVG, or Typst cannot draw it.

    Typst comes with the extra `pdf`; without it Word documents have the alternative text.

    >>> in_pixels(Picture("x", "image/png", b"")) is None
    True
    """
    if picture.media != "image/svg+xml":
        return None
    try:
        import typst  # large, and an optional dependency
    except ImportError:
        return None
    try:
        inputs = {"svg": picture.data.decode("utf-8-sig")}
        made = typst.compile(
            _PAGE.encode(), format="png", ppi=float(_INCH * DENSITY), sys_inputs=inputs
        )
    except (typst.TypstError, UnicodeDecodeError):
        return None
    return Picture(digest(made, 8), "image/png", made) if isinstance(made, bytes) else None
