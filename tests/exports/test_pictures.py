"""Pictures: shown in every edition that can, in the reader's language, and copied beside translations."""

from __future__ import annotations

import base64
import re
import struct
import sys
import zipfile
import zlib

import pytest

from dragoman.exports import epub
from dragoman.exports.ooxml import drawings, vector_images
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


SVG = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="40" height="20">'
    '<rect width="40" height="20" fill="#123456"/></svg>'
)


def _drawn(place) -> tuple[dict[str, bytes], str]:
    """The parts of a Word document with a drawing, and its text."""
    place.write("dragoman.toml", _settings())
    place.write("source_texts/a.md", "![A map](map.svg)\n")
    place.write("source_texts/map.svg", SVG)
    place.run("update")
    assert place.run("export", "-f", "docx", "-t", "a").code == 0
    with zipfile.ZipFile(place.root / "build/parallel/a.docx") as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    return parts, parts["word/document.xml"].decode()


def test_a_drawing_is_in_a_word_document_as_pixels_and_as_it_is(place):
    """Word shows the drawing, programs without SVG the pixels, twice as many as it is wide."""
    pytest.importorskip("docx")
    pytest.importorskip("typst")
    parts, text = _drawn(place)
    [pixels] = [data for name, data in parts.items() if name.endswith(".png")]
    assert struct.unpack(">II", pixels[16:24]) == (80, 40)
    assert [data for name, data in parts.items() if name.endswith(".svg")] == [SVG.encode()]
    assert f'<wp:extent cx="{40 * 9525}" cy="{20 * 9525}"/>' in text
    relations = parts["word/_rels/document.xml.rels"].decode()
    for name in re.findall(r'<(?:a:blip|asvg:svgBlip)[^>]* r:embed="([^"]+)"', text):
        assert f'Id="{name}"' in relations
    assert "A map" not in re.sub("<[^>]*>", "", text)


def test_without_typst_a_drawing_is_its_alternative_text(place, monkeypatch):
    pytest.importorskip("docx")
    monkeypatch.setitem(sys.modules, "typst", None)
    parts, text = _drawn(place)
    assert not [name for name in parts if "media" in name]
    assert "A map" in re.sub("<[^>]*>", "", text)


@pytest.mark.parametrize(
    "data",
    [b"<svg", b"\xff", b'<svg xmlns="http://www.w3.org/2000/svg"><image href="/etc/x"/></svg>'],
)
def test_what_typst_cannot_draw_stops_nothing(data):
    made = vector_images.in_pixels(Picture("x", "image/svg+xml", data))
    assert made is None or made.data.startswith(b"\x89PNG")


RAW = """\
<img src="img/map.png" alt="A map" title="The coast">

<figure>
  <a href="https://example.org/"><img src='img/plan.png' alt='A plan'></a>
  <figcaption>Drawn by hand.</figcaption>
</figure>

<picture><source srcset="img/wide.png 2x, img/none.png"><img src="img/small.png" alt="2"></picture>

Here <img src="img/in&amp;out.png" alt="inside" title="the line"> of words.

<img src="https://example.org/remote.png">
<img src="../shared/side.png" alt="">
"""


@pytest.fixture
def raw(place):
    place.write("dragoman.toml", _settings())
    place.write("source_texts/a.md", RAW)
    place.write("source_texts/b.html", f"<!doctype html><body>{RAW}</body>")
    names = ("map", "map.he", "plan", "wide", "small", "in&out")
    paths = [f"source_texts/img/{name}.png" for name in names]
    for shade, path in enumerate([*paths, "shared/side.png"]):
        file = place.root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(_png(40, 20, shade))
    place.run("update")
    for name in ("a", "b"):
        path = f"locales/he/LC_MESSAGES/{name}.po"
        text = place.read(path)
        for source, target in (
            ("A map", "מפה"),
            ("The coast", "החוף"),
            ("Drawn by hand.", "צויר ביד."),
        ):
            text = text.replace(
                f'msgid "{source}"\nmsgstr ""', f'msgid "{source}"\nmsgstr "{target}"'
            )
        place.write(path, text)
    return place


def _images(page):
    """The shades of a page's pictures, with their alternative texts and titles."""
    found = re.findall(
        r'<img src="data:image/png;base64,([^"]+)" alt="([^"]*)"(?: title="([^"]*)")?>', page
    )
    shades = {base64.b64encode(_png(40, 20, shade)).decode(): shade for shade in range(7)}
    return [(shades[data], alt, title) for data, alt, title in found]


@pytest.mark.parametrize("name", ["a", "b"])
def test_pictures_of_raw_html_are_shown(raw, name):
    assert raw.run("export", "-f", "html").code == 0
    page = raw.read(f"build/parallel/{name}.html")
    assert sorted(_images(page)) == sorted(
        [(0, "A map", "The coast"), (1, "מפה", "החוף"), (0, "A map", "The coast")]
        + [(2, "A plan", ""), (4, "2", ""), (5, "inside", "the line"), (6, "", "")] * 3
    )
    assert "remote" not in page
    assert raw.run("site").code == 0
    assert (1, "מפה", "החוף") in _images(raw.read(f"build/site/he/{name}.html"))


@pytest.mark.parametrize("name", ["epub", "docx"])
def test_books_and_documents_hold_pictures_of_raw_html(raw, name):
    assert raw.run("export", "-f", name).code == 0
    with zipfile.ZipFile(raw.root / f"build/parallel/a.{name}") as archive:
        found = [archive.read(file) for file in archive.namelist() if file.endswith(".png")]
    assert sorted(found) == sorted(_png(40, 20, shade) for shade in (0, 1, 2, 4, 5, 6))


def test_texts_without_pictures_name_them(raw):
    assert raw.run("export", "-f", "text", "--locale", "he").code == 0
    shown = raw.read("build/parallel/a.txt")
    assert "A map\nמפה" in shown
    assert "The coast\nהחוף" in shown


def test_pictures_beside_the_texts_are_copied_beside_the_translations(raw):
    assert raw.run("build").code == 0
    assert _built(raw, "shared/side.png") == _png(40, 20, 6)
    assert _built(raw, "he/img/map.png") == _png(40, 20, 1)
    for name in ("plan", "wide", "small", "in&out"):
        assert (raw.root / f"build/ru/img/{name}.png").exists()
    raw.write("source_texts/a.md", "Words.\n")
    raw.write("source_texts/b.html", "<p>Words.</p>\n")
    raw.run("build")
    assert not (raw.root / "build/shared/side.png").exists()


@pytest.mark.parametrize(
    "address", ["../dragoman.toml", "../../x.png", "../he/x.png", "../secret.txt", "../.git/config"]
)
def test_nothing_but_pictures_of_the_project_is_copied_from_beside_the_texts(place, address):
    place.write("dragoman.toml", _settings())
    place.write("source_texts/a.md", f"See [it]({address}) and ![it]({address}).\n")
    for path in ("he/x.png", "secret.txt", ".git/config"):
        place.write(path, "x")
    (place.root.parent / "x.png").write_bytes(ENGLISH)
    assert place.run("build").code == 0
    made = {
        str(file.relative_to(place.root / "build")) for file in (place.root / "build").rglob("*")
    }
    assert not [name for name in made if name.endswith((".png", ".toml", ".txt", "config"))]
