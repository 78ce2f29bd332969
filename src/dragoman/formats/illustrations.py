"""What tags outside of prose show, as parts of a block: visible attribute values, and images."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from dragoman.formats.tags import Attribute, ImageTag
from dragoman.model import Illustration, Unit, Verbatim

Parts = list[str | Unit]


def parts_of(
    body: str, done: int, shown: Iterable[Attribute | ImageTag], unit: Callable[[Attribute], Unit]
) -> tuple[Parts, tuple[Illustration, ...], int]:
    """The parts of a stretch, its images, and where the last part ends.

    Args:
        body: the file.
        done: where the stretch begins.
        shown: what its tags show, in order.
        unit: makes the unit of an attribute value.
    """
    parts: Parts = []
    images: list[Illustration] = []
    for piece in shown:
        texts = piece.values if isinstance(piece, ImageTag) else (piece,)
        places: dict[str, int] = {}
        if isinstance(piece, ImageTag) and not any(value.key == "alt" for value in texts):
            parts += [body[done : piece.start], Verbatim("", piece.spoken)]
            done = piece.start
            places["alt"] = len(parts) - 1
        for value in texts:
            below = isinstance(piece, ImageTag) and "alt" in places
            parts += [body[done : value.start], unit(value)._replace(new_line=below)]
            done = value.end
            places.setdefault(value.key, len(parts) - 1)
        if isinstance(piece, ImageTag):
            images.append(Illustration(piece.url, places["alt"], places.get("title", -1)))
    return parts, tuple(images), done
