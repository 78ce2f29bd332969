"""Counts how many words of the texts are new, repeated, or similar to memories."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from dragoman.memory import MemoryQuery
from dragoman.memory.counting import LEAST, Counted, Occurrence, counted
from dragoman.model import Document, Key, State
from dragoman.parallel.rows import states
from dragoman.pipeline.loader import Loader
from dragoman.pipeline.memory.memory_sources import Memories, chosen
from dragoman.pipeline.memory.pretranslate import questions
from dragoman.pipeline.selection import Watch, chosen_locales, chosen_texts, unwatched
from dragoman.project import Project

_DONE = (State.TRANSLATED, State.REVIEWED)


def analyze(
    project: Project,
    texts: Sequence[str] = (),
    locales: Sequence[str] = (),
    memories: Sequence[str] = (),
    watch: Watch = unwatched,
) -> Iterator[Counted]:
    """Yield the word count of each text in each locale, in the order of texts.

    Raises:
        DragomanError: there is no such text, locale or memory, or a file cannot be read.
    """
    loader = Loader(project)
    targets = chosen_locales(project, locales)
    seen: dict[str, set[str]] = {locale: set() for locale in targets}
    with Memories(project, chosen(project, memories)) as open_memories:
        for text in watch(chosen_texts(project, texts)):
            document = loader.document(text)
            done_keys = {}
            for locale in targets:
                found_states = states(document, loader.catalog(text, locale))
                done_keys[locale] = {key for key, state in found_states.items() if state in _DONE}
            scores = _scores(open_memories, document, done_keys)
            for locale in targets:
                occurrences = [
                    Occurrence(a.text, _key(a) in done_keys[locale], s.get(locale, 0))
                    for a, s in zip(questions(document), scores, strict=True)
                ]
                yield counted(text.domain, locale, occurrences, seen[locale])


def _key(query: MemoryQuery) -> Key:
    return (query.context, query.text)


def _scores(
    memories: Memories, document: Document, done_keys: dict[str, set[Key]]
) -> list[dict[str, int]]:
    """For each unit, the score of its best match in each locale where it is untranslated."""
    scores = []
    for query in questions(document):
        untranslated = [locale for locale, keys in done_keys.items() if _key(query) not in keys]
        matches = memories.matches(query, untranslated, LEAST, most=1) if untranslated else {}
        scores.append({locale: best[0].score for locale, best in matches.items() if best})
    return scores
