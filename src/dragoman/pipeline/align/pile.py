"""A pile of texts and their translations, as `x.en.md` and `x.he.md` or `en/x.md` and `he/x.md`, becomes a project."""

from __future__ import annotations

import os
from collections.abc import Sequence
from typing import NamedTuple

from dragoman import formats
from dragoman.errors import DragomanError
from dragoman.languages import locales
from dragoman.pipeline import init as beginning
from dragoman.pipeline.align.folder import FileMatch, files_of, tagged
from dragoman.pipeline.catalogs.update import update
from dragoman.project import Files, find

_TEXTS = "source_texts"


class Pile(NamedTuple):
    """The texts in a folder, and their translations."""

    texts: dict[str, str]
    """Name of each text, without its suffix, to its file in the source language."""
    translations: tuple[FileMatch, ...]
    alone: tuple[str, ...]
    """Files that translate no text here."""

    @property
    def locales(self) -> list[str]:
        """The locales of the translations."""
        return sorted({match.locale for match in self.translations})


def sorted_out(folder: str, source: str) -> Pile:
    """The texts and translations of a folder, by the names of its files and folders.

    A tag counts as a locale only if the file without it, or with that of the source, is there too:
    `notes.is.md` is not Icelandic unless there is `notes.en.md` or `notes.md`.
    """
    readings = {path: _readings(path, folder) for path in files_of(folder)}
    texts: dict[str, str] = {}
    for path, known in readings.items():
        for locale, rest in known:
            if locale == source and path.lower().endswith(formats.SUFFIXES):
                texts.setdefault(rest, path)
    tagged_names = {rest for known in readings.values() for locale, rest in known if locale}
    for path, known in readings.items():
        name = known[-1][1]
        if name in tagged_names and name not in texts and path.lower().endswith(formats.SUFFIXES):
            texts[name] = path
    found: dict[tuple[str, str], FileMatch] = {}
    own = set(texts.values())
    alone = []
    for path, known in readings.items():
        if path in own:
            continue
        fitting = [(loc, rest) for loc, rest in known if loc and loc != source and rest in texts]
        if fitting:
            locale, rest = fitting[0]
            found.setdefault((rest, locale), FileMatch(path, rest, locale))
        else:
            alone.append(path)
    return Pile(
        {name: path for name, path in texts.items() if any(m.text == name for m in found.values())},
        tuple(found.values()),
        tuple(alone),
    )


def _readings(path: str, folder: str) -> list[tuple[str, str]]:
    """Each locale that a path may name, with the path without it; at last the path itself."""
    name = os.path.splitext(os.path.relpath(path, folder))[0].replace(os.sep, "/")
    return [(tag, rest) for tag, rest in tagged(name) if _is_locale(tag)] + [("", name)]


def _is_locale(tag: str) -> bool:
    try:
        locales.check(tag)
    except DragomanError:
        return False
    return True


def make_project(pile: Pile, root: str, source: str, chosen: Sequence[str]) -> list[str]:
    """Make a project of the texts of a pile, with empty catalogs; return the paths of the texts.

    Raises:
        DragomanError: there are settings or texts already.
    """
    copies = {}
    for name, path in pile.texts.items():
        target = f"{root}/{_TEXTS}/{name}{os.path.splitext(path)[1]}"
        if os.path.lexists(target):
            raise DragomanError(
                "is there already", file=target, how_to_fix="use a folder without it"
            )
        place = os.path.abspath(path)
        copies[target] = Files(os.path.dirname(place)).bytes_of(place) or b""
    beginning.init(root, source, list(chosen) or pile.locales, _TEXTS)
    written = Files(root).write(copies)
    update(find(root))
    return written
