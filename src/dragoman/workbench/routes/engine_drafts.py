"""API route for a machine draft of one sentence: what would leave is shown before anything leaves."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from dragoman.languages import locales
from dragoman.pipeline.machine.consent import EngineChoice
from dragoman.pipeline.session.people import Role
from dragoman.pipeline.session.session import Session
from dragoman.workbench import requests
from dragoman.workbench.access import RefusedError
from dragoman.workbench.jobs import Jobs
from dragoman.workbench.pages import frame, nodes
from dragoman.workbench.pages.frame import Ui
from dragoman.workbench.pages.nodes import Tag, prose, spoken, tag
from dragoman.workbench.requests import ApiRoute

if TYPE_CHECKING:
    from dragoman.pipeline.machine.sentence_draft import Departure, SentenceDraft


class EngineDrafts:
    """Machine drafts, where the person or the project's settings named an engine."""

    def __init__(self, session: Session, jobs: Jobs, choice: EngineChoice) -> None:
        self._session = session
        self._jobs = jobs
        self._choice = choice
        self.routes = [ApiRoute("POST", "machine", self._machine, Role.TRANSLATOR)]

    @property
    def engine(self) -> str:
        """The engine that may be used; empty if nobody named one."""
        named: str = self._choice.engine or self._session.project.settings.translate.get(
            "engine", ""
        )
        return named

    async def _machine(self, request: Request) -> Response:
        """Show what would leave; send it only if the page sends the seal of what it showed."""
        said = await requests.said(request)
        ui = frame.spoken_in(said.text("ui", "en"))
        place = requests.place(self._session, said)
        key = self._session.key(place.text, said.text("message"))
        if key is None:
            raise RefusedError(410, "this sentence is not in the text any more")
        project = self._session.own_project()
        seen = said.text("seal", "", longest=64)

        def answered() -> Tag:
            # few who serve a project draft by machine
            from dragoman.pipeline.machine.sentence_draft import departure, sentence_draft

            leaving = departure(project, *place, key, self._choice)
            if leaving.lines and seen != leaving.seal:
                return _leaving(ui, leaving)
            draft = sentence_draft(project, *place, key, self._choice)
            return _draft(ui, draft, place.locale)

        view: Any = nodes.json(await self._jobs.send(answered))
        return JSONResponse({"view": view})


def offer(ui: Ui, engine: str) -> list[Tag]:
    """The part of the panel that offers a machine draft; empty without an engine."""
    if not engine:
        return []
    label = ui.say("Machine draft by {engine} …", engine=engine)
    keys = tag("kbd", "Ctrl+,")
    press = tag("button", label, " ", keys, type="button", data_machine="")
    return [tag("section", tag("h2", ui.say("Machine draft")), press, class_="machine")]


def _leaving(ui: Ui, leaving: Departure) -> Tag:
    """What would leave, and the button that lets it."""
    cost = None
    if leaving.cost is not None:
        cost = tag("small", f"≈ {leaving.cost:.4f} {leaving.currency}".rstrip(), dir="ltr")
    return tag(
        "section",
        tag("h2", ui.say("Machine draft")),
        tag("p", ui.say("This would be sent to {host}:", host=leaving.host)),
        tag(
            "ul",
            *(tag("li", tag("code", line)) for line in leaving.lines),
            class_="leaving",
            lang="en",
            dir="ltr",
        ),
        cost,
        tag("button", ui.say("Send it"), type="button", data_machine=leaving.seal),
        class_="machine",
    )


def _draft(ui: Ui, draft: SentenceDraft, locale: str) -> Tag:
    heading = tag("h2", ui.say("Machine draft"))
    if not draft.target:
        sentence = f"{draft.engine}: {draft.reason}"
        shown = tag("p", sentence, class_="error", lang="en", dir="ltr")
        again = tag("button", ui.say("Try again"), type="button", data_machine="")
        return tag("section", heading, shown, again, class_="machine")
    return tag(
        "section",
        heading,
        tag("p", *prose(draft.target, locale), class_="prose", **spoken(locale)),
        tag("small", f"{draft.engine} · {locales.name(locale, ui.locale)}"),
        *(tag("p", one, class_="warning", lang="en", dir="ltr") for one in draft.missed),
        tag(
            "button",
            ui.say("Insert"),
            " ",
            tag("kbd", "Ctrl+,"),
            type="button",
            data_replace=draft.target,
            aria_label=ui.say("Insert “{text}”", text=draft.target),
        ),
        class_="machine",
    )
