"""What is written down of changes beside the catalogs: the log of a team, and commits by person."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Awaitable, Callable
from contextlib import AbstractAsyncContextManager
from http import HTTPStatus

from starlette.requests import Request
from starlette.responses import Response

from dragoman.errors import DragomanError
from dragoman.pipeline.session.audit import AuditLog
from dragoman.pipeline.session.commits import Committer
from dragoman.pipeline.session.people import Role
from dragoman.pipeline.session.session import Session
from dragoman.workbench import requests
from dragoman.workbench.access import RefusedError
from dragoman.workbench.jobs import Jobs
from dragoman.workbench.requests import ApiRoute, Scope

_SECONDS = 5.0
"""How often it is looked who has paused."""


class Bookkeeping:
    """Keeps a log of what people changed, and commits it, where that is wanted."""

    def __init__(
        self,
        session: Session,
        jobs: Jobs,
        log: AuditLog | None,
        committer: Committer | None,
        report: Callable[[str], None],
    ) -> None:
        self._session = session
        self._jobs = jobs
        self._log = log
        self._committer = committer
        self._report = report
        self._alone = asyncio.Lock()
        self._task: asyncio.Task[None] | None = None

    async def of(
        self, request: Request, route: ApiRoute, work: Callable[[Request], Awaitable[Response]]
    ) -> Response:
        """Do what a request wants, and write down that it was done."""
        if route.role <= Role.READER or (self._log is None and self._committer is None):
            return await work(request)
        by = requests.person(request).name
        one_at_a_time: AbstractAsyncContextManager[object] = contextlib.nullcontext()
        if self._committer is not None:
            one_at_a_time = self._alone
        async with one_at_a_time:
            paths = await self._paths(request, route)
            if self._committer is not None:
                await self._jobs.save(self._try, self._committer.before, paths, by)
            response = await work(request)
            if response.status_code < HTTPStatus.MULTIPLE_CHOICES:
                with contextlib.suppress(RefusedError):  # what is done is done
                    await self._written(request, route, by, paths)
        return response

    async def _written(
        self, request: Request, route: ApiRoute, by: str, paths: dict[str, str]
    ) -> None:
        if self._committer is not None:
            self._committer.changed(paths, by)
            if self._task is None or self._task.done():
                self._task = asyncio.create_task(self._committing())
        if self._log is None:
            return
        said = await requests.said(request)
        text, locale, source = "", "", ""
        if route.scope is Scope.PLACE:
            place = requests.place(self._session, said)
            text, locale = place.text.domain, place.locale
            message = said.text("message", "") or said.text("unit", "")
            key = self._session.key(place.text, message)
            source = key[1] if key else ""
        await self._jobs.save(self._try, self._log.add, by, route.name, text, locale, source)

    async def _paths(self, request: Request, route: ApiRoute) -> dict[str, str]:
        """The files that a route may change, each with what a commit calls it."""
        project = self._session.project
        if route.scope is Scope.PLACE:
            place = requests.place(self._session, await requests.said(request))
            named = f"{place.text.domain} ({place.locale})"
            return {project.catalog(*place): named, project.glossary_file: "the glossary"}
        texts = self._session.texts().values()
        paths = {
            project.catalog(text, locale): f"{text.domain} ({locale})"
            for text in texts
            for locale in project.settings.locales
        }
        return {**paths, project.glossary_file: "the glossary"}

    async def _committing(self) -> None:
        assert self._committer is not None
        while self._committer.pending():
            await asyncio.sleep(_SECONDS)
            for by in self._committer.due():
                async with self._alone:
                    await self._jobs.save(self._try, self._committer.commit, by)

    def _try(self, act: Callable[..., object], *arguments: object) -> None:
        """Do something that must not make a save fail; what goes wrong is reported."""
        try:
            act(*arguments)
        except DragomanError as error:
            self._report(str(error))

    def close(self) -> None:
        """Commit what is in no commit yet."""
        if self._task is not None:
            self._task.cancel()
        if self._committer is not None:
            for by in self._committer.pending():
                self._try(self._committer.commit, by)
