"""The page of what is to be decided on in a text, and the API routes behind it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from dragoman.catalogs.source_changes import ChangeKind
from dragoman.catalogs.suggestions import Suggestion
from dragoman.languages import locales
from dragoman.model import Problem
from dragoman.pipeline.session.opened import Line, Opened
from dragoman.pipeline.session.people import Role
from dragoman.pipeline.session.reviewing import (
    bless_seen,
    decline,
    drafts_by_class,
    suggest,
    suggested,
)
from dragoman.pipeline.session.session import Session
from dragoman.pipeline.session.unit_help import change
from dragoman.workbench import requests
from dragoman.workbench.access import RefusedError
from dragoman.workbench.jobs import Jobs
from dragoman.workbench.pages import frame, nodes, panel
from dragoman.workbench.pages import said as words
from dragoman.workbench.pages.frame import Ui, WorkbenchPage, address
from dragoman.workbench.pages.nodes import Tag, prose, spoken, tag
from dragoman.workbench.pages.screens import text_bar
from dragoman.workbench.requests import ApiRoute, RequestFields
from dragoman.workbench.routes.editing import tidy
from dragoman.workbench.streams import Place, Streams

_GRAVE = frozenset((ChangeKind.NUMBER, ChangeKind.NEGATION, ChangeKind.REWRITE))
"""Kinds of change whose drafts are not ticked before somebody has read them."""
_MOST = 500
_SECONDS = 0.2
"""How long checks run before others have their turn; a text may have thousands of sentences."""


class Reviewing:
    """Findings, drafts by class and suggestions of a text."""

    def __init__(self, session: Session, jobs: Jobs, streams: Streams) -> None:
        self._session = session
        self._jobs = jobs
        self._streams = streams
        self.routes = [
            ApiRoute("POST", "bless", self._bless, Role.EDITOR),
            ApiRoute("POST", "suggest", self._suggest, Role.TRANSLATOR),
            ApiRoute("POST", "decline", self._decline, Role.TRANSLATOR),
            ApiRoute("POST", "count", self._count, Role.READER),
            ApiRoute("POST", "list", self._list, Role.READER),
        ]

    async def page(self, ui: Ui, place: Place, role: Role) -> WorkbenchPage:
        def made() -> WorkbenchPage:
            return screen(ui, self._session.opened(*place), role)

        return await self._jobs.read(made)

    async def _bless(self, request: Request) -> Response:
        """Clear the flag of the drafts that the person ticked, if they are as that person saw them."""
        said = await requests.said(request)
        place = requests.place(self._session, said)
        meant = said.objects("meant")
        bases = {
            key: one.text("base")
            for one in meant
            if (key := self._session.key(place.text, one.text("message"))) is not None
        }
        project = self._session.own_project()
        count = await self._jobs.save(bless_seen, project, *place, bases)
        await self._streams.look(place)
        return JSONResponse({"count": count, "left": len(meant) - count})

    def _key(self, place: Place, said: RequestFields) -> Any:
        key = self._session.key(place.text, said.text("message"))
        if key is None:
            raise RefusedError(410, "this sentence is not in the text any more")
        return key

    async def _suggest(self, request: Request) -> Response:
        """Put another translation beside the one that is there."""
        said = await requests.said(request)
        place = requests.place(self._session, said)
        target = tidy(said.text("target"))
        if not target:
            raise RefusedError(400, "the suggestion is empty")
        made = Suggestion(requests.person(request).name, target)
        project = self._session.own_project()
        key = self._key(place, said)
        await self._jobs.save(suggest, project, *place, key, made)
        return JSONResponse({"outcome": "saved"})

    async def _decline(self, request: Request) -> Response:
        """Take a suggestion away: it was taken, or is not wanted."""
        said = await requests.said(request)
        place = requests.place(self._session, said)
        project = self._session.own_project()
        key = self._key(place, said)
        await self._jobs.save(decline, project, *place, key, said.text("target"))
        return JSONResponse({"outcome": "saved"})

    async def _count(self, request: Request) -> Response:
        """How much is to be decided on in a part of a text, and where to go on counting."""
        said = await requests.said(request)
        place = requests.place(self._session, said)
        start = max(said.number("start"), 0)

        def counted() -> tuple[int, int]:
            opened = self._session.opened(*place)
            found, after = self._session.some_findings(opened, start, _SECONDS)
            if start:
                return len(found), after
            changed = sum(map(len, drafts_by_class(opened).values()))
            return len(found) + changed + len(suggested(opened)), after

        count, after = await self._jobs.help(counted)
        return JSONResponse({"count": count, "next": after})

    async def _list(self, request: Request) -> Response:
        """What the checks say of a part of a text, and where to go on."""
        said = await requests.said(request)
        ui = frame.spoken_in(said.text("ui", "en"))
        place = requests.place(self._session, said)
        start = max(said.number("start"), 0)

        def listed() -> dict[str, Any]:
            opened = self._session.opened(*place)
            found, after = self._session.some_findings(opened, start, _SECONDS)
            items = [nodes.json(_found(ui, opened, line, said)) for line, said in found]
            return {"items": items, "next": after}

        return JSONResponse(await self._jobs.help(listed))


def screen(ui: Ui, opened: Opened, role: Role) -> WorkbenchPage:
    """The page: drafts by class, what people suggest, and room for what the checks find."""
    drafts = drafts_by_class(opened)
    proposed = suggested(opened)
    parts = [
        *(_class(ui, opened, kind, lines, role) for kind, lines in drafts.items()),
        *([_suggestions(ui, opened, proposed)] if proposed else []),
    ]
    main = tag(
        "main",
        *parts,
        tag(
            "section",
            tag("h2", ui.say("Findings"), id="findings"),
            tag("ol", id="found", class_="hits"),
            tag("p", ui.say("No findings"), id="none", hidden=True),
        ),
        id="main",
        class_="find",
    )
    title = opened.document.title or opened.text.domain
    return WorkbenchPage(
        f"{title} · {locales.name(opened.locale)}",
        text_bar(ui, opened, "review"),
        [main],
        "review.js",
        ("page.js",),
        words.of_review(ui),
        {"text": opened.text.domain, "locale": opened.locale},
    )


def _link(opened: Opened, line: Line) -> Tag:
    return tag(
        "a",
        line.number,
        href=f"{address('t', opened.text.domain, opened.locale)}#{line.number}",
        dir="ltr",
    )


def _target(opened: Opened, line: Line) -> Tag:
    return tag("p", *prose(line.target, opened.locale), class_="prose", **spoken(opened.locale))


def _found(ui: Ui, opened: Opened, line: Line, problems: Sequence[Problem]) -> Tag:
    """A sentence that the checks have something to say of."""
    return tag(
        "li",
        _link(opened, line),
        *panel.sentences(ui, problems),
        tag("p", *prose(line.unit.source, opened.source), class_="s", **spoken(opened.source)),
        _target(opened, line),
    )


def _class(ui: Ui, opened: Opened, kind: ChangeKind, lines: Sequence[Line], role: Role) -> Tag:
    """Drafts whose source changed in one way, to be blessed together."""
    may = role >= Role.EDITOR
    name = ui.say(words.KINDS[kind])
    heading = tag(
        "h2", ui.say("The source changed: {kind}", kind=name), f" ({ui.number(len(lines))})"
    )
    items = []
    for line in lines[:_MOST]:
        tick = tag(
            "input",
            type="checkbox",
            checked=kind not in _GRAVE,
            aria_label=f"{name} {line.number}",
            data_message=line.message,
            data_base=line.base,
        )
        changed = change(line)
        items.append(
            tag(
                "li",
                tick if may else None,
                _link(opened, line),
                tag(
                    "p",
                    *panel.differences(changed.former if changed else "", line.unit.source),
                    class_="prose",
                    **spoken(opened.source),
                ),
                _target(opened, line),
            )
        )
    press = tag(
        "button", ui.say("The ticked translations still hold"), type="button", data_bless=""
    )
    acts = tag("p", press) if may else None
    return tag("section", heading, tag("ol", *items, class_="hits"), acts)


def _suggestions(
    ui: Ui, opened: Opened, proposed: Sequence[tuple[Line, Sequence[Suggestion]]]
) -> Tag:
    items = [
        tag(
            "li",
            _link(opened, line),
            tag("p", *prose(line.unit.source, opened.source), class_="s", **spoken(opened.source)),
            _target(opened, line) if line.target else None,
            *(
                tag(
                    "p",
                    *panel.differences(line.target, one.target),
                    " ",
                    tag("small", one.by),
                    class_="prose",
                    **spoken(opened.locale),
                )
                for one in many
            ),
        )
        for line, many in proposed[:_MOST]
    ]
    heading = tag("h2", ui.say("Suggestions"), f" ({ui.number(len(proposed))})")
    return tag("section", heading, tag("ol", *items, class_="hits"))
