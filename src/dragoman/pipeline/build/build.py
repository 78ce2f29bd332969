"""Building: everything, and only of the texts of which anything changed.

Nothing of the trade is loaded before it is known that there is something to do.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

from dragoman import __version__
from dragoman.project import Project, Text
from dragoman.project.build_state import BuildState, abandoned

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
    removed: tuple[str, ...] = ()
    """Outputs that nothing makes any more, and that are removed."""
    renamed: tuple[str, ...] = ()
    """A line for each text that vanished and is another one now."""


def build(
    project: Project, drafts: bool = False, renew: bool = True, watch: Watch = _unwatched
) -> Built:
    """Extract, update, compile, and write translated texts and parallel editions.

    A text of which nothing changed since the last build, neither its source nor any file made
    of it, is not looked into. A text that cannot be built does not stop the others, and what was
    made of it before stays as it is.

    Args:
        project: the project.
        drafts: whether drafts (fuzzy) count as translations.
        renew: whether templates and catalogs are brought in step first.
        watch: goes through the texts.

    Raises:
        IncompleteError: a translation is missing where the settings say `refuse`.
        DragomanErrors: what is wrong with every text or catalog that cannot be read.
    """
    state = BuildState.load(project, f"{__version__} {drafts} {renew}")
    texts = project.texts()
    dirty = state.dirty(texts)
    gone = state.gone(texts) + abandoned(project)
    if not dirty and not gone:
        return Built(len(texts), 0, ())
    from dragoman.pipeline.build.outputs import Builder  # see above

    builder = Builder(project, drafts, renew)
    moved = builder.find_renames(texts, dirty)
    made: dict[Text, dict[str, bytes]] = {}
    for text in watch(dirty):
        with builder.errors.of():
            made[text] = builder.files(text)
    builder.fill_from_elsewhere(made)
    out = {path: content for files in made.values() for path, content in files.items()}
    if not made and not gone:
        builder.errors.raise_all()
    changed: list[str] = []
    removed: list[str] = []
    with builder.errors.of(), project.files.locked(project.lock_folder):
        state, made = _not_built_meanwhile(state, made)
        out = {path: out[path] for files in made.values() for path in files}
        moved.require_unchanged(project)
        changed = project.files.write({**moved.others, **out}, builder.merging.merged)
        for text, files in made.items():
            if text in builder.incomplete:
                gone += state.forget(text)
            elif text not in builder.partial and builder.merging.met.isdisjoint(files):
                gone += state.record(text, files, builder.looked_at.get(text, ()))
        removed = project.files.remove([path for path in gone if path not in out])
        moved.carry_out(project)
        project.files.write(state.files())
    builder.errors.found += [e for told in builder.incomplete.values() for e in told]
    builder.errors.raise_all()
    return Built(len(texts), len(made), tuple(changed), tuple(removed), tuple(moved.told()))


def _not_built_meanwhile(
    state: BuildState, made: dict[Text, dict[str, bytes]]
) -> tuple[BuildState, dict[Text, dict[str, bytes]]]:
    """The state as it is under the lock, and the texts that no other build made while this one computed."""
    now = state.reloaded()
    left = set(now.dirty(list(made))) if now is not state else set(made)
    return now, {text: files for text, files in made.items() if text in left}
