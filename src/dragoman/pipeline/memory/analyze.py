"""Analyzing: how much of the texts is new, repeated, or like what memories have."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from dragoman.memory import Asked
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
    """The word count of each text in each locale, in the order of texts."""
    loader = Loader(project)
    targets = chosen_locales(project, locales)
    seen: dict[str, set[str]] = {locale: set() for locale in targets}
    with Memories(project, chosen(project, memories)) as open_memories:
        for text in watch(chosen_texts(project, texts)):
            document = loader.document(text)
            done = {}
            for locale in targets:
                found = states(document, loader.catalog(text, locale))
                done[locale] = {key for key, state in found.items() if state in _DONE}
            scores = _scores(open_memories, document, done)
            for locale in targets:
                occurrences = [
                    Occurrence(a.text, _key(a) in done[locale], s.get(locale, 0))
                    for a, s in zip(questions(document), scores, strict=True)
                ]
                yield counted(text.domain, locale, occurrences, seen[locale])


def _key(asked: Asked) -> Key:
    return (asked.context, asked.text)


def _scores(
    memories: Memories, document: Document, done: dict[str, set[Key]]
) -> list[dict[str, int]]:
    """The score of each unit's best match in each locale that lacks it."""
    scores = []
    for asked in questions(document):
        lacking = [locale for locale, keys in done.items() if _key(asked) not in keys]
        found = memories.matches(asked, lacking, LEAST, most=1) if lacking else {}
        scores.append({locale: best[0].score for locale, best in found.items() if best})
    return scores
