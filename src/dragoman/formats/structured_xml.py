"""XML: DocBook, DITA, and any other vocabulary by rules of ITS 2.0.

Tags, entities, comments and the DOCTYPE are kept as written; inline elements are part of their
sentence. No entity is replaced, and no other file is read. The root says the language of the locale.
"""

from __future__ import annotations

from dragoman.formats.read_options import ReadOptions
from dragoman.model import Document

SAMPLES = (
    "<para>A paragraph. It has <emphasis>two</emphasis> sentences.</para>\n",
    "<section><title>A heading &amp; more</title></section>",
    "<itemizedlist>\n<listitem><para>Press <guibutton>OK</guibutton>\n or <literal>x</literal>.</para></listitem></itemizedlist>",
    "<screen>code</screen><para xreflabel='A label'>Words<footnote><para>A note. More.</para></footnote> here.</para>",
    "<literallayout>Two\nlines</literallayout><!-- dragoman: note To whom? --><para>To her</para>",
    "<para translate='no'>Kept</para><variablelist><varlistentry><term>Term</term></varlistentry></variablelist>",
)


def sample(text: str) -> str:
    """An article with some content."""
    return (
        f'<?xml version="1.0"?>\n<!DOCTYPE article [<!ENTITY x "y">]>\n<article>{text}</article>\n'
    )


def read(content: str, options: ReadOptions) -> Document:
    """Cut an XML document into blocks and units.

    Raises:
        DragomanError: it is not well formed, there are no rules for it, or an entity leads elsewhere.

    >>> [unit.source for unit in read(sample(SAMPLES[0]), ReadOptions()).units]
    ['A paragraph. It has <emphasis>two</emphasis> sentences.']
    """
    from dragoman.formats.its import xml_reader

    return xml_reader.read(content, options)


__all__ = ["SAMPLES", "read", "sample"]
