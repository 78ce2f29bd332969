"""Search and replace across the project: the search page, and the API routes behind it."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import islice
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from dragoman.languages import locales
from dragoman.model import State
from dragoman.pipeline.session.people import Person, Role
from dragoman.pipeline.session.replacing import Hit, Meant, Query, replace, search, undo
from dragoman.pipeline.session.session import Session
from dragoman.pipeline.session.step_journal import StepJournal
from dragoman.workbench import requests
from dragoman.workbench.jobs import Jobs
from dragoman.workbench.pages import frame, nodes
from dragoman.workbench.pages import said as words
from dragoman.workbench.pages.frame import Ui, WorkbenchPage, address
from dragoman.workbench.pages.nodes import Tag, spoken, tag
from dragoman.workbench.requests import ApiRoute, RequestFields, Scope

_MOST = 500
"""Maximum number of hits shown, since a person looks at each before it is replaced."""


class Searching:
    """The search page, and the API routes that search, replace and undo."""

    def __init__(self, session: Session, journal: StepJournal, jobs: Jobs) -> None:
        self._session = session
        self._journal = journal
        self._jobs = jobs
        self.routes = [
            ApiRoute("POST", "search", self._search, Role.READER, Scope.SOME),
            ApiRoute("POST", "replace", self._replace, Role.EDITOR, Scope.SOME),
            ApiRoute("POST", "undo", self._undo, Role.EDITOR, Scope.ALL),
        ]

    async def page(self, ui: Ui, person: Person) -> WorkbenchPage:
        last = await self._jobs.help(self._journal.last)
        project = self._session.project
        may = all(person.may(Role.EDITOR, locale) for locale in project.settings.locales)
        undoable = len(last.replacements) if last and may else 0
        return screen(ui, requests.readable(project, person), undoable)

    def _query(self, said: RequestFields, person: Person) -> Query:
        locale = said.text("in", "")
        known = requests.readable(self._session.project, person)
        return Query(
            said.text("find"),
            said.text("replacement", ""),
            said.flag("case"),
            (locale,) if locale in known else known,
        )

    async def _search(self, request: Request) -> Response:
        said = await requests.said(request)
        ui = frame.spoken_in(said.text("ui", "en"))
        query = self._query(said, requests.person(request))

        def answered() -> dict[str, Any]:
            hits = list(islice(search(self._session, query), _MOST + 1))
            more = len(hits) > _MOST
            shown = [nodes.json(_hit(ui, query, hit)) for hit in hits[:_MOST]]
            count = ui.say("Found: {count}", count=ui.number(len(shown)) + ("+" if more else ""))
            return {"hits": shown, "said": count if shown else ui.say("Nothing found")}

        return JSONResponse(await self._jobs.help(answered))

    async def _replace(self, request: Request) -> Response:
        said = await requests.said(request)
        ui = frame.spoken_in(said.text("ui", "en"))
        query = self._query(said, requests.person(request))
        by = requests.person(request).name
        meant = []
        for one in said.objects("meant"):
            place = requests.place(self._session, one)
            requests.permit(request, Role.EDITOR, place.locale)
            key = self._session.key(place.text, one.text("message"))
            if key is not None:
                meant.append(Meant(place.text, place.locale, key, one.text("base")))
        step = await self._jobs.save(replace, self._session, self._journal, query, meant, by)
        done = len(step.replacements)
        sentence = ui.say("Replaced: {count}", count=ui.number(done))
        if done < len(meant):
            left = ui.number(len(meant) - done)
            sentence += " · " + ui.say("Changed meanwhile, left alone: {count}", count=left)
        return JSONResponse({"count": done, "said": sentence})

    async def _undo(self, request: Request) -> Response:
        said = await requests.said(request)
        ui = frame.spoken_in(said.text("ui", "en"))

        by = requests.person(request).name

        def answered() -> tuple[int, int]:
            step = self._journal.last()
            if step is None:
                return 0, 0
            return undo(self._session, self._journal, step, by), len(step.replacements)

        done, whole = await self._jobs.save(answered)
        sentence = ui.say("Undone: {count}", count=ui.number(done))
        if done < whole:
            left = ui.number(whole - done)
            sentence += " · " + ui.say("Changed meanwhile, left alone: {count}", count=left)
        return JSONResponse({"count": done, "said": sentence})


def screen(ui: Ui, known: Sequence[str], undoable: int) -> WorkbenchPage:
    """The search page before any search, in the locales that the person may read."""
    languages = [tag("option", locales.name(locale, ui.locale), value=locale) for locale in known]
    fields = [
        _labelled(
            ui.say("Find"),
            tag("input", id="find", required=True, autocomplete="off", autofocus=True),
        ),
        _labelled(ui.say("Replace with"), tag("input", id="replacement", autocomplete="off")),
        _labelled(
            ui.say("In"),
            tag("select", tag("option", ui.say("All languages"), value=""), *languages, id="in"),
        ),
        tag("label", tag("input", type="checkbox", id="case"), " ", ui.say("Match capitals")),
        tag("button", ui.say("Find"), type="submit"),
    ]
    last = ui.say("Undo the last replacement ({count})", count=ui.number(undoable))
    main = tag(
        "main",
        tag("h1", ui.say("Find and replace")),
        tag("form", *fields, id="search"),
        tag("p", tag("button", last, type="button", id="undo"), id="last", hidden=not undoable),
        tag("p", id="count"),
        tag("ol", id="hits", class_="hits"),
        tag(
            "p",
            tag("button", ui.say("Replace what is ticked"), type="button", id="replace"),
            id="act",
            hidden=True,
        ),
        id="main",
        class_="find",
    )
    title = ui.say("Find and replace")
    return WorkbenchPage(title, [], [main], "find.js", ("page.js",), words.of_finding(ui))


def _labelled(label: str, field: Tag) -> Tag:
    return tag("label", tag("span", label), " ", field)


def _hit(ui: Ui, query: Query, hit: Hit) -> Tag:
    opened, line = hit.opened, hit.line
    way = spoken(opened.locale)
    before: list[Tag | str] = []
    after: list[Tag | str] = []
    end = 0
    for start, stop in hit.spans:
        between = line.target[end:start]
        before += [between, tag("mark", line.target[start:stop])]
        after += [between, tag("ins", query.replacement)]
        end = stop
    rest = line.target[end:]
    where = f"{opened.text.domain} {line.number} · {locales.name(opened.locale, ui.locale)}"
    if line.state is not State.TRANSLATED:
        where += f" · {words.state(ui, line.state, joined=False)}"
    name = f"{opened.text.domain}/{opened.locale}/{line.number}"
    return tag(
        "li",
        tag(
            "input",
            type="checkbox",
            checked=True,
            aria_label=where,
            data_text=opened.text.domain,
            data_locale=opened.locale,
            data_message=line.message,
            data_base=line.base,
            id=name,
        )
        if hit.after != line.target
        else None,
        tag("a", where, href=f"{address('t', opened.text.domain, opened.locale)}#{line.number}"),
        tag("p", *before, rest, class_="prose", **way),
        tag("p", *after, rest, class_="prose", **way) if hit.after != line.target else None,
    )
