"""Hostile strings as source and as target: inert in every export, and nothing dropped in silence."""

from __future__ import annotations

import base64
import csv
import hashlib
import io
import json
import re
import zipfile
from html.parser import HTMLParser
from xml.etree import ElementTree as ET

import pytest

from dragoman.catalogs.catalog import Catalog
from dragoman.errors import DragomanError
from dragoman.exports import EXPORTS, contents, export_named
from dragoman.exports.parts.export_options import ExportOptions
from dragoman.formats import ReadOptions, markdown, text
from dragoman.parallel.rows import align
from dragoman.po import Entry, PoFile

HOSTILE = [
    # scripts and elements
    "<script>zq9()</script>", "<SCRIPT SRC=//x.example/a.js></SCRIPT>", "</script><script>zq9()</script>",
    "<img src=x onerror=zq9()>", "<svg onload=zq9()>", "<svg><script>zq9()</script></svg>",
    "<body onload=zq9()>", "<iframe src=javascript:zq9()></iframe>", "<object data=x></object>",
    "<embed src=x>", "<base href=//x.example/>", "<meta http-equiv=refresh content=0;url=x>",
    "<link rel=stylesheet href=x>", "<style>*{display:none}</style>", "<form action=x><input></form>",
    "<a href=javascript:zq9()>x</a>", "<div style='background:url(x)'>x</div>", "<math><mi xlink:href=x>",
    # out of where they stand
    "</title><script>zq9()</script>", "</span></div></section></main>", "--><script>zq9()</script>",
    "]]><x/>", "<![CDATA[x]]>", "<?xml version='1.0'?>", "<!DOCTYPE x [<!ENTITY e 'zq9'>]>", "<!-- x",
    '" onmouseover="zq9()', "' onfocus='zq9()", '"><b>x', "`onclick=zq9()`",
    # links
    "[x](javascript:zq9())", "[x](JaVaScRiPt:zq9())", "[x](java&#x73;cript:zq9())",
    "[x](data:text/html,<script>zq9()</script>)", "[x](vbscript:zq9())", "[x](//evil.example/)",
    "[x](<javascript:zq9()>)", '[x](https://a.example/"onclick=zq9())', "![x](javascript:zq9())",
    "[x](file:///etc/passwd)", "<javascript:zq9()>", "[x](\x01javascript:zq9())",
    "[x](<\x01javascript:zq9()>)", "[x](java&#9;script:zq9())", "[x](<java\tscript:zq9()>)",
    "[x](/\\\\evil.example/)", "[x](&#1;javascript:zq9())", "[x](java&amp;#115;cript:zq9())",
    # entities
    "&lt;script&gt;zq9()&lt;/script&gt;", "&#60;script&#62;", "&amp;amp;", "&nosuch;", "&#0;", "& < > \" '",
    # spreadsheets
    "=1+1", "+cmd|' /C calc'!A0", "-2+3+cmd", "@SUM(1+1)", '=HYPERLINK("x","y")', "\t=1+1",
    # terminals and bytes
    "\x1b[2Jzq9", "\x1b]0;zq9\x07", "\x9b31mzq9", "a\x08\x08b", "\x7fzq9", "a\ufffeb", "a\uffffb", "a\x00b",
    # directions and what nobody sees
    "\u202ezq9\u202c", "\u2067zq9", "\u200b\ufeffzq9", "e" + "\u0301" * 500,
    # typesetters and long
    "\\input{/etc/passwd} \\write18{x} $x$ #panic() %", "zq9 " * 20_000,
]  # fmt: skip
READERS = {"text": text, "markdown": markdown}
XML = (".tmx", ".xlf", ".12.xlf")
IDS = [f"{number}" for number in range(len(HOSTILE))]


def _given(reader, said):
    """Texts in which the string is a source, a target, or the name and front matter of a text."""
    options = ReadOptions()
    target = Catalog("he", PoFile([Entry("Fine text here.", said)]))
    fine = READERS[reader].read("Fine text here.\n", options)
    yield align(fine, "day", "en", [target])
    own = READERS[reader].read(f"{said}\n", options)
    if own.units:
        yield align(own, "day", "en", [Catalog("he", PoFile())])


def _made(name, parallel):
    """The files of an export, by suffix; none where it refuses with a sentence."""
    export = export_named(name)
    try:
        return contents(export, parallel, ExportOptions())
    except DragomanError as error:
        assert str(error)
        return {}


class Page(HTMLParser):
    """What a page has that could do something."""

    def __init__(self, content: str) -> None:
        super().__init__()
        self.found: list[str] = []
        self.feed(content)

    def handle_starttag(self, tag, attrs):
        if tag in {
            "script",
            "iframe",
            "object",
            "embed",
            "base",
            "form",
            "svg",
            "img",
            "link",
            "style",
        }:
            self.found.append(tag)
        if tag == "math" and {key for key, _ in attrs} - {"xmlns", "dir", "display", "alttext"}:
            self.found.append(tag)  # not one of our own
        for key, value in attrs:
            address = re.sub(r"[\x00-\x20]", "", value or "").lower()
            if key.startswith("on") or key in ("style", "src", "xlink:href"):
                self.found.append(f"{tag} {key}")
            if key in ("href", "action") and re.match(
                "(javascript|data|vbscript|file|//)", address
            ):
                self.found.append(f"{tag} {key}={value}")


def _inert_html(content: str) -> None:
    """Its own style and scripts aside, which the policy in the head names by their hashes."""
    body = content.partition("<body>")[2]
    own = re.findall(r"<script>(.*?)</script>", body, re.DOTALL)
    hashes = [base64.b64encode(hashlib.sha256(one.encode()).digest()).decode() for one in own]
    assert hashes == re.findall(r"'sha256-([^']*)'", content.partition("script-src")[2][:200])
    assert not any("zq9" in one for one in own)
    body = re.sub(r"<script>.*?</script>", "", body, flags=re.DOTALL)
    head = content.partition("<body>")[0]
    assert Page(head).found == ["style"]
    assert Page(body).found == []


def _inert_book(content: bytes) -> None:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        for name in archive.namelist():
            if not name.endswith((".xhtml", ".opf", ".xml", ".rels", ".ncx")):
                continue
            for element in ET.fromstring(archive.read(name)).iter():
                tag = element.tag.rpartition("}")[2]
                assert tag not in {"script", "iframe", "object", "img", "svg", "form", "instrText"}
                for key, value in element.attrib.items():
                    assert not re.match(r"on[a-z]+$", key), key
                    assert not re.match(
                        r"\s*(javascript|data|vbscript|file):", value, re.IGNORECASE
                    ), value


def _inert(suffix: str, content: bytes) -> None:
    if suffix == ".html":
        _inert_html(content.decode())
    elif suffix in (".epub", ".docx", ".review.docx", ".review.xlsx"):
        _inert_book(content)
    elif suffix in XML:
        ET.fromstring(content)
    elif suffix == ".md":
        _inert_markdown(content.decode())
    elif suffix in (".csv", ".tsv"):
        rows = csv.reader(
            io.StringIO(content.decode()), delimiter="\t" if suffix == ".tsv" else ","
        )
        assert not [c for row in rows for c in row if re.match(r"[=+@\t\r\n]|-(?!\d)", c)]


def _inert_markdown(content: str) -> None:
    """As a renderer that lets HTML through shows it."""
    import pyromark

    page = pyromark.html(content, options=pyromark.Options.ENABLE_TABLES)
    page = re.sub(r' style="text-align: (?:left|right)"', "", page)  # the columns' own
    assert Page(page).found == []


@pytest.mark.parametrize("reader", READERS)
@pytest.mark.parametrize("said", HOSTILE, ids=IDS)
@pytest.mark.parametrize("name", [name for name in EXPORTS if name != "pdf"])
def test_hostile_strings_are_inert(name, said, reader):
    for parallel in _given(reader, said):
        for suffix, content in _made(name, parallel).items():
            _inert(suffix, content)


@pytest.mark.parametrize("said", HOSTILE, ids=IDS)
def test_a_pdf_has_the_words_or_is_refused(said):
    """No script and no address in it but those of the web and of mail."""
    for parallel in _given("markdown", said):
        for made in _made("pdf", parallel).values():
            assert not re.search(rb"/JavaScript|/Launch|/OpenAction|javascript:", made)


@pytest.mark.parametrize("said", HOSTILE, ids=IDS)
def test_nothing_is_dropped_in_silence(said):
    """JSON says every string as it is; where a character cannot be written, U+FFFD stands for it."""
    [parallel, *_] = _given("text", said)
    wanted = [cell.text for row in parallel.rows for cell in row.cells]
    [line] = _made("jsonl", parallel)[".jsonl"].decode().split("\n")[:-1]
    assert [cell["text"] for cell in json.loads(line)["cells"].values()] == wanted
    shown = [re.sub("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]", "\ufffd", one) for one in wanted]
    units = list(ET.fromstring(_made("tmx", parallel)[".tmx"]).iter("seg"))
    if units:
        assert ["".join(unit.itertext()) for unit in units] == shown  # codes are elements
