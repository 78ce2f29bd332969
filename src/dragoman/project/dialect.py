"""Detects the Markdown dialect of a project's texts from the files of its site generator."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable

NAMES = (
    "auto",
    "commonmark",
    "docusaurus",
    "hugo",
    "jekyll",
    "mkdocs",
    "myst",
    "pandoc",
    "vitepress",
)
"""Values of the setting `dialect`; `formats.dialects` says what each has."""
_SIGNS = (
    ("mkdocs.yml", "mkdocs"),
    ("mkdocs.yaml", "mkdocs"),
    ("zensical.toml", "mkdocs"),
    ("docusaurus.config.js", "docusaurus"),
    ("docusaurus.config.ts", "docusaurus"),
    ("docusaurus.config.mjs", "docusaurus"),
    ("docusaurus.config.cjs", "docusaurus"),
    ("myst.yml", "myst"),
    ("_quarto.yml", "pandoc"),
    (".vitepress", "vitepress"),
    ("hugo.toml", "hugo"),
    ("hugo.yaml", "hugo"),
    ("hugo.json", "hugo"),
)
_SHARED = (
    ("_config.yml", (("myst", "myst"), ("sphinx:", "myst"), ("", "jekyll"))),
    ("conf.py", (("myst", "myst"),)),
    ("config.toml", (("baseURL", "hugo"), ("languageCode", "hugo"))),
)
"""Files that several site generators have, with words in them that identify one."""


def dialect_of(folders: Iterable[str], text_of: Callable[[str], str]) -> str:
    """The dialect of the first site generator whose files are in these folders; `auto` if there is none.

    Args:
        folders: paths of folders, the most significant first.
        text_of: reads the content of a file in `_SHARED`.
    """
    for folder in folders:
        for name, dialect in _SIGNS:
            if os.path.lexists(os.path.join(folder, name)):
                return dialect
        for name, words in _SHARED:
            path = os.path.join(folder, name)
            if os.path.isfile(path):
                text = text_of(path)
                for word, dialect in words:
                    if word in text:
                        return dialect
    return "auto"
