"""Converts texts and translations written elsewhere to Markdown: from .md, .txt, .html, .docx."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from html.parser import HTMLParser
from typing import NamedTuple

from dragoman.errors import DragomanError
from dragoman.imports.office import Package, name, value

SUFFIXES = (".html", ".htm", ".docx")
"""Suffixes of files that `as_markdown` converts; files of our own formats need no conversion."""
_KIND = "a DOCX file"
_SPECIAL = re.compile(r"([\\`*\[\]<])")
_BLANKS = re.compile(r"[ \t\r\n]+")
_LINE_START = re.compile(r"^(\s*)([#>+-]|\d{1,9}[.)])(?=\s)")


def as_markdown(data: bytes, file: str) -> str:
    """Convert a DOCX or HTML file to Markdown: headings, paragraphs, lists, tables, emphasis, links.

    Raises:
        DragomanError: the file is damaged or not in the format of its suffix.

    >>> as_markdown(b"<h1>A</h1><p>One <b>two</b>.</p>", "a.html")
    '# A\\n\\nOne **two**.\\n'
    """
    docx = file.lower().endswith(".docx")
    blocks = list(_docx(data, file)) if docx else _html(data, file)
    return "\n\n".join(block for block in blocks if block.strip()) + "\n"


def _escaped(text: str) -> str:
    return _SPECIAL.sub(r"\\\1", text)


def _paragraph(text: str) -> str:
    """A paragraph with an escape if it begins like a heading or a list."""
    return _LINE_START.sub(r"\1\\\2", text)


def _one_line(text: str) -> str:
    """The text with white space collapsed, except for no-break spaces."""
    return _BLANKS.sub(" ", text).strip(" ")


# --- HTML ---

_BLOCKS = {"p", "div", "section", "article", "li", "td", "th", "blockquote", "dd", "dt", "figcaption", "title", "tr", "ul", "ol", "table", "body", "html", "main", "header", "footer", "nav", "pre", *(f"h{n}" for n in range(1, 7))}  # fmt: skip
_SILENT = {"script", "style", "head", "template", "noscript", "svg"}
_MARKS = {"b": "**", "strong": "**", "i": "*", "em": "*", "del": "~~", "s": "~~"}
_DEEPEST = 256


class _Html(HTMLParser):
    """Collects blocks; unknown elements are treated as text."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.blocks: list[str] = []
        self._parts: list[str] = []
        self._lead = ""
        self._silent = 0
        self._links: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _SILENT:
            self._silent += 1
        elif tag in _BLOCKS:
            self._end()
            self._lead = (
                "#" * int(tag[1]) + " "
                if re.fullmatch("h[1-6]", tag)
                else "- "
                if tag == "li"
                else "> "
                if tag == "blockquote"
                else self._lead
                if tag == "p"
                else ""
            )
        elif tag in _MARKS:
            self._parts.append(_MARKS[tag])
        elif tag == "code":
            self._parts.append("`")
        elif tag == "br":
            self._parts.append("<br>")
        elif tag == "a" and len(self._links) < _DEEPEST:
            self._links.append(dict(attrs).get("href") or "")
            self._parts.append("[")

    def handle_endtag(self, tag: str) -> None:
        if tag in _SILENT:
            self._silent = max(0, self._silent - 1)
        elif tag in _BLOCKS:
            self._end()
        elif tag in _MARKS:
            self._parts.append(_MARKS[tag])
        elif tag == "code":
            self._parts.append("`")
        elif tag == "a" and self._links:
            self._parts.append(f"]({self._links.pop()})")

    def handle_data(self, data: str) -> None:
        if not self._silent:
            self._parts.append(_escaped(data))

    def _end(self) -> None:
        text = _one_line("".join(self._parts)).replace("<br>", "\\\n")
        self._parts.clear()
        if text:
            self.blocks.append(self._lead + (text if self._lead else _paragraph(text)))
            self._lead = ""

    def close(self) -> None:
        super().close()
        self._end()


def _html(data: bytes, file: str) -> list[str]:
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise DragomanError("not UTF-8", file=file, how_to_fix="save it as UTF-8") from None
    reader = _Html()
    try:
        reader.feed(text)
        reader.close()
    except AssertionError as error:  # how html.parser refuses a declaration that is none
        how_to_fix = "correct the declaration"
        raise DragomanError(f"not HTML: {error}", file=file, how_to_fix=how_to_fix) from None
    return reader.blocks


# --- DOCX ---


def _docx(data: bytes, file: str) -> Iterator[str]:
    package = Package(data, file, _KIND)
    links = dict(package.links(package.main))
    for element in package.part(package.main).iter():
        if name(element) == "p":
            yield _docx_paragraph(element, links)
    for relation in package.relations(package.main):
        if relation.kind in ("footnotes", "endnotes"):
            yield from _notes(package, relation.part)


def _notes(package: Package, part: str) -> Iterator[str]:
    """Yield footnotes as Markdown; notes with a type are separators and not yielded."""
    links = dict(package.links(part))
    for note in package.part(part):
        text = " ".join(_docx_paragraph(p, links) for p in note.iter() if name(p) == "p")
        if text.strip() and not value(note, "type"):
            yield f"[^{value(note, 'id')}]: {_one_line(text)}"


def _docx_paragraph(paragraph: ET.Element, links: dict[str, str]) -> str:
    properties = next((e for e in paragraph if name(e) == "pPr"), None)
    found = {name(e): e for e in properties} if properties is not None else {}
    style = value(found.get("pStyle"), "val")
    text = _one_line(_inline(paragraph, links)).replace("<br>", "\\\n")
    if not text or style == "CodeBlock":
        return ""
    if (heading := re.fullmatch(r"[Hh]eading\s?([1-6])", style)) is not None:
        return f"{'#' * int(heading[1])} {text}"
    if style == "Title":
        return f"# {text}"
    return f"- {text}" if "numPr" in found or style.startswith("ListB") else _paragraph(text)


class _Run(NamedTuple):
    looks: tuple[str, ...]
    """Markdown marks around it, the outermost first."""
    text: str


def _inline(element: ET.Element, links: dict[str, str]) -> str:
    """The runs of an element as Markdown; adjacent runs with the same formatting are joined."""
    parts: list[str] = []
    pending: list[_Run] = []
    for run in _runs(element, links):
        if pending and pending[-1].looks != run.looks and run.text.strip():
            parts.append(_marked(pending))
            pending = []
        # a blank takes the formatting of the previous run
        pending.append(
            run if run.text.strip() or not pending else run._replace(looks=pending[-1].looks)
        )
    return "".join([*parts, _marked(pending)])


def _marked(runs: list[_Run]) -> str:
    text = "".join(run.text for run in runs)
    if not runs or not text.strip():
        return text
    lead, trail = text[: len(text) - len(text.lstrip())], text[len(text.rstrip()) :]
    inside = text.strip()
    marks = runs[0].looks
    for mark in reversed(marks):
        inside = f"{mark}{inside}{mark}"
    return lead + inside + trail


def _runs(element: ET.Element, links: dict[str, str]) -> Iterator[_Run]:
    for child in element:
        kind = name(child)
        if kind == "r":
            yield _run(child)
        elif kind == "hyperlink":
            inside = _inline(child, links)
            target = links.get(value(child, "id"), "")
            yield _Run((), f"[{inside}]({target})" if target else inside)
        elif kind in ("ins", "smartTag", "sdt", "sdtContent", "dir", "bdo"):
            yield from _runs(child, links)


_ON = ("", "1", "true", "on")
_UNSEEN = re.compile("[\u200e\u200f\u202a-\u202e\u2066-\u2069]")


def _run(run: ET.Element) -> _Run:
    properties = next((e for e in run if name(e) == "rPr"), None)
    looks = {name(e): value(e, "val") for e in properties} if properties is not None else {}
    pieces = []
    for piece in run:
        if name(piece) == "t":
            pieces.append(_UNSEEN.sub("", piece.text or ""))
        elif name(piece) in ("footnoteReference", "endnoteReference"):
            return _Run((), f"[^{value(piece, 'id')}]")
        elif name(piece) in ("tab", "noBreakHyphen"):
            pieces.append(" " if name(piece) == "tab" else "\u2011")
    text = "".join(pieces)
    if any(name(piece) in ("br", "cr") for piece in run):
        return _Run((), _escaped(text) + "<br>")
    if "code" in looks.get("rStyle", "").lower():
        return _Run(("`",), text)
    on = {look for look, state in looks.items() if state in _ON}
    marks = [mark for look, mark in (("strike", "~~"), ("b", "**"), ("i", "*")) if look in on]
    if "rtl" in on:  # right-to-left runs have their own properties for bold and italic
        marks += [
            mark for look, mark in (("bCs", "**"), ("iCs", "*")) if look in on and mark not in marks
        ]
    return _Run(tuple(marks), _escaped(text))
