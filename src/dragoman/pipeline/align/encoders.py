"""Sentence embeddings from elsewhere, as plug-ins: entry points of the group `dragoman.encoders`."""

from __future__ import annotations

from importlib.metadata import entry_points

from dragoman.alignment import Encoder
from dragoman.errors import DragomanError

GROUP = "dragoman.encoders"


def encoder(name: str) -> Encoder | None:
    """The encoder that an installed package offers under a name; none for an empty name.

    An entry point of the group is called without arguments and gives an `Encoder`.

    Raises:
        DragomanError: nothing of that name is installed.
    """
    if not name:
        return None
    offered = entry_points(group=GROUP)
    if name not in offered.names:
        known = ", ".join(sorted(offered.names)) or "none"
        raise DragomanError(
            f"no encoder {name!r} is installed",
            way_out=f"install a package that offers one; there are: {known}",
        )
    made: Encoder = offered[name].load()()
    return made
