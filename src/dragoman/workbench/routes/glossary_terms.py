"""The page of the glossary, and the API route that changes a term."""

from __future__ import annotations

import json
from collections.abc import Sequence

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from dragoman.glossary.glossary_file import Glossary, Term, Wording
from dragoman.languages import locales
from dragoman.model import digest
from dragoman.pipeline.session.people import Person, Role
from dragoman.pipeline.session.session import Session
from dragoman.workbench import requests
from dragoman.workbench.access import RefusedError
from dragoman.workbench.jobs import Jobs
from dragoman.workbench.pages import said as words
from dragoman.workbench.pages.frame import Ui, WorkbenchPage
from dragoman.workbench.pages.nodes import Attribute, Tag, prose, spoken, tag
from dragoman.workbench.requests import ApiRoute, Scope
from dragoman.workbench.streams import Streams

_LONGEST = 500
_FORMS = "; "
"""Between forms in a field."""


class GlossaryTerms:
    """The terms of the project, and their wordings by language."""

    def __init__(self, session: Session, jobs: Jobs, streams: Streams) -> None:
        self._session = session
        self._jobs = jobs
        self._streams = streams
        self.routes = [ApiRoute("POST", "term", self._term, Role.EDITOR, Scope.SOME)]

    async def page(self, ui: Ui, person: Person) -> WorkbenchPage:
        known = requests.readable(self._session.project, person)
        mine = [locale for locale in known if person.may(Role.EDITOR, locale)]
        source = self._session.project.settings.source
        return screen(
            ui, await self._jobs.read(lambda: self._session.glossary), known, mine, source
        )

    async def _term(self, request: Request) -> Response:
        """Add a term, or change how it is said in one language."""
        said = await requests.said(request)
        locale = said.text("in", longest=40)
        if locale not in self._session.project.settings.locales:
            raise RefusedError(404, "this project has no such language")
        requests.permit(request, Role.EDITOR, locale)
        source = _line(said.text("source", longest=_LONGEST))
        preferred = _line(said.text("preferred", "", longest=_LONGEST))
        if not any(char.isalnum() for char in source):
            raise RefusedError(400, "say the term in the source language")
        allowed, forbidden = (
            _forms(said.text(name, "", longest=_LONGEST)) for name in ("allowed", "forbidden")
        )
        if (allowed or forbidden) and not preferred:
            raise RefusedError(400, "say what is right in place of it, too")
        wording = Wording(preferred, allowed, forbidden) if preferred else None
        note = _line(said.text("note", "", longest=_LONGEST))
        base = said.text("base", "", longest=64)
        from dragoman.pipeline.glossary import put_term  # seldom needed

        project = self._session.own_project()
        done = await self._jobs.save(
            put_term,
            project,
            source,
            locale,
            wording,
            note,
            lambda term: version(term, locale) == base,
        )
        if not done:
            return JSONResponse({"outcome": "changed"}, 409)
        self._streams.tell_all("terms", {})
        return JSONResponse({"outcome": "saved"})


def version(term: Term | None, locale: str) -> str:
    """A hash of what a term says in a language; empty where there is no such term."""
    if term is None:
        return ""
    said = [term.source, term.note, term.wordings.get(locale)]
    return digest(json.dumps(said).encode(), 8)


def _line(text: str) -> str:
    return " ".join(text.split())


def _forms(text: str) -> tuple[str, ...]:
    forms = (_line(form) for form in text.split(";"))
    return tuple(dict.fromkeys(form for form in forms if form))


def screen(
    ui: Ui, glossary: Glossary, known: Sequence[str], mine: Sequence[str], source: str
) -> WorkbenchPage:
    """The page: every term in the languages that the person may read, and a form for the others."""
    head = [tag("th", locales.name(locale, ui.locale), scope="col") for locale in known]
    rows = [_row(ui, term, known, mine, source) for term in glossary.terms]
    table = tag(
        "table",
        tag("thead", tag("tr", tag("th", ui.say("Term"), scope="col"), *head)),
        tag("tbody", *rows),
        class_="texts terms",
    )
    main = tag(
        "main",
        tag("h1", ui.say("Glossary")),
        _form(ui, mine, source) if mine else None,
        table if rows else tag("p", ui.say("There are no terms yet.")),
        id="main",
        class_="project",
    )
    title = ui.say("Glossary")
    return WorkbenchPage(title, [], [main], "glossary.js", ("page.js",), words.of_glossary(ui))


def _form(ui: Ui, mine: Sequence[str], source: str) -> Tag:
    languages = [
        tag(
            "option",
            locales.name(locale, ui.locale),
            value=locale,
            data_lang=locales.language_tag(locale),
            data_dir=locales.direction(locale),
        )
        for locale in mine
    ]
    fields: tuple[tuple[str, str, bool, dict[str, Attribute]], ...] = (
        ("source", "Term", True, spoken(source)),
        ("preferred", "Say it so", False, {}),
        ("allowed", "Also right (separated by ;)", False, {}),
        ("forbidden", "Wrong (separated by ;)", False, {}),
        ("note", "Note", False, {}),
    )
    inputs = [
        tag(
            "label",
            tag("span", ui.say(label)),
            " ",
            tag("input", name=name, required=needed, autocomplete="off", maxlength=_LONGEST, **way),
        )
        for name, label, needed, way in fields
    ]
    choice = tag(
        "label", tag("span", ui.say("In")), " ", tag("select", *languages, name="in", id="in")
    )
    save = tag("button", ui.say("Save the term"), type="submit")
    return tag("form", inputs[0], choice, *inputs[1:], save, id="term", class_="ask")


def _row(ui: Ui, term: Term, known: Sequence[str], mine: Sequence[str], source: str) -> Tag:
    name = tag(
        "th",
        tag("span", *prose(term.source, source), **spoken(source)),
        tag("small", term.note) if term.note else None,
        tag("small", ui.say("stays as it is")) if term.keep else None,
        scope="row",
    )
    return tag("tr", name, *(_cell(ui, term, locale, locale in mine) for locale in known))


def _cell(ui: Ui, term: Term, locale: str, may: bool) -> Tag:
    wording = term.wordings.get(locale)
    way = spoken(locale)
    shown: list[Tag | str | None] = []
    if wording is not None:
        shown.append(tag("span", wording.preferred, **way))
        shown += [tag("small", _FORMS.join(wording.allowed), **way)] if wording.allowed else []
        wrong = tag("del", _FORMS.join(wording.forbidden))
        shown += [tag("small", wrong, **way)] if wording.forbidden else []
    if may:
        shown.append(
            tag(
                "button",
                ui.say("Change"),
                type="button",
                aria_label=f"{ui.say('Change')}: {term.source}, {locales.name(locale, ui.locale)}",
                data_source=term.source,
                data_in=locale,
                data_preferred=wording.preferred if wording else "",
                data_allowed=_FORMS.join(wording.allowed) if wording else "",
                data_forbidden=_FORMS.join(wording.forbidden) if wording else "",
                data_note=term.note,
                data_base=version(term, locale),
            )
        )
    return tag("td", *shown)
