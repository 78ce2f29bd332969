"""The frame of every workbench page: head, bar, live region, and the strings of its scripts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from json import dumps
from typing import NamedTuple
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import Response

from dragoman.chrome import Chrome, chrome
from dragoman.languages import locales
from dragoman.workbench.access import POLICY
from dragoman.workbench.pages.nodes import Tag, html, spoken, tag

INTERFACES = ("en", "az", "he", "ru")
"""Languages that the interface of the workbench is available in."""


class Ui(NamedTuple):
    """The workbench in one interface language."""

    locale: str
    chrome: Chrome

    def say(self, label: str, **values: str) -> str:
        return self.chrome.say(label, **values)

    def number(self, value: int) -> str:
        return locales.number(value, self.locale)


def interface(request: Request, cookie: str) -> Ui:
    """The interface in the language that the person chose, else the one that the browser prefers."""
    chosen = request.query_params.get("ui") or request.cookies.get(cookie) or ""
    if chosen not in INTERFACES:
        chosen = _preferred(request.headers.get("accept-language", ""))
    return Ui(chosen, chrome(chosen))


def spoken_in(locale: str) -> Ui:
    """The interface in a language; in English if it is not available in that language."""
    known = locale if locale in INTERFACES else "en"
    return Ui(known, chrome(known))


def _preferred(header: str) -> str:
    """The available language with the highest weight in an Accept-Language header.

    >>> _preferred("fr, ru;q=0.8, az;q=0.9")
    'az'
    """
    wanted = []
    for place, part in enumerate(header.split(",")):
        name, _, weight = part.strip().partition(";q=")
        try:
            wanted.append((-float(weight or 1), place, name.split("-")[0].lower()))
        except ValueError:
            continue
    return next((name for _, _, name in sorted(wanted) if name in INTERFACES), "en")


class WorkbenchPage(NamedTuple):
    """A page of the workbench."""

    title: str
    bar: Sequence[Tag | str]
    """Content of its bar, beside the link to the start page and the choice of language."""
    body: Sequence[Tag | str]
    script: str = ""
    """File name of the JavaScript module that the page runs."""
    modules: Sequence[str] = ()
    """The modules that it imports, preloaded so that all are fetched at once."""
    said: Mapping[str, str] = {}
    """Interface strings that its script may show, by short names."""
    data: Mapping[str, str] = {}
    """Data for its script."""
    status: int = 200
    kind: str = ""
    """A class of its body."""
    frames: bool = False
    """Whether it shows a document of ours in a frame."""


def address(*parts: str) -> str:
    """The path of a page.

    >>> address("t", "a/b c", "he")
    '/t/a/b%20c/he'
    """
    return "/" + "/".join(quote(part, safe="/") for part in parts)


def answer(request: Request, ui: Ui, cookie: str, page: WorkbenchPage) -> Response:
    """A page as a response; a language that the person just chose is kept in a cookie."""
    response = Response(
        "<!doctype html>\n" + html(_whole(request, ui, page)),
        page.status,
        {"cache-control": "no-store"},
        "text/html; charset=utf-8",
    )
    if page.frames:
        response.headers["content-security-policy"] = f"{POLICY}; frame-src 'self'"
    if request.query_params.get("ui") in INTERFACES:
        response.set_cookie(cookie, ui.locale, 365 * 86400, samesite="strict", httponly=True)
    return response


def _whole(request: Request, ui: Ui, page: WorkbenchPage) -> Tag:
    data = {f"data_{name}": value for name, value in page.data.items()}
    return tag(
        "html",
        tag(
            "head",
            tag("meta", charset="utf-8"),
            tag("meta", name="viewport", content="width=device-width, initial-scale=1"),
            tag("title", page.title),
            tag("link", rel="stylesheet", href="/static/workbench.css"),
            *(tag("link", rel="modulepreload", href=f"/static/{name}") for name in page.modules),
            tag("script", type="module", src=f"/static/{page.script}") if page.script else None,
        ),
        tag(
            "body",
            tag("a", ui.say("Skip to the text"), class_="skip", href="#main"),
            tag("header", *_bar(request, ui, page), class_="bar"),
            *page.body,
            tag("p", class_="live", id="live", role="status"),
            _said(page.said) if page.said else None,
            class_=page.kind or None,
            **data,
        ),
        **spoken(ui.locale),
    )


def _said(said: Mapping[str, str]) -> Tag:
    return tag("template", id="said", data_said=dumps(said, ensure_ascii=False))


def _bar(request: Request, ui: Ui, page: WorkbenchPage) -> list[Tag | str]:
    here = request.url.path
    choices = [
        tag(
            "a",
            locales.name(locale),
            href=f"{here}?ui={locale}",
            aria_current="true" if locale == ui.locale else None,
            **spoken(locale),
        )
        for locale in INTERFACES
    ]
    home = tag("a", ui.say("Texts"), href="/", class_="home")
    languages = tag("nav", *choices, class_="interface", aria_label=ui.say("Interface language"))
    find = tag("a", ui.say("Find and replace"), href="/find")
    terms = tag("a", ui.say("Glossary"), href="/glossary")
    return [home, find, terms, *page.bar, languages]
