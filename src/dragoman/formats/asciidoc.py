"""AsciiDoc: sections, paragraphs, lists, tables, titles of blocks, captions; macros stay in their sentence.

Listings, literal blocks, passthroughs, comments, `include::` and conditions are copied, and so are
attributes of the document whose values are not displayed. A comment to the tool is a line
`// dragoman: …`.
"""

from __future__ import annotations

from dragoman.formats.read_options import ReadOptions
from dragoman.model import Document

SAMPLES = (
    "A paragraph with *strong* text. It is\nwrapped.\n\n",
    "== A section\n\n",
    "Another section\n---------------\n\n",
    "* An item with `code`\n** One inside it\n. A number\n\n",
    "A term:: What it is.\nAnother::\n  On the next line.\n\n",
    "NOTE: See link:a.html[the page] or <<x,this>>.\n\n",
    ".A title\n[source,python]\n----\nx = 1\n----\n\n",
    "[quote, A writer]\n____\nA quotation.\n____\n\n",
    "|===\n|A cell |2+|Another. With two.\n\na|* An item\n|===\n\n",
    "image::a.png[A picture, 200]\r\n\r\n",
    "// dragoman: note To whom?\n",
    "* An item\n+\nthat goes on.\n\n",
)


def read(content: str, options: ReadOptions) -> Document:
    """Cut an AsciiDoc text into blocks and units.

    >>> [unit.source for unit in read("= A *b*\\n\\nOne\\ntwo.\\n", ReadOptions()).units]
    ['A *b*', 'One two.']
    """
    from dragoman.formats import adoc_blocks

    return adoc_blocks.read(content, options)
