"""The server of the workbench: it listens on loopback and limits how long a request may take."""

from __future__ import annotations

import asyncio
import contextlib
import os
import socket
import stat
from collections.abc import Callable
from typing import Any

import uvicorn
from uvicorn.protocols.http.h11_impl import H11Protocol

from dragoman import system
from dragoman.errors import DragomanError
from dragoman.pipeline.session.people import EVERYWHERE, People, Person, Role
from dragoman.pipeline.session.session import Session
from dragoman.workbench.access import Access, checked
from dragoman.workbench.app import ServeOptions, Workbench

_HEADER_SECONDS = 10.0
_MOST_CONNECTIONS = 200


class _Protocol(H11Protocol):
    """The HTTP protocol, with a limit on the time for a request's head to arrive."""

    def connection_made(self, transport: Any) -> None:
        super().connection_made(transport)
        asyncio.get_running_loop().call_later(_HEADER_SECONDS, self._give_up, transport)

    def _give_up(self, transport: Any) -> None:
        if self.cycle is None and not transport.is_closing():
            transport.close()


class Server:
    """The workbench of a project, listening on loopback."""

    def __init__(
        self, session: Session, options: ServeOptions, announce: Callable[[str], None]
    ) -> None:
        """Bind the socket; requests are answered only after `run`.

        Args:
            session: the project.
            options: what the person who serves wants.
            announce: called with the one-time address, and with a new one after each use.

        Raises:
            DragomanError: the port is in use.
        """
        team = None if options.team is None else checked(options.team)
        self._socket = _listening(options.port)
        number = self._socket.getsockname()[1]
        self.root = f"http://127.0.0.1:{number}"
        self._unix = _listening_unix(team.socket) if team and team.socket else None
        everywhere = Person(options.by, {EVERYWHERE: Role.EDITOR}, alone=team is None)
        people = People(session.project.root) if team else None
        self._access = Access(number, everywhere, people, team)
        self._announce = announce
        self._workbench = Workbench(session, self._access, options, self._say_address)
        config = uvicorn.Config(
            self._workbench.asgi,
            http=_Protocol,
            ws="none",
            interface="asgi3",
            log_config=None,
            access_log=False,
            server_header=False,
            date_header=False,
            proxy_headers=False,
            timeout_keep_alive=5,
            timeout_graceful_shutdown=1,
            limit_concurrency=_MOST_CONNECTIONS,
            h11_max_incomplete_event_size=32 << 10,
        )
        self._server = uvicorn.Server(config)

    def _say_address(self) -> None:
        self._announce(self.root + self._access.address)

    def run(self) -> None:
        """Answer requests until the server is stopped."""
        self._say_address()
        try:
            with contextlib.suppress(KeyboardInterrupt):
                sockets = [one for one in (self._socket, self._unix) if one is not None]
                self._server.run(sockets=sockets)
        finally:
            self._socket.close()
            if self._unix is not None:
                self._unix.close()

    def stop(self) -> None:
        """Make `run` return, after running saves are completed."""
        self._workbench.close()
        self._server.should_exit = True


def _listening(port: int) -> socket.socket:
    made = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        made.bind(("127.0.0.1", port))
        made.listen(128)  # from now on nobody is refused, though answers come later
    except OSError:
        made.close()
        raise DragomanError(
            f"port {port} is taken", how_to_fix="name another with --port, or leave it out"
        ) from None
    return made


def _listening_unix(path: str) -> socket.socket:
    """A Unix socket at a path, which only the owner and the group may use."""
    made = system.unix_socket()
    if made is None:
        raise DragomanError("this system has no Unix sockets", how_to_fix="use --port")
    former = os.umask(0o117)
    try:
        with contextlib.suppress(FileNotFoundError):
            if stat.S_ISSOCK(os.lstat(path).st_mode):
                os.unlink(path)  # of a server that was killed
        made.bind(path)
        made.listen(128)
    except OSError as error:
        made.close()
        raise DragomanError(
            f"no socket can be made there: {error.strerror or error}",
            file=path,
            how_to_fix="name another with --socket",
        ) from None
    finally:
        os.umask(former)
    return made
