"""The shape of a Markdown text as an independent implementation sees it: everything but its prose.

markdown-it-py renders the text; of the page only elements, attributes, code, math and addresses
are kept, and a mark wherever there is prose.
"""

from __future__ import annotations

import re
from functools import cache
from html.parser import HTMLParser

import pytest

from dragoman.engines import pseudo
from dragoman.engines.exchange import TAGS
from dragoman.formats import audit, doctree
from dragoman.pipeline.machine.placeholders import protected

_PROSE = {"alt", "title", "placeholder", "aria-label", "aria-description", "summary", "label"}
_OPAQUE = {"code", "pre", "script", "style", "eq", "eqn", "math"}
_VOID = {
    "area",
    "base",
    "br",
    "col",
    "embed",
    "hr",
    "img",
    "input",
    "link",
    "meta",
    "source",
    "wbr",
}


@cache
def parser(dialect: str = ""):
    """markdown-it-py with the plugins that a dialect needs."""
    markdown_it = pytest.importorskip("markdown_it")
    from mdit_py_plugins import (
        admon,
        attrs,
        colon_fence,
        container,
        deflist,
        dollarmath,
        footnote,
        front_matter,
        myst_blocks,
        myst_role,
    )

    made = markdown_it.MarkdownIt("commonmark").enable(["table", "strikethrough"])
    made.use(front_matter.front_matter_plugin).use(footnote.footnote_plugin)
    if dialect in ("definitions", "all"):
        made.use(deflist.deflist_plugin)
    if dialect in ("math", "myst", "all"):
        made.use(dollarmath.dollarmath_plugin, allow_digits=False, double_inline=True)
    if dialect in ("admonitions", "all"):
        made.use(admon.admon_plugin)
    if dialect == "myst":
        made.use(colon_fence.colon_fence_plugin).use(myst_blocks.myst_block_plugin)
        made.use(myst_role.myst_role_plugin).use(attrs.attrs_block_plugin).use(attrs.attrs_plugin)
    if dialect == "containers":
        for name in ("note", "tip", "warning", "details"):
            made.use(container.container_plugin, name)
    return made


class _Shape(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[str] = []
        self.prose: list[str] = []
        self._opaque: list[str] = []

    def handle_starttag(self, tag, attrs):
        if tag == "p":
            self._opaque.clear()  # Markdown goes on behind a blank line, in `pre` too
        if (dict(attrs).get("class") or "").startswith("language-{"):
            self._opaque.clear()  # a directive of MyST, whose body is prose
        elif tag in _OPAQUE and dict(attrs).get("class") != "content":  # a verse of AsciiDoc
            self._opaque.append(tag)
        said = []
        for key, value in attrs:
            if key in _PROSE and value:
                self.prose.append(value)
            said.append(f"{key}={'•' if key in _PROSE else value}")
        self.found.append(f"<{tag} {' '.join(said)}>")

    def handle_endtag(self, tag):
        if self._opaque and self._opaque[-1] == tag:
            self._opaque.pop()
        self.found.append(f"</{tag}>")

    def handle_data(self, data):
        if self._opaque:
            code = " ".join(data.split()) if self._opaque == ["code"] else data
            self.found.append(code)
        elif any(map(str.isalpha, data)):
            self.prose.append(data)
            if self.found[-1:] != ["•"]:
                self.found.append("•")

    def handle_comment(self, data):
        self.found.append(f"<!--{' '.join(data.split())}-->")


def _seen(text: str, dialect: str) -> _Shape:
    return _of_page(parser(dialect).render(text))


def _of_page(page: str) -> _Shape:
    seen = _Shape()
    seen.feed(re.sub(r"<!--?-?>|<!--->", "", page))  # Python's parser knows no such comments
    seen.close()
    return seen


def shape_of_page(page: str) -> list[str]:
    """The shape of a page in HTML."""
    return _of_page(page).found


def shape(text: str, dialect: str = "") -> list[str]:
    """Elements, attributes, code and places of prose of a text, in order."""
    return _seen(text, dialect).found


def of_format(form: str, text: str) -> list[str]:
    """The shape of a text of any format that has one."""
    if form in ("srt", "vtt"):
        return _cues(form, text)
    if form == "asciidoc":
        return shape_of_page(audit.rendered_asciidoc(text))
    if form == "latex":
        return shape_of_page(audit.rendered_latex(text))
    if form == "rst":
        pytest.importorskip("docutils")
        return doctree.shape(text)
    return shape(text, "definitions")


def _cues(form: str, text: str) -> list[str]:
    """The times of every cue, and whether it shows anything."""
    if form == "vtt":
        webvtt = pytest.importorskip("webvtt")
        captions = webvtt.from_string(text.lstrip("\ufeff")).captions
        return [f"{one.start} {one.end} {bool(one.text.strip())}" for one in captions]
    pysubs2 = pytest.importorskip("pysubs2")
    cues = pysubs2.SSAFile.from_string(text, form)
    return [f"{cue.start} {cue.end} {bool(cue.plaintext.strip())}" for cue in cues]


def words(text: str, dialect: str = "") -> list[str]:
    """The words that a reader of the page sees, outside of code."""
    return [
        word for said in _seen(text, dialect).prose for word in re.findall(r"[^\W\d_]{2,}", said)
    ]


def translated(unit) -> str | None:
    """A unit's source in other letters, with its markup as it is."""
    parts = protected(unit.source)
    texts = [TAGS.read(pseudo._words(TAGS.written(said), "ru")) for said in parts.texts]
    out = [texts[0]]
    for mark, said in zip(parts.marks, texts[1:], strict=True):
        out += [mark.said, said]
    return "".join(out)
