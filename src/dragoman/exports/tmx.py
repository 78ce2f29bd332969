"""TMX 1.4b: one translation unit a row, with a variant for every locale that has a translation.

Direction is not written: TMX has no attribute for it, and `xml:lang` implies it.
Inline markup is written as codes whose content is the source format's markup.
"""

from __future__ import annotations

from dragoman.exports.parts import about
from dragoman.exports.parts.export_options import ExportOptions
from dragoman.languages import locales
from dragoman.memory import row_units, tmx
from dragoman.model import Parallel
from dragoman.text.xml_escape import content

NAME = "tmx"
ABOUT = "A translation memory for CAT tools."
NEEDS = ""
SUFFIX = ".tmx"
COLUMNS = False
PAIRS = False
INLINE = False


def export(parallel: Parallel, options: ExportOptions) -> str:
    """The document, valid against the DTD of TMX 1.4b but without a DOCTYPE.

    >>> export(Parallel("x", "X", ("en", "az"), ()), ExportOptions()).split("\\n")[1]
    '<tmx version="1.4">'
    """
    said = {"text": parallel.name, **about.fields(parallel)}
    props = [f'<prop type="x-{name}">{content(value)}</prop>' for name, value in said.items()]
    source = locales.language_tag(parallel.locales[0])
    named = {**tmx.OURS, "srclang": source}
    return "".join(tmx.document(row_units.elements(parallel), named, props))
