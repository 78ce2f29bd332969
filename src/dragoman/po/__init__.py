"""PO files, which are kept as bytes entry by entry, and compiled MO files.

An unchanged entry is written back byte for byte; a changed one is wrapped as GNU gettext does it,
and only its own lines change.
"""

from __future__ import annotations

from dragoman.po.entry import Entry
from dragoman.po.file import PoFile, parse
from dragoman.po.mo import compile_mo, read_mo

__all__ = ["Entry", "PoFile", "compile_mo", "parse", "read_mo"]
