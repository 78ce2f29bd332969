"""Building: everything, and only of the texts of which anything changed.

Nothing of the trade is loaded before it is known that there is something to do.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

from dragoman import __version__
from dragoman.errors import DragomanErrors
from dragoman.project import Project, Text
from dragoman.project.build_state import BuildState

Watch = Callable[[Sequence[Text]], Iterable[Text]]
"""Goes through texts, showing somebody how far it is."""


def _unwatched(texts: Sequence[Text]) -> Iterable[Text]:
    return texts


class Built(NamedTuple):
    """What a build did."""

    texts: int
    """Texts of the project."""
    renewed: int
    """Texts of which anything had changed."""
    changed: tuple[str, ...]
    """Files that changed."""


def build(
    project: Project, drafts: bool = False, renew: bool = True, watch: Watch = _unwatched
) -> Built:
    """Extract, update, compile, and write translated texts and parallel editions.

    A text of which nothing changed since the last build, neither its source nor any file made
    of it, is not looked into.

    Args:
        project: the project.
        drafts: whether drafts (fuzzy) count as translations.
        renew: whether templates and catalogs are brought in step first.
        watch: goes through the texts.

    Raises:
        IncompleteError: a translation is missing where the settings say `refuse`.
    """
    state = BuildState.load(project, f"{__version__} {drafts} {renew}")
    texts = project.texts()
    dirty = state.dirty(texts)
    gone = state.gone(texts)
    if not dirty and not gone:
        return Built(len(texts), 0, ())
    from dragoman.pipeline.build.outputs import Builder  # see above

    builder = Builder(project, drafts, renew)
    out: dict[str, bytes] = {}
    made: dict[Text, list[str]] = {}
    for text in watch(dirty):
        files = builder.files(text)
        out |= files
        made[text] = list(files)
    builder.fill_from_elsewhere(out)
    with project.files.locked(project.lock_folder):
        changed = project.files.write(out, builder.merging.merged)
        project.files.remove(gone)
        for text, paths in made.items():
            if text not in builder.incomplete and builder.merging.met.isdisjoint(paths):
                state.record(text, paths)
        project.files.write(state.files())
    if builder.incomplete:
        raise DragomanErrors([e for errors in builder.incomplete.values() for e in errors])
    return Built(len(texts), len(dirty), tuple(changed))
