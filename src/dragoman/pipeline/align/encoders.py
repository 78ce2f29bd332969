"""Sentence encoders of other packages: entry points of the group `dragoman.encoders`."""

from __future__ import annotations

from importlib.metadata import entry_points

from dragoman.alignment import Encoder
from dragoman.errors import DragomanError

GROUP = "dragoman.encoders"


def encoder(name: str) -> Encoder | None:
    """The sentence encoder of that name; None for an empty name.

    The entry point is called without arguments and returns an `Encoder`.

    Raises:
        DragomanError: no encoder of that name is installed.
    """
    if not name:
        return None
    offered = entry_points(group=GROUP)
    if name not in offered.names:
        known = ", ".join(sorted(offered.names)) or "none"
        raise DragomanError(
            f"no encoder {name!r} is installed",
            how_to_fix=f"install a package that offers one; there are: {known}",
        )
    loaded: Encoder = offered[name].load()()
    return loaded
