"""Access control: one gate in front of every route decides which requests the server answers.

The server listens on loopback, where every program and every page in a browser can reach it. A
request is answered if its Host header is exactly one of this server's (another name that resolves
to loopback is refused) and it carries the cookie. A request that changes anything must also come
from a page of the workbench, as JSON. A team comes through a reverse proxy under one name more;
whoever has no session there is who the proxy says, if it can prove that it is the proxy.
"""

from __future__ import annotations

import asyncio
import contextlib
import hmac
import re
import secrets
from collections.abc import Iterable, Mapping
from typing import NamedTuple
from urllib.parse import parse_qs

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from dragoman.errors import DragomanError
from dragoman.pipeline.session.people import SESSION_DAYS, People, Person, Role

LARGEST = 1 << 20
"""Maximum size of a request's body, in bytes."""
_SECONDS = 20.0
"""Maximum time for the body of a request to arrive, in seconds."""
_SAFE = ("GET", "HEAD")
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; "
    "form-action 'none'; frame-ancestors 'none'; base-uri 'none'; "
    "require-trusted-types-for 'script'; trusted-types 'none'"
)
_HEADERS = (
    (b"content-security-policy", POLICY.encode()),
    (b"x-content-type-options", b"nosniff"),
    (b"x-frame-options", b"DENY"),
    (b"referrer-policy", b"no-referrer"),
    (b"cross-origin-opener-policy", b"same-origin"),
    (b"cross-origin-resource-policy", b"same-origin"),
)
ENTER = "/enter"
TEAM_COOKIE = "__Host-dragoman"
PERSON = "dragoman.person"
ORIGIN = "dragoman.origin"
"""Names of what the gate adds to the scope of a request."""


class RefusedError(Exception):
    """A request that the server refuses, with the HTTP status and the reason."""

    def __init__(self, status: int, sentence: str) -> None:
        super().__init__(sentence)
        self.status = status
        self.sentence = sentence


class Team(NamedTuple):
    """How people elsewhere come in, through a reverse proxy on this machine."""

    origin: str
    """The one origin under which browsers see the workbench, such as `https://texts.example`."""
    header: str = ""
    """The header in which the proxy names the person; empty if people come by invitation alone."""
    secret: str = ""
    """What the proxy sends as `X-Dragoman-Secret`; not needed over a Unix socket."""
    socket: str = ""
    """The Unix socket on which the proxy comes; empty if it comes over TCP."""

    @property
    def host(self) -> str:
        return self.origin.partition("://")[2]


PROXY_HEADER = "x-dragoman-secret"
"""The header of the secret that a proxy and this server share."""
_LEAST_SECRET = 16


def checked(team: Team) -> Team:
    """The options of a team, if they are safe.

    Raises:
        DragomanError: the origin is none, or a header would be believed from anybody.
    """
    if _ORIGIN.fullmatch(team.origin) is None:
        raise DragomanError(
            f"{team.origin!r} is no origin", how_to_fix="write --origin https://name.example"
        )
    if team.header and _HEADER.fullmatch(team.header) is None:
        raise DragomanError(
            f"{team.header!r} is no header that may name a person",
            how_to_fix="write such as X-Remote-User",
        )
    if team.header and not team.socket and len(team.secret) < _LEAST_SECRET:
        raise DragomanError(
            "every program of this machine could send that header",
            how_to_fix=f"use --socket, or set DRAGOMAN_PROXY_SECRET to {_LEAST_SECRET} characters or more",
        )
    return team


_ORIGIN = re.compile(
    r"(?:https://[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?|http://localhost)(?::[1-9]\d{0,4})?"
)
"""Loopback needs no encryption: browsers take it for a secure place, too."""
_HEADER = re.compile(r"(?i:x|remote)-[A-Za-z0-9-]{1,60}")


class Access:
    """Who comes in: the person who serves by a one-time address, a team through a proxy."""

    def __init__(
        self, port: int, owner: Person, people: People | None = None, team: Team | None = None
    ) -> None:
        self.local_hosts = tuple([f"{name}:{port}" for name in ("127.0.0.1", "localhost", "[::1]")])
        self.cookie_name = f"dragoman-{port}"
        self.cookie = secrets.token_hex(16)
        self._token = secrets.token_hex(16)
        self._owner = owner
        self._people = people
        self._team = team

    def origin(self, scope: Scope, headers: Mapping[str, str]) -> str | None:
        """The origin under which a request was sent; None if this server has no such name.

        The names of loopback are those of the TCP socket; the name of a team is that of the socket
        on which its proxy comes.
        """
        host = headers.get("host", "")
        over_unix = (scope.get("server") or ("", None))[1] is None
        if not over_unix and host in self.local_hosts:
            return f"http://{host}"
        team = self._team
        if team is not None and host == team.host and over_unix == bool(team.socket):
            return team.origin
        return None

    def who(self, origin: str, headers: Mapping[str, str]) -> Person | None:
        """The person who sent a request; None if nobody can tell."""
        given = _cookies(headers.get("cookie", ""))
        if self._team is None or origin != self._team.origin:
            cookie = given.get(self.cookie_name, "")
            same = hmac.compare_digest(cookie.encode(), self.cookie.encode())
            return self._owner if same else None
        assert self._people is not None
        secret = given.get(TEAM_COOKIE, "")
        known = self._people.of_session(secret) if secret else None
        if known is not None or not self._team.header:
            return known
        if self._team.secret:
            said = headers.get(PROXY_HEADER, "")
            if not hmac.compare_digest(said.encode(), self._team.secret.encode()):
                return None
        name = _utf8(headers.get(self._team.header.lower(), ""))
        return self._people.named(name) if name else None

    def still(self, person: Person, role: Role, locale: str) -> bool:
        """Whether a person who came in has not been sent away since."""
        if person is self._owner:
            return True
        known = None
        with contextlib.suppress(DragomanError):
            known = self._people.named(person.name) if self._people else None
        return known is not None and known.may(role, locale)

    def enter(self, origin: str, token: str, headers: Mapping[str, str]) -> str | None:
        """Exchange the token of an address or an invitation for the cookie to set; empty if none is needed."""
        if self._team is None or origin != self._team.origin:
            return self.set_cookie() if self.enters(token) else None
        assert self._people is not None
        if self.who(origin, headers) is not None:
            return ""  # else a link of somebody else's would change who one is
        secret = self._people.enter(token)
        if secret is None:
            return None
        seconds = int(SESSION_DAYS * 86_400)
        rest = f"Path=/; Max-Age={seconds}; Secure; HttpOnly; SameSite=Strict"
        return f"{TEAM_COOKIE}={secret}; {rest}"

    @property
    def address(self) -> str:
        """The path that opens the workbench in one browser."""
        return f"{ENTER}?token={self._token}"

    def enters(self, token: str) -> bool:
        """Whether a token is that of the current address; if so, replaces it, so it works only once."""
        if not hmac.compare_digest(token.encode(), self._token.encode()):
            return False
        self._token = secrets.token_hex(16)
        return True

    def set_cookie(self) -> str:
        return f"{self.cookie_name}={self.cookie}; Path=/; HttpOnly; SameSite=Strict"


class AccessGate:
    """ASGI middleware that refuses requests that no page of the workbench sent."""

    def __init__(self, app: ASGIApp, access: Access) -> None:
        self._app = app
        self._access = access

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await self._app(scope, receive, send)
            return
        if scope["type"] != "http":
            return

        async def dressed(message: Message) -> None:
            if message["type"] == "http.response.start":
                own = {name for name, _ in message["headers"]}
                message["headers"] += [pair for pair in _HEADERS if pair[0] not in own]
            await send(message)

        refusal = self._refusal(scope)
        body = b""
        try:
            # read even where it is not wanted: a proxy that is cut off while it sends says 502
            body = await self._body(scope, receive)
        except RefusedError as refused:
            refusal = refusal or refused
        if refusal is not None:
            await _answer(dressed, refusal)
            return
        await self._app(scope, _replay(body, receive), dressed)

    def _refusal(self, scope: Scope) -> RefusedError | None:
        """Why a request is refused by its head; None if it is not."""
        try:
            self._check(scope)
        except RefusedError as refused:
            return refused
        return None

    def _check(self, scope: Scope) -> None:
        """Raise RefusedError unless a person sent the request from a page of the workbench."""
        headers = headers_of(scope["headers"])
        own = self._access.origin(scope, headers)
        if own is None:
            raise RefusedError(421, "this server is asked under another name than its own")
        site = headers.get("sec-fetch-site", "none")
        if site not in ("none", "same-origin"):
            top = headers.get("sec-fetch-mode") == "navigate"
            top = top and headers.get("sec-fetch-dest") == "document"
            if not top or scope["method"] not in _SAFE:
                raise RefusedError(403, "another site sent this request")
        scope[ORIGIN] = own
        if scope["path"] == ENTER and scope["method"] == "GET":
            return
        try:
            person = self._access.who(own, headers)
        except DragomanError:  # a list of people that cannot be read lets nobody in
            person = None
        if person is None:
            raise RefusedError(401, "open the address that 'dragoman serve' prints")
        scope[PERSON] = person
        if scope["method"] in _SAFE:
            return
        if headers.get("origin") != own:
            raise RefusedError(403, "another site sent this request")
        kind = headers.get("content-type", "").partition(";")[0].strip().lower()
        if kind != "application/json":
            raise RefusedError(415, "only JSON is taken")

    @staticmethod
    async def _body(scope: Scope, receive: Receive) -> bytes:
        """Read the whole body of a request, which must declare its length in Content-Length."""
        headers = headers_of(scope["headers"])
        if "transfer-encoding" in headers:
            raise RefusedError(411, "say the length of the request")
        said = headers.get("content-length", "0" if scope["method"] in _SAFE else "")
        if not said.isascii() or not said.isdigit():
            raise RefusedError(411, "say the length of the request")
        if int(said) > LARGEST:
            raise RefusedError(413, f"more than {LARGEST >> 20} MB")
        body = b""
        try:
            async with asyncio.timeout(_SECONDS):
                while len(body) < int(said):
                    message = await receive()
                    if message["type"] == "http.disconnect":
                        raise RefusedError(400, "the request broke off")
                    body += message.get("body", b"")
        except TimeoutError:
            raise RefusedError(408, "the request took too long") from None
        return body


def headers_of(pairs: Iterable[tuple[bytes, bytes]]) -> Mapping[str, str]:
    """Headers by name; a header given twice gets an invalid value, so that neither one counts."""
    found: dict[str, str] = {}
    for name, value in pairs:
        key = name.decode("latin-1").lower()
        found[key] = "\0" if key in found else value.decode("latin-1")
    return found


def _cookies(header: str) -> dict[str, str]:
    pairs = (pair.strip().partition("=") for pair in header.split(";"))
    return {name: value for name, _, value in pairs}


def _utf8(value: str) -> str:
    """The value of a header as proxies send names: UTF-8, which the protocol reads as Latin-1.

    >>> _utf8("Ə".encode().decode("latin-1"))
    'Ə'
    """
    try:
        return value.encode("latin-1").decode()
    except UnicodeError:
        return ""


def _replay(body: bytes, receive: Receive) -> Receive:
    """A `receive` that returns the body already read, and then whatever follows it."""
    given = False

    async def again() -> Message:
        nonlocal given
        if given:
            return await receive()
        given = True
        return {"type": "http.request", "body": body, "more_body": False}

    return again


async def _answer(send: Send, refused: RefusedError) -> None:
    body = (refused.sentence + "\n").encode()
    headers = [
        (b"content-type", b"text/plain; charset=utf-8"),
        (b"content-length", str(len(body)).encode()),
        (b"cache-control", b"no-store"),
        (b"connection", b"close"),
    ]
    await send({"type": "http.response.start", "status": refused.status, "headers": headers})
    await send({"type": "http.response.body", "body": body})


def token_of(query: bytes) -> str:
    """The token in the query string of an address; empty if there is none.

    >>> token_of(b"token=ab")
    'ab'
    """
    return parse_qs(query.decode("latin-1")).get("token", [""])[0]
