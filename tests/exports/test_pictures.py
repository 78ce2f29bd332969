"""Pictures: shown in every edition that can, in the reader's language, and copied beside translations."""

from __future__ import annotations

import base64
import re
import struct
import zlib

import pytest

from dragoman.exports import epub
from dragoman.exports.ooxml import drawings
from dragoman.exports.parts import elements
from dragoman.model import Picture


def _png(wide: int, high: int, shade: int = 0) -> bytes:
    """A picture of one colour."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        checked = kind + data
        return struct.pack(">I", len(data)) + checked + struct.pack(">I", zlib.crc32(checked))

    head = struct.pack(">IIBBBBB", wide, high, 8, 0, 0, 0, 0)
    lines = zlib.compress(b"".join(b"\0" + bytes([shade]) * wide for _ in range(high)))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", lines) + chunk(b"IEND", b"")


ENGLISH, HEBREW = _png(40, 20, 0), _png(40, 20, 255)
TEXT = 'See ![A map](img/map.png "The coast") and [a form](files/form%20one.pdf), ![gone](img/none.png).\n'


def _settings(exports: str = "") -> str:
    return f'locales = ["he", "ru"]\nexports = [{exports}]\n'


@pytest.fixture
def illustrated(place):
    place.write("dragoman.toml", _settings())
    place.write("source_texts/part/a.md", TEXT)
    for name, data in (
        ("img/map.png", ENGLISH),
        ("img/map.he.png", HEBREW),
        ("files/form one.pdf", b"%PDF-"),
    ):
        path = place.root / "source_texts/part" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    place.run("update")
    path = "locales/he/LC_MESSAGES/part/a.po"
    text = place.read(path)
    head, _, rest = text.rpartition('msgstr ""')
    place.write(path, f'{head}msgstr "ראו ![מפה](img/map.png \\"החוף\\")."{rest}')
    return place


def _built(place, name):
    return (place.root / "build" / name).read_bytes()


def _page(place):
    assert place.run("export", "-f", "html").code == 0
    [page] = (place.root / "build/parallel").rglob("*.html")
    return page.read_text("utf-8")


def test_links_of_translated_texts_lead_to_files(illustrated):
    assert illustrated.run("build").code == 0
    assert _built(illustrated, "he/part/img/map.png") == HEBREW
    assert _built(illustrated, "ru/part/img/map.png") == ENGLISH
    assert _built(illustrated, "ru/part/files/form one.pdf") == b"%PDF-"
    assert not (illustrated.root / "build/he/part/img/none.png").exists()


def test_a_file_that_changes_comes_or_goes_is_heeded(illustrated):
    illustrated.run("build")
    source = illustrated.root / "source_texts/part/img"
    (source / "map.png").write_bytes(_png(3, 3))
    (source / "map.ru.png").write_bytes(_png(5, 5))
    (source / "none.png").write_bytes(_png(7, 7))
    illustrated.run("build")
    assert _built(illustrated, "ru/part/img/map.png") == _png(5, 5)
    assert _built(illustrated, "ru/part/img/none.png") == _png(7, 7)
    for name in ("map.ru.png", "none.png"):
        (source / name).unlink()
    illustrated.run("build")
    assert _built(illustrated, "ru/part/img/map.png") == _png(3, 3)
    assert not (illustrated.root / "build/ru/part/img/none.png").exists()


def test_a_file_stays_while_any_text_shows_it(illustrated):
    illustrated.write("source_texts/part/b.md", "Also ![a map](img/map.png).\n")
    illustrated.run("build")
    illustrated.write("source_texts/part/a.md", "Nothing to see.\n")
    illustrated.run("build")
    assert _built(illustrated, "ru/part/img/map.png") == ENGLISH
    illustrated.write("source_texts/part/b.md", "Nothing here either.\n")
    illustrated.run("build")
    assert not (illustrated.root / "build/ru/part/img/map.png").exists()


def test_nothing_outside_the_project_is_read(illustrated, tmp_path_factory):
    other = tmp_path_factory.mktemp("other") / "secret.png"
    other.write_bytes(ENGLISH)
    (illustrated.root / "source_texts/part/img/link.png").symlink_to(other)
    up = "../" * 30 + str(other).lstrip("/")
    illustrated.write("source_texts/part/a.md", f"A ![x]({up}) ![y](img/link.png) ![z]({other}).\n")
    assert illustrated.run("build").code == 0
    assert not list((illustrated.root / "build").rglob("*.png"))
    assert "<img" not in _page(illustrated)


def test_a_page_holds_its_pictures(illustrated):
    page = _page(illustrated)
    english, hebrew = (base64.b64encode(data).decode() for data in (ENGLISH, HEBREW))
    assert f'<img src="data:image/png;base64,{english}" alt="A map" title="The coast">' in page
    assert f'<img src="data:image/png;base64,{hebrew}" alt="מפה" title="החוף">' in page
    assert '<span class="image">gone</span>' in page
    assert "img-src data:; " in page


def test_a_page_without_pictures_may_load_none(place):
    place.write("dragoman.toml", _settings())
    place.write("source_texts/a.md", "Words.\n")
    assert "img-src" not in _page(place)


def test_a_picture_too_large_for_a_page_is_its_alternative_text(monkeypatch, illustrated):
    monkeypatch.setattr(elements, "LARGEST_INLINE", 10)
    page = _page(illustrated)
    assert "<img" not in page
    assert '<span class="image" title="The coast">A map</span>' in page


def test_the_site_shows_pictures(illustrated):
    assert illustrated.run("site").code == 0
    assert b'<img src="data:image/png' in _built(illustrated, "site/he/part/a.html")


@pytest.mark.parametrize("name", ["epub", "docx"])
def test_books_and_documents_hold_their_pictures(illustrated, name, archive_of):
    members = archive_of(illustrated, name)
    assert sorted(data for file, data in members.items() if file.endswith(".png")) == sorted(
        [ENGLISH, HEBREW]
    )


@pytest.fixture
def archive_of():
    import io
    import zipfile

    def members(place, name):
        assert place.run("export", "-f", name).code == 0
        with zipfile.ZipFile(io.BytesIO(_built(place, f"parallel/part/a.{name}"))) as archive:
            return {file: archive.read(file) for file in archive.namelist()}

    return members


def test_a_document_says_what_a_picture_shows(illustrated, archive_of):
    document = archive_of(illustrated, "docx")["word/document.xml"].decode()
    assert 'descr="A map" title="The coast"' in document
    assert 'descr="מפה" title="החוף"' in document
    numbers = re.findall(r'<wp:docPr id="(\d+)"', document)
    assert len(set(numbers)) == len(numbers) == 3


def test_paper_shows_pictures_and_stays_the_same(illustrated):
    pytest.importorskip("typst")
    made = []
    for _ in range(2):
        assert illustrated.run("export", "-f", "pdf").code == 0
        made.append(_built(illustrated, "parallel/part/a.pdf"))
    assert made[0] == made[1]
    assert made[0].count(b"/Subtype/Image") == 2


@pytest.mark.parametrize(
    "drawing",
    [
        b"<svg><script>x()</script></svg>",
        b"<svg onload='x()'/>",
        b'<svg><image href="http://x/y"/></svg>',
    ],
)
def test_books_have_no_drawings_that_do_anything(drawing):
    picture = Picture("x", "image/svg+xml", drawing)
    assert epub._picture_file(picture) == ""


def test_pictures_are_as_wide_as_their_column_at_most():
    pytest.importorskip("docx")
    wide = Picture("x", "image/png", _png(1000, 500))
    assert drawings.size(wide, 100 * 9525) == (100 * 9525, 50 * 9525)
    assert drawings.size(wide, 2000 * 9525) == (1000 * 9525, 500 * 9525)
    assert drawings.size(wide._replace(data=b"no picture"), 100) is None
    assert drawings.size(wide._replace(media="image/svg+xml"), 100) is None
