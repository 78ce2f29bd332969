"""The codes of everything that `check` can report, and the default severity of each."""

from __future__ import annotations

from dragoman.checks import CHECKS

CODES: dict[str, str] = {
    "unreadable": "error",
    "missing": "error",
    "fuzzy": "error",
    "join": "error",
    "stale": "error",
    "conflict": "error",
    "orphan": "warning",
    "waiver": "warning",
    "two-translations": "warning",
    "one-translation": "warning",
    "two-names": "warning",
    "two-styles": "info",
    "anchor": "warning",
    "reading-speed": "warning",
    "subtitle-length": "warning",
    "not-offered": "info",
    **{check.code: check.severity for check in CHECKS},
}
