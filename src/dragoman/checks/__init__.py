"""Checks: each a function that yields problems of one text in one locale, in order."""

from __future__ import annotations

from dragoman.checks import completeness, direction

CHECKS = (
    completeness.untranslated,
    completeness.stale,
    completeness.conflict,
    direction.controls,
)

__all__ = ["CHECKS"]
