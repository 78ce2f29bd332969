"""Access control: one gate in front of every route decides which requests the server answers.

The server listens on loopback, where every program and every page in a browser can reach it. A
request is answered if its Host header is exactly one of this server's (another name that resolves
to loopback is refused) and it carries the cookie. A request that changes anything must also come
from a page of the workbench, as JSON.
"""

from __future__ import annotations

import asyncio
import hmac
import secrets
from collections.abc import Iterable, Mapping
from urllib.parse import parse_qs

from starlette.types import ASGIApp, Message, Receive, Scope, Send

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


class RefusedError(Exception):
    """A request that the server refuses, with the HTTP status and the reason."""

    def __init__(self, status: int, sentence: str) -> None:
        super().__init__(sentence)
        self.status = status
        self.sentence = sentence


class Access:
    """The secrets of one run: the token of the one-time address, and the cookie it grants."""

    def __init__(self, port: int) -> None:
        self.hosts = tuple([f"{name}:{port}" for name in ("127.0.0.1", "localhost", "[::1]")])
        self.cookie_name = f"dragoman-{port}"
        self.cookie = secrets.token_hex(16)
        self._token = secrets.token_hex(16)

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

        try:
            self._check(scope)
            body = await self._body(scope, receive)
        except RefusedError as refused:
            await _answer(dressed, refused)
            return
        await self._app(scope, _replay(body, receive), dressed)

    def _check(self, scope: Scope) -> None:
        """Raise RefusedError unless the request comes from a workbench page or the person's browser."""
        headers = _headers(scope["headers"])
        if headers.get("host") not in self._access.hosts:
            raise RefusedError(421, "this server is asked under another name than its own")
        site = headers.get("sec-fetch-site", "none")
        if site not in ("none", "same-origin"):
            top = headers.get("sec-fetch-mode") == "navigate"
            top = top and headers.get("sec-fetch-dest") == "document"
            if not top or scope["method"] not in _SAFE:
                raise RefusedError(403, "another site sent this request")
        if scope["path"] == ENTER and scope["method"] == "GET":
            return
        given = _cookies(headers.get("cookie", "")).get(self._access.cookie_name, "")
        if not hmac.compare_digest(given.encode(), self._access.cookie.encode()):
            raise RefusedError(401, "open the address that 'dragoman serve' prints")
        if scope["method"] in _SAFE:
            return
        origins = [f"http://{host}" for host in self._access.hosts]
        if headers.get("origin") not in origins:
            raise RefusedError(403, "another site sent this request")
        kind = headers.get("content-type", "").partition(";")[0].strip().lower()
        if kind != "application/json":
            raise RefusedError(415, "only JSON is taken")

    @staticmethod
    async def _body(scope: Scope, receive: Receive) -> bytes:
        """Read the whole body of a request, which must declare its length in Content-Length."""
        headers = _headers(scope["headers"])
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


def _headers(pairs: Iterable[tuple[bytes, bytes]]) -> Mapping[str, str]:
    """Headers by name; a header given twice gets an invalid value, so that neither one counts."""
    found: dict[str, str] = {}
    for name, value in pairs:
        key = name.decode("latin-1").lower()
        found[key] = "\0" if key in found else value.decode("latin-1")
    return found


def _cookies(header: str) -> dict[str, str]:
    pairs = (pair.strip().partition("=") for pair in header.split(";"))
    return {name: value for name, _, value in pairs}


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
