"""`import-config`: a project of po4a becomes one of ours."""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import NamedTuple

from dragoman.errors import DragomanError
from dragoman.pipeline import init as beginning
from dragoman.pipeline.align import po4a
from dragoman.pipeline.align.paragraphs import CarriedOver, carry, read_paragraphs
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


def import_config(
    config: str, root: str, source: str = "en", tell: Callable[[str], None] = lambda _: None
) -> Imported:
    """Make a project of what a configuration of po4a names, and carry its translations over.

    Args:
        config: path of the configuration.
        root: the folder of the new project; where there is one already, it gets the texts.
        source: the locale of the masters.
        tell: is called with the name of each text whose translations are carried over.

    Raises:
        DragomanError: the configuration, a master or a catalog cannot be read; no format reads any
            master.
    """
    base = os.path.dirname(os.path.abspath(config))
    theirs, here = Files(base), Files(root)
    data = theirs.bytes_of(os.path.abspath(config))
    if data is None:
        raise DragomanError("there is no such file", file=config, how_to_fix="check the path")
    known = po4a.read(data.decode(errors="replace"), config)
    ours = [master for master in known.masters if master.name]
    if not ours:
        kinds = ", ".join(sorted({master.kind for master in known.masters}))
        raise DragomanError(
            f"no format reads its texts: {kinds}", file=config, how_to_fix="see dragoman's formats"
        )
    problems = [f"no such locale: {lang}" for lang in known.unknown]
    made, texts = [], {}
    for master in ours:
        content = _content(base, master.path)
        if content is None:
            problems.append(f"no such text: {master.path}")
        else:
            texts[master] = content
    if not os.path.lexists(os.path.join(root, SETTINGS_FILE)):
        made += beginning.init(root, source, known.langs, _TEXTS)
    project = find(root)
    folder = project.path(project.settings.texts)
    copies = {f"{folder}/{master.name}": content for master, content in texts.items()}
    for path, content in copies.items():
        if os.path.exists(path) and here.bytes_of(path) != content:
            raise DragomanError(
                "is there already", file=here.shown(path), how_to_fix="rename one of the two"
            )
    made += here.write(copies)
    project = find(root)
    update(project)
    carried = []
    by_path = {text.path: text for text in project.texts()}
    for master in texts:
        text = by_path[master.name]
        tell(text.domain)
        for lang in known.langs:
            if lang not in project.settings.locales:
                continue
            entries = []
            for path in po4a.catalogs_of(known, master, lang):
                catalog = _content(base, path)
                if catalog is not None:
                    entries += read_paragraphs(catalog, path)
            if entries:
                carried.append(carry(project, text, lang, entries, "po4a", write=True))
    unread = tuple(master.path for master in known.masters if not master.name)
    return Imported(tuple(made), tuple(carried), unread, tuple(problems))


def _content(base: str, path: str) -> bytes | None:
    """A file of the po4a project; None if there is none."""
    place = os.path.normpath(os.path.join(base, path))
    return Files(os.path.dirname(place)).bytes_of(place) if os.path.isfile(place) else None
