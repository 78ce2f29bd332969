"""The texts and locales that a command applies to, and the hook for showing progress."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from dragoman.errors import DragomanError
from dragoman.languages import locales
from dragoman.project import Project, Text

Watch = Callable[[Sequence[Text]], Iterable[Text]]
"""Takes texts and yields them one by one, showing progress."""


def unwatched(texts: Sequence[Text]) -> Iterable[Text]:
    """Yield the texts without showing progress."""
    return texts


def chosen_texts(project: Project, names: Sequence[str]) -> list[Text]:
    """The texts with these names (path or domain); all texts if no name is given.

    Raises:
        DragomanError: there is no text of a name.
    """
    texts = project.texts()
    if not names:
        return texts
    chosen = []
    for name in names:
        below = name.removeprefix(project.settings.texts + "/")
        matches = [t for t in texts if below in (t.domain, t.path)]
        if not matches:
            known = ", ".join(text.domain for text in texts[:8])
            how_to_fix = f"texts: {known}" if known else "add a text first"
            raise DragomanError(f"there is no text {name!r}", how_to_fix=how_to_fix)
        chosen += matches
    return list(dict.fromkeys(chosen))


def chosen_locales(project: Project, names: Sequence[str]) -> tuple[str, ...]:
    """These target locales, each once; all locales of the settings if none is given.

    Raises:
        DragomanError: a locale is unknown, or not in the settings.
    """
    for name in names:
        locales.check(name)
        if name not in project.settings.locales:
            known = ", ".join(project.settings.locales)
            raise DragomanError(
                f"{name!r} is not a locale of this project",
                how_to_fix=f"use one of {known}, or add it to 'locales' in the settings",
            )
    return tuple(dict.fromkeys(names)) or project.settings.locales
