"""What is said of a text as a whole reaches every format's own field."""

from __future__ import annotations

import io
import zipfile

SIDE = 'title = "The Day"\nauthor = ["A. B.", "C. D."]\ndate = 1992-02-26\norigin = "https://example.org/a"\nlicence = "MIT"\n'


def _html(project):
    return project.fine("export", "-t", "day", "-o", "-").out


def test_a_side_file_is_shown_and_described(project):
    project.write("source_texts/day.meta.toml", SIDE)
    page = _html(project)
    assert '<meta name="dcterms.creator" content="A. B., C. D.">' in page
    assert '<meta name="dcterms.date" content="1992-02-26">' in page
    assert "<dd>February 26, 1992</dd>" in page
    assert '<a href="https://example.org/a"' in page
    project.fine("export", "-f", "epub", "-t", "day", "-o", "day.epub")
    with zipfile.ZipFile(io.BytesIO((project.root / "day.epub").read_bytes())) as book:
        package = book.read("EPUB/package.opf").decode()
    assert ">A. B., C. D.</dc:creator>" in package
    assert "<dc:date>1992-02-26</dc:date>" in package
    assert ">MIT</dc:rights>" in package


def test_dates_are_written_as_the_first_language_does(project):
    project.write("source_texts/day.meta.toml", SIDE)
    page = project.fine("export", "--columns", "he,en", "-o", "-").out
    assert "<dt>תאריך</dt><dd>26 בפברואר 1992</dd>" in page


def test_front_matter_is_read_dates_too(project):
    project.write("source_texts/day.txt", "x\n").unlink()
    project.write("source_texts/day.md", "---\ndate: 2026-02-26\nlicense: MIT\n---\n\nText.\n")
    page = _html(project)
    assert 'name="dcterms.date" content="2026-02-26"' in page
    assert 'name="dcterms.license" content="MIT"' in page


def test_the_settings_fill_in_and_the_side_file_wins(project):
    settings = project.read("dragoman.toml")
    project.write("dragoman.toml", settings + 'licence = "CC0"\n')
    assert 'name="dcterms.license" content="CC0"' in _html(project)
    project.write("source_texts/day.meta.toml", SIDE)
    assert 'name="dcterms.license" content="MIT"' in _html(project)


def test_a_build_sees_that_the_side_file_changed(project):
    project.fine("build")
    project.write("source_texts/day.meta.toml", SIDE)
    project.fine("build")
    assert "A. B." in project.read("build/parallel/day.html")


def test_errors_name_the_line(project):
    project.write("source_texts/day.meta.toml", 'title = "A"\nauthr = "B"\ndate = 7\n')
    run = project.run("export", "-o", "-")
    assert run.code == 2
    assert "source_texts/day.meta.toml:2: unknown key 'authr'; did you mean 'author'?" in run.err
    assert "source_texts/day.meta.toml:3: 'date' is empty or not a string" in run.err
    project.write("source_texts/day.meta.toml", "title = \n")
    assert "day.meta.toml:1: not TOML" in project.run("export", "-o", "-").err
