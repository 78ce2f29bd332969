"""The panel beside the text: what helps with the sentence in hand."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from dragoman.model import Problem
from dragoman.workbench.frame import Ui
from dragoman.workbench.tags import Tag, tag


def findings(ui: Ui, found: Sequence[Problem]) -> list[Tag]:
    """What the checks say of a translation."""
    if not found:
        return []
    items = [tag("li", *_finding(problem)) for problem in found]
    return [tag("h2", ui.say("Findings")), tag("ul", *items)]


def _finding(problem: Problem) -> Iterator[Tag | str]:
    start, end = problem.span
    said = problem.message
    if end > start:
        said += f": “{problem.target[start:end]}”"
    yield tag("p", said, class_=problem.severity, lang="en", dir="ltr")
