"""Reports: one module per form, each turning what a check found into a file's content."""

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
"""Name of each report, and the module of this folder that makes it."""


class Report(Protocol):
    """What a module of this folder offers."""

    @staticmethod
    def report(checked: Any) -> str: ...


def report_named(name: str) -> Report:
    """The report with a name; raises DragomanError where there is none.

    >>> report_named("badge").__name__
    'dragoman.reports.badge'
    """
    if name not in REPORTS:
        raise DragomanError(
            f"there is no report {name!r}", way_out=f"known are {', '.join(REPORTS)}"
        )
    return cast("Report", import_module(f"{__name__}.{REPORTS[name]}"))


__all__ = ["REPORTS", "Report", "report_named"]
