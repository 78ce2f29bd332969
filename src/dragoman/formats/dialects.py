"""Dialects of Markdown: which constructs beyond CommonMark each of them has.

What cannot be prose is taken for structure in every dialect but `commonmark`; what may be prose
(a line that begins with `%`, `{x}` inside a sentence) only where a project's dialect has it.
"""

from __future__ import annotations

from collections.abc import Collection

COMMON = frozenset(
    (
        "abbreviations",  # *[HTML]: …
        "admonitions",  # !!! note, ??? note, === "Tab"
        "alerts",  # > [!NOTE] Title
        "attributes",  # {: .x}, {.x #id} on lines of their own, behind headings and elements
        "definitions",  # Term, and : what it is
        "directives",  # ```{note} Title
        "fences",  # ::: note Title
        "grids",  # tables drawn with + and -
        "icons",  # :smile:
        "math",  # $$ … $$, \[ … \], $x$, \(x\)
        "roles",  # {ref}`x`
        "shortcodes",  # {{< x >}}, {% x %}, {{ x }}
        "snippets",  # --8<-- "x", <<< @/x
        "targets",  # (x)=, +++
        "toc",  # [TOC], [[toc]]
        "wiki",  # [[Page|label]]
    )
)
"""Constructs of several dialects that are no prose in any."""

DIALECTS: dict[str, frozenset[str]] = {
    "auto": COMMON,
    "commonmark": frozenset(),
    "docusaurus": COMMON | {"jsx"},  # import, <Tabs>, {x}
    "hugo": COMMON,
    "jekyll": COMMON,
    "mkdocs": COMMON | {"keys"},  # ++ctrl+c++
    "myst": COMMON | {"citations", "comments"},  # [@key]; % a comment
    "pandoc": COMMON | {"citations", "lines", "tildes"},  # | a line of verse; ~ a definition
    "vitepress": COMMON,
}
"""The constructs of each dialect, by the name that settings give it."""

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
SIGNS = tuple(dict.fromkeys([name for name, _ in (*_SIGNS, *_SHARED)]))
"""Names of files in a project's folder that tell its dialect."""
READ = frozenset(name for name, _ in _SHARED)
"""Those of them whose text is needed."""


def dialect_of(found: Collection[str], texts: dict[str, str]) -> str:
    """The dialect that a project shows.

    Args:
        found: which of SIGNS are in its folders.
        texts: the texts of those among READ.

    >>> dialect_of({"mkdocs.yml"}, {})
    'mkdocs'
    >>> dialect_of({"conf.py"}, {"conf.py": "extensions = ['myst_parser']"})
    'myst'
    >>> dialect_of({"conf.py"}, {"conf.py": "extensions = []"})
    'auto'
    """
    for name, dialect in _SIGNS:
        if name in found:
            return dialect
    for name, words in _SHARED:
        if name in found:
            for word, dialect in words:
                if word in texts.get(name, ""):
                    return dialect
    return "auto"


def constructs(dialect: str, file: str) -> frozenset[str]:
    """The constructs to look for in a file; an .mdx file has JSX whatever the project is.

    >>> "jsx" in constructs("auto", "a.mdx")
    True
    """
    known = DIALECTS[dialect]
    return known | {"jsx"} if file.lower().endswith(".mdx") else known
