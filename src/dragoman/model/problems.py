"""Findings of checks."""

from __future__ import annotations

from typing import NamedTuple

from dragoman.model.digests import digest


class Problem(NamedTuple):
    """A finding of a check, as data for reports."""

    code: str
    severity: str
    text: str
    locale: str
    message: str
    source: str = ""
    po_file: str = ""
    po_line: int = 0
    origin_file: str = ""
    origin_line: int = 0
    target: str = ""
    span: tuple[int, int] = (0, 0)
    """Start and end in the target, in characters from 0; empty if something is missing there."""
    source_span: tuple[int, int] = (0, 0)
    """Start and end in the source, in characters from 0."""
    fix: str | None = None
    """The text that should replace the span, if it is certain."""
    safe: bool = False
    """Whether the fix cannot change the meaning."""
    waived: str = ""
    """The reason why somebody waived the finding; empty if nobody did."""

    @property
    def fingerprint(self) -> str:
        """A hash that identifies the finding even if its line, severity or message changes.

        >>> Problem("number", "error", "x", "ru", "m").fingerprint == Problem("number", "info", "x", "ru", "n").fingerprint
        True
        """
        identity = f"{self.code}\x04{self.text}\x04{self.locale}\x04{self.source}\x04{self._marked}"
        return digest(identity.encode(errors="surrogatepass"), 8)

    @property
    def _marked(self) -> str:
        start, end = self.span
        return self.target[start:end]

    def at(self, file: str, line: int, source: str) -> Problem:
        """A copy of the problem that points to a line of another file and to another source.

        >>> Problem("waiver", "info", "x", "ru", "m").at("waivers.toml", 3, "No.").po_line
        3
        """
        return self._replace(po_file=file, po_line=line, source=source)
