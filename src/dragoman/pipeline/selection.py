"""Selection: which texts and locales of a project a verb is about, and who watches it go through them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from dragoman.errors import DragomanError
from dragoman.languages import locales
from dragoman.project import Project, Text

Watch = Callable[[Sequence[Text]], Iterable[Text]]
"""Goes through texts, showing somebody how far it is."""


def unwatched(texts: Sequence[Text]) -> Iterable[Text]:
    return texts


def chosen_texts(project: Project, names: Sequence[str]) -> list[Text]:
    """The texts with these names (path or domain); all, where none is named."""
    texts = project.texts()
    if not names:
        return texts
    chosen = []
    for name in names:
        below = name.removeprefix(project.settings.texts + "/")
        found = [t for t in texts if below in (t.domain, t.path)]
        if not found:
            known = ", ".join(text.domain for text in texts[:8])
            raise DragomanError(
                f"there is no text {name!r}", way_out=f"there are {known or 'none'}"
            )
        chosen += found
    return list(dict.fromkeys(chosen))


def chosen_locales(project: Project, names: Sequence[str]) -> tuple[str, ...]:
    """The target locales with these names; all of the settings, where none is named."""
    for name in names:
        locales.check(name)
        if name not in project.settings.locales:
            known = ", ".join(project.settings.locales)
            raise DragomanError(
                f"{name!r} is not a locale of this project",
                way_out=f"there are {known}; add it to 'locales' in the settings",
            )
    return tuple(dict.fromkeys(names)) or project.settings.locales
