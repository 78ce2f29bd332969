"""reStructuredText: which lines are prose, and that a translation leaves the others as they are."""

from __future__ import annotations

import pytest

import shapes
from dragoman.catalogs import joins
from dragoman.errors import DragomanError
from dragoman.formats import ReadOptions, audit, doctree, format_of
from dragoman.model import Kind
from dragoman.segment import segmenter

OPTIONS = ReadOptions(split=segmenter("en").spans)

GUIDE = """\
=========
The ferry
=========

:Author: Ann Writer
:Price: Two coins. No change.

The *ferry* leaves at seven, see `The times`_. It
never waits.

.. nobody reads this
   nor this

.. _deep:

The times
---------

* On weekdays. Twice.

  - ``06:30`` and later

  Unless it snows.
* At night

1. Buy a ticket
2. Board it

Fare : money
    What it costs::

        not prose

``-v``
    Louder.

-q, --quiet  Says less.

| Roses are red,
| violets
  blue.

    The sea is patient.

    -- A sailor

.. note:: Take a coat.
   It is cold.

.. admonition:: Deep water
   :class: wide

   Do not lean out.

.. versionchanged:: 3.2
   It is faster.

.. deprecated:: 3.3 Walk instead.

.. figure:: map.png
   :alt: A map
   :width: 20

   Seen from above.

.. code-block:: python
   :caption: An example

   x = "not prose"

.. toctree::
   :caption: Contents

   a
   b

.. unknown:: x

   not read

.. function:: cross(boat, *, fare=None)

   Crosses the water.

   :param boat: The boat.
   :rtype: str

.. list-table:: All fares
   :header-rows: 1

   * - Who
     - What
   * - Adults. Also dogs.
     - Full

.. csv-table:: More fares
   :header: "Who, again", What

   Ann, "A ""free"" ride. Always."
   Bo,7

+---------+--------------+
| Adults  | Full price.  |
|         | No change.   |
+---------+--------------+

======  ======
Day     Price
======  ======
Monday  low
Friday  high. Very
        high.
======  ======

A link `to the site <https://example.org>`_ [1]_ and :ref:`a page <page>`, |this|.

.. [1] In spring. Not later.
.. |this| replace:: the ferry line

What follows is code:

>>> 1 + 1
2

Only `here`__. Ends with::

> quoted

__ https://example.org/x
"""

UNITS = [
    "The ferry", "Price", "Two coins.", "No change.",
    "The *ferry* leaves at seven, see `The times`_.", "It never waits.", "The times",
    "On weekdays.", "Twice.", "``06:30`` and later", "Unless it snows.", "At night",
    "Buy a ticket", "Board it", "Fare", "money", "What it costs:", "Louder.", "Says less.",
    "Roses are red,", "violets blue.", "The sea is patient.", "A sailor", "Take a coat.",
    "It is cold.", "Deep water", "Do not lean out.", "It is faster.", "Walk instead.", "A map",
    "Seen from above.", "An example", "Contents", "Crosses the water.", "The boat.", "All fares",
    "Who", "What", "Adults.", "Also dogs.", "Full", "More fares", "Who, again", "What", "Ann",
    'A ""free"" ride.', "Always.", "Bo", "Adults", "Full price.", "No change.", "Day", "Price",
    "Monday", "low", "Friday", "high.", "Very high.",
    "A link `to the site <https://example.org>`_ [1]_ and :ref:`a page <page>`, |this|.",
    "In spring.", "Not later.", "the ferry line", "What follows is code:", "Only `here`__.",
    "Ends with:",
]  # fmt: skip


def read(text):
    return format_of("a.rst").read(text, OPTIONS)


def built(text, target):
    return read(text).render(lambda _: target)


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
    again = read(document.render(shapes.translated))
    assert [block.kind for block in again.blocks if block.units] == [
        block.kind for block in document.blocks if block.units
    ]


@pytest.mark.parametrize(
    "text", [GUIDE, "".join(format_of("a.rst").SAMPLES)], ids=["guide", "samples"]
)
def test_same_shape_as_docutils_reads_it(text):
    pytest.importorskip("docutils")
    result = read(text).render(shapes.translated)
    assert doctree.shape(result) == doctree.shape(text)
    found = audit.audit(text, read(text), "rst")
    assert [one for one in found if not one.reason] == []


def test_kinds():
    kinds = {unit.source: block.kind for block in read(GUIDE).blocks for unit in block.units}
    assert kinds["The times"] == Kind.HEADING
    assert kinds["Twice."] == kinds["Board it"] == Kind.ITEM
    assert kinds["Fare"] == Kind.TERM
    assert kinds["The sea is patient."] == Kind.QUOTE
    assert kinds["In spring."] == Kind.FOOTNOTE
    assert kinds["Adults."] == Kind.ITEM
    assert kinds["Full price."] == kinds["Monday"] == Kind.CELL


@pytest.mark.parametrize(
    ("target", "line"),
    [("Длинное имя", "==========="), ("日本", "===="), ("שָׁלוֹם", "===="), ("Да", "==")],
)
def test_lines_of_titles_are_as_long_as_the_title(target, line):
    assert built("Name\n====\n", target) == f"{target}\n{line}\n"
    assert built("====\nName\n====\n", target) == f"{line}\n{target}\n{line}\n"
    long = "=" * 20
    assert built(f"Name\n{long}\n", target) == f"{target}\n{long}\n"


def test_references_by_name_reach_what_they_reached():
    docutils = pytest.importorskip("docutils.core")
    text = (
        "See `The times`_, ferry_ and `a site <https://example.org>`_.\n\n"
        "Again: `a site`_, `one`__.\n\nThe times\n---------\n\n.. _ferry: https://example.org/f\n"
        "__ ferry_\n"
    )
    targets = {
        "See `The times`_, ferry_ and `a site <https://example.org>`_.":
            "См. `часы`_, `паром`_ и `сайт <https://example.org>`_.",
        "Again: `a site`_, `one`__.": "Опять: `сайт`_, `один`__.",
        "The times": "Часы",
    }  # fmt: skip
    result = read(text).render(lambda unit: targets[unit.source])
    assert "`часы <the times_>`__" in result
    assert "`паром <ferry_>`__" in result
    assert "\n.. _`The times`:\n\nЧасы\n----\n" in result
    page = docutils.publish_parts(result, writer="html5")["html_body"]
    assert "system-message" not in page
    assert page.count('href="https://example.org/f"') == 2
    assert page.count('href="https://example.org"') == 2


@pytest.mark.parametrize(
    ("source", "target", "result"),
    [
        ("Text.", "- пункт", "\\- пункт"),
        ("Text.", "1986. Год", "\\1986. Год"),
        ("Text.", "A. S. Byatt", "\\A. S. Byatt"),
        ("Text.", "| черта", "\\| черта"),
        ("Text.", ".. текст", "\\.. текст"),
        ("Text.", ":имя: текст", "\\:имя: текст"),
        ("Text.", "текст::", "текст:\\:"),
        ("Text.", "*сноска", "\\*сноска"),
        ("Text.", "слово_", "слово\\_"),
        ("Text.", "а*б и снэйк_кейс", "а*б и снэйк_кейс"),
        ("See ``x``.", "в``x``.", "в\\ ``x``."),
        ("See *x*.", "в *x*ах.", "в *x*\\ ах."),
        ("See |x|.", "ב|x|.", "ב\\ |x|."),
        ("See :ref:`x`.", "ב:ref:`x`.", "ב\\ :ref:`x`."),
        ("Text::\n\n  x", "Слово", "Слово ::\n\n  x"),
        ("Text::\n\n  x", "Слово:", "Слово::\n\n  x"),
        ("Text ::\n\n  x", "Слово:", "Слово: ::\n\n  x"),
        ("- Text", "- пункт", "- \\- пункт"),
        ("Term\n  1", "а : б", "а \\: б\n  1"),
        (".. csv-table::\n\n   Text,1", "а, б", '.. csv-table::\n\n   "а, б",1'),
        ('.. csv-table::\n\n   "Text",1', 'а "б"', '.. csv-table::\n\n   "а ""б""",1'),
    ],
)
def test_escapes_only_where_the_parse_would_change(source, target, result):
    assert built(source + "\n", target) == result + "\n"


def test_a_paragraph_above_indented_lines_stays_one():
    assert built("One\ntwo.\n  1\n", "Раз два.") == "Раз\nдва.\n  1\n"


GRID = """\
 +-----+-------------+---+
 | Who | * sings     | 1 |
 |     |   well      +---+
 |     | * sleeps    | 2 |
 +=====+=============+===+
 | Two columns.      | 3 |
 +-------------------+---+
"""


def test_a_grid_is_drawn_with_room_for_its_cells():
    targets = {
        "Who": "Кто бы ни", "sings well": "громко и долго поёт", "sleeps": "спит",
        "Two columns.": "Столбцы.",
    }  # fmt: skip
    assert (
        read(GRID).render(lambda unit: targets[unit.source])
        == """\
 +-----------+-------------+---+
 | Кто бы ни | * громко и  | 1 |
 |           |   долго     +---+
 |           |   поёт      | 2 |
 |           | * спит      |   |
 +===========+=============+===+
 | Столбцы.                | 3 |
 +-------------------------+---+
"""
    )


@pytest.mark.parametrize("word", ["слово", "日本語", "שָׁלוֹם", "a | b", "x"])
@pytest.mark.parametrize("only", ["", "s", "W"])
def test_drawn_tables_keep_their_cells(word, only):
    pytest.importorskip("docutils")
    simple = "====  =====  =====\nWho   What   Why\n====  =====  =====\nAnn   sings  loud\n\\     again  low\n====  =====  =====\n"
    spans = "====  =====\nWhole\n-----------\nWho   what\n====  =====\nAnn   well\n      sung\n====  =====\n"
    for text in (GRID, simple, spans):
        result = read(text).render(
            lambda unit: f"{word} {word} {word}" if only in unit.source else None
        )
        assert doctree.shape(result) == doctree.shape(text)


def test_a_joined_sentence_leaves_its_cell():
    text = "+------------+\n| One. Two.  |\n+------------+\n"
    targets = {"One.": "Раз и два.", "Two.": "↑"}
    document = read(text)
    result = joins.render(document, lambda unit: targets[unit.source])
    assert result == "+------------+\n| Раз и два. |\n+------------+\n"


@pytest.mark.parametrize(
    "text",
    [
        "+---+---+\n| a | b |\n+---+\n",
        "+---+---+\n| a | bc|\n+---+--+\n",
        "+---+---+\n| a   b |\n| c   d |\n+---+---+\n| e |\n",
        "=== ===\nabcd e\n=== ===\n",
        "=== ===\na\n",
    ],
)
def test_tables_that_are_drawn_badly_are_left_as_they_are(text):
    assert built(text, "слово слово") == text


def test_comments_to_the_tool():
    document = read(".. dragoman: skip\n\nOne.\n\n.. dragoman: note A number\n\nTwo.\n")
    assert [(unit.source, unit.notes) for unit in document.units] == [("Two.", ("A number",))]


def test_spaces_in_literals_and_lines_in_addresses():
    document = read("Set ``a  b``\nor `go\n<https://example.org/\nx>`_.\n")
    assert document.units[0].source == "Set ``a  b`` or `go <https://example.org/x>`_."


@pytest.mark.parametrize(
    "piece",
    [
        "`", "*", "**a ", "``a ", ":a:`", "|a ", "[a]_", "a_ ", "`a <", "<a>`_", "\\", "a.a:",
        "- ", "1. ", ":a: ", ".. a::\n", "a\n ", "+-", "+-+\n", "= ", "|\n", "| ", "| a\n", ">>> ", '"', "a::\n\n",
    ],
)  # fmt: skip
def test_long_texts_are_read_in_even_time(piece):
    from growth_rates import assert_grows_evenly

    def work(size):
        text = piece * (size // len(piece))
        for content in (text, f"+---+\n{text}", f".. csv-table::\n\n   {text}"):
            document = read(content)
            assert document.render(lambda _: None) == content
            document.render(shapes.translated)

    assert_grows_evenly(work, 2_000)


@pytest.mark.parametrize(("piece", "times"), [("\n", 100_001), ("a" * 1_000, 4_001)])
def test_what_is_too_long_is_refused(piece, times):
    with pytest.raises(DragomanError, match="in one text") as refused:
        read(piece * times)
    assert refused.value.exit_code == 2
    assert refused.value.how_to_fix
