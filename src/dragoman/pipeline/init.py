"""Creates a new project."""

from __future__ import annotations

import json
import os
from collections.abc import Sequence

from dragoman.errors import DragomanError
from dragoman.languages import locales
from dragoman.project import SETTINGS_FILE, Files
from dragoman.project.git import is_ignored, top
from dragoman.project.settings import read

_TEMPLATE = """\
# Settings of dragoman. A line after # shows a key with its default.
name = {name}
source = {source}
locales = {locales}

texts = {texts}
catalogs = "locales"
output = "build"

# unit = "sentence"      # or "block": one unit a paragraph, or "chat": sentences begin small
# missing = "source"     # or "mark", "blank", "refuse"
exports = ["html"]
"""


def init(root: str, source: str, targets: Sequence[str], texts: str) -> list[str]:
    """Write the settings of a new project and create its texts folder; return the paths created.

    Raises:
        DragomanError: there are settings already, or a locale is unknown.
    """
    for locale in (source, *targets):
        locales.check(locale)
    files = Files(root)
    settings = os.path.join(root, SETTINGS_FILE)
    if os.path.lexists(settings):
        raise DragomanError(
            "there are settings already", file=SETTINGS_FILE, how_to_fix="edit them, or remove them"
        )
    content = _TEMPLATE.format(
        name=json.dumps(os.path.basename(root) or "texts", ensure_ascii=False),
        source=json.dumps(source),
        locales=json.dumps(list(targets)),
        texts=json.dumps(texts),
    )
    read(content, SETTINGS_FILE)
    folder = os.path.join(root, texts)
    new = files.make_folder(folder)  # before the settings, which make it a project
    return files.write({settings: content.encode()}) + [folder] * new


EXAMPLE_LOCALES = ("az", "he", "ru")
_EXAMPLE = os.path.join(os.path.dirname(os.path.abspath(__file__)), "example")


def example(root: str) -> list[str]:
    """Create a small project of one text with its translations; return the paths created.

    Raises:
        DragomanError: there are settings already, or a file of the example.
    """
    here, there = Files(root), Files(_EXAMPLE)
    files = {}
    for entry in there.entries(_EXAMPLE):
        domain, _, locale = os.path.splitext(entry.name)[0].partition(".")
        target = (
            f"locales/{locale}/LC_MESSAGES/{domain}.po" if locale else f"source_texts/{entry.name}"
        )
        files[os.path.join(root, target)] = there.bytes_of(entry.path) or b""
    for path in files:
        if os.path.lexists(path):
            raise DragomanError(
                "is there already", file=here.shown(path), how_to_fix="use an empty folder"
            )
    made = init(root, "en", EXAMPLE_LOCALES, "source_texts")
    return made + here.write(files)


_IGNORED = ("build/", "*.mo")


def not_ignored(root: str) -> tuple[str, ...]:
    """The outputs of a project that its git repository does not ignore yet; none outside of one."""
    samples = {"build/": "build/x", "*.mo": "locales/x.mo"}
    try:
        top(root)
    except DragomanError:
        return ()
    lines = (Files(root).bytes_of(os.path.join(root, _GITIGNORE)) or b"").decode(errors="replace")
    known = {line.strip().lstrip("/") for line in lines.split("\n")}
    return tuple(
        line for line in _IGNORED if line not in known and not is_ignored(root, samples[line])
    )


_GITIGNORE = ".gitignore"


def ignore(root: str, lines: Sequence[str]) -> None:
    """Add lines to the .gitignore of a folder."""
    files = Files(root)
    path = os.path.join(root, _GITIGNORE)
    known = files.bytes_of(path) or b""
    if known and not known.endswith(b"\n"):
        known += b"\n"
    files.write({path: known + "".join(f"{line}\n" for line in lines).encode()})
