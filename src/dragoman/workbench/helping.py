"""What helps with a sentence while it is written: findings of the checks, and more beside it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from dragoman.model import Problem
from dragoman.pipeline.session.opened import Line, Opened
from dragoman.pipeline.session.session import Session
from dragoman.workbench import frame, panel, requests, tags
from dragoman.workbench.access import RefusedError
from dragoman.workbench.jobs import Jobs
from dragoman.workbench.requests import Said


class Helping:
    """Answers questions about one sentence."""

    def __init__(self, session: Session, jobs: Jobs) -> None:
        self._session = session
        self._jobs = jobs
        self.routes: list[tuple[str, str, Callable[[Request], Awaitable[Response]]]] = [
            ("POST", "check", self._check),
        ]

    async def _unit(self, said: Said) -> tuple[Opened, Line]:
        place = requests.place(self._session, said)
        opened = await self._jobs.read(self._session.opened, *place)
        line = opened.by_id.get(said.text("unit"))
        if line is None:
            raise RefusedError(410, "this sentence is not in the text any more")
        return opened, line

    async def _check(self, request: Request) -> Response:
        """What the checks say of a target, saved or not."""
        said = await requests.said(request)
        ui = frame.spoken_in(said.text("ui", "en"))
        opened, line = await self._unit(said)
        target = said.text("target")
        found = await self._jobs.read(self._session.check, opened, line, target)
        return JSONResponse(
            {
                "marks": [_mark(problem, target) for problem in found if not problem.waived],
                "view": [tags.json(node) for node in panel.findings(ui, found)],
            }
        )


def _mark(problem: Problem, target: str) -> dict[str, Any]:
    """Where a finding is, in the units that a browser counts in."""
    start, end = (_utf16(target, at) for at in problem.span)
    return {"start": start, "end": end, "severity": problem.severity}


def _utf16(text: str, at: int) -> int:
    """A place in a text, in 16-bit units.

    >>> _utf16("😀b", 1)
    2
    """
    return len(text[:at].encode("utf-16-le", "surrogatepass")) // 2
