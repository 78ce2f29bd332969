"""The glossary: brought in, handed out, and candidates for it found in the texts."""

from __future__ import annotations

import os
from collections.abc import Sequence

from dragoman import gate
from dragoman.errors import DragomanError
from dragoman.glossary import Glossary, term_exchange
from dragoman.glossary.term_candidates import Candidate, candidates
from dragoman.pipeline.loader import Loader
from dragoman.pipeline.selection import chosen_texts
from dragoman.project import Files, Project


def bring(project: Project, path: str) -> tuple[int, bool]:
    """Take a TBX or CSV file into the glossary; what it says already stays.

    Returns:
        The number of terms in the file, and whether the glossary changed.
    """
    theirs = read(path, project.settings.source)
    foreign = {locale for term in theirs.terms for locale in term.wordings} - set(
        project.settings.locales
    )
    if foreign:
        theirs = _without(theirs, foreign)
    with project.files.locked(project.lock_folder):
        both = term_exchange.merged(Loader(project).glossary, theirs)
        written = project.files.write({project.glossary_file: term_exchange.to_toml(both).encode()})
    return len(theirs.terms), bool(written)


def read(path: str, source: str) -> Glossary:
    """The terms of a TBX or CSV file anywhere.

    Args:
        path: the file; its suffix says what it is.
        source: the locale of the terms themselves.

    Raises:
        DragomanError: it is neither, or not there, or not well formed.
    """
    place = os.path.abspath(path)
    files = Files(os.path.dirname(place))
    if path.lower().endswith(".csv"):
        return term_exchange.from_csv(files.text_of(place), path)
    if not path.lower().endswith((".tbx", ".xml")):
        way_out = "export the terms as one of them"
        raise DragomanError("not a .tbx or .csv file", file=path, way_out=way_out)
    data = files.bytes_of(place, gate.LARGEST)
    if data is None:
        raise DragomanError("there is no such file", file=path, way_out="check the path")
    return term_exchange.from_tbx(data, path, source)


def _without(glossary: Glossary, foreign: set[str]) -> Glossary:
    """The glossary in the project's languages alone."""
    for term in glossary.terms:
        for locale in foreign & set(term.wordings):
            del term.wordings[locale]
    return glossary


def handed_out(project: Project, form: str) -> str:
    """The glossary as TBX or CSV."""
    glossary = Loader(project).glossary
    if form == "csv":
        return term_exchange.to_csv(glossary)
    return term_exchange.to_tbx(glossary, project.settings.source, project.settings.name)


def suggested(project: Project, names: Sequence[str], least: int) -> list[Candidate]:
    """Phrases of the texts that may be terms, without those that the glossary has."""
    loader = Loader(project)
    sentences = [
        unit.source for text in chosen_texts(project, names) for unit in loader.document(text).units
    ]
    known = {term.source.lower() for term in loader.glossary.terms}
    return [c for c in candidates(sentences, least) if c.phrase.lower() not in known]
