"""The only parser of XML and zip archives from outside, with bounds on their size."""

from __future__ import annotations

from dragoman.gate.archive import Members, members
from dragoman.gate.repacking import repacked
from dragoman.gate.xml import LARGEST, checked, parsed, streamed
from dragoman.gate.xml_declared import Prolog, prolog
from dragoman.gate.xml_nodes import Node, decoded, encoding, located, tree

__all__ = [
    "LARGEST",
    "Members",
    "Node",
    "Prolog",
    "checked",
    "decoded",
    "encoding",
    "located",
    "members",
    "parsed",
    "prolog",
    "repacked",
    "streamed",
    "tree",
]
