"""What a check looks at."""

from __future__ import annotations

from dataclasses import dataclass

from dragoman.catalog import Catalog
from dragoman.model import Document, Problem, Unit
from dragoman.po import Entry


@dataclass(frozen=True)
class Subject:
    """A text in one locale, and the names of its two files for findings."""

    text: str
    document: Document
    catalog: Catalog
    po_file: str
    origin_file: str

    def problem(
        self,
        code: str,
        severity: str,
        message: str,
        unit: Unit | None = None,
        entry: Entry | None = None,
    ) -> Problem:
        """A finding about a unit, an entry, or both."""
        return Problem(
            code=code,
            severity=severity,
            text=self.text,
            locale=self.catalog.locale,
            message=message,
            source=unit.source if unit else entry.msgid if entry else "",
            po_file=self.po_file,
            po_line=entry.line if entry else 0,
            origin_file=self.origin_file if unit else "",
            origin_line=unit.line if unit else 0,
        )
