"""Where each translation of a parallel text comes from, and who approved it."""

from __future__ import annotations

from collections.abc import Sequence

from dragoman.catalogs import provenance
from dragoman.catalogs.catalog import Catalog
from dragoman.model import Document, Origin, Parallel, State
from dragoman.parallel.rows import named_units


def with_origins(parallel: Parallel, document: Document, catalogs: Sequence[Catalog]) -> Parallel:
    """The parallel text with the origin of each translation whose catalog says one.

    >>> from dragoman.model import Block, Kind, Unit
    >>> from dragoman.parallel.rows import align
    >>> from dragoman.po import Entry, PoFile
    >>> text = Document((Block(Kind.PARAGRAPH, (Unit("Hello.", "Hello."),)),))
    >>> entry = Entry("Hello.", "Salam.", comments="# dragoman: origin=machine google\\n")
    >>> catalogs = [Catalog("az", PoFile([entry]))]
    >>> [found] = with_origins(align(text, "x", "en", catalogs), text, catalogs).origins.values()
    >>> found.how, found.by
    ('machine', 'google')
    """
    known = {
        catalog.locale: {
            entry.key: found
            for entry in catalog.po.messages()
            if provenance.LEAD in entry.comments
            and (found := provenance.read(entry.comments)).origin
        }
        for catalog in catalogs
    }
    if not any(known.values()):
        return parallel
    keys = named_units(document)
    origins = {}
    for row in parallel.rows:
        key = keys.get(row.id)
        for cell in row.cells:
            said = known.get(cell.locale, {}).get(key) if key else None
            if said is None or key is None or cell.stand_in:
                continue
            how, _, by = said.origin.partition(" ")
            name, _, day = said.reviewed.rpartition(" ")
            approved = (name, day) if cell.state is State.REVIEWED else ("", "")
            former = bool(said.source) and said.source != provenance.source_hash(key)
            origins[row.id, cell.locale] = Origin(how, by, *approved, former)
    return parallel._replace(origins=origins)
