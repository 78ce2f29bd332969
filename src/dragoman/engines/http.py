"""The only access to the network: HTTP to one server, at the addresses that were checked.

http.client is used rather than requests, because it lets us choose the IP address of a connection
while TLS still checks the server's name; it follows no redirects and uses no proxies. See
docs/decisions/0018-http-client-for-engines.md.
"""

from __future__ import annotations

import contextlib
import http.client
import select
import socket
import ssl
import threading
from functools import cached_property
from http import HTTPStatus

from dragoman import __version__
from dragoman.engines import addresses
from dragoman.engines.engine_errors import EngineError, ErrorKind
from dragoman.engines.exchange import Answer, Request

_LARGEST = 16_000_000
"""Maximum number of bytes in an answer; no translation is longer."""


class Door:
    """Sends requests to one server; threads may share it, each has its own connection."""

    def __init__(self, endpoint: str, *, named: bool, timeout: float) -> None:
        """Prepare; names are resolved on the first request.

        Args:
            endpoint: the URL of the server.
            named: whether the user gave it in the command; see `addresses.looked_up`.
            timeout: maximum seconds for a whole request.
        """
        self.place = addresses.place(endpoint)
        self._named = named
        self._timeout = timeout
        self._lock = threading.Lock()
        self._mine = threading.local()
        self._open: set[_Connection] = set()

    def close(self) -> None:
        """Close every connection."""
        for connection in list(self._open):
            connection.close()

    @cached_property
    def _numbers(self) -> list[str]:
        return addresses.looked_up(self.place, named=self._named)

    @cached_property
    def _tls(self) -> ssl.SSLContext | None:
        return ssl.create_default_context() if self.place.scheme == "https" else None

    def send(self, request: Request) -> Answer:
        """Send a request, and return the answer whatever its status.

        Raises:
            EngineError: the server cannot be reached, takes too long, or does not speak HTTP.
        """
        target = addresses.place(request.url.partition("?")[0])
        if target.origin != self.place.origin:
            raise EngineError(ErrorKind.UNSAFE, f"a request for {target.host} was stopped")
        with self._lock:
            numbers = self._numbers  # resolved once for all threads
        connection = self._connection(numbers)
        expired = threading.Event()
        timer = threading.Timer(self._timeout, _cut, (connection, expired))
        timer.daemon = True
        timer.start()
        try:
            if connection.sock is None:
                connection.connect()
            if expired.is_set():
                raise TimeoutError
            return self._exchanged(connection, request)
        except Exception as error:  # noqa: BLE001 - each becomes an EngineError
            self._drop()
            if expired.is_set():
                raise EngineError(ErrorKind.SLOW, f"no answer within {self._timeout:g} s") from None
            raise _told(error, self.place.host) from None
        finally:
            timer.cancel()

    def _exchanged(self, connection: _Connection, request: Request) -> Answer:
        path = request.url[len(self.place.origin) :]
        path = path if path.startswith("/") else f"/{path}"
        headers = {
            "User-Agent": f"dragoman/{__version__}",
            "Accept-Encoding": "identity",
            **request.headers,
        }
        connection.request(request.method, path, request.body or None, headers)
        with connection.getresponse() as response:
            body = response.read(_LARGEST + 1)
            if len(body) > _LARGEST:
                raise EngineError(ErrorKind.GARBAGE, "its answer is too long")
            if response.length:  # read() with a size does not raise for a truncated body
                raise http.client.IncompleteRead(body, response.length)
            after = response.headers.get("Retry-After", "")
        if response.will_close or response.status >= HTTPStatus.MULTIPLE_CHOICES:
            self._drop()
        return Answer(response.status, body, after)

    def _connection(self, numbers: list[str]) -> _Connection:
        """The connection of this thread; a new one if the server has closed it."""
        known: _Connection | None = getattr(self._mine, "connection", None)
        if known is not None and known.sock is not None and not _is_readable(known.sock):
            return known
        self._drop()
        connection = _Connection(self.place, numbers, self._timeout, self._tls)
        self._open.add(connection)
        self._mine.connection = connection
        return connection

    def _drop(self) -> None:
        known: _Connection | None = getattr(self._mine, "connection", None)
        if known is not None:
            known.close()
            self._open.discard(known)
        self._mine.connection = None


class _Connection(http.client.HTTPConnection):
    """A connection to one of the checked addresses, whatever the name resolves to now."""

    def __init__(
        self,
        place: addresses.ServerAddress,
        numbers: list[str],
        timeout: float,
        tls: ssl.SSLContext | None,
    ) -> None:
        super().__init__(place.host, place.port, timeout=timeout)
        self._numbers = numbers
        self._seconds = timeout
        self._tls = tls

    def connect(self) -> None:
        self.sock = self._dialled()
        self.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        if self._tls is not None:
            self.sock = self._tls.wrap_socket(self.sock, server_hostname=self.host)

    def _dialled(self) -> socket.socket:
        """A socket to the first address that accepts a connection."""
        failure: OSError = OSError("no address")
        for number in self._numbers:
            try:
                return socket.create_connection((number, self.port), self._seconds)
            except OSError as error:
                failure = error
        raise _NoConnectionError from failure


class _NoConnectionError(OSError):
    """No address of the server accepts a connection."""


def _is_readable(sock: socket.socket) -> bool:
    """Whether there is something to read, which between requests means a closed connection."""
    try:
        return bool(select.select([sock], [], [], 0)[0])
    except (OSError, ValueError):
        return True


def _cut(connection: _Connection, expired: threading.Event) -> None:
    """Shut down a connection that takes too long, while another thread waits for it."""
    expired.set()
    sock = connection.sock
    if sock is not None:
        with contextlib.suppress(OSError):
            socket.socket.shutdown(sock, socket.SHUT_RDWR)


def _told(error: Exception, host: str) -> EngineError:
    """The error to report, without messages of libraries, which may quote what was sent."""
    if isinstance(error, EngineError):
        return error
    if isinstance(error, _NoConnectionError):
        how_to_fix = "check that it runs there, and the network connection"
        return EngineError(
            ErrorKind.UNREACHABLE, f"cannot connect to {host}", how_to_fix=how_to_fix
        )
    if isinstance(error, ssl.SSLCertVerificationError):
        how_to_fix = "check the address"
        return EngineError(
            ErrorKind.UNSAFE, f"the certificate of {host} is not trusted", "", how_to_fix
        )
    if isinstance(error, TimeoutError):
        return EngineError(ErrorKind.SLOW, "no answer in time")
    if isinstance(error, (http.client.IncompleteRead, http.client.RemoteDisconnected, OSError)):
        return EngineError(ErrorKind.CUT, "the connection broke")
    if isinstance(error, http.client.HTTPException):
        return EngineError(ErrorKind.GARBAGE, "it does not speak HTTP")
    raise error
