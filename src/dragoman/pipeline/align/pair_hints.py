"""What is known of a language pair before two texts are aligned: catalogs, memories, terms."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from dragoman.alignment import Sentence
from dragoman.glossary import Glossary
from dragoman.memory import Asked
from dragoman.pipeline.loader import Loader
from dragoman.pipeline.memory.memory_sources import Memories, chosen
from dragoman.project import Project
from dragoman.project.memory_settings import CATALOGS

_BELIEVED = 3
"""How often a term of the glossary counts as seen."""
_LIKE, _MOST = 60, 3
"""Least score of a match in a memory that words are learnt from, and how many of a sentence."""


def hints(
    project: Project, loader: Loader, sentences: Sequence[Sentence], locale: str
) -> Iterator[tuple[str, str]]:
    """Translations in the project's catalogs and memories, and the terms of its glossary.

    Args:
        project: the project; no server is asked.
        loader: reads it.
        sentences: of the text to be aligned: what is like them is looked up in memories.
        locale: the language they are translated into.
    """
    for text in project.texts():
        for (_, source), target in loader.catalog(text, locale).targets().items():
            yield source, target
    memories = [memory for memory in chosen(project, ()) if memory.name != CATALOGS]
    if memories:
        with Memories(project, memories) as opened:
            for sentence in sentences:
                found = opened.matches(Asked(sentence.text), [locale], _LIKE, _MOST)
                yield from ((match.source, match.target) for match in found[locale])
    yield from terms(loader.glossary, locale)


def terms(glossary: Glossary, locale: str) -> Iterator[tuple[str, str]]:
    """The terms of a glossary as pairs, each often enough to be believed."""
    for term in glossary.terms:
        wording = term.wordings.get(locale)
        for form in wording.forms if wording else ():
            yield from [(term.source, form)] * _BELIEVED
