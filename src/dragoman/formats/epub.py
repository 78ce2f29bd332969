"""EPUB 2 and 3: the pages of a book in the order of its spine, its contents, title and description.

Pages are read as HTML. Not translated: the names of people, styles, scripts and images. Language,
direction and the direction of the pages are set to those of the locale.
"""

from __future__ import annotations

from dragoman.formats.read_options import ReadOptions
from dragoman.model import Document

SAMPLES = (
    "<p>A paragraph. It has <b>two</b> sentences.</p>\n",
    '<h1 id="a">A heading</h1>',
    "<ul>\n<li>An item<br/>on two lines</li></ul>",
    '<p><img src="a.png" alt="A picture"/></p>',
    "<pre>code</pre><p>R&amp;D &lt;b&gt;</p>",
    '<script src="a.js"/><p>Behind a script<a id="x"/></p>',
    "<!-- dragoman: note To whom? --><p>To her</p>",
)


def sample(text: str) -> bytes:
    """A book with one page."""
    from dragoman.formats.archives import books

    return books.sample(text)


def read(content: bytes, options: ReadOptions) -> Document:
    """Read a book as the text of its pages.

    Raises:
        DragomanError: it is damaged or encrypted, or it is no book.

    >>> [unit.source for unit in read(sample(SAMPLES[0]), ReadOptions()).units]
    ['A book', 'A paragraph. It has <b>two</b> sentences.']
    """
    from dragoman.formats.archives import books

    return books.read(content, options)


__all__ = ["SAMPLES", "read", "sample"]
