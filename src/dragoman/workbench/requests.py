"""Validated reading of requests: the type of each field is checked, and texts must exist."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from enum import Enum
from json import loads
from typing import Any, NamedTuple

from starlette.requests import Request
from starlette.responses import Response

from dragoman.pipeline.session.people import Person, Role
from dragoman.pipeline.session.session import Session
from dragoman.project import Project
from dragoman.workbench.access import PERSON, RefusedError
from dragoman.workbench.streams import Place

Work = Callable[[Request], Awaitable[Response]]
_LONGEST = 100_000
"""Maximum length of a translation, in characters."""


class RequestFields:
    """The fields of a request."""

    def __init__(self, fields: Mapping[str, Any]) -> None:
        self._fields = fields

    def text(self, name: str, default: str | None = None, longest: int = _LONGEST) -> str:
        """The string in a field.

        Raises:
            RefusedError: it is missing, not a string, too long, or not valid Unicode.
        """
        value = self._fields.get(name, default)
        if not isinstance(value, str) or len(value) > longest or not _is_sound(value):
            raise RefusedError(400, f"“{name}” is missing, or no text")
        return value

    def flag(self, name: str) -> bool:
        """The boolean in a field, false where it is missing.

        Raises:
            RefusedError: it is not a boolean.
        """
        value = self._fields.get(name, False)
        if not isinstance(value, bool):
            raise RefusedError(400, f"“{name}” is neither true nor false")
        return value

    def number(self, name: str) -> int:
        """The integer in a field, 0 where it is missing.

        Raises:
            RefusedError: it is not an integer of at most 53 bits.
        """
        value = self._fields.get(name, 0)
        if not isinstance(value, int) or isinstance(value, bool) or abs(value) > 1 << 53:
            raise RefusedError(400, f"“{name}” is no number")
        return value

    def objects(self, name: str) -> list[RequestFields]:
        """The list of objects in a field, empty where it is missing.

        Raises:
            RefusedError: it is not a list of objects.
        """
        value = self._fields.get(name, [])
        if not isinstance(value, list) or not all(isinstance(item, dict) for item in value):
            raise RefusedError(400, f"“{name}” is no list of objects")
        return [RequestFields(item) for item in value]

    def pairs(self, name: str) -> dict[str, str]:
        """The object with string values in a field, empty where it is missing.

        Raises:
            RefusedError: it is not an object, or a value is not a string.
        """
        value = self._fields.get(name, {})
        if not isinstance(value, dict) or not all(isinstance(x, str) for x in value.values()):
            raise RefusedError(400, f"“{name}” is no object of texts")
        return value


class Scope(Enum):
    """Where a person needs the role of a route."""

    PLACE = "in the locale that the request names"
    SOME = "in some locale; the route itself looks at each that it touches"
    ALL = "in every locale of the project"


class ApiRoute(NamedTuple):
    """A route of the API, and who may use it."""

    method: str
    name: str
    work: Work
    role: Role
    scope: Scope = Scope.PLACE


def person(request: Request) -> Person:
    """Who sent a request; the gate has let nobody else in."""
    found = request.scope[PERSON]
    assert isinstance(found, Person)
    return found


def permit(request: Request, role: Role, *locales: str) -> None:
    """Refuse a request of a person who does not have a role in all of some locales.

    Raises:
        RefusedError: the person has no such role there.
    """
    if not all(person(request).may(role, locale) for locale in locales):
        raise RefusedError(403, "your role does not allow this")


def permit_some(request: Request, role: Role) -> None:
    """Refuse a request of a person who has a role in no locale."""
    if not any(given >= role for given in person(request).roles.values()):
        raise RefusedError(403, "your role does not allow this")


def readable(project: Project, who: Person) -> tuple[str, ...]:
    """The locales of a project that a person may read."""
    return tuple([name for name in project.settings.locales if who.may(Role.READER, name)])


async def permitted(request: Request, session: Session, route: ApiRoute) -> None:
    """Refuse a request of a person who may not use its route.

    Raises:
        RefusedError: the person may not; or the request names no text of the project.
    """
    match route.scope:
        case Scope.ALL:
            permit(request, route.role, *session.project.settings.locales)
        case Scope.SOME:
            permit_some(request, route.role)
        case Scope.PLACE:
            permit_some(request, route.role)
            found = place(session, await said(request))
            permit(request, route.role, found.locale)


def _is_sound(text: str) -> bool:
    """Whether a string can be encoded as UTF-8 and contains no NUL."""
    return "\0" not in text and not any("\ud800" <= char <= "\udfff" for char in text)


async def said(request: Request) -> RequestFields:
    """The fields of a request's JSON body.

    Raises:
        RefusedError: the body is not a JSON object.
    """
    try:
        fields = loads(await request.body())
    except (ValueError, RecursionError):
        raise RefusedError(400, "the request is no JSON") from None
    if not isinstance(fields, dict):
        raise RefusedError(400, "the request is no JSON object")
    return RequestFields(fields)


def asked(request: Request) -> RequestFields:
    """The fields in the query string of a request."""
    return RequestFields(dict(request.query_params))


def place(session: Session, fields: RequestFields) -> Place:
    """The text and locale that a request is about.

    Raises:
        RefusedError: the project has no such text, or no such locale.
    """
    return known_place(session, fields.text("text"), fields.text("locale"))


def known_place(session: Session, domain: str, locale: str) -> Place:
    """A text of the project in one of its locales.

    Raises:
        RefusedError: the project has no such text, or no such locale.
    """
    text = session.text(domain)
    if text is None or locale not in session.project.settings.locales:
        raise RefusedError(404, "this project has no such text in this language")
    return Place(text, locale)
