"""Localize real prose with ordinary gettext.

For scripts: `open_project` opens a project; its texts, catalogs, rows and problems are what
`dragoman.scripting` documents. Nothing else in this package is public.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from dragoman.scripting import OpenCatalog, OpenProject, OpenText, open_project

__version__ = "0.2.0"
__all__ = ["OpenCatalog", "OpenProject", "OpenText", "__version__", "open_project"]


def __getattr__(name: str) -> Any:
    """What scripts use is loaded when they ask for it: the command line starts without it."""
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from dragoman import scripting

    return getattr(scripting, name)
