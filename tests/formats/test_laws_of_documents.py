"""Laws of every reader: what is not translated comes back byte for byte."""

from __future__ import annotations

import pickle
import unicodedata
from itertools import product

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

import archive_shapes
import shapes
from conftest import ROOT
from dragoman.errors import DragomanError
from dragoman.formats import FORMATS, ReadOptions, spans
from dragoman.formats.audit import audit_archive
from dragoman.formats.dialects import COMMON, DIALECTS
from dragoman.formats.inline_code import phrases
from dragoman.formats.read_options import whole
from dragoman.formats.units import one_line
from dragoman.segment import segmenter
from dragoman.text.bidi import CONTROLS
from growth_rates import assert_grows_evenly

SENTENCES = segmenter("en").spans
OPTIONS = [
    ReadOptions(split=split, paragraphs=paragraphs, front_matter=frozenset({"title", "a.b", "x"}))
    for split in (SENTENCES, whole)
    for paragraphs in ("auto", "line", "blank")
]
OPTIONS += [OPTIONS[0]._replace(dialect=dialect) for dialect in DIALECTS]
OPTIONS += [OPTIONS[0]._replace(keep=(r"Two!|^words?$", r"\{x.*"), html=False)]

PIECES = st.sampled_from(
    [
        "One sentence. ",
        "Two! ",
        "“Quoted,” said Mr. X. ",
        "word ",
        "\n",
        "\n\n",
        "\r\n",
        "\t",
        "    ",
        "  \n",
        "\\\n",
        "# ",
        "## H",
        "- ",
        "* ",
        "1. ",
        "2) ",
        "> ",
        ">",
        "| a | b |\n|---|---|\n",
        "| c. D | `e. F` |\n",
        "**",
        "*",
        "_",
        "`",
        "``",
        "```\n",
        "~~~",
        "[",
        "](",
        ")",
        '](x "T. U")',
        "[^1]",
        "[^1]: ",
        "[r]: /u 'T'\n",
        "<b>",
        "</b>",
        "<!-- c -->",
        "<!-- dragoman: skip -->\n",
        "<!-- dragoman: note N. M -->\n\n",
        "<div>\n",
        "https://a.b/c. ",
        "---\n",
        "+++\n",
        "title: A b. C\n",
        "title: 'it''s'\n",
        "x: |\n  a\n  b\n",
        'title = "q\\""\n',
        "===\n",
        "![a. B](i.png)",
        "\ufeff",
        "\u200f",
        "\u2066",
        "שלום. עוד",
        "é",
        "\u2028",
        "\x0b",
        "\x0c",
        "\x85",
        "\x1c",
        "\u00a0",
        "😀",
        "&amp;",
        "\\",
        "[x] ",
        "+ ",
        "# dragoman: note Hi\n",
        "# dragoman: skip\n",
        "\r",
        "{#id}",
        "~~",
        "(1992) ",
        "...",
        "… ",
        ". . . ",
        "e.g. ",
    ]
)
DIALECT_PIECES = st.sampled_from(
    [
        "Words in é. ",
        "Two! ",
        "\n",
        "\n\n",
        "\r\n",
        "    ",
        "  \n",
        "> ",
        "- ",
        "1. ",
        "# ",
        "```\n",
        "Term\n: What it is.\n",
        ": more\n",
        "~ more\n",
        ":smile: ",
        "$$",
        "$x_1$ ",
        "costs $5 ",
        "\\[\n",
        "\\]\n",
        "\\(x^2\\) ",
        "\\begin{align}\n",
        "\\end{align}\n",
        ":::note A title\n",
        "::: {.x #y}\n",
        ":::\n",
        "::: a.b.c\n",
        '!!! note "A title"\n',
        "??? tip\n",
        '=== "Tab é"\n',
        "{: .x}\n",
        "{.x #y}\n",
        " {#id}\n",
        "](x){.y}",
        "(target)=\n",
        "% comment\n",
        "```{note} A title\n:class: x\n",
        "```{python}\n",
        '````smart a="`x`"\n',
        "````\n",
        "{ref}`x` ",
        '{{< figure caption="A caption" >}}\n',
        "{{% x %}}",
        "{{ y }}",
        "{% include a.html\n text='Said é' %}\n",
        "{% raw %}",
        "{% highlight x %}\n",
        "{% endhighlight %}\n",
        "[[Page|label]] ",
        "[[toc]]\n",
        "*[HTML]: Hyper Text\n",
        "> [!NOTE] A title\n",
        "> [!NOTE]\n",
        "import X from 'x'\n",
        '<Tabs title="A title"\n b={x}>\n',
        "</Tabs>\n",
        "{/* c */}",
        "{x ? `y` : '}'}",
        '--8<-- "x"\n',
        "+---+\n",
        "| x |\n",
        "++ctrl+c++ ",
        '<p title="A title">Text é. More.\n',
        "<p>",
        "</p>\n",
        "<br>",
        "<em>",
        "</em>",
        "<!-- dragoman: skip -->",
        "<img alt='An image'>",
        "<pre>",
        "</pre>",
        '<div markdown="1">\n',
        "[a]",
        "[a][]",
        "[a]: /u\n",
        "&amp;",
    ]
)
CUE_PIECES = st.sampled_from(
    [
        "WEBVTT - a title\n\n",
        "\n",
        "\n\n",
        "\r\n",
        "\r",
        "1\n",
        "name\n",
        "00:00:01,000 --> 00:00:02,000\n",
        "00:01.000 --> 00:02.000 align:start\r\n",
        "0:1 -> 0:2\n",
        "--> 00:00:05,000\n",
        "see --> there ",
        "NOTE a --> b\n",
        "NOTE dragoman: skip\n\n",
        "STYLE\n::cue {}\n\n",
        "Words in é. ",
        "One two. Two! ",
        "that goes on ",
        "- Who?\n- Me.\n",
        "-",
        "—",
        "<i>",
        "</i>",
        "<i>All.</i>\n<i>More</i>",
        "<v Ann B>",
        "</v>",
        "<c.x>",
        "<00:01.500>",
        "{\\an8}",
        "{",
        "♪ la la ♪",
        "[DOOR OPENS]\n",
        "(",
        "ALL CAPS ",
        "\u202bשלום.\u202c",
        "\ufeff",
        "&amp; &lt; ",
        "日本語。字幕",
    ]
)
ADOC_PIECES = st.sampled_from(
    [
        "= Title\n",
        "Old title\n---------\n",
        ":lang: en\n",
        ":title: A b\n",
        ":x: a \\\n b\n",
        "Ann B <a@b.c>\n",
        "Words in é. ",
        "Two! ",
        "\n",
        "\n\n",
        "\r\n",
        " +\n",
        "+\n",
        "// c\n",
        "// dragoman: skip\n",
        "////\n",
        "----\n",
        "....\n",
        "====\n",
        "____\n",
        "--\n",
        "```\n",
        "|===\n",
        "!===\n",
        '[cols="1,2a,m"]\n',
        "|a ",
        "2+^.^a|* b",
        "l|",
        "\\|",
        "[quote, A b, C]\n",
        "[verse]\n",
        "[%hardbreaks]\n",
        ".Block title\n",
        "[[id]]",
        "* item\n",
        ". item\n",
        "term:: text\n",
        "term::\n",
        " indented\n",
        "<1> callout\n",
        "NOTE: note\n",
        "image::a.png[Alt text, 2]\n",
        "ifdef::x[]\n",
        "include::x[]\n",
        "link:a[b] ",
        "https://a.b[c. D] ",
        "<<x,y>> ",
        "footnote:[a. B] ",
        "`code` ",
        "*",
        "_",
        "#",
        "+x+ ",
        "{attr} ",
        "((( ",
        "[.role]#x# ",
    ]
)
RST_PIECES = st.sampled_from(
    [
        "Title\n-----\n",
        "=====\nTitle\n=====\n",
        "Words in é. ",
        "Two! ",
        "\n",
        "\n\n",
        "\r\n",
        "   ",
        "\t",
        "* item\n",
        "1. item\n",
        "term : kind\n  what\n",
        ":Field: text\n",
        "-o FILE  text\n",
        "| verse\n",
        "a::\n\n  code\n",
        "::\n",
        ">>> x\n",
        ".. c\n",
        ".. note:: A b.\n   C\n\n",
        ".. figure:: a\n   :alt: B c\n",
        ".. dragoman: skip\n\n",
        ".. [1] note\n",
        ".. |x| replace:: text\n",
        ".. _x: y\n",
        "__ x\n",
        '.. csv-table:: T\n\n   "a ""b"". C",d\n',
        "+---+---+\n| a | b |\n|   +---+\n| c | 日 |\n+---+---+\n",
        "== ==\na  b\n   c\n== ==\n",
        "+--+\n",
        "== ==\n",
        "`a`_ ",
        "`a <b>`__ ",
        "a_ ",
        ":ref:`a. B` ",
        "``c  d`` ",
        "*",
        "**",
        "`",
        "|x| ",
        "[1]_ ",
        "\\",
        "_`t` ",
    ]
)
TEX_PIECES = st.sampled_from(
    [
        "Words in é. ",
        "Two! ",
        "\n",
        "\n\n",
        "\r\n",
        "% c\n",
        "% dragoman: skip\n",
        "\\section[a]{B. C}",
        "\\title{A}",
        "\\begin{document}\n",
        "\\end{document}\n",
        "\\begin{itemize}",
        "\\item[x] y ",
        "\\begin{tabular}{l}",
        "\\begin{align}",
        "\\end{align}",
        "\\begin{verbatim}\n%{\n\\end{verbatim}\n",
        "\\\\[2pt]",
        " & ",
        "\\emph{a. B} ",
        "\\emph{",
        "{\\bf c} ",
        "\\ref{d} ",
        "\\href{a%b}{c}",
        "\\verb|%{| ",
        "$x$ ",
        "$",
        "\\[ y \\]",
        "\\(",
        "{",
        "}",
        "\\",
        "\\noindent ",
        "\\'e",
        "~",
        "\\def\\a#1{b}",
    ]
)
TEXTS = st.one_of(
    st.lists(TEX_PIECES, max_size=14).map("".join),
    st.lists(RST_PIECES, max_size=14).map("".join),
    st.lists(ADOC_PIECES, max_size=14).map("".join),
    st.lists(CUE_PIECES, max_size=14).map("".join),
    st.lists(PIECES, max_size=14).map("".join),
    st.lists(DIALECT_PIECES, max_size=14).map("".join),
    st.text(max_size=60),
)


TEXTUAL = [form for form in FORMATS if not form.BINARY]


def _read(form, text, options):
    try:
        return form.read(text, options)
    except DragomanError as error:  # front matter or a comment of ours that cannot be read
        assert error.how_to_fix
        return None


@pytest.mark.parametrize("form", TEXTUAL, ids=lambda form: form.NAME)
@given(text=TEXTS)
@example("---\ntitle: A\n---\n\nText. More.\n")
@example("> a. B\n> > c. D\n\n1. x. Y\n\n   z\n")
@example("*A. B.*\n")
def test_identity_echo_and_clean(form, text):
    """With an empty catalog, or one that echoes, the text is the same; units are clean."""
    _holds_identity_echo_and_clean(form, text)


@pytest.mark.parametrize("form", FORMATS, ids=lambda form: form.NAME)
@given(data=st.data())
def test_laws_hold_for_samples(form, data):
    text = form.sample(data.draw(st.lists(st.sampled_from(form.SAMPLES), max_size=8)))
    _holds_identity_echo_and_clean(form, text)
    _holds_positions(form, text)


@pytest.mark.parametrize(
    "form", [form for form in FORMATS if form.BINARY], ids=lambda form: form.NAME
)
def test_archives_keep_their_shape_and_all_words_are_offered(form):
    """A pseudo-translated archive has the elements of its source, and the audit finds nothing."""
    for pair in product(form.SAMPLES, repeat=2):
        data = form.sample(pair)
        document = form.read(data, OPTIONS[0])
        built = document.encode(document.render(shapes.translated, "he"), "he")
        assert archive_shapes.shape(built) == archive_shapes.shape(data)
        assert audit_archive(data, document) == []


@pytest.mark.parametrize("form", FORMATS, ids=lambda form: form.NAME)
def test_samples_have_units(form):
    """Laws on texts without units would say nothing."""
    texts = [form.sample(pair) for pair in product(form.SAMPLES, repeat=2)]
    with_units = [text for text in texts if any(form.read(text, OPTIONS[0]).units)]
    assert len(with_units) > len(texts) * 3 / 4


def _holds_identity_echo_and_clean(form, text):
    # of the options, archives know only how sentences are split
    for options in (OPTIONS[0], OPTIONS[3]) if form.BINARY else OPTIONS:
        document = _read(form, text, options)
        if document is None:
            continue
        for rendering in (document.render(lambda _: None), document.render(lambda u: u.source)):
            assert (document.encode(rendering, "") if form.BINARY else rendering) == text
        for unit in document.units:
            assert unit.source
            assert unit.source == unit.source.strip()
            assert "\n" not in unit.source
            assert CONTROLS.isdisjoint(unit.source)
            assert any(unicodedata.category(char).startswith("L") for char in unit.source)


@pytest.mark.parametrize("form", TEXTUAL, ids=lambda form: form.NAME)
@given(text=TEXTS)
def test_units_stand_where_they_say(form, text):
    """Line and column of a unit lead to its raw text."""
    _holds_positions(form, text)


def _holds_positions(form, text):
    document = _read(form, text, OPTIONS[0])
    if form.BINARY:
        text = document.render(lambda _: None)
    for unit in document.units if document else ():
        line = text.removeprefix("\ufeff").split("\n")[unit.line - 1] + "\n"
        assert (line[unit.column - 1 :] + "\n").startswith(unit.raw.split("\n")[0])


@given(text=TEXTS, target=st.one_of(TEXTS, st.text(max_size=20)))
def test_no_target_changes_the_blocks_of_markdown(text, target):
    """Whatever a paragraph's target says, the rendered text has the same blocks."""
    from dragoman.formats import markdown

    document = _read(
        markdown,
        "Before.\n\nHere it is.\n\n- item one\n\n# Head\n\n| a | b |\n|---|---|\n| c | d |\n",
        OPTIONS[0],
    )
    assert document is not None
    shown = " ".join(target.split())
    if (
        not shown
        or any(phrases(shown, COMMON))  # code of a dialect says nothing that is translated
        or any(mark in shown for mark in "`<[*_~&")  # an entity has letters, and says none
        or not shown.isprintable()
        or "\x00" in shown
    ):
        return
    out = document.render(lambda _: target)
    again = markdown.read(out, ReadOptions())
    kinds = [b.kind for b in document.blocks if list(b.units)]
    found = [b.kind for b in again.blocks if list(b.units)]
    if any(char.isalpha() for char in shown):
        assert found == kinds, out
    assert text is not None


def test_commonmark_examples(commonmark):
    """All examples of the CommonMark spec come back byte for byte."""
    assert len(commonmark) >= 652
    for text in commonmark:
        for form in TEXTUAL:
            for options in OPTIONS:
                document = _read(form, text, options)
                if document is not None:
                    assert document.render(lambda _: None) == text
                    assert document.render(lambda unit: unit.source) == text


@pytest.mark.parametrize(
    "path", sorted((ROOT / "source_texts").glob("*.*")), ids=lambda path: path.name
)
def test_our_own_texts(path):
    """Our texts come back byte for byte, also with CRLF, a byte order mark and no last line end."""
    form = next(f for f in FORMATS if path.suffix in f.SUFFIXES)
    text = path.read_bytes().decode()
    count = len(form.read(text, OPTIONS[0]).units)
    for variant in (text, "\ufeff" + text, text.replace("\n", "\r\n"), text.rstrip("\n")):
        document = form.read(variant, OPTIONS[0])
        assert document.render(lambda _: None) == variant
        assert document.render(lambda unit: unit.source) == variant
        assert len(document.units) == count


@pytest.mark.parametrize(
    "piece",
    [
        "![",
        "e.g. ",
        "[",
        "`",
        "<",
        "*",
        "_a",
        "](",
        "&",
        "[^1]",
        "> ",
        "- ",
        "|a",
        "<!--",
        "**a",
        "\\",
    ],
)
def test_long_lines_are_read_in_even_time(piece):
    """A long line is read in time that grows as the line does, and comes back."""

    def read(size):
        text = piece * (size // len(piece))
        for form in TEXTUAL:
            document = _read(form, text, OPTIONS[0])  # subtitles have bounds
            assert document is None or document.render(lambda _: None) == text

    assert_grows_evenly(read, 30_000)


@pytest.mark.parametrize("form", FORMATS, ids=lambda form: form.NAME)
@given(text=TEXTS, data=st.data())
def test_a_document_is_a_value(form, text, data):
    """It can go to another process, or into a cache, and comes back equal and as able."""
    if form.BINARY:
        text = form.sample(data.draw(st.lists(st.sampled_from(form.SAMPLES), max_size=4)))
    document = _read(form, text, OPTIONS[0])
    if document is None:
        return
    again = pickle.loads(pickle.dumps(document))
    assert again == document
    for unit, same in zip(document.units, again.units, strict=True):
        assert again.inline(same.source) == document.inline(unit.source)
        assert same.spell("[x] *y*") == unit.spell("[x] *y*")
    assert again.render(lambda _: None, "he") == document.render(lambda _: None, "he")
    targets = document.render(lambda unit: unit.source[::-1], "he")
    assert again.encode(targets, "he") == document.encode(targets, "he")


@given(
    st.text("ab .,;!?-+=$%^'\"()1“–…\u00a0\u200f\u0301שלв\u2028\ufeffwW/·*[]<&\\_#:", max_size=12)
)
@example("www.a.b")
@example(" a ")
def test_plain_text_is_what_the_parser_reads(text):
    parsed = spans._read(spans.PARSER.events(f"# {one_line(text)}"))
    shown = spans.inline(text)
    assert _joined(shown) == _joined(parsed)


def _joined(found):
    """Spans with adjacent texts as one."""
    out = []
    for span in found:
        if span.name == "text" and out and out[-1].name == "text":
            out[-1] = out[-1]._replace(text=out[-1].text + span.text)
        else:
            out.append(span)
    return out
