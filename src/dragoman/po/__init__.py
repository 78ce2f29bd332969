"""The door to gettext: PO files kept as bytes entry by entry, and compiled MO files.

An entry nobody touched is written back as it came; a touched one is rendered as GNU gettext
would wrap it, and only its own lines change.
"""

from __future__ import annotations

from dragoman.po.entry import Entry
from dragoman.po.file import PoFile, parse
from dragoman.po.mo import compile_mo, read_mo

__all__ = ["Entry", "PoFile", "compile_mo", "parse", "read_mo"]
