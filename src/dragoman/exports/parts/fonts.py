"""Embedded fonts, subset to the characters of a text.

Noto Serif has Latin with ə and Cyrillic, Noto Serif Hebrew letters and points. Both are under the
SIL Open Font License 1.1, which lets documents hold them; the names of their authors stay inside.
"""

from __future__ import annotations

import base64
import io
import logging
from collections.abc import Iterable, Sequence
from functools import lru_cache
from importlib.resources import files
from typing import Any, NamedTuple

from dragoman.chrome import chrome
from dragoman.errors import DragomanError
from dragoman.exports.parts import about
from dragoman.languages import locales
from dragoman.model import Parallel, Span

_WEIGHTS = (400, 700)
_FACES = (
    ("Noto Serif", "normal", "fontpkg_noto_serif", "files/NotoSerif[wdth,wght].ttf"),
    ("Noto Serif", "italic", "fontpkg_noto_serif", "files/NotoSerif-Italic[wdth,wght].ttf"),
    ("Noto Serif Hebrew", "normal", "pylopdf_fonts_he", "NotoSerifHebrew-Variable.ttf"),
)
_ALWAYS = frozenset(map(chr, range(0x20, 0x7F))) | set("·…–—“”‘’«»•↩0123456789")
LICENCE = "SIL Open Font License, Version 1.1: https://openfontlicense.org"


class Face(NamedTuple):
    """A font of one style, as WOFF2."""

    family: str
    style: str
    file: str
    """A name for its file."""
    data: bytes
    notice: str
    """Whose it is."""

    def rule(self, address: str) -> str:
        """The style that names it."""
        return (
            f'@font-face{{font-family:"{self.family}";font-style:{self.style};'
            f'font-weight:{_WEIGHTS[0]} {_WEIGHTS[1]};src:url("{address}") format("woff2")}}'
        )


def faces(texts: Sequence[Parallel]) -> list[Face]:
    """The fonts that texts need, subset to their characters.

    Raises:
        DragomanError: fontTools or the fonts are not installed.
    """
    characters = _ALWAYS.union(*map(_characters, texts))
    slanted = any(_is_slanted(cell.spans) for t in texts for row in t.rows for cell in row.cells)
    found = []
    for family, style, package, file in _FACES:
        if style == "normal" or slanted:
            face = _cut(family, style, _source(package, file), characters)
            found += [face] if face else []
    return found


def style(texts: Sequence[Parallel]) -> str:
    """CSS with the fonts of texts and of interface labels as `data:` URLs.

    Raises:
        DragomanError: fontTools or the fonts are not installed.
    """
    found = faces(texts)
    notices = " ".join(dict.fromkeys(face.notice for face in found))
    rules = [f"/* {notices} {LICENCE} */"]
    for face in found:
        data = base64.b64encode(face.data).decode()
        rules.append(face.rule(f"data:font/woff2;base64,{data}"))
    return "\n".join([*rules, ':root{--sans:"Noto Serif","Noto Serif Hebrew",serif}', ""])


def _characters(parallel: Parallel) -> set[str]:
    """The characters a page may contain: text, language names and labels."""
    found = {
        char
        for block in parallel.blocks
        for row in block.rows
        for c in row.cells
        for char in c.text
    }
    found |= {char for block in parallel.blocks for char in block.literal}
    found.update(parallel.title, *about.fields(parallel).values())
    for locale in parallel.locales:
        found.update(locales.name(locale), *chrome(locale).labels.values())
    return found | {char.upper() for char in found if len(char.upper()) == 1}


def _is_slanted(spans: Iterable[Span]) -> bool:
    return any(span.name == "emphasis" or _is_slanted(span.children) for span in spans)


def _source(package: str, file: str) -> bytes:
    try:
        return files(package).joinpath(file).read_bytes()
    except (ModuleNotFoundError, FileNotFoundError):
        raise _missing() from None


def _missing() -> DragomanError:
    return DragomanError(
        "embedding fonts needs fontTools and the fonts", how_to_fix="pip install 'dragoman[fonts]'"
    )


@lru_cache(16)  # a page and a book of one text need the same subset
def _cut(family: str, style: str, data: bytes, characters: frozenset[str]) -> Face | None:
    """Subset a font; None if it has none of the characters."""
    try:
        from fontTools import subset  # type: ignore[import-untyped]  # large, and an optional dependency
        from fontTools.ttLib import TTFont  # type: ignore[import-untyped]
        from fontTools.varLib import instancer  # type: ignore[import-untyped]
    except ImportError:
        raise _missing() from None
    logging.getLogger("fontTools").setLevel(logging.ERROR)
    font: Any = TTFont(io.BytesIO(data), recalcTimestamp=False)
    wanted = {ord(char) for char in characters} & font.getBestCmap().keys()
    if not any(chr(code).isalpha() and code > 0x7F for code in wanted) and family.endswith(
        "Hebrew"
    ):
        return None
    options = subset.Options(
        layout_features=["*"], name_IDs=["*"], hinting=False, notdef_outline=True
    )
    cutter = subset.Subsetter(options)
    cutter.populate(unicodes=wanted)
    cutter.subset(font)
    axes = {axis.axisTag for axis in font["fvar"].axes}
    limits = {tag: 100 if tag == "wdth" else _WEIGHTS for tag in axes & {"wdth", "wght"}}
    font = instancer.instantiateVariableFont(font, limits)
    font.flavor = "woff2"
    out = io.BytesIO()
    font.save(out)
    name = f"{family}-{style}".lower().replace(" ", "-") + ".woff2"
    return Face(family, style, name, out.getvalue(), font["name"].getDebugName(0) or family)
