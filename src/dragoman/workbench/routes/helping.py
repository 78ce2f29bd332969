"""API routes that help to translate a sentence: findings of the checks, matches, terms and notes."""

from __future__ import annotations

import contextlib
from collections.abc import Sequence
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from dragoman.checks.severities import CODES
from dragoman.errors import DragomanError
from dragoman.model import Problem
from dragoman.pipeline.session import unit_help
from dragoman.pipeline.session.opened import Line, Opened
from dragoman.pipeline.session.people import Role
from dragoman.pipeline.session.saving import accept, lines_of_remark, remark
from dragoman.pipeline.session.session import Session
from dragoman.pipeline.session.typed_journal import TypedJournal
from dragoman.pipeline.session.unit_help import Helper
from dragoman.workbench import requests
from dragoman.workbench.access import RefusedError
from dragoman.workbench.jobs import Jobs
from dragoman.workbench.pages import frame, nodes, panel
from dragoman.workbench.pages.nodes import Tag
from dragoman.workbench.requests import ApiRoute, RequestFields
from dragoman.workbench.routes import engine_drafts
from dragoman.workbench.routes.engine_drafts import EngineDrafts


class Helping:
    """The API routes about one sentence: its findings, its help, waivers and remarks."""

    def __init__(
        self, session: Session, journal: TypedJournal, jobs: Jobs, engines: EngineDrafts
    ) -> None:
        self._session = session
        self._journal = journal
        self._jobs = jobs
        self._engines = engines
        self._helper = Helper(session)
        self.routes = [
            ApiRoute("POST", "check", self._check, Role.READER),
            ApiRoute("POST", "help", self._help, Role.READER),
            ApiRoute("POST", "finding", self._finding, Role.READER),
            ApiRoute("POST", "findings", self._findings, Role.READER),
            ApiRoute("POST", "accept", self._accept, Role.REVIEWER),
            ApiRoute("POST", "remark", self._remark, Role.TRANSLATOR),
        ]

    async def learn(self, opened: Opened, messages: Sequence[str]) -> None:
        """Add translations that were just saved to the memory that later matches come from."""
        with contextlib.suppress(DragomanError):  # a missing match is no reason to fail
            await self._jobs.help(self._helper.learn, opened, messages)

    async def _unit(self, said: RequestFields) -> tuple[Opened, Line]:
        place = requests.place(self._session, said)
        opened = await self._jobs.read(self._session.opened, *place)
        line = opened.by_id.get(said.text("unit"))
        if line is None:
            raise RefusedError(410, "this sentence is not in the text any more")
        return opened, line

    async def _check(self, request: Request) -> Response:
        """The findings, terms and preview of a target, whether it is saved or not."""
        said = await requests.said(request)
        ui = frame.spoken_in(said.text("ui", "en"))
        opened, line = await self._unit(said)
        target = said.text("target")

        def answered() -> dict[str, Any]:
            found = self._session.check(opened, line, target)
            terms = unit_help.terms(self._session.glossary, line, opened.locale, target)
            block = self._session.rendered(opened, line.id, target) if target else None
            view: list[Tag] = [
                *panel.findings(ui, found),
                *panel.terms(ui, terms, opened.locale, opened.source),
                *panel.preview(ui, block, opened.locale),
            ]
            marks = [_mark(problem, target) for problem in found if not problem.waived]
            return {"marks": marks, "view": [nodes.json(node) for node in view]}

        return JSONResponse(await self._jobs.read(answered))

    async def _help(self, request: Request) -> Response:
        """The help for a sentence that does not depend on what is being typed."""
        said = await requests.said(request)
        ui = frame.spoken_in(said.text("ui", "en"))
        opened, line = await self._unit(said)
        person = requests.person(request)

        def answered() -> list[Any]:
            helps = self._helper.of(opened, line)
            others = tuple([one for one in helps.elsewhere if person.may(Role.READER, one.locale)])
            helps = helps._replace(elsewhere=others)
            past = self._journal.of(opened.text.domain, opened.locale, line.unit.key)
            view = panel.help_of(ui, line, helps, past, opened.locale, opened.source)
            view += engine_drafts.offer(ui, self._engines.engine)
            return [nodes.json(node) for node in view]

        return JSONResponse({"view": await self._jobs.help(answered)})

    async def _finding(self, request: Request) -> Response:
        """The number of the next sentence with a finding of a check."""
        opened, line = await self._unit(await requests.said(request))
        found = await self._jobs.help(self._session.next_finding, opened, line.id)
        return JSONResponse({"number": found.number if found else ""})

    async def _findings(self, request: Request) -> Response:
        """All sentences of a text with a finding of a check."""
        place = requests.place(self._session, await requests.said(request))
        opened = await self._jobs.read(self._session.opened, *place)
        return JSONResponse({"units": await self._jobs.help(self._session.with_findings, opened)})

    async def _remark(self, request: Request) -> Response:
        """Add a remark to a sentence."""
        said = await requests.said(request)
        opened, line = await self._unit(said)
        if not lines_of_remark(said.text("remark")):
            raise RefusedError(400, "the remark is empty")
        there = await self._jobs.save(
            remark,
            self._session.own_project(),
            opened.text,
            opened.locale,
            line.unit.key,
            said.text("remark"),
        )
        return JSONResponse({"outcome": "saved" if there else "gone"}, 200 if there else 410)

    async def _accept(self, request: Request) -> Response:
        """Waive a check's finding about a translation, with a reason."""
        said = await requests.said(request)
        opened, line = await self._unit(said)
        code, reason = said.text("code"), " ".join(said.text("reason").split())
        if code not in CODES or not reason:
            raise RefusedError(400, "name a check and a reason")
        seen = await self._jobs.save(
            accept,
            self._session.own_project(),
            opened.text,
            opened.locale,
            line.unit.key,
            said.text("base"),
            code,
            reason,
        )
        return JSONResponse({"outcome": "saved" if seen else "changed"}, 200 if seen else 409)


def _mark(problem: Problem, target: str) -> dict[str, Any]:
    """The position of a finding in its target, in UTF-16 code units as browsers count."""
    start, end = (panel.utf16(target, at) for at in problem.span)
    return {"start": start, "end": end, "severity": problem.severity}
