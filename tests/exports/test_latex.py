"""LaTeX: whatever a text says is said and not obeyed; columns and languages are in their places."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from test_epub import EDITIONS, HOSTILE, SAID, _parallel

from dragoman.exports import latex
from dragoman.exports.parts.export_options import ExportOptions
from dragoman.formats import ReadOptions, markdown
from dragoman.parallel.rows import align

_BACK = {name: char for char, name in latex._ESCAPES.items()}
_TOKEN = re.compile("|".join(re.escape(name) for name in sorted(_BACK, key=len, reverse=True)))


def _read(source: str) -> str:
    """What LaTeX reads: escapes as their characters, empty groups as nothing."""
    out, done = [], 0
    for found in _TOKEN.finditer(source):
        out += [source[done : found.start()].replace("{}", ""), _BACK[found[0]]]
        done = found.end()
    return "".join([*out, source[done:].replace("{}", "")])


@given(st.text(st.sampled_from("ab \\{}$&#_%^~\"'`-,<>אЖ"), max_size=60))
def test_what_is_escaped_is_what_was_said(text):
    source = latex.escaped(text)
    assert _read(source) == text
    left = _TOKEN.sub("", source)
    assert not re.search(r"[\\$&#_%^~\"'`]", left)
    assert not re.search(r"--|,,|<<|>>", source)


def test_controls_and_line_ends_are_no_source():
    assert latex.escaped("a\nb\x00\u202ec\r\n") == "a b\ufffdc "


def _balanced(source: str) -> None:
    """Braces and environments are closed in the order in which they were opened."""
    depth = 0
    for brace in re.findall("[{}]", re.sub(r"\\[\\{}]", "", source)):
        depth += 1 if brace == "{" else -1
        assert depth >= 0
    assert depth == 0
    opened: list[str] = []
    for way, name in re.findall(r"\\(begin|end)\{(\w+)\}", source):
        if way == "begin":
            opened.append(name)
        else:
            assert opened.pop() == name
    assert opened == []


@pytest.mark.parametrize("name", EDITIONS)
def test_editions_are_balanced(name):
    parallel, rows = EDITIONS[name]
    made = latex.export(parallel, ExportOptions(rows=rows))
    _balanced(made)
    assert made == latex.export(parallel, ExportOptions(rows=rows))
    for locale in parallel.locales:
        assert re.search(rf"babelprovide\[import={locale}\b", made)
    body = made.partition(r"\begin{document}")[2]
    assert ("paracol" in body) == (len(parallel.locales) > 1)
    hebrew = re.sub(r"\\(ltr|href)\{.*", "", body)
    assert ("יום" in hebrew) == ("he" in parallel.locales)


def test_hostile_strings_are_words():
    target = r"\input{/etc/passwd} \write18{x} \end{document} % $ ^^41 " + HOSTILE.replace("\\", "")
    made = latex.export(
        _parallel("Fine text here.\n", {"Fine text here.": target}), ExportOptions()
    )
    _balanced(made)
    body = made.partition(r"\begin{document}")[2]
    commands = set(re.findall(r"\\([A-Za-z]+)", body))
    assert commands <= {
        "begin", "end", "switchcolumn", "par", "ltr", "rtl", "href", "untranslated",
        "textbackslash", "textasciicircum", "textquotedbl", "textquotesingle",
    }  # fmt: skip
    assert re.findall(r"\\href\{([^}]*)\}", body) == [r"https://a.example/\%22onclick=x"]


def test_code_ends_where_it_ends():
    source = "Fine text.\n\n```\n\\end{verbatim} \\x\n  two\n```\n"
    made = latex.export(align(markdown.read(source, ReadOptions()), "x", "en", []), ExportOptions())
    assert r"\textbackslash{}end\{verbatim\}" in made
    assert "\\mbox{}\\ \\ two" in made


@pytest.mark.parametrize(("columns", "layout"), [(["he"], "columns"), (["en", "he"], "columns"),
                                                 (["en", "he"], "stacked")])  # fmt: skip
def test_thematic_breaks_are_centred(columns, layout):
    parallel = _parallel("One.\n\n***\n\nTwo.\n", {}).chosen(columns)
    made = latex.export(parallel, ExportOptions(layout=layout))
    assert made.count(r"{\centering\medskip * * *\par\medskip}") == 1
    assert made.count(r"[{{\centering") == (len(columns) > 1 and layout == "columns")


def test_the_first_language_is_at_its_side():
    """Columns stand from left to right on the page."""
    for locales, order in (("en", "he"), ["english", "hebrew"]), (("he", "ru"), ["russian", "hebrew"]):  # fmt: skip
        parallel = _parallel(said=SAID | {"A *day*": "יום"}).chosen(locales)
        made = latex.export(parallel, ExportOptions())
        row = made.partition(r"\switchcolumn[0]*")[2].partition(r"\switchcolumn[0]*")[0]
        languages = re.findall(r"begin\{otherlanguage\}\{(\w+)", row)
        assert languages[order.index("hebrew")] == "hebrew"
        assert len(languages) == 2


def test_footnotes_and_lists():
    made = latex.export(EDITIONS["he"][0], ExportOptions())
    assert made.count(r"\footnote[1]{ההערה.}") == 1
    assert r"\textsuperscript{1}" in made
    assert r"\begin{enumerate}[start=3]" in made
    assert r"\babelprovide[import=he,main]{hebrew}" in made


def test_a_bracket_is_no_argument():
    source = (
        "- [x y]\n- *b*\n\nLine.\\\n[after]\n\n| [a] | b |\n|---|---|\n| [c] | d |\n| [e] | f |\n"
    )
    for columns in (["en"], ["en", "ru"]):
        made = latex.export(_parallel(source, {}).chosen(columns), ExportOptions())
        assert "[x y]" in made
        assert not re.search(r"(\\item|\\\\|\\endhead|\\par)\s*(\[(?!\{)|\*)", made)


def test_the_outline_has_no_footnotes():
    made = latex.export(
        _parallel("# Head *a*[^n]\n\n[^n]: Note.\n", {}).chosen(["en"]), ExportOptions()
    )
    assert r"\section[{Head a}]{Head \emph{a}\footnote[1]{Note.}}" in made
