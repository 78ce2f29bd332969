"""The glossary: import, export, and candidates from the texts."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence

from dragoman import gate
from dragoman.errors import DragomanError
from dragoman.glossary import Glossary, edited_toml, term_exchange
from dragoman.glossary.glossary_file import Term, Wording
from dragoman.glossary.term_candidates import TermCandidate, candidates
from dragoman.pipeline.loader import Loader
from dragoman.pipeline.selection import chosen_texts
from dragoman.project import Files, Project


def import_terms(project: Project, path: str) -> tuple[int, bool]:
    """Import the terms of a TBX or CSV file; what the glossary already has is not changed.

    Returns:
        The number of terms in the file, and whether the glossary changed.

    Raises:
        DragomanError: the file is not valid, or the glossary cannot be written.
    """
    theirs = read(path, project.settings.source)
    foreign = {locale for term in theirs.terms for locale in term.wordings} - set(
        project.settings.locales
    )
    if foreign:
        theirs = _without(theirs, foreign)
    with project.files.locked(project.lock_folder):
        ours = Loader(project).glossary
        written = _write(project, ours, term_exchange.merged(ours, theirs))
    return len(theirs.terms), bool(written)


def put_term(
    project: Project,
    source: str,
    locale: str,
    wording: Wording | None,
    note: str,
    seen: Callable[[Term | None], bool],
) -> bool:
    """Set how a term is said in one language; the term is added if there is none.

    Args:
        project: the project.
        source: the term in the source language.
        locale: the language.
        wording: how it is said there; None if nothing is said about it any more.
        note: its note for translators.
        seen: tells whether the term is still what the person saw; None is one that is not there.

    Returns:
        Whether it was still what the person saw; nothing is written otherwise.

    Raises:
        DragomanError: the glossary cannot be read or written.
    """
    with project.files.locked(project.lock_folder):
        glossary = Loader(project).glossary
        known = {term.source: term for term in glossary.terms}
        term = known.get(source)
        if not seen(term):
            return False
        base = term or Term(source)
        wordings = {name: said for name, said in base.wordings.items() if name != locale}
        if wording is not None:
            stems = base.wordings[locale].stems if locale in base.wordings else ()
            wordings[locale] = wording._replace(stems=stems)
        known[source] = Term(source, wordings, base.keep, base.case, note)
        if not wordings and not base.keep:
            del known[source]
        made = Glossary(tuple(known.values()), glossary.quotations)
        _write(project, glossary, made)
    return True


def _write(project: Project, before: Glossary, after: Glossary) -> list[str]:
    """Write what changed of a glossary into its file, which keeps its comments."""
    path = project.glossary_file
    there = project.files.bytes_of(path) is not None
    text = project.files.text_of(path) if there else ""
    return project.files.write({path: edited_toml.with_terms(text, before, after).encode()})


def read(path: str, source: str) -> Glossary:
    """The terms of a TBX or CSV file, inside or outside the project.

    Args:
        path: the file; its suffix tells the format.
        source: the locale of the source terms.

    Raises:
        DragomanError: the file is missing, in another format, or not well formed.
    """
    place = os.path.abspath(path)
    files = Files(os.path.dirname(place))
    if path.lower().endswith(".csv"):
        return term_exchange.from_csv(files.text_of(place), path)
    if not path.lower().endswith((".tbx", ".xml")):
        how_to_fix = "export the terms as one of them"
        raise DragomanError("not a .tbx or .csv file", file=path, how_to_fix=how_to_fix)
    data = files.bytes_of(place, gate.LARGEST)
    if data is None:
        raise DragomanError("there is no such file", file=path, how_to_fix="check the path")
    return term_exchange.from_tbx(data, path, source)


def _without(glossary: Glossary, foreign: set[str]) -> Glossary:
    """Remove the wordings in other languages from a glossary, and return it."""
    for term in glossary.terms:
        for locale in foreign & set(term.wordings):
            del term.wordings[locale]
    return glossary


def exported_terms(project: Project, form: str) -> str:
    """The glossary as TBX, or as CSV if `form` is `csv`."""
    glossary = Loader(project).glossary
    if form == "csv":
        return term_exchange.to_csv(glossary)
    return term_exchange.to_tbx(glossary, project.settings.source, project.settings.name)


def suggested(project: Project, names: Sequence[str], least: int) -> list[TermCandidate]:
    """Phrases that occur at least `least` times in the texts and are not in the glossary."""
    loader = Loader(project)
    sentences = [
        unit.source for text in chosen_texts(project, names) for unit in loader.document(text).units
    ]
    known = {term.source.lower() for term in loader.glossary.terms}
    return [c for c in candidates(sentences, least) if c.phrase.lower() not in known]
