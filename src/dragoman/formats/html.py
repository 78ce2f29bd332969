"""HTML: the text between tags, and the attributes and `meta` values that readers see.

Tags and entities are kept as written, even if they are wrong; inline tags are part of their
sentence. Not translated: `pre`, `code`, `script`, `style`, `svg`, `math`, `template`, and elements
with `translate="no"`. The root element's `lang` and `dir` are set to those of the locale.
"""

from __future__ import annotations

from dragoman.formats.read_options import ReadOptions
from dragoman.model import Document

SAMPLES = (
    "<p>A paragraph. It has <b>two</b> sentences.</p>\n",
    "<li>An item<br>on two lines",
    "Bare text &amp; more.\n",
    '<img src="a.png" alt="A picture">',
    "<pre>code</pre>",
    "<h2 class=x>A heading</h2>\r\n",
    "<!-- dragoman: note To whom? -->\n",
)


def read(content: str, options: ReadOptions) -> Document:
    """Cut an HTML page into blocks and units.

    >>> [unit.source for unit in read("<p>One <b>two</b>.<p>Three", ReadOptions()).units]
    ['One <b>two</b>.', 'Three']
    """
    from dragoman.formats import pages

    return pages.read(content, options)


__all__ = ["SAMPLES", "read"]
