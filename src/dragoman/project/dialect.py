"""Which dialect of Markdown a project's texts are in, as the files of its site tell."""

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
"""Files that several programs read, and words in them that tell which one does."""


def dialect_of(folders: Iterable[str], text_of: Callable[[str], str]) -> str:
    """The dialect that the first sign in these folders tells; `auto` where there is none.

    Args:
        folders: paths of folders, the most telling first.
        text_of: reads a file that several programs have.
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
