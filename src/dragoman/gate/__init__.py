"""The only parser of XML and zip archives from outside, with bounds on their size."""

from __future__ import annotations

from dragoman.gate.archive import Members, members
from dragoman.gate.xml import LARGEST, parsed, streamed

__all__ = ["LARGEST", "Members", "members", "parsed", "streamed"]
