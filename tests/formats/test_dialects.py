"""Dialects: a text of each, what of it is offered, and that a translation changes nothing else."""

from __future__ import annotations

import os

import pytest

import shapes
from conftest import ROOT
from dragoman.formats import ReadOptions, audit, format_of, structure
from dragoman.formats.dialects import DIALECTS
from dragoman.project import dialect
from dragoman.segment import segmenter

SAMPLES = [p for p in sorted((ROOT / "tests/formats/dialects").iterdir()) if p.suffix != ".units"]
FRONT = frozenset(("title", "params.tagline", "tags[]", "links[].name", "sidebar_label"))
OTHERS = {
    "": "A [b](c) *d*.\n\n<p title='x'>In <b>HTML</b>.</p>\n\n- [x] e\n",
    "admonitions": '!!! note "A title"\n    The body. More.\n\n    - item\n\nAfter.\n',
    "containers": "::: note A title\nThe body. More.\n:::\n\nAfter.\n",
    "definitions": "Term\n: What it is.\n: Or not.\n\n    More of it.\n\nAfter.\n",
    "math": "Here $x_1 = 2$ is.\n\n$$\na - b\n$$\n\nAfter $y$.\n",
    "myst": "(t)=\n# Head\n\n% no\n\n{.x}\nText {ref}`y` here. More.\n\n+++\n\nAfter.\n",
}
"""Texts that an independent implementation reads as the dialect does, by what makes it do so."""


def read(path, text):
    known = path.stem if path.stem in DIALECTS else "auto"
    options = ReadOptions(
        split=segmenter("en").spans, front_matter=FRONT, dialect=known, file=path.name
    )
    return format_of(path.name).read(text, options)


def lines(document):
    """The blocks of a document, each on a line with its units, and code behind a bar."""
    for block in document.blocks:
        kind = f"{block.kind} {block.level}".removesuffix(" 0") + f" {block.label}".rstrip()
        if block.units:
            yield f"{kind}: {' ⏎ '.join(unit.source for unit in block.units)}"
        elif block.literal:
            yield f"{kind} | {' ⏎ '.join(block.literal.strip().splitlines())}"


def outline(document):
    """The blocks without what their units say."""
    return [
        (block.kind, block.level, block.label, block.literal, len(block.units))
        for block in document.blocks
        if block.units or block.literal
    ]


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.name)
def test_golden_units(path):
    """What is offered of each sample is what stands beside it."""
    golden = path.with_name(path.name + ".units")
    found = "\n".join(lines(read(path, path.read_text("utf-8")))) + "\n"
    if os.environ.get("ACCEPT"):
        golden.write_text(found, "utf-8")
    assert found == golden.read_text("utf-8")


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.name)
def test_laws_of_samples(path):
    """Every sample comes back, with other line ends and as the end of a text too."""
    text = path.read_text("utf-8")
    count = len(read(path, text).units)
    for variant in (text, "\ufeff" + text, text.replace("\n", "\r\n"), text.rstrip("\n")):
        document = read(path, variant)
        assert document.render(lambda _: None) == variant
        assert document.render(lambda unit: unit.source) == variant
        assert len(document.units) == count


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.name)
def test_same_shape_as_we_read_it(path):
    """What is made of a sample has the blocks of the sample, and the same code in them."""
    document = read(path, path.read_text("utf-8"))
    built = document.render(shapes.translated)
    assert built != path.read_text("utf-8")
    assert outline(read(path, built)) == outline(document)


@pytest.mark.parametrize("plugin", OTHERS)
def test_same_shape_as_others_read_it(plugin):
    """An independent implementation sees the same elements, attributes, code and addresses."""
    text = OTHERS[plugin]
    known = plugin if plugin in DIALECTS else "auto"
    options = ReadOptions(split=segmenter("en").spans, dialect=known)
    built = format_of("a.md").read(text, options).render(shapes.translated)
    assert built != text
    assert shapes.shape(built, plugin) == shapes.shape(text, plugin)


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.name)
def test_everything_is_offered(path):
    """Every word that a reader sees is a unit, or is left out on purpose."""
    shapes.parser()
    text = path.read_text("utf-8")
    known = path.stem if path.stem in DIALECTS else "auto"
    found = audit.audit(text, read(path, text), format_of(path.name).NAME, known, path.name)
    assert [one for one in found if not one.reason] == []


def test_the_audit_finds_what_is_not_offered():
    shapes.parser()
    text = "One.\n\n<p>Two words here.</p>\n"
    document = format_of("a.md").read(text, ReadOptions(html=False))
    (found,) = audit.audit(text, document)
    assert (found.line, found.words) == (3, ("two", "words", "here"))


def test_settings_know_every_dialect():
    assert sorted(dialect.NAMES) == sorted(DIALECTS)


def test_commonmark_has_no_dialect():
    text = "!!! note\n\n{{% x %}}\n\n$$\nx\n$$\n"
    options = ReadOptions(dialect="commonmark")
    units = [unit.source for unit in format_of("a.md").read(text, options).units]
    assert units == ["!!! note", "{{% x %}}", "$$ x $$"]


@pytest.mark.parametrize(
    ("source", "target", "built"),
    [
        ("### 1. The step", "1. Шаг", "### 1. Шаг"),
        ("### - A dash", "- Тире", "### - Тире"),
        ("Head\n====", "1. Шаг", "1\\. Шаг\n===="),
        ("# A", "A #", "# A \\#"),
        ("A", "- А", "\\- А"),
        ("A", "1986. А", "1986\\. А"),
        ("A", "$5 за штуку", "$5 за штуку"),
        ("A", ":::note x", "\\:::note x"),
        ("A", '!!! note "x"', '\\!!! note "x"'),
        ("- A", "[x] Б", "- \\[x] Б"),
        ("A", "[x] Б", "[x] Б"),
        ("> A", "> Б", "> \\> Б"),
        ("| A |\n|---|", "Б|В", "| Б\\|В |\n|---|"),
    ],
)
def test_escapes_only_where_the_parse_would_change(source, target, built):
    document = format_of("a.md").read(source, ReadOptions(split=segmenter("en").spans))
    assert document.render(lambda _: target) == built


def test_no_escape_of_a_sentence_inside_a_line():
    document = format_of("a.md").read(
        "One is here. Two are there.", ReadOptions(split=segmenter("en").spans)
    )
    targets = dict(zip(["One is here.", "Two are there."], ["Раз.", "2. Два."], strict=True))
    assert document.render(lambda unit: targets[unit.source]) == "Раз. 2. Два."


@pytest.mark.parametrize(
    ("source", "target", "built"),
    [
        ("See the [manual].", "См. [руководство].", "См. [руководство][manual]."),
        ("See the [guide][].", "См. [справку][].", "См. [справку][guide]."),
        ("See the [guide][] and [manual].", "[Р][] и [С].", "[Р][guide] и [С][manual]."),
        ("See the [manual].", "См. [manual].", "См. [manual]."),
        ("See [this][manual].", "См. [это][manual].", "См. [это][manual]."),
        ("A [sic] [manual].", "Так [sic] и [книга].", "Так [sic] и [книга][manual]."),
        ("See ![manual].", "См. ![книгу].", "См. ![книгу][manual]."),
        ("See the [manual].", "См. [книгу](/x).", "См. [книгу](/x)."),
    ],
)
def test_links_by_their_text_alone(source, target, built):
    """A label that a translation words otherwise names what the source's label named."""
    definitions = "\n\n[manual]: /m\n[guide]: /g\n"
    document = format_of("a.md").read(source + definitions, ReadOptions())
    assert document.render(lambda _: target) == built + definitions


@pytest.mark.parametrize(
    ("text", "units"),
    [
        ("*Roses are red,\\\nviolets are blue.*", ["Roses are red,", "violets are blue."]),
        ("**Name  \nTitle**", ["Name", "Title"]),
        ("> _One line  \n> two line_", ["One line", "two line"]),
        ("***One line  \ntwo line***", ["One line", "two line"]),
        ("[One  \ntwo](/x) end", ["[One", "two](/x) end"]),
    ],
)
def test_a_hard_break_ends_a_unit(text, units):
    """Inside emphasis and links too, and its line stays."""
    document = format_of("a.md").read(text, ReadOptions(split=segmenter("en").spans))
    assert [unit.source for unit in document.units] == units
    assert [unit.new_line for unit in document.units] == [False, True]
    assert document.render(lambda unit: unit.source + "!").count("\n") == text.count("\n")


OTHER_SHAPES = {
    "[link](<foo\nbar>)\n",  # the line end alone keeps it from being a link
    "[foo][bar][baz]\n\n[baz]: /url1\n[bar]: /url2\n",  # the names tell which bracket is a name
}
"""Examples of CommonMark whose shape no translation on one line keeps."""


def test_commonmark_examples_keep_their_shape(commonmark):
    """Translated in other letters, they have the elements, attributes and addresses they had."""
    lost = set()
    for text in commonmark:
        document = format_of("a.md").read(text, ReadOptions(front_matter=frozenset()))
        if shapes.shape(document.render(shapes.translated)) != shapes.shape(text):
            lost.add(text)
    assert lost <= OTHER_SHAPES


@pytest.mark.parametrize("piece", ["{", "{`", "{'", "{\n\n", "<A {", "{{}", "<a b={"])
def test_braces_that_are_never_closed_are_read_a_few_times(piece, monkeypatch):
    """How often a brace or a quotation mark is looked at, for texts of nothing but open braces."""

    class Braces:
        looked = 0
        pattern = structure._BRACES

        def finditer(self, *places):
            for one in self.pattern.finditer(*places):
                Braces.looked += 1
                yield one

    monkeypatch.setattr(structure, "_BRACES", Braces())
    text = piece * 2_000
    options = ReadOptions(file="a.mdx", dialect="docusaurus")
    assert format_of("a.mdx").read(text, options).render(lambda _: None) == text
    assert Braces.looked < 2_000 * 300
