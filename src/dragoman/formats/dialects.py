"""Dialects of Markdown: which constructs beyond CommonMark each of them has.

A construct that cannot be prose counts as syntax in every dialect except `commonmark`. One that may
be prose (a line that begins with `%`, `{x}` inside a sentence) counts only if the dialect has it.
"""

from __future__ import annotations

COMMON = frozenset(
    (
        "abbreviations",  # *[HTML]: …
        "admonitions",  # !!! note, ??? note, === "Tab"
        "alerts",  # > [!NOTE] Title
        "attributes",  # {: .x}, {.x #id} on their own lines, after headings and elements
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
"""Constructs that are not prose in any dialect."""

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
"""The constructs of each dialect, by its name in the settings."""


def constructs(dialect: str, file: str) -> frozenset[str]:
    """The constructs to look for in a file; an .mdx file always has JSX.

    >>> "jsx" in constructs("auto", "a.mdx")
    True
    """
    known = DIALECTS[dialect]
    return known | {"jsx"} if file.lower().endswith(".mdx") else known
