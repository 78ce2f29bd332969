"""Reports: one module per form, each turning the result of a check into a file's content."""

from __future__ import annotations

from importlib import import_module
from typing import Any, Protocol, cast

from dragoman.errors import DragomanError

REPORTS = {
    "text": "text",
    "json": "json_",
    "sarif": "sarif",
    "junit": "junit",
    "github": "github",
    "gitlab": "gitlab",
    "markdown": "markdown",
    "html": "html",
    "badge": "badge",
}
"""Name of each report, and its module in this folder."""


class Report(Protocol):
    """The interface of a module of this folder."""

    @staticmethod
    def report(checked: Any) -> str: ...


def report_named(name: str) -> Report:
    """Import the report with a name.

    >>> report_named("badge").__name__
    'dragoman.reports.badge'

    Raises:
        DragomanError: there is no report with this name.
    """
    if name not in REPORTS:
        raise DragomanError(
            f"there is no report {name!r}", how_to_fix=f"known: {', '.join(REPORTS)}"
        )
    return cast("Report", import_module(f"{__name__}.{REPORTS[name]}"))


__all__ = ["REPORTS", "Report", "report_named"]
