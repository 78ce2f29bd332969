"""reStructuredText: sections, paragraphs, lists, tables, directives with prose; roles stay in their sentence.

Literal blocks, comments, targets and directives for code are copied. A comment to the tool is
`.. dragoman: …`.
"""

from __future__ import annotations

from dragoman.formats.read_options import ReadOptions
from dragoman.model import Document

SAMPLES = (
    "A paragraph with *emphasis*. It is\nwrapped.\n\n",
    "A section\n---------\n\n",
    "* An item with ``code``\n\n  and more. Of it.\n\n",
    "1. A number\n2. Another\n\n",
    "term : kind\n   What it is. Really.\n\n",
    ":Price: Two coins\n\n",
    "| A line of verse\n| and another\n\n",
    "   A quotation.\n\n   -- A writer\n\n",
    "See `the page <a.html>`_ or [1]_ and |this|.\n\n",
    ".. note:: Take a coat.\n   It is cold.\n\n",
    ".. figure:: a.png\n   :alt: A picture\n\n   A caption.\n\n",
    "An example::\n\n    x = 1\n\n",
    ".. A comment.\n\n",
    "+------+-----------+\n| Who  | What he   |\n|      | does here |\n+------+-----------+\n\n",
    "=====  ==========\nWho    What. Why\n=====  ==========\nAnn    sings\r\n=====  ==========\n\n",
    ".. dragoman: note To whom?\n\n",
)


def read(content: str, options: ReadOptions) -> Document:
    """Cut a text in reStructuredText into blocks and units.

    >>> [unit.source for unit in read("A *b*\\n=====\\n\\nOne\\ntwo.\\n", ReadOptions()).units]
    ['A *b*', 'One two.']
    """
    from dragoman.formats import rst_blocks

    return rst_blocks.read(content, options)
