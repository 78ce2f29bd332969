"""The workbench as a web application: the routes of its pages and of its API."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator, Awaitable, Callable
from importlib.resources import files
from typing import Any, NamedTuple

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response, StreamingResponse
from starlette.routing import Route
from starlette.types import ASGIApp

from dragoman.errors import DragomanError
from dragoman.model import digest
from dragoman.pipeline.machine.consent import EngineChoice
from dragoman.pipeline.session.audit import AuditLog
from dragoman.pipeline.session.commits import Committer
from dragoman.pipeline.session.people import Person, Role
from dragoman.pipeline.session.session import Session, Summary
from dragoman.pipeline.session.step_journal import StepJournal
from dragoman.pipeline.session.typed_journal import TypedJournal
from dragoman.project import Text
from dragoman.workbench import requests
from dragoman.workbench.access import (
    ENTER,
    ORIGIN,
    Access,
    AccessGate,
    RefusedError,
    Team,
    headers_of,
    token_of,
)
from dragoman.workbench.bookkeeping import Bookkeeping
from dragoman.workbench.jobs import Jobs
from dragoman.workbench.pages import frame, screens
from dragoman.workbench.rebuilding import Rebuilding
from dragoman.workbench.requests import ApiRoute
from dragoman.workbench.routes.editing import Editing
from dragoman.workbench.routes.engine_drafts import EngineDrafts
from dragoman.workbench.routes.finding import Searching
from dragoman.workbench.routes.glossary_terms import GlossaryTerms
from dragoman.workbench.routes.helping import Helping
from dragoman.workbench.routes.reviewing import Reviewing
from dragoman.workbench.routes.transfer import Transfer, preview_screen
from dragoman.workbench.streams import Place, Streams, TooManyError

Answer = Callable[[Request], Awaitable[Response]]


class ServeOptions(NamedTuple):
    """What the person who serves a project wants."""

    by: str
    """The name under which texts are saved and approved."""
    port: int = 0
    """The port to listen on; any free port if 0."""
    engine: EngineChoice = EngineChoice()
    """The engine for machine drafts; else that of the settings."""
    team: Team | None = None
    """How people elsewhere come in; nobody does if None."""
    watch: bool = False
    """Whether what changes is built at once."""
    commit: bool = False
    """Whether changes are committed, with each person's name as author."""
    report: Callable[[str], None] = lambda _: None
    """Called with what happens beside saves."""


_TYPES = {"css": "text/css; charset=utf-8", "js": "text/javascript; charset=utf-8"}


class Workbench:
    """The web application of a project: its pages, and the API that their scripts call."""

    def __init__(
        self,
        session: Session,
        access: Access,
        options: ServeOptions,
        entered: Callable[[], None],
    ) -> None:
        """Build the routes of the application.

        Args:
            session: the project.
            access: the secrets that a request must present.
            options: what the person who serves wants.
            entered: called when the one-time address was used.
        """
        self._session = session
        self._access = access
        self._entered = entered
        self._jobs = Jobs()
        self._journal = TypedJournal(session.project.root)
        self._streams = Streams(session, self._jobs)
        self._loop: asyncio.AbstractEventLoop | None = None
        self._id = digest(session.project.root.encode(), 8)
        self._ui_cookie = f"{access.cookie_name}-ui"
        self._static = dict(_assets())
        editing = Editing(session, self._journal, self._jobs, self._streams)
        engines = EngineDrafts(session, self._jobs, options.engine)
        helping = Helping(session, self._journal, self._jobs, engines)
        self._streams.changed = helping.learn
        self._terms = GlossaryTerms(session, self._jobs, self._streams)
        self._reviewing = Reviewing(session, self._jobs, self._streams)
        self._watch = options.watch
        self._rebuilding = Rebuilding(session, self._jobs, self._streams, options.report)
        root = session.project.root
        log = AuditLog(root) if options.team else None
        committer = Committer(root) if options.commit else None
        self._records = Bookkeeping(session, self._jobs, log, committer, options.report)
        self._transfer = Transfer(session, self._journal, self._jobs)
        self._finding = Searching(session, StepJournal(session.project.root), self._jobs)
        routes = [
            Route(ENTER, self._enter),
            Route("/", self._page(self._project)),
            Route("/t/{domain:path}/{locale}", self._page(self._text)),
            Route("/read/{domain:path}/{locale}", self._page(self._read)),
            Route("/review/{domain:path}/{locale}", self._page(self._review)),
            Route("/files/{domain:path}/{locale}", self._page(self._files)),
            Route("/preview/{domain:path}/{locale}", self._page(self._preview)),
            Route("/rendition/{domain:path}/{locale}", self._rendition),
            Route("/edition/{name}/{domain:path}/{locale}", self._edition),
            Route("/find", self._page(self._find)),
            Route("/glossary", self._page(self._glossary)),
            Route("/recover", self._page(self._recover)),
            Route("/static/{name}", self._asset),
            Route("/favicon.ico", self._nothing),
            Route("/api/events", self._events),
        ]
        self.api: list[ApiRoute] = [
            *editing.routes,
            *helping.routes,
            *engines.routes,
            *self._finding.routes,
            *self._reviewing.routes,
            *self._terms.routes,
            *self._transfer.routes,
        ]
        routes += [
            Route(f"/api/{one.name}", self._answered(one), methods=[one.method]) for one in self.api
        ]
        self.routes = routes
        app = Starlette(routes=routes, lifespan=self._lifespan)
        self.asgi: ASGIApp = AccessGate(app, access)

    @contextlib.asynccontextmanager
    async def _lifespan(self, _app: Starlette) -> AsyncIterator[None]:
        self._loop = asyncio.get_running_loop()
        with contextlib.suppress(DragomanError):
            self._journal.shorten()
        if self._watch:
            self._rebuilding.start()
        yield
        self._rebuilding.close()
        self._streams.close()
        self._jobs.close()
        self._records.close()

    def close(self) -> None:
        """End the event streams of all pages; may be called from another thread."""
        if self._loop is not None:
            self._loop.call_soon_threadsafe(self._streams.close)

    # --- pages ---

    async def _enter(self, request: Request) -> Response:
        """Exchange the token of the printed address for a cookie."""
        own, token = request.scope[ORIGIN], token_of(request.scope["query_string"])
        cookie = self._access.enter(own, token, headers_of(request.scope["headers"]))
        if cookie is None:
            return PlainTextResponse("open the address that 'dragoman serve' prints last\n", 401)
        if not own.startswith("https:"):
            self._entered()
        # Not a redirect: after one, a browser that came from another site would send no cookie.
        page = '<!doctype html><meta http-equiv="refresh" content="0;url=/"><title>dragoman</title>'
        headers = {"cache-control": "no-store"} | ({"set-cookie": cookie} if cookie else {})
        return Response(page, 200, headers, "text/html; charset=utf-8")

    def _page(self, make: Callable[[Request, frame.Ui], Awaitable[frame.WorkbenchPage]]) -> Answer:
        async def answer(request: Request) -> Response:
            ui = frame.interface(request, self._ui_cookie)
            try:
                page = await make(request, ui)
            except RefusedError as refused:
                page = screens.failure(ui, refused.status, refused.sentence)
            except DragomanError as error:
                page = screens.failure(ui, 500, str(error))
            return frame.answer(request, ui, self._ui_cookie, page)

        return answer

    async def _project(self, request: Request, ui: frame.Ui) -> frame.WorkbenchPage:
        return await self._jobs.read(self._project_page, ui, requests.person(request))

    def _project_page(self, ui: frame.Ui, person: Person) -> frame.WorkbenchPage:
        session = self._session
        project = session.project
        targets = requests.readable(project, person)
        summaries = [
            (text, {locale: self._summary(text, locale) for locale in targets})
            for text in session.texts().values()
        ]
        return screens.project(ui, project, targets, summaries, len(self._pending(person)))

    def _summary(self, text: Text, locale: str) -> Summary | str:
        """The progress of a text, or the error that prevents it; one bad file hides no other."""
        try:
            return self._session.summary(text, locale)
        except DragomanError as error:
            return str(error)

    async def _text(self, request: Request, ui: frame.Ui) -> frame.WorkbenchPage:
        place = self._place(request)
        person = requests.person(request)
        opened = await self._jobs.read(self._session.opened, *place)
        return await self._jobs.read(
            screens.text, ui, opened, self._id, person.name, person.role(place.locale)
        )

    async def _read(self, request: Request, ui: frame.Ui) -> frame.WorkbenchPage:
        place = self._place(request)

        def made() -> frame.WorkbenchPage:
            opened = self._session.opened(*place)
            blocks = self._session.reading(opened)
            return screens.read(ui, opened, blocks, self._id)

        return await self._jobs.read(made)

    async def _review(self, request: Request, ui: frame.Ui) -> frame.WorkbenchPage:
        place = self._place(request)
        return await self._reviewing.page(ui, place, requests.person(request).role(place.locale))

    async def _files(self, request: Request, ui: frame.Ui) -> frame.WorkbenchPage:
        return await self._transfer.page(ui, self._place(request))

    async def _preview(self, request: Request, ui: frame.Ui) -> frame.WorkbenchPage:
        opened = await self._jobs.read(self._session.opened, *self._place(request))
        return preview_screen(ui, opened)

    async def _edition(self, request: Request) -> Response:
        name = request.path_params["name"]
        return await self._file(request, lambda place: self._transfer.edition(name, place))

    async def _rendition(self, request: Request) -> Response:
        return await self._file(request, self._transfer.rendition)

    async def _file(
        self, request: Request, made: Callable[[Place], Awaitable[Response]]
    ) -> Response:
        """A file made of a text, or a page that says why there is none."""
        try:
            return await made(self._place(request))
        except RefusedError as refused:
            status, sentence = refused.status, refused.sentence
        except DragomanError as error:
            status, sentence = 422, str(error)
        ui = frame.interface(request, self._ui_cookie)
        return frame.answer(request, ui, self._ui_cookie, screens.failure(ui, status, sentence))

    async def _find(self, request: Request, ui: frame.Ui) -> frame.WorkbenchPage:
        requests.permit_some(request, Role.READER)
        return await self._finding.page(ui, requests.person(request))

    async def _glossary(self, request: Request, ui: frame.Ui) -> frame.WorkbenchPage:
        requests.permit_some(request, Role.READER)
        return await self._terms.page(ui, requests.person(request))

    async def _recover(self, request: Request, ui: frame.Ui) -> frame.WorkbenchPage:
        requests.permit_some(request, Role.TRANSLATOR)
        pending = await self._jobs.read(self._pending, requests.person(request))
        source = self._session.project.settings.source
        return screens.recover(ui, pending, self._id, source)

    def _pending(self, person: Person) -> list[Any]:
        """A person's texts that reached no catalog, each with the current state of its sentence."""
        found = []
        known = requests.readable(self._session.project, person)
        for typed in self._journal.pending(person.journal_name):
            text = self._session.text(typed.text)
            number, now = "", ""
            if text is not None and typed.locale in known:
                opened = self._session.opened(text, typed.locale)
                line = next((x for x in opened.lines if x.unit.key == typed.key), None)
                line = line or opened.successor(typed.key)
                if line is not None:
                    number, now = line.number, line.target
            if now != typed.target:
                found.append((typed, number, now))
        return found

    def _place(self, request: Request) -> Place:
        """The text and locale of a page's path, which the person may read."""
        named = request.path_params
        requests.permit_some(request, Role.READER)
        found = requests.known_place(self._session, named["domain"], named["locale"])
        requests.permit(request, Role.READER, found.locale)
        return found

    # --- the API ---

    def _answered(self, route: ApiRoute) -> Answer:
        """A route for those who may use it; its errors are answered as JSON, too."""

        async def answer(request: Request) -> Response:
            try:
                await requests.permitted(request, self._session, route)
                return await self._records.of(request, route, route.work)
            except RefusedError as refused:
                return JSONResponse({"error": refused.sentence}, refused.status)
            except DragomanError as error:
                return JSONResponse({"error": str(error)}, 422)

        return answer

    # --- files and events ---

    async def _asset(self, request: Request) -> Response:
        found = self._static.get(request.path_params["name"])
        if found is None:
            return PlainTextResponse("there is no such file\n", 404)
        content, kind, version = found
        headers = {"cache-control": "no-cache", "etag": version}
        if request.headers.get("if-none-match") == version:
            return Response(None, 304, headers)
        return Response(content, 200, headers, kind)

    async def _nothing(self, _request: Request) -> Response:
        return Response(None, 204)

    async def _events(self, request: Request) -> Response:
        try:
            requests.permit_some(request, Role.READER)
            asked = requests.asked(request)
            place = requests.place(self._session, asked)
            requests.permit(request, Role.READER, place.locale)
            person = requests.person(request)
            lines = await self._streams.events(
                place,
                asked.text("client", "", longest=64),
                lambda: self._access.still(person, Role.READER, place.locale),
            )
        except RefusedError as refused:
            return PlainTextResponse(refused.sentence + "\n", refused.status)
        except TooManyError:
            return PlainTextResponse("too many pages are open\n", 503)
        headers = {"cache-control": "no-store"}
        return StreamingResponse(lines, 200, headers, "text/event-stream")


def _assets() -> list[tuple[str, tuple[bytes, str, str]]]:
    """The static files of the pages, by name: content, media type and version."""
    found = []
    for item in files("dragoman.workbench.assets").iterdir():
        kind = _TYPES.get(item.name.rpartition(".")[2])
        if kind is not None:
            content = item.read_bytes()
            found.append((item.name, (content, kind, f'"{digest(content, 8)}"')))
    return found
