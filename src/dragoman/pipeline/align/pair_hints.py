"""Known translations that help to align two texts: from catalogs, memories and the glossary."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from dragoman.alignment import Sentence
from dragoman.glossary import Glossary
from dragoman.memory import MemoryQuery
from dragoman.pipeline.loader import Loader
from dragoman.pipeline.memory.memory_sources import Memories, chosen
from dragoman.project import Project
from dragoman.project.memory_settings import CATALOGS

_BELIEVED = 3
"""How many occurrences a term of the glossary counts as."""
_LIKE, _MOST = 60, 3
"""Least score of a match in a memory to learn words from, and most matches for a sentence."""


def hints(
    project: Project, loader: Loader, sentences: Sequence[Sentence], locale: str
) -> Iterator[tuple[str, str]]:
    """Pairs of source and target from the project's catalogs, memories and glossary.

    Args:
        project: the project; memories on servers are not used.
        loader: reads the project's catalogs and glossary.
        sentences: sentences of the text to align, to be searched in memories.
        locale: the target locale.
    """
    for text in project.texts():
        for (_, source), target in loader.catalog(text, locale).targets().items():
            yield source, target
    memories = [memory for memory in chosen(project, ()) if memory.name != CATALOGS]
    if memories:
        with Memories(project, memories) as opened:
            for sentence in sentences:
                matches = opened.matches(MemoryQuery(sentence.text), [locale], _LIKE, _MOST)
                yield from ((match.source, match.target) for match in matches[locale])
    yield from terms(loader.glossary, locale)


def terms(glossary: Glossary, locale: str) -> Iterator[tuple[str, str]]:
    """The terms of a glossary as pairs, each repeated to give it weight."""
    for term in glossary.terms:
        wording = term.wordings.get(locale)
        for form in wording.forms if wording else ():
            yield from [(term.source, form)] * _BELIEVED
