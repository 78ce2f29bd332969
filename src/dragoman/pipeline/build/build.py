"""Builds the texts that changed.

Modules that do the work are only imported if something changed, so that an idle build is fast.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

from dragoman import __version__
from dragoman.project import Project, Text
from dragoman.project.build_state import BuildState, abandoned

Watch = Callable[[Sequence[Text]], Iterable[Text]]
"""Takes texts and yields them one by one, showing progress."""


def _unwatched(texts: Sequence[Text]) -> Iterable[Text]:
    """Yield the texts without showing progress."""
    return texts


class Built(NamedTuple):
    """The result of a build."""

    texts: int
    """Number of texts in the project."""
    renewed: int
    """Number of texts that were built, since something of them had changed."""
    changed: tuple[str, ...]
    """Paths of the files that changed."""
    removed: tuple[str, ...] = ()
    """Paths of former outputs that were removed."""


class BuildOptions(NamedTuple):
    """What a build is asked for."""

    drafts: bool = False
    """Whether drafts (fuzzy) count as translations."""
    renew: bool = True
    """Whether to update templates and catalogs first."""
    texts: Sequence[str] = ()
    """Paths or domains of the texts; all if empty."""
    locales: Sequence[str] = ()
    """The locales; if there are any, editions of several languages are left to the next build."""


def build(
    project: Project,
    wanted: BuildOptions = BuildOptions(),
    watch: Watch = _unwatched,
    tell: Callable[[str], object] = str,
) -> Built:
    """Update templates and catalogs, compile them, and write translated texts and parallel editions.

    A text is skipped if neither its sources nor its outputs changed since the last build. A text
    that cannot be built does not stop the others, and its former outputs are kept.

    Args:
        project: the project.
        wanted: what to build, and from what.
        watch: iterates over the texts and shows progress.
        tell: is called with a message for each text that was renamed, split or joined, also
            where other files cannot be read.

    Raises:
        DragomanErrors: texts or catalogs cannot be read, or translations are missing where the
            settings say `refuse`; everything else is written.
    """
    state = BuildState.load(project, f"{__version__} {wanted.drafts} {wanted.renew}")
    texts, chosen = project.texts(), _chosen(project, wanted)
    changed_texts = state.dirty(texts)
    dirty = [text for text in changed_texts if text in chosen] if wanted.texts else changed_texts
    gone = [] if wanted.texts or wanted.locales else state.gone(texts) + abandoned(project)
    if not dirty and not gone:
        return Built(len(chosen), 0, ())
    from dragoman.pipeline.build.outputs import Builder  # see above

    builder = Builder(project, wanted.drafts, wanted.renew, wanted.locales)
    moved = builder.find_renames(texts, changed_texts, dirty)
    built: dict[Text, dict[str, bytes]] = {}
    for text in watch(dirty):
        with builder.errors.of():
            built[text] = builder.files(text)
    builder.fill_from_elsewhere(built)
    builder.follow_links(built)
    contents = {path: content for files in built.values() for path, content in files.items()}
    if not built and not gone:
        builder.errors.raise_all()
    changed: list[str] = []
    removed: list[str] = []
    with builder.errors.of(), project.files.locked(project.lock_folder):
        state, built = _not_built_meanwhile(state, built)
        contents = {path: contents[path] for files in built.values() for path in files}
        moved.require_unchanged(project)
        changed = project.files.write({**moved.others, **contents}, builder.merging.merged)
        for text, files in built.items():
            if text in builder.incomplete:
                gone += state.forget(text)
            elif text not in builder.partial and builder.merging.met.isdisjoint(files):
                gone += state.record(text, files, builder.looked_at.get(text, ()))
        removed = project.files.remove([path for path in gone if path not in contents])
        moved.apply(project)
        for sentence in moved.sentences():
            tell(sentence)
        project.files.write(state.files())
    builder.errors.found += [e for missing in builder.incomplete.values() for e in missing]
    builder.errors.raise_all()
    return Built(len(chosen), len(built), tuple(changed), tuple(removed))


def _chosen(project: Project, wanted: BuildOptions) -> Sequence[Text]:
    """The texts that a build applies to.

    Raises:
        DragomanError: there is no such text, or no such locale.
    """
    if not wanted.texts and not wanted.locales:
        return project.texts()
    from dragoman.pipeline.selection import chosen_locales, chosen_texts  # seldom needed

    chosen_locales(project, wanted.locales)
    return chosen_texts(project, wanted.texts)


def _not_built_meanwhile(
    state: BuildState, built: dict[Text, dict[str, bytes]]
) -> tuple[BuildState, dict[Text, dict[str, bytes]]]:
    """The state that is on the disk now, and the texts that no other build wrote meanwhile."""
    current = state.reloaded()
    left = set(current.dirty(list(built))) if current is not state else set(built)
    return current, {text: files for text, files in built.items() if text in left}
