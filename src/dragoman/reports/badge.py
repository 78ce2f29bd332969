"""A badge as JSON, in the form that shields.io reads from an address."""

from __future__ import annotations

import json

from dragoman.reports.finding_lines import CheckedLike


def report(checked: CheckedLike) -> str:
    """How much is translated over all texts and locales, rounded down."""
    units = sum(count.units for count in checked.counts)
    left = sum(count.missing + count.fuzzy for count in checked.counts)
    percent = 100 * (units - left) // units if units else 100
    color = "brightgreen" if checked.passed else "yellow" if percent > 50 else "red"
    badge = {"schemaVersion": 1, "label": "translated", "message": f"{percent} %", "color": color}
    return json.dumps(badge) + "\n"
