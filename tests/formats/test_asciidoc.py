"""AsciiDoc: which lines are prose, and that a translation leaves the others as they are."""

from __future__ import annotations

import shutil

import pytest

import shapes
from dragoman.errors import DragomanError
from dragoman.formats import ReadOptions, audit, format_of
from dragoman.model import Kind
from dragoman.segment import segmenter

OPTIONS = ReadOptions(split=segmenter("en").spans)
needs_asciidoctor = pytest.mark.skipif(shutil.which("asciidoctor") is None, reason="no asciidoctor")

GUIDE = """\
= The ferry: A guide
Ann Writer <ann@example.org>
v1.0, 2024-05-01
:toc:
:lang: en
:description: How to cross
:figure-caption: Picture

The *ferry* leaves at seven, see <<times,the times>>. It
never waits.
// nobody reads this
It comes back at noon.

[[times]]
== Times

* On weekdays. Twice.
** `06:30` and later
+
Unless it snows.

. Buy a ticket
.. At the gate

Fare:: What it costs.
`-v`::
Luggage::
  One bag is free. See link:bags.html[the rules].
+
----
not prose
----

NOTE: Take a coat.

[WARNING]
.Deep water
====
Do not lean out.

* Not even once
====

[quote, A sailor, A letter home]
____
The sea is patient.
____

.All fares
[cols="1,2a,1m"]
|===
|Who |What |Code

|Adults. Also dogs.
|* Full
* Half \\| less
|x.y

2+|Children
|z
|===

image::map.png[A map, 200, title="Seen, from above"]

A link https://example.org[to the site], and it footnote:[In spring.] opens.
First line. +
Second line.

 a literal line
 and another

[source,ruby]
puts "x"

[verse]
Roses are red,
violets blue.

Old title
---------

ifdef::more[]
Only with more.
endif::[]

--
In an open block.

  literal
--

++++
<b>raw</b>
++++
"""

UNITS = [
    "The ferry: A guide", "How to cross", "Picture",
    "The *ferry* leaves at seven, see <<times,the times>>.", "It never waits.",
    "It comes back at noon.", "Times", "On weekdays.", "Twice.", "`06:30` and later",
    "Unless it snows.", "Buy a ticket", "At the gate", "Fare", "What it costs.", "Luggage",
    "One bag is free.", "See link:bags.html[the rules].", "Take a coat.", "Deep water",
    "Do not lean out.", "Not even once", "A sailor", "A letter home", "The sea is patient.",
    "All fares", "Who", "What", "Code", "Adults.", "Also dogs.", "Full", "Half \\| less", "Children",
    "A map", "Seen, from above",
    "A link https://example.org[to the site], and it footnote:[In spring.] opens.",
    "First line.", "Second line.", "Roses are red,", "violets blue.", "Old title",
    "Only with more.", "In an open block.",
]  # fmt: skip


def read(text):
    return format_of("a.adoc").read(text, OPTIONS)


def test_what_is_offered():
    assert [unit.source for unit in read(GUIDE).units] == UNITS


@pytest.mark.parametrize(
    "change", [str, lambda text: text.replace("\n", "\r\n"), lambda text: "\ufeff" + text.rstrip()]
)
def test_it_comes_back(change):
    text = change(GUIDE)
    document = read(text)
    assert document.render(lambda _: None) == text
    assert document.render(lambda unit: unit.source) == text
    assert len(document.units) == len(UNITS)


def test_same_blocks_after_translation():
    """What is made of it is read with the same blocks, and the same code in them."""
    document = read(GUIDE)
    again = read(document.render(shapes.translated))
    assert [(b.kind, b.level, b.literal, len(b.units)) for b in again.blocks] == [
        (b.kind, b.level, b.literal, len(b.units)) for b in document.blocks
    ]


@needs_asciidoctor
@pytest.mark.parametrize(
    "text", [GUIDE, "".join(format_of("a.adoc").SAMPLES)], ids=["guide", "samples"]
)
def test_same_shape_as_asciidoctor_reads_it(text):
    built = read(text).render(shapes.translated)
    assert shapes.of_format("asciidoc", built) == shapes.of_format("asciidoc", text)
    found = audit.audit(text, read(text), "asciidoc")
    assert [one for one in found if not one.reason] == []


def test_the_audit_says_what_it_needs(monkeypatch):
    monkeypatch.setenv("PATH", "")
    with pytest.raises(DragomanError, match="needs Asciidoctor"):
        audit.audit("A.", read("A."), "asciidoc")


def test_a_title_and_the_line_below_it():
    text = "A title\n=======\n\nText.\n"
    assert read(text).render(
        lambda unit: "Длинное заглавие" if "title" in unit.source else None
    ) == ("Длинное заглавие\n================\n\nText.\n")


@pytest.mark.parametrize(
    ("source", "target", "built"),
    [
        ("Text.", "* пункт", "{empty}* пункт"),
        ("Text.", "1986. Год", "{empty}1986. Год"),
        ("Text.", "= Заглавие", "{empty}= Заглавие"),
        ("Text.", ".Заглавие", "{empty}.Заглавие"),
        ("Text.", "NOTE: текст", "{empty}NOTE: текст"),
        ("Text.", "Слово:: текст", "Слово:{empty}: текст"),
        ("Text.", "[текст]", "{empty}[текст]"),
        ("Text.", "текст +", "текст +{empty}"),
        ("Text.", "a::b", "a::b"),
        ("* Text", "* пункт", "* * пункт"),
        ("* Text", "[x] пункт", "* {empty}[x] пункт"),
        ("|===\n|Text\n|===", "а|б", "|===\n|а\\|б\n|==="),
        ("|===\na|Text\n|===", "а|б", "|===\na|а\\|б\n|==="),
        ("image::a.png[Text]", "а, б", 'image::a.png["а, б"]'),
        ('image::a.png["Text"]', 'а "б"', 'image::a.png["а \\"б\\""]'),
        ("image::a.png[Text]", "а]", "image::a.png[а\\]]"),
    ],
)
def test_escapes_only_where_the_parse_would_change(source, target, built):
    assert read(source + "\n").render(lambda _: target) == built + "\n"


def test_names_of_the_language_follow_the_locale():
    assert read("= A\n:lang: en\n").render(lambda _: None, "he") == "= A\n:lang: he\n"


def test_comments_to_the_tool():
    document = read("// dragoman: skip\nOne.\n\n// dragoman: note A number\nTwo.\n")
    assert [(unit.source, unit.notes) for unit in document.units] == [("Two.", ("A number",))]


def test_kinds():
    kinds = {unit.source: block.kind for block in read(GUIDE).blocks for unit in block.units}
    assert kinds["Times"] == Kind.HEADING
    assert kinds["Twice."] == kinds["What it costs."] == Kind.ITEM
    assert kinds["Who"] == kinds["Full"] == Kind.CELL or kinds["Full"] == Kind.ITEM


@pytest.mark.parametrize(
    "piece", ["[", "|", "|a ", "   ", "* a\n", "`", "<<", "a::\n", "====\n", "--\n", "((("]
)
def test_long_texts_are_read_in_even_time(piece):
    from growth_rates import assert_grows_evenly

    def work(size):
        text = "|===\n" + piece * (size // len(piece))
        assert read(text).render(lambda _: None) == text
        assert read(text[5:]).render(lambda _: None) == text[5:]

    assert_grows_evenly(work, 2_000)
