"""API routes that change translations: save, approve, drop, update; and one that lists their state."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from dragoman.errors import DragomanError
from dragoman.languages import locales
from dragoman.model import Key, State
from dragoman.pipeline.catalogs.put import Conflict, Gone, Outcome, Saved, Version
from dragoman.pipeline.catalogs.update import update
from dragoman.pipeline.session.people import Role
from dragoman.pipeline.session.saving import UnitEdit, approve, save
from dragoman.pipeline.session.session import Session
from dragoman.pipeline.session.typed_journal import TypedJournal
from dragoman.text import bidi
from dragoman.workbench import requests
from dragoman.workbench.access import RefusedError
from dragoman.workbench.jobs import Jobs
from dragoman.workbench.pages import frame, nodes, screens
from dragoman.workbench.requests import ApiRoute, RequestFields, Scope
from dragoman.workbench.streams import Author, Place, Streams

_PATIENCE = 1.0
"""Seconds to wait for a save before the page is answered that its text is only in the journal."""


class Editing:
    """The routes of the API that change catalogs."""

    def __init__(
        self, session: Session, journal: TypedJournal, jobs: Jobs, streams: Streams
    ) -> None:
        self._session = session
        self._journal = journal
        self._jobs = jobs
        self._streams = streams
        self._later: set[asyncio.Task[Any]] = set()
        self.routes = [
            ApiRoute("PUT", "unit", self._save, Role.TRANSLATOR),
            ApiRoute("POST", "approve", self._approve, Role.REVIEWER),
            ApiRoute("POST", "drop", self._drop, Role.TRANSLATOR, Scope.SOME),
            ApiRoute("POST", "update", self._update, Role.EDITOR, Scope.ALL),
            ApiRoute("POST", "here", self._here, Role.READER),
            ApiRoute("POST", "state", self._state, Role.READER),
        ]

    async def _save(self, request: Request) -> Response:
        said = await requests.said(request)
        place = requests.place(self._session, said)
        key = self._session.key(place.text, said.text("message"))
        if key is None:
            return JSONResponse({"outcome": "gone"}, 410)
        by = requests.person(request).name
        author = Author(said.text("message"), "", said.text("client"), said.number("sequence"), by)
        change = UnitEdit(
            place.text,
            place.locale,
            key,
            said.text("base"),
            tidy(said.text("target")),
            said.flag("draft"),
            by,
            said.text("before", ""),
        )
        kept = asyncio.Event()
        loop = asyncio.get_running_loop()

        def is_kept() -> None:
            loop.call_soon_threadsafe(kept.set)

        project = self._session.own_project()
        job = self._start(self._jobs.save(save, project, self._journal, change, is_kept))
        done, _ = await asyncio.wait([job], timeout=_PATIENCE)
        if not done and kept.is_set():
            self._start(self._tell_later(job, change, place, author, said))
            return JSONResponse({"outcome": "kept"}, 202)
        outcome = await job
        answer = await self._told(outcome, change, place, said)
        self._start(self._streams.look(place, author._replace(base=answer.get("base", ""))))
        return JSONResponse(answer, _STATUS[type(outcome)])

    async def _tell_later(
        self,
        job: asyncio.Task[Outcome],
        change: UnitEdit,
        place: Place,
        author: Author,
        said: RequestFields,
    ) -> None:
        """Send the page the outcome of a save that took too long for a direct answer."""
        try:
            answer = await self._told(await job, change, place, said)
        except DragomanError as error:
            answer = {"outcome": "failed", "error": str(error)}
        answer |= {"client": author.client, "sequence": author.sequence}
        await self._streams.look(place, author._replace(base=answer.get("base", "")))
        self._streams.tell(place, "done", answer | {"message": said.text("message")})

    async def _told(
        self, outcome: Outcome, change: UnitEdit, place: Place, said: RequestFields
    ) -> dict[str, Any]:
        match outcome:
            case Saved(now, changed):
                state = _state(now, place.locale).value if changed else ""
                return {"outcome": "saved", "base": now.base, "state": state}
            case Conflict(theirs):
                ui = self._ui(said)
                view = screens.differing(ui, change.target, theirs.target, place.locale, theirs.by)
                return {
                    "outcome": "conflict",
                    "base": theirs.base,
                    "target": theirs.target,
                    "draft": theirs.draft,
                    "by": theirs.by,
                    "view": nodes.json(view),
                }
            case Gone(key):
                number = await self._jobs.read(self._successor, place, key)
                return {"outcome": "gone", "successor": number}

    def _successor(self, place: Place, key: Key) -> str:
        line = self._session.opened(*place).successor(key)
        return line.number if line else ""

    @staticmethod
    def _ui(said: RequestFields) -> frame.Ui:
        return frame.spoken_in(said.text("ui", "en"))

    async def _approve(self, request: Request) -> Response:
        said = await requests.said(request)
        place = requests.place(self._session, said)
        key = self._session.key(place.text, said.text("message"))
        if key is None:
            raise RefusedError(410, "this sentence is not in the text any more")
        by = requests.person(request).name
        author = Author(
            said.text("message"),
            said.text("base"),
            said.text("client", ""),
            said.number("sequence"),
            by,
        )
        undo = said.flag("undo")
        seen = await self._jobs.save(
            approve,
            self._session.own_project(),
            *place,
            key,
            said.text("base"),
            by,
            undo,
        )
        self._start(self._streams.look(place, author))
        if not seen:
            return JSONResponse({"outcome": "changed"}, 409)
        return JSONResponse({"outcome": "saved"})

    async def _drop(self, request: Request) -> Response:
        """Drop a typed text that was not saved, as its author requests."""
        said = await requests.said(request)
        by = requests.person(request).journal_name
        wanted = said.text("journal", "")
        if wanted:
            await self._jobs.save(self._dropped, by, lambda typed: typed.id == wanted)
        else:
            place = requests.place(self._session, said)
            key = self._session.key(place.text, said.text("message"))
            own = (place.text.domain, place.locale, key)
            await self._jobs.save(
                self._dropped, by, lambda typed: (typed.text, typed.locale, typed.key) == own
            )
        return JSONResponse({"outcome": "dropped"})

    def _dropped(self, by: str | None, is_meant: Callable[[Any], bool]) -> None:
        for typed in self._journal.pending(by):
            if is_meant(typed):
                self._journal.end(typed, "dropped")

    async def _update(self, _request: Request) -> Response:
        await self._jobs.save(update, self._session.own_project())
        return JSONResponse({"outcome": "saved"})

    async def _here(self, request: Request) -> Response:
        """Take down at which sentence the person is."""
        said = await requests.said(request)
        place = requests.place(self._session, said)
        client = said.text("client", "", longest=64)
        number = said.text("number", "", longest=64)
        self._streams.here(place, client, requests.person(request).name, number)
        return JSONResponse({})

    async def _state(self, request: Request) -> Response:
        """The current version of each message that differs from the version the page knows."""
        said = await requests.said(request)
        place = requests.place(self._session, said)
        opened = await self._jobs.read(self._session.opened, *place)
        versions = opened.versions
        known = said.pairs("bases")
        changed = [
            {"message": message, "base": base, "target": target, "state": state.value}
            for message, (base, target, state) in versions.items()
            if known.get(message, base) != base
        ]
        whole = known.keys() == {name for name, (base, _, _) in versions.items() if base}
        return JSONResponse({"units": changed, "whole": whole})

    def _start(self, work: Any) -> asyncio.Task[Any]:
        """Start a task that runs on even if nothing awaits it."""
        task: asyncio.Task[Any] = asyncio.ensure_future(work)
        self._later.add(task)
        task.add_done_callback(self._later.discard)
        return task


_STATUS = {Saved: 200, Conflict: 409, Gone: 410}


def _state(now: Version, locale: str) -> State:
    """The state that a catalog gives a message that was just saved."""
    if not now.target:
        return State.INITIAL
    refused = bidi.refused_controls(now.target, locales.direction(locale) == "rtl")
    if now.draft or next(refused, None) is not None:
        return State.DRAFT
    return State.TRANSLATED


def tidy(target: str) -> str:
    r"""A target on one line, without spaces at its ends.

    >>> tidy(" a\nb ")
    'a b'
    """
    return target.replace("\r\n", " ").translate(_BREAKS).strip(" ")


_BREAKS = str.maketrans(dict.fromkeys("\r\n\t\v\f\u2028\u2029", " "))
