"""`import-config`: a project of po4a becomes one of ours."""

from __future__ import annotations

import os
from collections.abc import Mapping
from functools import cache, partial
from typing import NamedTuple

from dragoman.errors import DragomanError
from dragoman.pipeline import init as beginning
from dragoman.pipeline.align.paragraphs import CarriedOver, Paragraphs, carry
from dragoman.pipeline.align.po4a import Master, Po4a, catalogs_of, read
from dragoman.pipeline.catalogs.update import update
from dragoman.project import SETTINGS_FILE, Files, find

_TEXTS = "source_texts"


class Imported(NamedTuple):
    """What became of a project of po4a."""

    made: tuple[str, ...]
    """Paths of the settings and copied texts."""
    carried: tuple[CarriedOver, ...]
    unread: tuple[str, ...]
    """Masters of a format that we do not read."""
    problems: tuple[str, ...]


def import_config(config: str, root: str, source: str = "en") -> Imported:
    """Make a project of what a configuration of po4a names, and carry its translations over.

    Args:
        config: path of the configuration.
        root: the folder of the new project; where there is one already, it gets the texts.
        source: the locale of the masters.

    Raises:
        DragomanError: the configuration, a master or a catalog cannot be read; no format reads any
            master; another text of ours has a master's name.
    """
    base = os.path.dirname(os.path.abspath(config))
    known = _configuration(config)
    problems = [f"no such locale: {lang}" for lang in known.unknown]
    texts: dict[Master, bytes] = {}
    for master in known.masters:
        content = _content(base, master.path) if master.name else None
        if content is not None:
            texts[master] = content
        elif master.name:
            problems.append(f"no such text: {master.path}")
    made = _copied(root, source, known, texts)
    project = find(root)
    update(project)
    by_path = {text.path: text for text in project.texts()}
    paragraphs = cache(partial(_paragraphs, base))  # most masters share one catalog a language
    carried = [
        carry(project, by_path[master.name], lang, found, "po4a", write=True)
        for master in texts
        for lang in known.langs
        if lang in project.settings.locales
        and (found := paragraphs(tuple(catalogs_of(known, master, lang))))
    ]
    unread = tuple(master.path for master in known.masters if not master.name)
    return Imported(tuple(made), tuple(carried), unread, tuple(problems))


def _configuration(config: str) -> Po4a:
    """What the configuration says.

    Raises:
        DragomanError: it cannot be read, or no format reads any of its masters.
    """
    path = os.path.abspath(config)
    data = Files(os.path.dirname(path)).bytes_of(path)
    if data is None:
        raise DragomanError("there is no such file", file=config, how_to_fix="check the path")
    known = read(data.decode(errors="replace"), config)
    if not any(master.name for master in known.masters):
        kinds = ", ".join(sorted({master.kind for master in known.masters}))
        raise DragomanError(
            f"no format reads its texts: {kinds}", file=config, how_to_fix="see dragoman's formats"
        )
    return known


def _copied(root: str, source: str, known: Po4a, texts: Mapping[Master, bytes]) -> list[str]:
    """Make a project if there is none, and copy the texts into it; return the paths that were made.

    Raises:
        DragomanError: there is another text by the name of one.
    """
    there = os.path.lexists(os.path.join(root, SETTINGS_FILE))
    settings = find(root).settings.texts if there else _TEXTS
    files = Files(root)
    copies = {f"{root}/{settings}/{master.name}": content for master, content in texts.items()}
    for path, content in copies.items():
        if os.path.exists(path) and files.bytes_of(path) != content:
            raise DragomanError(
                "is there already", file=files.shown(path), how_to_fix="rename one of the two"
            )
    made = [] if there else beginning.init(root, source, known.langs, _TEXTS)
    return made + files.write(copies)


def _paragraphs(base: str, paths: tuple[str, ...]) -> Paragraphs:
    """The paragraphs of the catalogs that are there."""
    contents = {path: _content(base, path) for path in paths}
    return Paragraphs.read({path: data for path, data in contents.items() if data is not None})


def _content(base: str, path: str) -> bytes | None:
    """A file of the po4a project; None if there is none."""
    place = os.path.normpath(os.path.join(base, path))
    return Files(os.path.dirname(place)).bytes_of(place) if os.path.isfile(place) else None
