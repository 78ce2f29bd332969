"""Fonts in the file: they have the letters of the text, no more, and say whose they are."""

from __future__ import annotations

import io
import re
import sys
import zipfile

import pytest

from dragoman.catalogs.catalog import Catalog
from dragoman.errors import DragomanError
from dragoman.exports import epub, html
from dragoman.exports.parts.export_options import ExportOptions
from dragoman.formats import ReadOptions, markdown
from dragoman.parallel.rows import align
from dragoman.po import Entry, PoFile

ttlib = pytest.importorskip("fontTools.ttLib")
SAID = {"az": "Gün *əvvəl*.", "he": "יוֹם", "ru": "Ёлка"}
EMBEDDED = ExportOptions(embed_fonts=True)


def _parallel(*columns):
    catalogs = [Catalog(x, PoFile([Entry("A day.", said)])) for x, said in SAID.items()]
    whole = align(markdown.read("A day.\n", ReadOptions()), "day", "en", catalogs)
    return whole.chosen(columns) if columns else whole


def _fonts(book: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(book)) as archive:
        return {n: archive.read(n) for n in archive.namelist() if n.startswith("EPUB/fonts/")}


def test_a_book_has_its_letters_and_the_licence():
    found = _fonts(epub.export(_parallel(), EMBEDDED))
    licence = found.pop("EPUB/fonts/LICENCE.txt").decode()
    assert licence.count("Copyright") == 2
    assert "SIL Open Font License" in licence
    letters = {n: set(ttlib.TTFont(io.BytesIO(data)).getBestCmap()) for n, data in found.items()}
    assert set(map(ord, "".join(SAID.values()))) <= set().union(*letters.values())
    serif = letters["EPUB/fonts/noto-serif-normal.woff2"]
    assert set(map(ord, "əЁ")) <= serif
    assert len(serif) < 400
    hebrew = ttlib.TTFont(io.BytesIO(found["EPUB/fonts/noto-serif-hebrew-normal.woff2"]))
    assert set(map(ord, "יֹום")) - set(hebrew.getBestCmap()) == set()
    assert "GPOS" in hebrew  # points stand in their places
    (weights,) = (axis for axis in hebrew["fvar"].axes)
    assert (weights.minValue, weights.maxValue) == (400, 700)


def test_what_is_not_needed_is_left_out():
    assert set(_fonts(epub.export(_parallel("ru"), EMBEDDED))) == {
        "EPUB/fonts/noto-serif-normal.woff2",
        "EPUB/fonts/LICENCE.txt",
    }
    assert _fonts(epub.export(_parallel(), ExportOptions())) == {}


def test_a_page_holds_them_and_its_policy_lets_in_no_others():
    page = html.export(_parallel(), EMBEDDED)
    assert page.count("@font-face") == 3
    assert "font-src data:;" in page
    assert re.findall(r"url\(\"(?!data:)", page) == []
    assert "SIL Open Font License" in page
    assert page == html.export(_parallel(), EMBEDDED)
    assert "font-src" not in html.export(_parallel(), ExportOptions())


@pytest.mark.parametrize("module", ["fontTools", "fontpkg_noto_serif"])
def test_without_them_there_is_a_way_out(module, monkeypatch):
    from dragoman.exports.parts import fonts

    fonts._cut.cache_clear()
    monkeypatch.setitem(sys.modules, module, None)
    with pytest.raises(DragomanError, match="embedding fonts needs") as raised:
        epub.export(_parallel(), EMBEDDED)
    assert "pip install 'dragoman[fonts]'" in str(raised.value)
