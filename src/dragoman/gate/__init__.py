"""The gate: the only way in for XML and zip archives that others wrote, with bounds on everything."""

from __future__ import annotations

from dragoman.gate.archive import Members, members
from dragoman.gate.xml import LARGEST, parsed, streamed

__all__ = ["LARGEST", "Members", "members", "parsed", "streamed"]
